"""When does a chain of asks come to an end? "equipment → purchasing → finance: 6 working days; you have 2".

An ask that waits for nothing ends when it is promised. One that waits for others ends no sooner than the last of them.
If its owner has not committed to a time yet, they can only begin then, and need their department's lead time; who has
acknowledged knows the chain, and their promise counts. Only promises decide, never the time of day: so the end of a
chain moves when somebody moves it, and at no other time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.rules.calendar import Calendar, NoWorkingTime
from store.rules.lead_time import LeadTime


@dataclass(frozen=True, slots=True)
class Step:
    """An open ask of a chain. `parent_id`: what waits for it. `is_promised`: its owner has committed to `due`."""

    id: int
    parent_id: int | None
    due: datetime
    is_promised: bool
    calendar: Calendar
    lead_time: LeadTime


@dataclass(frozen=True, slots=True)
class Leg:
    """A step of a path, with what it adds. `ends`: when it is done at the earliest.

    `begins`: when it can begin, as what it waits for has ended then; None for the last, which waits for nothing.
    `needs`: how long it then needs, where its owner has promised nothing yet; None where a promise or due time counts.
    """

    id: int
    begins: datetime | None
    needs: LeadTime | None
    ends: datetime


@dataclass(frozen=True, slots=True)
class Path:
    """The steps that decide when the ask `id` can be done: `legs`, from what it waits for itself down to the last."""

    id: int
    legs: tuple[Leg, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """The asks of the path, from the ask itself down."""
        return (self.id, *(leg.id for leg in self.legs))

    @property
    def until(self) -> datetime:
        """When all that the ask waits for has ended."""
        return self.legs[0].ends


def critical_path(steps: Sequence[Step]) -> Path | None:
    """The path that decides over the first of `steps`, which holds each ask before those that it waits for.

    None when it waits for nothing.
    """
    last: dict[int | None, Leg] = {}  # by what waits: the last to end of what it waits for
    for step in reversed(steps[1:]):
        leg = _leg(step, last.get(step.id))
        last[step.parent_id] = max(last.get(step.parent_id, leg), leg, key=lambda one: (one.ends, -one.id))
    if not steps or steps[0].id not in last:
        return None
    legs = [last[steps[0].id]]
    while legs[-1].id in last:
        legs.append(last[legs[-1].id])
    return Path(steps[0].id, tuple(legs))


def working_days(calendar: Calendar, now: datetime, until: datetime) -> int:
    """How many working days there are from `now` to `until`; 0 when it is today, or over."""
    return calendar.working_days_between(calendar.local(now).date(), calendar.local(until).date())


def _leg(step: Step, last: Leg | None) -> Leg:
    if last is None:
        return Leg(step.id, None, None, step.due)
    if step.is_promised:
        return Leg(step.id, last.ends, None, max(step.due, last.ends))
    try:
        begins = step.calendar.next_open(last.ends)
        return Leg(step.id, begins, step.lead_time, max(step.due, step.calendar.add(begins, step.lead_time)))
    except NoWorkingTime:  # nothing is promised there at all; its lead hears of that elsewhere
        return Leg(step.id, last.ends, None, max(step.due, last.ends))
