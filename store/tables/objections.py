"""The asker's objection to an ask that was put down, and what the lead decides."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from store.tables.base import table, to_ask, to_person, where


class ObjectionRow(SQLModel, table=True):
    """Once for each time that an ask is put down, by the constraint: `put_down_at` tells them apart.

    `decision`: reopened, upheld, or overtaken where the asker reopened it first; null while the lead has not decided.
    """

    __tablename__ = "objections"
    __table_args__ = (
        to_person("objected_by"),
        to_ask("ask_id"),
        Unique("ask_id", "put_down_at"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_at_when_decided"),
        where("decision IS NULL", "ix_objections_pending", "workspace_id", "ask_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    ask_id: int
    put_down_at: datetime
    objected_by: str
    words: str = Field(sa_type=Text)
    objected_at: datetime
    decision: str | None = None
    reason: str | None = Field(default=None, sa_type=Text)
    decided_by: str | None = None
    decided_at: datetime | None = None


objections = table(ObjectionRow)
