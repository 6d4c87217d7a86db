"""Slack's do-not-disturb, kept on the person for some minutes, and what it means for a nudge that is on its way.

Whoever delivers asks Slack; here it is kept, and worked out when the nudge suits instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select, text, update

from store import nudging, people, preferences
from store.database import Act, Look
from store.queries import nudged
from store.rules import quiet
from store.rules.quiet import Because
from store.tables import nudges, outbox
from store.tables import people as people_table

NUDGES = frozenset({"nudges", "lead_told"})  # the messages that wait
FRESH = timedelta(minutes=5)  # how long what Slack said is good for


@dataclass(frozen=True, slots=True)
class Known:
    """`until`: the end of the do-not-disturb that we know of, None: none. `fresh`: Slack need not be asked."""

    until: datetime | None
    fresh: bool


def known(look: Look, person_id: str) -> Known:
    """What we know of somebody's do-not-disturb."""
    row = look.connection.execute(_KNOWN, {"workspace": look.workspace_id, "person": person_id}).first()
    if row is None:
        return Known(None, fresh=True)
    asked_at = row.disturbance_asked_at
    return Known(row.not_disturbed_until, asked_at is not None and asked_at <= look.now < asked_at + FRESH)


_THEM = (people_table.c.workspace_id == bindparam("workspace")) & (people_table.c.id == bindparam("person"))
_KNOWN = select(people_table.c.not_disturbed_until, people_table.c.disturbance_asked_at).where(_THEM)


def nudged_too(look: Look, person_id: str, most: int) -> list[str]:
    """Who besides them is nudged at this moment, and Slack has to be asked about, too."""
    asked_at = people_table.c.disturbance_asked_at
    rows = look.connection.execute(
        select(outbox.c.person_id)
        .distinct()
        .join(
            people_table,
            (people_table.c.workspace_id == outbox.c.workspace_id) & (people_table.c.id == outbox.c.person_id),
        )
        .where(
            outbox.c.workspace_id == look.workspace_id,
            text("outbox.person_id IS NOT NULL AND outbox.settled_at IS NULL AND outbox.attempts > 0"),  # by its index
            outbox.c.person_id != person_id,
            outbox.c.message.in_(NUDGES),
            or_(asked_at.is_(None), asked_at > look.now, asked_at <= look.now - FRESH),
        )
        .limit(most)
    )
    return list(rows.scalars())


def keep(act: Act, found: Mapping[str, datetime | None]) -> None:
    """Slack has just said until when these people do not want to be disturbed; None: they do not mind."""
    act.connection.execute(
        _KEEP,
        [
            {"workspace": act.workspace_id, "person": who, "until": until, "now": act.now}
            for who, until in found.items()
        ],
    )


_KEEP = (
    update(people_table)
    .where(_THEM)
    .values(not_disturbed_until=bindparam("until"), disturbance_asked_at=bindparam("now"))
)


def suits(look: Look, person_id: str, until: datetime, outbox_id: int) -> datetime | None:
    """The first moment after `until` that suits somebody: in their working time, out of their quiet hours (UTC).

    None: the message with these nudges carries a rush that its owner wants to hear of at any hour.
    """
    for one in nudged.in_message(look, outbox_id):
        if one.ask.owner.id == person_id and nudging.at_any_hour(look, one.ask):
            return None
    person = people.find(look, person_id)
    if person is None:
        return until
    return quiet.may_hear(preferences.of(look, person_id), person.time_zone, nudging.calendar_of(look, person), until)


def held(act: Act, outbox_id: int) -> None:
    """Write down why the nudges of a message come later."""
    act.connection.execute(
        update(nudges)
        .where(nudges.c.workspace_id == act.workspace_id, nudges.c.outbox_id == outbox_id)
        .values(held_by=Because.DO_NOT_DISTURB)
    )
