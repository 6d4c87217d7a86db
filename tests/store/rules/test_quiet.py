"""Quiet hours and the daily message: when somebody may hear what is due."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules import quiet_words
from store.rules.calendar import Calendar
from store.rules.hours import BadHours
from store.rules.quiet import Because, Preferences, leaves_time, may_hear, wait
from store.rules.rungs import Due
from tests.store.rules.calendars import MUNICH, at, shown
from tests.store.rules.test_ladder_properties import filings, people

BERLIN = "Europe/Berlin"


def due(when: str, rung: str = "half_time", to: str = "owner") -> Due:
    return Due(rung, at(when, BERLIN), to, at(when, BERLIN))  # type: ignore[arg-type]


def waits(quiet: str, bundle_at: int | None, one: Due, now: str, ask_due: str = "2026-04-01 12:00") -> str | None:
    chosen = Preferences(quiet_words.read(quiet), bundle_at)
    found = wait(chosen, BERLIN, MUNICH, one, at(ask_due, BERLIN), at(now, BERLIN))
    return f"{found.because} {shown(found.until, BERLIN)}" if found else None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("12:00-14:00", "12:00-14:00"),
        ("mon-fri 17:00-09:00", "mon-fri 17:00-09:00"),
        ("mon-fri: 17:00-09:00\n12:00-13:00", "mon-fri 12:00-13:00, 17:00-09:00\nsat-sun 12:00-13:00"),
        ("wed afternoon", "wed 12:00-24:00"),
        ("周三下午", "wed 12:00-24:00"),
        ("工作日 17:00-09:00", "mon-fri 17:00-09:00"),
        ("weekend all day", "sat-sun 00:00-24:00"),
        ("12:00-14:00; 13:00-15:00", "12:00-15:00"),
        ("fri 17:00-24:00\nweekend 24h\nmon 00:00-09:00", "mon 00:00-09:00\nfri 17:00-24:00\nsat-sun 00:00-24:00"),
        ("  ", ""),
    ],
)
def test_quiet_hours_are_read_and_written_as_people_write_them(written: str, kept: str) -> None:
    quiet = quiet_words.read(written)
    assert quiet_words.written(quiet) == kept
    assert quiet_words.read(kept) == quiet


@pytest.mark.parametrize("written", ["lunch", "25:00-26:00", "someday 12:00-13:00", "12:00", "\n".join(["1-2"] * 21)])
def test_what_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(BadHours):
        quiet_words.read(written)


def test_a_nudge_waits_for_the_end_of_the_quiet_hours() -> None:
    assert waits("12:00-14:00", None, due("2026-03-10 12:30"), "2026-03-10 12:30") == (
        f"{Because.QUIET_HOURS} Tue 2026-03-10 14:00"
    )
    assert waits("12:00-14:00", None, due("2026-03-10 11:59"), "2026-03-10 11:59") is None


def test_quiet_until_after_closing_is_quiet_until_the_next_working_time() -> None:
    assert waits("fri afternoon", None, due("2026-03-13 15:00"), "2026-03-13 15:00") == (
        f"{Because.QUIET_HOURS} Mon 2026-03-16 09:00"
    )


def test_what_is_due_during_the_day_waits_for_the_daily_message_of_the_next() -> None:
    assert waits("", 540, due("2026-03-10 10:30"), "2026-03-10 10:30") == f"{Because.BUNDLE} Wed 2026-03-11 09:00"
    assert waits("", 540, due("2026-03-10 10:30"), "2026-03-11 09:00") is None
    assert waits("", 540, due("2026-03-13 10:30"), "2026-03-13 10:30") == f"{Because.BUNDLE} Mon 2026-03-16 09:00"


def test_what_comes_up_with_the_daily_message_goes_along() -> None:
    assert waits("", 540, due("2026-03-10 09:05"), "2026-03-10 09:05") is None


def test_what_is_due_within_two_hours_does_not_wait() -> None:
    assert waits("", 540, due("2026-03-10 10:30"), "2026-03-10 10:30", ask_due="2026-03-10 12:30") is None
    assert waits("", 540, due("2026-03-10 10:30", "due"), "2026-03-10 10:30", ask_due="2026-03-10 10:30") is None
    assert waits("", 540, due("2026-03-10 10:30"), "2026-03-10 10:30", ask_due="2026-03-10 12:31") is not None


def test_a_lead_hears_of_trouble_without_waiting_for_a_daily_message_but_not_in_quiet_hours() -> None:
    assert waits("", 540, due("2026-03-10 10:30", "lead_late", "lead"), "2026-03-10 10:30") is None
    assert waits("10:00-11:00", 540, due("2026-03-10 10:30", "lead_late", "lead"), "2026-03-10 10:30") == (
        f"{Because.QUIET_HOURS} Tue 2026-03-10 11:00"
    )


def test_quiet_hours_that_leave_nothing_are_known_and_lose_nothing() -> None:
    chosen = Preferences(quiet_words.read("08:00-18:00"))
    assert not leaves_time(chosen, BERLIN, MUNICH, at("2026-03-10 08:00", BERLIN))
    assert leaves_time(Preferences(quiet_words.read("08:00-16:59")), BERLIN, MUNICH, at("2026-03-10 08:00", BERLIN))
    assert shown(may_hear(chosen, BERLIN, MUNICH, at("2026-03-10 08:00", BERLIN)), BERLIN) == "Tue 2026-03-10 09:00"


lines = st.sampled_from(["", "12:00-14:00", "mon-fri 17:00-09:00", "wed afternoon", "00:00-10:30\nfri 13:00-24:00"])
zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Asia/Kathmandu", "Pacific/Apia"])


@settings(max_examples=80, deadline=None)
@given(people, zones, lines, st.none() | st.integers(0, 1439), filings, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_nobody_hears_in_their_quiet_hours_nor_outside_work_and_waiting_ends(
    works: Calendar, zone: str, quiet: str, bundle_at: int | None, meant: datetime, off: timedelta
) -> None:
    chosen = Preferences(quiet_words.read(quiet), bundle_at)
    now = works.next_open(meant + off)
    one = Due("half_time", now, "owner", meant)
    found = wait(chosen, zone, works, one, now + timedelta(days=40), now)
    heard = now if found is None else found.until
    assert heard >= now
    if leaves_time(chosen, zone, works, now):
        assert works.is_open(heard)
        assert chosen.quiet is None or not Calendar(zone, chosen.quiet).is_open(heard)
    # Asked again at that moment, it goes.
    assert wait(chosen, zone, works, one, heard + timedelta(days=40), heard) is None


def test_what_waits_for_the_daily_message_goes_when_the_ask_comes_near() -> None:
    assert waits("", 540, due("2026-03-10 10:30"), "2026-03-10 10:30", ask_due="2026-03-10 16:00") == (
        f"{Because.BUNDLE} Tue 2026-03-10 14:00"
    )
    assert waits("", 540, due("2026-03-10 10:30"), "2026-03-10 14:00", ask_due="2026-03-10 16:00") is None
