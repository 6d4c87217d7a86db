"""The alarm of a late chain, however long it is and whatever its departments are called."""

from typing import Any

import pytest

from handlers import messages
from sandbox.blockkit import check_blocks
from store import chains, people, setting_up
from store.asks import Wish
from store.queries import asks
from tests.store.world import LIN, WEI, ZOE, World, plan, profile

LONG = "Department of everything else "


@pytest.fixture
def world(world: World) -> World:
    for person in (LIN, WEI, ZOE):
        world.act(None, people.remember, profile(person, name=f"{person} of a rather long name, as some people have"))
    world.act(None, setting_up.set_up, plan("finance", f"{LONG}and finance", "CFIN", WEI, ()))
    world.act(None, setting_up.set_up, plan("ward", f"{LONG}and wards", "CWARD", ZOE, ()))
    return world


def alarm(world: World, locale: str) -> dict[str, Any]:
    world.act(None, people.remember, profile(LIN, locale=locale))
    reader = world.look(people.find, LIN)
    card = world.look(messages.compose, "chain_late", world.look(asks.by_number, 1).id, reader, "", {}, 0)
    assert card is not None
    return card


def told(card: dict[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in card["blocks"] if block["type"] == "section"]


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_a_long_chain_and_its_other_paths_fit(world: World, locale: str) -> None:
    newest = world.file().number
    for depth in (9, 6, 6, 6, 6):  # the first path decides
        above, by = 1, LIN
        for place in range(depth):
            key, owner = (("finance", WEI), ("ward", ZOE))[place % 2]
            world.act(by, chains.block, above, [Wish(world.department(key).id, "Do your part")])
            newest += 1
            above, by = newest, owner
    card = alarm(world, locale)
    assert check_blocks(card["blocks"], "message") == []
    for text in told(card):
        assert len(text) < 3000, "nothing is cut"
    assert "5" in next(line for line in told(card)[1].split("\n") if line.startswith("• …"))
