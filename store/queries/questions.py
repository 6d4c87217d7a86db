"""What was asked of whom about an ask, pending or answered. An ask itself knows its pending one to the asker only."""

from typing import Any

from sqlalchemy import Row, Select, exists, select

from store.database import Look
from store.queries.asks import TO_ASKER, listed
from store.rules.lifecycle import Answerer, Stage
from store.snapshots import Ask, Question
from store.tables import asks, questions

WAITS_FOR_ANSWER = exists().where(questions.c.ask_id == asks.c.id, TO_ASKER).correlate(asks)


def by_id(look: Look, question_id: int) -> Question:
    """The question with this row id. Raises LookupError if there is none in this workspace."""
    row = look.connection.execute(_here(look).where(questions.c.id == question_id)).first()
    if row is None:
        raise LookupError(question_id)
    return _question(row)


def pending_to(look: Look, ask_id: int, person_id: str, question_id: int | None = None) -> Question | None:
    """The newest pending question about an ask to an adviser or giver, or None. `question_id`: that very one only."""
    wanted = _here(look).where(
        questions.c.ask_id == ask_id,
        questions.c.asked_of == person_id,
        questions.c.asked_as != Answerer.ASKER,
        questions.c.ended.is_(None),
    )
    if question_id is not None:
        wanted = wanted.where(questions.c.id == question_id)
    row = look.connection.execute(wanted.order_by(questions.c.id.desc()).limit(1)).first()
    return _question(row) if row else None


def asked_of(look: Look, person_id: str) -> list[tuple[Ask, Question]]:
    """What somebody is asked as adviser or giver and has not answered, by due time of the asks."""
    rows = look.connection.execute(
        _here(look)
        .where(
            questions.c.asked_of == person_id,
            questions.c.ended.is_(None),
            questions.c.asked_as != Answerer.ASKER,
        )
        .order_by(questions.c.id)
    ).all()
    if not rows:
        return []
    found = listed(
        look,
        asks.c.id.in_([row.ask_id for row in rows]),
        asks.c.stage.in_((Stage.OPEN, Stage.ACKNOWLEDGED)),
        order_by=(asks.c.due, asks.c.number),
    )
    return [(ask, _question(row)) for ask in found for row in rows if row.ask_id == ask.id]


def _here(look: Look) -> Select[Any]:
    return select(questions).where(questions.c.workspace_id == look.workspace_id)


def _question(row: Row[Any]) -> Question:
    return Question(
        row.id,
        Answerer(row.asked_as),
        row.asked_by,
        row.asked_of,
        row.words,
        row.proposal,
        row.asked_at,
        row.ended,
        row.answer,
        row.answered_by,
    )
