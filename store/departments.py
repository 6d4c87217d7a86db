"""The departments of a workspace: found by what people type after @, and set up from the YAML file."""

import difflib
import json
import secrets
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Row, Select, Table, bindparam, delete, insert, select, update

from store.database import Act, Look
from store.events import record
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.ladder import Ladder
from store.rules.lead_time import LeadTime
from store.rules.offering import Input
from store.snapshots import Department, Rota, Service
from store.tables import departments, duty, duty_changes, memberships, services, workspaces


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """A service as the YAML file wants it."""

    name: str
    names: tuple[str, ...]
    lead_time: str
    owner_id: str | None
    restate: bool
    inputs: tuple[Input, ...] = ()
    done_means: str | None = None
    promise: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A department as the YAML file wants it, with Slack's ids for people and channel. `hours` etc. as in the file."""

    key: str
    names: tuple[str, ...]
    channel_id: str
    lead_id: str
    member_ids: tuple[str, ...]
    time_zone: str
    hours: dict[str, str]
    country: str | None
    region: str | None
    closed_days: tuple[str, ...]
    lead_time: str
    locale: str
    ladder: dict[str, Any]
    guests_may_ask: bool
    usergroup_id: str | None
    services: tuple[ServicePlan, ...]


def all_of(look: Look) -> list[Department]:
    """Every department that takes asks, by name."""
    return list(_known(look).values())


def by_id(look: Look, department_id: int) -> Department:
    """The department with this row id. Raises LookupError if it is not of this workspace."""
    return _known(look)[department_id]


def called(look: Look, word: str) -> Department | None:
    """The department that somebody means by `word`: its key, one of its names, or a Slack user group's id.

    Case, a leading @ and full-width letters do not matter.
    """
    wanted = _plain(word)
    return next(
        (one for one in all_of(look) if word == one.usergroup_id or wanted in {_plain(name) for name in _words(one)}),
        None,
    )


def nearest(look: Look, word: str, most: int = 3) -> list[Department]:
    """The departments that `word` may be a slip for, likeliest first; empty when nothing is near."""
    wanted = _plain(word)
    scored = []
    for one in all_of(look):
        best = max(_likeness(wanted, _plain(name)) for name in _words(one))
        if best >= 0.5:
            scored.append((best, one))
    scored.sort(key=lambda pair: -pair[0])
    return [one for _, one in scored[:most]]


def led_by(look: Look, person_id: str) -> list[Department]:
    """The departments that somebody leads."""
    return [one for one in all_of(look) if one.lead_id == person_id]


def of_person(look: Look, person_id: str) -> Department | None:
    """The department somebody works in or leads; the first that was set up, if there are several."""
    mine = [one for one in _known(look).values() if person_id in one.member_ids]
    mine = mine or [one for one in _known(look).values() if person_id == one.lead_id]
    return min(mine, key=lambda one: one.id, default=None)


def earliest(department: Department, service: Service | None, now: datetime) -> datetime:
    """The earliest time by which the department promises a result that is asked for at `now`.

    Raises NoWorkingTime when its calendar has none in the next year.
    """
    return department.calendar.add(now, service.lead_time if service else department.lead_time)


def set_up(act: Act, plan: Plan) -> bool:
    """Make the department be as `plan` says, new or changed. Returns whether anything changed."""
    row = act.connection.execute(
        select(departments.c.id).where(departments.c.workspace_id == act.workspace_id, departments.c.key == plan.key)
    ).first()
    if row is not None and as_plan(by_id(act, row.id)) == plan:
        return False
    stamp(act)
    values = _columns(plan)
    if row is None:
        made = act.connection.execute(insert(departments).values(workspace_id=act.workspace_id, **values))
        department_id = int(made.inserted_primary_key[0])  # type: ignore[index]
    else:
        department_id = row.id
        act.connection.execute(update(departments).where(departments.c.id == department_id).values(**values))
    _set_members(act, department_id, plan.member_ids)
    _set_services(act, department_id, plan.services)
    record(act, None, "set_up_department", {"department": plan.key, "new": row is None})
    return True


def stamp(act: Act) -> None:
    """Say that something about the departments changed: nobody may go on with what they read before.

    The stamp is random, so that one whose act was undone never comes again.
    """
    act.memo.clear()
    act.connection.execute(
        update(workspaces).where(workspaces.c.id == act.workspace_id).values(departments_stamp=secrets.token_hex(8))
    )


def as_plan(department: Department) -> Plan:
    """The department in the form of the YAML file: `set_up(act, as_plan(x))` changes nothing."""
    calendar = department.calendar
    return Plan(
        key=department.key,
        names=department.names,
        channel_id=department.channel_id,
        lead_id=department.lead_id,
        member_ids=tuple(sorted(department.member_ids)),
        time_zone=calendar.zone,
        hours=calendar.hours.as_yaml(),
        country=calendar.country,
        region=calendar.region,
        closed_days=tuple(sorted(day.isoformat() for day in calendar.closed)),
        lead_time=str(department.lead_time),
        locale=department.locale,
        ladder=department.ladder.as_yaml(),
        guests_may_ask=department.guests_may_ask,
        usergroup_id=department.usergroup_id,
        services=tuple(
            ServicePlan(
                one.name,
                one.names,
                str(one.lead_time),
                one.owner_id,
                one.restate,
                one.inputs,
                one.done_means,
                one.promise,
            )
            for one in department.services
        ),
    )


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
        "archived_at": None,
    }


