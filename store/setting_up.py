"""Set up a department, new or changed, as a plan says: from the YAML file, from the form for a new one, part by part.

Whatever way it comes, each part that becomes another is an event of its own: who, what, before and after.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select, update

from store import staffing
from store.database import Act
from store.departments import by_id, mark_desk, stamp
from store.events import record
from store.plans import Plan, ServicePlan, as_plan, mark, of_part
from store.queries.department_changes import CHANGED
from store.rules.permissions import Matter
from store.snapshots import Rota
from store.tables import departments, deputies, duty, duty_changes, memberships, services


def set_up(act: Act, plan: Plan) -> bool:
    """Make the department of the plan's key be as it says, new, changed or open again. Returns whether it was not.

    Rota and deputies that are None stay as they are.
    """
    row = act.connection.execute(
        select(departments.c.id).where(departments.c.workspace_id == act.workspace_id, departments.c.key == plan.key)
    ).first()
    if row is None:
        found(act, plan)
        return True
    return become(act, row.id, plan)


def found(act: Act, plan: Plan) -> int:
    """A department that was not there before. Returns its row id."""
    stamp(act)
    if plan.is_gray_zone:
        mark_desk(act, None)
    made = act.connection.execute(insert(departments).values(workspace_id=act.workspace_id, **_columns(plan)))
    department_id = int(made.inserted_primary_key[0])  # type: ignore[index]
    _set_the_rest(act, department_id, plan)
    note(act, department_id, Matter.NEW)
    return department_id


def become(act: Act, department_id: int, plan: Plan) -> bool:
    """The department is as the plan says from now on. Returns whether it was not: then each part is an event.

    Whoever leads it now, works there now, or does no longer is told.
    """
    present = by_id(act, department_id)
    before = as_plan(present)
    plan = replace(
        plan,
        rota=before.rota if plan.rota is None else plan.rota,
        deputies=before.deputies if plan.deputies is None else plan.deputies,
    )
    if before == plan and not present.archived:
        return False
    if plan.is_gray_zone:
        mark_desk(act, None)  # there is one at the most: it takes the mark from whichever has it
    act.connection.execute(update(departments).where(departments.c.id == department_id).values(**_columns(plan)))
    _set_the_rest(act, department_id, plan)
    stamp(act)
    if present.archived:
        note(act, department_id, Matter.REOPEN)
        act = replace(act, key=None)
    tell_changes(act, department_id, before)
    staffing.changed(replace(act, key=None), department_id, before, plan)
    return True


def tell_changes(act: Act, department_id: int, before: Plan) -> None:
    """An event for each part that is another than it was in `before`: what differs, as it was and as it is."""
    after = as_plan(by_id(act, department_id))
    for part in (one for one in Matter if mark(before, one) != mark(after, one)):
        was, now = of_part(before, part), of_part(after, part)
        differing = [name for name in now if was[name] != now[name]]
        note(
            act,
            department_id,
            part,
            before={name: was[name] for name in differing},
            after={name: now[name] for name in differing},
        )
        act = replace(act, key=None)  # it is spent on the first of them


def note(act: Act, department_id: int, part: Matter, **differing: Any) -> None:
    """The event of one change. Raises AlreadyDone if the act's key is in the ledger."""
    record(act, None, CHANGED, {"department": department_id, "part": part} | differing)


def _set_the_rest(act: Act, department_id: int, plan: Plan) -> None:
    _set_members(act, department_id, plan.member_ids)
    _set_services(act, department_id, plan.services)
    _set_deputies(act, department_id, plan.deputies or ())
    _set_rota(act, department_id, plan.rota or Rota())


def _set_members(act: Act, department_id: int, person_ids: Iterable[str]) -> None:
    act.connection.execute(delete(memberships).where(memberships.c.department_id == department_id))
    rows = [
        {"workspace_id": act.workspace_id, "department_id": department_id, "person_id": one}
        for one in sorted(set(person_ids))
    ]
    if rows:
        act.connection.execute(insert(memberships), rows)


def _set_services(act: Act, department_id: int, plans: tuple[ServicePlan, ...]) -> None:
    """Services keep their row, as asks point at it; one that is no longer named is archived."""
    known = {
        row.name: row.id
        for row in act.connection.execute(
            select(services.c.id, services.c.name).where(services.c.department_id == department_id)
        )
    }
    act.connection.execute(
        update(services)
        .where(services.c.department_id == department_id, services.c.archived_at.is_(None))
        .values(archived_at=act.now)
    )
    for position, plan in enumerate(plans):
        values = {
            "position": position,
            "names": list(plan.names),
            "lead_time": plan.lead_time,
            "owner_id": plan.owner_id,
            "restate": plan.restate,
            "inputs": [one.kept() for one in plan.inputs],
            "done_means": plan.done_means,
            "promise": plan.promise,
            "ladder": plan.ladder,
            "archived_at": None,
        }
        if plan.name in known:
            act.connection.execute(update(services).where(services.c.id == known[plan.name]).values(**values))
        else:
            act.connection.execute(
                insert(services).values(
                    workspace_id=act.workspace_id, department_id=department_id, name=plan.name, **values
                )
            )


def _set_deputies(act: Act, department_id: int, pairs: Iterable[tuple[str, str]]) -> None:
    act.connection.execute(delete(deputies).where(deputies.c.department_id == department_id))
    rows = [
        {"workspace_id": act.workspace_id, "department_id": department_id, "person_id": one, "deputy_id": other}
        for one, other in pairs
    ]
    if rows:
        act.connection.execute(insert(deputies), rows)


def _set_rota(act: Act, department_id: int, rota: Rota) -> None:
    there = {"department_id": department_id, "workspace_id": act.workspace_id}
    act.connection.execute(delete(duty).where(duty.c.department_id == department_id))
    act.connection.execute(delete(duty_changes).where(duty_changes.c.department_id == department_id))
    if rota.people:
        turns = {"people": list(rota.people), "first_monday": rota.first_monday}
        act.connection.execute(insert(duty), there | turns)
    if rota.covers:
        rows = [there | {"day": day, "person_id": person_id} for day, person_id in rota.covers]
        act.connection.execute(insert(duty_changes), rows)


def _columns(plan: Plan) -> dict[str, Any]:
    return {
        "key": plan.key,
        "names": list(plan.names),
        "channel_id": plan.channel_id,
        "lead_id": plan.lead_id,
        "time_zone": plan.time_zone,
        "hours": plan.hours,
        "country": plan.country,
        "region": plan.region,
        "closed_days": list(plan.closed_days),
        "lead_time": plan.lead_time,
        "locale": plan.locale,
        "ladder": plan.ladder,
        "guests_may_ask": plan.guests_may_ask,
        "usergroup_id": plan.usergroup_id,
        "is_gray_zone": plan.is_gray_zone,
        "archived_at": None,
    }
