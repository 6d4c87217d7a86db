"""The gray zone: what landed at the desk and where it was placed, and the words that will route the next one."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from store.tables.base import table, to_ask, to_department, to_person


class LandingRow(SQLModel, table=True):
    """An ask that came to the gray-zone desk. `because`: nobody_named, refused, not_theirs or handed_over.

    `placed_at` is null until a department has taken it; `placed_by` offered it there.
    """

    __tablename__ = "landings"
    __table_args__ = (
        to_ask("ask_id"),
        Index("ix_landings_landed", "workspace_id", "landed_at"),
        Index("ix_landings_ask", "ask_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    ask_id: int
    landed_at: datetime
    because: str
    placed_at: datetime | None = None
    placed_by: str | None = None
    placed_department_id: int | None = Field(default=None, foreign_key="departments.id")


class PlacingRow(SQLModel, table=True):
    """What a coordinator chose when placing an ask, kept with the baton until the department takes it."""

    __tablename__ = "placings"
    __table_args__ = (to_ask("ask_id"), Index("ix_placings_ask", "ask_id"))
    baton_id: int = Field(primary_key=True, foreign_key="batons.id")
    workspace_id: str
    ask_id: int
    service_id: int | None = Field(default=None, foreign_key="services.id")
    phrases: list[str] = Field(sa_column=Column(JSON, nullable=False))


class MatchRow(SQLModel, table=True):
    """A word or phrase that is known to be a department's. `folded`: as it is compared; `used`: how often it routed."""

    __tablename__ = "matches"
    __table_args__ = (
        Unique("workspace_id", "folded", "department_id"),
        to_department("department_id"),
        to_person("remembered_by"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    department_id: int
    phrase: str
    folded: str
    remembered_by: str
    remembered_at: datetime
    used: int = 0


class DeskListRow(SQLModel, table=True):
    """The monthly list of the desk was sent: once for a month, by whichever process was first."""

    __tablename__ = "desk_lists"
    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    month: date = Field(primary_key=True)
    sent_at: datetime


landings = table(LandingRow)
placings = table(PlacingRow)
matches = table(MatchRow)
desk_lists = table(DeskListRow)
