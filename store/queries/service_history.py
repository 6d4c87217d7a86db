"""How long did the closed asks of a service take? The newest hundred, by a partial index."""

from collections.abc import Iterable

from sqlalchemy import bindparam, literal_column, select

from store.database import Look
from store.rules import history as rule
from store.rules.history import History
from store.snapshots import Department
from store.tables import asks


def of_services(look: Look, department: Department, service_ids: Iterable[int]) -> dict[int, History]:
    """What history says of each of these services, where it says anything."""
    found = {one: _of(look, department, one) for one in service_ids}
    return {service_id: told for service_id, told in found.items() if told is not None}


def _of(look: Look, department: Department, service_id: int) -> History | None:
    rows = look.connection.execute(
        _NEWEST, {"workspace": look.workspace_id, "service": service_id, "newest": rule.NEWEST}
    ).all()
    if len(rows) < rule.LEAST:
        return None
    calendar = department.calendar
    worked = [calendar.working_time(row.filed_at, row.delivered_at) for row in rows]
    return rule.history(worked, rule.day_length(calendar.hours))


# Written out, not bound: only so do both databases see that the index over closed asks serves.
_NEWEST = (
    select(asks.c.filed_at, asks.c.delivered_at)
    .where(
        asks.c.workspace_id == bindparam("workspace"),
        asks.c.service_id == bindparam("service"),
        asks.c.service_id.is_not(None),
        literal_column("asks.stage") == literal_column("'closed'"),
        asks.c.delivered_at.is_not(None),
        literal_column("asks.outcome").in_((literal_column("'satisfied'"), literal_column("'no_verdict'"))),
    )
    .order_by(asks.c.closed_at.desc())
    .limit(bindparam("newest"))
)
