"""Statistics are gathered on SQLite, which does not gather any by itself; on PostgreSQL nothing has to be done."""

from sqlalchemy import text

from store import statistics
from tests.store.world import World


def test_sqlite_knows_of_its_tables_once_they_were_looked_at(world: World) -> None:
    world.file()
    world.act(None, statistics.gather)
    if world.ledger.engine.dialect.name == "sqlite":
        with world.ledger.reading() as connection:
            known = connection.execute(text("SELECT DISTINCT tbl FROM sqlite_stat1")).scalars().all()
        assert "asks" in known
