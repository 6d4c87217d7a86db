"""How long does a service usually take? "Usually 1.5 working days, 8 of 10 within 3", from what was delivered before.

In working time on the department's calendar, from filing to delivery. Fewer than ten say nothing worth telling.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from store.rules.hours import Hours
from store.rules.lead_time import Unit

LEAST = 10  # closed asks, before anything is said
NEWEST = 100  # of them are looked at
_MOST_OF = 8 / 10
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Span:
    """`halves` half hours or half days of working time, at least one."""

    halves: int
    unit: Unit

    @property
    def amount(self) -> str:
        """`1.5`, `3`."""
        return f"{self.halves // 2}.5" if self.halves % 2 else str(self.halves // 2)


@dataclass(frozen=True, slots=True)
class History:
    """Of `count` asks half took `usually` or less, and eight of ten were delivered within `most`."""

    count: int
    usually: Span
    most: Span


def history(worked: Sequence[timedelta], day: timedelta) -> History | None:
    """What the working times of closed asks say; None with fewer than ten. `day`: the length of a working day."""
    if len(worked) < LEAST or day <= timedelta(0):
        return None
    in_order = sorted(worked)
    most = in_order[ceil(len(in_order) * _MOST_OF) - 1]
    return History(len(in_order), _span(_median(in_order), day), _span(most, day))


def day_length(hours: Hours) -> timedelta:
    """The working time of a day as most working days of the week are."""
    worked = [number for number, day in enumerate(hours.days) if day]
    return timedelta(minutes=sum(end - start for start, end in hours.commonest_day(worked)))


def _median(in_order: Sequence[timedelta]) -> timedelta:
    middle = len(in_order) // 2
    return in_order[middle] if len(in_order) % 2 else (in_order[middle - 1] + in_order[middle]) / 2


def _span(worked: timedelta, day: timedelta) -> Span:
    """Rounded up to halves, so that "within" holds: of hours below a working day, of days from there on."""
    unit: Unit = "hours" if worked < day else "days"
    return Span(max(1, ceil(worked / (_HOUR if unit == "hours" else day) * 2)), unit)
