"""What SQLAlchemy compiles for one engine serves every other one of the same kind of database in this process.

It keeps compiled statements by engine; Baton opens one, the suite thousands, on the same few tables: without this a
tenth of its time goes into compiling the same statements again. The SQL and the connections are what they always are.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

ROOM = 3000  # statements; some 900 are in use


class _Once:
    """A dialect of which there is one: what is compiled is kept under it."""

    _one: Any = None
    _compiled: Any

    def __new__(cls, *_args: Any, **_options: Any) -> Any:
        if cls._one is None:
            cls._one = super().__new__(cls)
            cls._compiled = LRUCache(ROOM)
        return cls._one

    def __init__(self, **options: Any) -> None:
        if "_is_made" not in self.__dict__:
            self._is_made = True
            super().__init__(**options)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """SQLAlchemy's hook: a new engine of this dialect."""
        engine.update_execution_options(compiled_cache=cls._compiled)


class SQLite(_Once, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class PostgreSQL(_Once, PGDialect_psycopg):
    supports_statement_cache = True


def compile_once() -> None:
    """From now on, in this process."""
    for name in ("sqlite", "sqlite.pysqlite"):
        registry.register(name, __name__, "SQLite")
    registry.register("postgresql.psycopg", __name__, "PostgreSQL")
