"""How many couriers are at work, over all processes: Slack's limits hold for a workspace, so they share them out.

Each tells every few seconds that it is there. One that comes to others waits until they have noticed.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, not_, select, update

from store.database import Act
from store.tables import couriers

BEAT = timedelta(seconds=2)  # between two signs of life
GONE = timedelta(seconds=10)  # without one a courier does not count any more


def present(act: Act, courier_id: str, wall: datetime) -> int:
    """This courier is at work at `wall`, the real time; returns how many are, itself included."""
    told = act.connection.execute(update(couriers).where(couriers.c.id == courier_id).values(seen_at=wall))
    if told.rowcount == 0:
        act.connection.execute(delete(couriers).where(not_(_is_there(wall))))
        act.connection.execute(insert(couriers).values(id=courier_id, seen_at=wall))
    return at_work(act.connection, wall)


def at_work(connection: Connection, wall: datetime) -> int:
    """How many couriers are at work on this ledger."""
    return connection.execute(select(func.count()).select_from(couriers).where(_is_there(wall))).scalar_one()


def _is_there(wall: datetime) -> ColumnElement[bool]:
    """Who gave a sign lately. What is told of the future was told while a clock was wrong, perhaps by one long dead."""
    return couriers.c.seen_at.between(wall - GONE, wall + GONE)


def left(act: Act, courier_id: str) -> None:
    """This courier has stopped: the others may have its share."""
    act.connection.execute(delete(couriers).where(couriers.c.id == courier_id))
