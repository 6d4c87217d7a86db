"""What is due as of now: nudges, and silent deliveries that lapse. Any number of processes may ask at once.

A rung is fired by its row in `nudges`, which can exist once only; the message goes to the outbox in the same
transaction. So a nudge comes once, or late, but is never lost.
"""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store import delivering, nudging, outbox, preferences, presence
from store.database import Act, Happening, alone_with
from store.queries import asks as reading
from store.queries import nudged
from store.rules import quiet
from store.rules.ladder import Due, Receiver, Rung
from store.rules.quiet import Wait
from store.snapshots import Ask
from store.tables import Sending, asks, nudge_plans, nudges
from store.tables import outbox as outbox_table

TOGETHER = timedelta(minutes=10)  # nudges for one person that are due this close to each other are one message
BATCH = 100  # people who are nudged in one act
MOST_ASKS = 300  # dealt with in one act: a department whose ladder was changed is planned anew bit by bit
SEEN = 1000  # of the nudges that are due, from which these people are taken


def nudge(act: Act, limit: int = BATCH) -> int:
    """Fire the nudges that are due, of every workspace; returns how many asks were dealt with (0: nothing is due)."""
    claimed = _claim(act, limit)
    by_workspace: dict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    for row in claimed:
        by_workspace[row.workspace_id].append(row)
    for workspace_id, rows in by_workspace.items():
        there = replace(act, workspace_id=workspace_id)
        found = {ask.id: ask for ask in reading.listed(there, asks.c.id.in_([row.ask_id for row in rows]))}
        preferences.several(there, {who for ask in found.values() for who in (ask.owner.id, ask.lead_id, ask.asker.id)})
        for row in rows:
            _fire(there, found[row.ask_id], row)
    return len(claimed)


def _claim(act: Act, limit: int) -> list[Row[tuple[object, ...]]]:
    """What is due, and what is due a little later for people who are nudged now anyway.

    One process at a time nudges one person, so that what belongs together is one message.
    """
    found = act.connection.execute(
        select(nudge_plans.c.workspace_id, nudge_plans.c.receiver_id)
        .where(nudge_plans.c.at <= act.now)
        .order_by(nudge_plans.c.at)
        .limit(SEEN)
    ).all()
    people = list(dict.fromkeys((row.workspace_id, row.receiver_id) for row in found))
    if len(people) > limit:
        people = random.sample(people, limit)
    free = alone_with(act, (f"nudge {workspace_id} {person_id}" for workspace_id, person_id in people))
    receivers: dict[str, set[str]] = defaultdict(set)
    for workspace_id, person_id in people:
        if f"nudge {workspace_id} {person_id}" in free:
            receivers[workspace_id].add(person_id)
    claimed: list[Row[tuple[object, ...]]] = []
    for workspace_id, ids in receivers.items():
        claimed += act.connection.execute(
            select(nudge_plans)
            .where(
                nudge_plans.c.workspace_id == workspace_id,
                nudge_plans.c.receiver_id.in_(ids),
                nudge_plans.c.at <= act.now + TOGETHER,
            )
            .order_by(nudge_plans.c.receiver_id, nudge_plans.c.at)
            .limit(MOST_ASKS)
            .with_for_update(skip_locked=True)
        ).all()
    return _whole_people(claimed)


def _whole_people(claimed: list[Row[tuple[object, ...]]]) -> list[Row[tuple[object, ...]]]:
    """Without the last one's, if they may have more: they are next. Only who has very many is nudged in parts."""
    last = claimed[-1].receiver_id if len(claimed) >= MOST_ASKS else None
    return [row for row in claimed if row.receiver_id != last] or claimed


def next_nudge(connection: Connection) -> datetime | None:
    """When the next nudge is due, over all workspaces."""
    return connection.execute(select(func.min(nudge_plans.c.at))).scalar()


