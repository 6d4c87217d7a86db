"""Who may look at and change what of a department: one table, which the docs draw.

Anybody with a full account may set up a new department that they lead themselves: a new lead need not wait for an
admin, it takes nothing from anybody, and closing it again is one click. Setting one up for somebody else to lead puts
work on that person, so it is for admins.
"""

from collections.abc import Iterable
from enum import StrEnum


class Standing(StrEnum):
    """What somebody is to a department."""

    ADMIN = "admin"
    LEAD = "lead"
    MEMBER = "member"
    COLLEAGUE = "colleague"
    GUEST = "guest"


class Matter(StrEnum):
    """What can be looked at or changed. The parts of a department bear the names that its events keep."""

    CATALOGUE = "catalogue"
    HISTORY = "history"
    NEW = "new"
    NEW_FOR_ANOTHER = "new_for_another"
    NAMES = "names"
    PEOPLE = "people"
    DEPUTIES = "deputies"
    ROTA = "rota"
    HOURS = "hours"
    LEAD_TIME = "lead_time"
    LADDER = "ladder"
    SERVICES = "services"
    STANDUP = "standup"
    GRAY_ZONE = "gray_zone"
    CLOSE = "close"
    REOPEN = "reopen"


_IN_CHARGE = frozenset({Standing.ADMIN, Standing.LEAD})
_INSIDE = _IN_CHARGE | {Standing.MEMBER}
_WITH_ACCOUNT = _INSIDE | {Standing.COLLEAGUE}

WHO_MAY: dict[Matter, frozenset[Standing]] = {
    Matter.CATALOGUE: _WITH_ACCOUNT | {Standing.GUEST},
    Matter.HISTORY: _IN_CHARGE,
    Matter.NEW: _WITH_ACCOUNT,
    Matter.NEW_FOR_ANOTHER: frozenset({Standing.ADMIN}),
    Matter.NAMES: _IN_CHARGE,
    Matter.PEOPLE: _IN_CHARGE,
    Matter.DEPUTIES: _IN_CHARGE,
    Matter.ROTA: _IN_CHARGE,
    Matter.HOURS: _IN_CHARGE,
    Matter.LEAD_TIME: _IN_CHARGE,
    Matter.LADDER: _IN_CHARGE,
    Matter.SERVICES: _IN_CHARGE,
    Matter.STANDUP: _IN_CHARGE,
    Matter.GRAY_ZONE: frozenset({Standing.ADMIN}),  # it decides for everybody who names nobody
    Matter.CLOSE: _IN_CHARGE,
    Matter.REOPEN: _IN_CHARGE,
}


def standings(*, is_admin: bool, is_guest: bool, leads: bool, works_there: bool) -> frozenset[Standing]:
    """What somebody is. A guest may lead nothing and administers nothing, whatever else is said of them."""
    if is_guest:
        return frozenset({Standing.GUEST})
    held = {Standing.COLLEAGUE: True, Standing.ADMIN: is_admin, Standing.LEAD: leads, Standing.MEMBER: works_there}
    return frozenset(one for one, is_so in held.items() if is_so)


def may(held: Iterable[Standing], matter: Matter) -> bool:
    """Whether somebody of these standings may."""
    return not WHO_MAY[matter].isdisjoint(held)
