"""Which nudge comes when: schedules worked out by hand, one for each rule in the ladder's docstring."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest

from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.ladder import Due, Ladder, Rung, Standing, first_of, left_of, next_rung, to_come
from store.rules.lifecycle import Stage
from tests.store.rules.calendars import BEIJING, MUNICH, NEW_YORK, at, shown

BERLIN = "Europe/Berlin"
LADDER = Ladder()


def standing(filed: str = "2026-03-09 10:00", due: str = "2026-03-13 17:00", **more: Any) -> Standing:
    """An open ask filed on Monday, due at Friday's closing; strings among `more` are Berlin times."""
    instants: dict[str, Any] = {
        name: at(value, BERLIN) if type(value) is str else value for name, value in more.items()
    }
    return replace(Standing(Stage.OPEN, at(filed, BERLIN), at(due, BERLIN)), **instants)


def acknowledged(**more: Any) -> Standing:
    return standing(stage=Stage.ACKNOWLEDGED, acknowledged_at="2026-03-09 11:00", **more)


def sent(before: Standing, due: Due, answered: bool = True) -> Standing:
    """The ask after `due` was sent."""
    starved = any(key.startswith("starving") for key in due.keys)
    asked_again = any(key.startswith("verdict:2") for key in due.keys)
    return replace(
        before,
        sent=before.sent | due.keys,
        starved_at=due.at if starved else before.starved_at,
        verdict_asked_at=due.at if asked_again else before.verdict_asked_at,
        lead_asked_at=due.at if due.kind in (Rung.LEAD_SILENT, Rung.HOLDS) else before.lead_asked_at,
        asker_told_at=due.at if due.kind is Rung.ASKER_LATE else before.asker_told_at,
        unanswered=before.unanswered + (due.to == "owner" and not answered),
    )


def climb(
    of: Standing,
    owner: Calendar = MUNICH,
    lead: Calendar | None = MUNICH,
    asker: Calendar | None = MUNICH,
    ladder: Ladder = LADDER,
    most: int = 99,
    answered: bool = True,
) -> list[str]:
    """Every nudge in turn, each sent on time: `half_time owner Wed 2026-03-11 13:30`; `most` or late:3 is the last."""
    heard: list[str] = []
    while len(heard) < most:
        due = next_rung(of, ladder, owner, lead, asker)
        if due is None:
            return heard
        covers = f" over {', '.join(sorted(due.covers))}" if due.covers else ""
        heard.append(f"{due.rung} {due.to} {shown(due.at, owner.zone)}{covers}")
        of = sent(of, due, answered)
        if due.rung == "late:3":
            return heard
    return heard


def next_heard(of: Standing, now: str | None = None, owner: Calendar = MUNICH) -> str | None:
    due = next_rung(of, LADDER, owner, MUNICH, MUNICH, at(now, BERLIN) if now else None)
    return f"{due.rung} {shown(due.at, owner.zone)}" if due else None


def test_the_whole_ladder_of_an_ask_that_nobody_touches() -> None:
    assert climb(standing()) == [
        "not_acknowledged owner Mon 2026-03-09 12:00",
        "lead_unacknowledged lead Tue 2026-03-10 10:00",
        "starving:1 owner Wed 2026-03-11 10:00",
        "half_time owner Wed 2026-03-11 13:30",
        "day_before owner Fri 2026-03-13 09:00",
        "starving:2 owner Fri 2026-03-13 10:00",
        "lead_starving lead Fri 2026-03-13 10:00",
        "hours_before owner Fri 2026-03-13 15:00",
        "due owner Fri 2026-03-13 16:30",
        "late:1 owner Tue 2026-03-17 09:00",
        "lead_late lead Tue 2026-03-17 09:00",
        "late:2 owner Wed 2026-03-18 09:00",
        "late:3 owner Thu 2026-03-19 09:00",
    ]


def test_the_ladder_of_an_ask_that_was_acknowledged_and_fed() -> None:
    assert climb(acknowledged(last_fed_at="2026-03-12 09:00"), most=4) == [
        "half_time owner Thu 2026-03-12 09:30",
        "day_before owner Fri 2026-03-13 09:00",
        "hours_before owner Fri 2026-03-13 15:00",
        "due owner Fri 2026-03-13 16:30",
    ]


