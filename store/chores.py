"""Chores over the whole ledger, such as the daily proof: once for all processes, also where they are often restarted.

Whoever begins one has it until `PATIENCE` is over; who has not ended it by then has died, and another begins.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from store.database import Act
from store.tables import chores

PATIENCE = timedelta(hours=1)


def is_due(connection: Connection, name: str, every: timedelta, now: datetime) -> bool:
    """Whether nobody has done it for so long (more than PATIENCE), nor is at it."""
    return _is_due(_next_at(connection, name), every, now)


def begin(act: Act, name: str, every: timedelta) -> bool:
    """Whether it is due and, from now on, the caller's to do."""
    seen = _next_at(act.connection, name)
    if not _is_due(seen, every, act.now):
        return False
    begun = {"name": name, "next_at": act.now + PATIENCE}
    if seen is not None:
        as_seen = update(chores).where(chores.c.name == name, chores.c.next_at == seen)
        return act.connection.execute(as_seen.values(begun)).rowcount > 0
    try:
        with act.connection.begin_nested():
            act.connection.execute(insert(chores), begun)
    except IntegrityError:
        return False
    return True


def end(act: Act, name: str, every: timedelta) -> None:
    """It is done, and due again after so long."""
    act.connection.execute(update(chores).where(chores.c.name == name).values(next_at=act.now + every))


def leave_mark(act: Act, name: str) -> None:
    """Write when this was, under a name of its own: whether anything can be written is seen by that alone."""
    marked = act.connection.execute(update(chores).where(chores.c.name == name).values(next_at=act.now))
    if not marked.rowcount:
        with suppress(IntegrityError), act.connection.begin_nested():
            act.connection.execute(insert(chores), {"name": name, "next_at": act.now})


def _next_at(connection: Connection, name: str) -> datetime | None:
    return connection.execute(select(chores.c.next_at).where(chores.c.name == name)).scalar()


def _is_due(next_at: datetime | None, every: timedelta, now: datetime) -> bool:
    """Further off than ever: the clock was set back meanwhile."""
    return next_at is None or next_at <= now or next_at > now + every
