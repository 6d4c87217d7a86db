"""Kept, kept after an agreed move, or late: told case by case, and what must always hold."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.kept import Because, Hold, Judgement, Kept, Promise, judge, running
from store.rules.standing import due_after_hold

OFFICE = Calendar("Europe/Berlin", Hours.parse({"mon-fri": "09:00-17:00"}))
ROUND_THE_CLOCK = Calendar("Europe/Berlin", Hours.parse({"mon-sun": "00:00-24:00"}))
BERLIN = ZoneInfo("Europe/Berlin")
FILED = datetime(2026, 3, 2, 9, 0, tzinfo=BERLIN)  # a Monday


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


def promised(due: datetime, made_at: datetime = FILED, because: Because = Because.FILED) -> Promise:
    return Promise(due, made_at, because)


def judged(*promises: Promise, at: datetime, holds: tuple[Hold, ...] = (), delivered: bool = True) -> Judgement | None:
    return judge(promises, holds, at, OFFICE, delivered=delivered)


def test_in_time_is_kept() -> None:
    assert judged(promised(on(4, 15)), at=on(4, 15)) == Judgement(Kept.KEPT)


def test_late_is_told_in_working_time() -> None:
    late = judged(promised(on(4, 15)), at=on(6, 10))
    assert late == Judgement(Kept.LATE, timedelta(hours=2 + 8 + 1), on(4, 15))


def test_a_closing_and_the_next_opening_are_the_same_working_time() -> None:
    assert judged(promised(on(6, 17)), at=on(9, 9)) == Judgement(Kept.KEPT)
    assert judged(promised(on(6, 17)), at=on(9, 9, 1)) == Judgement(Kept.LATE, timedelta(minutes=1), on(6, 17))


def test_a_time_outside_the_hours_is_late_by_no_working_time() -> None:
    assert judged(promised(on(4, 22)), at=on(4, 23)) == Judgement(Kept.LATE, timedelta(0), on(4, 22))
    assert judged(promised(on(4, 22)), at=on(4, 21)) == Judgement(Kept.KEPT)


def test_moved_in_time_is_kept_and_moved_afterwards_is_late() -> None:
    moved = promised(on(6, 12), on(4, 14), Because.AGREED)
    assert judged(promised(on(4, 15)), moved, at=on(6, 11)) == Judgement(Kept.MOVED)
    too_late = promised(on(6, 12), on(4, 16), Because.AGREED)
    assert judged(promised(on(4, 15)), too_late, at=on(5, 10)) == Judgement(Kept.LATE, timedelta(hours=3), on(4, 15))


def test_an_earlier_promise_is_held_to() -> None:
    sooner = promised(on(3, 12), on(2, 10), Because.SOONER)
    assert judged(promised(on(4, 15)), sooner, at=on(3, 11)) == Judgement(Kept.KEPT)
    assert judged(promised(on(4, 15)), sooner, at=on(3, 13)) == Judgement(Kept.LATE, timedelta(hours=1), on(3, 12))


def test_what_ends_undelivered_is_late_only_once_it_was_due() -> None:
    assert judged(promised(on(4, 15)), at=on(4, 14), delivered=False) is None
    assert judged(promised(on(4, 15)), at=on(4, 16), delivered=False) == Judgement(
        Kept.LATE, timedelta(hours=1), on(4, 15)
    )


def test_a_hold_that_nobody_ended_makes_nothing_late() -> None:
    held = Hold(on(4, 14), on(6, 10))
    assert judged(promised(on(4, 15)), at=on(6, 10), holds=(held,), delivered=False) is None
    night = Hold(on(4, 14), on(4, 23))
    assert judged(promised(on(4, 22)), at=on(4, 23), holds=(night,), delivered=False) is None


def test_a_hold_after_the_due_time_does_not_count_as_lateness() -> None:
    held = Hold(on(4, 16), on(6, 10))
    late = judged(promised(on(4, 15)), at=on(6, 11), holds=(held, Hold(on(5, 9), on(5, 12))))
    assert late == Judgement(Kept.LATE, timedelta(hours=2), on(4, 15))


INSTANTS = st.integers(0, 50 * 24 * 60).map(lambda minutes: FILED.astimezone(UTC) + timedelta(minutes=minutes))
ZONES = st.sampled_from([ZoneInfo(name) for name in ("America/New_York", "Asia/Shanghai", "Australia/Lord_Howe")])
CALENDARS = st.sampled_from([OFFICE, ROUND_THE_CLOCK])


@settings(max_examples=150, deadline=None)
@given(CALENDARS, st.lists(INSTANTS, min_size=5, max_size=5))
def test_time_on_hold_never_makes_a_promise_late(calendar: Calendar, instants: list[datetime]) -> None:
    filed, held_from, due, held_until, ended = sorted(instants)
    due = calendar.next_open(due)  # outside the hours late means something else
    held_until, ended = max(held_until, due), max(ended, due)
    moved = due_after_hold(due, held_from, held_until, calendar)
    promises = [Promise(due, filed, Because.FILED), Promise(moved, held_until, Because.HELD)]
    hold = Hold(held_from, held_until)
    left = running(held_from, due, (), calendar)
    judgement = judge(promises, [hold], ended, calendar, delivered=True)
    if ended <= moved or running(held_until, ended, (), calendar) <= left:
        assert judgement == Judgement(Kept.KEPT)


@settings(max_examples=150, deadline=None)
@given(CALENDARS, ZONES, st.lists(INSTANTS, min_size=6, max_size=6))
def test_lateness_is_never_negative_and_the_same_in_every_zone(
    calendar: Calendar, zone: ZoneInfo, instants: list[datetime]
) -> None:
    filed, *rest, ended = sorted(instants)
    promises = [Promise(rest[1], filed, Because.FILED), Promise(rest[3], rest[0], Because.AGREED)]
    holds = [Hold(rest[0], rest[2]), Hold(rest[1], rest[3])]
    judgement = judge(promises, holds, ended, calendar, delivered=True)
    assert judgement is not None
    assert judgement.late_by >= timedelta(0)
    there = [Promise(one.due.astimezone(zone), one.made_at.astimezone(zone), one.because) for one in promises]
    moved = [Hold(one.since.astimezone(zone), one.until.astimezone(zone)) for one in holds]
    assert judge(there, moved, ended.astimezone(zone), calendar, delivered=True) == judgement


@settings(max_examples=100, deadline=None)
@given(CALENDARS, st.lists(INSTANTS, min_size=3, max_size=3))
def test_later_is_never_less_late(calendar: Calendar, instants: list[datetime]) -> None:
    due, ended, later = sorted(instants)
    sooner = judge([Promise(due, due, Because.FILED)], (), ended, calendar, delivered=True)
    after = judge([Promise(due, due, Because.FILED)], (), later, calendar, delivered=True)
    assert sooner is not None
    assert after is not None
    assert after.late_by >= sooner.late_by
    assert not (sooner.kept is Kept.LATE and after.kept is Kept.KEPT)