def _fire(act: Act, ask: Ask, planned: Row[Any]) -> None:
    """Fire the rungs of one ask that are due, as far as their receivers want to hear now, and keep when the next is."""
    unanswered, snoozed_until = planned.unanswered, planned.snoozed_until
    waits: dict[Receiver, Wait] = {}
    while (due := nudging.next_due(act, ask, unanswered, snoozed_until, waits)) and _goes_now(act, ask, due):
        if due.to in waits:
            break
        if wait := nudging.wait(act, ask, due, snoozed_until):
            waits[due.to] = wait
            continue
        if due.kind is Rung.NO_VERDICT:
            delivering.lapse(act, ask.number)
            return
        receiver_id = nudging.receiver(ask, due)
        held_by = planned.held_by if receiver_id == planned.receiver_id else None
        if _reach(act, ask, due, due.rung, receiver_id, held_by):
            late = (act.now - planned.at).total_seconds()
            act.happenings.append(Happening(act.workspace_id, None, "nudge", ask.number, late))
            _tell(act, ask, due, due.rung, receiver_id)
            unanswered += due.to == "owner"
            _tell_the_deputy(act, ask, due)
    nudging.keep(act, ask, due, unanswered, waits)


def _goes_now(act: Act, ask: Ask, due: Due) -> bool:
    """Whether a rung is due, or so soon that it goes along; never before its receiver is at work."""
    if due.at <= act.now:
        return True
    return due.at <= act.now + TOGETHER and nudging.receivers_calendar(act, ask, due).is_open(act.now)


def _tell_the_deputy(act: Act, ask: Ask, due: Due) -> None:
    """While the owner is away, nudges go to the deputy it is offered to as well, until they take it."""
    if due.to != "owner" or ask.baton is None or not presence.away(act, [ask.owner.id]):
        return
    rung, deputy_id = f"{due.rung}{nudged.TO_DEPUTY}", ask.baton.receiver.id
    if _reach(act, ask, due, rung, deputy_id):
        calendar = nudging.calendar_of(act, ask.baton.receiver)
        chosen = preferences.of(act, deputy_id)
        _tell(act, ask, due, rung, deputy_id, quiet.may_hear(chosen, ask.baton.receiver.time_zone, calendar, act.now))


def _reach(act: Act, ask: Ask, due: Due, reached: str, receiver_id: str, held_by: str | None = None) -> bool:
    """Write that this rung was reached. False if it was already: the constraint knows, whoever is asking."""
    write = _REACHED[act.connection.dialect.name]
    fresh = False
    for rung in (reached, *due.covers):
        done = act.connection.execute(
            write,
            {
                "workspace_id": act.workspace_id,
                "ask_id": ask.id,
                "promise_number": ask.promise_number,
                "rung": rung,
                "receiver_id": receiver_id,
                "due_at": due.meant_for,
                "fired_at": act.now,
                "held_by": held_by,
            },
        ).scalar()
        if rung == reached:
            fresh = done is not None
    return fresh


_REACHED = {  # built once, as all statements of a sweep are: there are a dozen for each nudge
    "postgresql": postgresql.insert(nudges).on_conflict_do_nothing().returning(nudges.c.id),
    "sqlite": sqlite.insert(nudges).on_conflict_do_nothing().returning(nudges.c.id),
}


def _tell(act: Act, ask: Ask, due: Due, rung: str, receiver_id: str, not_before: datetime | None = None) -> None:
    """Put the nudge into the one message that waits for this person, or into a new one.

    One that rests while they do not want to be disturbed takes all along but a rush that may come at any hour.
    """
    message = "lead_told" if due.to == "lead" else "nudges"
    at_once = due.to == "owner" and nudging.at_any_hour(act, ask)
    waiting = act.connection.execute(
        _WAITS_NOW if at_once else _WAITS,
        {"workspace": act.workspace_id, "person": receiver_id, "message": message, "now": act.now},
    ).scalar()
    outbox_id = waiting or outbox.post(act, message, person_id=receiver_id, not_before=not_before)
    act.connection.execute(
        _GOES_WITH, {"ask": ask.id, "promise": ask.promise_number, "reached": rung, "message_id": outbox_id}
    )


_WAITS = select(outbox_table.c.id).where(
    outbox_table.c.workspace_id == bindparam("workspace"),
    outbox_table.c.person_id == bindparam("person"),
    outbox_table.c.message == bindparam("message"),
    outbox_table.c.state == Sending.WAITING,
    outbox_table.c.attempts == 0,
)
_WAITS_NOW = _WAITS.where(outbox_table.c.not_before <= bindparam("now"))
_GOES_WITH = (
    update(nudges)
    .where(
        nudges.c.ask_id == bindparam("ask"),
        nudges.c.promise_number == bindparam("promise"),
        nudges.c.rung == bindparam("reached"),
    )
    .values(outbox_id=bindparam("message_id"))
)
