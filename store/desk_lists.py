"""The monthly list of the gray-zone desk: sent on the first working day of a month, once, by whichever process asks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from store import departments, gray_zone, outbox
from store.database import Act, Look
from store.queries import landed
from store.rules.calendar import Calendar
from store.tables import departments as rows_of_departments
from store.tables import desk_lists


def post_due(act: Act) -> int:
    """Send the lists that are due, of every workspace, to who coordinates and who leads the desk; returns how many.

    A month in which nothing landed, with nothing left from it at the desk, is passed over in silence.
    """
    return sum(
        _post(Act(act.connection, workspace_id, act.now, None, None, act.wrote_outbox))
        for workspace_id in _with_a_desk(act.connection)
    )


def unattended(connection: Connection, now: datetime) -> list[str]:
    """The workspaces whose gray-zone desk has nobody here who could coordinate: who is away owns what lands."""
    found = []
    for workspace_id in _with_a_desk(connection):
        look = Look(connection, workspace_id, now)
        desk = departments.desk(look)
        if desk is not None and gray_zone.coordinator(look, desk) is None:
            found.append(workspace_id)
    return found


def first_opening(calendar: Calendar, month: date) -> datetime | None:
    """When the first working day of a month begins; None where it has none."""
    days = (month + timedelta(days=passed) for passed in range((landed.next_month(month) - month).days))
    return next((opening for day in days if (opening := calendar.opening(day)) is not None), None)


def _post(act: Act) -> int:
    desk = departments.desk(act)
    if desk is None:
        return 0
    month = landed.this_month(act, desk)
    due = first_opening(desk.calendar, month)
    if due is None or act.now < due or not _claim(act, month):
        return 0
    before = landed.month_before(month)
    if not landed.month(act, desk, before).total and not landed.waiting(act, desk, month):
        return 0
    for person_id in {gray_zone.coordinator(act, desk) or desk.lead_id, desk.lead_id}:
        outbox.post(act, "desk_list", person_id=person_id, month=before.isoformat())
    return 1


def _claim(act: Act, month: date) -> bool:
    """Whether this process is the one to send the month's list."""
    mine = (desk_lists.c.workspace_id == act.workspace_id, desk_lists.c.month == month)
    if act.connection.execute(select(desk_lists.c.month).where(*mine)).first():
        return False
    try:
        with act.connection.begin_nested():
            row = {"workspace_id": act.workspace_id, "month": month, "sent_at": act.now}
            act.connection.execute(insert(desk_lists), row)
    except IntegrityError:
        return False
    return True


def _with_a_desk(connection: Connection) -> Iterator[str]:
    marked = (rows_of_departments.c.is_gray_zone, rows_of_departments.c.archived_at.is_(None))
    yield from connection.execute(select(rows_of_departments.c.workspace_id).where(*marked)).scalars().all()
