"""Rows of the outbox on their way to Slack: claimed for a while, then settled, postponed or given up.

A row goes waiting → sending → sent (or given up). Only `sending` is unclear after a crash: then Slack's own history
is asked for the row's nonce before anything is posted again.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, bindparam, literal_column, or_, select, text, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from store.database import Act, alone_with
from store.outbox import PENDING
from store.tables import Kind, Sending, outbox, posts, workspaces

LEASE = timedelta(seconds=60)  # how long a claimed row belongs to its courier
MOST_EACH = 40  # rows of one lane that are claimed at once: nobody waits behind one workspace that has much to say
ASIDE = timedelta(hours=1)  # what a stopped workspace has to say is looked at again after so long
NO_TOKEN, STOPPED = "no token for this workspace", "the workspace is stopped"  # the faults of what waits for a token


Lane = tuple[str, Kind, Sending]


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

    @property
    def lane(self) -> Lane:
        """With which others it queues for Slack's leave: the posts of a workspace, its edits, what is looked up."""
        return (self.workspace_id, self.kind, Sending.SENDING if self.unclear else Sending.WAITING)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A parcel that Slack has. For a new message `channel_id` and `ts` say where, so that it can be edited later."""

    parcel: Parcel
    channel_id: str | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """A parcel to be tried again at `until`. `unclear`: this try may have reached Slack all the same."""

    parcel: Parcel
    until: datetime
    fault: str
    unclear: bool


def claim(
    act: Act,
    wall: datetime,
    in_hand: Collection[int] = (),
    full: Collection[Lane] = (),
    limit: int = 100,
) -> list[Parcel] | None:
    """Take rows that are due, oldest first, for one lease; None while another courier takes some.

    Spans workspaces: the courier serves them all. One conversation is served in order: a row waits while an earlier
    one to it is on its way or being tried again; an edit waits for every earlier row about its ask. Rows whose lease
    ran out are taken again: they come back `unclear`, as Slack may have got them. Leases are measured by `wall`, the
    real clock, as the sandbox winds the ledger's. `in_hand`: the rows that this process is working on; `full`: the
    lanes in which enough of them wait.
    """
    if not alone_with(act, ["outbox"]):  # who claims beside us could take a later row of the same conversation
        return None
    asked = {"now": act.now, "wall": wall, "absurd": wall + 2 * LEASE, "full": list(full), "most": limit}
    while True:
        due: Sequence[Any] = act.connection.execute(_DUE, asked).all()
        stopped = [row.id for row in due if row.stopped_at is not None]
        if stopped:
            act.connection.execute(_SET_ASIDE, {"ids": stopped, "until": act.now + ASIDE})
        chosen = _side_by_side([row for row in due if row.stopped_at is None and row.id not in in_hand])
        if chosen or len(stopped) < limit:
            break
    if not chosen:
        return []
    taken = act.connection.execute(_TAKE, {"ids": [row.id for row in chosen], "until": wall + LEASE})
    whole = {row.id: row for row in taken}
    return [_parcel(whole[row.id], unclear=row.state == Sending.SENDING) for row in chosen]


_earlier = outbox.alias("earlier")


def _nothing_before(same: str) -> Any:
    """Whether no earlier row with the same channel, person or ask is on its way or being tried again."""
    found = select(_earlier.c.id).where(
        text(f"earlier.{same} IS NOT NULL AND earlier.settled_at IS NULL AND earlier.attempts > 0"),
        _earlier.c.workspace_id == outbox.c.workspace_id,
        _earlier.c[same] == outbox.c[same],
        _earlier.c.id < outbox.c.id,
    )
    return found.limit(1).correlate(outbox).scalar_subquery().is_(None)  # asked for each row, never joined


_DUE = (  # as little of each as is needed to choose: more are looked at than are taken
    select(
        *(outbox.c[name] for name in ("id", "workspace_id", "kind", "state", "channel_id", "person_id", "ask_id")),
        workspaces.c.stopped_at,
    )
    .join(workspaces, workspaces.c.id == outbox.c.workspace_id)
    .where(
        PENDING,
        outbox.c.not_before <= bindparam("now"),
        tuple_(outbox.c.workspace_id, outbox.c.kind, outbox.c.state).not_in(bindparam("full", expanding=True)),
        or_(
            outbox.c.claimed_until.is_(None),
            outbox.c.claimed_until <= bindparam("wall"),
            outbox.c.claimed_until > bindparam("absurd"),  # somebody has set the clock back since
        ),
        _nothing_before("channel_id"),
        _nothing_before("person_id"),
        or_(outbox.c.kind != literal_column("'refresh'"), _nothing_before("ask_id")),
    )
    .order_by(outbox.c.not_before, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=outbox, skip_locked=True)
)
_AMONG = outbox.c.id.in_(bindparam("ids", expanding=True))
_TAKE = (
    update(outbox)
    .where(_AMONG)
    .values(state=Sending.SENDING, claimed_until=bindparam("until"), attempts=outbox.c.attempts + 1)
    .returning(outbox)
)
_SET_ASIDE = update(outbox).where(_AMONG).values(not_before=bindparam("until"), fault=STOPPED)


def _side_by_side(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Rows that may travel at the same time.

    The first to each conversation, no edit beside a post about its ask, and not too many of one lane.
    """
    conversations: set[tuple[str, str]] = set()
    asks_under_way: set[int] = set()
    lanes: Counter[Lane] = Counter()
    chosen = []
    for row in rows:
        to = (row.workspace_id, row.channel_id or row.person_id or f"edit {row.ask_id}")
        lane = (row.workspace_id, row.kind, row.state)
        waits = to in conversations or (row.kind == Kind.REFRESH and row.ask_id in asks_under_way)
        conversations.add(to)
        if row.ask_id is not None:
            asks_under_way.add(row.ask_id)
        if not waits and lanes[lane] < MOST_EACH:
            lanes[lane] += 1
            chosen.append(row)
    return chosen


