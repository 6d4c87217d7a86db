"""Acknowledge: "I have it, I will deliver this by then". And every later change of that promise.

A later promise, or another result, counts only when the asker agrees: until then the asked one stands.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from store import moves, outbox
from store.database import Act
from store.queries import asks as reading
from store.refusals import DuePassed, DueTooFar, MustRestate, NothingChanged, NotNow
from store.rules.lifecycle import Move, Stage
from store.snapshots import Ask
from store.tables import changes

FARTHEST = timedelta(days=731)


def acknowledge(act: Act, number: int) -> Ask:
    """The owner commits to what was asked, by when it was asked. One click.

    Raises the refusals of `moves.begin`, and MustRestate where the service wants the owner's own words.
    """
    ask = moves.begin(act, number, Move.ACKNOWLEDGE)
    if ask.restate:
        raise MustRestate(ask)
    ask = moves.finish(act, ask, Move.ACKNOWLEDGE, acknowledged_at=act.now, fed_at=act.now)
    outbox.post(act, "acknowledged", ask_id=ask.id, person_id=ask.asker.id)
    return ask


def acknowledge_with_changes(act: Act, number: int, result: str | None, due: datetime) -> Ask:
    """The owner commits in their own words, or to another time. It counts as acknowledged at once.

    An earlier promise in the asked words holds at once; anything else waits for the asker's yes.
    Raises the refusals of `moves.begin`, DuePassed, DueTooFar, TooLong.
    """
    ask = moves.begin(act, number, Move.ACKNOWLEDGE)
    _nothing_asked(ask)
    result = moves.maybe_said("result", result)
    check_due(act, due)
    particulars = {"result": result, "due": due.isoformat()}
    if _needs_a_yes(ask, result, due):
        _offer(act, ask, result, due, None)
        ask = moves.finish(act, ask, Move.ACKNOWLEDGE, particulars, acknowledged_at=act.now, fed_at=act.now)
        outbox.post(act, "change_offered", ask_id=ask.id, person_id=ask.asker.id)
        return ask
    promised = promise_of(act, ask, due)
    ask = moves.finish(act, ask, Move.ACKNOWLEDGE, particulars, acknowledged_at=act.now, fed_at=act.now, **promised)
    outbox.post(act, "acknowledged", ask_id=ask.id, person_id=ask.asker.id)
    return ask


def offer_change(act: Act, number: int, result: str | None, due: datetime, reason: str | None) -> Ask:
    """The owner asks to move the promise, before or after it is due. The asker answers.

    An earlier promise needs no answer. Raises the refusals of `moves.begin`, NothingChanged, DuePassed, DueTooFar.
    """
    ask = moves.begin(act, number, Move.PROPOSE_CHANGE)
    _nothing_asked(ask)
    result, reason = moves.maybe_said("result", result), moves.maybe_said("reason", reason)
    check_due(act, due)
    if due == ask.due and result in (None, ask.result or ask.what):
        raise NothingChanged(ask)
    moves.overtake_change(act, ask)
    particulars = {"result": result, "due": due.isoformat(), "reason": reason}
    if not _needs_a_yes(ask, result, due):
        ask = moves.finish(act, ask, Move.PROPOSE_CHANGE, particulars, fed_at=act.now, **promise_of(act, ask, due))
        outbox.post(act, "promise_moved", ask_id=ask.id, person_id=ask.asker.id)
        return ask
    _offer(act, ask, result, due, reason)
    ask = moves.finish(act, ask, Move.PROPOSE_CHANGE, particulars, fed_at=act.now)
    outbox.post(act, "change_offered", ask_id=ask.id, person_id=ask.asker.id)
    return ask


def offer_earliest(act: Act, number: int) -> Ask:
    """The owner answers a rush with the earliest time that the department promised for it. The asker answers.

    Raises the refusals of `moves.begin`, NotNow where it is no rush any more or an offer is pending, MustRestate
    where the service wants the owner's own words, DuePassed.
    """
    ask = reading.by_number(act, number)
    move = Move.ACKNOWLEDGE if ask.stage is Stage.OPEN else Move.PROPOSE_CHANGE
    if ask.earliest is None or not ask.can_be_countered:
        ask = moves.begin(act, number, move)  # says so first to somebody whose move it is not
        raise MustRestate(ask) if ask.restates else NotNow(ask, move)
    if move is Move.ACKNOWLEDGE:
        return acknowledge_with_changes(act, number, None, ask.earliest)
    return offer_change(act, number, None, ask.earliest, None)


def agree(act: Act, number: int, change_id: int) -> Ask:
    """The asker says "Yes, that's it" to the offered change: it is the promise now.

    Raises the refusals of `moves.begin`, and NotNow when this change was answered or overtaken.
    """
    ask = moves.begin(act, number, Move.AGREE)
    change = ask.change
    if change is None or change.id != change_id:
        raise NotNow(ask, Move.AGREE)
    moves.overtake_change(act, ask, "agreed")
    ask = moves.finish(
        act,
        ask,
        Move.AGREE,
        {"change": change.id, "due": change.due.isoformat()},
        result=change.result or ask.result,
        fed_at=act.now,
        **promise_of(act, ask, change.due),
    )
    outbox.post(act, "change_agreed", ask_id=ask.id, person_id=ask.owner.id)
    return ask


def disagree(act: Act, number: int, change_id: int, missing: str) -> Ask:
    """The asker says "Not quite" and what is missing: what was asked stands.

    Raises the refusals of `moves.begin`, NothingSaid, and NotNow when this change was answered or overtaken.
    """
    ask = moves.begin(act, number, Move.DISAGREE)
    missing = moves.said("missing", missing)
    change = ask.change
    if change is None or change.id != change_id:
        raise NotNow(ask, Move.DISAGREE)
    moves.overtake_change(act, ask, "refused")
    ask = moves.finish(act, ask, Move.DISAGREE, {"change": change.id, "missing": missing}, fed_at=act.now)
    outbox.post(act, "change_refused", ask_id=ask.id, person_id=ask.owner.id, missing=missing)
    return ask


def promise_of(act: Act, ask: Ask, due: datetime) -> dict[str, Any]:
    """The columns of a promise for `due`: a new promise only if the time is another."""
    if due == ask.due:
        return {}
    return {"due": due, "promise_number": ask.promise_number + 1, "promised_at": act.now}


def _nothing_asked(ask: Ask) -> None:
    """One thing at a time waits for the asker: while they are asked a question no change is offered. Raises NotNow."""
    if ask.question is not None:
        raise NotNow(ask, Move.PROPOSE_CHANGE)


def _needs_a_yes(ask: Ask, result: str | None, due: datetime) -> bool:
    return due > ask.due or result not in (None, ask.result or ask.what)


def check_due(act: Act, due: datetime) -> None:
    """Raises DuePassed for a time that is over, DueTooFar for one more than two years ahead."""
    if due <= act.now:
        raise DuePassed(due)
    if due > act.now + FARTHEST:
        raise DueTooFar(due)


def _offer(act: Act, ask: Ask, result: str | None, due: datetime, reason: str | None) -> None:
    changed = result if result not in (None, ask.result or ask.what) else None
    act.connection.execute(
        insert(changes).values(
            workspace_id=act.workspace_id,
            ask_id=ask.id,
            offered_by=act.actor_id,
            offered_at=act.now,
            result=changed,
            due=due,
            reason=reason,
        )
    )
