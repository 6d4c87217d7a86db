"""How long did the closed asks of a service take, or those for no service? The newest hundred, by a partial index."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, bindparam, literal_column, select

from store.database import Look
from store.queries import promises
from store.rules import history as rule
from store.rules.history import History
from store.rules.kept import running
from store.snapshots import Department
from store.tables import asks


def of_services(look: Look, department: Department, service_ids: Iterable[int]) -> dict[int, History]:
    """What history says of each of these services, where it says anything."""
    found = {one: _of(look, department, _NEWEST, {"service": one}) for one in service_ids}
    return {service_id: told for service_id, told in found.items() if told is not None}


def of_the_rest(look: Look, department: Department) -> History | None:
    """What history says of what the department was asked for without naming a service."""
    return _of(look, department, _NEWEST_OF_THE_REST, {"department": department.id})


def _of(look: Look, department: Department, newest: Select[Any], whose: dict[str, int]) -> History | None:
    named = {"workspace": look.workspace_id, "newest": rule.NEWEST, **whose}
    rows = look.connection.execute(newest, named).all()
    if len(rows) < rule.LEAST:
        return None
    calendar, holds = department.calendar, promises.holds_of(look, [row.id for row in rows])
    worked = [running(row.filed_at, row.delivered_at, holds.get(row.id, ()), calendar) for row in rows]
    return rule.history(worked, rule.day_length(calendar.hours))


# Written out, not bound: only so do both databases see that the indexes over closed asks serve.
_DELIVERED = (
    select(asks.c.id, asks.c.filed_at, asks.c.delivered_at)
    .where(
        asks.c.workspace_id == bindparam("workspace"),
        literal_column("asks.stage") == literal_column("'closed'"),
        asks.c.delivered_at.is_not(None),
        literal_column("asks.outcome").in_((literal_column("'satisfied'"), literal_column("'no_verdict'"))),
    )
    .order_by(asks.c.closed_at.desc())
    .limit(bindparam("newest"))
)
_NEWEST = _DELIVERED.where(asks.c.service_id == bindparam("service"), asks.c.service_id.is_not(None))
_NEWEST_OF_THE_REST = _DELIVERED.where(asks.c.department_id == bindparam("department"), asks.c.service_id.is_(None))
