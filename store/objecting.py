"""The asker may object once to a put-down, to the lead: who has the ask reopened, or leaves it put down with a reason.

Where the lead put it down there is nobody above to object to here; the asker can reopen it, as everybody can.
"""

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from store import ending, moves, outbox, owning, people, presence
from store.database import Act, Look
from store.queries import objections as reading
from store.queries.objections import Objection
from store.refusals import CannotObject, NotNow
from store.rules.lifecycle import Move, Outcome
from store.snapshots import Ask
from store.tables import objections


def why_not(look: Look, ask: Ask) -> str | None:
    """Why there is no objection to this ask now, as `CannotObject` has it; None when there may be one."""
    if ask.outcome is not Outcome.PUT_DOWN or ask.closed_at is None:
        return "not_put_down"
    if look.now > ask.closed_at + ending.REOPEN_WITHIN:
        return "too_late"
    if reading.was_objected(look, ask):
        return "twice"
    if ask.lead_id in (reading.put_down_by(look, ask), ask.asker.id):
        return "lead_decided"
    return None if presence.can_own(people.find(look, ask.lead_id)) else "lead_gone"


def object_to(act: Act, number: int, words: str) -> Ask:
    """The asker says why the ask should not have been put down. The lead reads it and decides.

    Raises the refusals of `moves.begin`, NothingSaid, TooLong, CannotObject.
    """
    ask = moves.begin(act, number, Move.OBJECT)
    words = moves.said("objection", words)
    if why := why_not(act, ask):
        raise CannotObject(ask, why)
    objection_id = _put(act, ask, words)
    ask = moves.finish(act, ask, Move.OBJECT, {"objection": words, "to": ask.lead_id})
    outbox.post(act, "objected", ask_id=ask.id, person_id=ask.lead_id, objection=objection_id)
    return ask


def overrule(act: Act, number: int, objection_id: int, to_last_owner: bool) -> Ask:
    """The lead has the ask reopened, for its last owner or for whoever takes what comes in. The asker hears it.

    Raises the refusals of `moves.begin`, NobodyToOwn, DepartmentClosed, and NotNow when this objection was decided or
    overtaken.
    """
    ask = moves.begin(act, number, Move.OVERRULE)
    objection = _pending(act, ask, objection_id, Move.OVERRULE)
    ending.check_department(act, ask)
    first = (ask.owner.id,) if to_last_owner else ()
    owner_id = owning.who_owns(act, ask.department_id, first, (ask.asker.id,))
    _decide(act, objection_id, "reopened", None)
    ask = ending.bring_back(act, ask, Move.OVERRULE, objection.words, owner_id)
    outbox.post(act, "objection_granted", ask_id=ask.id, person_id=objection.objected_by, by=act.actor_id)
    return ask


def uphold(act: Act, number: int, objection_id: int, reason: str) -> Ask:
    """The lead leaves it put down, and says why. The asker hears it.

    Raises the refusals of `moves.begin`, NothingSaid, TooLong, and NotNow as `overrule` does.
    """
    ask = moves.begin(act, number, Move.UPHOLD)
    objection = _pending(act, ask, objection_id, Move.UPHOLD)
    reason = moves.said("reason", reason)
    _decide(act, objection_id, "upheld", reason)
    ask = moves.finish(act, ask, Move.UPHOLD, {"reason": reason, "to": objection.objected_by})
    outbox.post(act, "objection_upheld", ask_id=ask.id, person_id=objection.objected_by, objection=objection_id)
    return ask


def hand_on(act: Act, department_id: int, lead_id: str) -> None:
    """A department has another lead: what its last one has not decided is the new one's to decide."""
    for ask, objection in reading.undecided(act, [department_id]):
        outbox.post(act, "objected", ask_id=ask.id, person_id=lead_id, objection=objection.id)
        outbox.refresh(act, ask.id)  # the last lead's message says who decides now


def pending(look: Look, ask: Ask, objection_id: int, move: Move) -> Objection:
    """The objection that the lead has still to decide. Raises NotNow when it is decided or overtaken."""
    return _pending(look, ask, objection_id, move)


def _pending(look: Look, ask: Ask, objection_id: int, move: Move) -> Objection:
    objection = reading.by_id(look, objection_id)
    if objection.decision is not None or objection.ask_id != ask.id:
        raise NotNow(ask, move)
    return objection


def _put(act: Act, ask: Ask, words: str) -> int:
    values = {
        "workspace_id": act.workspace_id,
        "ask_id": ask.id,
        "put_down_at": ask.closed_at,
        "objected_by": act.actor_id or ask.asker.id,
        "words": words,
        "objected_at": act.now,
    }
    try:
        with act.connection.begin_nested():
            result = act.connection.execute(insert(objections), values)
    except IntegrityError as twice:  # another process was faster
        raise CannotObject(ask, "twice") from twice
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def _decide(act: Act, objection_id: int, decision: str, reason: str | None) -> None:
    act.connection.execute(
        update(objections)
        .where(objections.c.id == objection_id, objections.c.decision.is_(None))
        .values(decision=decision, reason=reason, decided_by=act.actor_id, decided_at=act.now)
    )