def test_over_national_day_the_ladder_waits() -> None:
    ask = Standing(
        Stage.ACKNOWLEDGED,
        at("2026-09-29 10:00", BEIJING.zone),
        at("2026-10-09 16:00", BEIJING.zone),
        acknowledged_at=at("2026-09-29 10:00", BEIJING.zone),
    )
    # 7.5 h a day: 6.5 on the 29th, 7.5 on the 30th and the 8th, 5.5 on the 9th; half of 27 is 13.5.
    assert climb(ask, BEIJING, BEIJING, BEIJING, most=6) == [
        "half_time owner Wed 2026-09-30 17:30",
        "starving:1 owner Thu 2026-10-08 10:00",
        "day_before owner Thu 2026-10-08 16:00",
        "hours_before owner Fri 2026-10-09 14:00",
        "due owner Fri 2026-10-09 16:00",
        # Saturday the 10th is worked.
        "starving:2 owner Sat 2026-10-10 10:00",
    ]


def test_an_owner_abroad_is_nudged_in_their_own_hours() -> None:
    # Friday 17:00 in Berlin is 12:00 in New York (the clocks there changed already).
    heard = climb(acknowledged(due="2026-03-13 17:00"), owner=NEW_YORK, lead=None)
    assert "hours_before owner Fri 2026-03-13 10:00" in heard
    assert "due owner Fri 2026-03-13 12:00" in heard
    # 22:00 in Berlin is New York's closing: the two hours run from the next opening.
    assert next_heard(standing("2026-03-09 22:00"), owner=NEW_YORK) == "not_acknowledged Tue 2026-03-10 11:00"


def test_a_lead_abroad_hears_in_the_leads_hours() -> None:
    due = next_rung(standing(sent=frozenset({"not_acknowledged"})), LADDER, MUNICH, NEW_YORK)
    assert due is not None
    # A working day after filing is Tuesday 10:00 in Berlin; New York opens at 14:00.
    assert (due.rung, shown(due.at, BERLIN)) == ("lead_unacknowledged", "Tue 2026-03-10 14:00")


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        # A Sunday, the night, an opening: two working hours before are still working hours.
        ("2026-03-15 12:00", "hours_before Fri 2026-03-13 15:00"),
        ("2026-03-13 23:00", "hours_before Fri 2026-03-13 15:00"),
        ("2026-03-16 09:00", "hours_before Fri 2026-03-13 15:00"),
        ("2026-03-13 10:00", "hours_before Thu 2026-03-12 16:00"),
    ],
)
def test_hours_before_due_are_counted_in_working_time(due: str, expected: str) -> None:
    others = frozenset({"half_time", "day_before", "starving:1", "starving:2", "lead_starving"})
    assert next_heard(acknowledged(due=due, sent=others)) == expected


def test_a_day_before_that_would_come_at_due_comes_before_the_closing() -> None:
    # Thursday's hours are over before Friday's begin: 14:00 on Friday, a working day back, is Thursday's closing.
    odd = Calendar(BERLIN, Hours.parse({"mon-thu": "9-12", "fri": "14-18"}))
    others = frozenset({"half_time", "starving:1", "starving:2", "lead_starving"})
    ask = acknowledged(due="2026-03-13 14:00", sent=others)
    assert climb(ask, odd, None, most=3) == [
        "hours_before owner Thu 2026-03-12 10:00",
        "day_before owner Thu 2026-03-12 11:30",
        "due owner Fri 2026-03-13 14:00",
    ]


def test_what_would_have_come_before_the_promise_is_left_out() -> None:
    rush = acknowledged(due="2026-03-09 12:30")
    assert climb(rush, lead=None, most=2) == [
        "hours_before owner Mon 2026-03-09 10:30",
        "due owner Mon 2026-03-09 12:30",
    ]
    assert climb(replace(rush, due=at("2026-03-09 12:00", BERLIN)), lead=None, most=1) == [
        "due owner Mon 2026-03-09 12:00"
    ]


def test_half_time_only_when_the_promise_is_further_off_than_two_days() -> None:
    two_days = acknowledged(due="2026-03-11 10:00")
    assert not [heard for heard in climb(two_days, lead=None) if heard.startswith("half_time")]
    # 8 working hours a day: 7 + 8 + 1.5; half is 8:15.
    longer = acknowledged(due="2026-03-11 10:30")
    assert "half_time owner Tue 2026-03-10 10:15" in climb(longer, lead=None)


