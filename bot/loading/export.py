"""`python -m bot export`: the ledger's departments as the YAML file that `load` reads; loading it changes nothing."""

from typing import Any

import yaml

from store import departments, people
from store.database import Look
from store.plans import Plan, as_plan
from store.rules.ladder import Ladder
from store.rules.offering import Input
from store.snapshots import Department


def export(look: Look) -> str:
    """The YAML text of all departments. People by @handle, channels and user groups by id."""
    found = departments.all_of(look)
    written = [_department(look, department) for department in found]
    return yaml.safe_dump({"departments": written}, allow_unicode=True, sort_keys=False, width=110)


def _department(look: Look, department: Department) -> dict[str, Any]:
    plan = as_plan(department)
    owners = {service.owner_id for service in plan.services if service.owner_id}
    rota, deputies = department.rota, department.deputies
    on_duty = {*rota.people, *(person_id for _, person_id in rota.covers)}
    standing_in = {person_id for pair in deputies for person_id in pair}
    named = _handles(look, {plan.lead_id, *plan.member_ids, *owners, *on_duty, *standing_in})
    standard = Ladder().as_yaml()
    written: dict[str, Any] = {
        "key": plan.key,
        "names": list(plan.names),
        "channel": plan.channel_id,
        "lead": named[plan.lead_id],
        "members": [named[one] for one in plan.member_ids],
        "time_zone": plan.time_zone,
        "hours": plan.hours,
        "holidays": _holidays(plan),
        "closed_days": list(plan.closed_days),
        "lead_time": plan.lead_time,
        "language": plan.locale,
        "ladder": {rung: value for rung, value in plan.ladder.items() if standard[rung] != value},
        "guests_may_ask": plan.guests_may_ask,
        "usergroup": plan.usergroup_id,
        "gray_zone": plan.is_gray_zone,
        "services": [
            {
                "name": service.name,
                "names": list(service.names[1:]),
                "lead_time": service.lead_time,
                "owner": named.get(service.owner_id or ""),
                "restate": service.restate,
                "inputs": [_input(one) for one in service.inputs],
                "done_means": service.done_means,
                "promise": service.promise,
                "ladder": service.ladder,
            }
            for service in plan.services
        ],
        "rota": _filled(
            {
                "people": [named[one] for one in rota.people],
                "first_monday": rota.first_monday.isoformat() if rota.first_monday else None,
                "covers": {day.isoformat(): named[person_id] for day, person_id in rota.covers},
            }
        ),
        "deputies": {named[person_id]: named[deputy_id] for person_id, deputy_id in deputies},
    }
    written["services"] = [_filled(service) for service in written["services"]]
    return _filled(written)


def _input(needed: Input) -> str | dict[str, Any]:
    if needed.required and not needed.help:
        return needed.name
    written = _filled({"name": needed.name, "help": needed.help or None})
    return written if needed.required else written | {"required": False}


def _handles(look: Look, person_ids: set[str]) -> dict[str, str]:
    """How people are written: by handle, or by id where that would not lead back to them."""
    found: dict[str, str] = {}
    for person_id, person in people.several(look, person_ids).items():
        again = people.called(look, person.handle) if person.handle else None
        found[person_id] = f"@{person.handle}" if again and again.id == person_id else person_id
    return {one: found.get(one, one) for one in person_ids}


def _holidays(plan: Plan) -> str | None:
    return f"{plan.country}-{plan.region}" if plan.region else plan.country


def _filled(entries: dict[str, Any]) -> dict[str, Any]:
    """Without what the file need not say."""
    return {key: value for key, value in entries.items() if value not in (None, [], {}, False)}
