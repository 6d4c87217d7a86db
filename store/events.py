"""Who did what, when: one event for each act. The key of an act makes it happen once only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from store.database import Act, Happening
from store.refusals import AlreadyDone
from store.tables import events


@dataclass(frozen=True, slots=True)
class Event:
    """What an act did. `number` of the ask and `seconds` are for whoever counts."""

    act: Act
    ask_id: int | None
    what: str
    particulars: dict[str, Any]
    number: int | None = None
    seconds: float | None = None


def record(
    act: Act,
    ask_id: int | None,
    what: str,
    particulars: dict[str, Any],
    *,
    number: int | None = None,
    seconds: float | None = None,
) -> None:
    """Write an event. Raises AlreadyDone by the act's key."""
    record_all([Event(act, ask_id, what, particulars, number, seconds)])


def record_all(several: Sequence[Event]) -> None:
    """Write the events of several acts of one transaction. Raises AlreadyDone if one of them was done before."""
    try:
        several[0].act.connection.execute(_WRITE, [_row(one) for one in several])
    except IntegrityError as twice:
        if "key" in str(twice.orig):
            raise AlreadyDone(None) from twice
        raise
    for one in several:
        act = one.act
        act.happenings.append(Happening(act.workspace_id, act.actor_id, one.what, one.number, one.seconds))


_WRITE = insert(events)


def _row(one: Event) -> dict[str, Any]:
    return {
        "workspace_id": one.act.workspace_id,
        "ask_id": one.ask_id,
        "at": one.act.now,
        "actor_id": one.act.actor_id,
        "what": one.what,
        "particulars": one.particulars,
        "key": one.act.key,
    }


_DONE = select(events.c.id).where(events.c.workspace_id == bindparam("workspace"), events.c.key == bindparam("key"))


def was_done(act: Act) -> bool:
    """Whether an act with this key is in the ledger."""
    if act.key is None:
        return False
    found = act.connection.execute(_DONE, {"workspace": act.workspace_id, "key": act.key}).first()
    return found is not None


def last_at(connection: Connection) -> datetime | None:
    """When the newest event of all workspaces happened; None in an empty ledger."""
    return connection.execute(select(func.max(events.c.at))).scalar()
