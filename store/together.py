"""What concerns several asks of one person is told in one message: three hundred batons are news once.

A few are told one by one, since each message then is the card of its ask.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select, update

from store import outbox
from store.database import Act
from store.snapshots import Ask
from store.tables import Sending
from store.tables import outbox as queued

TOLD_EACH = 3  # so many are told one by one
HELD = timedelta(seconds=30)  # that a message waits for the next batch at the most


def offered(act: Act, asks: Sequence[Ask]) -> None:
    """These were offered just now. The receivers are told, and the owners if somebody else did it."""
    to_receiver, to_owner = _whom_to_tell(act, asks)
    for person_id, theirs in to_receiver.items():
        if len(theirs) > TOLD_EACH:
            outbox.post(act, "batons_offered", person_id=person_id, by=_giver(act, theirs), numbers=_numbers(theirs))
            continue
        for ask in theirs:
            outbox.post(act, "baton_offered", ask_id=ask.id, person_id=person_id, baton=ask.baton and ask.baton.id)
    for person_id, theirs in to_owner.items():
        if len(theirs) > TOLD_EACH:
            outbox.post(act, "batons_offered_for_you", person_id=person_id, by=act.actor_id, numbers=_numbers(theirs))
            continue
        for ask in theirs:
            outbox.post(act, "baton_offered_for_you", ask_id=ask.id, person_id=person_id, by=act.actor_id)


def offered_in_part(act: Act, asks: Sequence[Ask], *, last: bool) -> None:
    """These were offered just now, a batch of several: one message waits for all of them, and leaves with the `last`.

    Should the last never come, since the process ended between, it leaves a little later with what there is.
    """
    to_receiver, to_owner = _whom_to_tell(act, asks)
    for person_id, theirs in to_receiver.items():
        _add(act, "batons_offered", person_id, _giver(act, theirs), _numbers(theirs))
    for person_id, theirs in to_owner.items():
        _add(act, "batons_offered_for_you", person_id, str(act.actor_id), _numbers(theirs))
    if last:
        act.wrote_outbox.append(True)
        waiting = [row.id for row in _held(act) if row.particulars["by"] == act.actor_id]
        act.connection.execute(update(queued).where(queued.c.id.in_(waiting)).values(not_before=act.now))


def expired(act: Act, bounced: Iterable[tuple[Ask, str]]) -> None:
    """Nobody took these in time: each with its receiver. Giver and receiver are told."""
    between: dict[tuple[str, str], list[Ask]] = defaultdict(list)
    for ask, receiver_id in bounced:
        between[ask.owner.id, receiver_id].append(ask)
    for (owner_id, receiver_id), theirs in between.items():
        if len(theirs) > TOLD_EACH:
            numbers = _numbers(theirs)
            outbox.post(act, "batons_bounced", person_id=owner_id, by=receiver_id, numbers=numbers)
            outbox.post(act, "batons_expired", person_id=receiver_id, numbers=numbers)
            continue
        for ask in theirs:
            outbox.post(
                act, "baton_bounced", ask_id=ask.id, person_id=owner_id, by=receiver_id, reason=None, words=None
            )
            outbox.post(act, "baton_expired", ask_id=ask.id, person_id=receiver_id)


def _whom_to_tell(act: Act, asks: Sequence[Ask]) -> tuple[dict[str, list[Ask]], dict[str, list[Ask]]]:
    """What was offered, by its receiver; and by its owner, where somebody else did it."""
    to_receiver: dict[str, list[Ask]] = defaultdict(list)
    to_owner: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        if ask.baton is not None:
            to_receiver[ask.baton.receiver.id].append(ask)
        if act.actor_id not in (None, ask.owner.id):
            to_owner[ask.owner.id].append(ask)
    return to_receiver, to_owner


def _giver(act: Act, theirs: Sequence[Ask]) -> str:
    return act.actor_id or theirs[0].owner.id


def _add(act: Act, message: str, person_id: str, by: str, numbers: list[int]) -> None:
    """Add to the message that waits for more of the same, or begin one."""
    for row in _held(act, message, person_id):
        if row.particulars["by"] == by:
            said = row.particulars | {"numbers": [*row.particulars["numbers"], *numbers]}
            act.connection.execute(update(queued).where(queued.c.id == row.id).values(particulars=said))
            return
    outbox.post(act, message, person_id=person_id, not_before=act.now + HELD, by=by, numbers=numbers)


def _held(act: Act, message: str | None = None, person_id: str | None = None) -> Sequence[Row[Any]]:
    """The messages about several offers that wait for more of the same; held, so that nobody else changes them."""
    held = (
        select(queued)
        .where(
            queued.c.workspace_id == act.workspace_id,
            queued.c.state == Sending.WAITING,
            queued.c.attempts == 0,
            queued.c.not_before > act.now,
            queued.c.message.in_((message,) if message else ("batons_offered", "batons_offered_for_you")),
        )
        .with_for_update()
    )
    return act.connection.execute(held.where(queued.c.person_id == person_id) if person_id else held).all()


def _numbers(asks: Sequence[Ask]) -> list[int]:
    return [ask.number for ask in asks]
