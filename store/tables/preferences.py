"""How people want to be nudged: what somebody chose under "My nudges" on Home."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column
from sqlmodel import Field, SQLModel

from store.tables.base import table, to_person


class PreferenceRow(SQLModel, table=True):
    """One row for whoever chose anything. `quiet`: hours in the form of the YAML file; empty: none.

    `bundle_at`: minutes after midnight in the person's own zone. `version` grows with every change.
    """

    __tablename__ = "preferences"
    __table_args__ = (
        to_person("person_id"),
        CheckConstraint("bundle_at IS NULL OR bundle_at BETWEEN 0 AND 1439", name="bundle_at_in_the_day"),
    )
    workspace_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    quiet: dict[str, str] = Field(sa_column=Column(JSON, nullable=False))
    bundle_at: int | None = None
    rush_at_any_hour: bool = False
    changed_at: datetime
    version: int = 1


preferences = table(PreferenceRow)
