"""What are the working spans of one month, ready to be counted?

A month is small enough to be built the moment it is asked for and large enough that walking a year is twelve steps.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from store.rules.hours import Day
from store.rules.wall_clock import FIRST_YEAR, LAST_YEAR, instants_shown, midnight, pieces

NO_TIME = timedelta(0)
_TWO_DAYS = timedelta(days=2)


@dataclass(frozen=True, eq=False)
class WorkingMonth:
    """The spans of all working days of one month, in UTC and in order, apart from each other.

    Span `i` runs from `starts[i]` up to `ends[i]`, belongs to the working day `day_of[i]`, and `worked[i]` is the
    working time of the month before it (one more entry at the end: all of it). `spans_of[day]` are the indexes, from
    and up to, of each working day; `days` are those days in order. The last spans may reach into the next month.
    `steady`: how far its wall clock is ahead of UTC, where that is the same from days before the month until days
    after it.
    """

    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]
    day_of: tuple[date, ...]
    worked: tuple[timedelta, ...]
    days: tuple[date, ...]
    spans_of: dict[date, tuple[int, int]]
    steady: timedelta | None

    @property
    def total(self) -> timedelta:
        """All working time of the month."""
        return self.worked[-1]

    def worked_until(self, instant: datetime) -> timedelta:
        """The working time of the month before `instant` (UTC)."""
        index = bisect_right(self.starts, instant)
        if index == 0:
            return NO_TIME
        return self.worked[index - 1] + min(instant, self.ends[index - 1]) - self.starts[index - 1]

    def earliest_with(self, amount: timedelta) -> datetime:
        """The first instant by which `amount` (above zero, at most `total`) has been worked: a closing, not the next
        opening."""
        index = bisect_left(self.worked, amount) - 1
        return self.starts[index] + (amount - self.worked[index])

    def latest_with(self, amount: timedelta) -> datetime:
        """The last instant by which only `amount` (below `total`) has been worked: an opening, not the last closing."""
        index = bisect_right(self.worked, amount) - 1
        return self.starts[index] + (amount - self.worked[index])

    def span_at_or_after(self, instant: datetime) -> int | None:
        """The index of the span that `instant` is in, else of the next; None if the month has no more."""
        index = bisect_right(self.ends, instant)
        return index if index < len(self.ends) else None

    def span_at_or_before(self, instant: datetime) -> int | None:
        """The index of the span that `instant` is in or at the end of, else of the one before; None if none is."""
        index = bisect_left(self.starts, instant) - 1
        return index if index >= 0 else None


def build_month(zone: str, hours_of: Callable[[date], Day], year: int, month: int) -> WorkingMonth:
    """The working spans of a month in `zone`, where `hours_of` gives each day's hours on the wall clock.

    A day whose hours the clock skips entirely is no working day. Where the hours of two days overlap (a night shift
    before a make-up day that begins early) the earlier day has the time.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return WorkingMonth((), (), (), (NO_TIME,), (), {}, None)
    first, length = date(year, month, 1), monthrange(year, month)[1]
    all_days = [first + timedelta(days=number) for number in range(length)]
    # The night before may reach into the first.
    taken_until = _end_of_last(zone, hours_of, first - timedelta(days=1))
    starts: list[datetime] = []
    ends: list[datetime] = []
    day_of: list[date] = []
    worked = [NO_TIME]
    spans_of: dict[date, tuple[int, int]] = {}
    around = pieces(zone, _around(first) - _TWO_DAYS, _around(all_days[-1]) + 2 * _TWO_DAYS)
    for day in all_days:
        before = len(starts)
        for opens, closes in hours_of(day):
            begin, end = midnight(day) + timedelta(minutes=opens), midnight(day) + timedelta(minutes=closes)
            for shown_from, shown_until in instants_shown(around, begin, end):
                start = max(shown_from, taken_until) if taken_until else shown_from
                if start >= shown_until:
                    continue
                starts.append(start)
                ends.append(shown_until)
                day_of.append(day)
                worked.append(worked[-1] + (shown_until - start))
                taken_until = shown_until
        if len(starts) > before:
            spans_of[day] = (before, len(starts))
    steady = around[0].offset if len(around) == 1 else None
    return WorkingMonth(tuple(starts), tuple(ends), tuple(day_of), tuple(worked), tuple(spans_of), spans_of, steady)


def _end_of_last(zone: str, hours_of: Callable[[date], Day], day: date) -> datetime | None:
    hours = hours_of(day)
    if not hours:
        return None
    opens, closes = hours[-1]
    around = pieces(zone, _around(day) - _TWO_DAYS, _around(day) + 2 * _TWO_DAYS)
    begin, end = midnight(day) + timedelta(minutes=opens), midnight(day) + timedelta(minutes=closes)
    shown = instants_shown(around, begin, end)
    return shown[-1][1] if shown else None


def _around(day: date) -> datetime:
    """Somewhere around the midnight of `day`: within a day of it, whatever the zone."""
    return midnight(day).replace(tzinfo=UTC)
