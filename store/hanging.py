"""Which rows hang on asks: read from the tables' own references, so that a new table need not be told here."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select

from store.tables import METADATA, asks

ASKS = asks.name


def tables() -> list[Table]:
    """The tables that refer to an ask, by themselves or through another; who refers stands before whom it refers to."""
    return [one for one in reversed(METADATA.sorted_tables) if one is not asks and list(_parents(one))]


def rows_of(table: Table, ask_ids: Any) -> ColumnElement[bool]:
    """The rows of `table` that hang on one of `ask_ids` (a list, or a query of ids)."""
    return or_(
        *(
            table.c[column].in_(ask_ids if parent is asks else select(parent.c[key]).where(rows_of(parent, ask_ids)))
            for column, parent, key in _parents(table)
        )
    )


def joins() -> Iterator[tuple[Table, str, str]]:
    """The tables that join two asks, with the names of two columns, each pair once in either order."""
    for table in METADATA.sorted_tables:
        ends = [column for column, parent, _ in _parents(table) if parent is asks]
        yield from ((table, one, other) for one in ends for other in ends if one != other)


def _parents(table: Table) -> Iterator[tuple[str, Table, str]]:
    """What `table` refers to that is an ask or hangs on one: its column, that table, and the column there."""
    for constraint in table.foreign_key_constraints:
        parent = constraint.referred_table
        if parent is asks or (parent is not table and parent is not asks and _hangs(parent)):
            for element in constraint.elements:
                if element.parent.name != "workspace_id":
                    yield element.parent.name, parent, element.column.name


def _hangs(table: Table) -> bool:
    return table is not asks and any(
        constraint.referred_table is asks
        or (constraint.referred_table is not table and _hangs(constraint.referred_table))
        for constraint in table.foreign_key_constraints
    )
