"""What the owner asks others: the asker, an adviser, the giver. Who owns the ask does not change by it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from store.rules.lifecycle import Answerer
from store.tables.base import choice, table, to_ask, to_person, where


class QuestionRow(SQLModel, table=True):
    """A question, or a proposal ("I suggest …"), or both, to one person. One pending to the asker, by the index.

    `asked_as`: as what the person is asked. `ended`: answered, agreed (to the proposal), taken_back, or overtaken by
    another move; null while it is pending.
    """

    __tablename__ = "questions"
    __table_args__ = (
        to_person("asked_by"),
        to_person("asked_of"),
        to_ask("ask_id"),
        CheckConstraint("words IS NOT NULL OR proposal IS NOT NULL", name="something_asked"),
        CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="ended_at_when_ended"),
        where("asked_as = 'asker' AND ended IS NULL", "uq_questions_one_to_the_asker", "ask_id", unique=True),
        where("ended IS NULL", "ix_questions_asked_of", "workspace_id", "asked_of"),
        Index("ix_questions_ask", "ask_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    ask_id: int
    asked_as: Answerer = Field(sa_column=choice(Answerer, "asked_as"))
    asked_by: str
    asked_of: str
    words: str | None = Field(default=None, sa_type=Text)
    proposal: str | None = Field(default=None, sa_type=Text)
    asked_at: datetime
    ended: str | None = None
    answer: str | None = Field(default=None, sa_type=Text)
    answered_by: str | None = None
    ended_at: datetime | None = None


questions = table(QuestionRow)
