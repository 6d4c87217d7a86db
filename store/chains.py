"""Blocked by…: an ask waits for others. They are filed in the same act, or are there already; any depth, no circles.

Who owns the ask that waits stays accountable for the whole, asks for its children and judges them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import delete, insert, select

from store import asks as asking
from store import moves, outbox, ripples
from store.asks import Wish
from store.database import Act
from store.queries import asks as reading
from store.queries import chains
from store.refusals import CannotLink, NothingSaid, NotYours, WouldCircle
from store.rules.lifecycle import Move, Outcome
from store.snapshots import Ask
from store.tables import asks, links, workspaces

MOST = 100  # asks that one ask can wait for at a time


def block(act: Act, number: int, wishes: Sequence[Wish] = (), existing: Sequence[int] = ()) -> Ask:
    """The owner says what `#number` waits for: asks to be filed (`wishes`), and numbers of open ones. All or none.

    What a private ask waits for is private too. Raises the refusals of `moves.begin` and of `asks.file`, NothingSaid
    when nothing is named, CannotLink, WouldCircle.
    """
    existing = list(dict.fromkeys(existing))
    if not wishes and not existing:
        raise NothingSaid("what")
    _hold(act, (number, *existing))
    ask = moves.begin(act, number, Move.BLOCK)
    alone = replace(act, key=None)  # the key is spent on the event of the whole
    children = [asking.file(alone, replace(wish, is_private=wish.is_private or ask.is_private)) for wish in wishes]
    for child in children:
        _link(act, ask, child)
    children += [_join(alone, ask, one) for one in existing]
    if len(_children(act, ask)) > MOST:
        raise CannotLink(number, "too_many")
    return moves.finish(act, ask, Move.BLOCK, {"children": [child.number for child in children]}, fed_at=act.now)


def unlink(act: Act, number: int, child_number: int) -> Ask:
    """The owner says that `#number` does not wait for the child any more. Both go on, each on its own.

    Raises the refusals of `moves.begin`, and CannotLink when they are not linked.
    """
    _hold(act, (number, child_number))
    ask = moves.begin(act, number, Move.UNBLOCK)
    child = reading.by_number(act, child_number)
    gone = act.connection.execute(
        delete(links).where(links.c.child_id == child.id, links.c.parent_id == ask.id).returning(links.c.child_id)
    ).first()
    if gone is None:
        raise CannotLink(child_number, "not_linked", number)
    if child.is_open:
        moves.finish(replace(act, key=None), child, Move.PART, {"parent": number})
    if not _children(act, ask):
        ripples.forget(act, ask.id)
    return moves.finish(act, ask, Move.UNBLOCK, {"child": child_number})


def withdraw_children(act: Act, parent: Ask, numbers: Iterable[int]) -> None:
    """With the end of an ask these of its children end too; their owners are told. The others go on on their own.

    Only what the parent's owner asked for: raises NotYours for others. Closed ones stay as they are.
    """
    mine = _children(act, parent)
    for number in sorted(set(numbers)):
        child = reading.by_number(act, number, lock=True)
        if child.id not in mine or child.asker.id != parent.owner.id:
            raise NotYours(child, Move.WITHDRAW)
        if not child.is_open:
            continue
        child = moves.finish(
            replace(act, key=None),
            child,
            Move.WITHDRAW,
            {"reason": None, "parent": parent.number},
            closed_at=act.now,
            outcome=Outcome.WITHDRAWN,
            outcome_reason=None,
        )
        outbox.post(act, "withdrawn", ask_id=child.id, person_id=child.owner.id)


def _hold(act: Act, numbers: Iterable[int]) -> None:
    """Hold the asks until the act ends, always in the same order; and with several, all linking in the workspace.

    Two links made at once could close a circle that neither of them sees: so they are made one after the other.
    """
    held = act.connection.execute(
        select(asks.c.id)
        .where(asks.c.workspace_id == act.workspace_id, asks.c.number.in_(set(numbers)))
        .order_by(asks.c.id)
        .with_for_update(key_share=True)
    ).all()
    if len(held) > 1:
        act.connection.execute(
            select(workspaces.c.id).where(workspaces.c.id == act.workspace_id).with_for_update(key_share=True)
        ).all()


def _join(act: Act, parent: Ask, number: int) -> Ask:
    """Link an ask that is there already, if it can be."""
    child = reading.by_number(act, number)
    if not child.may_read(act.actor_id or ""):
        raise CannotLink(number, "hidden")
    if not child.is_open:
        raise CannotLink(number, "closed")
    _check_circle(act, parent, child)
    above = chains.ancestors(act, child.id)
    if above and above[0] == parent.id:
        raise CannotLink(number, "already", parent.number)
    if above:
        other = reading.by_id(act, above[0])
        if other.is_open:
            raise CannotLink(number, "elsewhere", other.number if other.may_read(act.actor_id or "") else 0)
        act.connection.execute(delete(links).where(links.c.child_id == child.id))
    _link(act, parent, child)
    return moves.finish(act, child, Move.JOIN, {"parent": parent.number})


def _check_circle(act: Act, parent: Ask, child: Ask) -> None:
    above = [parent.id, *chains.ancestors(act, parent.id)]
    if child.id not in above:
        return
    around = above[: above.index(child.id) + 1]
    found = act.connection.execute(select(asks.c.id, asks.c.number).where(asks.c.id.in_(around)))
    numbers = {row.id: row.number for row in found}
    raise WouldCircle(tuple(numbers[one] for one in (*reversed(around), child.id)))


def _link(act: Act, parent: Ask, child: Ask) -> None:
    act.connection.execute(
        insert(links),
        {
            "workspace_id": act.workspace_id,
            "child_id": child.id,
            "parent_id": parent.id,
            "linked_by": act.actor_id,
            "linked_at": act.now,
        },
    )


def _children(act: Act, parent: Ask) -> set[int]:
    found = act.connection.execute(
        select(links.c.child_id).where(links.c.workspace_id == act.workspace_id, links.c.parent_id == parent.id)
    )
    return set(found.scalars())
