"""Who did what, when: one event for each act. The key of an act makes it happen once only."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from store.database import Act, Happening
from store.refusals import AlreadyDone
from store.tables import events


def record(
    act: Act,
    ask_id: int | None,
    what: str,
    particulars: dict[str, Any],
    *,
    number: int | None = None,
    seconds: float | None = None,
) -> None:
    """Write an event. `number` of the ask and `seconds` are for whoever counts. Raises AlreadyDone by the act's key."""
    try:
        act.connection.execute(
            insert(events),
            {
                "workspace_id": act.workspace_id,
                "ask_id": ask_id,
                "at": act.now,
                "actor_id": act.actor_id,
                "what": what,
                "particulars": particulars,
                "key": act.key,
            },
        )
    except IntegrityError as twice:
        if "key" in str(twice.orig):
            raise AlreadyDone(None) from twice
        raise
    act.happenings.append(Happening(act.workspace_id, act.actor_id, what, number, seconds))


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
