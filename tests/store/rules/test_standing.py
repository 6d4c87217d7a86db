"""Time spent on hold never makes a promise late."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings

from store.rules.calendar import Calendar
from store.rules.standing import due_after_hold
from tests.store.rules.calendars import MUNICH, at, shown
from tests.store.rules.test_calendar_properties import SHORT, calendars, instants


@pytest.mark.parametrize(
    ("held_from", "held_until", "due"),
    [
        # Two working hours, a night and two hours, a weekend of none.
        ("2026-03-12 10:00", "2026-03-12 12:00", "Mon 2026-03-16 10:00"),
        ("2026-03-11 16:00", "2026-03-12 10:00", "Mon 2026-03-16 10:00"),
        ("2026-03-12 17:00", "2026-03-12 20:00", "Fri 2026-03-13 16:00"),
        # Held over due: as much is left after the hold as before it.
        ("2026-03-13 15:00", "2026-03-17 11:00", "Tue 2026-03-17 12:00"),
        # Due at the very instant: not late before the hold, and not after it.
        ("2026-03-13 16:00", "2026-03-17 11:00", "Tue 2026-03-17 11:00"),
        # Past due already when the hold began.
        ("2026-03-13 16:01", "2026-03-17 11:00", "Fri 2026-03-13 16:00"),
        ("2026-03-13 11:00", "2026-03-13 10:00", "Fri 2026-03-13 16:00"),
    ],
)
def test_due_moves_by_the_working_time_of_the_hold(held_from: str, held_until: str, due: str) -> None:
    zone = MUNICH.zone
    moved = due_after_hold(at("2026-03-13 16:00", zone), at(held_from, zone), at(held_until, zone), MUNICH)
    assert shown(moved, zone) == due


def test_a_promise_for_a_sunday_is_not_late_after_a_weekend_on_hold() -> None:
    zone = MUNICH.zone
    moved = due_after_hold(
        at("2026-03-15 12:00", zone), at("2026-03-13 18:00", zone), at("2026-03-16 08:00", zone), MUNICH
    )
    assert shown(moved, zone) == "Mon 2026-03-16 09:00"


@settings(max_examples=100, deadline=None)
@given(calendars, instants, SHORT, SHORT)
def test_the_owner_has_as_much_time_after_the_hold_as_before(
    calendar: Calendar, due: datetime, before: timedelta, length: timedelta
) -> None:
    held_from, held_until = due - abs(before), due - abs(before) + 6 * abs(length)
    moved = due_after_hold(due, held_from, held_until, calendar)
    assert moved >= due
    if held_from < due:
        assert moved >= held_until
        assert calendar.working_time(held_until, moved) == calendar.working_time(held_from, due)
