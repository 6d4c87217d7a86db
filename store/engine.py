"""How the ledger's database is reached: SQLite with every commit on disk, or PostgreSQL with a bounded pool."""

import select
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import QueuePool

# An act may wait for a batch before it, too, and Slack gives up on us after 3 s: who reads that nothing came of it
# types it again, so nothing may come of it later.
LOCKED_MILLISECONDS = 1000  # to wait for what another process has locked
CONNECTIONS = 20  # of one process to PostgreSQL: four processes stay below the hundred that it allows by itself
FAREWELL = 8  # readings at the most of what a server said without being asked
FREE_ONE = 2  # seconds to wait until one of them is free
SILENT = {  # when a server that says nothing is given up: seconds, and for what was sent and not received milliseconds
    "connect_timeout": 2,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "tcp_user_timeout": 10_000,
}


def engine_of(url: str) -> Engine:
    """The connections to the database at this address; none is made yet. For SQLite a new file is ours alone."""
    return _sqlite(url) if make_url(url).get_backend_name() == "sqlite" else _postgresql(url)


def reading_of(engine: Engine) -> Engine:
    """The same connections, for looks: all that one of them reads is of one moment, as it is on SQLite anyway."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def _postgresql(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=FREE_ONE,
        hide_parameters=True,  # what somebody asked for shall not stand in the log when a statement fails
        connect_args={"options": f"-c lock_timeout={LOCKED_MILLISECONDS // 2}", **_where_unsaid(url, SILENT)},
    )
    event.listen(engine, "handle_error", _hide_the_row)
    event.listen(engine, "checkout", _be_there)
    return engine


def _be_there(connection: Any, record: Any, _: object) -> None:
    """Take no connection that the server has closed since: that can be read off it, to ask would be one call more."""
    gone = record.record_info.pop("gone", False)
    if _is_open(connection):
        return
    if gone:  # the one that was made in its place, too: SQLAlchemy would call that a mistake of ours
        raise OperationalError("connect", None, ConnectionResetError("the server hangs up"))
    record.record_info["gone"] = True
    raise DisconnectionError("the server has hung up")


def _is_open(connection: Any) -> bool:
    waiting = select.poll()
    try:
        waiting.register(connection.fileno(), select.POLLIN)
        for _ in range(FAREWELL):
            if not waiting.poll(0):
                return True
            connection.pgconn.consume_input()  # a setting that changed, or a farewell, and then the end: that raises
    except connection.Error:  # the driver's, as PEP 249 has it
        return False
    return True


def _where_unsaid(url: str, wanted: dict[str, int]) -> dict[str, int]:
    """Those of the settings of a connection that its address does not name itself."""
    return {name: value for name, value in wanted.items() if name not in make_url(url).query}


def _hide_the_row(context: ExceptionContext) -> None:
    """PostgreSQL tells the whole row that a constraint refused, with what somebody asked for: keep its first line."""
    for fault in (context.original_exception, context.sqlalchemy_exception):
        if fault is not None and fault.args and isinstance(fault.args[0], str):
            fault.args = (fault.args[0].partition("\nDETAIL")[0], *fault.args[1:])


def _sqlite(url: str) -> Engine:
    _keep_to_ourselves(make_url(url).database)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=20,
        max_overflow=20,
        pool_timeout=FREE_ONE,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # as above
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours, below: the driver's own comes too late for a read
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA busy_timeout={LOCKED_MILLISECONDS}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("baton_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _keep_to_ourselves(path: str | None) -> None:
    """A new file is for its owner alone, and so are those that SQLite puts beside it."""
    if path and path != ":memory:" and not path.startswith("file:"):
        with suppress(OSError):  # there already, or nowhere to put it: SQLite says so
            Path(path).touch(mode=0o600, exist_ok=False)
