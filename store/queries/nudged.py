"""What a nudge message says: the rungs it carries, with their asks as they stand when it is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from store.database import Look
from store.queries.asks import listed
from store.rules.rungs import Rung
from store.snapshots import Ask
from store.tables import asks, nudges

TO_DEPUTY = "+deputy"  # behind the key of a rung that went to the deputy of an absent owner, too


@dataclass(frozen=True, slots=True)
class Nudge:
    """One rung that was reached. `still_matters`: nothing that answers it has happened since."""

    ask: Ask
    rung: str
    due_at: datetime
    still_matters: bool


def in_message(look: Look, outbox_id: int) -> list[Nudge]:
    """The nudges of one message, most pressing first. What was answered meanwhile no longer matters."""
    rows = look.connection.execute(
        select(nudges).where(nudges.c.workspace_id == look.workspace_id, nudges.c.outbox_id == outbox_id)
    ).all()
    found = {ask.id: ask for ask in listed(look, asks.c.id.in_([row.ask_id for row in rows]))}
    # What rested for a while may hold two rungs of one ask: the newer speaks.
    newest = {row.ask_id: row for row in sorted(rows, key=lambda row: row.id)}
    carried = [_nudge(found[row.ask_id], row) for row in newest.values() if row.ask_id in found]
    return sorted(carried, key=lambda nudge: (nudge.ask.due, nudge.ask.number))


def _nudge(ask: Ask, row: Row[Any]) -> Nudge:
    rung = row.rung.removesuffix(TO_DEPUTY)
    return Nudge(ask, rung, row.due_at, _still_matters(ask, row.promise_number, rung))


def _still_matters(ask: Ask, promise_number: int, rung: str) -> bool:
    if not ask.is_open or ask.promise_number != promise_number:
        return False
    if rung.partition("@")[0].partition(":")[0] in (Rung.ANSWER, Rung.UNANSWERED, Rung.LEAD_UNANSWERED):
        return ask.awaited is not None and rung.partition("@")[2] == ask.awaited.mark
    if rung.startswith("verdict"):
        return ask.stage == "delivered"
    if ask.question is not None:
        return False
    if rung.endswith("unacknowledged") or rung == "not_acknowledged":
        return ask.stage == "open"
    return ask.stage != "delivered"
