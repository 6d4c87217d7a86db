"""Slack's do-not-disturb, kept on the person for some minutes, and what it means for a nudge that is on its way.

Whoever delivers asks Slack; here it is kept, and worked out when the nudge suits instead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from store import nudging, people, preferences
from store.database import Act, Look
from store.queries import nudged
from store.rules import quiet
from store.rules.quiet import Because
from store.tables import nudges
from store.tables import people as people_table

FRESH = timedelta(minutes=5)  # how long what Slack said is good for


@dataclass(frozen=True, slots=True)
class Known:
    """`until`: the end of the do-not-disturb that we know of, None: none. `fresh`: Slack need not be asked."""

    until: datetime | None
    fresh: bool


def known(look: Look, person_id: str, outbox_id: int) -> Known:
    """What we know of somebody's do-not-disturb, for the message with these nudges.

    A rush that its owner wants to hear of at any hour is not held back, so nobody need ask Slack.
    """
    for one in nudged.in_message(look, outbox_id):
        if one.ask.owner.id == person_id and nudging.at_any_hour(look, one.ask):
            return Known(None, fresh=True)
    row = look.connection.execute(
        select(people_table.c.not_disturbed_until, people_table.c.disturbance_asked_at).where(
            people_table.c.workspace_id == look.workspace_id, people_table.c.id == person_id
        )
    ).first()
    if row is None:
        return Known(None, fresh=True)
    asked_at = row.disturbance_asked_at
    return Known(row.not_disturbed_until, asked_at is not None and asked_at <= look.now < asked_at + FRESH)


def keep(act: Act, person_id: str, until: datetime | None) -> None:
    """Slack has just said until when somebody does not want to be disturbed; None: they do not mind."""
    act.connection.execute(
        update(people_table)
        .where(people_table.c.workspace_id == act.workspace_id, people_table.c.id == person_id)
        .values(not_disturbed_until=until, disturbance_asked_at=act.now)
    )


def suits(look: Look, person_id: str, until: datetime) -> datetime:
    """The first moment after `until` that suits somebody: in their working time, out of their quiet hours (UTC)."""
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
