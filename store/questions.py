"""Ask the asker: the owner asks, or suggests something, and the next move is the asker's.

Until it is answered or taken back the owner's clock stands still; afterwards the promise moves by the working time that
was spent waiting. The owner still owns.
"""

from sqlalchemy import insert, update

from store import holding, moves, outbox
from store.database import Act
from store.refusals import CannotAsk, NothingSaid, NotNow
from store.rules.lifecycle import Answerer, Move
from store.snapshots import Ask, Question
from store.tables import questions


def ask_asker(act: Act, number: int, words: str | None, proposal: str | None = None) -> Ask:
    """The owner asks the asker something, or suggests it. One question at a time; none while a change is offered.

    Raises the refusals of `moves.begin`, NothingSaid, TooLong, CannotAsk, and NotNow while the asker has another thing
    to answer.
    """
    ask = moves.begin(act, number, Move.QUESTION)
    words, proposal = moves.maybe_said("question", words), moves.maybe_said("proposal", proposal)
    if words is None and proposal is None:
        raise NothingSaid("question")
    if ask.waits_for_asker:
        raise NotNow(ask, Move.QUESTION)
    if ask.owner.id == ask.asker.id:
        raise CannotAsk(ask, ask.owner, "oneself")
    asked_of = ask.askers_lead_id if ask.asker.gone else ask.asker.id
    if asked_of is None:
        raise CannotAsk(ask, ask.asker, "not_here")
    put(act, ask, Answerer.ASKER, asked_of, words, proposal)
    particulars = {"question": words, "proposal": proposal, "to": asked_of}
    ask = moves.finish(act, ask, Move.QUESTION, particulars, fed_at=act.now)
    outbox.post(
        act, "question_asked", ask_id=ask.id, person_id=asked_of, question=ask.question.id if ask.question else 0
    )
    return ask


def answer(act: Act, number: int, question_id: int, words: str | None) -> Ask:
    """The asker answers; the owner's clock runs again. Without `words` they agree to what was suggested.

    Raises the refusals of `moves.begin`, NothingSaid, TooLong, and NotNow when this question was answered, taken back
    or overtaken.
    """
    ask = moves.begin(act, number, Move.ANSWER)
    question = _pending(ask, question_id, Move.ANSWER)
    words = None if words is None else moves.said("answer", words)
    if words is None and question.proposal is None:
        raise NothingSaid("answer")
    end(act, question_id, "answered" if words else "agreed", words)
    particulars = _released(act, ask) | {"answer": words, "to": ask.owner.id}
    ask = moves.finish(act, ask, Move.ANSWER, particulars, fed_at=act.now, **holding.given_back(act, ask))
    outbox.post(act, "question_answered", ask_id=ask.id, person_id=ask.owner.id, question=question_id)
    note_answer(act, ask, question_id)
    return ask


def take_back(act: Act, number: int, question_id: int) -> Ask:
    """The owner goes on without an answer; the time that was spent waiting is given back. Raises as `answer` does."""
    ask = moves.begin(act, number, Move.TAKE_BACK)
    _pending(ask, question_id, Move.TAKE_BACK)
    end(act, question_id, "taken_back")
    particulars = _released(act, ask)
    return moves.finish(act, ask, Move.TAKE_BACK, particulars, fed_at=act.now, **holding.given_back(act, ask))


def put(act: Act, ask: Ask, asked_as: Answerer, asked_of: str, words: str | None, proposal: str | None) -> int:
    """Write a question down; returns its id."""
    result = act.connection.execute(
        insert(questions),
        {
            "workspace_id": act.workspace_id,
            "ask_id": ask.id,
            "asked_as": asked_as,
            "asked_by": act.actor_id or ask.owner.id,
            "asked_of": asked_of,
            "words": words,
            "proposal": proposal,
            "asked_at": act.now,
        },
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def end(act: Act, question_id: int, ended: str, words: str | None = None) -> None:
    """Write down how a question ended, and by whom."""
    act.connection.execute(
        update(questions)
        .where(questions.c.id == question_id, questions.c.ended.is_(None))
        .values(ended=ended, answer=words, answered_by=act.actor_id, ended_at=act.now)
    )


def note_answer(act: Act, ask: Ask, question_id: int) -> None:
    """The answer stands in the thread of the card, too, where everybody may read the ask."""
    if not ask.is_private:
        outbox.post(
            act,
            "answer_noted",
            ask_id=ask.id,
            channel_id=ask.department_channel_id,
            question=question_id,
        )


def _pending(ask: Ask, question_id: int, move: Move) -> Question:
    """The pending question, if it is this one: an old button never answers a newer question."""
    if ask.question is None or ask.question.id != question_id:
        raise NotNow(ask, move)
    return ask.question


def _released(act: Act, ask: Ask) -> dict[str, str | None]:
    """Since when the owner's clock stood still, and where the promise moves by it."""
    held_from = ask.question.asked_at.isoformat() if ask.question else None
    return {"held_from": held_from, "due": holding.due_after_hold(act, ask).isoformat()}
