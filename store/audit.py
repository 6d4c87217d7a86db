"""Does the one-owner rule hold on the whole ledger? Asked by `check` and once a day, over all workspaces.

The constraints should make every finding impossible; whoever repairs a database by hand, or restores half of one, is
told here what is wrong.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, literal_column, or_, select

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
    found = [
        Finding(what, row.workspace_id, row.number)
        for what, ask_ids in _QUESTIONS.items()
        for row in connection.execute(
            select(asks.c.workspace_id, asks.c.number).where(asks.c.id.in_(ask_ids)).limit(MOST)
        )
    ]
    return sorted(found, key=lambda one: (list(_QUESTIONS).index(one.what), one.workspace_id, one.number))


# Each asks for the ids of asks, beginning with what an index over open rows knows: closed asks are ten times as many.
_open_custody = custody.c.until.is_(None)
_OPEN = literal_column("asks.stage") != literal_column("'closed'")  # as the index has it
_AT_AN_END = asks.c.stage.in_((Stage.DELIVERED, Stage.CLOSED))

_owned = select(custody.c.id).where(custody.c.ask_id == asks.c.id, _open_custody).correlate(asks).exists()
_ownerless = select(asks.c.id).where(_OPEN, ~_owned)
_doubly_owned = select(custody.c.ask_id).where(_open_custody).group_by(custody.c.ask_id).having(func.count() > 1)
_closed = (
    select(asks.c.id).where(asks.c.id == custody.c.ask_id, asks.c.stage == Stage.CLOSED).correlate(custody).exists()
)
_closed_but_owned = select(custody.c.ask_id).where(_open_custody, _closed)
_in_turn = select(
    custody.c.ask_id,
    custody.c.since,
    custody.c.because,
    func.lag(custody.c.id).over(partition_by=custody.c.ask_id, order_by=custody.c.id).label("before_id"),
    func.lag(custody.c.until).over(partition_by=custody.c.ask_id, order_by=custody.c.id).label("before_until"),
).subquery()
_gap = select(_in_turn.c.ask_id).where(
    _in_turn.c.before_id.is_not(None),
    _in_turn.c.before_until.is_distinct_from(_in_turn.c.since),
    _in_turn.c.because != "reopen",
)
_owner_left = (
    select(custody.c.ask_id)
    .join(people, and_(people.c.workspace_id == custody.c.workspace_id, people.c.id == custody.c.owner_id))
    .where(_open_custody, people.c.deleted_at.is_not(None))
)
_stray_baton = (
    select(batons.c.ask_id).join(asks, asks.c.id == batons.c.ask_id).where(batons.c.answer.is_(None), _AT_AN_END)
)
_stray_question = (
    select(questions.c.ask_id)
    .join(asks, asks.c.id == questions.c.ask_id)
    .join(people, and_(people.c.workspace_id == questions.c.workspace_id, people.c.id == questions.c.asked_of))
    .where(questions.c.ended.is_(None))
    .where(or_(_AT_AN_END, and_(people.c.deleted_at.is_not(None), questions.c.asked_as != Answerer.ASKER)))
)
_from = (
    select(links.c.child_id.label("starts"), links.c.parent_id.label("at"))
    .where(links.c.parent_id.in_(select(links.c.child_id)))
    .cte("walk", recursive=True)
)
_walk = _from.union(select(_from.c.starts, links.c.parent_id).join(links, links.c.child_id == _from.c.at))
_circle = select(_walk.c.starts).where(_walk.c.starts == _walk.c.at)
_QUESTIONS = {
    "ownerless": _ownerless,
    "doubly_owned": _doubly_owned,
    "closed_but_owned": _closed_but_owned,
    "gap": _gap,
    "owner_left": _owner_left,
    "stray_baton": _stray_baton,
    "stray_question": _stray_question,
    "circle": _circle,
}
