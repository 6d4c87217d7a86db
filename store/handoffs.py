"""Hand over: a baton is offered, and custody moves only when the receiver takes it. Until then the giver owns.

A baton that nobody takes within four of the receiver's working hours bounces back. After the second bounce the lead
is asked to decide; the giver still owns.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from store import departments, gray_zone, moves, nudging, outbox, people, presence, together
from store.database import Act, Look
from store.queries import asks as reading
from store.refusals import AlreadyDone, CannotReceive, DepartmentClosed, NotNow, Refusal
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import Move
from store.snapshots import Ask, Person
from store.tables import asks, batons

OPEN_FOR = LeadTime(4, "hours")  # of the receiver's working time
NOTE_CLIMBED = "climbed"  # the note of a baton that a lead took, instead of giving advice
BOUNCES = 2  # after so many the lead is asked to decide


class Reason(StrEnum):
    """Why a baton is refused."""

    WRONG_DEPARTMENT = "wrong_department"
    WRONG_SKILL = "wrong_skill"
    NO_TIME = "no_time"
    DUPLICATE = "duplicate"
    ASKER_UNREACHABLE = "asker_unreachable"
    OTHER = "other"


def offer(
    act: Act, number: int, receiver_id: str, note: str, to_department_id: int | None = None, *, tell: bool = True
) -> Ask:
    """The owner, or their lead, offers the ask to somebody, saying what is done, what is next and where things are.

    `to_department_id`: the ask moves there when it is taken. `tell` False: whoever offers several tells of them.
    Raises the refusals of `moves.begin`, NothingSaid, CannotReceive, and NotNow while another baton is pending.
    """
    ask = moves.begin(act, number, Move.OFFER)
    note = moves.said("note", note)
    if ask.baton is not None:
        raise NotNow(ask, Move.OFFER)
    if to_department_id is not None and (there := departments.by_id(act, to_department_id)).archived:
        raise DepartmentClosed(there)
    receiver = can_receive(act, ask, receiver_id, to_department_id)
    _put(act, ask, receiver, note, nudging.calendar_of(act, receiver).add(act.now, OPEN_FOR), to_department_id)
    ask = moves.finish(act, ask, Move.OFFER, {"to": receiver_id, "note": note}, fed_at=act.now)
    if tell:
        together.offered(act, [ask])
    return ask


def can_receive(look: Look, ask: Ask, receiver_id: str, to_department_id: int | None = None) -> Person:
    """Whoever could be offered the ask now. Raises CannotReceive: gone, a guest or a bot, away, its owner or asker."""
    receiver = people.find(look, receiver_id)
    if receiver is None or not presence.can_own(receiver):
        raise CannotReceive(ask, receiver, "not_here")
    if receiver_id == ask.owner.id:
        raise CannotReceive(ask, receiver, "on_duty_here" if to_department_id else "owns_it")
    if receiver_id == ask.asker.id:
        raise CannotReceive(ask, receiver, "asked_for_it")
    if absence := presence.away(look, [receiver_id]).get(receiver_id):
        deputy = people.find(look, absence.deputy_id) if absence.deputy_id else None
        raise CannotReceive(ask, receiver, "away", deputy)
    return receiver


def offer_each(
    act: Act,
    numbers: Sequence[int],
    receiver_id: str,
    note: str,
    to_department_id: int | None = None,
    *,
    last: bool | None = None,
) -> dict[int, Refusal | None]:
    """Offer several asks to one person, each on its own: by number, None or why it could not be offered.

    A refused one leaves nothing behind; one that was offered under the same key before counts as offered. So many that
    everybody else's acts would wait for them are offered in batches, an act each, and told together: `last` says
    whether this batch is the last of them, None that there is no other.
    """
    outcomes: dict[int, Refusal | None] = {}
    offered: list[Ask] = []
    for number in numbers:
        key = f"{act.key}:{number}" if act.key else None
        try:
            with act.connection.begin_nested():
                offered.append(offer(replace(act, key=key), number, receiver_id, note, to_department_id, tell=False))
            outcomes[number] = None
        except AlreadyDone as done:
            stands = done.ask is not None and done.ask.baton is not None and done.ask.baton.receiver.id == receiver_id
            outcomes[number] = None if stands else done
        except Refusal as refusal:
            outcomes[number] = refusal
    if last is None:
        together.offered(act, offered)
    else:
        together.offered_in_part(act, offered, last=last)
    return outcomes


def offer_for(act: Act, held: Iterable[Ask], receiver_id: str, note: str, until: datetime | None = None) -> int:
    """Baton offers asks on behalf of an owner who leaves for a while, or comes back. `until`: how long it
    stands at the most: what is due before that is offered until it is due, and never for less than any offer is.

    The receiver is told of all together. Returns how many.
    """
    receiver = people.find(act, receiver_id)
    if receiver is None or not presence.can_own(receiver):
        return 0
    soonest = nudging.calendar_of(act, receiver).add(act.now, OPEN_FOR)
    offered = []
    for ask in held:
        if ask.baton is None and receiver_id not in (ask.owner.id, ask.asker.id):
            expires_at = min(until, max(ask.due, soonest)) if until else soonest
            _put(act, ask, receiver, note, expires_at, None)
            offered.append(moves.finish(act, ask, Move.OFFER, {"to": receiver_id, "because": note}))
    together.offered(act, offered)
    return len(offered)


def take(act: Act, number: int, baton_id: int) -> Ask:
    """The receiver takes the baton: from this instant they own the ask. The giver is told.

    Raises the refusals of `moves.begin`, NotNow when this baton was answered or recalled, and CannotReceive when the
    receiver has left or gone away meanwhile: nobody who is away receives a monkey.
    """
    ask = moves.begin(act, number, Move.TAKE)
    baton = _pending(ask, baton_id, Move.TAKE)
    if not presence.can_own(baton.receiver):
        raise CannotReceive(ask, baton.receiver, "not_here")
    if presence.away(act, [baton.receiver.id]):
        raise CannotReceive(ask, baton.receiver, "away_oneself")
    _answer(act, baton_id, "taken")
    moves.pass_custody(act, ask, baton.receiver.id, "take")
    moved: dict[str, Any] = {}
    if baton.to_department_id is not None:
        moved = {"department_id": baton.to_department_id, "service_id": None, "earliest": None}
        if ask.at_gray_zone:
            moved |= gray_zone.leave(act, ask, baton)
    giver_id, was_at_desk = ask.owner.id, ask.at_gray_zone
    ask = moves.finish(
        act, ask, Move.TAKE, {"from": giver_id, "department": baton.to_department_id}, fed_at=act.now, **moved
    )
    if moved:
        moves.move_card(act, ask)
    if moved and ask.at_gray_zone:
        gray_zone.land(act, ask.id, gray_zone.HANDED_OVER)
    outbox.post(act, "baton_taken", ask_id=ask.id, person_id=giver_id, by=baton.receiver.id)
    if moved and was_at_desk:
        outbox.post(act, "placed", ask_id=ask.id, person_id=ask.asker.id)
    return ask


def take_over(act: Act, number: int) -> Ask:
    """A lead takes an ask from its owner, who had asked for advice: offered on the owner's behalf and taken at once.

    The event says that it climbed. Raises the refusals of `moves.begin`, CannotReceive when the lead owns it already or
    asked for it, and NotNow while a baton is pending.
    """
    ask = moves.begin(act, number, Move.OFFER)
    lead = people.find(act, ask.lead_id)
    if act.actor_id != ask.lead_id or lead is None or ask.lead_id == ask.owner.id:
        raise CannotReceive(ask, ask.owner, "owns_it")
    if ask.lead_id == ask.asker.id:
        raise CannotReceive(ask, lead, "asked_for_it")
    if ask.baton is not None:
        raise NotNow(ask, Move.OFFER)
    _put(act, ask, lead, NOTE_CLIMBED, act.now, None)
    act.connection.execute(
        update(batons)
        .where(batons.c.ask_id == ask.id, batons.c.answer.is_(None))
        .values(answer="taken", answered_at=act.now)
    )
    moves.pass_custody(act, ask, lead.id, "take")
    giver_id = ask.owner.id
    ask = moves.finish(act, ask, Move.TAKE, {"from": giver_id, "reason": NOTE_CLIMBED}, fed_at=act.now)
    outbox.post(act, "baton_taken", ask_id=ask.id, person_id=giver_id, by=lead.id)
    return ask


def refuse(act: Act, number: int, baton_id: int, reason: Reason, words: str | None = None) -> Ask:
    """The receiver does not take it, and says why. The giver still owns, unless it is nobody's: then the desk does.

    Raises the refusals of `moves.begin`, and NotNow when this baton was answered or recalled; NothingSaid when the
    reason is OTHER and there are no words.
    """
    ask = moves.begin(act, number, Move.REFUSE)
    _pending(ask, baton_id, Move.REFUSE)
    words = moves.said("words", words) if reason is Reason.OTHER else moves.maybe_said("words", words)
    _answer(act, baton_id, "refused", reason, words)
    ask = moves.finish(act, ask, Move.REFUSE, {"reason": reason, "words": words})
    if reason is Reason.WRONG_DEPARTMENT and (taken_in := gray_zone.take_in_if_nobodys(act, ask)):
        return taken_in
    by = act.actor_id
    outbox.post(act, "baton_bounced", ask_id=ask.id, person_id=ask.owner.id, by=by, reason=reason, words=words)
    _ask_the_lead(act, ask)
    return ask


def recall(act: Act, number: int, baton_id: int) -> Ask:
    """Who offered it takes the offer back. The receiver is told. Raises as `take` does."""
    ask = moves.begin(act, number, Move.RECALL)
    baton = _pending(ask, baton_id, Move.RECALL)
    _answer(act, baton_id, "recalled")
    ask = moves.finish(act, ask, Move.RECALL, {"to": baton.receiver.id})
    outbox.post(act, "baton_recalled", ask_id=ask.id, person_id=baton.receiver.id, by=act.actor_id)
    return ask


def expire_due(act: Act, limit: int = 50) -> int:
    """Let the batons bounce that nobody took in time, of every workspace; returns how many."""
    rows = act.connection.execute(
        select(batons.c.id, batons.c.workspace_id, batons.c.receiver_id, asks.c.number)
        .join(asks, asks.c.id == batons.c.ask_id)
        .where(batons.c.answer.is_(None), batons.c.expires_at <= act.now)
        .order_by(batons.c.expires_at)
        .limit(limit)
        .with_for_update(of=batons, skip_locked=True)
    ).all()
    bounced: dict[str, list[tuple[Ask, str]]] = defaultdict(list)
    for row in rows:
        there = Act(act.connection, row.workspace_id, act.now, None, None, act.wrote_outbox)
        ask = moves.begin(there, row.number, Move.EXPIRE)
        _answer(there, row.id, "expired")
        ask = moves.finish(there, ask, Move.EXPIRE, {"to": row.receiver_id})
        _ask_the_lead(there, ask)
        bounced[row.workspace_id].append((ask, row.receiver_id))
    for workspace_id, theirs in bounced.items():
        together.expired(Act(act.connection, workspace_id, act.now, None, None, act.wrote_outbox), theirs)
    return len(rows)


def next_expiry(connection: Connection) -> datetime | None:
    """When the next baton bounces by itself, over all workspaces; None: none is pending."""
    return connection.execute(select(func.min(batons.c.expires_at)).where(batons.c.answer.is_(None))).scalar()


def bounces(look: Look, ask: Ask) -> int:
    """How often the present owner's batons came back."""
    return look.connection.execute(
        select(func.count()).where(
            batons.c.ask_id == ask.id,
            batons.c.giver_id == ask.owner.id,
            batons.c.offered_at >= ask.owned_since,
            batons.c.answer.in_(("refused", "expired")),
        )
    ).scalar_one()


