"""Every ledger test runs on SQLite and on a real PostgreSQL (TEST_POSTGRES_URL, or one that a package brings)."""

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Ledger
from store.migrations import migrate
from tests.postgres import database_on, run_on
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
def founded_postgres(postgres_server: str) -> str:
    """The database on PostgreSQL that holds the world as each test finds it; its name."""
    name = f"baton_founded_{os.getpid()}"
    run_on(postgres_server, f"CREATE DATABASE {name} TEMPLATE baton_template")
    World(database_on(postgres_server, name)).close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_ledgers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Iterator[str]]:
    """The addresses of as many empty, migrated ledgers as a test asks for, on each database in turn."""
    if request.param == "sqlite":
        yield _sqlite_ledgers(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    server = request.getfixturevalue("postgres_server")
    made: list[str] = []
    yield _postgres_ledgers(server, made)
    run_on(server, *(f"DROP DATABASE {name} WITH (FORCE)" for name in made))


@pytest.fixture
def sqlite_ledgers(sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    """The addresses of ledgers on SQLite only."""
    return _sqlite_ledgers(sqlite_template, tmp_path)


@pytest.fixture
def postgres_ledgers(postgres_server: str) -> Iterator[Iterator[str]]:
    """The addresses of ledgers on PostgreSQL only."""
    made: list[str] = []
    yield _postgres_ledgers(postgres_server, made)
    run_on(postgres_server, *(f"DROP DATABASE {name} WITH (FORCE)" for name in made))


@pytest.fixture
def ledger_url(fresh_ledgers: Iterator[str]) -> str:
    """The address of an empty, migrated ledger, on each database in turn."""
    return next(fresh_ledgers)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A small hospital, on each database in turn: a copy of one that is founded once."""
    if request.param == "sqlite":
        made = World(next(_sqlite_ledgers(request.getfixturevalue("founded_sqlite"), tmp_path)), founded=True)
        yield made
        made.close()
        return
    server, template = (request.getfixturevalue(name) for name in ("postgres_server", "founded_postgres"))
    databases: list[str] = []
    made = World(next(_postgres_ledgers(server, databases, template)), founded=True)
    yield made
    made.close()
    run_on(server, *(f"DROP DATABASE {name} WITH (FORCE)" for name in databases))


def _sqlite_ledgers(template: Path, folder: Path) -> Iterator[str]:
    for number in itertools.count(1):
        path = folder / f"ledger{number}.db"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"


def _postgres_ledgers(server: str, made: list[str], template: str = "baton_template") -> Iterator[str]:
    for number in _numbers:
        name = f"baton_test_{os.getpid()}_{number}"
        run_on(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        yield database_on(server, name)
