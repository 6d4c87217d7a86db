"""What Baton says: the nudges that are planned and were reached, the outbox, what stands on Slack."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from store.tables.base import choice, table, to_ask, where


class Sending(StrEnum):
    """Where a row of the outbox stands."""

    WAITING = "waiting"
    SENDING = "sending"  # handed to Slack; after a crash the only state that needs a look at Slack's history
    SENT = "sent"
    GIVEN_UP = "given_up"


class Kind(StrEnum):
    """What a row of the outbox asks for: a new message, or an edit of messages that are there."""

    POST = "post"
    REFRESH = "refresh"


class NudgePlanRow(SQLModel, table=True):
    """When the next nudge about an open ask is due. No row once it is closed; `at` null: nothing more to come."""

    __tablename__ = "nudge_plans"
    __table_args__ = (
        to_ask("ask_id"),
        where("at IS NOT NULL", "ix_nudge_plans_at", "at"),
        Index("ix_nudge_plans_receiver", "workspace_id", "receiver_id", "at"),
    )
    ask_id: int = Field(primary_key=True)
    workspace_id: str
    at: datetime | None = None
    rung: str | None = None
    receiver_id: str | None = None
    unanswered: int = 0
    snoozed_until: datetime | None = None
    held_by: str | None = None  # why the receiver hears it later than the ladder says: a `Because`


class NudgeRow(SQLModel, table=True):
    """A rung that was reached: once per ask, promise and rung, by the constraint. `outbox_id` null: it collapsed."""

    __tablename__ = "nudges"
    __table_args__ = (
        Unique("ask_id", "promise_number", "rung"),
        to_ask("ask_id"),
        Index("ix_nudges_outbox", "outbox_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    ask_id: int
    promise_number: int
    rung: str
    receiver_id: str
    due_at: datetime
    fired_at: datetime
    outbox_id: int | None = None
    held_by: str | None = None


_TRIED = "settled_at IS NULL AND attempts > 0"


class OutboxRow(SQLModel, table=True):
    """Something to be said on Slack, kept as meaning: it is worded when it is sent, from the state as it is then.

    To `channel_id`, or to `person_id` as a direct message. `nonce` goes along as message metadata, so that after an
    unclear end Slack's own history can be asked whether the message is there.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("kind = 'refresh' OR (channel_id IS NULL) != (person_id IS NULL)", name="one_audience"),
        to_ask("ask_id"),
        where("state IN ('waiting', 'sending')", "ix_outbox_pending", "not_before", "id"),
        where("kind = 'refresh' AND state = 'waiting'", "uq_outbox_one_refresh", "ask_id", unique=True),
        where("state = 'waiting'", "ix_outbox_person_pending", "workspace_id", "person_id"),
        # What is on its way or being tried again: the later ones of a conversation wait for it. Each is good for one
        # question only, or PostgreSQL might look through all of another for each row, when it believes them few.
        where(f"channel_id IS NOT NULL AND {_TRIED}", "ix_outbox_tried_channel", "workspace_id", "channel_id"),
        where(f"person_id IS NOT NULL AND {_TRIED}", "ix_outbox_tried_person", "workspace_id", "person_id"),
        where(f"ask_id IS NOT NULL AND {_TRIED}", "ix_outbox_tried_ask", "workspace_id", "ask_id"),
        Index("ix_outbox_ask", "ask_id"),  # without it the database reads all of these for each ask that is deleted
        where("ask_id IS NULL", "ix_outbox_of_no_ask", "workspace_id", "put_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    kind: Kind = Field(sa_column=choice(Kind, "kind"))
    message: str  # which message: a name in handlers/messages.py
    ask_id: int | None = None
    channel_id: str | None = None
    person_id: str | None = None
    particulars: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    nonce: str = Field(unique=True)
    state: Sending = Field(sa_column=choice(Sending, "state"))
    put_at: datetime
    not_before: datetime
    claimed_until: datetime | None = None
    attempts: int = 0
    fault: str | None = None
    settled_at: datetime | None = None


class PostRow(SQLModel, table=True):
    """A message on Slack that we know: where it stands, so that it can be edited, threaded and linked."""

    __tablename__ = "posts"
    __table_args__ = (
        Unique("workspace_id", "channel_id", "ts"),
        to_ask("ask_id"),
        Index("ix_posts_ask", "ask_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    ask_id: int | None = None
    message: str
    channel_id: str
    person_id: str | None = None
    ts: str
    nonce: str
    posted_at: datetime


class TroubleRow(SQLModel, table=True):
    """A conversation that Slack refuses to post to. Told once to those who can mend it; `check` lists it."""

    __tablename__ = "troubles"
    __table_args__ = (Unique("workspace_id", "channel_id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    channel_id: str
    fault: str
    since: datetime


class CourierRow(SQLModel, table=True):
    """A courier at work, in whichever process: they share out how fast Slack lets us speak. `seen_at`: real time."""

    __tablename__ = "couriers"
    id: str = Field(primary_key=True)
    seen_at: datetime


nudge_plans = table(NudgePlanRow)
nudges = table(NudgeRow)
outbox = table(OutboxRow)
posts = table(PostRow)
troubles = table(TroubleRow)
couriers = table(CourierRow)
