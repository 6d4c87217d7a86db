"""How all tables are made: one naming of constraints, enums by value, references that carry the workspace along."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Enum, ForeignKeyConstraint, Index, MetaData, Table, text
from sqlmodel import SQLModel

METADATA: MetaData = SQLModel.metadata
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def choice(values: type[StrEnum], name: str, *, nullable: bool = False) -> Any:
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


def to_person(column: str) -> ForeignKeyConstraint:
    """`column` is somebody of the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], ["people.workspace_id", "people.id"])


def to_department(column: str) -> ForeignKeyConstraint:
    """`column` is a department of the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], ["departments.workspace_id", "departments.id"])


def to_ask(column: str) -> ForeignKeyConstraint:
    """`column` is an ask of the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], ["asks.workspace_id", "asks.id"])


def where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index over the rows that satisfy `condition` only; a unique one is a rule that the database keeps."""
    return Index(name, *columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))


def table(row: type[SQLModel]) -> Table:
    """The table behind a row, for Core statements: `asks.c.number`."""
    return METADATA.tables[str(row.__tablename__)]
