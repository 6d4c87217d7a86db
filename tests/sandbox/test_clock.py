"""The clock: real time with an offset, or standing still; wound by hand, by jump, with listeners."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.agenda import Agenda
from sandbox.clock import Clock, next_working_day

FRIDAY = datetime(2026, 5, 15, 17, 0, tzinfo=UTC)


def test_a_clock_that_stands_still_moves_only_when_wound() -> None:
    clock = Clock(FRIDAY, running=False)
    assert clock.now() == clock.now() == FRIDAY
    assert clock.forward(hours=2, minutes=5) == FRIDAY + timedelta(hours=2, minutes=5)
    assert clock.set(datetime(2026, 5, 16, 8, 0, tzinfo=timezone(timedelta(hours=8)))) == datetime(
        2026, 5, 16, tzinfo=UTC
    )


def test_a_running_clock_runs_on_from_where_it_was_wound() -> None:
    clock = Clock(FRIDAY)
    assert FRIDAY <= clock.now() < FRIDAY + timedelta(minutes=1)
    clock.forward(days=1)
    assert FRIDAY + timedelta(days=1) <= clock.now() < FRIDAY + timedelta(days=1, minutes=1)
    assert abs((Clock().now() - datetime.now(UTC)).total_seconds()) < 60


def test_the_working_day_after_friday_is_monday() -> None:
    clock = Clock(FRIDAY, running=False)
    assert clock.jump("+1 working day") == FRIDAY + timedelta(days=3)
    assert clock.jump("+1 hour") == FRIDAY + timedelta(days=3, hours=1)


def test_a_jump_with_nowhere_to_go_changes_nothing() -> None:
    clock = Clock(FRIDAY, running=False)
    clock.jumps["next nudge"] = lambda now: None
    assert clock.jump("next nudge") == FRIDAY
    with pytest.raises(KeyError):
        clock.jump("next year")


def test_everybody_who_wants_to_know_is_told() -> None:
    clock = Clock(FRIDAY, running=False)
    told: list[datetime] = []
    clock.on_wind += [told.append, told.append]
    clock.forward(hours=1)
    assert told == [FRIDAY + timedelta(hours=1)] * 2


def test_naive_times_are_refused() -> None:
    naive = FRIDAY.replace(tzinfo=None)
    for act in (Clock, Clock().set):
        with pytest.raises(ValueError, match="aware"):
            act(naive)


@given(st.integers(946_684_800, 4_102_444_800).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_a_working_day_later_is_soon_and_no_weekend(now: datetime) -> None:
    later = next_working_day(now)
    assert later.weekday() < 5
    assert timedelta(days=1) <= later - now <= timedelta(days=3)
    assert later.time() == now.time()


@settings(deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=20), st.lists(st.integers(1, 300), max_size=10))
def test_the_agenda_does_each_thing_once_in_order_and_never_early(dues: list[int], winds: list[int]) -> None:
    clock = Clock(FRIDAY, running=False)
    agenda = Agenda(clock)
    done: list[tuple[int, datetime]] = []
    for due in dues:
        agenda.at(FRIDAY + timedelta(seconds=due), lambda due=due: done.append((due, clock.now())))  # type: ignore[misc]
    for wind in winds:
        clock.forward(seconds=wind)
    agenda.close()
    passed = sum(winds)
    assert [due for due, _ in done] == sorted(due for due in dues if due <= passed)
    assert all(at >= FRIDAY + timedelta(seconds=due) for due, at in done)


def test_what_is_cancelled_is_not_done() -> None:
    clock = Clock(FRIDAY, running=False)
    agenda = Agenda(clock)
    done: list[str] = []
    number = agenda.at(FRIDAY + timedelta(hours=1), lambda: done.append("a"))
    assert agenda.cancel(number)
    assert not agenda.cancel(number)
    clock.forward(hours=2)
    agenda.close()
    assert done == []
