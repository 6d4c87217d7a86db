"""Why did somebody get a nudge? The rung, its ladder, the calendar it was counted on, and what held it back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from store import departments, nudging, preferences
from store.database import Look
from store.queries import asks
from store.queries.nudged import TO_DEPUTY
from store.rules.calendar import Calendar
from store.rules.ladder import Ladder
from store.rules.lifecycle import Stage
from store.rules.quiet import Because, Preferences
from store.rules.rungs import Due, Rung
from store.snapshots import Ask, Person
from store.tables import nudge_plans, nudges, outbox

MOST_DAYS_OFF = 4  # that are named
_LATE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Why:
    """One nudge, explained. `rung`: its key; `meant_for`: by the ladder; `said_at`: when it went out.

    `held_by`: what made it wait; None for a nudge that is only late, as after an outage. `works`: the receiver's
    calendar, of `works_in` (a department's name; None: an ordinary office week). `days_off`: free days between the
    promise and its due time. `service`: whose own ladder it is; None: the department's. `to_deputy`: it went to who
    stands in. `next`: what comes next, and to whom.
    """

    ask: Ask
    rung: str
    meant_for: datetime
    said_at: datetime
    held_by: Because | None
    works: Calendar
    works_in: str | None
    days_off: tuple[date, ...]
    ladder: Ladder
    service: str | None
    chosen: Preferences
    snoozed_until: datetime | None
    to_deputy: bool
    next: Due | None
    next_to: str | None

    @property
    def was_late(self) -> bool:
        return self.said_at - self.meant_for > _LATE


def why(look: Look, nudge_id: int, reader: Person) -> Why | None:
    """The nudge with this row id, explained to whom it was for; None if it was for somebody else."""
    row = look.connection.execute(
        select(nudges, outbox.c.settled_at)
        .outerjoin(outbox, outbox.c.id == nudges.c.outbox_id)
        .where(nudges.c.id == nudge_id, nudges.c.workspace_id == look.workspace_id)
    ).first()
    if row is None or row.receiver_id != reader.id:
        return None
    ask = asks.by_id(look, row.ask_id)
    department = departments.by_id(look, ask.department_id)
    service = department.service(ask.service_id)
    to_asker = reader.id == ask.asker.id and row.rung.startswith(("verdict", "answer", Rung.ASKER_LATE))
    home = departments.of_person(look, reader.id) if to_asker else department
    works = nudging.calendar_of(look, reader) if to_asker else department.calendar
    plan = look.connection.execute(select(nudge_plans).where(nudge_plans.c.ask_id == ask.id)).first()
    snoozed_until = plan.snoozed_until if plan else None
    following = nudging.next_due(look, ask, plan.unanswered, snoozed_until) if plan and ask.is_open else None
    return Why(
        ask=ask,
        rung=row.rung.removesuffix(TO_DEPUTY),
        meant_for=row.due_at,
        said_at=row.settled_at or row.fired_at,
        held_by=Because(row.held_by) if row.held_by else None,
        works=works,
        works_in=home.name if home else None,
        days_off=_days_off(works, ask.promised_at, ask.due) if ask.stage is not Stage.DELIVERED else (),
        ladder=department.ladder_of(ask.service_id),
        service=service.name if service and service.ladder else None,
        chosen=preferences.of(look, reader.id),
        snoozed_until=snoozed_until if snoozed_until and snoozed_until > look.now else None,
        to_deputy=row.rung.endswith(TO_DEPUTY),
        next=following,
        next_to=nudging.receiver(ask, following) if following else None,
    )


def _days_off(calendar: Calendar, since: datetime, until: datetime) -> tuple[date, ...]:
    """The first days between two instants that are free though their weekday is worked: holidays, closed days."""
    day, last = calendar.local(since).date(), calendar.local(until).date()
    found: list[date] = []
    while day <= last and len(found) < MOST_DAYS_OFF and (last - day).days < 2 * 366:
        if not calendar.is_working_day(day) and calendar.hours.days[day.weekday()]:
            found.append(day)
        day += timedelta(days=1)
    return tuple(found)
