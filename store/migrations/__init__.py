"""How the ledger's tables came to be, step by step. `migrate` brings a database up to date; `is_behind` asks."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def migrate(engine: Engine) -> None:
    """Bring the database to the newest shape; does nothing when it is there already."""
    with engine.connect() as connection:
        command.upgrade(_config(connection), "head")


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
