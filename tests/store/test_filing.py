"""What filing hands out without reading it back is what the ledger holds; and it says so in few statements."""

from datetime import timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from store import asks, gray_zone
from store.asks import Wish
from store.queries import asks as reading
from store.refusals import AlreadyDone
from store.rules.rush import Cause
from tests.store.world import ANN, LIN, MONDAY_9, OMAR, WEI, World

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
    said: list[str] = []

    @event.listens_for(world.ledger.engine, "before_cursor_execute")
    def _listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "NOTIFY")):
            said.append(statement)

    world.file()
    assert len(said) <= 8, "\n".join(said)
