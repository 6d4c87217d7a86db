"""(f) An outbox of 10,000 workspaces drains: claimed, paced and settled by a real courier, sent by one who pretends.

Each workspace has messages to several people and one channel. Nothing may be lost, come twice or out of its turn, and
no workspace may be spoken to faster than Slack allows.
"""

import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text

from bot.courier import Courier
from bot.pacing import IN_ONE_CONVERSATION, IN_ONE_WORKSPACE, POST, Pace
from bot.sending import Delivery, Sender, Sent, Turn
from handlers import messages
from store import outbox as verbs
from store.database import Ledger
from store.migrations import migrate
from store.parcels import Parcel
from store.tables import Kind, Sending, outbox, workspaces
from tests.bench.figures import Given, Section, databases

EACH = 4  # messages of a workspace
PATIENCE = 900.0


class Pretending(Sender):
    """Sends nothing, and notes what it would have sent and when."""

    def deliver(self, parcel: Parcel) -> Delivery:
        conversation = parcel.channel_id or parcel.person_id
        yield Turn(POST, conversation)
        SENT.append((time.monotonic(), parcel.workspace_id, str(conversation), parcel.id))
        return Sent(conversation, f"{parcel.id}.0001")


SENT: list[tuple[float, str, str, int]] = []


def measure(given: Given) -> Section:
    """Messages a second, by number of workspaces."""
    rows = []
    for database in given.on:
        for many in (given.size(100, 1000), given.size(1000, 10_000)):
            with databases(database) as fresh:
                took = _drained(fresh(f"draining{many}"), many)
            ids = Counter(parcel_id for *_, parcel_id in SENT)
            twice = sum(1 for count in ids.values() if count > 1)
            total = many * EACH
            rows.append(
                (
                    database,
                    f"{many:,}",
                    f"{total:,}",
                    f"{took:.0f}",
                    f"{len(ids) / took:.0f}",
                    total - len(ids),
                    twice,
                    _too_fast(),
                )
            )
    head = ("ledger", "workspaces", "messages", "s", "per s", "lost", "twice", "sooner than Slack allows")
    remark = (
        "One courier, without the time that Slack takes to answer. Slack's own limits for so many "
        f"workspaces would allow {IN_ONE_WORKSPACE[POST].per_second:.0f} a second in each."
    )
    return Section("(f) The outbox of very many workspaces drains", head, rows, [remark])


def _drained(url: str, many: int) -> float:
    SENT.clear()
    ledger = Ledger(url)
    migrate(ledger.engine)
    now = datetime.now(UTC)
    with ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        for start in range(0, many, 2000):
            names = [f"T{place}" for place in range(start, min(many, start + 2000))]
            connection.execute(
                insert(workspaces),
                [
                    {"id": one, "name": one, "bot_user_id": "U", "last_number": 0, "departments_stamp": ""}
                    for one in names
                ],
            )
            connection.execute(insert(outbox), [_row(one, place, now) for place in range(EACH) for one in names])
    with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    pace = Pace()
    sender = Pretending(ledger, lambda: datetime.now(UTC), lambda _: None, messages.compose, messages.LIVE)
    courier = Courier(ledger, lambda: datetime.now(UTC), sender, pace)
    began = time.monotonic()
    courier.start()
    while time.monotonic() - began < PATIENCE:
        with ledger.reading() as connection:
            if not verbs.pending(connection):
                break
        time.sleep(0.2)
    took = time.monotonic() - began
    courier.stop()
    ledger.close()
    return took


def _row(workspace_id: str, place: int, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "kind": Kind.POST,
        "message": "note",
        "channel_id": f"C{workspace_id}" if place % 2 else None,
        "person_id": None,
        "particulars": {},
        "nonce": f"{workspace_id}-{place}",
        "state": Sending.WAITING,
        "put_at": now,
        "not_before": now - timedelta(seconds=EACH - place),
        "attempts": 0,
    } | ({} if place % 2 else {"channel_id": f"D{workspace_id}"})


def _too_fast() -> int:
    """How many messages came sooner than Slack allows in one conversation."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for at, workspace_id, conversation, _ in sorted(SENT):
        times[workspace_id, conversation].append(at)
    burst = int(IN_ONE_CONVERSATION.burst)
    return sum(
        1 for one in times.values() for first, later in zip(one, one[burst + 1 :], strict=False) if later - first < 1
    )
