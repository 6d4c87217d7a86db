"""A whole ledger is copied into another database: for whoever outgrows one file and moves to PostgreSQL.

The source is only read, in one view of it; the target holds all of it afterwards, or what it held before. Both sides
are then read row by row, and have to agree in number and content before anything is kept.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, delete, func, insert, make_url, select, text

from store.tables import METADATA, events

AT_ONCE = 1000  # rows in one statement

Progress = Callable[[str, int, int], None]  # the table's name, rows copied, rows in all


class TargetInUse(Exception):
    """The target holds what the source does not: somebody works with it already. `events`: how many more there are."""

    def __init__(self, events: int) -> None:
        super().__init__(f"{events} events that the source does not have")
        self.events = events


class NotTheSame(Exception):
    """After copying, a table differs from its source. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that arrived whole. `sum`: a hash over all of its rows, the same on both sides."""

    table: str
    rows: int
    sum: str


def reader(url: str) -> Engine:
    """An engine that cannot write, for the source. The file of an SQLite database is opened read-only."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        return create_engine(f"sqlite:///file:{place.database}?mode=ro&uri=true")
    return create_engine(url, execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})


def copy(
    source: Engine,
    target: Engine,
    progress: Progress,
    *,
    replace: bool = False,
    afterwards: Callable[[Connection], None] = lambda _: None,
) -> list[Copied]:
    """Make `target` hold exactly what `source` holds, in one transaction. Both have to be migrated.

    May be done again: the target is then brought to the source's present state. `replace`: even where it holds what
    the source does not. `afterwards` is done to the target in the same transaction. Raises TargetInUse, NotTheSame.
    """
    with source.connect() as there, target.connect().execution_options(baton_write=True) as here, here.begin():
        at_one_moment(there)
        if not replace:
            _refuse_a_target_in_use(there, here)
        for table in reversed(METADATA.sorted_tables):
            here.execute(delete(table))
        copied = []
        for table in METADATA.sorted_tables:
            rows = _fill(there, here, table, progress)
            sums = _sum(there, table), _sum(here, table)
            if sums[0] != sums[1]:
                raise NotTheSame(table.name)
            copied.append(Copied(table.name, rows, sums[0]))
        _count_on(here)
        afterwards(here)
    return copied


def at_one_moment(connection: Connection) -> None:
    """Have all that is read through this connection of `reader` be of one moment.

    On SQLite the driver begins no transaction for reading by itself.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


def _refuse_a_target_in_use(there: Connection, here: Connection) -> None:
    newest = there.execute(select(func.max(events.c.id))).scalar() or 0
    more = here.execute(select(func.count()).select_from(events).where(events.c.id > newest)).scalar_one()
    if more:
        raise TargetInUse(more)


def _fill(there: Connection, here: Connection, table: Table, progress: Progress) -> int:
    total = there.execute(select(func.count()).select_from(table)).scalar_one()
    done = 0
    progress(table.name, 0, total)
    for batch in _read(there, table):
        here.execute(insert(table), batch)
        done += len(batch)
        progress(table.name, done, total)
    return done


def _read(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table in the order of its key, some at a time."""
    ordered = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    result = connection.execute(ordered)
    for rows in result.mappings().partitions(AT_ONCE):
        yield [{name: _without_nul(value) for name, value in row.items()} for row in rows]


def _without_nul(value: Any) -> Any:
    """PostgreSQL takes no text with a NUL in it, and early ledgers let some in."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict | list) and "\\u0000" in (told := json.dumps(value)):
        return json.loads(told.replace("\\u0000", ""))
    return value


def _sum(connection: Connection, table: Table) -> str:
    """A hash over all rows, whatever the order in which a database sorts text."""
    total = 0
    for batch in _read(connection, table):
        for row in batch:
            told = json.dumps(row, sort_keys=True, default=_plain, ensure_ascii=False).encode()
            total = (total + int.from_bytes(hashlib.blake2b(told, digest_size=16).digest())) % 2**128
    return f"{total:032x}"


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    raise TypeError(type(value).__name__)


def _count_on(connection: Connection) -> None:
    """New rows get numbers after those that were copied; SQLite sees to that by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "  # noqa: S608 - our names
                    f"GREATEST((SELECT max({column.name}) FROM {table.name}), 1))"
                )
            )
