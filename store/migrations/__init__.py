"""How the ledger's tables came to be, step by step. `migrate` brings a database up to date; `is_behind` asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def migrate(engine: Engine, step: str = "head") -> None:
    """Bring the database to the newest shape, or to an earlier `step`; does nothing when it is there already."""
    with engine.connect() as connection, _references_at_rest(connection):
        command.upgrade(_config(connection), step)


@contextmanager
def _references_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew; dropping the old one would trip over what refers to it.

    The setting does nothing inside a transaction, hence the bare connection of the driver.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    bare = connection.connection
    bare.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
        broken = {str(row[0]) for row in bare.execute("PRAGMA foreign_key_check")}
        if broken:
            raise BrokenReferences(sorted(broken))
    finally:
        bare.execute("PRAGMA foreign_keys = ON")


class BrokenReferences(Exception):
    """After a migration rows refer to rows that are not there; the names of their tables are told."""


def is_behind(engine: Engine) -> bool:
    """Whether the database lacks a step that this code needs."""
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_heads()
    return set(here) != set(ScriptDirectory.from_config(_config(None)).get_heads())


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
