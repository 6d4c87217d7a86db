"""Who has which monkeys, and what does somebody wait for? For `/monkeys` and the Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from sqlalchemy import exists, func, or_, select

from store.database import Look
from store.queries import chains
from store.queries.asks import STILL_OPEN, by_ids, chosen, listed
from store.queries.questions import WAITS_FOR_ANSWER
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
    size: int = PAGE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


class Sorting(StrEnum):
    """What stands on top of a list."""

    DUE = "due"  # what is late, then what is due next
    OLDEST = "oldest"  # what was filed first
    UNFED = "unfed"  # what nothing has happened to for longest


List = Literal["yes", "mine", "awaited", "offered"]


@dataclass(frozen=True, slots=True)
class Where:
    """Which page of each list somebody looks at, and how the lists are sorted. As text: `0.2.0.0.oldest`."""

    yes: int = 0
    mine: int = 0
    awaited: int = 0
    offered: int = 0
    sorting: Sorting = Sorting.DUE

    @classmethod
    def read(cls, text: str) -> "Where":
        """What a button carries; those drawn long ago name fewer."""
        pages = [int(part) for part in text.split(".") if part.isdecimal()]
        sorting = next((one for one in Sorting if one in text.split(".")), Sorting.DUE)
        yes, mine, awaited, offered = (*pages, 0, 0, 0, 0)[:4]
        return cls(yes, mine, awaited, offered, sorting)

    def __str__(self) -> str:
        return f"{self.yes}.{self.mine}.{self.awaited}.{self.offered}.{self.sorting}"

    def turned(self, which: List, page: int) -> "Where":
        """The same with another page of one of the lists."""
        return replace(self, **{which: page})  # type: ignore[arg-type]

    def sorted_by(self, sorting: Sorting) -> "Where":
        """Sorted otherwise, and so from the first pages on."""
        return Where(sorting=sorting)


@dataclass(frozen=True, slots=True)
class Lists:
    """Somebody's four lists, each at its page."""

    yes: Page
    mine: Page
    awaited: Page
    offered: Page
    sorting: Sorting = Sorting.DUE

    @property
    def where(self) -> Where:
        """The pages that are shown, which may be other than those that were wanted."""
        return Where(self.yes.number, self.mine.number, self.awaited.number, self.offered.number, self.sorting)


def lists(look: Look, person_id: str, where: Where, size: int = PAGE, few: int | None = None) -> Lists:
    """All four, read at once. `size`: asks on a page; `few`: on a page of the two that stand on top."""
    found = (
        _find(look, where.yes, few or size, *_waits_for_yes(person_id), order_by=_ORDER[Sorting.DUE]),
        _find(look, where.mine, size, STILL_OPEN, _held_by(look, person_id), order_by=_DELIVERED_LAST[where.sorting]),
        _find(look, where.awaited, size, *_waits_for_others(person_id), order_by=_ORDER[where.sorting]),
        _find(look, where.offered, few or size, *_offered_to(look, person_id), order_by=_ORDER[Sorting.DUE]),
    )
    yes, mine, awaited, offered = _read(look, *found)
    return Lists(yes, mine, awaited, offered, where.sorting)


def owned_by(look: Look, person_id: str, page: int = 0, sorting: Sorting = Sorting.DUE, size: int = PAGE) -> Page:
    """Somebody's monkeys: the open asks they own; delivered ones last, as they wait for the asker."""
    return _page(look, page, size, STILL_OPEN, _held_by(look, person_id), order_by=_DELIVERED_LAST[sorting])


def waiting_for_yes(look: Look, person_id: str, page: int = 0, size: int = PAGE) -> Page:
    """What waits for this asker's word: a verdict, or an answer to an offered change or to a question."""
    return _page(look, page, size, *_waits_for_yes(person_id), order_by=_ORDER[Sorting.DUE])


def offered_to(look: Look, person_id: str, page: int = 0, size: int = PAGE) -> Page:
    """What is offered to somebody, by due time: theirs to take or refuse."""
    return _page(look, page, size, *_offered_to(look, person_id), order_by=_ORDER[Sorting.DUE])


def working_of(look: Look, person_id: str, department_ids: Sequence[int] = (), page: int = 0) -> Page:
    """What somebody owns and could hand over: open or acknowledged, by due time.

    `department_ids`: of these departments only, whose lead acts in the owner's place.
    """
    wanted = _workable(look, person_id, department_ids)
    return _page(look, page, PAGE, *wanted, order_by=_ORDER[Sorting.DUE])


