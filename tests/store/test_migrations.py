"""The migrations lead to exactly the tables that the code declares, and `is_behind` notices when they have not run."""

import re
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from store.database import Ledger
from store.migrations import is_behind, migrate
from store.tables import METADATA


def test_a_migrated_ledger_has_the_declared_tables(tmp_path: Path) -> None:
    migrated, declared = Ledger(f"sqlite:///{tmp_path / 'a.db'}"), Ledger(f"sqlite:///{tmp_path / 'b.db'}")
    assert is_behind(migrated.engine)
    migrate(migrated.engine)
    assert not is_behind(migrated.engine)
    METADATA.create_all(declared.engine)
    assert _shape(migrated) == _shape(declared)
    migrated.close()
    declared.close()


def test_migrating_twice_changes_nothing(fresh_ledgers: Iterator[str]) -> None:
    ledger = Ledger(next(fresh_ledgers))
    assert not is_behind(ledger.engine)
    migrate(ledger.engine)
    assert not is_behind(ledger.engine)
    ledger.close()


def _shape(ledger: Ledger) -> list[list[str]]:
    """Each statement that made the database, with its words sorted: constraints may stand in any order."""
    with ledger.engine.connect() as connection:
        statements = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")).scalars().all()
    return sorted(sorted(re.findall(r"[\w']+", one)) for one in statements if "alembic_version" not in one)
