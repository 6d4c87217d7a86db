"""Fixtures for all tests: the hospital, as stories and the tests of `bot/` find it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.trial import Trial
from sandbox.clock import Clock
from tests.hospital import MONDAY_9, Hospital


@pytest.fixture(scope="session")
def loaded_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the hospital's departments, made once: each test begins with a copy."""
    database = tmp_path_factory.mktemp("template") / "baton.db"
    trial = Trial(f"sqlite:///{database}", Clock(MONDAY_9, running=False))
    trial.load_departments()
    trial.stop()
    return database


@pytest.fixture
def hospital(loaded_ledger: Path, tmp_path: Path) -> Iterator[Hospital]:
    """The hospital on its first morning, with Baton at work."""
    database = tmp_path / "baton.db"
    shutil.copyfile(loaded_ledger, database)
    opened = Hospital(database)
    yield opened
    opened.close()
