"""Who is here, who is away, and who stands in. New asks never land on somebody who is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from store import people
from store.database import Look
from store.snapshots import Person
from store.tables import absences


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody's absence, now or planned. `until` None: until they are back."""

    person_id: str
    deputy_id: str | None
    since: datetime
    until: datetime | None


def absence_of(look: Look, person_id: str) -> Absence | None:
    """The absence that somebody has named and not ended, be it running or still to come."""
    row = look.connection.execute(
        select(absences).where(
            absences.c.workspace_id == look.workspace_id,
            absences.c.person_id == person_id,
            absences.c.ended_at.is_(None),
        )
    ).first()
    return Absence(row.person_id, row.deputy_id, row.since, row.until) if row else None


def away(look: Look, person_ids: Iterable[str]) -> dict[str, Absence]:
    """Those of `person_ids` who are away right now, with their absence."""
    at_issue = {"workspace": look.workspace_id, "people": list(set(person_ids)), "now": look.now}
    rows = look.connection.execute(_AWAY, at_issue)
    return {row.person_id: Absence(row.person_id, row.deputy_id, row.since, row.until) for row in rows}


_AWAY = select(absences).where(
    absences.c.workspace_id == bindparam("workspace"),
    absences.c.person_id.in_(bindparam("people", expanding=True)),
    absences.c.ended_at.is_(None),
    absences.c.since <= bindparam("now"),
    or_(absences.c.until.is_(None), absences.c.until > bindparam("now")),
)


def can_own(person: Person | None) -> bool:
    """Whether somebody can own asks at all: a colleague with an account, not a bot, not a guest."""
    return person is not None and not (person.gone or person.is_bot or person.is_guest)


def first_present(look: Look, candidates: Iterable[str | None]) -> str | None:
    """The first candidate who is here; in place of somebody who is away their deputy, if that one is here."""
    wanted = [one for one in candidates if one]
    gone_for_now = away(look, wanted)
    deputies = [absence.deputy_id for absence in gone_for_now.values() if absence.deputy_id]
    if deputies:
        gone_for_now |= away(look, deputies)
    known = people.several(look, [*wanted, *deputies])
    for candidate in wanted:
        absence = gone_for_now.get(candidate)
        here = absence.deputy_id if absence else candidate
        if here and here not in gone_for_now and can_own(known.get(here)):
            return here
    return None
