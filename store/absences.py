"""`/away until monday deputy @sam`, and `/back`.

While somebody is away, new asks go to their deputy, and each of their open monkeys is offered to the deputy as a
baton. Until the deputy takes one, the person who is away still owns it. On return, what the deputy took and still has
is offered back.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from store import handoffs, moves, outbox, people, presence
from store.database import Act
from store.events import record
from store.queries import asks as reading
from store.refusals import CannotDeputise, DuePassed, EndsFirst, NotAway
from store.rules.lifecycle import Move, Stage
from store.snapshots import Ask
from store.tables import absences, asks, batons, custody

NOTE_AWAY = "away"  # worded when it is shown
NOTE_BACK = "back"


def leave(act: Act, until: datetime | None, deputy_id: str | None, since: datetime | None = None) -> None:
    """`act.actor_id` is away from `since` (now) to `until`. An absence that was named before is replaced.

    The deputy hears of it: by what is offered to them, otherwise that they stand in. Raises DuePassed when it would be
    over already, EndsFirst when it would end before it begins, CannotDeputise (why: oneself, not_here, away;
    each_other: they named this person for that time).
    """
    starts = max(since or act.now, act.now)
    if until is not None and until <= starts:
        raise EndsFirst(until, starts) if until > act.now else DuePassed(until)
    _check_deputy(act, deputy_id, starts, until)
    _end(act, act.actor_id or "")
    act.connection.execute(
        insert(absences),
        {
            "workspace_id": act.workspace_id,
            "person_id": act.actor_id,
            "deputy_id": deputy_id,
            "since": starts,
            "until": until,
        },
    )
    record(act, None, "away", {"until": until.isoformat() if until else None, "deputy": deputy_id})
    presence.forget(act)
    offered = 0
    if starts <= act.now:
        offered = _begin(replace(act, key=None), act.actor_id or "", deputy_id, until)  # the key is spent on the event
    if deputy_id is not None and not offered:
        outbox.post(
            act,
            "you_stand_in",
            person_id=deputy_id,
            by=act.actor_id,
            since=starts.isoformat() if starts > act.now else None,
            until=until.isoformat() if until else None,
        )


def come_back(act: Act) -> int:
    """`act.actor_id` is back. What their deputy took is offered back; returns how many asks. Raises NotAway."""
    person_id = act.actor_id or ""
    absence = presence.absence_of(act, person_id)
    if absence is None:
        raise NotAway
    _end(act, person_id)
    record(act, None, "back", {})
    # Baton offers it back: what somebody does themselves they are not told of, and they are to have the offer.
    return _offer_back(replace(act, key=None, actor_id=None), person_id, absence.deputy_id)


def turn(act: Act, limit: int = 50) -> int:
    """Begin the absences that begin now, end those that are over, of every workspace; returns how many."""
    rows = act.connection.execute(
        select(absences)
        .where(
            absences.c.ended_at.is_(None),
            (absences.c.begun_at.is_(None) & (absences.c.since <= act.now)) | (absences.c.until <= act.now),
        )
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        there = Act(act.connection, row.workspace_id, act.now, None, None, act.wrote_outbox)
        if row.until is not None and row.until <= act.now:
            _end(there, row.person_id)
            record(there, None, "back", {"person": row.person_id})
            _offer_back(there, row.person_id, row.deputy_id)
            outbox.post(there, "welcome_back", person_id=row.person_id)
        else:
            _begin(there, row.person_id, row.deputy_id, row.until)
    return len(rows)


def next_turn(connection: Connection) -> datetime | None:
    """When the next absence begins or is over, over all workspaces; None: none is planned."""
    begins = select(func.min(absences.c.since)).where(absences.c.ended_at.is_(None), absences.c.begun_at.is_(None))
    ends = select(func.min(absences.c.until)).where(absences.c.ended_at.is_(None))
    found = [connection.execute(statement).scalar() for statement in (begins, ends)]
    return min((instant for instant in found if instant is not None), default=None)


def _check_deputy(act: Act, deputy_id: str | None, since: datetime, until: datetime | None) -> None:
    if deputy_id is None:
        return
    deputy = people.find(act, deputy_id)
    if deputy_id == act.actor_id:
        raise CannotDeputise(deputy, "oneself")
    if not presence.can_own(deputy):
        raise CannotDeputise(deputy, "not_here")
    if presence.away(act, [deputy_id]):
        raise CannotDeputise(deputy, "away")
    theirs = presence.not_ended(act, [deputy_id]).get(deputy_id)
    if theirs is None or theirs.deputy_id != act.actor_id:
        return
    if (until is None or theirs.since < until) and (theirs.until is None or since < theirs.until):
        raise CannotDeputise(deputy, "each_other")


def _begin(act: Act, person_id: str, deputy_id: str | None, until: datetime | None) -> int:
    """Returns how many asks were offered to the deputy."""
    act.connection.execute(
        update(absences)
        .where(
            absences.c.workspace_id == act.workspace_id,
            absences.c.person_id == person_id,
            absences.c.ended_at.is_(None),
        )
        .values(begun_at=act.now)
    )
    if deputy_id is None or presence.away(act, [deputy_id]):
        return 0
    return handoffs.offer_for(act, _held_by(act, person_id), deputy_id, NOTE_AWAY, until=until)


def _offer_back(act: Act, person_id: str, deputy_id: str | None) -> int:
    """Recall what the deputy has not taken; offer back what they took meanwhile and still have."""
    if deputy_id is None:
        return 0
    for ask in _held_by(act, person_id):
        if ask.baton is not None and ask.baton.receiver.id == deputy_id and ask.baton.note == NOTE_AWAY:
            moves.overtake_baton(act, ask)
            moves.finish(act, ask, Move.RECALL, {"because": NOTE_BACK})
    taken = select(batons.c.ask_id).where(
        batons.c.workspace_id == act.workspace_id,
        batons.c.giver_id == person_id,
        batons.c.receiver_id == deputy_id,
        batons.c.answer == "taken",
        batons.c.note == NOTE_AWAY,
    )
    mine = {row.ask_id for row in act.connection.execute(taken)}
    held = [ask for ask in _held_by(act, deputy_id) if ask.id in mine] if mine else []
    return handoffs.offer_for(act, held, person_id, NOTE_BACK)


def _end(act: Act, person_id: str) -> None:
    act.connection.execute(
        update(absences)
        .where(
            absences.c.workspace_id == act.workspace_id,
            absences.c.person_id == person_id,
            absences.c.ended_at.is_(None),
        )
        .values(ended_at=act.now)
    )
    presence.forget(act)


def _held_by(act: Act, person_id: str) -> list[Ask]:
    held = select(custody.c.ask_id).where(
        custody.c.workspace_id == act.workspace_id, custody.c.owner_id == person_id, custody.c.until.is_(None)
    )
    return reading.chosen(
        act, asks.c.id.in_(held), asks.c.stage.in_((Stage.OPEN, Stage.ACKNOWLEDGED)), order_by=(asks.c.due,)
    )
