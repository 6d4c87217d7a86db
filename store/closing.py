"""Close a department: it takes no asks any more, and its history stays. It can be opened again."""

from sqlalchemy import delete, or_, select, update

from store import departments, permitting, setting_up
from store.changing import check_names
from store.database import Act, Look
from store.plans import as_plan
from store.refusals import DepartmentClosed, HoldsMonkeys
from store.rules.lifecycle import Stage
from store.rules.permissions import Matter
from store.tables import asks, batons, standups
from store.tables import departments as rows


def close(act: Act, department_id: int) -> None:
    """Nobody can ask it from now on. Raises MayNot, DepartmentClosed, and HoldsMonkeys while asks are open there."""
    departments.stamp(act)  # who files at this instant waits, and is told
    department = departments.by_id(act, department_id)
    permitting.check(act, department, Matter.CLOSE)
    if department.archived:
        raise DepartmentClosed(department)
    if held := held_numbers(act, department_id):
        raise HoldsMonkeys(department, held)
    act.connection.execute(update(rows).where(rows.c.id == department_id).values(archived_at=act.now))
    act.connection.execute(delete(standups).where(standups.c.department_id == department_id))
    departments.stamp(act)
    setting_up.note(act, department_id, Matter.CLOSE)


def open_again(act: Act, department_id: int) -> None:
    """It takes asks as it did. Raises MayNot, and NameTaken when another department took one of its names."""
    departments.stamp(act)
    department = departments.by_id(act, department_id)
    permitting.check(act, department, Matter.REOPEN)
    check_names(act, department_id, department.key, department.names)
    setting_up.become(act, department_id, as_plan(department))


def held_numbers(look: Look, department_id: int) -> tuple[int, ...]:
    """The numbers of the asks that are open in a department, or offered to it."""
    offered = select(batons.c.ask_id).where(
        batons.c.workspace_id == look.workspace_id,
        batons.c.to_department_id == department_id,
        batons.c.answer.is_(None),
    )
    found = look.connection.execute(
        select(asks.c.number)
        .where(
            asks.c.workspace_id == look.workspace_id,
            asks.c.stage != Stage.CLOSED,
            or_(asks.c.department_id == department_id, asks.c.id.in_(offered)),
        )
        .order_by(asks.c.number)
    )
    return tuple(row.number for row in found)
