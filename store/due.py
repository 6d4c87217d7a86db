"""What is due as of now: nudges, and silent deliveries that lapse. Any number of processes may ask at once.

A rung is fired by its row in `nudges`, which can exist once only; the message goes to the outbox in the same
transaction. So a nudge comes once, or late, but is never lost.
"""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store import delivering, nudging, outbox, presence
from store.database import Act, alone_with
from store.queries import asks as reading
from store.queries import nudged
from store.rules.ladder import Due, Rung
from store.snapshots import Ask
from store.tables import Sending, asks, nudge_plans, nudges
from store.tables import outbox as outbox_table

TOGETHER = timedelta(minutes=10)  # nudges for one person that are due this close to each other are one message
BATCH = 100  # people who are nudged in one act
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
        for row in rows:
            _fire(there, found[row.ask_id], row.unanswered, row.snoozed_until)
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
            .order_by(nudge_plans.c.at)
            .with_for_update(skip_locked=True)
        ).all()
    return claimed


def next_nudge(connection: Connection) -> datetime | None:
    """When the next nudge is due, over all workspaces."""
    return connection.execute(select(func.min(nudge_plans.c.at))).scalar()


def _fire(act: Act, ask: Ask, unanswered: int, snoozed_until: datetime | None) -> None:
    """Fire the rungs of one ask that are due, and keep when the next one is."""
    while (due := nudging.next_due(act, ask, unanswered, snoozed_until)) and _goes_now(act, ask, due):
        if due.kind is Rung.NO_VERDICT:
            delivering.lapse(act, ask.number)
            return
        receiver_id = nudging.receiver(ask, due)
        if _reach(act, ask, due, due.rung, receiver_id):
            _tell(act, ask, due, due.rung, receiver_id)
            unanswered += due.to == "owner"
            _tell_the_deputy(act, ask, due)
    act.connection.execute(update(nudge_plans).where(nudge_plans.c.ask_id == ask.id).values(unanswered=unanswered))
    nudging.plan(act, ask)


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
        _tell(act, ask, due, rung, deputy_id)


def _reach(act: Act, ask: Ask, due: Due, reached: str, receiver_id: str) -> bool:
    """Write that this rung was reached. False if it was already: the constraint knows, whoever is asking."""
    dialect = postgresql if act.connection.dialect.name == "postgresql" else sqlite
    fresh = False
    for rung in (reached, *due.covers):
        done = act.connection.execute(
            dialect.insert(nudges)
            .values(
                workspace_id=act.workspace_id,
                ask_id=ask.id,
                promise_number=ask.promise_number,
                rung=rung,
                receiver_id=receiver_id,
                due_at=due.meant_for,
                fired_at=act.now,
            )
            .on_conflict_do_nothing()
            .returning(nudges.c.id)
        ).scalar()
        if rung == reached:
            fresh = done is not None
    return fresh


def _tell(act: Act, ask: Ask, due: Due, rung: str, receiver_id: str) -> None:
    """Put the nudge into the one message that waits for this person, or into a new one."""
    message = "lead_told" if due.to == "lead" else "nudges"
    waiting = act.connection.execute(
        select(outbox_table.c.id).where(
            outbox_table.c.workspace_id == act.workspace_id,
            outbox_table.c.person_id == receiver_id,
            outbox_table.c.message == message,
            outbox_table.c.state == Sending.WAITING,
            outbox_table.c.attempts == 0,
        )
    ).scalar()
    outbox_id = waiting or outbox.post(act, message, person_id=receiver_id)
    act.connection.execute(
        update(nudges)
        .where(
            nudges.c.ask_id == ask.id,
            nudges.c.promise_number == ask.promise_number,
            nudges.c.rung == rung,
        )
        .values(outbox_id=outbox_id)
    )
