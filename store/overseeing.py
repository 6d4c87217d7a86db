"""The lead of an ask in trouble asks its owner, or leaves it with them; the monkey stays where it is.

Handing it over on the owner's behalf, and putting it down, are moves of their own.
"""

from store import moves, nudging, outbox
from store.database import Act, Look
from store.queries import asks as reading
from store.refusals import NotAsked, NotNow
from store.rules.lifecycle import Move
from store.snapshots import Ask, Happened

LOOKED_THROUGH = 200  # newest events in which the question is looked for


def ask_owner(act: Act, number: int, question: str) -> Ask:
    """The owner reads the lead's question with the ask, and can answer it.

    Raises the refusals of `moves.begin`, NotNow when the lead owns it, NothingSaid, TooLong.
    """
    ask = _begin(act, number)
    question = moves.said("question", question)
    ask = moves.finish(act, ask, Move.OVERSEE, {"question": question, "to": ask.owner.id})
    outbox.post(act, "lead_asks", ask_id=ask.id, person_id=ask.owner.id, by=act.actor_id, question=question)
    return ask


def question_to(look: Look, ask_id: int, owner_id: str) -> Happened | None:
    """The newest question of a lead to this owner, or None."""
    asked = reading.history(look, ask_id, limit=LOOKED_THROUGH)
    return next(
        (
            one
            for one in reversed(asked)
            if one.what == Move.OVERSEE and "question" in one.particulars and one.particulars["to"] == owner_id
        ),
        None,
    )


def answer(act: Act, number: int, answered: str) -> Ask:
    """The owner answers the lead who asked: a sign of progress.

    Raises the refusals of `moves.begin`, NotAsked when no lead asked, NothingSaid, TooLong.
    """
    ask = moves.begin(act, number, Move.SNOOZE)  # only the owner may, at the same stages
    question = question_to(act, ask.id, act.actor_id or "")
    if question is None or question.actor is None:
        raise NotAsked(ask)
    answered = moves.said("answer", answered)
    ask = moves.finish(act, ask, Move.FEED, {"answer": answered, "to": question.actor.id}, fed_at=act.now)
    outbox.post(
        act,
        "owner_answers",
        ask_id=ask.id,
        person_id=question.actor.id,
        by=act.actor_id,
        question=question.particulars["question"],
        answer=answered,
    )
    return ask


def leave(act: Act, number: int) -> Ask:
    """The lead has looked and leaves it with the owner, whom the bot nudges again. Raises as `ask_owner`."""
    ask = _begin(act, number)
    ask = moves.finish(act, ask, Move.OVERSEE, {"left": True})
    nudging.plan(act, ask, answered=True)
    return ask


def _begin(act: Act, number: int) -> Ask:
    ask = moves.begin(act, number, Move.OVERSEE)
    if act.actor_id == ask.owner.id:
        raise NotNow(ask, Move.OVERSEE)
    return ask
