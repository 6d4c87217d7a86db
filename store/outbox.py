"""What is still to be said on Slack: put by verbs, carried by the courier (store/parcels.py)."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from store.database import Act, Look
from store.tables import Kind, Sending, outbox, posts, workspaces

PENDING = text("outbox.state IN ('waiting', 'sending')")  # in these words the partial indexes are found


@dataclass(frozen=True, slots=True)
class Post:
    """A message of ours on Slack. `particulars`: what it was put with."""

    message: str
    channel_id: str
    person_id: str | None
    ts: str
    particulars: dict[str, Any]


def post(
    act: Act,
    message: str,
    *,
    ask_id: int | None = None,
    channel_id: str | None = None,
    person_id: str | None = None,
    not_before: datetime | None = None,
    **particulars: Any,
) -> int | None:
    """Put a new message into the outbox; returns its id. Nobody is told of what they did themselves: then None."""
    if person_id is not None and person_id == act.actor_id:
        return None
    return _put(act, Kind.POST, message, ask_id, channel_id, person_id, not_before, particulars)


@dataclass(frozen=True, slots=True)
class To:
    """A new message to a channel or to a person, `not_before` an instant."""

    message: str
    channel_id: str | None = None
    person_id: str | None = None
    not_before: datetime | None = None


def post_all(several: Sequence[tuple[Act, int, Iterable[To]]]) -> None:
    """Put the new messages about an ask of each act into the outbox, in this order; the acts share a transaction.

    Nobody is told of what they did themselves.
    """
    rows = []
    for act, ask_id, told in several:
        act.wrote_outbox.append(True)
        for one in told:
            if one.person_id is None or one.person_id != act.actor_id:
                rows.append(_row(act, Kind.POST, one.message, ask_id, one.channel_id, one.person_id, None, {}))
    several[0][0].connection.execute(_PUT, rows)


def post_each(act: Act, several: Iterable[To]) -> list[int]:
    """Put new messages about no one ask into the outbox, in one statement; returns their ids in this order."""
    rows = [
        _row(act, Kind.POST, one.message, None, one.channel_id, one.person_id, one.not_before, {}) for one in several
    ]
    if not rows:
        return []
    act.wrote_outbox.append(True)
    ids = {row.nonce: int(row.id) for row in act.connection.execute(_PUT_EACH, rows)}
    return [ids[row["nonce"]] for row in rows]


def take_back(act: Act, ids: Iterable[int]) -> None:
    """What this very act has put is not to be said after all."""
    act.connection.execute(delete(outbox).where(outbox.c.id.in_(list(ids))))


def refresh(act: Act, ask_id: int) -> None:
    """Have every known card of an ask edited to its present state. Several wishes at once become one.

    Where one waits it is locked until this act is committed, so that no courier draws the state before it.
    """
    act.wrote_outbox.append(True)
    row = _row(act, Kind.REFRESH, "cards", ask_id, None, None, None, {})
    act.connection.execute(_WISH[act.connection.dialect.name], row)


_ONE_WAITS: dict[str, Any] = {
    "index_elements": [outbox.c.ask_id],
    "index_where": text("kind = 'refresh' AND state = 'waiting'"),
    "set_": {"ask_id": outbox.c.ask_id},
}
_WISH = {
    "postgresql": postgresql.insert(outbox).on_conflict_do_update(**_ONE_WAITS),
    "sqlite": sqlite.insert(outbox).on_conflict_do_update(**_ONE_WAITS),
}


def _put(
    act: Act,
    kind: Kind,
    message: str,
    ask_id: int | None,
    channel_id: str | None,
    person_id: str | None,
    not_before: datetime | None,
    particulars: dict[str, Any],
) -> int:
    act.wrote_outbox.append(True)
    row = _row(act, kind, message, ask_id, channel_id, person_id, not_before, particulars)
    return int(act.connection.execute(_PUT, row).inserted_primary_key[0])  # type: ignore[index]


_PUT = insert(outbox)
_PUT_EACH = _PUT.returning(outbox.c.id, outbox.c.nonce)


def _row(
    act: Act,
    kind: Kind,
    message: str,
    ask_id: int | None,
    channel_id: str | None,
    person_id: str | None,
    not_before: datetime | None,
    particulars: dict[str, Any],
) -> dict[str, Any]:
    return {
        "workspace_id": act.workspace_id,
        "kind": kind,
        "message": message,
        "ask_id": ask_id,
        "channel_id": channel_id,
        "person_id": person_id,
        "particulars": particulars,
        "nonce": secrets.token_hex(12),
        "state": Sending.WAITING,
        "put_at": act.now,
        "not_before": not_before or act.now,
        "attempts": 0,
    }


def posts_of(look: Look, ask_id: int, messages: frozenset[str]) -> list[Post]:
    """Our messages about an ask that are kept up to date, oldest first."""
    rows = look.connection.execute(
        select(posts, outbox.c.particulars)
        .outerjoin(outbox, outbox.c.nonce == posts.c.nonce)
        .where(posts.c.workspace_id == look.workspace_id, posts.c.ask_id == ask_id, posts.c.message.in_(messages))
        .order_by(posts.c.id)
    )
    return [Post(row.message, row.channel_id, row.person_id, row.ts, row.particulars or {}) for row in rows]


def pending(connection: Connection) -> int:
    """How many rows have still to reach Slack, over all workspaces."""
    return connection.execute(select(func.count()).select_from(outbox).where(PENDING)).scalar_one()


def backlog(connection: Connection, now: datetime) -> tuple[int, datetime | None]:
    """How many rows should have left by `now`, over all workspaces that are not stopped; since when the oldest."""
    row = connection.execute(
        select(func.count(), func.min(outbox.c.not_before))
        .select_from(outbox.join(workspaces, workspaces.c.id == outbox.c.workspace_id))
        .where(
            PENDING,
            outbox.c.not_before <= now,
            workspaces.c.stopped_at.is_(None),
        )
    ).one()
    return row[0], row[1]


def distrust(connection: Connection) -> None:
    """What was still to be said may have been said meanwhile: Slack's history is asked before it is posted.

    For a ledger that comes from a backup. Edits show the state as it is, whoever makes them, and may be made twice.
    """
    connection.execute(
        update(outbox)
        .where(outbox.c.state == Sending.WAITING, outbox.c.kind == Kind.POST)
        .values(state=Sending.SENDING, claimed_until=None)
    )


def next_due(connection: Connection) -> datetime | None:
    """When the next row may go out, over all workspaces."""
    return connection.execute(select(func.min(outbox.c.not_before)).where(PENDING)).scalar()
