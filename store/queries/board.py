"""Who of a department has how many monkeys, and how are those? The lead's board, counted in the database.

A few statements however many people and asks there are: the open asks by owner, who is away, what climbed, the names,
and then the rest about those whom a page shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, and_, case, func, or_, select

from store import people, presence
from store.absences import NOTE_AWAY, NOTE_BACK
from store.changing import NOTE_MOVED_ON
from store.database import Look
from store.presence import Absence
from store.queries.asks import STILL_OPEN, TO_ASKER
from store.queries.questions import WAITS_FOR_ANSWER
from store.queries.standup import STARVING_AFTER
from store.rules.kept import closed_since
from store.rules.lifecycle import Stage
from store.snapshots import Department, Person
from store.tables import asks, batons, custody, links, questions

PAGE = 10  # people on one page of the board
BOUNCES_AFTER = 2  # an ask that was handed on so often bounces
CLIMBED_WITHIN = timedelta(days=30)
BY_ITSELF = (NOTE_AWAY, NOTE_BACK, NOTE_MOVED_ON)  # the notes of batons that Baton offered: nobody handed them on or up

_WORKING = (Stage.OPEN, Stage.ACKNOWLEDGED)


class Sorting(StrEnum):
    """What stands on top of the board."""

    LATE = "late"
    NUMBER = "number"
    OLDEST = "oldest"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Line:
    """One person and their open asks of the departments at issue.

    `oldest`: the number of the one filed first, at `oldest_at`; 0 and None without any. `late` and `starving` count
    those whose next move is the owner's. `bouncing`: handed on twice or more. `climbed`: what they handed to a lead in
    the last month. `offered`: what waits for somebody to take it. `blocked`: what waits for another ask.
    """

    person: Person
    monkeys: int = 0
    oldest: int = 0
    oldest_at: datetime | None = None
    late: int = 0
    starving: int = 0
    bouncing: int = 0
    climbed: int = 0
    offered: int = 0
    blocked: int = 0
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the board. `people`, `monkeys`, `late` and `absent` count all of it; `absent`: owners who are away."""

    lines: tuple[Line, ...]
    people: int
    monkeys: int
    late: int
    absent: int
    number: int
    pages: int


