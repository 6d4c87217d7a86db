"""Which monkeys climbed to the lead of a department lately: handed up, or taken over where advice was asked for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from store import people
from store.database import Look
from store.handoffs import NOTE_CLIMBED
from store.queries.asks import by_ids
from store.queries.board import BY_ITSELF, CLIMBED_WITHIN
from store.snapshots import Ask, Department, Person
from store.tables import asks, batons

MOST = 100  # that are read; a lead with more has another problem


@dataclass(frozen=True, slots=True)
class Climb:
    """An ask that went from `giver` to the lead at `at`. `taken_over`: the lead had been asked for advice only."""

    ask: Ask
    giver: Person
    at: datetime
    taken_over: bool


def climbed(look: Look, department: Department) -> list[Climb]:
    """What its lead took of this department's asks within the last month, newest first."""
    rows = look.connection.execute(
        select(batons.c.ask_id, batons.c.giver_id, batons.c.answered_at, batons.c.note)
        .join(asks, asks.c.id == batons.c.ask_id)
        .where(
            batons.c.workspace_id == look.workspace_id,
            batons.c.receiver_id == department.lead_id,
            batons.c.answered_at >= look.now - CLIMBED_WITHIN,
            batons.c.answer == "taken",
            batons.c.note.not_in(BY_ITSELF),
            asks.c.department_id == department.id,
        )
        .order_by(batons.c.answered_at.desc(), batons.c.id.desc())
        .limit(MOST)
    ).all()
    if not rows:
        return []
    found = by_ids(look, [row.ask_id for row in rows])
    known = people.several(look, [row.giver_id for row in rows])
    return [
        Climb(found[row.ask_id], known[row.giver_id], row.answered_at, row.note == NOTE_CLIMBED)
        for row in rows
        if row.ask_id in found
    ]
