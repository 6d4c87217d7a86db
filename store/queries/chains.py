"""Which ask waits for which: the chain of an ask, up and down, as cards and lists show it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, select, union

from store import departments
from store.database import Look
from store.queries import asks as reading
from store.rules.critical_path import Path, Step, critical_path
from store.rules.lifecycle import Stage
from store.snapshots import Ask, Chain, Link
from store.tables import links


def along(look: Look, found: Sequence[Ask]) -> list[Ask]:
    """The same asks, each with its chain; those that have none stay as they are."""
    if not found:
        return []
    rows = look.connection.execute(_LINKS_AROUND, {"asks": [ask.id for ask in found]}).all()
    if not rows:
        return list(found)
    parents = {row.child_id: row.parent_id for row in rows}
    below: dict[int, list[int]] = defaultdict(list)
    for child_id in sorted(parents):
        below[parents[child_id]].append(child_id)
    known = {ask.id: ask for ask in found}
    others = ({*parents, *parents.values()}) - known.keys()
    known |= reading.by_ids(look, others)
    return [_with_chain(ask, parents, below, known) for ask in found]


def of(look: Look, ask: Ask) -> Ask:
    """One ask with its chain."""
    return along(look, [ask])[0]


def ancestors(look: Look, ask_id: int) -> list[int]:
    """What waits for an ask, what waits for that, and so on: the nearest first."""
    above = (
        select(links.c.child_id, links.c.parent_id)
        .where(links.c.workspace_id == look.workspace_id, links.c.child_id == ask_id)
        .cte("above", recursive=True)
    )
    above = above.union(select(links.c.child_id, links.c.parent_id).join(above, links.c.child_id == above.c.parent_id))
    parents = {row.child_id: row.parent_id for row in look.connection.execute(select(above))}
    found: list[int] = []
    while (ask_id := parents.get(ask_id, 0)) and ask_id not in found:
        found.append(ask_id)
    return found


def path_of(look: Look, ask: Ask) -> Path | None:
    """What decides when an ask can be done; None when it waits for nothing. `ask`: with its chain."""
    return critical_path(steps_of(look, ask))


def steps_of(look: Look, ask: Ask) -> list[Step]:
    """An ask and all that holds it up, as the rule of the critical path sees them."""
    waits_for = ask.chain.waits_for if ask.chain else ()
    return [_step(look, ask, None), *(_step(look, link.ask, link.parent_id) for link in waits_for)]


def _step(look: Look, ask: Ask, parent_id: int | None) -> Step:
    department = departments.by_id(look, ask.department_id)
    service = next((one for one in department.services if one.name == ask.service_name), None)
    lead_time = service.lead_time if service else department.lead_time
    return Step(ask.id, parent_id, ask.due, ask.stage is not Stage.OPEN, department.calendar, lead_time)


def _links_around() -> CompoundSelect[Any]:
    """The links from asks (`asks`) down to the last, and those from them to what they are part of; built once."""
    ids: BindParameter[int] = bindparam("asks", expanding=True)
    below = select(links.c.child_id, links.c.parent_id).where(links.c.parent_id.in_(ids)).cte("below", recursive=True)
    below = below.union(select(links.c.child_id, links.c.parent_id).join(below, links.c.parent_id == below.c.child_id))
    above = select(links.c.child_id, links.c.parent_id).where(links.c.child_id.in_(ids))
    return union(select(below), above)


_LINKS_AROUND = _links_around()


def _with_chain(ask: Ask, parents: dict[int, int], below: dict[int, list[int]], known: dict[int, Ask]) -> Ask:
    part_of = known.get(parents.get(ask.id, 0))
    found: list[Link] = []
    seen = {ask.id}
    waiting = [(child_id, ask.id, 1) for child_id in reversed(below[ask.id])]
    while waiting:
        ask_id, parent_id, depth = waiting.pop()
        if ask_id in seen:  # a circle, which only a hand in the database can make: it must not hang the cards
            continue
        seen.add(ask_id)
        found.append(Link(known[ask_id], parent_id, depth))
        waiting += [(child_id, ask_id, depth + 1) for child_id in reversed(below[ask_id])]
    return replace(ask, chain=Chain(part_of, tuple(found))) if part_of or found else ask
