"""The asks: what was asked, who owned it from when to when, what was offered, what happened."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from store.rules.lifecycle import Outcome, Stage
from store.tables.base import choice, table, to_ask, to_department, to_person, where

# All that the board and the standup sort and count by: so they read none of the rows of those they do not show.
_OPEN_OF_A_DEPARTMENT = ("workspace_id", "department_id", "due", "number", "stage", "fed_at")
_CLOSED_OF_A_DEPARTMENT = ("workspace_id", "department_id", "closed_at")


class AskRow(SQLModel, table=True):
    """One request across a department line. Who owns it stands in `custody`, and nowhere else.

    `asked_due` is what the asker wanted, `due` the promise that counts now; `promise_number` grows with each
    promise, so that a nudge belongs to one promise. `rush_cause` is a `rules.rush.Cause`, and `earliest` what the
    department would have promised when a rush was filed; both null for any other ask. `kept` is how its promise
    came out (`rules.kept.Kept`) once it is delivered or ended after it was due, `late_by` in seconds of working
    time. `result` is the owner's restatement, once the asker agreed to it. `fed_at` is the last real activity,
    `version` grows with every move. `inputs`: what the service needs to start, as the asker answered.
    """

    __tablename__ = "asks"
    __table_args__ = (
        Unique("workspace_id", "number"),
        Unique("workspace_id", "id"),
        to_person("asker_id"),
        to_department("department_id"),
        CheckConstraint("(stage = 'closed') = (outcome IS NOT NULL)", name="outcome_when_closed"),
        CheckConstraint("(stage = 'closed') = (closed_at IS NOT NULL)", name="closed_at_when_closed"),
        CheckConstraint("number > 0", name="number_positive"),
        where("stage != 'closed'", "ix_asks_open_department", *_OPEN_OF_A_DEPARTMENT),
        where("stage != 'closed'", "ix_asks_open_asker_due", "workspace_id", "asker_id", "due"),
        Index("ix_asks_closed_at", *_CLOSED_OF_A_DEPARTMENT),
        Index("ix_asks_asker_closed_at", "workspace_id", "asker_id", "closed_at"),
        where("stage = 'closed' AND service_id IS NOT NULL", "ix_asks_service_history", "service_id", "closed_at"),
        where(
            "stage = 'closed' AND service_id IS NULL",
            "ix_asks_rest_history",
            "workspace_id",
            "department_id",
            "closed_at",
        ),
        where("closed_at IS NOT NULL", "ix_asks_forgetting", "workspace_id", "closed_at"),
        Index("ix_asks_asking_department", "workspace_id", "asker_department_id", "filed_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    number: int
    department_id: int
    service_id: int | None = Field(default=None, foreign_key="services.id")
    asker_id: str
    asker_department_id: int | None = Field(default=None, foreign_key="departments.id")
    what: str = Field(sa_type=Text)
    done_means: str | None = Field(default=None, sa_type=Text)
    result: str | None = Field(default=None, sa_type=Text)
    asked_due: datetime
    due: datetime
    due_was_given: bool = False
    promise_number: int = 1
    promised_at: datetime
    rush_reason: str | None = Field(default=None, sa_type=Text)
    is_private: bool = False
    source_link: str | None = None
    stage: Stage = Field(sa_column=choice(Stage, "stage"))
    outcome: Outcome | None = Field(default=None, sa_column=choice(Outcome, "outcome", nullable=True))
    outcome_reason: str | None = Field(default=None, sa_type=Text)
    evidence: str | None = Field(default=None, sa_type=Text)
    evidence_link: str | None = None
    missing: str | None = Field(default=None, sa_type=Text)
    inputs: list[dict[str, str]] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    filed_at: datetime
    acknowledged_at: datetime | None = None
    delivered_at: datetime | None = None
    deliveries: int = 0
    closed_at: datetime | None = None
    fed_at: datetime
    version: int = 1
    rush_cause: str | None = None
    earliest: datetime | None = None
    kept: str | None = None
    late_by: int | None = None


class CustodyRow(SQLModel, table=True):
    """Who owned an ask from when to when. The open row (`until` is null) is the owner: never two, by the index."""

    __tablename__ = "custody"
    __table_args__ = (
        to_person("owner_id"),
        to_ask("ask_id"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        where("until IS NULL", "uq_custody_one_owner", "ask_id", unique=True),
        where("until IS NULL", "ix_custody_monkeys", "workspace_id", "owner_id"),
        Index("ix_custody_ask", "ask_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    ask_id: int
    owner_id: str
    since: datetime
    until: datetime | None = None
    because: str


class ChangeRow(SQLModel, table=True):
    """A changed result or a later promise that the owner offers and the asker answers. One pending per ask."""

    __tablename__ = "changes"
    __table_args__ = (
        to_person("offered_by"),
        to_ask("ask_id"),
        where("answer IS NULL", "uq_changes_one_pending", "ask_id", unique=True),
        Index("ix_changes_ask", "ask_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    ask_id: int
    offered_by: str
    offered_at: datetime
    result: str | None = Field(default=None, sa_type=Text)
    due: datetime
    reason: str | None = Field(default=None, sa_type=Text)
    answer: str | None = None  # agreed, refused, or overtaken by another move
    answered_at: datetime | None = None


class BatonRow(SQLModel, table=True):
    """An offer to pass custody on. The giver owns until the receiver takes it. One pending per ask, by the index.

    `to_department_id`: the ask moves to that department when the baton is taken. `answer`: taken, refused, expired,
    recalled, or overtaken by another move; null while it is pending.
    """

    __tablename__ = "batons"
    __table_args__ = (
        to_person("giver_id"),
        to_person("offered_by"),
        to_person("receiver_id"),
        to_ask("ask_id"),
        to_department("to_department_id"),
        CheckConstraint("giver_id != receiver_id", name="to_somebody_else"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_when_answered"),
        where("answer IS NULL", "uq_batons_one_pending", "ask_id", unique=True),
        where("answer IS NULL", "ix_batons_offered_to", "workspace_id", "receiver_id"),
        where("answer IS NULL", "ix_batons_expire", "expires_at"),
        Index("ix_batons_ask", "ask_id", "id"),
        Index("ix_batons_receiver", "workspace_id", "receiver_id", "answered_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    ask_id: int
    giver_id: str
    offered_by: str
    receiver_id: str
    to_department_id: int | None = None
    note: str = Field(sa_type=Text)
    offered_at: datetime
    expires_at: datetime
    answer: str | None = None
    reason: str | None = None
    words: str | None = Field(default=None, sa_type=Text)
    answered_at: datetime | None = None


class EventRow(SQLModel, table=True):
    """Who did what, when, with which particulars. `actor_id` null: Baton itself. `key`: the act was done already."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_ask", "ask_id", "id"),
        to_ask("ask_id"),
        where("key IS NOT NULL", "uq_events_key", "workspace_id", "key", unique=True),
        where("what = 'department_changed'", "ix_events_departments", "workspace_id", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    ask_id: int | None = None
    at: datetime
    actor_id: str | None = None
    what: str
    particulars: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    key: str | None = None


class DraftRow(SQLModel, table=True):
    """An ask that could not be filed at once: its whole text is kept while the asker answers what was unclear."""

    __tablename__ = "drafts"
    __table_args__ = (to_person("person_id"),)
    id: str = Field(primary_key=True)
    workspace_id: str
    person_id: str
    text: str = Field(sa_type=Text)
    particulars: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    made_at: datetime


asks = table(AskRow)
custody = table(CustodyRow)
changes = table(ChangeRow)
batons = table(BatonRow)
events = table(EventRow)
drafts = table(DraftRow)
