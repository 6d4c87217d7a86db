"""The exchange zone: for one working day after a baton was taken, the new owner can ask the giver.

The question and the answer are kept with the ask. Nobody's monkey moves by them: the owner still owns.
"""

from sqlalchemy import select

from store import moves, nudging, outbox, people, presence
from store.database import Act, Look
from store.queries import asks as reading
from store.refusals import NobodyToAsk, NotAsked
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import Move, Stage
from store.snapshots import Ask, Happened, Person
from store.tables import custody

ZONE = LeadTime(1, "days")  # of the giver's working time
LOOKED_THROUGH = 200  # newest events in which an unanswered question is looked for


def giver(look: Look, ask: Ask) -> Person | None:
    """Whom the owner can still ask: who gave them the baton, if that is no longer than a working day ago."""
    if ask.stage not in (Stage.OPEN, Stage.ACKNOWLEDGED):
        return None
    newest = look.connection.execute(
        select(custody).where(custody.c.ask_id == ask.id).order_by(custody.c.id.desc()).limit(2)
    ).all()
    if len(newest) < 2 or newest[0].because != "take":
        return None
    person = people.find(look, newest[1].owner_id)
    if person is None or not presence.can_own(person):
        return None
    return person if look.now < nudging.calendar_of(look, person).add(ask.owned_since, ZONE) else None


def ask_giver(act: Act, number: int, question: str) -> Ask:
    """The owner asks who handed the ask over. The giver reads it with the ask, and can answer.

    Raises the refusals of `moves.begin`, NotYours for others, NobodyToAsk when nobody gave it or the day is over,
    NothingSaid, TooLong.
    """
    ask = moves.begin(act, number, Move.SNOOZE)  # only the owner may, at the same stages
    person = giver(act, ask)
    if person is None:
        raise NobodyToAsk(ask)
    question = moves.said("question", question)
    ask = moves.finish(act, ask, Move.FEED, {"question": question, "to": person.id}, fed_at=act.now)
    outbox.post(act, "giver_asked", ask_id=ask.id, person_id=person.id, by=act.actor_id, question=question)
    return ask


def question_to(look: Look, ask_id: int, person_id: str) -> Happened | None:
    """The newest question about an ask to somebody, or None."""
    asked = reading.history(look, ask_id, limit=LOOKED_THROUGH)
    return next(
        (one for one in reversed(asked) if "question" in one.particulars and one.particulars["to"] == person_id), None
    )


def answer(act: Act, number: int, answered: str) -> Ask:
    """Who was asked answers; whoever asked reads it. The owner still owns, and is not fed by it.

    Raises the refusals of `moves.begin`, NotAsked for people who were asked nothing, NothingSaid, TooLong.
    """
    ask = moves.begin(act, number, Move.FEED)
    question = question_to(act, ask.id, act.actor_id or "")
    if question is None or question.actor is None:
        raise NotAsked(ask)
    answered = moves.said("answer", answered)
    ask = moves.finish(act, ask, Move.FEED, {"answer": answered, "to": question.actor.id})
    outbox.post(
        act,
        "giver_answered",
        ask_id=ask.id,
        person_id=question.actor.id,
        by=act.actor_id,
        question=question.particulars["question"],
        answer=answered,
    )
    return ask
