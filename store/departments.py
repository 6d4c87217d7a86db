"""The departments of a workspace: found by what people type after @, by who works there, by row.

`setting_up` makes them; they are read anew only after one of them changed.
"""

import difflib
import json
import secrets
import unicodedata
from collections import defaultdict
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, Row, Select, Table, bindparam, select, update

from store.database import Act, Look
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.ladder import BadLadder, Ladder
from store.rules.lead_time import LeadTime
from store.rules.offering import Input
from store.snapshots import Department, Rota, Service
from store.tables import departments, deputies, duty, duty_changes, memberships, services, workspaces


def all_of(look: Look) -> list[Department]:
    """Every department that takes asks, by name."""
    return [one for one in _known(look).values() if not one.archived]


def closed(look: Look) -> list[Department]:
    """The departments that were closed, by name: they take no asks, and their history stays."""
    return [one for one in _known(look).values() if one.archived]


def by_id(look: Look, department_id: int) -> Department:
    """The department with this row id, closed or not. Raises LookupError if it is not of this workspace."""
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


def desk(look: Look) -> Department | None:
    """The gray-zone desk, where asks land that fit no department; None where there is none."""
    return next((one for one in all_of(look) if one.is_gray_zone), None)


def everybody_of(department: Department) -> frozenset[str]:
    """Its lead, its members, and whoever stands on its rota."""
    return answering(department) | frozenset(department.member_ids)


def answering(department: Department) -> frozenset[str]:
    """Its lead and whoever stands on its rota: to whom asks go that name nobody."""
    covering = (who for _, who in department.rota.covers)
    return frozenset((department.lead_id, *department.rota.people, *covering))


def led_by(look: Look, person_id: str) -> list[Department]:
    """The departments that somebody leads."""
    return [one for one in all_of(look) if one.lead_id == person_id]


def of_person(look: Look, person_id: str) -> Department | None:
    """The department somebody works in or leads; the first that was set up, if there are several."""
    mine = [one for one in all_of(look) if person_id in one.member_ids]
    mine = mine or [one for one in all_of(look) if person_id == one.lead_id]
    return min(mine, key=lambda one: one.id, default=None)


def earliest(department: Department, service: Service | None, now: datetime) -> datetime:
    """The earliest time by which the department promises a result that is asked for at `now`.

    Raises NoWorkingTime when its calendar has none in the next year.
    """
    return department.calendar.add(now, service.lead_time if service else department.lead_time)


def are_at(act: Act, present: str | None) -> None:
    """The act holds the workspace's row, which has this stamp: what it read of the departments before may not hold."""
    if act.memo.get((_STAMP_READ, act.workspace_id), present) != present:
        act.memo.clear()
    act.memo[_STAMP, act.workspace_id] = present


def mark_desk(act: Act, department_id: int | None) -> None:
    """This department is the gray-zone desk from now on, and no other; None: there is none any more."""
    stamp(act)
    here = departments.c.workspace_id == act.workspace_id
    act.connection.execute(update(departments).where(here, departments.c.is_gray_zone).values(is_gray_zone=False))
    if department_id is not None:
        act.connection.execute(
            update(departments).where(here, departments.c.id == department_id).values(is_gray_zone=True)
        )


def stamp(act: Act) -> None:
    """Say that something about the departments changed: nobody may go on with what they read before.

    The stamp is random, so that one whose act was undone never comes again.
    """
    act.memo.clear()
    act.connection.execute(
        update(workspaces).where(workspaces.c.id == act.workspace_id).values(departments_stamp=secrets.token_hex(8))
    )


def _known(look: Look) -> dict[int, Department]:
    """The departments of the workspace by row id, ordered by name; read anew only when their stamp is another."""
    mine = (_known, look.workspace_id)
    if mine not in look.memo:
        present = look.memo.get((_STAMP, look.workspace_id)) or (
            look.connection.execute(_STAMP, {"workspace": look.workspace_id}).scalar()
        )
        kept = _KEPT.setdefault(look.connection.engine.pool, {})  # one for looks and acts
        held = kept.get(look.workspace_id)  # once: a look that is older than this one may be putting its own there
        if held is None or held[0] != present:
            found = sorted(_read(look), key=lambda department: department.name.casefold())
            held = kept[look.workspace_id] = (present, {department.id: department for department in found})
        look.memo[_STAMP_READ, look.workspace_id], look.memo[mine] = held
    return look.memo[mine]  # type: ignore[no-any-return]


_STAMP = select(workspaces.c.departments_stamp).where(workspaces.c.id == bindparam("workspace"))
_STAMP_READ = "departments_stamp"
_KEPT: WeakKeyDictionary[Pool, dict[str, tuple[str | None, dict[int, Department]]]] = WeakKeyDictionary()


def _read(look: Look) -> list[Department]:
    rows = look.connection.execute(select(departments).where(departments.c.workspace_id == look.workspace_id)).all()
    members = _by_department(look, select(memberships).order_by(memberships.c.person_id), memberships)
    offered = _by_department(
        look, select(services).where(services.c.archived_at.is_(None)).order_by(services.c.position), services
    )
    turns = _by_department(look, select(duty), duty)
    covers = _by_department(look, select(duty_changes).order_by(duty_changes.c.day), duty_changes)
    standing_in = _by_department(look, select(deputies).order_by(deputies.c.person_id), deputies)
    return [
        _department(
            row,
            tuple(one.person_id for one in members[row.id]),
            tuple(_service(one, json.dumps(row.ladder)) for one in offered[row.id]),
            _rota(turns[row.id], covers[row.id]),
            tuple((one.person_id, one.deputy_id) for one in standing_in[row.id]),
        )
        for row in rows
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


def _department(
    row: Row[Any],
    member_ids: tuple[str, ...],
    offered: tuple[Service, ...],
    rota: Rota,
    standing_in: tuple[tuple[str, str], ...],
) -> Department:
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
        deputies=standing_in,
        archived=row.archived_at is not None,
        is_gray_zone=row.is_gray_zone,
    )


def _service(row: Row[Any], ladder: str) -> Service:
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
        _ladder_with(ladder, json.dumps(row.ladder)) if row.ladder else None,
        row.ladder,
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


@lru_cache(maxsize=4096)
def _ladder_with(ladder: str, changes: str) -> Ladder | None:
    """A service's own ladder; None where a later change of the department's has left it without sense."""
    try:
        return _ladder(ladder).changed(json.loads(changes))
    except BadLadder:
        return None


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