def _known(look: Look) -> dict[int, Department]:
    """The departments of the workspace by row id, ordered by name; read anew only when their stamp is another."""
    mine = (_known, look.workspace_id)
    if mine not in look.memo:
        present = look.connection.execute(_STAMP, {"workspace": look.workspace_id}).scalar()
        kept = _KEPT.setdefault(look.connection.engine, {})
        if look.workspace_id not in kept or kept[look.workspace_id][0] != present:
            found = sorted(_read(look), key=lambda department: department.name.casefold())
            kept[look.workspace_id] = (present, {department.id: department for department in found})
        look.memo[mine] = kept[look.workspace_id][1]
    return look.memo[mine]  # type: ignore[no-any-return]


_STAMP = select(workspaces.c.departments_stamp).where(workspaces.c.id == bindparam("workspace"))
_KEPT: WeakKeyDictionary[Engine, dict[str, tuple[str | None, dict[int, Department]]]] = WeakKeyDictionary()


def _read(look: Look) -> list[Department]:
    rows = look.connection.execute(select(departments).where(departments.c.workspace_id == look.workspace_id)).all()
    members = _by_department(look, select(memberships).order_by(memberships.c.person_id), memberships)
    offered = _by_department(
        look, select(services).where(services.c.archived_at.is_(None)).order_by(services.c.position), services
    )
    turns = _by_department(look, select(duty), duty)
    covers = _by_department(look, select(duty_changes).order_by(duty_changes.c.day), duty_changes)
    return [
        _department(
            row,
            tuple(one.person_id for one in members[row.id]),
            tuple(_service(one) for one in offered[row.id]),
            _rota(turns[row.id], covers[row.id]),
        )
        for row in rows
        if row.archived_at is None
    ]


def _by_department(look: Look, statement: Select[Any], table: Table) -> dict[int, list[Row[Any]]]:
    grouped: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in look.connection.execute(statement.where(table.c.workspace_id == look.workspace_id)):
        grouped[row.department_id].append(row)
    return grouped


def _rota(turns: list[Row[Any]], covers: list[Row[Any]]) -> Rota:
    changes = tuple((one.day, one.person_id) for one in covers)
    if not turns:
        return Rota(covers=changes)
    return Rota(tuple(turns[0].people), turns[0].first_monday, changes)


def _department(row: Row[Any], member_ids: tuple[str, ...], offered: tuple[Service, ...], rota: Rota) -> Department:
    return Department(
        id=row.id,
        key=row.key,
        names=tuple(row.names),
        channel_id=row.channel_id,
        lead_id=row.lead_id,
        member_ids=member_ids,
        calendar=_calendar(row.time_zone, json.dumps(row.hours), row.country, row.region, tuple(row.closed_days)),
        lead_time=_lead_time(row.lead_time),
        locale=row.locale,
        ladder=_ladder(json.dumps(row.ladder)),
        guests_may_ask=row.guests_may_ask,
        usergroup_id=row.usergroup_id,
        services=offered,
        rota=rota,
    )


def _service(row: Row[Any]) -> Service:
    return Service(
        row.id,
        row.name,
        tuple(row.names),
        _lead_time(row.lead_time),
        row.owner_id,
        row.restate,
        tuple(Input.of(one) for one in row.inputs),
        row.done_means,
        row.promise,
        row.changed_by,
    )


@lru_cache(maxsize=4096)
def _calendar(zone: str, hours: str, country: str | None, region: str | None, closed: tuple[str, ...]) -> Calendar:
    """The same calendar object for the same words, as calendars remember the days they have worked out."""
    days = frozenset(date.fromisoformat(day) for day in closed)
    return Calendar(zone, Hours.parse(json.loads(hours)), country, region, days)


@lru_cache(maxsize=1024)
def _lead_time(text: str) -> LeadTime:
    return LeadTime.parse(text)


@lru_cache(maxsize=1024)
def _ladder(text: str) -> Ladder:
    return Ladder.parse(json.loads(text))


def _words(department: Department) -> tuple[str, ...]:
    return (department.key, *department.names)


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).strip().lstrip("@").strip().casefold()


def _likeness(wanted: str, name: str) -> float:
    """0 to 1. A part of a name is near; so is a name with a letter or two wrong."""
    if not wanted:
        return 0.0
    if name.startswith(wanted) or wanted.startswith(name):
        return 0.9
    return difflib.SequenceMatcher(None, wanted, name).ratio()
