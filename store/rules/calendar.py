"""How much working time lies between two instants, and when has a promised lead time run out?

A department's calendar is its time zone, its hours in the week, the holidays of its country or region with their
make-up working days, and its own closed days. Every instant that goes in is aware; every instant that comes out is
aware UTC. Nothing here knows what time it is now, nor which zone the server is in.

Open means from an opening up to, and without, the closing. The closing of a day and the next opening are the same
working time, so what is filed at or after closing is filed at the next opening.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from store.rules import holidays_of
from store.rules.hours import Day, Hours
from store.rules.lead_time import LeadTime
from store.rules.wall_clock import first_shown, furthest_shown, is_zone, midnight
from store.rules.working_month import NO_TIME, WorkingMonth, build_month

LONGEST_WAIT = timedelta(days=366)
_MOST_MONTHS = 240  # that are kept of one calendar
_MONTHS_OF_WAITING = 15  # in which LONGEST_WAIT is over, wherever it begins
_LAST_DAY_OF_NO_MONTH = 26  # two days after it is the same month still

BadCalendarReason = Literal["unknown_zone", "unknown_country", "unknown_region"]


class BadCalendar(ValueError):
    """A calendar of a zone, country or region that does not exist. `reason` says which, `what` is the text."""

    def __init__(self, reason: BadCalendarReason, what: str) -> None:
        super().__init__(f"{reason}: {what}")
        self.reason: BadCalendarReason = reason
        self.what = what


class NoWorkingTime(ValueError):
    """The calendar has no working time within 366 days of `of`."""

    def __init__(self, of: datetime | date) -> None:
        super().__init__(f"no working time within 366 days of {of.isoformat()}")
        self.of = of


@dataclass(frozen=True)
class Calendar:
    """Working time of a department.

    `zone`: IANA name. `hours`: the ordinary week on that zone's wall clock. `country`, `region`: ISO 3166 codes of the
    `holidays` library (`DE`, `BY`); None knows no holidays. `closed`: the department's own closed days. Calendars that
    are equal share what was once worked out. Raises BadCalendar.
    """

    zone: str
    hours: Hours
    country: str | None = None
    region: str | None = None
    closed: frozenset[date] = frozenset()
    _kept: dict[tuple[int, int], WorkingMonth] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not is_zone(self.zone):
            raise BadCalendar("unknown_zone", str(self.zone)[:80])
        country = self.country.strip().upper() if self.country else None
        region = self.region.strip() if self.region else None
        if region and country is None:
            raise BadCalendar("unknown_region", region[:80])
        if country and not holidays_of.is_known(country, None):
            raise BadCalendar("unknown_country", country[:80])
        if country and region and not holidays_of.is_known(country, region):
            region = region.upper()
            if not holidays_of.is_known(country, region):
                raise BadCalendar("unknown_region", region[:80])
        object.__setattr__(self, "country", country)
        object.__setattr__(self, "region", region)
        object.__setattr__(self, "closed", frozenset(self.closed))
        # The week inside it is long to hash, and a nudge asks for its months a dozen times.
        parts = (self.zone, self.hours, self.country, self.region, self.closed)
        object.__setattr__(self, "_hash", hash(parts))
        object.__setattr__(self, "_kept", _months_kept(parts))

    def __hash__(self) -> int:
        return int(self.__dict__["_hash"])

    @property
    def zoneinfo(self) -> ZoneInfo:
        """The zone as the standard library has it."""
        return ZoneInfo(self.zone)

    def local(self, instant: datetime) -> datetime:
        """The same instant on the department's wall clock."""
        return _utc(instant).astimezone(self.zoneinfo)

    def holiday_name(self, day: date, language: str = holidays_of.ENGLISH) -> str | None:
        """The name of the public holiday on `day`, in `language` (`zh_CN`) where known; None if it is none."""
        return holidays_of.free_days(self.country, self.region, day.year, language).names.get(day)

    def holidays_named(self, year: int, language: str = holidays_of.ENGLISH) -> dict[date, str]:
        """The public holidays of `year` in order, with their names; empty without a country."""
        return dict(holidays_of.free_days(self.country, self.region, year, language).names)

    def is_make_up_day(self, day: date) -> bool:
        """Whether `day`, otherwise free, is worked in exchange for a holiday (China's 调休)."""
        return day in holidays_of.free_days(self.country, self.region, day.year).worked_instead

    def hours_of(self, day: date) -> Day:
        """The hours of `day` on the wall clock, as in `Hours`; empty on a free day.

        A make-up day has the hours that most working days outside the country's weekend have. A closed day is closed,
        make-up day or not.
        """
        if day in self.closed:
            return ()
        free = holidays_of.free_days(self.country, self.region, day.year)
        if day in free.worked_instead:
            return self.hours.commonest_day([number for number in range(7) if number not in free.weekend])
        return () if day in free.names else self.hours.days[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        """Whether any working span begins on `day`."""
        return day in self._month_of(day).spans_of

    def opening(self, day: date) -> datetime | None:
        """When `day` begins to be worked (UTC); None on a free day."""
        month = self._month_of(day)
        spans = month.spans_of.get(day)
        return None if spans is None else month.starts[spans[0]]

    def closing(self, day: date) -> datetime | None:
        """When the work that began on `day` ends (UTC): 24:00 round the clock, next morning for a night shift."""
        month = self._month_of(day)
        spans = month.spans_of.get(day)
        return None if spans is None else month.ends[spans[1] - 1]

    def is_open(self, instant: datetime) -> bool:
        """Whether the department works at `instant`: from an opening up to, and without, the closing."""
        instant = _utc(instant)
        try:
            month, index = self._next_span(instant)
        except NoWorkingTime:
            return False
        return month.starts[index] <= instant

    def next_open(self, instant: datetime) -> datetime:
        """`instant` itself while open, else the next opening (UTC). Raises NoWorkingTime."""
        instant = _utc(instant)
        month, index = self._next_span(instant)
        return max(instant, month.starts[index])

    def next_closed(self, instant: datetime) -> datetime:
        """`instant` itself while closed, else the closing that follows (UTC): of spans that touch, that of the last.

        One that never closes is open for a week at least.
        """
        at = instant = _utc(instant)
        while self.is_open(at) and at - instant < timedelta(days=7):
            month, index = self._next_span(at)
            at = month.ends[index]
        return at

    def last_open(self, instant: datetime) -> datetime:
        """`instant` itself while open or at a closing, else the last closing before (UTC). Raises NoWorkingTime."""
        instant = _utc(instant)
        month, index = self._last_span(instant)
        return min(instant, month.ends[index])

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` to `end`; zero when `end` is not after `start`.

        Additive: from a to b and from b to c is from a to c, for a <= b <= c.
        """
        start, end = _utc(start), _utc(end)
        if end <= start:
            return NO_TIME
        total = NO_TIME
        for month in self._months(start, end):
            total += month.worked_until(end) - month.worked_until(start)
        return total

    def after_working(self, instant: datetime, amount: timedelta) -> datetime:
        """The first instant by which `amount` of working time has passed since `instant`; a closing rather than the
        opening after it. `instant` itself for zero. Raises NoWorkingTime."""
        instant = _utc(instant)
        if amount <= NO_TIME:
            return instant
        worked_last = instant
        for month in self._months(instant):
            before = month.worked_until(instant)
            if month.starts and month.starts[0] - worked_last > LONGEST_WAIT:
                break
            if month.total - before >= amount:
                return month.earliest_with(before + amount)
            amount -= month.total - before
            worked_last = max(worked_last, month.ends[-1]) if month.ends else worked_last
        raise NoWorkingTime(worked_last)

    def before_working(self, instant: datetime, amount: timedelta) -> datetime:
        """The last instant from which `amount` of working time passes until `instant`; an opening rather than the
        closing before it. `instant` itself for zero. Raises NoWorkingTime."""
        instant = _utc(instant)
        if amount <= NO_TIME:
            return instant
        worked_first = instant
        for month in self._months_back(instant):
            before = month.worked_until(instant)
            if month.ends and worked_first - month.ends[-1] > LONGEST_WAIT:
                break
            if before >= amount:
                return month.latest_with(before - amount)
            amount -= before
            worked_first = min(worked_first, month.starts[0]) if month.starts else worked_first
        raise NoWorkingTime(worked_first)

    def add(self, instant: datetime, lead_time: LeadTime) -> datetime:
        """When `lead_time` from `instant` has run out (UTC). Source: PRODUCT.md, Lead time.

        Outside the hours (a closing, a lunch break) the time runs from the next opening. Hours are working hours. Days
        keep the clock time and move to the n-th next working day, clipped into its hours; a clock time in that day's
        break becomes the end of the break, one that the clock skips the change, one that it repeats the first. What is
        filed in the second run of a repeated hour has that hour's end for its clock time, so that filing later never
        promises earlier. Raises NoWorkingTime.
        """
        if lead_time.unit == "hours":
            return self.after_working(instant, timedelta(hours=lead_time.amount))
        instant = _utc(instant)
        month, index = self._next_span(instant)
        begun = max(instant, month.starts[index])
        day = month.day_of[index]
        later = self._working_day_after(day, lead_time.amount)
        there = self._month_of(later)
        if month.steady is not None and month.steady == there.steady:
            return _clipped_up(there, later, begun + (later - day))
        clock_time = furthest_shown(self.zone, begun) - midnight(day)
        return _clipped_up(there, later, first_shown(self.zone, midnight(later) + clock_time))

    def work_before(self, instant: datetime, lead_time: LeadTime) -> datetime:
        """The instant from which `lead_time` runs until `instant` (UTC): the mirror of `add`.

        Outside the hours it is counted back from the last closing. Two working hours before an opening at 9 are two
        hours before the last closing; one working day before Friday 17:00 is Thursday 17:00, clipped into Thursday's
        hours, and a clock time in Thursday's break becomes the beginning of the break. Raises NoWorkingTime.
        """
        if lead_time.unit == "hours":
            return self.before_working(instant, timedelta(hours=lead_time.amount))
        instant = _utc(instant)
        if self.is_open(instant):
            # An opening is of the day that it opens, not of the one that has closed.
            month, index = self._next_span(instant)
        else:
            month, index = self._last_span(instant)
        ended = min(instant, month.ends[index])
        day = month.day_of[index]
        earlier = self._working_day_before(day, lead_time.amount)
        there = self._month_of(earlier)
        if month.steady is not None and month.steady == there.steady:
            return _clipped_down(there, earlier, ended - (day - earlier))
        clock_time = self.local(ended).replace(tzinfo=None) - midnight(day)
        return _clipped_down(there, earlier, first_shown(self.zone, midnight(earlier) + clock_time))

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`. Raises NoWorkingTime."""
        return self._working_day_after(day, 1)

    def previous_working_day(self, day: date) -> date:
        """The last working day before `day`. Raises NoWorkingTime."""
        return self._working_day_before(day, 1)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days come after `first`, up to and with `last`; zero when `last` is not after `first`."""
        if last <= first:
            return 0
        count = 0
        for year, month in _months_from(first.year, first.month):
            if (year, month) > (last.year, last.month):
                break
            days = self._month(year, month).days
            count += bisect_right(days, last) - bisect_right(days, first)
        return count

    def _month_of(self, day: date) -> WorkingMonth:
        return self._month(day.year, day.month)

    def _month(self, year: int, month: int) -> WorkingMonth:
        found = self._kept.get((year, month))
        if found is None:
            if len(self._kept) >= _MOST_MONTHS:
                self._kept.clear()
            found = self._kept[year, month] = build_month(self.zone, self.hours_of, year, month)
        return found

    def _months(self, instant: datetime, end: datetime | None = None) -> Iterator[WorkingMonth]:
        """The months, in order, in which an instant (UTC) and what follows it lie, up to `end`.

        On a wall clock it may be the day before, and the night shift of one more day before may still be on.
        """
        last = None if end is None else 12 * end.year + end.month + (end.day > _LAST_DAY_OF_NO_MONTH)
        for year, month in _months_from(instant.year, instant.month if instant.day > 2 else instant.month - 1):
            if last is not None and 12 * year + month > last:
                return
            yield self._month(year, month)

    def _months_back(self, instant: datetime) -> Iterator[WorkingMonth]:
        """The months, latest first, in which an instant (UTC) and what came before lie."""
        is_late = instant.day > _LAST_DAY_OF_NO_MONTH  # on a wall clock it may be the next month already
        for year, month in _months_back_from(instant.year, instant.month + is_late):
            yield self._month(year, month)

    def _next_span(self, instant: datetime) -> tuple[WorkingMonth, int]:
        """The span in which an instant (UTC) lies, else the next one. Raises NoWorkingTime."""
        # Nearly always it is in the first month: to go through months costs more than the look.
        month = self._kept.get((instant.year, instant.month))
        index = month.span_at_or_after(instant) if month and instant.day > 2 else None
        if month is None or index is None:
            month, index = self._next_span_of(self._months(instant), instant)
        if month.starts[index] - instant > LONGEST_WAIT:
            raise NoWorkingTime(instant)
        return month, index

    def _next_span_of(self, months: Iterator[WorkingMonth], instant: datetime) -> tuple[WorkingMonth, int]:
        for month in islice(months, _MONTHS_OF_WAITING):
            index = month.span_at_or_after(instant)
            if index is not None:
                return month, index
        raise NoWorkingTime(instant)

    def _last_span(self, instant: datetime) -> tuple[WorkingMonth, int]:
        for month in islice(self._months_back(instant), _MONTHS_OF_WAITING):
            index = month.span_at_or_before(instant)
            if index is not None:
                if instant - month.ends[index] > LONGEST_WAIT:
                    break
                return month, index
        raise NoWorkingTime(instant)

    def _working_day_after(self, day: date, count: int) -> date:
        last = day
        for year, month in _months_from(day.year, day.month):
            days = self._month(year, month).days
            passed = bisect_right(days, day)
            left = len(days) - passed
            if (days[passed] if left else date(year, month, 1)) - last > LONGEST_WAIT:
                break
            if count <= left:
                return days[passed + count - 1]
            count -= left
            last = days[-1] if left else last
        raise NoWorkingTime(last)

    def _working_day_before(self, day: date, count: int) -> date:
        last = day
        for year, month in _months_back_from(day.year, day.month):
            days = self._month(year, month).days
            left = bisect_left(days, day)
            if last - (days[left - 1] if left else date(year, month, 28)) > LONGEST_WAIT:
                break
            if count <= left:
                return days[left - count]
            count -= left
            last = days[0] if left else last
        raise NoWorkingTime(last)


def _clipped_up(month: WorkingMonth, day: date, instant: datetime) -> datetime:
    first, stop = month.spans_of[day]
    for index in range(first, stop):
        if instant < month.ends[index]:
            return max(instant, month.starts[index])
    return month.ends[stop - 1]


def _clipped_down(month: WorkingMonth, day: date, instant: datetime) -> datetime:
    first, stop = month.spans_of[day]
    for index in range(stop - 1, first - 1, -1):
        if instant > month.starts[index]:
            return min(instant, month.ends[index])
    return month.starts[first]


@lru_cache(maxsize=1024)
def _months_kept(_parts: tuple[object, ...]) -> dict[tuple[int, int], WorkingMonth]:
    """What was worked out for a calendar of these parts: equal ones share it."""
    return {}


def _months_from(year: int, month: int) -> Iterator[tuple[int, int]]:
    if month < 1:
        year, month = year - 1, 12
    while year <= date.max.year:
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _months_back_from(year: int, month: int) -> Iterator[tuple[int, int]]:
    if month > 12:
        year, month = year + 1, 1
    while year >= date.min.year:
        yield year, month
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a time zone: {instant.isoformat()}")
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)
