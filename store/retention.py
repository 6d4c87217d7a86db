"""Asks that were closed long ago are deleted, with everything that hangs on them. How many there were is kept.

Numbers are not given again. An ask stays while another that stays is in one chain with it.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from store import hanging
from store.database import Act
from store.events import record
from store.rules.lifecycle import Stage
from store.tables import Sending, asks, drafts, forgotten, outbox, workspaces

AT_ONCE = 100  # asks in one act, so that it holds up the acts behind it for less than a tenth of a second
FEWEST_DAYS = 30  # the figures that people see in Slack look back so far


def workspaces_there(connection: Connection) -> list[str]:
    """The ids of all workspaces."""
    return list(connection.execute(select(workspaces.c.id).order_by(workspaces.c.id)).scalars())


def any_old(connection: Connection, workspace_id: str, before: datetime) -> bool:
    """Whether there is one."""
    statement = select(asks.c.id).where(asks.c.workspace_id == workspace_id, _old(before)).limit(1)
    return connection.execute(statement).first() is not None


def count_old(connection: Connection, workspace_id: str, before: datetime) -> int:
    """How many asks of a workspace were closed before that and are not needed any more."""
    return connection.execute(
        select(func.count()).select_from(asks).where(asks.c.workspace_id == workspace_id, _old(before))
    ).scalar_one()


def forget(act: Act, before: datetime, limit: int = AT_ONCE) -> int:
    """Delete the oldest asks that were closed before that; returns how many, 0 when none is left."""
    rows = act.connection.execute(
        select(
            asks.c.id,
            asks.c.department_id,
            asks.c.closed_at,
            asks.c.outcome,
            asks.c.kept,
            asks.c.rush_reason.is_not(None),
        )
        .where(asks.c.workspace_id == act.workspace_id, _old(before))
        .order_by(asks.c.closed_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not rows:
        return 0
    counts = Counter(
        (row[1], date(row[2].year, row[2].month, 1), str(row[3].value), row[4] or "", bool(row[5])) for row in rows
    )
    for which, number in counts.items():
        _count(act, which, number)
    ids = [row.id for row in rows]
    for table in hanging.tables():
        act.connection.execute(delete(table).where(hanging.rows_of(table, ids)))
    act.connection.execute(delete(asks).where(asks.c.id.in_(ids)))
    record(act, None, "forget_asks", {"asks": len(ids), "before": before.isoformat()})
    return len(ids)


def forget_leftovers(act: Act, before: datetime) -> int:
    """Delete drafts that were never filed, and what was said without being about one ask, of before that."""
    old_drafts = delete(drafts).where(drafts.c.workspace_id == act.workspace_id, drafts.c.made_at < before)
    said = delete(outbox).where(
        outbox.c.workspace_id == act.workspace_id,
        outbox.c.ask_id.is_(None),
        outbox.c.state.in_((Sending.SENT, Sending.GIVEN_UP)),
        outbox.c.put_at < before,
    )
    return sum(act.connection.execute(statement).rowcount for statement in (old_drafts, said))


def _old(before: datetime) -> ColumnElement[bool]:
    other = asks.alias("other")
    still_needed = or_(other.c.stage != Stage.CLOSED, other.c.closed_at >= before)
    held = [
        select(table.c[one])
        .join(other, other.c.id == table.c[another])
        .where(table.c[one] == asks.c.id, still_needed)
        .correlate(asks)
        .exists()
        for table, one, another in hanging.joins()
    ]
    return and_(asks.c.closed_at < before, *(~one for one in held))  # only what is closed has been closed at a time


def _count(act: Act, which: tuple[Any, ...], number: int) -> None:
    names = ("department_id", "month", "outcome", "kept", "was_rush")
    values = {"workspace_id": act.workspace_id, **dict(zip(names, which, strict=True))}
    counted = act.connection.execute(
        update(forgotten)
        .where(*(forgotten.c[name] == value for name, value in values.items()))
        .values(asks=forgotten.c.asks + number)
    )
    if counted.rowcount == 0:
        act.connection.execute(insert(forgotten), {**values, "asks": number})
