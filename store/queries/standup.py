"""The digest of a department for `/standup`: what is late, due, unacknowledged, starving, delivered, closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, select

from store.database import Look
from store.queries import promises
from store.queries.asks import STILL_OPEN, by_ids
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
PARTS = (
    "late",
    "due_today",
    "not_acknowledged",
    "starving",
    "awaiting_answer",
    "awaiting_verdict",
    "on_track",
    "closed",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the digest: the first asks, and how many there are in all."""

    asks: tuple[Ask, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Digest:
    """A department's standup as of `now`. An open ask stands in the most pressing part only.

    `closed`: since `since`, the standup before, or a day ago. `promises`: how those of this month came out. Of
    `on_track` only the total is told.
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
    closed = closed_since(calendar, now)  # what is due then is not late yet
    which = case(
        (asks.c.stage == Stage.DELIVERED, "awaiting_verdict"),
        (WAITS_FOR_ANSWER, "awaiting_answer"),  # and meanwhile the owner's clock stands still
        ((asks.c.due < now) & (asks.c.due != closed), "late"),
        ((asks.c.due <= today_ends), "due_today"),
        (asks.c.stage == Stage.OPEN, "not_acknowledged"),
        (asks.c.fed_at < hungry_since, "starving"),
        else_="on_track",
    )
    parts = _parts(look, department, which, since)
    return Digest(department, now, since, **parts, promises=promises.kept_share(look, department.id, month_began))


def _end_of_day(department: Department, now: datetime) -> datetime:
    local = department.calendar.local(now)
    midnight = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.astimezone(now.tzinfo)


def _parts(look: Look, department: Department, which: ColumnElement[str], since: datetime) -> dict[str, Part]:
    """Every part by its name: what belongs where is found first, then the few that are shown are read at once."""
    here = (asks.c.workspace_id == look.workspace_id, asks.c.department_id == department.id)
    still_open = select(which.label("part"), asks.c.id).where(*here, STILL_OPEN).order_by(asks.c.due, asks.c.number)
    closed = select(asks.c.id).where(*here, asks.c.closed_at >= since).order_by(asks.c.closed_at.desc())
    found: dict[str, list[int]] = {name: [] for name in PARTS}
    for part, ask_id in look.connection.execute(still_open).all():
        found[part].append(ask_id)
    found["closed"] += look.connection.execute(closed).scalars()
    shown = [ask_id for name, ids in found.items() if name != "on_track" for ask_id in ids[:MOST]]
    known = by_ids(look, shown)
    return {
        name: Part(tuple(known[one] for one in ids[:MOST] if one in known), len(ids)) for name, ids in found.items()
    }
