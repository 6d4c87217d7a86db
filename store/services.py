"""The services of a department, one by one, as its lead writes them in Slack: add, change, move, archive.

Each is an event with what was there before and after. A service keeps its row, as asks point at it. Two people who
write one service: the second is told which fields are another than they saw, and writes nothing before they have seen.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, cast, insert, update

from store import departments, people, permitting, presence, setting_up
from store.database import Act
from store.events import was_done
from store.plans import Plan, ServicePlan, as_plan
from store.refusals import AlreadyDone, BadServices, CannotWorkThere, NoSuchService, ServiceChanged, TooManyServices
from store.rules import offering
from store.rules.permissions import Matter
from store.snapshots import Department, Service
from store.tables import services

FIELDS = ("name", "names", "lead_time", "owner_id", "restate", "inputs", "done_means", "promise")


def add(act: Act, department_id: int, wanted: ServicePlan) -> Service:
    """A new service, the last one. One that was archived under this name is taken up again, with its history.

    Raises MayNot, BadServices, TooManyServices, CannotWorkThere, AlreadyDone.
    """
    department, before = _begin(act, department_id)
    if len(department.services) >= offering.MOST_SERVICES:
        raise TooManyServices(offering.MOST_SERVICES)
    _check(act, wanted, [name for one in department.services for name in one.names])
    values = _columns(wanted) | {"position": len(department.services), "archived_at": None, "changed_by": act.actor_id}
    there = (services.c.department_id == department_id) & (services.c.name == wanted.name)
    if act.connection.execute(update(services).where(there).values(**values)).rowcount == 0:
        here = {"workspace_id": act.workspace_id, "department_id": department_id}
        act.connection.execute(insert(services).values(**here, **values))
    _finish(act, department_id, before)
    return next(one for one in departments.by_id(act, department_id).services if one.name == wanted.name)


def change(act: Act, department_id: int, service_id: int, wanted: ServicePlan, seen: Mapping[str, str]) -> Service:
    """The service is as `wanted` from now on. `seen`: the marks of the service that was looked at (`marks`).

    Raises MayNot, NoSuchService, ServiceChanged, BadServices, CannotWorkThere, AlreadyDone.
    """
    department, before = _begin(act, department_id)
    present = _find(department, service_id)
    now_there, asked_for = marks(present), marks(wanted)
    changed = tuple(one for one in FIELDS if now_there[one] != seen.get(one) and now_there[one] != asked_for[one])
    if changed:
        editor = people.find(act, present.changed_by) if present.changed_by else None
        raise ServiceChanged(present, changed, editor)
    _check(act, wanted, [name for one in department.services if one.id != service_id for name in one.names])
    if now_there == asked_for:
        return present
    _let_name_go(act, department_id, service_id, wanted.name)
    act.connection.execute(
        update(services).where(services.c.id == service_id).values(**_columns(wanted), changed_by=act.actor_id)
    )
    _finish(act, department_id, before)
    return _find(departments.by_id(act, department_id), service_id)


def move(act: Act, department_id: int, service_id: int, by: int) -> None:
    """Up (-1) or down (1) in the list. At its end nothing happens. Raises MayNot, NoSuchService, AlreadyDone."""
    department, before = _begin(act, department_id)
    order = [one.id for one in department.services]
    place = order.index(_find(department, service_id).id)
    to = max(0, min(place + by, len(order) - 1))
    order.insert(to, order.pop(place))
    for position, one in enumerate(order):
        act.connection.execute(update(services).where(services.c.id == one).values(position=position))
    _finish(act, department_id, before)


def archive(act: Act, department_id: int, service_id: int) -> Service:
    """It is offered no more; asks that were filed for it go on. Raises MayNot, NoSuchService, AlreadyDone."""
    department, before = _begin(act, department_id)
    gone = _find(department, service_id)
    act.connection.execute(
        update(services).where(services.c.id == service_id).values(archived_at=act.now, changed_by=act.actor_id)
    )
    _finish(act, department_id, before)
    return gone


def marks(service: Service | ServicePlan) -> dict[str, str]:
    """A mark for each field: another one means that the field is another."""
    return {field: _mark(getattr(service, field)) for field in FIELDS}


def _begin(act: Act, department_id: int) -> tuple[Department, Plan]:
    """The department, held until the act ends, and its plan as it was. Raises MayNot, AlreadyDone."""
    if was_done(act):
        raise AlreadyDone(None)
    departments.stamp(act)
    department = departments.by_id(act, department_id)
    permitting.check(act, department, Matter.SERVICES)
    return department, as_plan(department)


def _finish(act: Act, department_id: int, before: Plan) -> None:
    """What was read of the departments holds no more; an event says what differs."""
    departments.stamp(act)
    setting_up.tell_changes(act, department_id, before)


def _find(department: Department, service_id: int) -> Service:
    service = department.service(service_id)
    if service is None:
        raise NoSuchService(department)
    return service


def _check(act: Act, wanted: ServicePlan, taken: list[str]) -> None:
    faults = offering.faults(wanted.names, wanted.promise, wanted.done_means, wanted.inputs, taken)
    if faults:
        raise BadServices(tuple(faults))
    owner = people.find(act, wanted.owner_id) if wanted.owner_id is not None else None
    if wanted.owner_id is not None and not presence.can_own(owner):
        raise CannotWorkThere(owner, "owner")


def _let_name_go(act: Act, department_id: int, service_id: int, name: str) -> None:
    """An archived service of this name is told apart by its row from now on: a name is used once."""
    act.connection.execute(
        update(services)
        .where(
            services.c.department_id == department_id,
            services.c.name == name,
            services.c.id != service_id,
            services.c.archived_at.is_not(None),
        )
        .values(name=services.c.name + " (" + cast(services.c.id, String) + ")")
    )


def _columns(wanted: ServicePlan) -> dict[str, Any]:
    return {
        "name": wanted.name,
        "names": list(wanted.names),
        "lead_time": wanted.lead_time,
        "owner_id": wanted.owner_id,
        "restate": wanted.restate,
        "inputs": [one.kept() for one in wanted.inputs],
        "done_means": wanted.done_means,
        "promise": wanted.promise,
    }


def _mark(value: object) -> str:
    if isinstance(value, tuple):
        value = [one.kept() if isinstance(one, offering.Input) else one for one in value]
    written = json.dumps(value, default=str, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:8]
