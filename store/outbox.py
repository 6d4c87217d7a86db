"""What is still to be said on Slack: put by verbs, carried by the courier.

A row goes waiting → sending → sent (or given up). Only `sending` is unclear after a crash: then Slack's own history
is asked for the row's nonce before anything is posted again.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from store.database import Act, Look, alone_with
from store.tables import Kind, Sending, outbox, posts, workspaces

LEASE = timedelta(seconds=60)  # how long a claimed row belongs to its courier


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed row. `unclear`: an earlier try may have reached Slack."""

    id: int
    workspace_id: str
    kind: Kind
    message: str
    ask_id: int | None
    channel_id: str | None
    person_id: str | None
    particulars: dict[str, Any]
    nonce: str
    attempts: int
    put_at: datetime
    unclear: bool


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
    """Have every known card of an ask edited to its present state. Several wishes at once become one."""
    waiting = act.connection.execute(
        select(outbox.c.id).where(
            outbox.c.ask_id == ask_id, outbox.c.kind == Kind.REFRESH, outbox.c.state == Sending.WAITING
        )
    ).first()
    if waiting is None:
        _put(act, Kind.REFRESH, "cards", ask_id, None, None, None, {})


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


def claim(act: Act, wall: datetime, in_hand: frozenset[int] = frozenset(), limit: int = 20) -> list[Parcel]:
    """Take rows that are due, oldest first, for one lease. Spans workspaces: the courier serves them all.

    One conversation is served in order: a row waits while an earlier one to it is on its way or being tried again;
    an edit waits for every earlier row about its ask. Rows whose lease ran out are taken again: they come back
    `unclear`, as Slack may have got them. Leases are measured by `wall`, the real clock, as the sandbox winds the
    ledger's; `in_hand` are the rows that this process is working on.
    """
    if not alone_with(act, ["outbox"]):  # who claims beside us could take a later row of the same conversation
        return []
    pending = outbox.c.state.in_((Sending.WAITING, Sending.SENDING))
    # Found first, since they are few: to look for them once per waiting row holds the database for half a second
    # when a thousand wait.
    tried = act.connection.execute(select(outbox.c.id).where(pending, outbox.c.attempts > 0)).scalars().all()
    earlier = outbox.alias("earlier")
    blocked = (
        select(earlier.c.id)
        .where(
            earlier.c.id.in_(tried),
            earlier.c.workspace_id == outbox.c.workspace_id,
            earlier.c.id < outbox.c.id,
            or_(
                earlier.c.channel_id == outbox.c.channel_id,
                earlier.c.person_id == outbox.c.person_id,
                and_(earlier.c.ask_id == outbox.c.ask_id, outbox.c.kind == Kind.REFRESH),
            ),
        )
        .correlate(outbox)
        .exists()
    )
    rows = act.connection.execute(
        select(outbox)
        .join(workspaces, workspaces.c.id == outbox.c.workspace_id)
        .where(
            pending,
            outbox.c.not_before <= act.now,
            or_(
                outbox.c.claimed_until.is_(None),
                outbox.c.claimed_until <= wall,
                outbox.c.claimed_until > wall + 2 * LEASE,  # somebody has set the clock back since
            ),
            outbox.c.id.not_in(in_hand),
            workspaces.c.stopped_at.is_(None),
            ~blocked,
        )
        .order_by(outbox.c.not_before, outbox.c.id)
        .limit(limit)
        .with_for_update(of=outbox, skip_locked=True)
    ).all()
    rows = _one_per_conversation(list(rows))
    if rows:
        act.connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(state=Sending.SENDING, claimed_until=wall + LEASE, attempts=outbox.c.attempts + 1)
        )
    return [_parcel(row) for row in rows]


def settle(act: Act, parcel: Parcel, *, channel_id: str | None = None, ts: str | None = None) -> None:
    """Slack has it. For a new message `channel_id` and `ts` say where, so that it can be edited later."""
    if ts is not None and channel_id is not None:
        try:
            with act.connection.begin_nested():
                act.connection.execute(
                    insert(posts).values(
                        workspace_id=parcel.workspace_id,
                        ask_id=parcel.ask_id,
                        message=parcel.message,
                        channel_id=channel_id,
                        person_id=parcel.person_id,
                        ts=ts,
                        nonce=parcel.nonce,
                        posted_at=act.now,
                    )
                )
        except IntegrityError:  # another courier whose lease had run out settled the same message
            pass
    _end(act, parcel, Sending.SENT, None)


