"""The world of the ledger's tests, on SQLite: what is drawn of it does not depend on the database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.world import World


@pytest.fixture
def world(founded_sqlite: Path, tmp_path: Path) -> Iterator[World]:
    database = tmp_path / "baton.db"
    shutil.copy(founded_sqlite, database)
    made = World(f"sqlite:///{database}", founded=True)
    yield made
    made.close()
