"""When a lead time has run out, forwards and backwards, worked out by hand; and calendars that are refused."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from store.rules.calendar import BadCalendar, Calendar, NoWorkingTime
from store.rules.hours import Hours
from store.rules.lead_time import LeadTime
from tests.store.rules.calendars import ALWAYS, BEIJING, EVERY_NIGHT, MUNICH, NEW_YORK, NIGHT, PLAIN, at, shown

SHORT_FRIDAY = Calendar("Europe/Berlin", Hours.parse({"mon-thu": "9-12,13-17", "fri": "9-12"}))
SPLIT = Calendar("Europe/Berlin", Hours.parse({"mon": "9-17", "tue": "9-12,14-17", "wed": "9-17"}))
NIGHTS = Calendar("Europe/Berlin", EVERY_NIGHT)
WEEKNIGHTS = Calendar("Asia/Shanghai", NIGHT, "CN")
ROUND = Calendar("Europe/Berlin", ALWAYS)
CAIRO = Calendar("Africa/Cairo", ALWAYS)
MIXED = Calendar("Europe/Berlin", Hours.parse({"mon": "22:00-06:00", "tue": "9-17"}))


@pytest.mark.parametrize(
    ("calendar", "filed", "lead_time", "due"),
    [
        # Days keep the clock time.
        (BEIJING, "2026-03-10 10:15", "2d", "Thu 2026-03-12 10:15"),
        (BEIJING, "2026-03-12 10:15", "2d", "Mon 2026-03-16 10:15"),
        # Over National Day, with Saturday the 10th worked.
        (BEIJING, "2026-09-30 17:00", "1d", "Thu 2026-10-08 17:00"),
        (BEIJING, "2026-09-30 17:00", "3d", "Sat 2026-10-10 17:00"),
        (BEIJING, "2026-09-30 17:00", "4d", "Mon 2026-10-12 17:00"),
        (BEIJING, "2026-02-13 17:00", "1d", "Sat 2026-02-14 17:00"),
        (BEIJING, "2026-02-13 17:00", "2d", "Tue 2026-02-24 17:00"),
        # Filing at or after closing is filing at the next opening; a minute before is not.
        (BEIJING, "2026-03-10 17:59", "1d", "Wed 2026-03-11 17:59"),
        (BEIJING, "2026-03-10 18:00", "1d", "Thu 2026-03-12 09:00"),
        (BEIJING, "2026-03-10 23:00", "1d", "Thu 2026-03-12 09:00"),
        (BEIJING, "2026-03-11 06:00", "1d", "Thu 2026-03-12 09:00"),
        (BEIJING, "2026-03-14 12:00", "1d", "Tue 2026-03-17 09:00"),
        # In the lunch break: from its end.
        (BEIJING, "2026-03-10 12:00", "1d", "Wed 2026-03-11 13:30"),
        (BEIJING, "2026-03-10 12:40", "1d", "Wed 2026-03-11 13:30"),
        (BEIJING, "2026-03-10 11:59", "1d", "Wed 2026-03-11 11:59"),
        # Clipped into the hours of the day.
        (SHORT_FRIDAY, "2026-03-12 16:00", "1d", "Fri 2026-03-13 12:00"),
        (SHORT_FRIDAY, "2026-03-12 10:00", "1d", "Fri 2026-03-13 10:00"),
        (SHORT_FRIDAY, "2026-03-12 16:00", "2d", "Mon 2026-03-16 16:00"),
        (SPLIT, "2026-03-09 12:30", "1d", "Tue 2026-03-10 14:00"),
        # Hours are working hours and end with a closing.
        (BEIJING, "2026-03-10 10:00", "2h", "Tue 2026-03-10 12:00"),
        (BEIJING, "2026-03-10 10:00", "3h", "Tue 2026-03-10 14:30"),
        (BEIJING, "2026-03-10 13:00", "4h", "Tue 2026-03-10 17:30"),
        (BEIJING, "2026-03-10 16:00", "4h", "Wed 2026-03-11 11:00"),
        (BEIJING, "2026-09-30 17:00", "4h", "Thu 2026-10-08 12:00"),
        (BEIJING, "2026-10-09 18:00", "4h", "Sat 2026-10-10 14:30"),
        (MUNICH, "2026-04-02 16:00", "2h", "Tue 2026-04-07 10:00"),
        (MUNICH, "2026-04-02 16:00", "2d", "Wed 2026-04-08 16:00"),
        # Nights belong to the day they begin.
        (WEEKNIGHTS, "2026-03-11 01:30", "1d", "Thu 2026-03-12 01:30"),
        (WEEKNIGHTS, "2026-03-14 01:30", "1d", "Tue 2026-03-17 01:30"),
        (WEEKNIGHTS, "2026-03-14 06:00", "1d", "Tue 2026-03-17 22:00"),
        (WEEKNIGHTS, "2026-03-13 23:00", "8h", "Mon 2026-03-16 23:00"),
        (MIXED, "2026-03-10 01:30", "1d", "Tue 2026-03-10 17:00"),
        # Clock changes: 02:30 does not exist on 29 March, comes twice on 25 October.
        (ROUND, "2026-03-27 02:30", "2d", "Sun 2026-03-29 03:00"),
        (ROUND, "2026-03-28 12:00", "24h", "Sun 2026-03-29 13:00"),
        (ROUND, "2026-03-28 12:00", "1d", "Sun 2026-03-29 12:00"),
        (ROUND, "2026-10-24 12:00", "24h", "Sun 2026-10-25 11:00"),
        (ROUND, "2026-10-23 02:30", "2d", "Sun 2026-10-25 02:30"),
        (ROUND, "2026-10-25 02:30", "1d", "Mon 2026-10-26 02:30"),
        (ROUND, "2026-10-25 02:30*", "1d", "Mon 2026-10-26 03:00"),
        (NIGHTS, "2026-03-28 23:00", "4h", "Sun 2026-03-29 04:00"),
        (NIGHTS, "2026-10-24 23:00", "4h", "Sun 2026-10-25 02:00*"),
        (CAIRO, "2026-04-22 00:00", "2d", "Fri 2026-04-24 01:00"),
        (CAIRO, "2026-10-29 23:30*", "1d", "Sat 2026-10-31 00:00"),
        # Leap days.
        (MUNICH, "2028-02-28 10:00", "1d", "Tue 2028-02-29 10:00"),
        (MUNICH, "2027-02-26 10:00", "1d", "Mon 2027-03-01 10:00"),
        # The longest.
        (ROUND, "2026-03-10 10:00", "365d", "Wed 2027-03-10 10:00"),
    ],
)
def test_a_lead_time_runs_out(calendar: Calendar, filed: str, lead_time: str, due: str) -> None:
    assert shown(calendar.add(at(filed, calendar.zone), LeadTime.parse(lead_time)), calendar.zone) == due


@pytest.mark.parametrize(
    ("calendar", "due", "lead_time", "before"),
    [
        (BEIJING, "2026-03-12 15:00", "1d", "Wed 2026-03-11 15:00"),
        (BEIJING, "2026-03-16 15:00", "1d", "Fri 2026-03-13 15:00"),
        (BEIJING, "2026-03-12 18:00", "1d", "Wed 2026-03-11 18:00"),
        (BEIJING, "2026-03-12 09:00", "1d", "Wed 2026-03-11 09:00"),
        (BEIJING, "2026-03-14 12:00", "1d", "Thu 2026-03-12 18:00"),
        (BEIJING, "2026-10-12 15:00", "1d", "Sat 2026-10-10 15:00"),
        (BEIJING, "2026-10-08 15:00", "1d", "Wed 2026-09-30 15:00"),
        (BEIJING, "2026-03-12 15:00", "2h", "Thu 2026-03-12 11:30"),
        (BEIJING, "2026-03-12 15:30", "2h", "Thu 2026-03-12 13:30"),
        (BEIJING, "2026-03-12 09:00", "2h", "Wed 2026-03-11 16:00"),
        (BEIJING, "2026-03-15 12:00", "2h", "Fri 2026-03-13 16:00"),
        (BEIJING, "2026-03-12 23:00", "2h", "Thu 2026-03-12 16:00"),
        (BEIJING, "2026-10-08 10:00", "2h", "Wed 2026-09-30 17:00"),
        (SPLIT, "2026-03-11 13:00", "1d", "Tue 2026-03-10 12:00"),
        (WEEKNIGHTS, "2026-03-17 01:00", "1d", "Sat 2026-03-14 01:00"),
        (ROUND, "2026-03-29 12:00", "24h", "Sat 2026-03-28 11:00"),
        (ROUND, "2026-03-30 00:00", "1d", "Sun 2026-03-29 00:00"),
    ],
)
def test_a_lead_time_counted_back(calendar: Calendar, due: str, lead_time: str, before: str) -> None:
    assert shown(calendar.work_before(at(due, calendar.zone), LeadTime.parse(lead_time)), calendar.zone) == before


def test_a_day_opens_and_closes() -> None:
    opened, closed = BEIJING.opening(date(2026, 3, 10)), BEIJING.closing(date(2026, 3, 10))
    assert opened == at("2026-03-10 09:00", "Asia/Shanghai")
    assert closed == at("2026-03-10 18:00", "Asia/Shanghai")
    assert opened is not None
    assert opened.utcoffset() == timedelta(0)
    assert BEIJING.opening(date(2026, 10, 1)) is None
    assert BEIJING.closing(date(2026, 10, 4)) is None
    assert BEIJING.opening(date(2026, 10, 10)) == at("2026-10-10 09:00", "Asia/Shanghai")
    assert ROUND.closing(date(2026, 10, 25)) == at("2026-10-26 00:00", "Europe/Berlin")
    assert NIGHTS.closing(date(2026, 3, 10)) == at("2026-03-11 06:00", "Europe/Berlin")


def test_open_is_up_to_and_without_the_closing() -> None:
    def is_open(text: str) -> bool:
        return BEIJING.is_open(at(text, BEIJING.zone))

    assert [is_open(f"2026-03-10 {clock}") for clock in ("08:59", "09:00", "11:59", "12:00", "13:29", "13:30")] == [
        False,
        True,
        True,
        False,
        False,
        True,
    ]
    assert not is_open("2026-03-10 18:00")
    assert shown(BEIJING.next_open(at("2026-03-10 18:00", BEIJING.zone)), BEIJING.zone) == "Wed 2026-03-11 09:00"
    assert shown(BEIJING.last_open(at("2026-03-10 18:00", BEIJING.zone)), BEIJING.zone) == "Tue 2026-03-10 18:00"
    assert shown(BEIJING.last_open(at("2026-03-10 08:00", BEIJING.zone)), BEIJING.zone) == "Mon 2026-03-09 18:00"
    assert NIGHTS.is_open(at("2026-03-01 05:59", NIGHTS.zone))
    assert not NIGHTS.is_open(at("2026-03-01 06:00", NIGHTS.zone))


def test_working_days_are_walked_and_counted() -> None:
    assert BEIJING.next_working_day(date(2026, 9, 30)) == date(2026, 10, 8)
    assert BEIJING.next_working_day(date(2026, 10, 9)) == date(2026, 10, 10)
    assert BEIJING.previous_working_day(date(2026, 10, 8)) == date(2026, 9, 30)
    assert BEIJING.previous_working_day(date(2026, 10, 12)) == date(2026, 10, 10)
    assert BEIJING.working_days_between(date(2025, 12, 31), date(2026, 12, 31)) == 248
    assert BEIJING.working_days_between(date(2026, 3, 10), date(2026, 3, 10)) == 0
    assert BEIJING.working_days_between(date(2026, 3, 10), date(2026, 3, 11)) == 1
    assert BEIJING.working_days_between(date(2026, 3, 11), date(2026, 3, 10)) == 0


def test_a_day_that_the_zone_skipped_is_no_working_day() -> None:
    apia = Calendar("Pacific/Apia", ALWAYS)
    assert not apia.is_working_day(date(2011, 12, 30))
    assert apia.next_working_day(date(2011, 12, 29)) == date(2011, 12, 31)


def test_holidays_have_names_in_both_languages() -> None:
    assert BEIJING.holiday_name(date(2026, 10, 1)) == "National Day"
    assert BEIJING.holiday_name(date(2026, 10, 1), "zh_CN") == "国庆节"
    assert BEIJING.holiday_name(date(2026, 10, 8)) is None
    assert MUNICH.holiday_name(date(2026, 6, 4)) == "Corpus Christi"
    assert MUNICH.holiday_name(date(2026, 6, 4), "zh_CN") == "Fronleichnam"
    assert list(MUNICH.holidays_named(2026))[:3] == [date(2026, 1, 1), date(2026, 1, 6), date(2026, 4, 3)]
    assert Calendar("Europe/Berlin", PLAIN).holidays_named(2026) == {}
    assert BEIJING.is_make_up_day(date(2026, 10, 10))
    assert not BEIJING.is_make_up_day(date(2026, 10, 17))


def test_a_holiday_observed_in_the_old_year_is_free() -> None:
    # New Year's Day 2028 is a Saturday, observed on Friday 31 December 2027.
    assert not NEW_YORK.is_working_day(date(2027, 12, 31))


@pytest.mark.parametrize(
    ("zone", "country", "region", "reason"),
    [
        ("Mars/Olympus", None, None, "unknown_zone"),
        ("", None, None, "unknown_zone"),
        ("localtime", None, None, "unknown_zone"),
        ("right/Europe/Berlin", None, None, "unknown_zone"),
        ("../etc/passwd", None, None, "unknown_zone"),
        ("Europe", None, None, "unknown_zone"),
        ("Europe/Berlin", "XX", None, "unknown_country"),
        ("Europe/Berlin", "Germany!", None, "unknown_country"),
        ("Europe/Berlin", "DE", "ZZ", "unknown_region"),
        ("Europe/Berlin", None, "BY", "unknown_region"),
    ],
)
def test_unknown_places_are_refused(zone: str, country: str | None, region: str | None, reason: str) -> None:
    with pytest.raises(BadCalendar) as refused:
        Calendar(zone, PLAIN, country, region)
    assert refused.value.reason == reason


def test_codes_are_read_in_any_case() -> None:
    assert Calendar("Europe/Berlin", PLAIN, "de", "by") == MUNICH
    assert hash(Calendar("Europe/Berlin", PLAIN, "de", "by")) == hash(MUNICH)
    assert Calendar("Europe/Berlin", PLAIN, "DE", "BE") != MUNICH


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        MUNICH.next_open(datetime(2026, 3, 10))  # noqa: DTZ001 - that is the point


def closed_for(days: int) -> Calendar:
    first = date(2026, 3, 10)
    return Calendar("Europe/Berlin", ALWAYS, closed=frozenset(first + timedelta(days=number) for number in range(days)))


def test_no_working_time_within_a_year_is_said_at_once() -> None:
    never, filed = closed_for(4000), at("2026-03-10 12:00", "Europe/Berlin")
    later = filed + timedelta(days=3900)
    asks: list[Callable[[], object]] = [
        lambda: never.next_open(filed),
        lambda: never.add(filed, LeadTime(1, "hours")),
        lambda: never.add(filed, LeadTime(1, "days")),
        lambda: never.next_working_day(date(2026, 3, 10)),
        lambda: never.last_open(later),
        lambda: never.work_before(later, LeadTime(1, "hours")),
        lambda: never.work_before(later, LeadTime(1, "days")),
        lambda: never.previous_working_day(later.date()),
    ]
    for ask in asks:
        with pytest.raises(NoWorkingTime):
            ask()
    assert never.working_time(filed, later) == timedelta(0)
    assert not never.is_open(filed)


def test_working_time_within_a_year_is_found() -> None:
    filed = at("2026-03-10 12:00", "Europe/Berlin")
    assert shown(closed_for(366).next_open(filed), "Europe/Berlin") == "Thu 2027-03-11 00:00"
    with pytest.raises(NoWorkingTime):
        closed_for(368).next_open(filed)
    last_before = at("2026-03-09 12:00", "Europe/Berlin")
    with pytest.raises(NoWorkingTime):
        closed_for(400).add(last_before, LeadTime(13, "hours"))
    assert shown(closed_for(400).add(last_before, LeadTime(12, "hours")), "Europe/Berlin") == "Tue 2026-03-10 00:00"


def test_the_ends_of_time_are_no_endless_loop() -> None:
    with pytest.raises(NoWorkingTime):
        ROUND.add(at("9997-12-31 12:00", "Europe/Berlin"), LeadTime(5, "days"))
    assert ROUND.closing(date(9999, 12, 31)) is None
