"""Who has which monkeys, and what does somebody wait for? For `/monkeys` and the Home tab."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, func, or_, select

from store.database import Look
from store.queries.asks import listed
from store.rules.lifecycle import Outcome, Stage
from store.snapshots import Ask
from store.tables import asks, batons, changes, custody

PAGE = 10  # asks on one page of a list
WORKING = (Stage.OPEN, Stage.ACKNOWLEDGED)  # delivered ones wait for the asker


@dataclass(frozen=True, slots=True)
class Page:
    """A page of asks. `total` counts all of them, so that nothing is cut off silently."""

    asks: tuple[Ask, ...]
    total: int
    number: int  # from 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


_open = asks.c.stage != Stage.CLOSED
_change_pending = exists().where(changes.c.ask_id == asks.c.id, changes.c.answer.is_(None)).correlate(asks)


def owned_by(look: Look, person_id: str, page: int = 0) -> Page:
    """Somebody's monkeys: the open asks they own, by due time; delivered ones last, as they wait for the asker."""
    mine = asks.c.id.in_(
        select(custody.c.ask_id).where(
            custody.c.workspace_id == look.workspace_id,
            custody.c.owner_id == person_id,
            custody.c.until.is_(None),
        )
    )
    return _page(look, page, _open, mine, order_by=((asks.c.stage == Stage.DELIVERED), asks.c.due, asks.c.number))


def waiting_for_yes(look: Look, person_id: str, page: int = 0) -> Page:
    """What waits for this asker's word: a verdict, or an answer to an offered change."""
    wanted = and_(asks.c.asker_id == person_id, or_(asks.c.stage == Stage.DELIVERED, _change_pending))
    return _page(look, page, _open, wanted, order_by=(asks.c.due, asks.c.number))


def offered_to(look: Look, person_id: str, page: int = 0) -> Page:
    """What is offered to somebody, by due time: theirs to take or refuse."""
    pending = asks.c.id.in_(
        select(batons.c.ask_id).where(
            batons.c.workspace_id == look.workspace_id, batons.c.receiver_id == person_id, batons.c.answer.is_(None)
        )
    )
    return _page(look, page, _open, pending, order_by=(asks.c.due, asks.c.number))


def working_of(look: Look, person_id: str, page: int = 0) -> Page:
    """What somebody owns and could hand over: open or acknowledged, by due time."""
    mine = asks.c.id.in_(
        select(custody.c.ask_id).where(
            custody.c.workspace_id == look.workspace_id, custody.c.owner_id == person_id, custody.c.until.is_(None)
        )
    )
    return _page(look, page, asks.c.stage.in_(WORKING), mine, order_by=(asks.c.due, asks.c.number))


def all_working_of(look: Look, person_id: str) -> list[Ask]:
    """All of these."""
    mine = asks.c.id.in_(
        select(custody.c.ask_id).where(
            custody.c.workspace_id == look.workspace_id, custody.c.owner_id == person_id, custody.c.until.is_(None)
        )
    )
    return listed(look, mine, asks.c.stage.in_(WORKING), order_by=(asks.c.due, asks.c.number))


def asked_by(look: Look, person_id: str, page: int = 0) -> Page:
    """What this asker waits for: their open asks that are somebody else's move, by due time."""
    wanted = and_(asks.c.asker_id == person_id, asks.c.stage != Stage.DELIVERED, ~_change_pending)
    return _page(look, page, _open, wanted, order_by=(asks.c.due, asks.c.number))


def of_department(look: Look, department_id: int, page: int = 0) -> Page:
    """Every open ask of a department, by due time."""
    return _page(look, page, _open, asks.c.department_id == department_id, order_by=(asks.c.due, asks.c.number))


def lately_closed(look: Look, person_id: str, most: int = 5) -> list[Ask]:
    """The asks of this asker that closed last, newest first: they can still be reopened."""
    return listed(
        look,
        asks.c.stage == Stage.CLOSED,
        asks.c.asker_id == person_id,
        asks.c.outcome != Outcome.WITHDRAWN,
        order_by=(asks.c.closed_at.desc(),),
        limit=most,
    )


def _page(look: Look, page: int, *where: object, order_by: tuple[object, ...]) -> Page:
    total = look.connection.execute(
        select(func.count()).select_from(asks).where(asks.c.workspace_id == look.workspace_id, *where)  # type: ignore[arg-type]
    ).scalar_one()
    page = min(max(page, 0), max(0, -(-total // PAGE) - 1))
    found = listed(look, *where, order_by=order_by, limit=PAGE, offset=page * PAGE)  # type: ignore[arg-type]
    return Page(tuple(found), total, page)