def test_half_of_a_thousand_years_is_not_counted_by_the_day() -> None:
    due = next_rung(
        acknowledged(due="3026-03-09 10:00", sent=frozenset({"starving:1", "starving:2", "lead_starving"})),
        LADDER,
        MUNICH,
    )
    assert due is not None
    assert (due.rung, due.at.year) == ("half_time", 2526)


def test_a_new_promise_has_a_new_ladder() -> None:
    moved = acknowledged(
        due="2026-03-20 17:00", promised_at="2026-03-12 15:00", promise_number=2, last_fed_at="2026-03-12 15:00"
    )
    # From Thursday 15:00: 2 + 8 + 5 x 8 = 50 h; half, 25 h, is Tuesday 16:00.
    assert climb(moved, lead=None, most=3) == [
        "starving:1 owner Mon 2026-03-16 15:00",
        "half_time owner Tue 2026-03-17 16:00",
        "starving:2 owner Wed 2026-03-18 15:00",
    ]


def test_a_new_owner_has_two_hours_and_two_days_of_their_own() -> None:
    taken = standing(due="2026-03-20 17:00", owned_since="2026-03-11 14:00")
    assert climb(taken, lead=None, most=3) == [
        "not_acknowledged owner Wed 2026-03-11 16:00",
        "starving:1 owner Fri 2026-03-13 14:00",
        "half_time owner Mon 2026-03-16 09:30",
    ]


def test_rungs_of_one_moment_become_the_most_urgent() -> None:
    # Starving and the day before fall together on Wednesday 10:00.
    assert climb(standing(stage=Stage.ACKNOWLEDGED, due="2026-03-12 10:00"), lead=None, most=2)[1] == (
        "day_before owner Wed 2026-03-11 10:00 over starving:1"
    )


def test_activity_postpones_the_next_rung() -> None:
    others = frozenset({"half_time", "day_before"})
    assert next_heard(acknowledged(sent=others)).startswith("starving:1 Wed")  # type: ignore[union-attr]
    fed = acknowledged(sent=others, last_fed_at="2026-03-13 14:50")
    assert next_heard(fed) == "hours_before Fri 2026-03-13 15:20"
    # Half an hour of working time from 16:50 ends on Monday: there is no "before due" left.
    assert next_heard(replace(fed, last_fed_at=at("2026-03-13 16:50", BERLIN))) == "due Fri 2026-03-13 16:30"
    long_ago = acknowledged(sent=others, last_fed_at="2026-03-13 14:20")
    assert next_heard(long_ago) == "hours_before Fri 2026-03-13 15:00"


def test_activity_never_postpones_due() -> None:
    ask = acknowledged(due="2026-03-13 15:00", last_fed_at="2026-03-13 14:55", sent=frozenset({"hours_before"}))
    assert next_heard(ask) == "due Fri 2026-03-13 15:00"
    assert next_heard(replace(ask, sent=ask.sent | {"due"})) == "late:1 Mon 2026-03-16 15:00"


def test_a_snooze_holds_everything_but_due_and_ends_in_one_message() -> None:
    others = frozenset({"half_time", "starving:1", "starving:2", "lead_starving"})
    snoozed = acknowledged(due="2026-03-13 14:00", snoozed_until="2026-03-13 13:00", sent=others)
    # The day before (Thursday 14:00) and two hours before (12:00) wait for the end of the snooze.
    assert climb(snoozed, lead=None, most=2) == [
        "hours_before owner Fri 2026-03-13 13:00 over awake:2026-03-13T12:00:00+00:00, day_before",
        "due owner Fri 2026-03-13 14:00",
    ]
    beyond_due = replace(snoozed, snoozed_until=at("2026-03-16 09:00", BERLIN))
    assert next_heard(beyond_due) == "due Fri 2026-03-13 14:00"


def test_what_was_snoozed_is_back_once_in_working_hours() -> None:
    snoozed = acknowledged(due="2026-03-20 17:00", snoozed_until="2026-03-10 07:00")
    assert climb(snoozed, lead=None, most=2) == [
        "awake:2026-03-10T06:00:00+00:00 owner Tue 2026-03-10 09:00",
        "starving:1 owner Wed 2026-03-11 11:00",
    ]


