"""What is to be done once in a while by one process of all, and when it is due next."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from store.tables.base import table


class ChoreRow(SQLModel, table=True):
    """A chore, by its name in the timetable. `next_at`: while somebody is at it, when another would try again."""

    __tablename__ = "chores"
    name: str = Field(primary_key=True)
    next_at: datetime


chores = table(ChoreRow)
