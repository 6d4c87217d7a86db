"""When the next nudge about an ask is due, worked out anew after every move and kept in one row.

The ladder itself is pure (`rules/ladder.py`); here it is given what it needs to know. `due.py` fires what is due.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from store import departments, people, preferences
from store.database import Act, Look
from store.queries.climbing import Asker, Climbing, Reached
from store.queries.nudged import TO_DEPUTY
from store.rules import ladder, quiet
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.ladder import Due, Receiver, Rung, Standing
from store.rules.lifecycle import Stage
from store.rules.quiet import NO_PREFERENCES, Wait
from store.snapshots import Ask, Department, Person
from store.tables import asks, nudge_plans, nudges

OnLadder = Ask | Climbing
NOBODY_WAITS: Mapping[Receiver, Wait] = MappingProxyType({})


def plan_new(several: Sequence[tuple[Act, Ask]]) -> None:
    """Keep when the next nudge about each ask is due; all have just been filed, so there is nothing to look up."""
    rows = [_new_row(act, ask, next_due(act, ask, 0, None, reached=())) for act, ask in several]
    several[0][0].connection.execute(_PLAN, rows)


def plan(act: Act, ask: Ask, *, answered: bool = False, waits: Mapping[Receiver, Wait] = NOBODY_WAITS) -> None:
    """Keep when the next nudge is due. `answered`: the owner has just done something, so the count starts anew.

    `waits`: who hears nothing before when; their preferences are looked at when a nudge is due, not here.
    """
    if not ask.is_open:
        return
    row = act.connection.execute(_PLANNED, {"ask": ask.id}).first()
    if row is None:
        act.connection.execute(_PLAN, _new_row(act, ask, next_due(act, ask, 0, None, waits), waits))
        return
    unanswered = 0 if answered else row.unanswered
    due = next_due(act, ask, unanswered, row.snoozed_until, waits)
    act.connection.execute(_PLAN_ANEW, {"ask": ask.id} | _columns(ask, due, unanswered, waits))


def _new_row(act: Act, ask: Ask, due: Due | None, waits: Mapping[Receiver, Wait] = NOBODY_WAITS) -> dict[str, Any]:
    new = {"ask_id": ask.id, "workspace_id": act.workspace_id, "snoozed_until": None}
    return new | _columns(ask, due, 0, waits)


@dataclass(frozen=True, slots=True)
class Planned:
    """What is to be kept of an ask: `due` is its next nudge, and so many before were not answered."""

    ask: OnLadder
    due: Due | None
    unanswered: int
    waits: Mapping[Receiver, Wait]


def keep(act: Act, planned: Iterable[Planned]) -> None:
    """Keep when the next nudges of these asks are due, all of which were planned before."""
    rows = [{"ask": one.ask.id} | _columns(one.ask, one.due, one.unanswered, one.waits) for one in planned]
    if rows:
        act.connection.execute(_PLAN_ANEW, rows)


def _columns(ask: OnLadder, due: Due | None, unanswered: int, waits: Mapping[Receiver, Wait]) -> dict[str, Any]:
    waiting = waits.get(due.to) if due else None
    return {
        "at": due.at if due else None,
        "rung": due.rung if due else None,
        "receiver_id": receiver(ask, due) if due else None,
        "unanswered": unanswered,
        "held_by": waiting.because if waiting else None,
    }


_PLANNED = select(nudge_plans).where(nudge_plans.c.ask_id == bindparam("ask"))
_PLAN = insert(nudge_plans)
_PLAN_ANEW = update(nudge_plans).where(nudge_plans.c.ask_id == bindparam("ask"))


def snooze(act: Act, ask: Ask, until: datetime) -> None:
    """Nothing about this ask goes to its owner before `until`."""
    act.connection.execute(update(nudge_plans).where(nudge_plans.c.ask_id == ask.id).values(snoozed_until=until))


def look_again(act: Act, department: Department) -> None:
    """Its ladder is another: what is open there comes up in the next sweep, which plans it anew."""
    open_there = select(asks.c.id).where(
        asks.c.workspace_id == act.workspace_id, asks.c.department_id == department.id, asks.c.stage != Stage.CLOSED
    )
    act.connection.execute(
        update(nudge_plans)
        .where(nudge_plans.c.ask_id.in_(open_there))
        .values(at=act.now, receiver_id=func.coalesce(nudge_plans.c.receiver_id, department.lead_id))
    )


def next_due(
    look: Look,
    ask: OnLadder,
    unanswered: int,
    snoozed_until: datetime | None,
    waits: Mapping[Receiver, Wait] = NOBODY_WAITS,
    reached: Sequence[Reached] | None = None,
) -> Due | None:
    """The next rung of an open ask as of `look.now`, with its instant and who receives it, or None.

    `waits`: who hears nothing before when. `reached`: the rungs reached already, where that is known.
    """
    return ladder.first_of(to_come(look, ask, unanswered, snoozed_until, waits, reached))


def to_come(
    look: Look,
    ask: OnLadder,
    unanswered: int,
    snoozed_until: datetime | None,
    waits: Mapping[Receiver, Wait] = NOBODY_WAITS,
    reached: Sequence[Reached] | None = None,
) -> list[Due]:
    """The rungs that are still to come, of which the ladder says the next; see `next_due`."""
    department = departments.by_id(look, ask.department_id)
    climbed = department.ladder_of(ask.service_id)
    is_led = ask.lead_id != ask.owner_id
    asker_hears = ask.stage is Stage.DELIVERED or ask.awaited is not None
    # Nobody leads an owner who leads: once they answer nothing, it is the asker who hears that it is late.
    asker_hears |= not is_led and unanswered >= climbed.unanswered and ask.asker.id != ask.owner_id
    return ladder.to_come(
        _standing(look, ask, unanswered, snoozed_until, _reached(look, ask) if reached is None else reached),
        climbed,
        owner=department.calendar,
        lead=department.calendar if is_led else None,
        asker=calendar_of(look, ask.asker) if asker_hears else None,
        now=look.now,
        resting={to: wait.until for to, wait in waits.items()},
    )


def left_to_come(look: Look, ask: OnLadder, dues: Sequence[Due], sent: Due, unanswered: int) -> list[Due] | None:
    """What `to_come` would find after `sent`, so far as that is plain; None: look again."""
    climbed = departments.by_id(look, ask.department_id).ladder_of(ask.service_id)
    return ladder.left_of(dues, sent, ask.due) if unanswered < climbed.unanswered else None


def wait(look: Look, ask: OnLadder, due: Due, snoozed_until: datetime | None) -> Wait | None:
    """Until when a rung that is due has to wait, by what its receiver chose under "My nudges"; None: it goes now."""
    person_id = receiver(ask, due)
    chosen = preferences.of(look, person_id)
    if chosen == NO_PREFERENCES or (due.to == "owner" and at_any_hour(look, ask)):
        return None
    person = people.several(look, [person_id]).get(person_id)
    zone = person.time_zone if person else "UTC"
    return quiet.wait(chosen, zone, receivers_calendar(look, ask, due), due, ask.due, look.now, snoozed_until)


def at_any_hour(look: Look, ask: OnLadder) -> bool:
    """Whether this is a rush whose owner wants to hear of it at night, too."""
    return ask.rush_reason is not None and preferences.of(look, ask.owner_id).rush_at_any_hour


def receiver(ask: OnLadder, due: Due) -> str:
    """Whom a rung is for. An asker who has left is stood in for by their lead."""
    asker_id = ask.askers_lead_id if ask.asker.gone and ask.askers_lead_id else ask.asker.id
    return {"owner": ask.owner_id, "lead": ask.lead_id, "asker": asker_id}[due.to]


def receivers_calendar(look: Look, ask: OnLadder, due: Due) -> Calendar:
    """When the receiver of a rung works."""
    return calendar_of(look, ask.asker) if due.to == "asker" else departments.by_id(look, ask.department_id).calendar


def _reached(look: Look, ask: OnLadder) -> Sequence[Reached]:
    """The rungs of the present promise that were reached already, and when."""
    rows = look.connection.execute(_REACHED, {"ask": ask.id, "promise": ask.promise_number})
    return [Reached(row.rung, row.fired_at) for row in rows]


_REACHED = select(nudges.c.rung, nudges.c.fired_at).where(
    nudges.c.ask_id == bindparam("ask"),
    nudges.c.promise_number == bindparam("promise"),
    nudges.c.rung.not_like(f"%{TO_DEPUTY}"),  # the deputy's copies are no rungs of the ladder
)


def _standing(
    look: Look, ask: OnLadder, unanswered: int, snoozed_until: datetime | None, rows: Sequence[Reached]
) -> Standing:
    """The ask as the ladder sees it."""
    awaited = ask.awaited
    return Standing(
        stage=ask.stage,
        filed_at=ask.filed_at,
        due=ask.due,
        owned_since=ask.owned_since,
        acknowledged_at=ask.acknowledged_at,
        delivered_at=ask.delivered_at,
        promised_at=ask.promised_at,
        promise_number=ask.promise_number,
        last_fed_at=ask.fed_at if ask.fed_at > ask.filed_at else None,
        starved_at=_newest(rows, Rung.STARVING),
        sent=frozenset(row.rung for row in rows),
        unanswered=unanswered,
        snoozed_until=snoozed_until,
        delivery_number=max(1, ask.deliveries),
        at_any_hour=at_any_hour(look, ask),
        verdict_asked_at=_newest(rows, f"{Rung.VERDICT}:2"),
        waits_for_asker=awaited is not None and awaited.holds,
        waits_since=awaited.since if awaited else None,
        waits_mark=awaited.mark if awaited else "",
        lead_asked_at=_newest(rows, Rung.LEAD_SILENT, f"{Rung.HOLDS}:"),
        asker_told_at=_newest(rows, f"{Rung.ASKER_LATE}:"),
        answer_asked_at=_newest(rows, f"{Rung.ANSWER}:2@{awaited.mark}") if awaited else None,
    )


def _newest(rows: Iterable[Reached], *rungs: str) -> datetime | None:
    """When a rung whose key begins like one of these was reached last, or None."""
    return max((row.fired_at for row in rows if row.rung.startswith(rungs)), default=None) if rows else None


def calendar_of(look: Look, person: Person | Asker) -> Calendar:
    """When somebody works: as their department does, otherwise an office week in their own time zone."""
    mine = (calendar_of, look.workspace_id, person.id)
    if mine not in look.memo:
        department = departments.of_person(look, person.id)
        look.memo[mine] = department.calendar if department else office_week(person.time_zone)
    return look.memo[mine]  # type: ignore[no-any-return]


@lru_cache(maxsize=512)
def office_week(zone: str) -> Calendar:
    """Monday to Friday, nine to five: for people who belong to no department."""
    return Calendar(zone, Hours.parse({"mon-fri": "09:00-17:00"}))
