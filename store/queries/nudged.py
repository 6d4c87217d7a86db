"""What a nudge message says: the rungs it carries, with their asks as they stand when it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from store.database import Look
from store.queries.asks import by_ids
from store.rules.lifecycle import Move
from store.rules.rungs import Rung
from store.snapshots import Ask
from store.tables import events, nudges

TO_DEPUTY = "+deputy"  # behind the key of a rung that went to the deputy of an absent owner, too


@dataclass(frozen=True, slots=True)
class Woken:
    """A snooze that is over: who asked for it, and what they wait for."""

    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Nudge:
    """One rung that was reached. `still_matters`: nothing that answers it has happened since.

    `said_at`: when it was reached. `woken`: the snooze that ended with it, if it was one that somebody gave a reason
    for.
    """

    ask: Ask
    rung: str
    due_at: datetime
    still_matters: bool
    id: int = 0
    woken: Woken | None = None
    said_at: datetime | None = None


def in_message(look: Look, outbox_id: int) -> list[Nudge]:
    """The nudges of one message, most pressing first. What was answered meanwhile no longer matters."""
    rows = look.connection.execute(_CARRIED, {"workspace": look.workspace_id, "message": outbox_id}).all()
    found = by_ids(look, [row.ask_id for row in rows])
    # What rested for a while may hold two rungs of one ask: the newer speaks.
    newest = {row.ask_id: row for row in sorted(rows, key=lambda row: row.id)}
    woken = _woken(look, newest.values())
    carried = [_nudge(found[row.ask_id], row, woken.get(row.ask_id)) for row in newest.values() if row.ask_id in found]
    return sorted(carried, key=lambda nudge: (nudge.ask.due, nudge.ask.number))


_CARRIED = select(nudges).where(
    nudges.c.workspace_id == bindparam("workspace"), nudges.c.outbox_id == bindparam("message")
)


def _nudge(ask: Ask, row: Row[Any], woken: Woken | None) -> Nudge:
    rung = row.rung.removesuffix(TO_DEPUTY)
    return Nudge(ask, rung, row.due_at, _still_matters(ask, row.promise_number, rung), row.id, woken, row.fired_at)


def _woken(look: Look, rows: Iterable[Row[Any]]) -> dict[int, Woken]:
    """The reasons of the snoozes that ended with these nudges, by ask; also where another rung speaks for the end."""
    of = {row.ask_id: row for row in rows}
    ended = look.connection.execute(_SNOOZES_ENDED, {"workspace": look.workspace_id, "asks": list(of)})
    until = {
        row.ask_id: row.rung.removesuffix(TO_DEPUTY).partition(":")[2]
        for row in ended
        if row.fired_at == of[row.ask_id].fired_at
    }
    if not until:
        return {}
    snoozed = look.connection.execute(
        select(events.c.ask_id, events.c.actor_id, events.c.particulars)
        .where(events.c.workspace_id == look.workspace_id, events.c.ask_id.in_(until), events.c.what == Move.SNOOZE)
        .order_by(events.c.id)
    )
    return {
        row.ask_id: Woken(row.actor_id, str(row.particulars["reason"]))
        for row in snoozed
        if row.particulars.get("reason") and _same(str(row.particulars["until"]), until[row.ask_id])
    }


_SNOOZES_ENDED = select(nudges.c.ask_id, nudges.c.rung, nudges.c.fired_at).where(
    nudges.c.workspace_id == bindparam("workspace"),
    nudges.c.ask_id.in_(bindparam("asks", expanding=True)),
    nudges.c.rung.startswith(f"{Rung.AWAKE}:"),
)


def _same(said: str, kept: str) -> bool:
    """Whether two instants are the same second: keys know no smaller parts."""
    return datetime.fromisoformat(said).replace(microsecond=0) == datetime.fromisoformat(kept)


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