def give_up(act: Act, parcel: Parcel, fault: str) -> None:
    """Slack will never take it; `fault` is Slack's word for why."""
    _end(act, parcel, Sending.GIVEN_UP, fault)


def postpone(act: Act, parcel: Parcel, until: datetime, fault: str, *, unclear: bool) -> None:
    """Try again at `until`. `unclear`: this try may have reached Slack all the same.

    An edit stays `sending`, since a newer wish for the same edit may be waiting already.
    """
    act.connection.execute(
        update(outbox)
        .where(outbox.c.id == parcel.id)
        .values(
            state=Sending.SENDING if unclear or parcel.kind is Kind.REFRESH else Sending.WAITING,
            claimed_until=None,
            not_before=until,
            fault=fault,
        )
    )


def posts_of(look: Look, ask_id: int, messages: frozenset[str]) -> list[Post]:
    """Our messages about an ask that are kept up to date, oldest first."""
    rows = look.connection.execute(
        select(posts, outbox.c.particulars)
        .outerjoin(outbox, outbox.c.nonce == posts.c.nonce)
        .where(posts.c.workspace_id == look.workspace_id, posts.c.ask_id == ask_id, posts.c.message.in_(messages))
        .order_by(posts.c.id)
    )
    return [Post(row.message, row.channel_id, row.person_id, row.ts, row.particulars or {}) for row in rows]


def rest(act: Act, parcel: Parcel, until: datetime) -> None:
    """Nothing before `until`, and nothing was tried: what else is for the same person does not wait behind it."""
    act.connection.execute(
        update(outbox)
        .where(outbox.c.id == parcel.id)
        .values(state=Sending.WAITING, claimed_until=None, not_before=until, attempts=parcel.attempts - 1)
    )


def pending(connection: Connection) -> int:
    """How many rows have still to reach Slack, over all workspaces."""
    return connection.execute(
        select(func.count()).where(outbox.c.state.in_((Sending.WAITING, Sending.SENDING)))
    ).scalar_one()


def backlog(connection: Connection, now: datetime) -> tuple[int, datetime | None]:
    """How many rows should have left by `now`, over all workspaces that are not stopped; since when the oldest."""
    row = connection.execute(
        select(func.count(), func.min(outbox.c.not_before))
        .select_from(outbox.join(workspaces, workspaces.c.id == outbox.c.workspace_id))
        .where(
            outbox.c.state.in_((Sending.WAITING, Sending.SENDING)),
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
    return connection.execute(
        select(func.min(outbox.c.not_before)).where(outbox.c.state.in_((Sending.WAITING, Sending.SENDING)))
    ).scalar()


def _one_per_conversation(rows: list[Row[Any]]) -> list[Row[Any]]:
    """Rows that may travel side by side: the first to each conversation, and no edit beside a post about its ask."""
    conversations: set[tuple[str, str]] = set()
    asks_under_way: set[int] = set()
    chosen = []
    for row in rows:
        to = (row.workspace_id, row.channel_id or row.person_id or f"edit {row.ask_id}")
        waits = to in conversations or (row.kind == Kind.REFRESH and row.ask_id in asks_under_way)
        conversations.add(to)
        if row.ask_id is not None:
            asks_under_way.add(row.ask_id)
        if not waits:
            chosen.append(row)
    return chosen


def _parcel(row: Row[Any]) -> Parcel:
    return Parcel(
        id=row.id,
        workspace_id=row.workspace_id,
        kind=Kind(row.kind),
        message=row.message,
        ask_id=row.ask_id,
        channel_id=row.channel_id,
        person_id=row.person_id,
        particulars=row.particulars,
        nonce=row.nonce,
        attempts=row.attempts + 1,
        put_at=row.put_at,
        unclear=row.state == Sending.SENDING,
    )


def _end(act: Act, parcel: Parcel, state: Sending, fault: str | None) -> None:
    act.connection.execute(
        update(outbox)
        .where(outbox.c.id == parcel.id)
        .values(state=state, claimed_until=None, fault=fault, settled_at=act.now)
    )
