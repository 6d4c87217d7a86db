"""The duty rota of a department: who owns what comes in, this week and on single days.

Weeks go round: the people in turn, Monday to Sunday, from a first Monday on. An override names somebody else for a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, insert

from store import departments, people, permitting, presence, setting_up
from store.database import Act, Look
from store.plans import Plan, as_plan, mark
from store.queries.department_changes import last_of
from store.refusals import DayPassed, PartChanged, UnknownPeople
from store.rules.permissions import Matter
from store.tables import duty, duty_changes


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the rota. `person_id` None is a gap: nobody is on duty though the department works."""

    day: date
    person_id: str | None
    is_override: bool
    works: bool
    is_away: bool


def set_rota(act: Act, department_id: int, person_ids: Sequence[str], first_monday: date) -> None:
    """These people take turns, a week each. An empty list ends the rota. Raises MayNot, UnknownPeople."""
    before = _begin(act, department_id)
    _check(act, person_ids)
    _forget_past_covers(act, department_id)
    act.connection.execute(delete(duty).where(duty.c.department_id == department_id))
    if person_ids:
        monday = first_monday - timedelta(days=first_monday.weekday())
        act.connection.execute(
            insert(duty),
            {
                "department_id": department_id,
                "workspace_id": act.workspace_id,
                "people": list(person_ids),
                "first_monday": monday,
            },
        )
    departments.stamp(act)
    setting_up.tell_changes(act, department_id, before)


def take_turns(act: Act, department_id: int, seen: str, person_ids: Sequence[str], first_monday: date) -> bool:
    """The same by the form, which knows the mark of the rota that it showed. Raises PartChanged, too."""
    departments.stamp(act)  # from here on nobody else changes departments before this act is over
    department = departments.by_id(act, department_id)
    if mark(as_plan(department), Matter.ROTA) != seen:
        raise PartChanged(department, Matter.ROTA, last_of(act, department_id, Matter.ROTA))
    set_rota(act, department_id, person_ids, first_monday)
    return True


def cover(act: Act, department_id: int, day: date, person_id: str | None) -> None:
    """Somebody else is on duty that day; None: as the rota says. Raises MayNot, UnknownPeople, DayPassed."""
    before = _begin(act, department_id)
    department = departments.by_id(act, department_id)
    if day < department.calendar.local(act.now).date():
        raise DayPassed(day)
    _forget_past_covers(act, department_id)
    act.connection.execute(
        delete(duty_changes).where(duty_changes.c.department_id == department_id, duty_changes.c.day == day)
    )
    if person_id is not None:
        _check(act, [person_id])
        act.connection.execute(
            insert(duty_changes),
            {
                "department_id": department_id,
                "workspace_id": act.workspace_id,
                "day": day,
                "person_id": person_id,
            },
        )
    departments.stamp(act)
    setting_up.tell_changes(act, department_id, before)


def coming_weeks(look: Look, department_id: int, weeks: int = 4) -> list[Day]:
    """The rota from today on, day by day."""
    department = departments.by_id(look, department_id)
    today = department.calendar.local(look.now).date()
    rota = department.rota
    days = []
    for day in (today + timedelta(days=offset) for offset in range(weeks * 7)):
        person_id = rota.on(day)
        absence = presence.absence_of(look, person_id) if person_id else None
        opening = department.calendar.opening(day)
        is_away = bool(
            absence and opening and absence.since <= opening and (absence.until is None or absence.until > opening)
        )
        days.append(Day(day, person_id, rota.is_covered(day), department.calendar.is_working_day(day), is_away))
    return days


def _begin(act: Act, department_id: int) -> Plan:
    """The department as it was before. Raises MayNot."""
    department = departments.by_id(act, department_id)
    permitting.check(act, department, Matter.ROTA)
    return as_plan(department)


def _forget_past_covers(act: Act, department_id: int) -> None:
    """Who covered a day that is over matters no more; what happened then is in the events."""
    today = departments.by_id(act, department_id).calendar.local(act.now).date()
    act.connection.execute(
        delete(duty_changes).where(duty_changes.c.department_id == department_id, duty_changes.c.day < today)
    )


def _check(act: Act, person_ids: Sequence[str]) -> None:
    known = people.several(act, person_ids)
    unknown = tuple(one for one in person_ids if not presence.can_own(known.get(one)))
    if unknown:
        raise UnknownPeople(unknown)
