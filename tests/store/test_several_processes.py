"""Several processes on one ledger: what one says the others hear, one at a time nudges a person, and who is there."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from store import due, sharing
from store.database import Ledger, alone_with
from store.hearing import Ear
from store.queries import asks as reading
from store.tables import outbox as outbox_table
from tests.store.world import ANN, OMAR, PIA, TEAM, World

WALL = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_commit_that_spoke_is_heard_in_another_process(postgres_world: World) -> None:
    heard = threading.Event()
    elsewhere = Ledger(_url(postgres_world))
    ear = Ear(elsewhere.engine, heard.set)
    ear.start()
    assert heard.wait(5), "what was said before is looked for at once"
    heard.clear()
    postgres_world.file(ANN)
    assert heard.wait(5)
    ear.stop()
    elsewhere.close()


def test_a_name_is_held_by_one_act_at_a_time(postgres_world: World) -> None:
    elsewhere = Ledger(_url(postgres_world))
    held, go_on = threading.Event(), threading.Event()

    def hold(act) -> frozenset[str]:
        mine = alone_with(act, ["nudge 1"])
        held.set()
        go_on.wait(5)
        return mine

    first = threading.Thread(target=elsewhere.act, args=(hold, TEAM, None, WALL, None))
    first.start()
    held.wait(5)
    assert postgres_world.act(None, alone_with, ["nudge 1", "nudge 2"]) == {"nudge 2"}
    go_on.set()
    first.join()
    assert postgres_world.act(None, alone_with, ["nudge 1"]) == {"nudge 1"}
    elsewhere.close()


def test_two_that_wait_for_each_other_both_get_there(postgres_world: World) -> None:
    """Each holds an ask and wants the other's: neither is told that the ledger is locked."""
    numbers = [postgres_world.file(ANN).number for _ in range(2)]
    elsewhere = Ledger(_url(postgres_world))
    both_hold = threading.Barrier(2)
    meet: set[str] = {"first", "second"}

    def take_both(act, name: str, order: list[int]) -> str:
        reading.by_number(act, order[0], lock=True)
        if name in meet:  # only at the first attempt: at the second nobody need be there
            meet.discard(name)
            both_hold.wait(5)
        reading.by_number(act, order[1], lock=True)
        return name

    with ThreadPoolExecutor(2) as crowd:
        done = [
            crowd.submit(ledger.act, take_both, TEAM, None, WALL, None, name, order)
            for ledger, name, order in (
                (postgres_world.ledger, "first", numbers),
                (elsewhere, "second", numbers[::-1]),
            )
        ]
        assert [one.result(20) for one in done] == ["first", "second"]
    elsewhere.close()


def test_two_sweepers_leave_one_message_for_each_person(world: World) -> None:
    """Many monkeys of two owners fall due at once, and two processes sweep at the same moment."""
    for owner in (OMAR, PIA):
        for _ in range(12):
            world.file(ANN, person_id=owner)
    world.now += timedelta(hours=5)
    before = _nudge_messages(world)
    elsewhere = Ledger(_url(world))

    def sweep(ledger: Ledger) -> None:
        for _ in range(6):
            while ledger.act(due.nudge, "", None, world.now, None):
                pass

    sweepers = [threading.Thread(target=sweep, args=(ledger,)) for ledger in (world.ledger, elsewhere)]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join()
    assert _nudge_messages(world) - before == 2
    elsewhere.close()


def test_couriers_know_how_many_they_are(world: World) -> None:
    act = world.act
    assert act(None, sharing.present, "a", WALL) == 1
    assert act(None, sharing.present, "b", WALL + timedelta(seconds=1)) == 2
    assert act(None, sharing.present, "a", WALL + timedelta(seconds=5)) == 2
    act(None, sharing.left, "b")
    assert act(None, sharing.present, "a", WALL + timedelta(seconds=6)) == 1
    assert act(None, sharing.present, "c", WALL + timedelta(seconds=6)) == 2
    killed = WALL + timedelta(seconds=6) + sharing.GONE + timedelta(seconds=1)
    assert act(None, sharing.present, "c", killed) == 1, "who gives no sign of life for long does not count"


def test_a_courier_that_died_while_the_clock_was_ahead_does_not_count(world: World) -> None:
    assert world.act(None, sharing.present, "a", WALL + timedelta(hours=1)) == 1
    assert world.act(None, sharing.present, "b", WALL) == 1
    with world.ledger.reading() as connection:
        assert sharing.at_work(connection, WALL + timedelta(hours=1)) == 0, "nor when that time has come"


def _url(world: World) -> str:
    return world.ledger.engine.url.render_as_string(hide_password=False)


def _nudge_messages(world: World) -> int:
    with world.ledger.reading() as connection:
        return connection.execute(
            select(func.count()).select_from(outbox_table).where(outbox_table.c.message == "nudges")
        ).scalar_one()


@pytest.fixture
def postgres_world(postgres_ledgers: Iterator[str]) -> Iterator[World]:
    made = World(next(postgres_ledgers))
    yield made
    made.close()
