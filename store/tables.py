"""Every table, constraint and index of the ledger.

Rows are declared with SQLModel; verbs and queries read and write them with Core statements through the lower-case
names at the end (`asks.c.number`), which costs a fraction of mapped objects on the hot path. Every row belongs to a
workspace, and references carry the workspace along, so that the database itself keeps workspaces apart.
Tables do not validate: input is checked at the edge, what must always hold is a constraint here.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Enum, ForeignKeyConstraint, Index, MetaData, Table, Text, text
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from store.rules.lifecycle import Move, Outcome, Stage

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


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


def _choice(values: type[StrEnum], name: str, *, nullable: bool = False) -> Any:
    """A column that holds the value of an enum, as text under a CHECK, on every database alike."""
    return Column(
        Enum(
            values,
            name=name,
            native_enum=False,
            create_constraint=True,
            length=32,
            values_callable=lambda members: [member.value for member in members],
        ),
        nullable=nullable,
    )


def _person(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workspace_id", column], ["people.workspace_id", "people.id"])


class WorkspaceRow(SQLModel, table=True):
    """A Slack workspace. `last_number` is the number of its newest ask; `stopped_at`: its token no longer works."""

    __tablename__ = "workspaces"
    id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    last_number: int = 0
    stopped_at: datetime | None = None
    stopped_because: str | None = None


class PersonRow(SQLModel, table=True):
    """Somebody in a workspace, as Slack last told us. `refreshed_at`: when that was."""

    __tablename__ = "people"
    workspace_id: str = Field(primary_key=True, foreign_key="workspaces.id")
    id: str = Field(primary_key=True)
    handle: str = ""
    name: str = ""
    email: str | None = None
    locale: str = "en-US"
    time_zone: str = "UTC"
    is_bot: bool = False
    is_guest: bool = False
    is_admin: bool = False
    deleted_at: datetime | None = None
    refreshed_at: datetime
    home_seen_at: datetime | None = None


class DepartmentRow(SQLModel, table=True):
    """A team that takes asks. `hours`, `closed_days` and `ladder` are in the form of the YAML file."""

    __tablename__ = "departments"
    __table_args__ = (Unique("workspace_id", "key"), Unique("workspace_id", "id"), _person("lead_id"))
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    key: str
    names: list[str] = Field(sa_column=Column(JSON, nullable=False))
    channel_id: str
    lead_id: str
    time_zone: str
    hours: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    country: str | None = None
    region: str | None = None
    closed_days: list[str] = Field(sa_column=Column(JSON, nullable=False))
    lead_time: str
    locale: str = "en-US"
    ladder: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    guests_may_ask: bool = False
    usergroup_id: str | None = None
    archived_at: datetime | None = None


class MembershipRow(SQLModel, table=True):
    """Somebody who works in a department."""

    __tablename__ = "memberships"
    __table_args__ = (
        _person("person_id"),
        ForeignKeyConstraint(["workspace_id", "department_id"], ["departments.workspace_id", "departments.id"]),
        Index("ix_memberships_person", "workspace_id", "person_id"),
    )
    workspace_id: str
    department_id: int = Field(primary_key=True)
    person_id: str = Field(primary_key=True)


class ServiceRow(SQLModel, table=True):
    """Something a department promises."""

    __tablename__ = "services"
    __table_args__ = (
        Unique("department_id", "name"),
        _person("owner_id"),
        ForeignKeyConstraint(["workspace_id", "department_id"], ["departments.workspace_id", "departments.id"]),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    department_id: int
    position: int = 0
    name: str
    names: list[str] = Field(sa_column=Column(JSON, nullable=False))
    lead_time: str
    owner_id: str | None = None
    restate: bool = False
    archived_at: datetime | None = None


class AskRow(SQLModel, table=True):
    """One request across a department line. Who owns it stands in `custody`, and nowhere else.

    `asked_due` is what the asker wanted, `due` the promise that counts now; `promise_number` grows with each promise,
    so that a nudge belongs to one promise. `result` is the owner's restatement, once the asker agreed to it.
    `fed_at` is the last real activity, `version` grows with every move.
    """

    __tablename__ = "asks"
    __table_args__ = (
        Unique("workspace_id", "number"),
        Unique("workspace_id", "id"),
        _person("asker_id"),
        ForeignKeyConstraint(["workspace_id", "department_id"], ["departments.workspace_id", "departments.id"]),
        CheckConstraint("(stage = 'closed') = (outcome IS NOT NULL)", name="outcome_when_closed"),
        CheckConstraint("(stage = 'closed') = (closed_at IS NOT NULL)", name="closed_at_when_closed"),
        CheckConstraint("number > 0", name="number_positive"),
        Index(
            "ix_asks_open_department_due",
            "workspace_id",
            "department_id",
            "due",
            sqlite_where=text("stage != 'closed'"),
            postgresql_where=text("stage != 'closed'"),
        ),
        Index(
            "ix_asks_open_asker_due",
            "workspace_id",
            "asker_id",
            "due",
            sqlite_where=text("stage != 'closed'"),
            postgresql_where=text("stage != 'closed'"),
        ),
        Index("ix_asks_closed_at", "workspace_id", "department_id", "closed_at"),
        Index("ix_asks_asker_closed_at", "workspace_id", "asker_id", "closed_at"),
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
    stage: Stage = Field(sa_column=_choice(Stage, "stage"))
    outcome: Outcome | None = Field(default=None, sa_column=_choice(Outcome, "outcome", nullable=True))
    outcome_reason: str | None = Field(default=None, sa_type=Text)
    evidence: str | None = Field(default=None, sa_type=Text)
    evidence_link: str | None = None
    missing: str | None = Field(default=None, sa_type=Text)
    filed_at: datetime
    acknowledged_at: datetime | None = None
    delivered_at: datetime | None = None
    deliveries: int = 0
    closed_at: datetime | None = None
    fed_at: datetime
    version: int = 1


class CustodyRow(SQLModel, table=True):
    """Who owned an ask from when to when. The open row (`until` is null) is the owner: never two, by the index."""

    __tablename__ = "custody"
    __table_args__ = (
        _person("owner_id"),
        ForeignKeyConstraint(["workspace_id", "ask_id"], ["asks.workspace_id", "asks.id"]),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        Index(
            "uq_custody_one_owner",
            "ask_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index(
            "ix_custody_monkeys",
            "workspace_id",
            "owner_id",
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
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
        _person("offered_by"),
        ForeignKeyConstraint(["workspace_id", "ask_id"], ["asks.workspace_id", "asks.id"]),
        Index(
            "uq_changes_one_pending",
            "ask_id",
            unique=True,
            sqlite_where=text("answer IS NULL"),
            postgresql_where=text("answer IS NULL"),
        ),
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
        _person("giver_id"),
        _person("offered_by"),
        _person("receiver_id"),
        ForeignKeyConstraint(["workspace_id", "ask_id"], ["asks.workspace_id", "asks.id"]),
        ForeignKeyConstraint(["workspace_id", "to_department_id"], ["departments.workspace_id", "departments.id"]),
        CheckConstraint("giver_id != receiver_id", name="to_somebody_else"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_when_answered"),
        Index(
            "uq_batons_one_pending",
            "ask_id",
            unique=True,
            sqlite_where=text("answer IS NULL"),
            postgresql_where=text("answer IS NULL"),
        ),
        Index(
            "ix_batons_offered_to",
            "workspace_id",
            "receiver_id",
            sqlite_where=text("answer IS NULL"),
            postgresql_where=text("answer IS NULL"),
        ),
        Index(
            "ix_batons_expire",
            "expires_at",
            sqlite_where=text("answer IS NULL"),
            postgresql_where=text("answer IS NULL"),
        ),
        Index("ix_batons_ask", "ask_id", "id"),
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


class AbsenceRow(SQLModel, table=True):
    """Somebody is away from `since` to `until` (null: until they are back), with a deputy or without.

    `begun_at`: when the open monkeys were offered to the deputy. `ended_at`: when it was over, or called off.
    """

    __tablename__ = "absences"
    __table_args__ = (
        _person("person_id"),
        _person("deputy_id"),
        CheckConstraint("until IS NULL OR until > since", name="until_after_since"),
        CheckConstraint("deputy_id IS NULL OR deputy_id != person_id", name="deputy_is_somebody_else"),
        Index(
            "uq_absences_one_each",
            "workspace_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    person_id: str
    deputy_id: str | None = None
    since: datetime
    until: datetime | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None


class DutyRow(SQLModel, table=True):
    """Who is on duty in a department: week after week in turn, `people` from the week of `first_monday` on."""

    __tablename__ = "duty"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "department_id"], ["departments.workspace_id", "departments.id"]),
    )
    department_id: int = Field(primary_key=True)
    workspace_id: str
    people: list[str] = Field(sa_column=Column(JSON, nullable=False))
    first_monday: date


class DutyChangeRow(SQLModel, table=True):
    """An override of the rota: "Sam covers Tuesday"."""

    __tablename__ = "duty_changes"
    __table_args__ = (
        _person("person_id"),
        ForeignKeyConstraint(["workspace_id", "department_id"], ["departments.workspace_id", "departments.id"]),
    )
    department_id: int = Field(primary_key=True)
    day: date = Field(primary_key=True)
    workspace_id: str
    person_id: str


class EventRow(SQLModel, table=True):
    """Who did what, when, with which particulars. `actor_id` null: Baton itself. `key`: the act was done already."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_ask", "ask_id", "id"),
        ForeignKeyConstraint(["workspace_id", "ask_id"], ["asks.workspace_id", "asks.id"]),
        Index(
            "uq_events_key",
            "workspace_id",
            "key",
            unique=True,
            sqlite_where=text("key IS NOT NULL"),
            postgresql_where=text("key IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    ask_id: int | None = None
    at: datetime
    actor_id: str | None = None
    what: str
    particulars: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    key: str | None = None


class NudgePlanRow(SQLModel, table=True):
    """When the next nudge about an open ask is due. No row once it is closed; `at` null: nothing more to come."""

    __tablename__ = "nudge_plans"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "ask_id"], ["asks.workspace_id", "asks.id"]),
        Index(
            "ix_nudge_plans_at",
            "at",
            sqlite_where=text("at IS NOT NULL"),
            postgresql_where=text("at IS NOT NULL"),
        ),
        Index("ix_nudge_plans_receiver", "workspace_id", "receiver_id", "at"),
    )
    ask_id: int = Field(primary_key=True)
    workspace_id: str
    at: datetime | None = None
    rung: str | None = None
    receiver_id: str | None = None
    unanswered: int = 0
    snoozed_until: datetime | None = None


