"""The parts of a department, changed one by one with the forms of `/dept`: names, people, deputies, hours, lead time.

Every verb is told the mark of the part as the form showed it. If somebody changed the part meanwhile nothing is
written, and the second is told by whom. `setting_up` writes, and keeps an event for each part.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from store import departments, handoffs, nudging, outbox, people, permitting, presence, setting_up, staffing
from store.database import Act, Look
from store.events import was_done
from store.plans import Plan, as_plan, mark
from store.queries import asks as reading
from store.queries.department_changes import last_of
from store.refusals import (
    AlreadyDone,
    CannotDeputise,
    CannotWorkThere,
    DepartmentClosed,
    GroupTaken,
    LastPerson,
    NameTaken,
    NeverOpen,
    PartChanged,
)
from store.rules.calendar import Calendar, NoWorkingTime
from store.rules.ladder import Ladder
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import Stage
from store.rules.naming import plain
from store.rules.permissions import Matter
from store.snapshots import Ask, Department, Rota
from store.tables import asks, custody

NOTE_MOVED_ON = "moved_on"  # the note of a baton: its giver works there no more; worded when it is shown


@dataclass(frozen=True, slots=True)
class Staffed:
    """What became of those who no longer work there. `offered`: their open asks that the lead can take now.

    `kept`: those that could not be offered, as they are on offer already or the lead asked for them. `services`: the
    names of those that go to them by default, still.
    """

    offered: tuple[Ask, ...] = ()
    kept: tuple[Ask, ...] = ()
    services: tuple[str, ...] = ()


def set_up_new(act: Act, plan: Plan) -> int:
    """A department that was not there before; a new lead other than whoever acts is told. Returns its row id.

    Raises MayNot, NameTaken, CannotWorkThere, NeverOpen, AlreadyDone.
    """
    if was_done(act):
        raise AlreadyDone(None)
    departments.stamp(act)  # from here on nobody else changes departments before this act is over
    permitting.check(act, None, Matter.NEW)
    if plan.lead_id != act.actor_id:
        permitting.check(act, None, Matter.NEW_FOR_ANOTHER)
    check_names(act, None, plan.key, plan.names)
    _check_people(act, plan.lead_id, plan.member_ids)
    department_id = setting_up.found(act, plan)
    _check_open(act, departments.by_id(act, department_id).calendar)
    staffing.begun(act, department_id, plan)
    return department_id


def rename(
    act: Act,
    department_id: int,
    seen: str,
    *,
    key: str,
    names: tuple[str, ...],
    channel_id: str,
    locale: str,
    guests_may_ask: bool,
    usergroup_id: str | None,
) -> None:
    """Its names, key, channel, the channel's language, its user group, and whether guests may ask.

    Raises as `_begin`, NameTaken, GroupTaken.
    """
    _, plan = _begin(act, department_id, Matter.NAMES, seen)
    check_names(act, department_id, key, names)
    for other in departments.all_of(act):
        if usergroup_id and other.usergroup_id == usergroup_id and other.id != department_id:
            raise GroupTaken(other)
    changed = replace(
        plan,
        key=key,
        names=names,
        channel_id=channel_id,
        locale=locale,
        guests_may_ask=guests_may_ask,
        usergroup_id=usergroup_id,
    )
    setting_up.become(act, department_id, changed)


def staff(act: Act, department_id: int, seen: str, lead_id: str, member_ids: Sequence[str]) -> Staffed:
    """Who leads it and who works there.

    Those who do no longer are off its rota and deputies; what they own there stays theirs, and is offered to the lead.
    Raises as `_begin`, CannotWorkThere, LastPerson.
    """
    department, plan = _begin(act, department_id, Matter.PEOPLE, seen)
    members = tuple(sorted(set(member_ids)))
    if not members and plan.member_ids:
        raise LastPerson(department)
    before = {plan.lead_id, *plan.member_ids}
    _check_people(act, lead_id, [one for one in members if one not in before])
    left = before - {lead_id, *members}
    rota, today = department.rota, department.calendar.local(act.now).date()
    changed = replace(
        plan,
        lead_id=lead_id,
        member_ids=members,
        deputies=tuple(pair for pair in department.deputies if left.isdisjoint(pair)),
        rota=Rota(
            tuple(one for one in rota.people if one not in left),
            rota.first_monday if any(one not in left for one in rota.people) else None,
            tuple((day, one) for day, one in rota.covers if one not in left and day >= today),
        ),
    )
    setting_up.become(act, department_id, changed)
    later = replace(act, key=None)
    services = tuple(one.name for one in department.services if one.owner_id in left)
    return replace(_offer_to_lead(later, department_id, lead_id, left), services=services)


def name_deputies(act: Act, department_id: int, seen: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Who stands in for whom while they are away without a deputy of their own. Raises as `_begin`, CannotDeputise."""
    _, plan = _begin(act, department_id, Matter.DEPUTIES, seen)
    wanted = dict(pairs)
    known = people.several(act, wanted.values())
    for person_id, deputy_id in wanted.items():
        deputy = known.get(deputy_id)
        if person_id == deputy_id:
            raise CannotDeputise(deputy, "oneself")
        if not presence.can_own(deputy):
            raise CannotDeputise(deputy, "not_here")
    setting_up.become(act, department_id, replace(plan, deputies=tuple(sorted(wanted.items()))))