def test_a_snooze_from_before_the_present_promise_wakes_nobody() -> None:
    moved = acknowledged(due="2026-03-20 17:00", snoozed_until="2026-03-10 07:00", promised_at="2026-03-10 09:00")
    assert next_heard(moved) == "starving:1 Thu 2026-03-12 09:00"


def test_while_the_asker_has_the_next_move_nobody_is_nudged() -> None:
    assert next_heard(acknowledged(waits_for_asker=True)) is None
    assert next_heard(standing(waits_for_asker=True), now="2026-03-20 10:00") is None


def test_after_five_unanswered_the_lead_holds_the_question() -> None:
    heard = climb(standing(), answered=False, most=11)
    assert [line.split()[0] for line in heard if " owner " in line] == [
        "not_acknowledged",
        "starving:1",
        "half_time",
        "day_before",
        "starving:2",
    ]
    # Instead of the sixth, two hours before due; and what the lead hears anyway.
    assert heard[-4:] == [
        "lead_silent lead Fri 2026-03-13 15:00",
        "lead_late lead Tue 2026-03-17 09:00",
        # A lead who does nothing is reminded each week.
        "holds:1 lead Fri 2026-03-20 15:00",
        "holds:2 lead Fri 2026-03-27 15:00",
    ]
    # An answer, and the owner hears again; what was missed comes as one.
    silent = acknowledged(unanswered=5, sent=frozenset({"half_time", "day_before", "starving:1", "starving:2"}))
    answered = replace(silent, unanswered=0, last_fed_at=at("2026-03-17 10:00", BERLIN))
    due = next_rung(answered, LADDER, MUNICH, None, None, at("2026-03-17 10:05", BERLIN))
    assert due is not None
    assert (due.rung, due.covers) == ("due", frozenset())


def test_without_a_lead_only_the_owner_hears() -> None:
    assert {line.split()[1] for line in climb(standing(), lead=None)} == {"owner"}
    assert climb(standing(unanswered=5), lead=None, asker=None, most=2) == [
        "holds:1 owner Mon 2026-03-09 12:00",
        "holds:2 owner Mon 2026-03-16 12:00",
    ]


def test_of_an_owner_who_leads_and_answers_nothing_the_asker_hears_that_it_is_late() -> None:
    heard = climb(standing(), lead=None, answered=False, most=10)
    assert heard[5:] == [
        "holds:1 owner Fri 2026-03-13 15:00",
        "asker_late:1 asker Tue 2026-03-17 09:00",
        "holds:2 owner Fri 2026-03-20 15:00",
        "asker_late:2 asker Tue 2026-03-24 09:00",
        "holds:3 owner Fri 2026-03-27 15:00",
    ]


@pytest.mark.parametrize(
    ("due", "promised", "said"),
    [
        ("2026-03-13 17:00", "2026-03-09 10:00", "Fri 2026-03-13 16:30"),
        ("2026-03-13 17:00", "2026-03-13 16:45", "Mon 2026-03-16 09:00"),  # there was no half hour before
        ("2026-03-13 18:00", "2026-03-09 10:00", "Mon 2026-03-16 09:00"),  # no closing, an evening
    ],
)
def test_what_is_due_at_a_closing_is_said_before_it(due: str, promised: str, said: str) -> None:
    others = frozenset({"half_time", "day_before", "hours_before", "starving:1", "starving:2", "lead_starving"})
    assert next_heard(acknowledged(due=due, promised_at=promised, sent=others)) == f"due {said}"


def test_a_fed_monkey_starves_anew_and_the_lead_hears_only_when_it_starved_last() -> None:
    ask = acknowledged(due="2026-03-31 17:00", sent=frozenset({"half_time", "starving:1"}))
    ask = replace(ask, starved_at=at("2026-03-11 11:00", BERLIN), last_fed_at=at("2026-03-12 15:00", BERLIN))
    assert next_heard(ask) == "starving:2 Mon 2026-03-16 15:00"
    twice = replace(ask, sent=ask.sent | {"starving:2"}, starved_at=at("2026-03-16 15:00", BERLIN))
    assert next_heard(twice) == "lead_starving Mon 2026-03-16 15:00"
    assert next_heard(replace(twice, last_fed_at=at("2026-03-16 15:10", BERLIN))) == "day_before Tue 2026-03-31 09:00"


