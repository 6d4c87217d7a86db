"""What holds for every calendar, at every instant, on every server."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules import calendar as calendar_module
from store.rules import holidays_of, wall_clock
from store.rules.calendar import Calendar
from store.rules.hours import BadHours, Day, Hours
from store.rules.lead_time import LeadTime
from tests.store.rules.calendars import ALWAYS, BEIJING, EVERY_NIGHT, LUNCH, MUNICH, NIGHT, ZONES

# Close around the clock changes, leap days, make-up days and New Year, where the faults are; and anywhere else.
EDGES = [
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 4, 23, 22, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(2026, 10, 9, 16, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 10, 29, 21, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 12, 31, 23, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
]
SHORT = st.timedeltas(timedelta(hours=-4), timedelta(hours=4))
instants = st.builds(lambda edge, off: edge + off, st.sampled_from(EDGES), SHORT) | st.datetimes(
    datetime(2025, 6, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2028, 6, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
amounts = st.builds(LeadTime, st.integers(1, 40), st.sampled_from(["hours", "days"]))


@st.composite
def days(draw: st.DrawFn) -> Day:
    cuts = sorted(draw(st.sets(st.integers(0, 48), min_size=2, max_size=4)))
    return tuple((start * 30, end * 30) for start, end in zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def weeks(draw: st.DrawFn) -> Hours:
    try:
        return Hours(tuple(draw(days()) if draw(st.booleans()) else () for _ in range(7)))
    except BadHours:
        return LUNCH


calendars = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    weeks() | st.sampled_from([ALWAYS, NIGHT, EVERY_NIGHT, LUNCH]),
    st.sampled_from([None, "CN", "DE", "US", "EG"]),
)


@settings(max_examples=150, deadline=None)
@given(calendars, instants, instants, instants)
def test_working_time_is_additive_and_never_negative(
    calendar: Calendar, one: datetime, two: datetime, three: datetime
) -> None:
    first, middle, last = sorted((one, two, three))
    whole = calendar.working_time(first, last)
    assert whole == calendar.working_time(first, middle) + calendar.working_time(middle, last)
    assert timedelta(0) <= whole <= last - first
    assert calendar.working_time(last, first) == timedelta(0)


@settings(max_examples=150, deadline=None)
@given(calendars, instants, SHORT | st.timedeltas(timedelta(0), timedelta(days=9)), amounts)
def test_filing_later_never_promises_earlier(
    calendar: Calendar, filed: datetime, off: timedelta, amount: LeadTime
) -> None:
    assert calendar.add(filed, amount) <= calendar.add(filed + abs(off), amount)


@settings(max_examples=100, deadline=None)
@given(calendars, instants, amounts)
def test_a_longer_lead_time_never_promises_earlier(calendar: Calendar, filed: datetime, amount: LeadTime) -> None:
    assert filed < calendar.add(filed, amount) <= calendar.add(filed, LeadTime(amount.amount + 1, amount.unit))


@settings(max_examples=100, deadline=None)
@given(calendars, instants, st.integers(1, 60))
def test_hours_come_to_themselves_both_ways(calendar: Calendar, instant: datetime, hours: int) -> None:
    amount = LeadTime(hours, "hours")
    assert calendar.working_time(instant, calendar.add(instant, amount)) == timedelta(hours=hours)
    before = calendar.work_before(instant, amount)
    assert calendar.working_time(before, instant) == timedelta(hours=hours)
    assert calendar.is_open(before)


@settings(max_examples=100, deadline=None)
@given(calendars, instants)
def test_what_is_the_same_working_time_is_promised_the_same(calendar: Calendar, instant: datetime) -> None:
    opened = calendar.next_open(instant)
    assert calendar.is_open(opened)
    assert calendar.working_time(instant, opened) == timedelta(0)
    assert calendar.add(instant, LeadTime(2, "days")) == calendar.add(opened, LeadTime(2, "days"))
    closed = calendar.last_open(instant)
    assert closed <= instant <= opened
    assert calendar.working_time(closed, opened) == timedelta(0)


@settings(max_examples=100, deadline=None)
@given(calendars, instants, st.integers(1, 30))
def test_days_end_on_working_days_within_their_hours(calendar: Calendar, filed: datetime, count: int) -> None:
    due = calendar.add(filed, LeadTime(count, "days"))
    assert calendar.is_open(due) or calendar.last_open(due) == due
    back = calendar.work_before(filed, LeadTime(count, "days"))
    assert back < filed
    assert calendar.is_open(back) or calendar.last_open(back) == back


@pytest.fixture(params=["America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"])
def foreign_server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    time.tzset()
    _forget()
    yield
    monkeypatch.undo()
    time.tzset()
    _forget()


def _forget() -> None:
    calendar_module._months_kept.cache_clear()
    for calendar in (BEIJING, MUNICH):
        calendar._kept.clear()
    holidays_of.free_days.cache_clear()
    wall_clock.changes.cache_clear()


def _answers() -> list[object]:
    found: list[object] = []
    for calendar in (BEIJING, MUNICH, Calendar("Australia/Lord_Howe", EVERY_NIGHT)):
        for edge in EDGES:
            found.append(calendar.add(edge, LeadTime(2, "days")).isoformat())
            found.append(calendar.work_before(edge, LeadTime(3, "hours")).isoformat())
            found.append(calendar.working_time(EDGES[0], edge))
        found.append(calendar.holidays_named(2026))
    return found


AT_HOME = _answers()


@pytest.mark.usefixtures("foreign_server")
def test_the_server_may_stand_anywhere() -> None:
    assert os.environ["TZ"]
    assert _answers() == AT_HOME


@settings(max_examples=200, deadline=None)
@given(calendars, instants, st.integers(1, 40))
def test_where_the_clock_is_steady_the_short_way_is_the_long_one(
    calendar: Calendar, filed: datetime, count: int
) -> None:
    lead_time = LeadTime(count, "days")
    short = calendar.add(filed, lead_time), calendar.work_before(filed, lead_time)
    for place, month in calendar._kept.items():
        calendar._kept[place] = replace(month, steady=None)
    assert (calendar.add(filed, lead_time), calendar.work_before(filed, lead_time)) == short
    calendar._kept.clear()


def test_a_calendar_keeps_some_years_of_months_and_no_more() -> None:
    calendar = Calendar("Asia/Shanghai", LUNCH)
    for year in range(2000, 2100):
        calendar.next_open(datetime(year, 5, 5, tzinfo=UTC))
        calendar.next_open(datetime(year, 9, 9, tzinfo=UTC))
        calendar.next_open(datetime(year, 12, 24, tzinfo=UTC))
    assert 0 < len(calendar._kept) <= 240
    assert calendar._kept is Calendar("Asia/Shanghai", LUNCH)._kept