def set_hours(act: Act, department_id: int, seen: str, calendar: Calendar) -> None:
    """When it works: zone, hours, holidays, closed days. Raises as `_begin`, NeverOpen."""
    _, plan = _begin(act, department_id, Matter.HOURS, seen)
    _check_open(act, calendar)
    changed = replace(
        plan,
        time_zone=calendar.zone,
        hours=calendar.hours.as_yaml(),
        country=calendar.country,
        region=calendar.region,
        closed_days=tuple(sorted(day.isoformat() for day in calendar.closed)),
    )
    setting_up.become(act, department_id, changed)


def promise_in(act: Act, department_id: int, seen: str, lead_time: LeadTime) -> None:
    """What it promises where no service says otherwise. Raises as `_begin`."""
    _, plan = _begin(act, department_id, Matter.LEAD_TIME, seen)
    setting_up.become(act, department_id, replace(plan, lead_time=str(lead_time)))


def climb_by(act: Act, department_id: int, seen: str, ladder: Ladder) -> None:
    """How its asks are nudged where no service says otherwise; it holds for what is open, too. Raises as `_begin`."""
    department, plan = _begin(act, department_id, Matter.LADDER, seen)
    setting_up.become(act, department_id, replace(plan, ladder=ladder.as_yaml()))
    nudging.look_again(act, department)


def climb_for(
    act: Act, department_id: int, seen: str, service_id: int, changes: Mapping[str, str | int | bool]
) -> None:
    """In which rungs one of its services is nudged otherwise; none: as the department. Raises as `_begin`."""
    department, plan = _begin(act, department_id, Matter.SERVICES, seen)
    department.ladder.changed(changes)
    services = tuple(
        replace(planned, ladder=dict(changes)) if standing.id == service_id else planned
        for planned, standing in zip(plan.services, department.services, strict=True)
    )
    setting_up.become(act, department_id, replace(plan, services=services))
    nudging.look_again(act, department)


def check_names(look: Look, department_id: int | None, key: str, names: Iterable[str]) -> None:
    """Nothing that is typed after @ may mean two departments; a key stays with its history. Raises NameTaken."""
    wanted = {plain(name): name for name in (key, *names)}
    for other in departments.all_of(look):
        taken = {plain(name) for name in (other.key, *other.names)} & wanted.keys()
        if taken and other.id != department_id:
            raise NameTaken(wanted[sorted(taken)[0]], other)
    for gone in departments.closed(look):
        if gone.key == key and gone.id != department_id:
            raise NameTaken(key, gone)


def _begin(act: Act, department_id: int, part: Matter, seen: str) -> tuple[Department, Plan]:
    """The department and its plan, held until the act ends.

    Raises MayNot, PartChanged, DepartmentClosed, AlreadyDone.
    """
    if was_done(act):
        raise AlreadyDone(None)
    departments.stamp(act)
    department = departments.by_id(act, department_id)
    permitting.check(act, department, part)
    if department.archived:
        raise DepartmentClosed(department)
    plan = as_plan(department)
    if mark(plan, part) != seen:
        raise PartChanged(department, part, last_of(act, department_id, part))
    return department, plan


def _check_people(act: Act, lead_id: str, member_ids: Iterable[str]) -> None:
    wanted = list(member_ids)
    known = people.several(act, [lead_id, *wanted])
    if not presence.can_own(known.get(lead_id)):
        raise CannotWorkThere(known.get(lead_id), "lead")
    for person_id in wanted:
        if not presence.can_own(known.get(person_id)):
            raise CannotWorkThere(known.get(person_id), "people")


def _check_open(act: Act, calendar: Calendar) -> None:
    try:
        calendar.next_open(act.now)
    except NoWorkingTime as never:
        raise NeverOpen from never


def _offer_to_lead(act: Act, department_id: int, lead_id: str, left: Iterable[str]) -> Staffed:
    """What those who left own there: each is offered to the lead, or to who stands in for the lead."""
    owners = list(left)
    if not owners:
        return Staffed()
    held = select(custody.c.ask_id).where(
        custody.c.workspace_id == act.workspace_id, custody.c.owner_id.in_(owners), custody.c.until.is_(None)
    )
    theirs = reading.chosen(
        act,
        asks.c.id.in_(held),
        asks.c.department_id == department_id,
        asks.c.stage.in_((Stage.OPEN, Stage.ACKNOWLEDGED)),
        order_by=(asks.c.due, asks.c.number),
    )
    receiver_id = presence.first_present(act, [lead_id]) or lead_id
    offered, kept = [], []
    for ask in theirs:
        if ask.baton is not None or receiver_id in (ask.asker.id, ask.owner.id):
            kept.append(ask)
            continue
        outbox.post(act, "baton_offered_for_you", ask_id=ask.id, person_id=ask.owner.id, by=act.actor_id)
        offered.append(ask)
    # Baton offers them: what somebody does themselves they are not told of, and the lead is to have the offers.
    handoffs.offer_for(replace(act, actor_id=None), offered, receiver_id, NOTE_MOVED_ON)
    return Staffed(tuple(offered), tuple(kept))
