"""Working time the naive way: a year of minutes, each open or not, counted one after the other.

Written from PRODUCT.md's text alone, so that Baton's own calendar can be held against it. Instants are whole minutes
since `BASE`, in UTC.
"""

from bisect import bisect_left
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

import holidays

BASE = datetime(2026, 11, 1, tzinfo=UTC)
MINUTES = 500 * 24 * 60
QUARTER = 15  # all hours begin and end at quarters, and so do all changes of all clocks

Spans = tuple[tuple[int, int], ...]  # minutes of the wall clock since midnight; over midnight beyond 1440


def minute(instant: datetime) -> int:
    return round((instant - BASE) / timedelta(minutes=1))


def instant(at: int) -> datetime:
    return BASE + timedelta(minutes=at)


class WorkingMinutes:
    """Which minutes a department works. `hours`: the spans of a date, empty on a free one."""

    def __init__(self, zone: str, hours: Callable[[date], Spans]) -> None:
        self.zone = ZoneInfo(zone)
        self.open = bytearray(MINUTES)
        self.day = [0] * (MINUTES // QUARTER)  # ordinal of the working day a quarter belongs to
        self.wall = [0] * (MINUTES // QUARTER)  # its minute on that day's clock
        self.bounds: dict[int, tuple[int, int]] = {}
        of = lru_cache(maxsize=None)(hours)
        for quarter in range(MINUTES // QUARTER):
            local = (BASE + timedelta(minutes=QUARTER * quarter)).astimezone(self.zone)
            clock, today = local.hour * 60 + local.minute, local.date()
            for back in (0, 1):
                shown = clock + 1440 * back
                owner = today - timedelta(days=back)
                if any(start <= shown < end for start, end in of(owner)):
                    at, number = quarter * QUARTER, owner.toordinal()
                    self.open[at : at + QUARTER] = b"\x01" * QUARTER
                    self.day[quarter], self.wall[quarter] = number, shown
                    self.bounds[number] = (self.bounds.get(number, (at, at))[0], at + QUARTER)
                    break

    @cached_property
    def days(self) -> list[int]:
        return sorted(self.bounds)

    def next_open(self, at: int) -> int:
        while not self.open[at]:
            at += 1
        return at

    def after(self, at: int, minutes: int) -> int:
        """When so many working minutes have passed."""
        while minutes:
            minutes -= self.open[at]
            at += 1
        return at

    def before(self, at: int, minutes: int) -> int:
        while minutes:
            at -= 1
            minutes -= self.open[at]
        return at

    def worked(self, start: int, end: int) -> int:
        return sum(self.open[start:end])

    def plus_days(self, at: int, count: int) -> int:
        """The clock time kept, on the count-th next working day, clipped into its hours."""
        begun = self.next_open(at)
        day = self.day[begun // QUARTER]
        clock = max(self._clock(one) for one in self._minutes(day) if one <= begun)
        target = self.days[bisect_left(self.days, day) + count]
        for one in self._minutes(target):
            if self._clock(one) >= clock:
                return one
        return self.bounds[target][1]

    def day_before(self, at: int) -> int:
        """The same clock time one working day earlier, clipped into its hours."""
        if self.open[at]:
            day, clock = self.day[at // QUARTER], self._clock(at)
        else:
            last = at - 1
            while not self.open[last]:
                last -= 1
            day, clock = self.day[last // QUARTER], self._clock(last) + 1
        target = self.days[bisect_left(self.days, day) - 1]
        found = self.bounds[target][0]
        for one in self._minutes(target):
            if self._clock(one) + 1 <= clock:
                found = one + 1
        return found

    def _minutes(self, day: int) -> list[int]:
        start, end = self.bounds[day]
        return [one for one in range(start, end) if self.open[one] and self.day[one // QUARTER] == day]

    def _clock(self, at: int) -> int:
        return self.wall[at // QUARTER] + at % QUARTER


def with_holidays(
    week: dict[int, Spans], country: str | None, region: str | None, closed: frozenset[date]
) -> Callable[[date], Spans]:
    """The hours of a date: `week` by weekday, but for holidays and closed days; a make-up day is as other days are."""
    book = holidays.country_holidays(country, subdiv=region, years=range(2026, 2029)) if country else {}
    make_up = book.weekend_workdays if country else set()

    def hours(day: date) -> Spans:
        if day in closed:
            return ()
        if day in make_up:
            return week[0]
        return () if day in book else week.get(day.weekday(), ())

    return hours
