"""Write what a sweep has decided, with one statement for each table: rungs that were reached, and their messages.

Who reaches a rung is decided by its row, which can exist once only. The message goes to the outbox in the same
transaction; one that is for no fresh rung is taken back before anybody can see it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from store import outbox
from store.database import Act
from store.firing import Firing
from store.outbox import To
from store.tables import Sending, nudges
from store.tables import outbox as outbox_table


@dataclass(slots=True)
class _Message:
    """A message that waits for somebody; `id` 0: it is still to be put."""

    id: int
    not_before: datetime


def reach(act: Act, firings: Sequence[Firing]) -> list[Firing]:
    """Write that these rungs were reached, and put each into a message. Returns those that were not reached before."""
    if not firings:
        return []
    ids, put = _messages(act, firings)
    rows = [row for one, outbox_id in zip(firings, ids, strict=True) for row in _rows(act, one, outbox_id)]
    if act.connection.execute(_REACHED[act.connection.dialect.name], rows).rowcount == len(rows):
        return list(firings)
    # Somebody was faster with one of them: which are ours?
    written = act.connection.execute(_OURS, {"ids": ids, "now": act.now})
    ours = {(row.ask_id, row.rung) for row in written}
    outbox.take_back(act, put - {outbox_id for one, outbox_id in zip(firings, ids, strict=True) if one.key in ours})
    return [one for one in firings if one.key in ours]


def _rows(act: Act, firing: Firing, outbox_id: int) -> Iterator[dict[str, Any]]:
    """The rung that speaks, and those that collapsed into it: they are in no message."""
    for rung in (firing.rung, *firing.due.covers):
        yield {
            "workspace_id": act.workspace_id,
            "ask_id": firing.ask.id,
            "promise_number": firing.ask.promise_number,
            "rung": rung,
            "receiver_id": firing.receiver_id,
            "due_at": firing.due.meant_for,
            "fired_at": act.now,
            "outbox_id": outbox_id if rung == firing.rung else None,
            "held_by": firing.held_by,
        }


def _reached_by(dialect: Any) -> Any:
    return dialect.insert(nudges).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


_REACHED = {"postgresql": _reached_by(postgresql), "sqlite": _reached_by(sqlite)}
_OURS = select(nudges.c.ask_id, nudges.c.rung).where(
    nudges.c.outbox_id.in_(bindparam("ids", expanding=True)), nudges.c.fired_at == bindparam("now")
)


def _messages(act: Act, firings: Sequence[Firing]) -> tuple[list[int], frozenset[int]]:
    """For each rung the one message that waits for its receiver, or a new one; and which of them are new.

    One that rests while they do not want to be disturbed takes all along but a rush that may come at any hour.
    """
    waiting = _waiting(act, {one.receiver_id for one in firings})
    chosen: list[_Message] = []
    new: list[tuple[_Message, To]] = []
    for one in firings:
        theirs = waiting[one.receiver_id, one.message]
        message = next((each for each in theirs if not one.at_any_hour or each.not_before <= act.now), None)
        if message is None:
            message = _Message(0, one.not_before or act.now)
            theirs.append(message)
            new.append((message, To(one.message, person_id=one.receiver_id, not_before=one.not_before)))
        chosen.append(message)
    for (message, _), outbox_id in zip(new, outbox.post_each(act, [to for _, to in new]), strict=True):
        message.id = outbox_id
    return [message.id for message in chosen], frozenset(message.id for message, _ in new)


def _waiting(act: Act, person_ids: Iterable[str]) -> defaultdict[tuple[str, str], list[_Message]]:
    """The messages with nudges that nobody has tried to deliver yet, by person and kind of message."""
    found: defaultdict[tuple[str, str], list[_Message]] = defaultdict(list)
    wanted = {"workspace": act.workspace_id, "people": sorted(set(person_ids))}
    for row in act.connection.execute(_WAITING, wanted):
        found[row.person_id, row.message].append(_Message(row.id, row.not_before))
    return found


_WAITING = (
    select(outbox_table.c.id, outbox_table.c.person_id, outbox_table.c.message, outbox_table.c.not_before)
    .where(
        outbox_table.c.workspace_id == bindparam("workspace"),
        outbox_table.c.person_id.in_(bindparam("people", expanding=True)),
        outbox_table.c.message.in_(("nudges", "lead_told")),
        outbox_table.c.state == Sending.WAITING,
        outbox_table.c.attempts == 0,
    )
    .order_by(outbox_table.c.id)
    # A courier of another process must not word the message before what is put into it now is there to be read.
    .with_for_update(key_share=True)
)
