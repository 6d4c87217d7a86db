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
class Path:
    """The steps that decide when an ask can be done, from the ask itself down; `until`: when the last of them ends."""

    ids: tuple[int, ...]
    until: datetime


def critical_path(steps: Sequence[Step]) -> Path | None:
    """The path that decides over the first of `steps`, which holds each ask before those that it waits for.

    None when it waits for nothing.
    """
    last: dict[int | None, tuple[datetime, int]] = {}  # by what waits: when the last that it waits for ends, and which
    for step in reversed(steps[1:]):
        ends = (_ends(step, last.get(step.id)), -step.id)
        last[step.parent_id] = max(last.get(step.parent_id, ends), ends)
    if not steps or steps[0].id not in last:
        return None
    ids = [steps[0].id]
    while ids[-1] in last:
        ids.append(-last[ids[-1]][1])
    return Path(tuple(ids), last[ids[0]][0])


def working_days(calendar: Calendar, now: datetime, until: datetime) -> int:
    """How many working days there are from `now` to `until`; 0 when it is today, or over."""
    return calendar.working_days_between(calendar.local(now).date(), calendar.local(until).date())


def _ends(step: Step, last: tuple[datetime, int] | None) -> datetime:
    if last is None:
        return step.due
    begins = last[0]
    if step.is_promised:
        return max(step.due, begins)
    try:
        return max(step.due, step.calendar.add(begins, step.lead_time))
    except NoWorkingTime:  # nothing is promised there at all; its lead hears of that elsewhere
        return max(step.due, begins)
