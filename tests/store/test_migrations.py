"""The migrations lead to exactly the tables that the code declares, and `is_behind` notices when they have not run."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

import store.migrations
from store import acknowledging, audit, due
from store.database import Ledger
from store.migrations import is_behind, migrate
from store.tables import METADATA
from tests.store.world import ANN, LIN, World

# What somebody's ledger has run already; a step gets its line here when it is released.
RELEASED = {
    "0001": "9fd474a5ddb17396",
    "0002": "64bef50fd4f2eee5",
    "0003": "c929e16b3b8ce4a2",
    "0004": "abf99e190d1a029a",
}


def test_a_released_step_is_never_changed() -> None:
    """Ledgers that ran it would not run it again: what it should also have done belongs into a new step."""
    steps = Path(store.migrations.__file__).parent / "versions"
    for number, was in RELEASED.items():
        (step,) = steps.glob(f"{number}_*.py")
        assert hashlib.sha256(step.read_bytes()).hexdigest().startswith(was), step.name


def test_a_migrated_ledger_has_the_declared_tables(tmp_path: Path) -> None:
    migrated, declared = Ledger(f"sqlite:///{tmp_path / 'a.db'}"), Ledger(f"sqlite:///{tmp_path / 'b.db'}")
    assert is_behind(migrated.engine)
    migrate(migrated.engine)
    assert not is_behind(migrated.engine)
    METADATA.create_all(declared.engine)
    assert _shape(migrated) == _shape(declared)
    migrated.close()
    declared.close()


MADE_BEFORE = {
    "one": ["ix_asks_rest_history"],
    "all": [
        *("ix_asks_forgetting", "ix_asks_open_department", "ix_asks_rest_history", "ix_changes_ask", "ix_outbox_ask"),
        *("ix_outbox_of_no_ask", "ix_placings_ask"),
    ],
}


def test_a_ledger_at_the_fourth_step_still_gets_what_a_large_one_needs(tmp_path: Path) -> None:
    """Its third step, as it was released first, had made none of these indexes."""
    ledger, declared = Ledger(f"sqlite:///{tmp_path / 'a.db'}"), Ledger(f"sqlite:///{tmp_path / 'b.db'}")
    METADATA.create_all(declared.engine)
    migrate(ledger.engine, "0004")
    assert is_behind(ledger.engine)
    migrate(ledger.engine)
    assert _shape(ledger) == _shape(declared)
    ledger.close()
    declared.close()


@pytest.mark.parametrize("made", MADE_BEFORE.values(), ids=MADE_BEFORE)
def test_a_ledger_that_began_between_two_releases_gets_nothing_twice(fresh_postgres: str, tmp_path: Path, made) -> None:
    """For a while the second and the third step made what the fourth and the fifth make now."""
    declared = Ledger(f"sqlite:///{tmp_path / 'b.db'}")
    METADATA.create_all(declared.engine)
    for url in (f"sqlite:///{tmp_path / 'a.db'}", fresh_postgres):
        between = Ledger(url)
        migrate(between.engine, "0003")
        METADATA.tables["forgotten"].create(between.engine)
        for table in METADATA.sorted_tables:
            for index in table.indexes:
                if index.name in made:
                    index.create(between.engine)
        if len(made) > 1:
            with between.engine.begin() as connection:
                connection.execute(text("DROP INDEX ix_asks_open_department_due"))
        migrate(between.engine)
        assert not is_behind(between.engine)
        if between.engine.dialect.name == "sqlite":
            assert _shape(between) == _shape(declared)
        between.close()
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


def test_a_ledger_of_the_first_release_goes_on_where_it_was(tmp_path: Path) -> None:
    """`first_release.sql`: a small hospital as version 0001 kept it, with asks at every stage and nudges sent."""
    ledger = Ledger(f"sqlite:///{tmp_path / 'first.db'}")
    migrate(ledger.engine, "0001")
    with closing(sqlite3.connect(tmp_path / "first.db")) as database, database:
        database.executescript((Path(__file__).parent / "first_release.sql").read_text(encoding="utf-8"))
    migrate(ledger.engine)
    with ledger.reading() as connection:
        assert audit.findings(connection) == []
        assert connection.execute(text("SELECT count(*) FROM asks")).scalar_one() == 7
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    world = World.__new__(World)
    world.ledger, world.now = ledger, datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert world.file(ANN).number == 8
    world.act(LIN, acknowledging.acknowledge, 5)
    world.act(ANN, acknowledging.agree, 3, 1)
    while ledger.act(due.nudge, "", None, world.now, None):
        pass
    ledger.close()