class NudgeRow(SQLModel, table=True):
    """A rung that was reached: once per ask, promise and rung, by the constraint. `outbox_id` null: it collapsed."""

    __tablename__ = "nudges"
    __table_args__ = (
        Unique("ask_id", "promise_number", "rung"),
        ForeignKeyConstraint(["workspace_id", "ask_id"], ["asks.workspace_id", "asks.id"]),
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


class OutboxRow(SQLModel, table=True):
    """Something to be said on Slack, kept as meaning: it is worded when it is sent, from the state as it is then.

    To `channel_id`, or to `person_id` as a direct message. `nonce` goes along as message metadata, so that after an
    unclear end Slack's own history can be asked whether the message is there.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("kind = 'refresh' OR (channel_id IS NULL) != (person_id IS NULL)", name="one_audience"),
        ForeignKeyConstraint(["workspace_id", "ask_id"], ["asks.workspace_id", "asks.id"]),
        Index(
            "ix_outbox_pending",
            "not_before",
            sqlite_where=text("state IN ('waiting', 'sending')"),
            postgresql_where=text("state IN ('waiting', 'sending')"),
        ),
        Index(
            "uq_outbox_one_refresh",
            "ask_id",
            unique=True,
            sqlite_where=text("kind = 'refresh' AND state = 'waiting'"),
            postgresql_where=text("kind = 'refresh' AND state = 'waiting'"),
        ),
        Index(
            "ix_outbox_person_pending",
            "workspace_id",
            "person_id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    kind: Kind = Field(sa_column=_choice(Kind, "kind"))
    message: str  # which message: a name in handlers/messages.py
    ask_id: int | None = None
    channel_id: str | None = None
    person_id: str | None = None
    particulars: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    nonce: str = Field(unique=True)
    state: Sending = Field(sa_column=_choice(Sending, "state"))
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
        ForeignKeyConstraint(["workspace_id", "ask_id"], ["asks.workspace_id", "asks.id"]),
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


class DraftRow(SQLModel, table=True):
    """An ask that could not be filed at once: its whole text is kept while the asker answers what was unclear."""

    __tablename__ = "drafts"
    __table_args__ = (_person("person_id"),)
    id: str = Field(primary_key=True)
    workspace_id: str
    person_id: str
    text: str = Field(sa_type=Text)
    particulars: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    made_at: datetime


class StandupRow(SQLModel, table=True):
    """A standup that is posted by itself: on which weekdays (0 = Monday) and at which minute of the local day."""

    __tablename__ = "standups"
    __table_args__ = (
        Unique("workspace_id", "channel_id", "department_id"),
        ForeignKeyConstraint(["workspace_id", "department_id"], ["departments.workspace_id", "departments.id"]),
        Index("ix_standups_next", "next_at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    department_id: int
    channel_id: str
    weekdays: list[int] = Field(sa_column=Column(JSON, nullable=False))
    minute: int
    time_zone: str
    next_at: datetime
    last_at: datetime | None = None
    set_by: str


class TroubleRow(SQLModel, table=True):
    """A conversation that Slack refuses to post to. Told once to those who can mend it; `check` lists it."""

    __tablename__ = "troubles"
    __table_args__ = (Unique("workspace_id", "channel_id"),)
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspaces.id")
    channel_id: str
    fault: str
    since: datetime


METADATA: MetaData = SQLModel.metadata


def _table(row: type[SQLModel]) -> Table:
    return METADATA.tables[str(row.__tablename__)]


workspaces = _table(WorkspaceRow)
people = _table(PersonRow)
departments = _table(DepartmentRow)
memberships = _table(MembershipRow)
services = _table(ServiceRow)
asks = _table(AskRow)
custody = _table(CustodyRow)
changes = _table(ChangeRow)
batons = _table(BatonRow)
absences = _table(AbsenceRow)
duty = _table(DutyRow)
duty_changes = _table(DutyChangeRow)
events = _table(EventRow)
nudge_plans = _table(NudgePlanRow)
nudges = _table(NudgeRow)
outbox = _table(OutboxRow)
posts = _table(PostRow)
drafts = _table(DraftRow)
standups = _table(StandupRow)
troubles = _table(TroubleRow)

__all__ = ["METADATA", "Kind", "Move", "Sending"]
