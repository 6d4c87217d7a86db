"""SQLite chooses among indexes by what it knows of their tables, and looks only when it is told to: once a day."""

from store.database import Act

ROWS = 400  # of each index that are looked at; so it takes some milliseconds in a ledger of any size


def gather(act: Act) -> bool:
    """Look at the tables as they are now, and say whether that was needed: PostgreSQL does so by itself (autovacuum).

    A connection knows what there was when it was opened: those that are open learn nothing of it.
    """
    if act.connection.dialect.name != "sqlite":
        return False
    act.connection.exec_driver_sql(f"PRAGMA analysis_limit = {ROWS}")
    act.connection.exec_driver_sql("ANALYZE")
    return True
