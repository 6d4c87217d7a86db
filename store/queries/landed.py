"""What landed at the gray-zone desk in a month: how much, where each was placed, how long it stayed, what is there."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from store import departments
from store.database import Look
from store.queries.asks import by_ids
from store.rules.lifecycle import Stage
from store.rules.matching import commonest
from store.snapshots import Ask, Department
from store.tables import asks, landings

PAGE = 15  # rows of the list on one page
_COUNTED = 2_000  # newest landings whose words are counted


@dataclass(frozen=True, slots=True)
class Landed:
    """One landing. `left_at` None: it is still there; `placed_with` None: it was not placed, or not yet."""

    ask: Ask
    landed_at: datetime
    left_at: datetime | None
    placed_with: str | None


@dataclass(frozen=True, slots=True)
class Month:
    """A page of a month's list. `waiting`: all that lies at the desk now, whenever it came.

    `words`: the telling words of what landed, private asks left out; `placed`: how many each department took.
    """

    first: date
    rows: tuple[Landed, ...]
    total: int
    number: int  # of the page, from 0
    waiting: int
    words: tuple[tuple[str, int], ...]
    placed: tuple[tuple[str, int], ...]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def month(look: Look, desk: Department, first: date, page: int = 0) -> Month:
    """What landed in the month that begins on `first`, on the desk's clock, newest first."""
    since, until = (_midnight(desk, day) for day in (first, next_month(first)))
    found = look.connection.execute(
        select(landings)
        .where(
            landings.c.workspace_id == look.workspace_id, landings.c.landed_at >= since, landings.c.landed_at < until
        )
        .order_by(landings.c.landed_at.desc(), landings.c.id.desc())
    ).all()
    shown = found[page * PAGE : (page + 1) * PAGE]
    known = by_ids(look, [row.ask_id for row in shown])
    rows = tuple(
        Landed(known[row.ask_id], row.landed_at, row.placed_at or known[row.ask_id].closed_at, _name(look, row))
        for row in shown
        if row.ask_id in known
    )
    texts = look.connection.execute(
        select(asks.c.what)
        .where(asks.c.id.in_([row.ask_id for row in found[:_COUNTED]]), asks.c.is_private.is_(False))
        .order_by(asks.c.id)
    ).scalars()
    placed = Counter(name for row in found if (name := _name(look, row)))
    ranked = tuple(sorted(placed.items(), key=lambda one: (-one[1], one[0])))
    return Month(first, rows, len(found), page, waiting(look, desk), tuple(commonest(list(texts))), ranked)


def waiting(look: Look, desk: Department, since_before: date | None = None) -> int:
    """How many asks lie at the desk now. `since_before`: only those that were filed before that day began there."""
    here = [asks.c.workspace_id == look.workspace_id, asks.c.department_id == desk.id, asks.c.stage != Stage.CLOSED]
    if since_before is not None:
        here.append(asks.c.filed_at < _midnight(desk, since_before))
    return look.connection.execute(select(func.count()).where(*here)).scalar_one()


def this_month(look: Look, desk: Department) -> date:
    """The first day of the present month on the desk's clock."""
    return desk.calendar.local(look.now).date().replace(day=1)


def month_before(first: date) -> date:
    return (first.replace(month=first.month - 1)) if first.month > 1 else date(first.year - 1, 12, 1)


def next_month(first: date) -> date:
    return (first.replace(month=first.month + 1)) if first.month < 12 else date(first.year + 1, 1, 1)


def _midnight(desk: Department, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(desk.calendar.zone)).astimezone(UTC)


def _name(look: Look, row: object) -> str | None:
    department_id = getattr(row, "placed_department_id", None)
    return departments.by_id(look, department_id).name if department_id is not None else None
