"""What stays of asks that were deleted by age: how many there were, and how they ended."""

from datetime import date

from sqlmodel import Field, SQLModel

from store.tables.base import table, to_department


class ForgottenRow(SQLModel, table=True):
    """So many asks of a department that were closed in `month` (its first day), came out alike, and are deleted now.

    `kept`: a `rules.kept.Kept`, or empty where no promise came out.
    """

    __tablename__ = "forgotten"
    __table_args__ = (to_department("department_id"),)
    workspace_id: str = Field(primary_key=True)
    department_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    month: date = Field(primary_key=True)
    outcome: str = Field(primary_key=True)
    kept: str = Field(primary_key=True)
    was_rush: bool = Field(primary_key=True)
    asks: int


forgotten = table(ForgottenRow)
