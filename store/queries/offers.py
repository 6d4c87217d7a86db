"""One offer of a baton, pending or answered: what its messages say. An ask itself knows its pending one only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from store import people
from store.database import Look
from store.queries.asks import chosen, listed
from store.snapshots import Ask, Person
from store.tables import asks, batons


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


FIRST = 5  # asks that a message about several names


def still_offered(look: Look, person_id: str, numbers: Sequence[int]) -> tuple[list[Ask], int]:
    """Those of the asks `numbers` that are still on offer to somebody: the first by due time, and how many in all."""
    pending = asks.c.id.in_(
        select(batons.c.ask_id).where(
            batons.c.workspace_id == look.workspace_id, batons.c.receiver_id == person_id, batons.c.answer.is_(None)
        )
    )
    found = chosen(look, asks.c.number.in_(numbers), pending, order_by=(asks.c.due, asks.c.number))
    return found[:FIRST], len(found)


def first_of(look: Look, numbers: Sequence[int]) -> list[Ask]:
    """The first of the asks `numbers`, as they stand."""
    return listed(look, asks.c.number.in_(numbers[:FIRST]), order_by=(asks.c.number,))


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