def test_missed_rungs_collapse_into_the_newest_and_wait_for_working_hours() -> None:
    def after_outage(now: str) -> Due:
        due = next_rung(acknowledged(), LADDER, MUNICH, None, None, at(now, BERLIN))
        assert due is not None
        return due

    friday = after_outage("2026-03-13 15:30")
    assert (friday.rung, shown(friday.at, BERLIN)) == ("hours_before", "Fri 2026-03-13 15:30")
    assert friday.covers == {"half_time", "day_before", "starving:1"}
    assert shown(friday.meant_for, BERLIN) == "Fri 2026-03-13 15:00"
    night = after_outage("2026-03-13 22:00")
    assert (night.rung, shown(night.at, BERLIN)) == ("due", "Mon 2026-03-16 09:00")
    weeks = after_outage("2026-03-27 11:00")
    assert (weeks.rung, shown(weeks.at, BERLIN)) == ("late:9", "Fri 2026-03-27 11:00")
    assert {f"late:{number}" for number in range(1, 9)} | {"due", "hours_before"} <= weeks.covers
    on_time = after_outage("2026-03-11 09:00")
    assert (on_time.rung, on_time.at) == ("starving:1", on_time.meant_for)


def test_of_missed_rungs_the_newest_speaks_though_an_older_is_more_urgent() -> None:
    # Fed on Thursday: due on Friday 10:00, starving on Monday 14:00.
    ask = acknowledged(due="2026-03-13 10:00", last_fed_at="2026-03-12 14:00", sent=frozenset({"half_time"}))
    ask = replace(ask, sent=ask.sent | {"late:1"})
    due = next_rung(ask, LADDER, MUNICH, None, None, at("2026-03-16 16:00", BERLIN))
    assert due is not None
    assert (due.rung, set(due.covers)) == ("starving:1", {"day_before", "hours_before", "due"})


def test_a_rush_at_any_hour_keeps_its_instants() -> None:
    ask = acknowledged(due="2026-03-14 23:00", at_any_hour=True, sent=frozenset({"half_time", "day_before"}))
    assert climb(ask, lead=None, most=4)[-1] == "due owner Sat 2026-03-14 23:00"
    missed = next_rung(
        replace(ask, sent=ask.sent | {"hours_before", "starving:1", "starving:2"}),
        LADDER,
        MUNICH,
        None,
        None,
        at("2026-03-15 03:00", BERLIN),
    )
    assert missed is not None
    assert shown(missed.at, BERLIN) == "Sun 2026-03-15 03:00"


def delivered(**more: Any) -> Standing:
    return standing(stage=Stage.DELIVERED, delivered_at="2026-03-12 15:00", **more)


def test_the_asker_is_asked_twice_and_then_the_ask_closes() -> None:
    assert climb(delivered()) == [
        "verdict:1 asker Fri 2026-03-13 15:00",
        "verdict:2 asker Tue 2026-03-17 15:00",
        "no_verdict asker Wed 2026-03-18 15:00",
    ]


def test_after_no_verdict_was_sent_nothing_comes() -> None:
    done = delivered(sent=frozenset({"verdict:1", "verdict:2", "no_verdict"}))
    assert next_rung(done, LADDER, MUNICH, MUNICH, MUNICH) is None


def test_a_second_verdict_that_came_late_leaves_its_day() -> None:
    now = at("2026-03-30 10:00", BERLIN)
    late = next_rung(delivered(), LADDER, MUNICH, None, MUNICH, now)
    assert late is not None
    assert (late.rung, set(late.covers), late.at) == ("verdict:2", {"verdict:1"}, now)
    closing = next_rung(sent(delivered(), late), LADDER, MUNICH, None, MUNICH, now + timedelta(minutes=1))
    assert closing is not None
    assert (closing.rung, shown(closing.at, BERLIN)) == ("no_verdict", "Tue 2026-03-31 10:00")


def test_a_second_delivery_is_asked_about_afresh() -> None:
    again = delivered(delivery_number=2, sent=frozenset({"verdict:1", "verdict:2"}))
    heard = climb(again)
    assert heard[0] == "verdict:1@2 asker Fri 2026-03-13 15:00"
    due = next_rung(again, LADDER, MUNICH, None, MUNICH)
    assert due is not None
    assert (due.kind, due.number) == (Rung.VERDICT, 1)
    assert [line.split()[0] for line in heard] == ["verdict:1@2", "verdict:2@2", "no_verdict@2"]


