"""Everything that the ledger keeps, row by row, as values that JSON knows: for whoever leaves, or wants to see."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Table, func, select

from store.tables import METADATA, installations, workspaces

AT_ONCE = 1000  # rows that are held at once
SECRETS = frozenset({"token", "secret", "key_id", "encrypted"})  # in the name of a column: it is left out
LEFT_OUT = frozenset({"chores", "couriers", "spent_states"})  # what processes do, who is installing: nobody's data


def tables() -> list[Table]:
    """The tables that are exported; what others refer to comes first."""
    return [table for table in METADATA.sorted_tables if table.name not in LEFT_OUT]


def is_known(connection: Connection, workspace_id: str) -> bool:
    """Whether Baton ever was in that workspace."""
    return connection.execute(select(workspaces.c.id).where(workspaces.c.id == workspace_id)).first() is not None


def count(connection: Connection, table: Table, workspace_id: str | None) -> int:
    """How many rows of a table belong to a workspace; None: to any."""
    statement = select(func.count()).select_from(table).where(*_of(table, workspace_id))
    return connection.execute(statement).scalar_one()


def rows(connection: Connection, table: Table, workspace_id: str | None) -> Iterator[dict[str, Any]]:
    """Its rows in the order of its key, times as ISO 8601 in UTC. Nothing secret is among them."""
    columns = [column for column in table.columns if not any(word in column.name for word in SECRETS)]
    statement = select(*columns).where(*_of(table, workspace_id)).order_by(*table.primary_key.columns)
    result = connection.execute(statement.execution_options(yield_per=AT_ONCE))
    for part in result.mappings().partitions(AT_ONCE):
        for row in part:
            yield {name: _plain(value) for name, value in row.items()}


def _of(table: Table, workspace_id: str | None) -> list[Any]:
    if workspace_id is None:
        return []
    return [table.c[_HOLDER.get(table.name, "workspace_id")] == workspace_id]


_HOLDER = {workspaces.name: "id", installations.name: "holder_id"}  # columns that name the workspace otherwise


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
