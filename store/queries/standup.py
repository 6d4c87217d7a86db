"""The digest of a department for `/standup`: what is late, due, unacknowledged, starving, delivered, closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from store.database import Look
from store.queries import promises
from store.queries.asks import listed
from store.queries.promises import Share
from store.queries.questions import WAITS_FOR_ANSWER
from store.rules import months
from store.rules.kept import closed_since
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import Stage
from store.snapshots import Ask, Department
from store.tables import asks

MOST = 8  # asks shown of each part; the rest is counted
STARVING_AFTER = LeadTime(2, "days")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the digest: the first asks, and how many there are in all."""

    asks: tuple[Ask, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Digest:
    """A department's standup as of `now`. An open ask stands in the most pressing part only.

    `closed`: since `since`, the standup before, or a day ago. `promises`: how those of this month came out.
    """

    department: Department
    now: datetime
    since: datetime
    late: Part
    due_today: Part
    not_acknowledged: Part
    starving: Part
    on_track: Part
    awaiting_answer: Part
    awaiting_verdict: Part
    closed: Part
    promises: Share


def digest(look: Look, department: Department, since: datetime | None = None) -> Digest:
    """What a lead reads out in the morning: everything open, by what has to happen next."""
    now = look.now
    since = since or now - timedelta(days=1)
    calendar = department.calendar
    month_began = months.began(calendar, now)
    today_ends = _end_of_day(department, now)
    hungry_since = calendar.work_before(now, STARVING_AFTER)
    mine = asks.c.department_id == department.id
    open_or_acknowledged = asks.c.stage.in_((Stage.OPEN, Stage.ACKNOWLEDGED))
    working = open_or_acknowledged & ~WAITS_FOR_ANSWER  # of the others the clock stands still
    closed = closed_since(calendar, now)  # what is due then is not late yet
    late = (asks.c.due < now) & (asks.c.due != closed)
    today = ((asks.c.due >= now) & (asks.c.due <= today_ends)) | (asks.c.due == closed)
    later = asks.c.due > today_ends
    hungry = asks.c.fed_at < hungry_since
    acknowledged = working & (asks.c.stage == Stage.ACKNOWLEDGED)
    return Digest(
        department,
        now,
        since,
        late=_part(look, mine, working, late),
        due_today=_part(look, mine, working, today),
        not_acknowledged=_part(look, mine, working, asks.c.stage == Stage.OPEN, later),
        starving=_part(look, mine, acknowledged, later, hungry),
        on_track=_part(look, mine, acknowledged, later, ~hungry),
        awaiting_answer=_part(look, mine, open_or_acknowledged, WAITS_FOR_ANSWER),
        awaiting_verdict=_part(look, mine, asks.c.stage == Stage.DELIVERED),
        closed=_part(look, mine, asks.c.stage == Stage.CLOSED, asks.c.closed_at >= since, newest_first=True),
        promises=promises.kept_share(look, department.id, month_began),
    )


def _end_of_day(department: Department, now: datetime) -> datetime:
    local = department.calendar.local(now)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.astimezone(now.tzinfo)


def _part(look: Look, *where: ColumnElement[bool], newest_first: bool = False) -> Part:
    total = look.connection.execute(
        select(func.count()).select_from(asks).where(asks.c.workspace_id == look.workspace_id, *where)
    ).scalar_one()
    order_by = (asks.c.closed_at.desc(),) if newest_first else (asks.c.due, asks.c.number)
    return Part(tuple(listed(look, *where, order_by=order_by, limit=MOST)) if total else (), total)
