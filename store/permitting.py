"""Whether somebody may look at or change something of a department, by the table in `rules/permissions`."""

from store import people
from store.database import Act, Look
from store.refusals import MayNot
from store.rules import permissions
from store.rules.permissions import Matter, Standing
from store.snapshots import Department, Person


def standings_of(person: Person, department: Department | None) -> frozenset[Standing]:
    """What somebody is to a department; to one that is not there yet (None) nobody is lead or member."""
    return permissions.standings(
        is_admin=person.is_admin,
        is_guest=person.is_guest,
        leads=department is not None and person.id == department.lead_id,
        works_there=department is not None and person.id in department.member_ids,
    )


def may(person: Person, department: Department | None, matter: Matter) -> bool:
    """Whether somebody may."""
    return permissions.may(standings_of(person, department), matter)


def check(act: Act, department: Department | None, matter: Matter) -> None:
    """Whether whoever acts may; Baton itself, as when a file is loaded, may. Raises MayNot."""
    if act.actor_id is None:
        return
    actor = people.find(act, act.actor_id)
    if actor is None or not may(actor, department, matter):
        raise MayNot(matter, department, lead_of(act, department))


def lead_of(look: Look, department: Department | None) -> Person | None:
    """Who leads it, as we know them."""
    return people.find(look, department.lead_id) if department else None
