"""What changed in a department: who changed which part, when, from what to what; newest first."""

from sqlalchemy import Select, literal_column, select

from store import people
from store.database import Look
from store.rules.permissions import Matter
from store.snapshots import DepartmentChange
from store.tables import events

CHANGED = "department_changed"  # the event: which department, which part, before, after
PAGE = 10


def page(look: Look, department_id: int, number: int = 0) -> tuple[list[DepartmentChange], bool]:
    """One page of the changes, and whether there are older ones."""
    rows = _read(look, _of(look, department_id).limit(PAGE + 1).offset(number * PAGE))
    return rows[:PAGE], len(rows) > PAGE


def last_of(look: Look, department_id: int, part: Matter) -> DepartmentChange | None:
    """The newest change of one part."""
    found = _read(look, _of(look, department_id).where(events.c.particulars["part"].as_string() == part).limit(1))
    return found[0] if found else None


def _of(look: Look, department_id: int) -> Select[tuple[object, ...]]:
    # The name stands in the statement itself: only so is the index of these events found.
    return (
        select(events)
        .where(
            events.c.workspace_id == look.workspace_id,
            events.c.what == literal_column(f"'{CHANGED}'"),
            events.c.particulars["department"].as_integer() == department_id,
        )
        .order_by(events.c.id.desc())
    )


def _read(look: Look, statement: Select[tuple[object, ...]]) -> list[DepartmentChange]:
    rows = look.connection.execute(statement).all()
    actors = people.several(look, {row.actor_id for row in rows if row.actor_id})
    return [
        DepartmentChange(
            row.at,
            Matter(row.particulars["part"]),
            actors.get(row.actor_id or ""),
            row.particulars.get("before") or {},
            row.particulars.get("after") or {},
        )
        for row in rows
    ]