def offered_to(look: Look, person_id: str) -> list[Ask]:
    """The asks that are offered to somebody, those first that expire first."""
    mine = asks.c.id.in_(
        select(batons.c.ask_id).where(
            batons.c.workspace_id == look.workspace_id, batons.c.receiver_id == person_id, batons.c.answer.is_(None)
        )
    )
    found = reading.chosen(look, mine, order_by=(asks.c.number,))
    return sorted(found, key=lambda ask: ask.baton.expires_at if ask.baton else look.now)


def _put(act: Act, ask: Ask, receiver: Person, note: str, expires_at: datetime, to_department_id: int | None) -> None:
    act.connection.execute(
        insert(batons),
        {
            "workspace_id": act.workspace_id,
            "ask_id": ask.id,
            "giver_id": ask.owner.id,
            "offered_by": act.actor_id or ask.owner.id,
            "receiver_id": receiver.id,
            "to_department_id": to_department_id if to_department_id != ask.department_id else None,
            "note": note,
            "offered_at": act.now,
            "expires_at": expires_at,
        },
    )


def _pending(ask: Ask, baton_id: int, move: Move) -> Any:
    """The pending baton, if it is this one: an old button never acts on a newer offer."""
    if ask.baton is None or ask.baton.id != baton_id:
        raise NotNow(ask, move)
    return ask.baton


def _answer(act: Act, baton_id: int, answer: str, reason: str | None = None, words: str | None = None) -> None:
    act.connection.execute(
        update(batons)
        .where(batons.c.id == baton_id)
        .values(answer=answer, reason=reason, words=words, answered_at=act.now)
    )


def _ask_the_lead(act: Act, ask: Ask) -> None:
    """After the second bounce, or when the giver is away, ask the lead to decide."""
    is_away = ask.owner.id in presence.away(act, [ask.owner.id])
    if (is_away or bounces(act, ask) == BOUNCES) and ask.lead_id != ask.owner.id:
        outbox.post(act, "lead_decides", ask_id=ask.id, person_id=ask.lead_id)
