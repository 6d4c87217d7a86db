"""What was objected to a put-down, and who had put the ask down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from store.database import Look
from store.queries.asks import by_ids
from store.rules.lifecycle import Move
from store.snapshots import Ask
from store.tables import asks, events, objections


@dataclass(frozen=True, slots=True)
class Objection:
    """`decision`: reopened, upheld, overtaken; None while the lead has not decided. `reason`: why it was upheld."""

    id: int
    ask_id: int
    objected_by: str
    words: str
    decision: str | None
    reason: str | None
    decided_by: str | None


def by_id(look: Look, objection_id: int) -> Objection:
    """The objection with this row id. Raises LookupError if there is none in this workspace."""
    row = look.connection.execute(
        select(objections).where(objections.c.workspace_id == look.workspace_id, objections.c.id == objection_id)
    ).first()
    if row is None:
        raise LookupError(objection_id)
    return _objection(row)


def undecided(look: Look, department_ids: Sequence[int]) -> list[tuple[Ask, Objection]]:
    """What the leads of these departments have still to decide, the oldest first."""
    if not department_ids:
        return []
    rows = look.connection.execute(
        select(objections)
        .join(asks, asks.c.id == objections.c.ask_id)
        .where(
            objections.c.workspace_id == look.workspace_id,
            objections.c.decision.is_(None),
            asks.c.department_id.in_(department_ids),
        )
        .order_by(objections.c.id)
    ).all()
    known = by_ids(look, [row.ask_id for row in rows])
    return [(known[row.ask_id], _objection(row)) for row in rows if row.ask_id in known]


def was_objected(look: Look, ask: Ask) -> bool:
    """Whether this very put-down was objected to."""
    found = look.connection.execute(
        select(objections.c.id).where(objections.c.ask_id == ask.id, objections.c.put_down_at == ask.closed_at)
    ).first()
    return found is not None


def put_down_by(look: Look, ask: Ask) -> str | None:
    """Who put the ask down the last time, or None."""
    return look.connection.execute(
        select(events.c.actor_id)
        .where(events.c.ask_id == ask.id, events.c.what == Move.PUT_DOWN)
        .order_by(events.c.id.desc())
        .limit(1)
    ).scalar()


def _objection(row: Row[Any]) -> Objection:
    return Objection(row.id, row.ask_id, row.objected_by, row.words, row.decision, row.reason, row.decided_by)
