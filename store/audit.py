"""Does the one-owner rule hold on the whole ledger? Asked by `check` and once a day, over all workspaces.

The constraints should make every finding impossible; whoever repairs a database by hand, or restores half of one, is
told here what is wrong.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from store.rules.lifecycle import Answerer, Stage
from store.tables import asks, batons, custody, links, people, questions

MOST = 100  # findings of one kind that are listed


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an ask.

    `what`: ownerless, doubly_owned, closed_but_owned, gap, owner_left, stray_baton, stray_question or circle.
    """

    what: str
    workspace_id: str
    number: int


def findings(connection: Connection) -> list[Finding]:
    """Everything that breaks the rule; empty when all is well."""
    return [
        Finding(what, row.workspace_id, row.number)
        for what, statement in _QUESTIONS.items()
        for row in connection.execute(statement.order_by(asks.c.id).limit(MOST))
    ]


def _asks_where(condition: Any) -> Select[Any]:
    return select(asks.c.workspace_id, asks.c.number).where(condition)


_owners = (
    select(func.count())
    .where(custody.c.ask_id == asks.c.id, custody.c.until.is_(None))
    .correlate(asks)
    .scalar_subquery()
)
_later = custody.alias("later")
_before = (
    select(func.max(custody.c.id))
    .where(custody.c.ask_id == _later.c.ask_id, custody.c.id < _later.c.id)
    .correlate(_later)
    .scalar_subquery()
)
_gap = (
    select(_later.c.id)
    .join(custody, custody.c.id == _before)
    .where(
        _later.c.ask_id == asks.c.id,
        custody.c.until.is_distinct_from(_later.c.since),
        _later.c.because != "reopen",
    )
    .correlate(asks)
    .exists()
)
_owner_left = (
    select(custody.c.id)
    .join(people, and_(people.c.workspace_id == custody.c.workspace_id, people.c.id == custody.c.owner_id))
    .where(custody.c.ask_id == asks.c.id, custody.c.until.is_(None), people.c.deleted_at.is_not(None))
    .correlate(asks)
    .exists()
)
_stray = (
    select(batons.c.id)
    .where(batons.c.ask_id == asks.c.id, batons.c.answer.is_(None))
    .where(asks.c.stage.in_((Stage.DELIVERED, Stage.CLOSED)))
    .correlate(asks)
    .exists()
)
_stray_question = (
    select(questions.c.id)
    .join(people, and_(people.c.workspace_id == questions.c.workspace_id, people.c.id == questions.c.asked_of))
    .where(questions.c.ask_id == asks.c.id, questions.c.ended.is_(None))
    .where(
        or_(
            asks.c.stage.in_((Stage.DELIVERED, Stage.CLOSED)),
            and_(people.c.deleted_at.is_not(None), questions.c.asked_as != Answerer.ASKER),
        )
    )
    .correlate(asks)
    .exists()
)
_from = (
    select(links.c.child_id.label("starts"), links.c.parent_id.label("at"))
    .where(links.c.parent_id.in_(select(links.c.child_id)))
    .cte("walk", recursive=True)
)
_walk = _from.union(select(_from.c.starts, links.c.parent_id).join(links, links.c.child_id == _from.c.at))
_circles = select(_walk.c.starts).where(_walk.c.starts == _walk.c.at)
_QUESTIONS = {
    "ownerless": _asks_where((asks.c.stage != Stage.CLOSED) & (_owners == 0)),
    "doubly_owned": _asks_where(_owners > 1),
    "closed_but_owned": _asks_where((asks.c.stage == Stage.CLOSED) & (_owners > 0)),
    "gap": _asks_where(_gap),
    "owner_left": _asks_where(_owner_left),
    "stray_baton": _asks_where(_stray),
    "stray_question": _asks_where(_stray_question),
    "circle": _asks_where(asks.c.id.in_(_circles)),
}
