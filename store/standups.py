"""`/standup every weekday at 09:30`: digests that are posted by themselves, each once, by whichever process asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, func, insert, select, update

from store import departments, outbox
from store.database import Act, Look
from store.events import record, was_done
from store.refusals import AlreadyDone
from store.tables import standups


@dataclass(frozen=True, slots=True)
class Schedule:
    """A standup that is posted by itself. `weekdays`: 0 is Monday; `minute` of the local day in `time_zone`."""

    department_id: int
    channel_id: str
    weekdays: tuple[int, ...]
    minute: int
    time_zone: str
    next_at: datetime
    instead_of: "Schedule | None" = None  # the one that it replaced a moment ago


def schedule(
    act: Act, department_id: int, channel_id: str, weekdays: Sequence[int], minute: int, time_zone: str
) -> Schedule:
    """Post this department's digest in a channel from now on; a schedule that was there for both is replaced.

    Raises LookupError where there is no such department in this workspace.
    """
    department_id = departments.by_id(act, department_id).id
    before = next((one for one in scheduled(act, department_id) if one.channel_id == channel_id), None)
    cancel(act, department_id, channel_id)
    days = tuple(sorted(set(weekdays)))
    made = Schedule(department_id, channel_id, days, minute, time_zone, next_time(days, minute, time_zone, act.now))
    made = replace(made, instead_of=before)
    act.connection.execute(
        insert(standups).values(
            workspace_id=act.workspace_id,
            department_id=department_id,
            channel_id=channel_id,
            weekdays=list(days),
            minute=minute,
            time_zone=time_zone,
            next_at=made.next_at,
            set_by=act.actor_id,
        )
    )
    record(act, None, "schedule_standup", {"department": department_id, "channel": channel_id})
    return made


def cancel(act: Act, department_id: int, channel_id: str) -> bool:
    """Stop posting this department's digest in a channel. Returns whether there was such a schedule."""
    done = act.connection.execute(
        delete(standups).where(
            standups.c.workspace_id == act.workspace_id,
            standups.c.department_id == department_id,
            standups.c.channel_id == channel_id,
        )
    )
    return done.rowcount > 0


def scheduled(look: Look, department_id: int) -> list[Schedule]:
    """The schedules of a department."""
    rows = look.connection.execute(
        select(standups).where(standups.c.workspace_id == look.workspace_id, standups.c.department_id == department_id)
    )
    return [
        Schedule(row.department_id, row.channel_id, tuple(row.weekdays), row.minute, row.time_zone, row.next_at)
        for row in rows
    ]


def post_now(act: Act, department_id: int, channel_id: str) -> None:
    """Somebody shows this department's digest to a channel, once. Raises AlreadyDone, and LookupError as `schedule`."""
    if was_done(act):
        raise AlreadyDone(None)
    department_id = departments.by_id(act, department_id).id  # one of this workspace, or none
    record(act, None, "post_standup", {"department": department_id, "channel": channel_id})
    outbox.post(act, "standup", channel_id=channel_id, department=department_id, since=None)


def post_due(act: Act, limit: int = 50) -> int:
    """Put the digests that are due into the outbox, of every workspace; after an outage one each, not one a day."""
    rows = act.connection.execute(
        select(standups).where(standups.c.next_at <= act.now).limit(limit).with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        there = Act(act.connection, row.workspace_id, act.now, None, None, act.wrote_outbox)
        outbox.post(
            there,
            "standup",
            channel_id=row.channel_id,
            department=row.department_id,
            since=row.last_at.isoformat() if row.last_at else None,
        )
        act.connection.execute(
            update(standups)
            .where(standups.c.id == row.id, standups.c.next_at == row.next_at)
            .values(last_at=act.now, next_at=next_time(tuple(row.weekdays), row.minute, row.time_zone, act.now))
        )
    return len(rows)


def next_at(connection: Connection) -> datetime | None:
    """When the next digest is due, over all workspaces."""
    return connection.execute(select(func.min(standups.c.next_at))).scalar()


def next_time(weekdays: Sequence[int], minute: int, time_zone: str, after: datetime) -> datetime:
    """The first instant after `after` that is `minute` of one of `weekdays` in `time_zone`.

    A clock time that a day skips is read as just after the gap; one that it repeats is the first.
    """
    zone = ZoneInfo(time_zone)
    day = after.astimezone(zone).date()
    for _ in range(9):
        if day.weekday() in weekdays:
            instant = datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)
            if instant > after:
                return instant
        day += timedelta(days=1)
    raise ValueError("a schedule needs a weekday")
