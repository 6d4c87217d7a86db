"""Rows of the outbox are claimed in order and fairly, however many wait, and settled once, whoever does it."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, insert, text

from store import outbox, parcels, people
from store.database import Act, Ledger
from store.parcels import Arrival, Delay, Parcel
from store.tables import outbox as outbox_table
from store.tables import posts
from tests.store.world import LIN, TEAM, World

WALL = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def rows(world: World, many: int, **values: Any) -> None:
    """So many posts, each to a channel of its own."""
    row = {
        "workspace_id": TEAM,
        "kind": "post",
        "message": "note",
        "particulars": {},
        "state": "waiting",
        "put_at": world.now,
        "not_before": world.now,
        "attempts": 0,
    }

    def fill(act: Act) -> None:
        act.connection.execute(
            insert(outbox_table),
            [row | {"channel_id": f"C{n}", "nonce": f"{values} {n}"} | values for n in range(many)],
        )

    world.act(None, fill)


def claimed(world: World, **given: Any) -> list[Parcel]:
    found = world.act(None, parcels.claim, WALL, **given)
    assert found is not None
    return found


def test_very_many_that_are_being_tried_again_stop_nothing(sqlite_ledgers: Iterator[str]) -> None:
    world = World(next(sqlite_ledgers))
    rows(world, 33_000, attempts=1, not_before=world.now + timedelta(minutes=1))
    rows(world, 1, channel_id="CNEW")
    assert [parcel.channel_id for parcel in claimed(world)] == ["CNEW"]
    world.close()


def test_what_comes_after_one_that_is_tried_again_waits_for_it(world: World) -> None:
    rows(world, 1)
    (first,) = claimed(world)
    world.act(None, parcels.postpone, [Delay(first, world.now + timedelta(minutes=1), "http_503", True)])
    rows(world, 1, particulars={"second": True})
    rows(world, 1, channel_id="COTHER")
    assert [parcel.channel_id for parcel in claimed(world)] == ["COTHER"]
    world.forward(minutes=2)
    (again,) = claimed(world)
    assert (again.id, again.unclear) == (first.id, True)


def test_one_workspace_with_much_to_say_leaves_room_for_the_others(world: World) -> None:
    world.ledger.act(people.ensure_workspace, "T2", None, world.now, None, "Other")
    rows(world, 300)
    rows(world, 1, workspace_id="T2", not_before=world.now + timedelta(seconds=1))
    world.forward(seconds=2)
    first = claimed(world, limit=50)
    assert len(first) == parcels.MOST_EACH
    second = claimed(world, full={first[0].lane}, limit=50)
    assert [parcel.workspace_id for parcel in second] == ["T2"]


def test_what_a_stopped_workspace_has_to_say_is_set_aside_and_comes_in_its_old_order(world: World) -> None:
    world.ledger.act(people.ensure_workspace, "T2", None, world.now, None, "Other")
    world.act(None, people.stop_workspace, "token_revoked")
    rows(world, 500, channel_id="C1")
    rows(world, 1, workspace_id="T2", not_before=world.now + timedelta(seconds=1))
    world.forward(seconds=2)
    assert [parcel.workspace_id for parcel in claimed(world, limit=50)] == ["T2"]
    assert claimed(world) == []
    with world.ledger.reading() as connection:
        assert outbox.backlog(connection, world.now)[0] == 1, "the next claims do not come by them"
        assert outbox.pending(connection) == 501
    rows(world, 1, channel_id="C1", particulars={"last": True})
    world.act(None, people.ensure_workspace)
    said = []
    while found := claimed(world, limit=1000):
        said += [parcel for parcel in found if parcel.workspace_id == TEAM]
        world.act(None, parcels.settle, [Arrival(parcel, "C1", str(parcel.id)) for parcel in found])
    assert [parcel.id for parcel in said] == sorted(parcel.id for parcel in said)
    assert len(said) == 501


def test_what_waits_for_a_token_goes_as_soon_as_there_is_one(world: World) -> None:
    rows(world, 3)
    later = world.now + timedelta(hours=1)
    world.act(None, parcels.postpone, [Delay(one, later, parcels.NO_TOKEN, False) for one in claimed(world)])
    rows(world, 1, channel_id="CLIMITED")
    world.act(None, parcels.postpone, [Delay(one, later, "ratelimited", False) for one in claimed(world)])
    assert claimed(world) == []
    world.act(None, parcels.begin)
    assert sorted(str(parcel.channel_id) for parcel in claimed(world)) == ["C0", "C1", "C2"]


def test_many_are_settled_at_once_and_a_second_time_changes_nothing(world: World) -> None:
    rows(world, 5)
    arrivals = [Arrival(parcel, parcel.channel_id, "1.1") for parcel in claimed(world)]
    for _ in range(2):
        world.act(None, parcels.settle, arrivals)
    with world.ledger.reading() as connection:
        assert outbox.pending(connection) == 0
        assert len(connection.execute(posts.select()).all()) == 5


def test_what_another_courier_has_taken_since_is_left_to_it(world: World) -> None:
    rows(world, 1)
    (mine,) = claimed(world)
    (theirs,) = world.act(None, parcels.claim, WALL + parcels.LEASE) or []
    world.act(None, parcels.postpone, [Delay(mine, world.now, "too slow", False)])
    assert claimed(world) == []
    world.act(None, parcels.settle, [Arrival(theirs)])
    world.act(None, parcels.postpone, [Delay(mine, world.now, "too slow", False)])
    assert world.act(None, parcels.claim, WALL + 2 * parcels.LEASE) == []


def test_the_edit_that_a_change_wishes_for_shows_the_change(world: World) -> None:
    """While an act is not committed no courier, in whichever process, may take the wish that it relies on."""
    ask = world.file()
    while found := claimed(world):
        world.act(None, parcels.settle, [Arrival(parcel) for parcel in found])
    world.act(LIN, moves_and_wishes, ask.id)
    elsewhere = Ledger(world.ledger.engine.url.render_as_string(hide_password=False))
    wished, go_on = threading.Event(), threading.Event()

    def change(act: Act) -> None:
        outbox.refresh(act, ask.id)
        wished.set()
        go_on.wait(5)

    changing = threading.Thread(target=elsewhere.act, args=(change, TEAM, LIN, world.now, None))
    changing.start()
    assert wished.wait(5)
    if world.ledger.engine.dialect.name == "postgresql":  # on SQLite the claim itself waits
        assert claimed(world) == []
    go_on.set()
    changing.join()
    assert [parcel.message for parcel in claimed(world)] == ["cards"]
    assert claimed(world) == []
    world.act(LIN, moves_and_wishes, ask.id)
    with world.ledger.reading() as connection:
        assert outbox.pending(connection) == 2, "one that is on its way shows an older state: the next one comes after"
    elsewhere.close()


def moves_and_wishes(act: Act, ask_id: int) -> None:
    outbox.refresh(act, ask_id)


def test_a_claim_finds_its_rows_by_index(world: World) -> None:
    """Also while the database has not noticed yet how many have come to wait."""
    rows(world, 3_000, state="sent", attempts=1, settled_at=world.now)
    with world.ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    rows(world, 200, attempts=1, not_before=world.now + timedelta(hours=1), particulars={"tried": True})
    rows(world, 500, particulars={"due": True})
    with plans(world) as seen:
        world.act(None, parcels.claim, WALL)
        with world.ledger.reading() as connection:
            outbox.next_due(connection)
    (due, _next) = seen
    for index in ("ix_outbox_pending", "ix_outbox_tried_channel", "ix_outbox_tried_person", "ix_outbox_tried_ask"):
        assert index in due
    for plan in seen:
        assert not re.search(r"SCAN (outbox|earlier)(?! USING)|Seq Scan on outbox|TEMP B-TREE|Sort", plan), plan


@contextmanager
def plans(world: World) -> Iterator[list[str]]:
    """How the database goes about each question about the outbox."""
    seen: list[str] = []
    engine = world.ledger.engine
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "

    def note(_conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "FROM outbox" in statement and not statement.startswith("EXPLAIN"):
            beside = cursor.connection.cursor()
            beside.execute(explain + statement, parameters)
            seen.append("\n".join(str(row) for row in beside.fetchall()))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
