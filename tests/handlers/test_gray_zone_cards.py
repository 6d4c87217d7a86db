"""What the gray zone shows: Slack takes it whatever was typed, in both languages, and it pings nobody."""

import json
import re

import pytest

from handlers.cards import desk_list, gray_zone
from handlers.words import Words
from sandbox.blockkit import check_blocks
from store import departments, matching
from store.queries import landed
from store.rules import matching as rules
from tests.handlers.test_messages import HOSTILE, read_as_markup
from tests.store.test_gray_zone import with_desk
from tests.store.world import PIA, World

LANGUAGES = [Words("en-US"), Words("zh-CN")]


@pytest.fixture
def world(world: World) -> World:
    return with_desk(world)


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_takes_the_list_the_form_and_the_remembered_words(world: World, text: str) -> None:
    asks = [world.file(what=text, department="desk") for _ in range(landed.PAGE + 2)]
    desk = world.department("desk")
    equipment = world.department()
    world.act(PIA, matching.remember, equipment.id, [f"{text[:30]} {n}" for n in range(desk_list.MATCHES + 1)], PIA)
    for page in (0, 1):
        found = world.look(landed.month, desk, world.look(landed.this_month, desk), page)
        for words in LANGUAGES:
            card = desk_list.desk_list(found, PIA, words, world.now)
            assert check_blocks(card["blocks"], "message") == []
            assert not [one for one in read_as_markup(card) if re.search(r"<!(?!date\^)", one)]
    for words in LANGUAGES:
        others = world.look(departments.all_of)
        form = gray_zone.place_form(asks[0], others, equipment, rules.telling(text), PIA, {"number": 1}, words)
        assert check_blocks(form["blocks"], "modal") == []
        remembered, total = world.look(matching.listed, desk_list.MATCHES)
        window = desk_list.matches(remembered, total, 0, words)
        assert check_blocks(window["blocks"], "modal") == []
        assert "desk_list.matches_page.on" in json.dumps(window)


def test_a_private_ask_keeps_its_words_from_the_list(world: World) -> None:
    world.file(what="Quietly replace the lock of the safe", department="desk", is_private=True)
    desk = world.department("desk")
    found = world.look(landed.month, desk, world.look(landed.this_month, desk))
    assert found.words == ()
    stranger = desk_list.desk_list(found, "UOMAR", LANGUAGES[0], world.now)
    assert "safe" not in json.dumps(stranger)
