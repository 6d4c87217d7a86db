"""Conversations that Slack refuses to post to: told once to those who can mend it, and listed by `check`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, insert, select, update

from store import outbox
from store.database import Act, Look
from store.parcels import Parcel
from store.queries import asks as reading
from store.tables import departments, troubles
from store.tables import outbox as outbox_table


@dataclass(frozen=True, slots=True)
class Trouble:
    """Slack's word (`channel_not_found`, `not_in_channel`, `is_archived` …) for why it refuses a conversation."""

    channel_id: str
    fault: str
    since: datetime


def report(act: Act, channel_id: str, fault: str, ask_id: int | None) -> None:
    """Slack refused a post to a channel. The ask's owner is told each time, the department's lead the first time."""
    known = act.connection.execute(
        select(troubles.c.fault).where(troubles.c.workspace_id == act.workspace_id, troubles.c.channel_id == channel_id)
    ).first()
    told: set[str] = set()
    if ask_id is not None:
        owner_id = reading.by_id(act, ask_id).owner.id
        told.add(owner_id)
        outbox.post(act, "trouble", ask_id=ask_id, person_id=owner_id, channel=channel_id, fault=fault)
    if known is not None:
        act.connection.execute(
            update(troubles)
            .where(troubles.c.workspace_id == act.workspace_id, troubles.c.channel_id == channel_id)
            .values(fault=fault)
        )
        return
    act.connection.execute(
        insert(troubles).values(workspace_id=act.workspace_id, channel_id=channel_id, fault=fault, since=act.now)
    )
    leads = act.connection.execute(
        select(departments.c.lead_id).where(
            departments.c.workspace_id == act.workspace_id, departments.c.channel_id == channel_id
        )
    )
    for lead_id in {row.lead_id for row in leads} - told:
        outbox.post(act, "trouble", person_id=lead_id, channel=channel_id, fault=fault)


def mended(act: Act, posted: Sequence[Parcel]) -> None:
    """These posts to channels, of whichever workspaces, got through."""
    if not posted:
        return
    over = act.connection.execute(_OF_THESE, {"ids": [parcel.id for parcel in posted]}).scalars().all()
    if over:
        act.connection.execute(delete(troubles).where(troubles.c.id.in_(over)))


_OF_THESE = (
    select(troubles.c.id)
    .select_from(outbox_table)
    .join(
        troubles,
        and_(
            troubles.c.workspace_id == outbox_table.c.workspace_id, troubles.c.channel_id == outbox_table.c.channel_id
        ),
    )
    .where(outbox_table.c.id.in_(bindparam("ids", expanding=True)))
)


def listed(look: Look) -> list[Trouble]:
    """The conversations that Slack refuses at present."""
    rows = look.connection.execute(
        select(troubles).where(troubles.c.workspace_id == look.workspace_id).order_by(troubles.c.since)
    )
    return [Trouble(row.channel_id, row.fault, row.since) for row in rows]
