"""What a move on one ask means for the chain that it is part of: every move ends here, most of them find no chain.

The cards above show where the baton is now; who owns what waits is told when something it waits for ends, and when the
chain ends later than they promised; who asks for the children moves along with the custody of their parent.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store import departments, nudging, outbox
from store.database import Act
from store.events import record
from store.queries import asks as reading
from store.queries import chains
from store.rules.critical_path import Step, critical_path
from store.rules.lifecycle import Move, Outcome, Stage
from store.snapshots import Ask
from store.tables import asks, chain_warnings, links, posts

ONE_STORY = timedelta(hours=1)  # what makes a chain later still so soon after its alarm is edited into that message


def spread(act: Act, before: Ask, now: Ask) -> None:
    """An ask has moved: do for its chain what follows from it. One look-up for an ask that has none."""
    around = act.connection.execute(
        select(links.c.child_id).where(or_(links.c.child_id == now.id, links.c.parent_id == now.id)).limit(1)
    ).first()
    if around is None:
        return
    if now.owner.id != before.owner.id:
        _askers_follow(act, before.owner.id, now)
    above = chains.ancestors(act, now.id)
    for ask_id in above:
        outbox.refresh(act, ask_id)
    if above and before.is_open and not now.is_open:
        _tell_who_waited(act, above[0], now)
    warn(act, now.id, above)


def warn(act: Act, ask_id: int, above: list[int]) -> None:
    """Tell the owners of an ask and of what waits for it, once per change, that the chain ends later than promised.

    Whoever owns several asks of the chain is told of the one nearest to its end: that tells of the rest.
    """
    top = chains.of(act, reading.by_id(act, above[-1] if above else ask_id))
    whole = {top.id: top} | {link.ask.id: link.ask for link in (top.chain.links if top.chain else ())}
    steps = chains.steps_of(act, top)
    told = {
        row.ask_id: row
        for row in act.connection.execute(select(chain_warnings).where(chain_warnings.c.ask_id.in_((ask_id, *above))))
    }
    news: dict[str, Ask] = {}
    for one in (ask_id, *above):
        ask = whole.get(one)
        path = critical_path(_from(steps, one))
        is_late = ask is not None and ask.stage in (Stage.OPEN, Stage.ACKNOWLEDGED) and path is not None
        if ask is None or path is None or not is_late or path.until <= ask.due:
            if one in told:
                act.connection.execute(delete(chain_warnings).where(chain_warnings.c.ask_id == one))
            continue
        known = told.get(one)
        _keep(act, ask, path.until, known.told_at if known else act.now)
        if known is None or path.until > known.until or ask.due < known.due or known.told_at < ask.owned_since:
            news[ask.owner.id] = ask
    for ask in news.values():
        known = told.get(ask.id)
        if known is None or known.told_at < max(act.now - ONE_STORY, ask.owned_since):
            _alarm(act, ask)


def _alarm(act: Act, ask: Ask) -> None:
    """A new message to the owner; an older one stays as it was, and is edited no more."""
    act.connection.execute(
        update(posts).where(posts.c.ask_id == ask.id, posts.c.message == "chain_late").values(message="chain_was_late")
    )
    act.connection.execute(update(chain_warnings).where(chain_warnings.c.ask_id == ask.id).values(told_at=act.now))
    # They may have caused it themselves; what it leads to is news to them all the same.
    outbox.post(replace(act, actor_id=None), "chain_late", ask_id=ask.id, person_id=ask.owner.id)


def forget(act: Act, ask_id: int) -> None:
    """An ask waits for nothing any more: should it do so again, its owner is told anew."""
    act.connection.execute(delete(chain_warnings).where(chain_warnings.c.ask_id == ask_id))


def _askers_follow(act: Act, from_id: int | str, now: Ask) -> None:
    """Whoever owns an ask judges what it waits for: what its last owner asked for is asked by the new one.

    Nobody judges their own work: what the new owner owns, or is offered, stays with who asked for it.
    """
    alone = replace(act, key=None)
    home = departments.of_person(act, now.owner.id)
    for child in _open_children(act, now.id):
        takes_part = now.owner.id in (child.owner.id, child.baton.receiver.id if child.baton else None)
        if child.asker.id != from_id or takes_part:
            continue
        act.connection.execute(
            update(asks)
            .where(asks.c.id == child.id)
            .values(asker_id=now.owner.id, asker_department_id=home.id if home else None, version=asks.c.version + 1)
        )
        said = {"from": from_id, "to": now.owner.id, "parent": now.number, "because": "parent_moved"}
        record(alone, child.id, Move.FOLLOW, said)
        child = reading.by_id(act, child.id)
        nudging.plan(act, child)
        outbox.refresh(act, child.id)
        _ask_again(replace(act, actor_id=None), child)  # whoever took the parent has not read it yet


def _ask_again(by_baton: Act, child: Ask) -> None:
    """What waits for the asker's answer was put to somebody who cannot give it any more."""
    if child.stage is Stage.DELIVERED:
        outbox.post(by_baton, "delivered", ask_id=child.id, person_id=child.asker.id)
    elif child.question is not None:
        outbox.post(by_baton, "question_asked", ask_id=child.id, person_id=child.asker.id, question=child.question.id)
    elif child.change is not None:
        outbox.post(by_baton, "change_offered", ask_id=child.id, person_id=child.asker.id)


def _open_children(act: Act, ask_id: int) -> list[Ask]:
    mine = select(links.c.child_id).where(links.c.workspace_id == act.workspace_id, links.c.parent_id == ask_id)
    return reading.chosen(act, asks.c.id.in_(mine), asks.c.stage != Stage.CLOSED, order_by=(asks.c.id,))


def _tell_who_waited(act: Act, parent_id: int, child: Ask) -> None:
    """The owner of what waited hears what this unblocks, unless the message to the asker says so already."""
    parent = reading.by_id(act, parent_id)
    heard_as_asker = parent.owner.id == child.asker.id and child.outcome in (Outcome.PUT_DOWN, Outcome.NO_VERDICT)
    if parent.is_open and not heard_as_asker:
        outbox.post(act, "unblocked", ask_id=parent.id, person_id=parent.owner.id, child=child.id)


def _from(steps: list[Step], ask_id: int) -> list[Step]:
    """The steps of one ask and what it waits for, out of those of a whole chain."""
    within: set[int] = set()
    found: list[Step] = []
    for step in steps:
        if step.id == ask_id or step.parent_id in within:
            within.add(step.id)
            found.append(step)
    return found


def _keep(act: Act, ask: Ask, until: datetime, told_at: datetime) -> None:
    dialect = postgresql if act.connection.dialect.name == "postgresql" else sqlite
    values = {"until": until, "due": ask.due, "told_at": told_at}
    act.connection.execute(
        dialect.insert(chain_warnings)
        .values(ask_id=ask.id, workspace_id=act.workspace_id, **values)
        .on_conflict_do_update(index_elements=["ask_id"], set_=values)
    )
