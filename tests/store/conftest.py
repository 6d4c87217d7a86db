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
        run_on(server, f"CREATE DATABASE {name} TEMPLATE baton_template")
        made.append(name)
        yield database_on(server, name)
