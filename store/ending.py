"""Put down, withdraw, reopen: the ends of an ask other than a verdict, and the way back."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from store import chains, departments, moves, outbox, owning
from store.database import Act
from store.holding import due_after_hold
from store.queries import promises
from store.refusals import DepartmentClosed, TooLongAgo
from store.rules.lifecycle import Move, Outcome, Stage
from store.snapshots import Ask
from store.tables import objections

REOPEN_WITHIN = timedelta(days=7)


def put_down(act: Act, number: int, reason: str, with_children: Iterable[int] = ()) -> Ask:
    """The owner, or their lead, ends the ask on purpose. The asker is told why; so is the owner if the lead did it.

    `with_children`: what it waits for and nobody needs any more; the rest goes on on its own.
    Raises the refusals of `moves.begin`, NothingSaid, TooLong, NotYours for a child that somebody else asked for.
    """
    ask = moves.begin(act, number, Move.PUT_DOWN)
    reason = moves.said("reason", reason)
    ask = moves.finish(
        act,
        ask,
        Move.PUT_DOWN,
        {"reason": reason},
        closed_at=act.now,
        outcome=Outcome.PUT_DOWN,
        outcome_reason=reason,
        **_how_it_came_out(act, ask),
    )
    chains.withdraw_children(act, ask, with_children)
    outbox.post(act, "put_down", ask_id=ask.id, person_id=ask.asker.id, by=act.actor_id)
    if ask.owner.id != ask.asker.id:
        outbox.post(act, "put_down", ask_id=ask.id, person_id=ask.owner.id, by=act.actor_id)
    return ask


def withdraw(act: Act, number: int, reason: str | None = None, with_children: Iterable[int] = ()) -> Ask:
    """The asker no longer needs it, nor those `with_children` that it waits for. The owners are told.

    Raises the refusals of `moves.begin`, TooLong, NotYours for a child that the owner did not ask for.
    """
    ask = moves.begin(act, number, Move.WITHDRAW)
    reason = moves.maybe_said("reason", reason)
    ask = moves.finish(
        act,
        ask,
        Move.WITHDRAW,
        {"reason": reason},
        closed_at=act.now,
        outcome=Outcome.WITHDRAWN,
        outcome_reason=reason,
        **_how_it_came_out(act, ask),
    )
    chains.withdraw_children(act, ask, with_children)
    outbox.post(act, "withdrawn", ask_id=ask.id, person_id=ask.owner.id)
    return ask


def reopen(act: Act, number: int, missing: str) -> Ask:
    """The asker brings a closed ask back, within seven days, saying what is missing.

    Its last owner has it again; if they have left, the department's lead. Raises the refusals of `moves.begin`,
    NothingSaid, TooLong, TooLongAgo, NobodyToOwn, DepartmentClosed.
    """
    ask = moves.begin(act, number, Move.REOPEN)
    missing = moves.said("missing", missing)
    check_department(act, ask)
    if ask.closed_at is not None and act.now > ask.closed_at + REOPEN_WITHIN:
        raise TooLongAgo(ask, ask.closed_at + REOPEN_WITHIN)
    owner_id = owning.who_owns(act, ask.department_id, first=(ask.owner.id,), but=(ask.asker.id,))
    return bring_back(act, ask, Move.REOPEN, missing, owner_id)


def check_department(act: Act, ask: Ask) -> None:
    """Raises DepartmentClosed where the department takes nothing any more."""
    department = departments.by_id(act, ask.department_id)
    if department.archived:
        raise DepartmentClosed(department)


def bring_back(act: Act, ask: Ask, move: Move, missing: str, owner_id: str) -> Ask:
    """A closed ask is `owner_id`'s again, with the working time that was left. They are told; objections are over."""
    act.connection.execute(
        update(objections)
        .where(objections.c.ask_id == ask.id, objections.c.decision.is_(None))
        .values(decision="overtaken", decided_by=act.actor_id, decided_at=act.now)
    )
    due = due_after_hold(act, ask)
    reopened_promise = {"due": due, "promise_number": ask.promise_number + 1, "promised_at": act.now}
    moves.take_custody(act, ask.id, owner_id, "reopen", act.now)
    ask = moves.finish(
        act,
        ask,
        move,
        {"missing": missing, "closed_as": ask.outcome},
        closed_at=None,
        outcome=None,
        outcome_reason=None,
        delivered_at=None,
        acknowledged_at=ask.acknowledged_at or act.now,
        missing=missing,
        fed_at=act.now,
        **reopened_promise,
    )
    outbox.post(act, "reopened", ask_id=ask.id, person_id=ask.owner.id)
    return ask


def _how_it_came_out(act: Act, ask: Ask) -> dict[str, Any]:
    """Late, if it ends undelivered after it was due. What was delivered came out as it did then."""
    if ask.stage is Stage.DELIVERED:
        return {}
    return promises.columns(promises.came_out(act, ask, delivered=False))
