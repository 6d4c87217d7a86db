"""Ask for it as a rush: the asker would have something sooner than promised, and says why.

A promise is the owner's alone, so nothing moves by this: the owner, and their lead, read it, and the owner commits to
the earlier time with one click or offers another. Then it is a rush, and counts as one.
"""

from datetime import datetime
from typing import Any

from store import moves, outbox
from store.acknowledging import check_due, promise_of
from store.database import Act
from store.queries import asks as reading
from store.refusals import MustRestate, NothingSooner, NotNow
from store.rules.lifecycle import Move, Stage
from store.snapshots import Ask, Happened

LOOKED_THROUGH = 200  # newest events in which the wish is looked for


def ask_for_sooner(act: Act, number: int, due: datetime, reason: str) -> Ask:
    """The asker wants it by `due`, because of `reason`. Owner and lead are told; the promise stands until it is moved.

    Raises the refusals of `moves.begin`, NothingSaid, TooLong, DuePassed, NothingSooner.
    """
    ask = moves.begin(act, number, Move.HURRY)
    reason = moves.said("reason", reason)
    check_due(act, due)
    if due >= ask.due:
        raise NothingSooner(ask)
    wanted: dict[str, Any] = {"due": due.isoformat(), "reason": reason, "instead_of": ask.promise_number}
    ask = moves.finish(act, ask, Move.HURRY, wanted)
    outbox.post(act, "sooner_wanted", ask_id=ask.id, person_id=ask.owner.id, **wanted)
    if ask.lead_id not in (ask.owner.id, ask.asker.id):
        outbox.post(act, "sooner_wanted", ask_id=ask.id, person_id=ask.lead_id, **wanted)
    return ask


def promise_sooner(act: Act, number: int, due: datetime, promise_number: int) -> Ask:
    """The owner commits to the earlier time that the asker wants: the ask is a rush from now on. The asker is told.

    `promise_number`: the promise that `due` was wanted in place of. Raises the refusals of `moves.begin`, MustRestate,
    DuePassed, and NotNow when there is another promise by now: an old button moves nothing.
    """
    ask = moves.begin(act, number, Move.SNOOZE)  # the owner, at the stages in which something can be promised
    is_first = ask.stage is Stage.OPEN
    move = Move.ACKNOWLEDGE if is_first else Move.PROPOSE_CHANGE
    wanted = _wanted(act, ask, due, promise_number)
    if ask.question is not None or wanted is None or ask.promise_number != promise_number or due >= ask.due:
        raise NotNow(ask, move)
    reason = str(wanted.particulars["reason"])
    if is_first and ask.restate:
        raise MustRestate(ask)
    check_due(act, due)
    moves.overtake_change(act, ask)
    values = promise_of(act, ask, due) | {"fed_at": act.now, "rush_reason": ask.rush_reason or reason}
    values |= {"acknowledged_at": act.now} if is_first else {}
    ask = moves.finish(act, ask, move, {"due": due.isoformat(), "rush": reason}, **values)
    if is_first:
        outbox.post(act, "acknowledged", ask_id=ask.id, person_id=ask.asker.id)
    else:
        outbox.post(act, "promise_moved", ask_id=ask.id, person_id=ask.asker.id)
    return ask


def _wanted(act: Act, ask: Ask, due: datetime, promise_number: int) -> Happened | None:
    """The asker's wish that an answer is about."""
    asked = {"due": due.isoformat(), "instead_of": promise_number}
    return next(
        (
            one
            for one in reversed(reading.history(act, ask.id, limit=LOOKED_THROUGH))
            if one.what == Move.HURRY and asked.items() <= one.particulars.items()
        ),
        None,
    )
