"""Which instants does the clock on a wall show as these hours of this day?

Twice a year the answer is not one span: an hour that the clock skips has no instants, one that it repeats has them
twice. Everything here is pieces of constant offset from UTC, so no span is ever counted across a change by mistake.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

# The calendar of the standard library ends at 1 and 9999; neighbouring years are looked at too.
FIRST_YEAR, LAST_YEAR = 3, 9997
_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)


class Change(NamedTuple):
    """The clock changes at the instant `at` (UTC) from the offset `before` to `after`."""

    at: datetime
    before: timedelta
    after: timedelta


class Piece(NamedTuple):
    """From `start` up to `end` (UTC) the wall clock is `offset` ahead of UTC."""

    start: datetime
    end: datetime
    offset: timedelta


def is_zone(name: str) -> bool:
    """Whether `name` is an IANA zone that means the same on every server."""
    if not name or name in {"localtime", "posixrules", "Factory"} or name.startswith(("posix/", "right/")):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def offset_at(zone: str, instant: datetime) -> timedelta:
    """How far the wall clock of `zone` is ahead of UTC at the aware `instant`."""
    offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
    return offset if offset is not None else timedelta(0)


@lru_cache(maxsize=4096)
def changes(zone: str, year: int) -> tuple[Change, ...]:
    """The clock changes of a year (UTC), to the second. Zones keep an offset for days at least."""
    found: list[Change] = []
    start = datetime(year, 1, 1, tzinfo=UTC)
    stop = datetime(year + 1, 1, 1, tzinfo=UTC)
    before = offset_at(zone, start)
    while start < stop:
        end = min(start + _ONE_DAY, stop)
        after = offset_at(zone, end)
        if after != before:
            found.append(Change(_when_it_becomes(zone, after, start, end), before, after))
        start, before = end, after
    return tuple(found)


def _when_it_becomes(zone: str, after: timedelta, low: datetime, high: datetime) -> datetime:
    while high - low > _ONE_SECOND:
        middle = low + timedelta(seconds=(high - low) // _ONE_SECOND // 2)
        low, high = (low, middle) if offset_at(zone, middle) == after else (middle, high)
    return high


def pieces(zone: str, start: datetime, end: datetime) -> list[Piece]:
    """The pieces of constant offset that cover `start` up to `end` (UTC), in order."""
    found: list[Piece] = []
    offset = offset_at(zone, start)
    for year in range(start.year, end.year + 1):
        for change in changes(zone, year):
            if start < change.at < end:
                found.append(Piece(start, change.at, offset))
                start, offset = change.at, change.after
    found.append(Piece(start, end, offset))
    return found


def instants_shown(among: list[Piece], start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The spans of UTC during which the wall clock shows `start` up to `end` (both naive), in order, none empty.

    `among`: the pieces around them, at least a day on both sides. A span is cut where the clock changes.
    """
    shown: list[tuple[datetime, datetime]] = []
    for piece in among:
        begins = max(start.replace(tzinfo=UTC) - piece.offset, piece.start)
        ends = min(end.replace(tzinfo=UTC) - piece.offset, piece.end)
        if begins < ends:
            shown.append((begins, ends))
    return shown


def first_shown(zone: str, wall: datetime) -> datetime:
    """The first instant (UTC) at which the clock shows the naive `wall` or, if it skips that, anything later."""
    local = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    instant = local.astimezone(UTC)
    if (instant + offset_at(zone, instant)).replace(tzinfo=None) == wall:
        return instant
    # Skipped: with the offset from before the change the instant lands behind the change.
    return max(change.at for change in _changes_around(zone, instant) if change.at <= instant)


def furthest_shown(zone: str, instant: datetime) -> datetime:
    """The latest time (naive) that the clock has shown up to `instant`: in a repeated hour, that hour's end."""
    shown = (instant + offset_at(zone, instant)).replace(tzinfo=None)
    for change in _changes_around(zone, instant):
        if change.at <= instant:
            shown = max(shown, (change.at + change.before).replace(tzinfo=None))
    return shown


def _changes_around(zone: str, instant: datetime) -> tuple[Change, ...]:
    # A change lies in the neighbouring year only around New Year; the last two days before an instant are enough.
    earlier = instant - 2 * _ONE_DAY
    if earlier.year == instant.year:
        return changes(zone, instant.year)
    return changes(zone, earlier.year) + changes(zone, instant.year)


def midnight(day: date) -> datetime:
    """The naive 00:00 of `day`."""
    return datetime.combine(day, time())
