"""What a ledger from a backup has to mind: Slack shows what happened since.

What was still to be said may have been said meanwhile. Numbers that were given since stand on cards whose buttons would
act on whatever had that number next: they are not given again.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from store import outbox
from store.database import Ledger
from store.tables import workspaces

SKIPPED = 1000  # numbers, where nobody knows how many were given


def numbers_given(ledger: Ledger) -> dict[str, int]:
    """The last number of each workspace in the ledger that is to be replaced."""
    with ledger.reading() as connection:
        rows = connection.execute(select(workspaces.c.id, workspaces.c.last_number))
        return {row.id: row.last_number for row in rows}


def mind(connection: Connection, given: Mapping[str, int]) -> None:
    """Look for what waits on Slack before it is said, and count on behind what was `given`, as far as that is known."""
    outbox.distrust(connection)
    for row in connection.execute(select(workspaces.c.id, workspaces.c.last_number)).all():
        known = given.get(row.id)
        last = row.last_number + SKIPPED if known is None else max(known, row.last_number)
        connection.execute(update(workspaces).where(workspaces.c.id == row.id).values(last_number=last))
