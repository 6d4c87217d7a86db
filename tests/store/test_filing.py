"""What filing hands out without reading it back is what the ledger holds; and it says so in few statements."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from store import asks, gray_zone
from store.asks import Wish
from store.database import Act
from store.queries import asks as reading
from store.refusals import AlreadyDone, NothingSaid
from store.rules.rush import Cause
from tests.store.world import ANN, LIN, MONDAY_9, OMAR, TEAM, WEI, World

BERLIN = ZoneInfo("Europe/Berlin")
SOON, LATER = ((MONDAY_9 + timedelta(days=days)).astimezone(BERLIN) for days in (1, 21))


def test_what_is_handed_out_is_what_stands_in_the_ledger(world: World) -> None:
    department = world.department()
    services = (None, *(service.id for service in department.services))
    rushed = {"due": SOON, "rush_reason": "A patient waits", "rush_cause": Cause.OUTSIDE}
    timed: tuple[dict[str, Any], ...] = ({}, {"due": LATER}, rushed)
    for asker, service, person, times, private in product(
        (ANN, LIN, WEI), services, (None, OMAR), timed, (False, True)
    ):
        wish = Wish(department.id, " The pump ", service, person, "It pumps", is_private=private, **times)
        ask = world.act(asker, asks.file, wish)
        assert ask == world.look(reading.by_id, ask.id)


def test_what_lands_at_the_gray_zone_desk_is_handed_out_as_it_stands(world: World) -> None:
    desk = world.department("ward")
    world.act(None, gray_zone.make_desk, desk.id)
    ask = world.act(WEI, asks.file, Wish(desk.id, "Whose are the bicycles?", source_link="https://x.example/1"))
    assert ask.at_gray_zone
    assert ask == world.look(reading.by_id, ask.id)


def test_the_second_of_two_deliveries_takes_no_number(world: World) -> None:
    wish = Wish(world.department().id, "The pump")
    first = world.once("trigger", ANN, asks.file, wish)
    with pytest.raises(AlreadyDone) as twice:
        world.once("trigger", ANN, asks.file, wish)
    assert twice.value.ask == first
    assert world.file().number == first.number + 1


def test_an_ask_is_filed_in_eight_statements(world: World) -> None:
    world.file()  # the departments are read
    said = said_by(world)
    world.file()
    assert len(said) == 8, "\n".join(said)


def test_what_many_ask_at_once_is_filed_in_the_statements_of_one(world: World) -> None:
    world.file()
    wishes = [(None, Wish(world.department().id, f"Gasket {number}")) for number in range(20)]
    said = said_by(world)
    filed = at_once(world, *wishes)
    assert [one.number for one in filed] == list(range(2, 22))
    assert [one.what for one in filed] == [wish.what for _, wish in wishes]
    assert len(said) == 7, "\n".join(said)
    assert filed == [world.look(reading.by_id, one.id) for one in filed]


def test_of_many_at_once_one_is_refused_and_one_comes_twice(world: World) -> None:
    """The others are filed all the same, and no number is left out."""
    department = world.department().id
    first, nothing, pump, again, last = at_once(
        world,
        ("once", Wish(department, "A gasket")),
        (None, Wish(department, "  ")),
        (None, Wish(department, "A pump")),
        ("once", Wish(department, "A gasket")),
        (None, Wish(department, "A valve")),
    )
    assert [first.number, pump.number, last.number] == [1, 2, 3]
    assert isinstance(nothing, NothingSaid)
    assert isinstance(again, AlreadyDone)
    assert again.ask == first
    assert world.file().number == 4


def at_once(world: World, *wishes: tuple[str | None, Wish]) -> list[Any]:
    """What comes of wishes, each under its key, that all wait for the writer at the same time, in this order."""
    begun, go_on = threading.Event(), threading.Event()

    def hold_up(_: Act) -> None:
        begun.set()
        go_on.wait(10)

    answers: list[Future[Any]] = []
    with ThreadPoolExecutor(len(wishes) + 1) as crowd:
        crowd.submit(world.act, None, hold_up)
        begun.wait(10)
        for key, wish in wishes:
            answers.append(crowd.submit(world.ledger.act, asks.file, TEAM, ANN, world.now, key, wish))
            while world.ledger._queue.qsize() < len(answers):
                time.sleep(0.001)
        go_on.set()
    return [one.exception() or one.result() for one in answers]


def said_by(world: World) -> list[str]:
    """The statements that the ledger is given from now on, but for what begins and ends a transaction."""
    said: list[str] = []

    @event.listens_for(world.ledger.engine, "before_cursor_execute")
    def _listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "NOTIFY")):
            said.append(statement)

    return said
