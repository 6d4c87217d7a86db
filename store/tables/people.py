"""The workspaces and their people: who they are, and who is away."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from store.tables.base import table, to_person, where


class WorkspaceRow(SQLModel, table=True):
    """A Slack workspace. `last_number` is the number of its newest ask; `stopped_at`: its token no longer works.

    `departments_stamp` is another after each change of a department, so that what was read of them can be kept.
    """

    __tablename__ = "workspaces"
    __table_args__ = (where("enterprise_id IS NOT NULL", "ix_workspaces_organisation", "enterprise_id"),)
    id: str = Field(primary_key=True)
    name: str = ""
    bot_user_id: str = ""
    last_number: int = 0
    departments_stamp: str = ""
    stopped_at: datetime | None = None
    stopped_because: str | None = None
    enterprise_id: str | None = None  # of an organisation that installed Baton for all its workspaces


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
    not_disturbed_until: datetime | None = None  # Slack's do-not-disturb, as it was when we last asked
    disturbance_asked_at: datetime | None = None


class AbsenceRow(SQLModel, table=True):
    """Somebody is away from `since` to `until` (null: until they are back), with a deputy or without.

    `begun_at`: when the open monkeys were offered to the deputy. `ended_at`: when it was over, or called off.
    """

    __tablename__ = "absences"
    __table_args__ = (
        to_person("person_id"),
        to_person("deputy_id"),
        CheckConstraint("until IS NULL OR until > since", name="until_after_since"),
        CheckConstraint("deputy_id IS NULL OR deputy_id != person_id", name="deputy_is_somebody_else"),
        where("ended_at IS NULL", "uq_absences_one_each", "workspace_id", "person_id", unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str
    person_id: str
    deputy_id: str | None = None
    since: datetime
    until: datetime | None = None
    begun_at: datetime | None = None
    ended_at: datetime | None = None


workspaces = table(WorkspaceRow)
people = table(PersonRow)
absences = table(AbsenceRow)
