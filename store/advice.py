"""Advice without a jump: the owner asks the lead, or anybody, with a proposal of their own; the owner still owns.

For one working day after a baton was taken the new owner can also ask who gave it: the exchange zone. Every question
and answer is kept with the ask. To the asker a proposal is a question (`questions.ask_asker`): the next move is theirs.
"""

from typing import Any

from sqlalchemy import exists, select

from store import moves, nudging, outbox, people, presence, questions
from store.database import Act, Look
from store.queries import questions as asked
from store.refusals import CannotAsk, NobodyToAsk, NotAsked, NothingSaid, NotNow
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import Answerer, Move, Stage
from store.snapshots import Ask, Person, Question
from store.tables import custody
from store.tables import questions as table

ZONE = LeadTime(1, "days")  # of the giver's working time


def seek(act: Act, number: int, adviser_id: str, proposal: str | None, words: str | None = None) -> Ask:
    """The owner asks somebody for advice, saying what they themselves suggest. Of the asker it is a question.

    Raises the refusals of `moves.begin`, NothingSaid without a proposal, TooLong, CannotAsk, and what
    `questions.ask_asker` raises.
    """
    ask = moves.begin(act, number, Move.SEEK_ADVICE)
    proposal, words = moves.said("proposal", proposal), moves.maybe_said("question", words)
    if adviser_id == ask.asker.id:
        return questions.ask_asker(act, number, words, proposal)
    _can_be_asked(act, ask, adviser_id)
    question_id = questions.put(act, ask, Answerer.ADVISER, adviser_id, words, proposal)
    particulars = {"question": words, "proposal": proposal, "to": adviser_id}
    ask = moves.finish(act, ask, Move.SEEK_ADVICE, particulars, fed_at=act.now)
    outbox.post(act, "advice_sought", ask_id=ask.id, person_id=adviser_id, question=question_id)
    return ask


def advise(act: Act, number: int, question_id: int, words: str | None) -> Ask:
    """Who was asked answers; without `words` they agree to the proposal. The owner reads it, and is not fed by it.

    Raises the refusals of `moves.begin`, NotAsked for people who were asked nothing, NotNow when this question is over,
    NothingSaid, TooLong.
    """
    ask = moves.begin(act, number, Move.ADVISE)
    question = _mine(act, ask, question_id)
    words = None if words is None else moves.said("answer", words)
    if words is None and question.proposal is None:
        raise NothingSaid("answer")
    questions.end(act, question.id, "answered" if words else "agreed", words)
    ask = moves.finish(act, ask, Move.ADVISE, {"answer": words, "to": question.asked_by})
    outbox.post(act, "advised", ask_id=ask.id, person_id=ask.owner.id, question=question.id)
    questions.note_answer(act, ask, question.id)
    return ask


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
    ask = moves.begin(act, number, Move.SEEK_ADVICE)
    person = giver(act, ask)
    if person is None:
        raise NobodyToAsk(ask)
    question = moves.said("question", question)
    question_id = questions.put(act, ask, Answerer.GIVER, person.id, question, None)
    ask = moves.finish(act, ask, Move.SEEK_ADVICE, {"question": question, "to": person.id}, fed_at=act.now)
    outbox.post(act, "advice_sought", ask_id=ask.id, person_id=person.id, question=question_id)
    return ask


def question_to(look: Look, ask: Ask, person_id: str, question_id: int) -> Question:
    """What somebody is asked about an ask as adviser or giver. Raises NotAsked, and NotNow when it is over."""
    found = asked.pending_to(look, ask.id, person_id, question_id)
    if found is None:
        raise NotNow(ask, Move.ADVISE) if _was_asked(look, ask, person_id) else NotAsked(ask)
    return found


def _mine(act: Act, ask: Ask, question_id: int) -> Question:
    return question_to(act, ask, act.actor_id or "", question_id)


def _was_asked(look: Look, ask: Ask, person_id: str) -> bool:
    found: Any = exists().where(table.c.ask_id == ask.id, table.c.asked_of == person_id)
    return bool(look.connection.execute(select(found)).scalar())


def _can_be_asked(look: Look, ask: Ask, adviser_id: str) -> None:
    """Raises CannotAsk, saying why somebody cannot advise on this ask."""
    person = people.find(look, adviser_id)
    if adviser_id == ask.owner.id:
        raise CannotAsk(ask, person, "oneself")
    if person is None or not presence.can_own(person):
        raise CannotAsk(ask, person, "not_here")
    if not ask.may_read(adviser_id):
        raise CannotAsk(ask, person, "may_not_read")
    if absence := presence.away(look, [adviser_id]).get(adviser_id):
        deputy = people.find(look, absence.deputy_id) if absence.deputy_id else None
        raise CannotAsk(ask, person, "away", deputy)
    if asked.pending_to(look, ask.id, adviser_id) is not None:
        raise CannotAsk(ask, person, "pending")
