"""Was a promise kept, kept after the asker agreed to another time, or late, and by how much working time?

A promise that was moved with the asker's yes before it was due is kept; one that was due before it was moved is late,
whoever agreed afterwards. While the owner's clock stood still, nothing became late.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from store.rules.calendar import Calendar, NoWorkingTime

_NOTHING = timedelta(0)
_MOMENT = timedelta(microseconds=1)


class Because(StrEnum):
    """Why a promise has the due time that it has."""

    FILED = "filed"  # as it was asked for, or as the department promises
    SOONER = "sooner"  # the owner promised it earlier than asked
    AGREED = "agreed"  # the owner offered it and the asker said yes
    HELD = "held"  # the owner's clock stood still, and the promise moved by it
    REOPENED = "reopened"  # the ask was closed meanwhile


class Kept(StrEnum):
    """How a promise came out."""

    KEPT = "kept"
    MOVED = "moved"  # kept, after a move that the asker agreed to in time
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Promise:
    """A due time that counted from `made_at` on. Instants are aware."""

    due: datetime
    made_at: datetime
    because: Because


@dataclass(frozen=True, slots=True)
class Hold:
    """From when to when the owner's clock stood still."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an ask's promises came out. `late_by`: working time, zero unless LATE; `broken`: the due time that passed."""

    kept: Kept
    late_by: timedelta = _NOTHING
    broken: datetime | None = None


def judge(
    promises: Sequence[Promise], holds: Iterable[Hold], ended_at: datetime, calendar: Calendar, *, delivered: bool
) -> Judgement | None:
    """The judgement at `ended_at`, on the owning department's calendar; None where nothing was due and delivered.

    `promises`, oldest first, at least the one of filing. Something due outside the hours is late as soon as it is past,
    by no working time; something due at a closing may be delivered until the next opening.
    """
    merged = _merged(holds)
    for place, promise in enumerate(promises):
        counted_until = promises[place + 1].made_at if place + 1 < len(promises) else ended_at
        if _is_broken(promise.due, min(counted_until, ended_at), merged, calendar):
            return Judgement(Kept.LATE, running(promise.due, ended_at, merged, calendar), promise.due)
    if not delivered:
        return None
    moves = pairwise(promises)
    moved = any(after.because is Because.AGREED and after.due > before.due for before, after in moves)
    return Judgement(Kept.MOVED if moved else Kept.KEPT)


def late_from(due: datetime, calendar: Calendar) -> datetime:
    """From when on a promise for `due` is late: due at a closing it may be delivered until the next opening.

    Raises NoWorkingTime.
    """
    return calendar.next_open(due) if calendar.is_open(due - _MOMENT) else due


def closed_since(calendar: Calendar, now: datetime) -> datetime:
    """The last closing, while nobody works; `now` itself while somebody does. What was due then is not late yet."""
    try:
        return calendar.last_open(now)
    except NoWorkingTime:
        return now


def running(since: datetime, until: datetime, holds: Iterable[Hold], calendar: Calendar) -> timedelta:
    """The working time from `since` to `until` without the time on hold; never negative."""
    total = calendar.working_time(since, until)
    for hold in _merged(holds):
        total -= calendar.working_time(max(since, hold.since), min(until, hold.until))
    return max(total, _NOTHING)


def _is_broken(due: datetime, until: datetime, holds: Sequence[Hold], calendar: Calendar) -> bool:
    if until <= due:
        return False
    if running(due, until, holds, calendar) > _NOTHING:
        return True
    inside = calendar.is_open(due) or calendar.is_open(due - _MOMENT)
    return not inside and not any(hold.since <= due and until <= hold.until for hold in holds)


def _merged(holds: Iterable[Hold]) -> list[Hold]:
    """The same time, each instant once."""
    merged: list[Hold] = []
    for hold in sorted(holds, key=lambda one: one.since):
        if merged and hold.since <= merged[-1].until:
            merged[-1] = Hold(merged[-1].since, max(merged[-1].until, hold.until))
        elif hold.until > hold.since:
            merged.append(hold)
    return merged
