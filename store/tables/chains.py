"""Chains: which ask waits for which. A child has one parent; that there is no circle is the verbs' to keep."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.tables.base import table, to_ask, to_person


class LinkRow(SQLModel, table=True):
    """The ask `parent_id` waits for `child_id`. One parent per child, by the primary key.

    The row stays when either of them closes, so that a reopened ask is in its chain again.
    """

    __tablename__ = "links"
    __table_args__ = (
        to_ask("child_id"),
        to_ask("parent_id"),
        to_person("linked_by"),
        CheckConstraint("child_id != parent_id", name="to_another"),
        Index("ix_links_parent", "parent_id"),
    )
    child_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    workspace_id: str
    parent_id: int
    linked_by: str
    linked_at: datetime


class ChainWarningRow(SQLModel, table=True):
    """The owner of an ask was told that its chain ends `until`, later than it is `due`. No row: it ends in time."""

    __tablename__ = "chain_warnings"
    __table_args__ = (to_ask("ask_id"),)
    ask_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    workspace_id: str
    until: datetime
    due: datetime
    told_at: datetime


links = table(LinkRow)
chain_warnings = table(ChainWarningRow)
