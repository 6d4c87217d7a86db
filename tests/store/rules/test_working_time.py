"""Sums of working time, worked out by hand: holidays, make-up days, clock changes, nights, round the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.calendar import Calendar
from store.rules.hours import Hours
from tests.store.rules.calendars import ALWAYS, EVERY_NIGHT, LUNCH, NIGHT, PLAIN, at

NIGHT_AND_SUNDAY = Hours.parse({"mon-fri": "22:00-06:00", "sun": "05:00-12:00"})
SIX_DAYS = Hours.parse({"mon-sat": "09:00-17:00"})


def daily(text: str) -> Hours:
    return Hours.parse({"daily": text})


BERLIN, NEW_YORK, HOWE, SHANGHAI, CAIRO = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Shanghai",
    "Africa/Cairo",
)

SUMS: list[tuple[str, Hours, str | None, str | None, str, str, float]] = [
    # China 2026, 7.5 h a day. National Day: 28-30 September, 8-9 October and Saturday the 10th instead.
    (SHANGHAI, LUNCH, "CN", None, "2026-09-28 00:00", "2026-10-12 00:00", 45),
    # Spring Festival: 9-13 and Saturday 14 February, 24-27 and Saturday the 28th.
    (SHANGHAI, LUNCH, "CN", None, "2026-02-09 00:00", "2026-03-02 00:00", 82.5),
    # New Year: Friday the 2nd is free for Sunday the 4th.
    (SHANGHAI, LUNCH, "CN", None, "2026-01-01 00:00", "2026-01-06 00:00", 15),
    # Labour Day: from Thursday 17:00 to Wednesday 10:00 only the two ends.
    (SHANGHAI, LUNCH, "CN", None, "2026-04-30 17:00", "2026-05-06 10:00", 2),
    (SHANGHAI, LUNCH, "CN", None, "2026-05-06 00:00", "2026-05-11 00:00", 30),
    # Sunday 20 September is worked.
    (SHANGHAI, LUNCH, "CN", None, "2026-09-18 17:00", "2026-09-20 10:00", 2),
    # Mid-Autumn Friday, from within lunch.
    (SHANGHAI, LUNCH, "CN", None, "2026-09-24 12:30", "2026-09-28 09:30", 5),
    (SHANGHAI, LUNCH, "CN", None, "2026-04-03 17:30", "2026-04-07 09:30", 1),
    (SHANGHAI, LUNCH, "CN", None, "2026-06-18 13:00", "2026-06-22 09:30", 5),
    # The whole year: 248 working days.
    (SHANGHAI, LUNCH, "CN", None, "2026-01-01 00:00", "2027-01-01 00:00", 248 * 7.5),
    # Without holidays: 261 weekdays.
    (SHANGHAI, LUNCH, None, None, "2026-01-01 00:00", "2027-01-01 00:00", 261 * 7.5),
    # A make-up Saturday has a weekday's hours though Saturdays are short.
    (SHANGHAI, Hours.parse({"mon-fri": "9-17", "sat": "9-12"}), "CN", None, "2026-10-10 00:00", "2026-10-11 00:00", 8),
    (SHANGHAI, Hours.parse({"mon-fri": "9-17", "sat": "9-12"}), "CN", None, "2026-10-17 00:00", "2026-10-18 00:00", 3),
    # The night before the holiday is worked to its end, the last night of the holiday not at all.
    (SHANGHAI, NIGHT, "CN", None, "2026-09-30 20:00", "2026-10-01 12:00", 8),
    (SHANGHAI, NIGHT, "CN", None, "2026-10-07 20:00", "2026-10-08 12:00", 0),
    (SHANGHAI, NIGHT, "CN", None, "2026-10-10 20:00", "2026-10-11 12:00", 8),
    # The night after make-up Saturday, 28 February, runs into a Sunday shift from 05:00: no hour counts twice.
    (SHANGHAI, NIGHT_AND_SUNDAY, "CN", None, "2026-02-28 12:00", "2026-03-02 00:00", 14),
    (SHANGHAI, ALWAYS, "CN", None, "2026-09-30 12:00", "2026-10-03 12:00", 12),
    (SHANGHAI, LUNCH, "CN", None, "2026-03-11 11:00", "2026-03-11 14:00", 1.5),
    (SHANGHAI, LUNCH, "CN", None, "2026-03-11 12:15", "2026-03-11 13:15", 0),
    (SHANGHAI, ALWAYS, None, None, "2026-03-29 00:00", "2026-03-30 00:00", 24),
    # Germany: Easter.
    (BERLIN, PLAIN, "DE", "BY", "2026-04-02 16:00", "2026-04-07 10:00", 2),
    # Corpus Christi is free in Bavaria, not in Berlin.
    (BERLIN, PLAIN, "DE", "BY", "2026-06-03 16:00", "2026-06-05 10:00", 2),
    (BERLIN, PLAIN, "DE", "BE", "2026-06-03 16:00", "2026-06-05 10:00", 10),
    # Repentance Day only in Saxony.
    (BERLIN, PLAIN, "DE", "SN", "2026-11-17 16:00", "2026-11-19 10:00", 2),
    (BERLIN, PLAIN, "DE", "BY", "2026-11-17 16:00", "2026-11-19 10:00", 10),
    # Ascension Day.
    (BERLIN, PLAIN, "DE", None, "2026-05-13 12:00", "2026-05-15 12:00", 8),
    # Christmas: the 24th is worked.
    (BERLIN, PLAIN, "DE", None, "2026-12-24 09:00", "2026-12-28 17:00", 16),
    # Epiphany.
    (BERLIN, PLAIN, "DE", "BY", "2026-01-05 09:00", "2026-01-07 09:00", 8),
    (BERLIN, PLAIN, "DE", "BE", "2026-01-05 09:00", "2026-01-07 09:00", 16),
    # Unity Day on a Saturday.
    (BERLIN, SIX_DAYS, "DE", None, "2026-10-02 00:00", "2026-10-06 00:00", 16),
    (BERLIN, SIX_DAYS, None, None, "2026-10-02 00:00", "2026-10-06 00:00", 24),
    # Clock changes, Europe.
    (BERLIN, ALWAYS, None, None, "2026-03-28 00:00", "2026-03-30 00:00", 47),
    (BERLIN, ALWAYS, None, None, "2026-10-24 00:00", "2026-10-26 00:00", 49),
    (BERLIN, EVERY_NIGHT, None, None, "2026-03-28 20:00", "2026-03-29 12:00", 7),
    (BERLIN, EVERY_NIGHT, None, None, "2026-10-24 20:00", "2026-10-25 12:00", 9),
    (BERLIN, NIGHT, None, None, "2026-03-27 20:00", "2026-03-29 12:00", 8),
    (BERLIN, PLAIN, None, None, "2026-03-27 09:00", "2026-03-30 17:00", 16),
    (BERLIN, daily("02:15-02:45"), None, None, "2026-03-29 00:00", "2026-03-30 00:00", 0),
    (BERLIN, daily("02:15-02:45"), None, None, "2026-10-25 00:00", "2026-10-26 00:00", 1),
    (BERLIN, daily("00:00-02:30"), None, None, "2026-03-29 00:00", "2026-03-30 00:00", 2),
    (BERLIN, daily("02:30-06:00"), None, None, "2026-03-29 00:00", "2026-03-30 00:00", 3),
    (BERLIN, ALWAYS, None, None, "2026-10-25 02:30", "2026-10-25 02:30*", 1),
    # America.
    (NEW_YORK, EVERY_NIGHT, None, None, "2026-03-07 20:00", "2026-03-08 12:00", 7),
    (NEW_YORK, EVERY_NIGHT, None, None, "2026-10-31 20:00", "2026-11-01 12:00", 9),
    (NEW_YORK, ALWAYS, None, None, "2026-03-01 00:00", "2026-04-01 00:00", 31 * 24 - 1),
    # Lord Howe moves half an hour.
    (HOWE, ALWAYS, None, None, "2026-04-05 00:00", "2026-04-06 00:00", 24.5),
    (HOWE, ALWAYS, None, None, "2026-10-04 00:00", "2026-10-05 00:00", 23.5),
    (HOWE, daily("01:00-03:00"), None, None, "2026-04-05 00:00", "2026-04-06 00:00", 2.5),
    (HOWE, daily("01:00-03:00"), None, None, "2026-10-04 00:00", "2026-10-05 00:00", 1.5),
    (HOWE, daily("01:45-05:00"), None, None, "2026-04-05 00:00", "2026-04-06 00:00", 3.5),
    # Cairo changes at midnight: the Friday has no 00:00, the Thursday has two hours from 23:00.
    (CAIRO, ALWAYS, None, None, "2026-04-23 00:00", "2026-04-25 00:00", 47),
    (CAIRO, ALWAYS, None, None, "2026-10-29 00:00", "2026-10-30 00:00", 25),
    (CAIRO, daily("23:00-01:00"), None, None, "2026-04-23 22:00", "2026-04-24 12:00", 1),
    (CAIRO, daily("23:00-01:00"), None, None, "2026-10-29 22:00", "2026-10-30 12:00", 3),
    # Leap days.
    (BERLIN, PLAIN, None, None, "2028-02-28 09:00", "2028-03-01 17:00", 24),
    (BERLIN, PLAIN, None, None, "2027-02-26 09:00", "2027-03-01 17:00", 16),
    # The week has its ends, the year too.
    (BERLIN, NIGHT, None, None, "2026-03-13 20:00", "2026-03-16 12:00", 8),
    (BERLIN, EVERY_NIGHT, None, None, "2026-12-31 20:00", "2027-01-01 20:00", 8),
    (BERLIN, EVERY_NIGHT, None, None, "2027-01-01 02:00", "2027-01-01 20:00", 4),
]


@pytest.mark.parametrize(("zone", "hours", "country", "region", "start", "end", "expected"), SUMS)
def test_sums_worked_out_by_hand(
    zone: str, hours: Hours, country: str | None, region: str | None, start: str, end: str, expected: float
) -> None:
    calendar = Calendar(zone, hours, country, region)
    assert calendar.working_time(at(start, zone), at(end, zone)).total_seconds() / 3600 == expected


def test_instants_may_come_from_other_zones() -> None:
    calendar = Calendar(SHANGHAI, PLAIN)
    worked = calendar.working_time(at("2026-03-09 20:00", NEW_YORK), at("2026-03-10 04:00", NEW_YORK))
    assert worked.total_seconds() / 3600 == 7


def test_closed_days_are_not_worked_make_up_or_not() -> None:
    open_, make_up = at("2026-10-09 00:00", SHANGHAI), at("2026-10-11 00:00", SHANGHAI)
    closed = frozenset({make_up.date().replace(day=10)})
    assert Calendar(SHANGHAI, PLAIN, "CN").working_time(open_, make_up).total_seconds() / 3600 == 16
    assert Calendar(SHANGHAI, PLAIN, "CN", None, closed).working_time(open_, make_up).total_seconds() / 3600 == 8


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_working_time_is_what_a_clock_watcher_counts(data: st.DataObject) -> None:
    """An observer who looks at the wall clock every five minutes and asks whether that reading is in the hours."""
    zone = data.draw(st.sampled_from((BERLIN, NEW_YORK, HOWE, SHANGHAI, CAIRO)))
    hours = data.draw(st.sampled_from((LUNCH, PLAIN, ALWAYS, NIGHT, EVERY_NIGHT, daily("01:45-05:00"))))
    calendar = Calendar(zone, hours, "CN" if zone == SHANGHAI else None)
    around = data.draw(
        st.sampled_from((date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 4, 24), date(2026, 10, 4)))
        | st.sampled_from((date(2026, 10, 25), date(2026, 10, 29), date(2026, 11, 1), date(2027, 1, 1)))
    )
    start = datetime(around.year, around.month, around.day, tzinfo=UTC) - timedelta(hours=30)
    end = start + timedelta(hours=data.draw(st.integers(0, 72)), minutes=5 * data.draw(st.integers(0, 11)))
    count, now = 0, start
    while now < end:
        local = calendar.local(now)
        for day in (local.date(), local.date() - timedelta(days=1)):
            minute = (local.date() - day).days * 1440 + local.hour * 60 + local.minute
            count += any(opens <= minute < closes for opens, closes in calendar.hours_of(day))
        now += timedelta(minutes=5)
    assert calendar.working_time(start, end) == timedelta(minutes=5 * count)
