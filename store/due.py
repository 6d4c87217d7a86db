"""What is due as of now: nudges, and silent deliveries that lapse. Any number of processes may ask at once.

A rung is fired by its row in `nudges`, which can exist once only; the message goes to the outbox in the same
transaction. So a nudge comes once, or late, but is never lost.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from store import delivering, nudging, people, preferences, presence, reaching
from store.database import Act, Happening, alone_with
from store.firing import TOGETHER, Firing, Looked
from store.nudging import Planned
from store.queries import climbing
from store.queries.climbing import Climbing
from store.queries.nudged import TO_DEPUTY
from store.rules.quiet import NO_PREFERENCES
from store.snapshots import Person
from store.tables import nudge_plans

BATCH = 50  # people who are nudged in one act
MOST_ASKS = 300  # dealt with in one act: a department whose ladder was changed is planned anew bit by bit
SEEN = 500  # of the nudges that are due, from which these people are taken


def nudge(act: Act, limit: int = BATCH) -> int:
    """Fire the nudges that are due, of every workspace; returns how many asks were dealt with (0: nothing is due)."""
    claimed = _claim(act, limit)
    by_workspace: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in claimed:
        by_workspace[row.workspace_id].append(row)
    for workspace_id, rows in by_workspace.items():
        _sweep(replace(act, workspace_id=workspace_id), rows)
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


def _sweep(act: Act, rows: Sequence[Row[Any]]) -> None:
    """Fire what is due of one workspace: read all of it, decide, write all of it, so that many cost few statements."""
    found = climbing.several(act, [row.ask_id for row in rows])
    reached = climbing.reached(act, found.values())
    deputies = _meet(act, found.values())
    looks = [Looked(found[row.ask_id], row, reached[row.ask_id]) for row in rows]
    for one in looks:
        one.decide(act, deputies)
    fresh = set(reaching.reach(act, [firing for one in looks for firing in one.firings]))
    for one in looks:
        _count(act, one, fresh)
    nudging.keep(act, [Planned(one.ask, one.due, one.unanswered, one.waits) for one in looks if not one.lapses])
    for one in looks:
        if one.lapses:
            delivering.lapse(act, one.ask.number)


def _meet(act: Act, found: Collection[Climbing]) -> dict[str, Person]:
    """Read in few statements what is asked of all these people: what they chose, and who is away.

    Returns those to whom an owner who is away has offered a baton.
    """
    offered = [one for one in found if one.offered_to is not None]
    gone_for_now = presence.away(act, {one.owner_id for one in offered} | {one.lead_id for one in found})
    deputies = {one.offered_to for one in offered if one.offered_to and one.owner_id in gone_for_now}
    everybody = {who for one in found for who in (one.owner_id, one.lead_id, one.asker.id, one.askers_lead_id) if who}
    preferences.several(act, everybody | deputies)
    choosy = {who for who in everybody if preferences.of(act, who) != NO_PREFERENCES}
    known = people.several(act, choosy | deputies)
    return {who: known[who] for who in deputies if who in known}


def _count(act: Act, looked: Looked, fresh: Collection[Firing]) -> None:
    """Say what was reached to whoever counts. What another process reached at the same time counts there."""
    mine = [one for one in looked.firings if not one.rung.endswith(TO_DEPUTY)]
    late = (act.now - looked.planned.at).total_seconds()
    for one in mine:
        if one in fresh:
            act.happenings.append(Happening(act.workspace_id, None, "nudge", one.ask.number, late))
    theirs = sum(1 for one in mine if one not in fresh and one.due.to == "owner")
    if theirs:
        looked.look_again(act, looked.unanswered - theirs)
