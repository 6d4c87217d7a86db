"""When a department is closed next: holidays with the weekends beside them, make-up days, its own closed days."""

from datetime import date

from store.rules.calendar import Calendar
from store.rules.closings import next_closing
from store.rules.hours import Hours

WEEK = Hours.parse({"mon-fri": "09:00-17:00"})


def test_a_holiday_with_its_weekend_and_the_day_they_are_back() -> None:
    found = next_closing(Calendar("Europe/Berlin", WEEK, "DE", "BY"), date(2026, 4, 1))
    assert found is not None
    assert (found.first, found.last, found.back) == (date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 7))
    assert found.holiday == date(2026, 4, 3)


def test_one_that_is_on_begins_today() -> None:
    found = next_closing(Calendar("Europe/Berlin", WEEK, "DE", "BY"), date(2026, 4, 5))
    assert found is not None
    assert (found.first, found.last) == (date(2026, 4, 5), date(2026, 4, 6))


def test_own_closed_days_have_no_name() -> None:
    closed = frozenset({date(2026, 6, 10), date(2026, 6, 11)})
    found = next_closing(Calendar("UTC", WEEK, closed=closed), date(2026, 6, 1))
    assert found is not None
    assert (found.first, found.last, found.holiday) == (date(2026, 6, 10), date(2026, 6, 11), None)


def test_without_holidays_none_is_told_and_without_work_nothing_hangs() -> None:
    assert next_closing(Calendar("UTC", WEEK), date(2026, 6, 1)) is None
    closed = frozenset(date.fromordinal(date(2026, 1, 1).toordinal() + number) for number in range(900))
    assert next_closing(Calendar("UTC", WEEK, closed=closed), date(2026, 6, 1)) is None
