"""Who stands in for whom in a department whenever somebody is away without naming a deputy of their own."""

from sqlmodel import Field, SQLModel

from store.tables.base import table, to_department, to_person


class DeputyRow(SQLModel, table=True):
    """A standing deputy: one for each person and department."""

    __tablename__ = "deputies"
    __table_args__ = (to_person("person_id"), to_person("deputy_id"), to_department("department_id"))
    workspace_id: str
    department_id: int = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    deputy_id: str


deputies = table(DeputyRow)
