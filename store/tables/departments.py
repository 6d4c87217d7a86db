"""The departments: who works there, what they promise, who is on duty, when their digest is posted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, Text, text
from sqlalchemy import UniqueConstraint as Unique
from sqlmodel import Field, SQLModel

from store.tables.base import table, to_department, to_person, where


class DepartmentRow(SQLModel, table=True):
    """A team that takes asks. `hours`, `closed_days` and `ladder` are in the form of the YAML file.

    `is_gray_zone`: it is the desk for asks that fit no department. One per workspace, by the index.
    """

    __tablename__ = "departments"
    __table_args__ = (
        Unique("workspace_id", "key"),
        Unique("workspace_id", "id"),
        to_person("lead_id"),
        where("is_gray_zone AND archived_at IS NULL", "uq_departments_one_desk", "workspace_id", unique=True),
    )
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
    is_gray_zone: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    archived_at: datetime | None = None


class MembershipRow(SQLModel, table=True):
    """Somebody who works in a department."""

    __tablename__ = "memberships"
    __table_args__ = (
        to_person("person_id"),
        to_department("department_id"),
        Index("ix_memberships_person", "workspace_id", "person_id"),
    )
    workspace_id: str
    department_id: int = Field(primary_key=True)
    person_id: str = Field(primary_key=True)


class ServiceRow(SQLModel, table=True):
    """Something a department promises. `inputs`: what it needs to start, each with name, help, and whether required.

    `promise`: what askers read of it; `done_means`: what done looks like. `changed_by`: who last wrote it, in Slack.
    """

    __tablename__ = "services"
    __table_args__ = (
        Unique("department_id", "name"),
        to_person("owner_id"),
        to_department("department_id"),
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
    inputs: list[dict[str, Any]] = Field(
        sa_column=Column(JSON(none_as_null=True), nullable=False, server_default="[]"), default_factory=list
    )
    done_means: str | None = Field(default=None, sa_type=Text)
    ladder: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False, server_default="{}"))
    promise: str | None = Field(default=None, sa_type=Text)
    changed_by: str | None = None
    archived_at: datetime | None = None


class DutyRow(SQLModel, table=True):
    """Who is on duty in a department: week after week in turn, `people` from the week of `first_monday` on."""

    __tablename__ = "duty"
    __table_args__ = (to_department("department_id"),)
    department_id: int = Field(primary_key=True)
    workspace_id: str
    people: list[str] = Field(sa_column=Column(JSON, nullable=False))
    first_monday: date


class DutyChangeRow(SQLModel, table=True):
    """An override of the rota: "Sam covers Tuesday"."""

    __tablename__ = "duty_changes"
    __table_args__ = (
        to_person("person_id"),
        to_department("department_id"),
    )
    department_id: int = Field(primary_key=True)
    day: date = Field(primary_key=True)
    workspace_id: str
    person_id: str


class StandupRow(SQLModel, table=True):
    """A standup that is posted by itself: on which weekdays (0 = Monday) and at which minute of the local day."""

    __tablename__ = "standups"
    __table_args__ = (
        Unique("workspace_id", "channel_id", "department_id"),
        to_department("department_id"),
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


departments = table(DepartmentRow)
memberships = table(MembershipRow)
services = table(ServiceRow)
duty = table(DutyRow)
duty_changes = table(DutyChangeRow)
standups = table(StandupRow)
