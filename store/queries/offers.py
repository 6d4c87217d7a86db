"""One offer of a baton, pending or answered: what its messages say. An ask itself knows its pending one only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from store import people
from store.database import Look
from store.snapshots import Person
from store.tables import batons


@dataclass(frozen=True, slots=True)
class Offer:
    """`answer`: taken, refused, expired, recalled, or overtaken by another move; None while it is pending."""

    id: int
    giver: Person
    offered_by: Person
    receiver: Person
    note: str
    expires_at: datetime
    answer: str | None
    reason: str | None
    words: str | None


def by_id(look: Look, baton_id: int) -> Offer:
    """The offer with this row id. Raises LookupError if there is none in this workspace."""
    row = look.connection.execute(
        select(batons).where(batons.c.workspace_id == look.workspace_id, batons.c.id == baton_id)
    ).first()
    if row is None:
        raise LookupError(baton_id)
    known = people.several(look, [row.giver_id, row.offered_by, row.receiver_id])
    return Offer(
        id=row.id,
        giver=known[row.giver_id],
        offered_by=known[row.offered_by],
        receiver=known[row.receiver_id],
        note=row.note,
        expires_at=row.expires_at,
        answer=row.answer,
        reason=row.reason,
        words=row.words,
    )
