"""Who is here, who is away, and who stands in. New asks never land on somebody who is away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, select

from store import departments, people
from store.database import Look
from store.snapshots import Person
from store.tables import absences
from store.tables import people as people_table


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody's absence, now or planned. `until` None: until they are back."""

    person_id: str
    deputy_id: str | None
    since: datetime
    until: datetime | None

    def is_on(self, now: datetime) -> bool:
        """Whether it has begun and is not over."""
        return self.since <= now and (self.until is None or self.until > now)


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


def meet(look: Look, person_ids: Iterable[str | None]) -> None:
    """Read in one statement who these people are and whether they are away.

    What is asked of them later in this act or look costs nothing more.
    """
    wanted = {one for one in person_ids if one}
    seen = _seen(look)
    unseen = wanted - seen.keys()
    if not unseen:
        return
    seen.update(dict.fromkeys(unseen))
    met = look.connection.execute(_MET, {"workspace": look.workspace_id, "people": list(unseen)}).all()
    people.keep(look, (people.person_of(row) for row in met))
    seen.update({row.id: Absence(row.id, row.deputy_id, row.since, row.until) for row in met if row.since})


def forget(look: Look) -> None:
    """An absence became another: what this act has read of them no longer holds."""
    look.memo.pop((_seen, look.workspace_id), None)


def away(look: Look, person_ids: Iterable[str]) -> dict[str, Absence]:
    """Those of `person_ids` who are away right now, with their absence."""
    found = _look_up(look, set(person_ids))
    return {one: absence for one, absence in found.items() if absence is not None and absence.is_on(look.now)}


def not_ended(look: Look, person_ids: Iterable[str]) -> dict[str, Absence]:
    """The absences of `person_ids` that run or are to come."""
    return {
        one: absence
        for one, absence in _look_up(look, set(person_ids)).items()
        if absence is not None and (absence.until is None or absence.until > look.now)
    }


def _look_up(look: Look, person_ids: set[str]) -> dict[str, Absence | None]:
    """The absence of each of them, None where there is none. Each is looked for once only in an act or look."""
    seen = _seen(look)
    unseen = list(person_ids - seen.keys())
    if unseen:
        seen.update(dict.fromkeys(unseen))
        for row in look.connection.execute(_NOT_ENDED, {"workspace": look.workspace_id, "people": unseen}):
            seen[row.person_id] = Absence(row.person_id, row.deputy_id, row.since, row.until)
    return {one: seen[one] for one in person_ids}


def _seen(look: Look) -> dict[str, Absence | None]:
    seen: dict[str, Absence | None] = look.memo.setdefault((_seen, look.workspace_id), {})
    return seen


_NOT_ENDED = select(absences).where(
    absences.c.workspace_id == bindparam("workspace"),
    absences.c.person_id.in_(bindparam("people", expanding=True)),
    absences.c.ended_at.is_(None),
)
_MET = (
    select(people_table, absences.c.deputy_id, absences.c.since, absences.c.until)
    .outerjoin(
        absences,
        and_(
            absences.c.workspace_id == people_table.c.workspace_id,
            absences.c.person_id == people_table.c.id,
            absences.c.ended_at.is_(None),
        ),
    )
    .where(
        people_table.c.workspace_id == bindparam("workspace"),
        people_table.c.id.in_(bindparam("people", expanding=True)),
    )
)


def standing_deputy(look: Look, person_id: str) -> str | None:
    """Who stands in for somebody whenever they name nobody themselves, if that one is here; else None."""
    named = [deputy_id for one in departments.all_of(look) for person, deputy_id in one.deputies if person == person_id]
    not_here, known = away(look, named), people.several(look, named)
    return next((one for one in named if one not in not_here and can_own(known.get(one))), None)


def can_own(person: Person | None) -> bool:
    """Whether somebody can own asks at all: a colleague with an account, not a bot, not a guest."""
    return person is not None and not (person.gone or person.is_bot or person.is_guest)


def first_present(look: Look, candidates: Iterable[str | None], but: Collection[str] = ()) -> str | None:
    """The first candidate who is here; in place of somebody who is away their deputy, if that one is here.

    Who named no deputy has the one that their department names. Those in `but` are passed over, as deputies too.
    """
    wanted = [one for one in candidates if one]
    meet(look, wanted)
    gone_for_now = away(look, wanted)
    stand_ins = {one: absence.deputy_id or standing_deputy(look, one) for one, absence in gone_for_now.items()}
    deputies = [one for one in stand_ins.values() if one]
    if deputies:
        gone_for_now |= away(look, deputies)
    known = people.several(look, [*wanted, *deputies])
    for candidate in wanted:
        here = stand_ins.get(candidate, candidate)
        if here and here not in gone_for_now and here not in but and can_own(known.get(here)):
            return here
    return None
