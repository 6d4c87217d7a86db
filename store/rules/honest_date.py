"""By when can a department honestly deliver, given who is away? Its lead time, without the time when nobody is there.

Time in which everybody is away who could own an ask is not worked, as if the department were closed. Hours go on when
somebody is back; a day that is missed wholly is no working day; a promise that would end while nobody is there ends
when somebody is back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from store.rules.calendar import Calendar, NoWorkingTime
from store.rules.lead_time import LeadTime

MOST_DAYS = 400  # of one gap are looked at
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """From `since` to `until` somebody, or everybody, is away. `until` None: nobody has said until when."""

    since: datetime
    until: datetime | None

    def holds(self, instant: datetime) -> bool:
        """Whether they are away at `instant`: from the beginning up to, and without, the end."""
        return self.since <= instant and (self.until is None or instant < self.until)

    def meets(self, start: datetime, end: datetime) -> bool:
        """Whether they are away at any time from `start` to `end`."""
        return self.since < end and (self.until is None or self.until > start)


def earliest(calendar: Calendar, lead_time: LeadTime, filed: datetime, gaps: Iterable[Gap]) -> datetime | None:
    """When `lead_time` has run out honestly (UTC); None when nobody knows, as a gap on the way has no end.

    `gaps`: when nobody is there, apart from each other. Without gaps it is `Calendar.add`. Filed later or with a
    longer lead time it is never earlier. Raises NoWorkingTime as `Calendar.add`.
    """
    in_order = sorted(gaps, key=lambda gap: gap.since)
    begun = _back(calendar, filed, in_order, at_closing=False)
    if begun is None:
        return None
    if not in_order:
        return calendar.add(filed, lead_time)
    try:
        if lead_time.unit == "hours":
            return _hours(calendar, begun, timedelta(hours=lead_time.amount), in_order)
        missed = frozenset(day for gap in in_order for day in _missed(calendar, gap))
        without = replace(calendar, closed=calendar.closed | missed)
        return _back(calendar, without.add(begun, lead_time), in_order, at_closing=True)
    except NoWorkingTime:
        calendar.add(filed, lead_time)  # is it the department's own calendar?
        return None


def common(gaps: Sequence[Gap | None]) -> Gap | None:
    """When all of these are away at once, each of whom is away once at the most (None: not at all)."""
    away = [gap for gap in gaps if gap is not None]
    if not gaps or len(away) < len(gaps):
        return None
    since = max(gap.since for gap in away)
    until = min((gap.until for gap in away if gap.until is not None), default=None)
    return Gap(since, until) if until is None or since < until else None


def without_days(calendar: Calendar, gap: Gap, there: Iterable[date]) -> list[Gap]:
    """What is left of a gap when somebody is there on the working days `there`, from opening to closing."""
    left, since = [], gap.since
    for day in sorted(there):
        opening, closing = calendar.opening(day), calendar.closing(day)
        if opening is None or closing is None or not gap.meets(opening, closing):
            continue
        if opening > since:
            left.append(Gap(since, opening))
        since = max(since, closing)
    if gap.until is None or since < gap.until:
        left.append(Gap(since, gap.until))
    return left


def _hours(calendar: Calendar, begun: datetime, amount: timedelta, gaps: Sequence[Gap]) -> datetime | None:
    at = begun
    for gap in gaps:
        if gap.until is not None and gap.until <= at:
            continue
        worked = calendar.working_time(at, gap.since)
        if worked >= amount:
            break
        amount -= worked
        if gap.until is None:
            return None
        at = max(at, gap.until)
    return calendar.after_working(at, amount)


def _back(calendar: Calendar, instant: datetime, gaps: Sequence[Gap], *, at_closing: bool) -> datetime | None:
    """`instant`, or when somebody is back and at work if nobody is there then.

    `at_closing`: it is the end of work, which the beginning of a gap does not touch; else the beginning of it.
    """
    for gap in gaps:
        if not gap.holds(instant) or (at_closing and instant == gap.since):
            continue
        if gap.until is None:
            return None
        instant = calendar.next_open(gap.until) if at_closing else gap.until
    return instant


def _missed(calendar: Calendar, gap: Gap) -> Iterable[date]:
    """The working days that lie in a gap from opening to closing."""
    day = calendar.local(gap.since).date()
    for _ in range(MOST_DAYS):
        opening, closing = calendar.opening(day), calendar.closing(day)
        if gap.until is not None and opening is not None and opening >= gap.until:
            return
        if opening is not None and closing is not None and gap.since <= opening:
            if gap.until is not None and closing > gap.until:
                return
            yield day
        day += _DAY