def all_working_of(look: Look, person_id: str, department_ids: Sequence[int] = ()) -> list[Ask]:
    """All of these."""
    return chosen(look, *_workable(look, person_id, department_ids), order_by=_ORDER[Sorting.DUE])


def held_by(
    look: Look, person_id: str, department_ids: Sequence[int], page: int = 0, sorting: Sorting = Sorting.DUE
) -> Page:
    """What somebody owns of these departments' open asks, for a colleague or their lead."""
    theirs = (asks.c.department_id.in_(department_ids), _held_by(look, person_id))
    return _page(look, page, PAGE, STILL_OPEN, *theirs, order_by=_DELIVERED_LAST[sorting])


def asked_by(look: Look, person_id: str, page: int = 0, sorting: Sorting = Sorting.DUE, size: int = PAGE) -> Page:
    """What this asker waits for: their open asks that are somebody else's move."""
    return _page(look, page, size, *_waits_for_others(person_id), order_by=_ORDER[sorting])


def of_department(look: Look, department_id: int, page: int = 0, sorting: Sorting = Sorting.DUE) -> Page:
    """Every open ask of a department."""
    return _page(look, page, PAGE, STILL_OPEN, asks.c.department_id == department_id, order_by=_ORDER[sorting])


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


_change_pending = exists().where(changes.c.ask_id == asks.c.id, changes.c.answer.is_(None)).correlate(asks)


def _waits_for_yes(person_id: str) -> tuple[Any, ...]:
    waits = or_(asks.c.stage == Stage.DELIVERED, _change_pending, WAITS_FOR_ANSWER)
    return STILL_OPEN, asks.c.asker_id == person_id, waits


def _waits_for_others(person_id: str) -> tuple[Any, ...]:
    theirs = asks.c.asker_id == person_id
    return STILL_OPEN, theirs, asks.c.stage != Stage.DELIVERED, ~_change_pending, ~WAITS_FOR_ANSWER


def _offered_to(look: Look, person_id: str) -> tuple[Any, ...]:
    pending = select(batons.c.ask_id).where(
        batons.c.workspace_id == look.workspace_id, batons.c.receiver_id == person_id, batons.c.answer.is_(None)
    )
    return STILL_OPEN, asks.c.id.in_(pending)


def _held_by(look: Look, person_id: str) -> Any:
    """The condition that somebody owns the ask now."""
    return asks.c.id.in_(
        select(custody.c.ask_id).where(
            custody.c.workspace_id == look.workspace_id, custody.c.owner_id == person_id, custody.c.until.is_(None)
        )
    )


def _workable(look: Look, person_id: str, department_ids: Sequence[int]) -> tuple[Any, ...]:
    of_these = (asks.c.department_id.in_(department_ids),) if department_ids else ()
    return (STILL_OPEN, asks.c.stage.in_(WORKING), _held_by(look, person_id), *of_these)


_ORDER: dict[Sorting, tuple[Any, ...]] = {
    Sorting.DUE: (asks.c.due, asks.c.number),
    Sorting.OLDEST: (asks.c.filed_at, asks.c.number),  # by number alone SQLite would walk through all asks there are
    Sorting.UNFED: (asks.c.fed_at, asks.c.number),
}


_DELIVERED_LAST = {sorting: (asks.c.stage == Stage.DELIVERED, *order) for sorting, order in _ORDER.items()}


@dataclass(frozen=True, slots=True)
class _Found:
    """Which asks stand on a page, before they are read."""

    ids: tuple[int, ...]
    total: int
    page: int
    size: int


def _page(look: Look, page: int, size: int, *where: Any, order_by: tuple[Any, ...]) -> Page:
    return _read(look, _find(look, page, size, *where, order_by=order_by))[0]


def _find(look: Look, page: int, size: int, *where: Any, order_by: tuple[Any, ...]) -> _Found:
    """One page; the last, where there are fewer."""
    here = (asks.c.workspace_id == look.workspace_id, *where)
    total = look.connection.execute(select(func.count()).select_from(asks).where(*here)).scalar_one()
    page = min(max(page, 0), max(0, -(-total // size) - 1))
    if not total:
        return _Found((), 0, 0, size)
    ids = select(asks.c.id).where(*here).order_by(*order_by).limit(size).offset(page * size)
    return _Found(tuple(look.connection.execute(ids).scalars()), total, page, size)


def _read(look: Look, *found: _Found) -> list[Page]:
    """The asks of several pages in one go, each with its chain."""
    wanted = {ask_id for one in found for ask_id in one.ids}
    known = {ask.id: ask for ask in chains.along(look, list(by_ids(look, wanted).values()))}
    return [Page(tuple(known[one] for one in of.ids if one in known), of.total, of.page, of.size) for of in found]