def test_a_closed_ask_has_no_ladder() -> None:
    assert next_heard(standing(stage=Stage.CLOSED)) is None


def test_a_department_changes_its_ladder() -> None:
    quiet = Ladder.parse(
        {"half_time": "off", "not_acknowledged": "4h", "starving": "off", "late": "2d", "lead_unacknowledged": "off"}
    )
    assert climb(standing(), ladder=quiet, most=6) == [
        "not_acknowledged owner Mon 2026-03-09 14:00",
        "day_before owner Fri 2026-03-13 09:00",
        "hours_before owner Fri 2026-03-13 15:00",
        "due owner Fri 2026-03-13 16:30",
        "lead_late lead Tue 2026-03-17 09:00",
        "late:1 owner Wed 2026-03-18 09:00",
    ]


def test_an_ask_that_is_late_for_years_goes_quiet_in_the_end() -> None:
    ask = acknowledged(sent=frozenset({"due", "late:365", "starving:2", "lead_late", "lead_starving", "half_time"}))
    ask = replace(ask, sent=ask.sent | {"day_before", "hours_before"})
    assert next_heard(ask) is None
    years = next_rung(acknowledged(), LADDER, MUNICH, None, None, at("2029-03-13 11:00", BERLIN))
    assert years is not None
    assert years.rung == "late:365"


def test_the_zone_in_which_an_instant_is_written_does_not_matter() -> None:
    here = standing()
    there = replace(here, filed_at=here.filed_at.astimezone(UTC), due=here.due.astimezone(UTC))
    assert next_rung(here, LADDER, MUNICH) == next_rung(there, LADDER, MUNICH)


def offered(**more: Any) -> Standing:
    return replace(acknowledged(waits_since="2026-03-10 11:00", **more), waits_mark="change7")


def test_an_asker_who_owes_an_answer_is_asked_twice_then_the_lead_hears() -> None:
    of, heard = offered(waits_for_asker=True), []
    while due := next_rung(of, LADDER, MUNICH, MUNICH, MUNICH):
        heard.append(f"{due.rung} {due.to} {shown(due.at, BERLIN)}")
        of = sent(of, due)
    assert heard == [
        "answer:1@change7 asker Wed 2026-03-11 11:00",
        "answer:2@change7 asker Thu 2026-03-12 11:00",
        "lead_unanswered@change7 lead Fri 2026-03-13 11:00",
    ]


def test_a_second_reminder_that_came_late_leaves_the_asker_their_time() -> None:
    late = offered(waits_for_asker=True, sent=frozenset({"answer:2@change7"}), answer_asked_at="2026-03-17 15:00")
    assert next_heard(late) == "lead_unanswered@change7 Wed 2026-03-18 15:00"


def test_an_owner_who_leads_hears_themselves_that_the_asker_does_not_answer() -> None:
    of = offered(waits_for_asker=True, sent=frozenset({"answer:1@change7", "answer:2@change7"}))
    due = next_rung(of, LADDER, MUNICH, None, MUNICH)
    assert due is not None
    assert (due.rung, due.to) == ("unanswered@change7", "owner")


def test_an_offered_change_leaves_the_asked_date_and_its_nudges_but_starves_nobody() -> None:
    heard = [line.split()[0] for line in climb(offered())]
    assert "due" in heard
    assert "late:1" in heard
    assert not [rung for rung in heard if "starving" in rung]


def test_another_offer_is_asked_about_afresh() -> None:
    again = replace(offered(sent=frozenset({"answer:1@change7", "answer:2@change7"})), waits_mark="change8")
    assert next_heard(again) == "answer:1@change8 Wed 2026-03-11 11:00"


def test_what_lateness_brings_is_looked_for_once_nothing_is_left_before_due() -> None:
    of = standing("2026-03-13 13:00", stage=Stage.ACKNOWLEDGED, acknowledged_at="2026-03-13 13:05")
    dues = to_come(of, LADDER, MUNICH, None, None, at("2026-03-13 13:05", BERLIN), None)
    heard = []
    while dues and (first := first_of(dues)):
        heard.append(first.rung)
        of = sent(of, first)
        dues = left_of(dues, first, of.due)
    assert heard == ["hours_before", "due"]
    assert dues is None
    following = next_rung(of, LADDER, MUNICH)
    assert following is not None
    assert following.rung == "late:1"
