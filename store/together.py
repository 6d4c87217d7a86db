"""What concerns several asks of one person is told in one message: three hundred batons are news once.

A few are told one by one, since each message then is the card of its ask.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from store import outbox
from store.database import Act
from store.snapshots import Ask

TOLD_EACH = 3  # so many are told one by one


def offered(act: Act, asks: Sequence[Ask]) -> None:
    """These were offered just now. The receivers are told, and the owners if somebody else did it."""
    to_receiver: dict[str, list[Ask]] = defaultdict(list)
    to_owner: dict[str, list[Ask]] = defaultdict(list)
    for ask in asks:
        if ask.baton is not None:
            to_receiver[ask.baton.receiver.id].append(ask)
        if act.actor_id not in (None, ask.owner.id):
            to_owner[ask.owner.id].append(ask)
    for person_id, theirs in to_receiver.items():
        if len(theirs) > TOLD_EACH:
            by = act.actor_id or theirs[0].owner.id
            outbox.post(act, "batons_offered", person_id=person_id, by=by, numbers=_numbers(theirs))
            continue
        for ask in theirs:
            outbox.post(act, "baton_offered", ask_id=ask.id, person_id=person_id, baton=ask.baton and ask.baton.id)
    for person_id, theirs in to_owner.items():
        if len(theirs) > TOLD_EACH:
            outbox.post(act, "batons_offered_for_you", person_id=person_id, by=act.actor_id, numbers=_numbers(theirs))
            continue
        for ask in theirs:
            outbox.post(act, "baton_offered_for_you", ask_id=ask.id, person_id=person_id, by=act.actor_id)


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


def _numbers(asks: Sequence[Ask]) -> list[int]:
    return [ask.number for ask in asks]
