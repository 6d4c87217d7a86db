"""What was promised for an ask, in order, and how it came out; and how many promises a department kept.

Filing writes nothing for this: every event tells where it moved the promise (`moves.finish`), and the promises are read
from there. How an ask came out is kept on its row when it is delivered or ends, so that departments count fast.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import func, or_, select

from store import departments
from store.database import Look
from store.rules.kept import Because, Hold, Judgement, Kept, Promise, judge
from store.rules.lifecycle import Move
from store.snapshots import Ask
from store.tables import asks, events

PROMISE = "promise"  # among an event's particulars: the due time that counts since
HELD_FROM = "held_from"  # and since when the owner's clock had stood still before it

_ENDS = frozenset({Move.DELIVER, Move.PUT_DOWN, Move.WITHDRAW})
_GOES_ON = frozenset({Move.NOT_QUITE, Move.REOPEN})
_BECAUSE = {
    Move.ACKNOWLEDGE: Because.SOONER,
    Move.PROPOSE_CHANGE: Because.SOONER,
    Move.AGREE: Because.AGREED,
    Move.REOPEN: Because.REOPENED,
}
_TOLD_AS_DUE = frozenset({Move.AGREE, Move.NOT_QUITE})  # events from before the promise was kept in each


@dataclass(frozen=True, slots=True)
class Ledger:
    """The promises of an ask, oldest first, and when the owner's clock stood still."""

    promises: tuple[Promise, ...]
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How the promises of a department came out since a time: how many asks of each kind.

    `late_by`: of those that were late, on average.
    """

    since: datetime
    kept: int
    moved: int
    late: int
    late_by: timedelta

    @property
    def total(self) -> int:
        return self.kept + self.moved + self.late


def of_ask(look: Look, ask: Ask) -> Ledger:
    """What was promised for `ask` so far."""
    rows = look.connection.execute(
        select(events.c.at, events.c.what, events.c.particulars)
        .where(events.c.workspace_id == look.workspace_id, events.c.ask_id == ask.id)
        .order_by(events.c.id)
    ).all()
    promises: list[Promise] = []
    for at, what, particulars in rows:
        due = _due(what, particulars)
        if due is not None and (not promises or due != promises[-1].due):
            promises.append(Promise(due, at, _because(what, first=not promises)))
    holds = _holds(rows)
    return Ledger(tuple(promises) or (Promise(ask.asked_due, ask.filed_at, Because.FILED),), tuple(holds))


def holds_of(look: Look, ask_ids: Sequence[int]) -> dict[int, list[Hold]]:
    """When the owner's clock stood still, of many asks at once; an ask without any is left out."""
    rows = look.connection.execute(
        select(events.c.ask_id, events.c.at, events.c.what, events.c.particulars)
        .where(
            events.c.workspace_id == look.workspace_id,
            events.c.ask_id.in_(ask_ids),
            or_(events.c.what.in_(_ENDS | _GOES_ON), events.c.particulars[HELD_FROM].as_string().is_not(None)),
        )
        .order_by(events.c.ask_id, events.c.id)
    ).all()
    by_ask = groupby(rows, key=lambda row: int(row.ask_id))
    found = {ask_id: _holds([(row.at, row.what, row.particulars) for row in mine]) for ask_id, mine in by_ask}
    return {ask_id: holds for ask_id, holds in found.items() if holds}


def _holds(rows: Iterable[Any]) -> list[Hold]:
    """From (at, what, particulars) of events, oldest first."""
    holds: list[Hold] = []
    ended_at: datetime | None = None
    for at, what, particulars in rows:
        if particulars.get(HELD_FROM):
            holds.append(Hold(datetime.fromisoformat(particulars[HELD_FROM]), at))
        if what in _GOES_ON and ended_at is not None:
            holds.append(Hold(ended_at, at))
            ended_at = None
        elif what in _ENDS:
            ended_at = ended_at or at
    return holds


def came_out(look: Look, ask: Ask, *, delivered: bool) -> Judgement | None:
    """How the promise of `ask` comes out if it ends at `look.now`. None: it ends undelivered before it was due."""
    ledger = of_ask(look, ask)
    holds = ledger.holds
    if ask.waits_for_asker and ask.awaited is not None and ask.awaited.holds:
        holds = (*holds, Hold(ask.awaited.since, look.now))
    calendar = departments.by_id(look, ask.department_id).calendar
    return judge(ledger.promises, holds, look.now, calendar, delivered=delivered)


def columns(judgement: Judgement | None) -> dict[str, Any]:
    """A judgement as an ask's row keeps it; `late_by` in seconds."""
    if judgement is None:
        return {"kept": None, "late_by": None}
    late_by = int(judgement.late_by.total_seconds()) if judgement.kept is Kept.LATE else None
    return {"kept": judgement.kept, "late_by": late_by}


def kept_share(look: Look, department_id: int, since: datetime, until: datetime | None = None) -> Share:
    """How the promises of the asks came out that closed from `since` on, and before `until`.

    What was put down or withdrawn before it was due is not counted: nothing was owed any more.
    """
    rows = look.connection.execute(
        select(asks.c.kept, func.count().label("many"), func.avg(asks.c.late_by).label("late_by"))
        .where(
            asks.c.workspace_id == look.workspace_id,
            asks.c.department_id == department_id,
            asks.c.closed_at >= since,
            asks.c.closed_at < (until or look.now + timedelta(microseconds=1)),
            asks.c.kept.is_not(None),
        )
        .group_by(asks.c.kept)
    ).all()
    counted = {Kept(row.kept): row for row in rows}
    many = {kept: row.many for kept, row in counted.items()}
    late_by = timedelta(seconds=round(float(counted[Kept.LATE].late_by or 0))) if Kept.LATE in counted else timedelta(0)
    return Share(since, many.get(Kept.KEPT, 0), many.get(Kept.MOVED, 0), many.get(Kept.LATE, 0), late_by)


def _due(what: str, particulars: dict[str, Any]) -> datetime | None:
    told = particulars.get(PROMISE)
    if told is None and (what == Move.FILE or what in _TOLD_AS_DUE):
        told = particulars.get("due")
    return datetime.fromisoformat(told) if told else None


def _because(what: str, *, first: bool) -> Because:
    if first:
        return Because.FILED
    return next((because for move, because in _BECAUSE.items() if move == what), Because.HELD)
