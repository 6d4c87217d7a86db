"""Asks as far as their ladders need to know them: a sweep reads many at once, and nothing that only cards show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, select

from store import departments
from store.database import Look
from store.queries.asks import TO_ASKER
from store.queries.nudged import TO_DEPUTY
from store.rules.lifecycle import Stage
from store.snapshots import Awaited, awaited
from store.tables import asks, batons, changes, custody, nudges, people, questions


class Asker(NamedTuple):
    """Who asked; `gone`: the account was deactivated."""

    id: str
    time_zone: str
    gone: bool


class Reached(NamedTuple):
    """A rung that was reached, and when."""

    rung: str
    fired_at: datetime


@dataclass(frozen=True, slots=True)
class Climbing:
    """An open ask. `offered_to`: the receiver of its baton, if there is one; the rest as in `snapshots.Ask`."""

    id: int
    number: int
    stage: Stage
    department_id: int
    service_id: int | None
    lead_id: str
    askers_lead_id: str | None
    asker: Asker
    owner_id: str
    owned_since: datetime
    due: datetime
    promise_number: int
    promised_at: datetime
    rush_reason: str | None
    filed_at: datetime
    acknowledged_at: datetime | None
    delivered_at: datetime | None
    deliveries: int
    fed_at: datetime
    awaited: Awaited | None
    offered_to: str | None


def several(look: Look, ask_ids: Iterable[int]) -> dict[int, Climbing]:
    """The open asks with these row ids, by id."""
    rows = look.connection.execute(_SEVERAL, {"workspace": look.workspace_id, "asks": list(ask_ids)})
    return {row.id: _climbing(look, row) for row in rows}


def reached(look: Look, climbing: Iterable[Climbing]) -> dict[int, list[Reached]]:
    """The rungs of their present promises that were reached already, by ask."""
    found: dict[int, list[Reached]] = {one.id: [] for one in climbing}
    for row in look.connection.execute(_REACHED, {"asks": list(found)}):
        found[row.ask_id].append(Reached(row.rung, row.fired_at))
    return found


_OF_THE_ASK = (
    *("id", "number", "stage", "department_id", "service_id", "asker_department_id", "asker_id", "due"),
    *("promise_number", "promised_at", "rush_reason", "filed_at", "acknowledged_at", "delivered_at"),
    *("deliveries", "fed_at"),
)
_SEVERAL = (
    select(
        *(asks.c[name] for name in _OF_THE_ASK),
        people.c.time_zone,
        people.c.deleted_at,
        custody.c.owner_id,
        custody.c.since,
        changes.c.id.label("change_id"),
        changes.c.offered_at,
        questions.c.id.label("question_id"),
        questions.c.asked_at,
        batons.c.receiver_id,
    )
    .select_from(asks)
    .join(custody, and_(custody.c.ask_id == asks.c.id, custody.c.until.is_(None)))
    .join(people, and_(people.c.workspace_id == asks.c.workspace_id, people.c.id == asks.c.asker_id))
    .outerjoin(changes, and_(changes.c.ask_id == asks.c.id, changes.c.answer.is_(None)))
    .outerjoin(questions, and_(questions.c.ask_id == asks.c.id, TO_ASKER))
    .outerjoin(batons, and_(batons.c.ask_id == asks.c.id, batons.c.answer.is_(None)))
    .where(asks.c.workspace_id == bindparam("workspace"), asks.c.id.in_(bindparam("asks", expanding=True)))
)
_REACHED = (
    select(nudges.c.ask_id, nudges.c.rung, nudges.c.fired_at)
    .join(asks, and_(asks.c.id == nudges.c.ask_id, asks.c.promise_number == nudges.c.promise_number))
    .where(
        nudges.c.ask_id.in_(bindparam("asks", expanding=True)),
        nudges.c.rung.not_like(f"%{TO_DEPUTY}"),  # the deputy's copies are no rungs of the ladder
    )
)


def _climbing(look: Look, row: Any) -> Climbing:
    home = row.asker_department_id
    question = (row.question_id, row.asked_at) if row.question_id is not None else None
    change = (row.change_id, row.offered_at) if row.change_id is not None else None
    return Climbing(
        id=row.id,
        number=row.number,
        stage=Stage(row.stage),
        department_id=row.department_id,
        service_id=row.service_id,
        lead_id=departments.by_id(look, row.department_id).lead_id,
        askers_lead_id=departments.by_id(look, home).lead_id if home is not None else None,
        asker=Asker(row.asker_id, row.time_zone, row.deleted_at is not None),
        owner_id=row.owner_id,
        owned_since=row.since,
        due=row.due,
        promise_number=row.promise_number,
        promised_at=row.promised_at,
        rush_reason=row.rush_reason,
        filed_at=row.filed_at,
        acknowledged_at=row.acknowledged_at,
        delivered_at=row.delivered_at,
        deliveries=row.deliveries,
        fed_at=row.fed_at,
        awaited=awaited(row.stage, question, change),
        offered_to=row.receiver_id,
    )
