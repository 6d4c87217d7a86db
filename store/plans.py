"""A department as the YAML file and the forms of `/dept` want it: plain words and Slack's ids, without row ids.

What belongs to which part of `/dept` is said here too: a form changes one part, and knows by the mark of the part
whether somebody else changed it meanwhile.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from store.rules.offering import Input
from store.rules.permissions import Matter
from store.snapshots import Department, Rota


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
    ladder: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """A department as it is wanted, with Slack's ids for people and channel. `hours` etc. as in the YAML file.

    `rota` and `deputies` None: as they are. Deputies are (person, who stands in) by the person's id.
    """

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
    rota: Rota | None = None
    deputies: tuple[tuple[str, str], ...] | None = None
    is_gray_zone: bool = False


FIELDS: dict[Matter, tuple[str, ...]] = {
    Matter.PEOPLE: ("lead_id", "member_ids"),
    Matter.DEPUTIES: ("deputies",),
    Matter.ROTA: ("rota",),
    Matter.HOURS: ("time_zone", "hours", "country", "region", "closed_days"),
    Matter.LEAD_TIME: ("lead_time",),
    Matter.LADDER: ("ladder",),
    Matter.SERVICES: ("services",),
}


def part_of(field: str) -> Matter:
    """The part of `/dept` that a field of a plan belongs to."""
    return next((part for part, held in FIELDS.items() if field in held), Matter.NAMES)


def of_part(plan: Plan, part: Matter) -> dict[str, Any]:
    """The fields of one part, as JSON has them."""
    return {one.name: _plain(getattr(plan, one.name)) for one in fields(Plan) if part_of(one.name) is part}


def mark(plan: Plan, part: Matter) -> str:
    """Names what stands in a part: another one means that the part was changed."""
    written = json.dumps(of_part(plan, part), sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


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
                dict(one.ladder_changes),
            )
            for one in department.services
        ),
        rota=department.rota,
        deputies=department.deputies,
        is_gray_zone=department.is_gray_zone,
    )


def _plain(value: Any) -> Any:
    """Dataclasses, tuples and days in the shapes that JSON knows."""
    if isinstance(value, Rota):
        covers = {day.isoformat(): person_id for day, person_id in value.covers}
        first = value.first_monday.isoformat() if value.first_monday else None
        return {"people": list(value.people), "first_monday": first, "covers": covers}
    if isinstance(value, ServicePlan):
        return {name: _plain(one) for name, one in asdict(value).items()}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