def _parcel(row: Row[Any], *, unclear: bool) -> Parcel:
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
        attempts=row.attempts,
        put_at=row.put_at,
        unclear=unclear,
    )


def settle(act: Act, arrivals: Sequence[Arrival]) -> None:
    """Slack has these, of whichever workspaces. Raises IntegrityError for an ask that is gone, if they are several."""
    known = [_post(act, one) for one in arrivals if one.ts is not None and one.channel_id is not None]
    if known:
        keep = _KEEP[act.connection.dialect.name]
        if len(arrivals) > 1:
            act.connection.execute(keep, known)
        else:
            try:
                with act.connection.begin_nested():
                    act.connection.execute(keep, known)
            except IntegrityError:  # its ask was deleted while it was on its way
                pass
    act.connection.execute(_ARRIVED, {"ids": [one.parcel.id for one in arrivals], "now": act.now})


# Another courier whose lease had run out may have settled the same message before.
_KEEP = {
    "postgresql": postgresql.insert(posts).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(posts).on_conflict_do_nothing(),
}
_ARRIVED = (
    update(outbox).where(_AMONG).values(state=Sending.SENT, claimed_until=None, fault=None, settled_at=bindparam("now"))
)


def _post(act: Act, arrival: Arrival) -> dict[str, Any]:
    parcel = arrival.parcel
    return {
        "workspace_id": parcel.workspace_id,
        "ask_id": parcel.ask_id,
        "message": parcel.message,
        "channel_id": arrival.channel_id,
        "person_id": parcel.person_id,
        "ts": arrival.ts,
        "nonce": parcel.nonce,
        "posted_at": act.now,
    }


def postpone(act: Act, delays: Sequence[Delay]) -> None:
    """Try these again later, each at its time; what another courier has taken since is left to it.

    An edit stays `sending`, since a newer wish for the same edit may be waiting already.
    """
    act.connection.execute(
        _POSTPONED,
        [
            {
                "parcel": one.parcel.id,
                "tries": one.parcel.attempts,
                "stays": Sending.SENDING if one.unclear or one.parcel.kind is Kind.REFRESH else Sending.WAITING,
                "until": one.until,
                "why": one.fault,
            }
            for one in delays
        ],
    )


_POSTPONED = (
    update(outbox)
    .where(outbox.c.id == bindparam("parcel"), outbox.c.attempts == bindparam("tries"), PENDING)
    .values(state=bindparam("stays"), claimed_until=None, not_before=bindparam("until"), fault=bindparam("why"))
)


def rest(act: Act, parcel: Parcel, until: datetime) -> None:
    """Nothing before `until`, and nothing was tried: what else is for the same person does not wait behind it."""
    act.connection.execute(
        update(outbox)
        .where(outbox.c.id == parcel.id, outbox.c.attempts == parcel.attempts)
        .values(state=Sending.WAITING, claimed_until=None, not_before=until, attempts=parcel.attempts - 1)
    )


def give_up(act: Act, parcel: Parcel, fault: str) -> None:
    """Slack will never take it; `fault` is Slack's word for why."""
    act.connection.execute(
        update(outbox)
        .where(outbox.c.id == parcel.id)
        .values(state=Sending.GIVEN_UP, claimed_until=None, fault=fault, settled_at=act.now)
    )


def let_go(act: Act, workspace_ids: Select[Any] | None = None) -> None:
    """There is a token again: what waited for one goes at once, in its old order, in the act's workspace.

    `workspace_ids`: in these instead, a select.
    """
    theirs = outbox.c.workspace_id
    of_whom = theirs == act.workspace_id if workspace_ids is None else theirs.in_(workspace_ids)
    act.connection.execute(_LET_GO.where(of_whom, outbox.c.fault.in_((NO_TOKEN, STOPPED))))
    act.wrote_outbox.append(True)


def begin(act: Act) -> None:
    """A courier begins, perhaps with a token or a key that the last one had not: what waited for one is tried."""
    act.connection.execute(_LET_GO.where(outbox.c.fault == NO_TOKEN))


_LET_GO = update(outbox).where(PENDING).values(not_before=outbox.c.put_at, fault=None)