def board(
    look: Look, departments: Sequence[Department], sorting: Sorting = Sorting.LATE, page: int = 0, size: int = PAGE
) -> Board:
    """The board of these departments: everybody who works there or owns something of theirs."""
    counted = {row.owner_id: row for row in _counted(look, departments)}
    climbed = _climbed(look, departments)
    everybody = {*counted, *climbed}.union(*((one.lead_id, *one.member_ids) for one in departments))
    away = presence.away(look, everybody)
    known = people.several(look, everybody)
    lines = [
        _line(known[one], counted.get(one), climbed.get(one, 0), away.get(one))
        for one in everybody
        if one in known and (one in counted or not known[one].gone)
    ]
    lines.sort(key=_ORDER[sorting])
    pages = max(1, -(-len(lines) // size))
    page = min(max(page, 0), pages - 1)
    return Board(
        _in_full(look, departments, lines[page * size : (page + 1) * size]),
        people=len(lines),
        monkeys=sum(line.monkeys for line in lines),
        late=sum(line.late for line in lines),
        absent=sum(line.absence is not None and line.monkeys > 0 for line in lines),
        number=page,
        pages=pages,
    )


def _counted(look: Look, departments: Sequence[Department]) -> Sequence[Row[Any]]:
    """The open asks of the departments by owner: what lines are sorted by. Thousands of rows: it counts no more."""
    return look.connection.execute(
        select(
            custody.c.owner_id,
            func.count().label("monkeys"),
            func.min(asks.c.number).label("oldest"),  # numbers grow as asks are filed
            _many(and_(asks.c.stage.in_(_WORKING), questions.c.id.is_(None), _late(look, departments))).label("late"),
        )
        .select_from(asks)
        .join(custody, and_(custody.c.ask_id == asks.c.id, custody.c.until.is_(None)))
        .outerjoin(questions, and_(questions.c.ask_id == asks.c.id, TO_ASKER))
        .where(*_open_asks_of(look, departments))
        .group_by(custody.c.owner_id)
    ).all()


def _in_full(look: Look, departments: Sequence[Department], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of one page with all that they show."""
    working = asks.c.stage.in_(_WORKING) & ~WAITS_FOR_ANSWER  # meanwhile the owner's clock stands still
    hungry = or_(
        *(
            and_(asks.c.department_id == one.id, asks.c.fed_at < one.calendar.work_before(look.now, STARVING_AFTER))
            for one in departments
        )
    )
    rows = look.connection.execute(
        select(
            custody.c.owner_id,
            func.min(asks.c.filed_at).label("oldest_at"),
            _many(and_(working, hungry)).label("starving"),
            _many(_handed_on >= BOUNCES_AFTER).label("bouncing"),
            _many(_pending).label("offered"),
            _many(and_(asks.c.stage.in_(_WORKING), _waits_for_others)).label("blocked"),
        )
        .select_from(custody)
        .join(asks, asks.c.id == custody.c.ask_id)
        .where(
            custody.c.workspace_id == look.workspace_id,
            custody.c.owner_id.in_([line.person.id for line in lines if line.monkeys]),
            custody.c.until.is_(None),
            *_open_asks_of(look, departments),
        )
        .group_by(custody.c.owner_id)
    )
    more = {row.owner_id: {name: row._mapping[name] for name in _MORE} for row in rows}
    return tuple(replace(line, **more.get(line.person.id, {})) for line in lines)


_MORE = ("oldest_at", "starving", "bouncing", "offered", "blocked")


def _open_asks_of(look: Look, departments: Sequence[Department]) -> tuple[Any, ...]:
    of_these = asks.c.department_id.in_([one.id for one in departments])
    return asks.c.workspace_id == look.workspace_id, of_these, STILL_OPEN


def _late(look: Look, departments: Sequence[Department]) -> Any:
    return or_(
        *(
            and_(
                asks.c.department_id == one.id,
                asks.c.due < look.now,
                asks.c.due != closed_since(one.calendar, look.now),
            )
            for one in departments
        )
    )


def _climbed(look: Look, departments: Sequence[Department]) -> dict[str, int]:
    """How many asks of the departments each person handed to the lead within the last month."""
    to_their_lead = or_(
        *(and_(asks.c.department_id == one.id, batons.c.receiver_id == one.lead_id) for one in departments)
    )
    rows = look.connection.execute(
        select(batons.c.giver_id, func.count(batons.c.ask_id.distinct()).label("climbed"))
        .join(asks, asks.c.id == batons.c.ask_id)
        .where(
            batons.c.workspace_id == look.workspace_id,
            batons.c.receiver_id.in_({one.lead_id for one in departments}),
            batons.c.answered_at >= look.now - CLIMBED_WITHIN,
            batons.c.answer == "taken",
            batons.c.note.not_in(BY_ITSELF),
            to_their_lead,
        )
        .group_by(batons.c.giver_id)
    )
    return {row.giver_id: row.climbed for row in rows}


def _line(person: Person, counted: Row[Any] | None, climbed: int, absence: Absence | None) -> Line:
    if counted is None:
        return Line(person, climbed=climbed, absence=absence)
    return Line(person, counted.monkeys, counted.oldest, late=counted.late, climbed=climbed, absence=absence)


def _many(condition: Any) -> Any:
    """How many rows of a group satisfy a condition."""
    return func.sum(case((condition, 1), else_=0))


_handed_on = (
    select(func.count())
    .where(batons.c.ask_id == asks.c.id, batons.c.answer == "taken", batons.c.note.not_in(BY_ITSELF))
    .correlate(asks)
    .scalar_subquery()
)
_pending = select(batons.c.id).where(batons.c.ask_id == asks.c.id, batons.c.answer.is_(None)).correlate(asks).exists()

_child = asks.alias("child")
_waits_for_others = (
    select(links.c.child_id)
    .join(_child, _child.c.id == links.c.child_id)
    .where(links.c.parent_id == asks.c.id, _child.c.stage != Stage.CLOSED)
    .correlate(asks)
    .exists()
)


def _name(line: Line) -> tuple[str, str]:
    return line.person.name.casefold(), line.person.id


_ORDER: dict[Sorting, Any] = {
    Sorting.LATE: lambda line: (-line.late, -line.monkeys, _name(line)),
    Sorting.NUMBER: lambda line: (-line.monkeys, -line.late, _name(line)),
    Sorting.OLDEST: lambda line: (line.oldest == 0, line.oldest, _name(line)),
    Sorting.NAME: _name,
}
