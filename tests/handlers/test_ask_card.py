"""The public card: what it says at each stage, that Slack takes it whatever was typed, and that it pings nobody."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.cards.ask_card import ask_card
from handlers.words import Words
from sandbox.blockkit import check_blocks
from store import acknowledging, delivering, ending, questions
from store.snapshots import Ask
from tests.store.world import ANN, LIN, World

ENGLISH, CHINESE = Words("en-US"), Words("zh-CN")
HOSTILE = (
    "<!channel> <@ULIN> <!subteam^S1|@finance> & <b> *bold* _it_ `code` ~no~ @here",
    "\u202edesrever\u2066 \x00 control",
    "🦴" * 2_000,
    "&<>" * 3_300,
    "x" * 10_000,
    "first line\nsecond line\n" * 300,
    "换垫片" * 3_000,
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    path: Path = tmp_path_factory.mktemp("card") / "baton.db"
    made = World(f"sqlite:///{path}")
    yield made
    made.close()


def drawn(world: World, ask: Ask, words: Words = ENGLISH) -> str:
    card = ask_card(ask, world.department(), words, world.now)
    assert check_blocks(card["blocks"], "message") == []
    return json.dumps(card, ensure_ascii=False)


def action_ids(card: str) -> set[str]:
    blocks = json.loads(card)["blocks"]
    return {element["action_id"] for block in blocks if block["type"] == "actions" for element in block["elements"]}


def test_an_open_ask_names_its_owner_and_can_be_acknowledged(world: World) -> None:
    card = drawn(world, world.file())
    assert "*Lin*" in card
    assert "Waiting for Lin to acknowledge." in card
    assert action_ids(card) == {"acknowledge.as_asked", "acknowledge.with_changes", "question.ask", "blocking.open"}


def test_a_service_that_wants_it_restated_has_no_one_click_acknowledgement(world: World) -> None:
    records = world.department().services[1]
    card = drawn(world, world.file(service_id=records.id))
    assert action_ids(card) == {"acknowledge.with_changes", "question.ask", "blocking.open"}


def test_each_stage_has_its_buttons_and_its_sentence(world: World) -> None:
    number = world.file().number
    acknowledged = drawn(world, world.act(LIN, acknowledging.acknowledge, number))
    assert action_ids(acknowledged) == {"delivery.deliver", "promise.more_time", "question.ask", "blocking.open"}
    delivered = drawn(world, world.act(LIN, delivering.deliver, number, "New gasket in, no leak"))
    assert action_ids(delivered) == {"delivery.accept", "delivery.not_quite"}
    assert "New gasket in, no leak" in delivered
    again = drawn(world, world.act(ANN, delivering.not_quite, number, "it still drips"))
    assert "it still drips" in again
    world.act(LIN, delivering.deliver, number, "Tightened")
    closed = drawn(world, world.act(ANN, delivering.accept, number))
    assert action_ids(closed) == set()
    assert "ending.reopen" in closed
    assert "ending.withdraw" not in closed


def test_while_the_asker_is_asked_the_card_says_whose_time_stands_still(world: World) -> None:
    number = world.file().number
    asked = drawn(world, world.act(LIN, questions.ask_asker, number, "Which ward?"))
    assert "Waits for Ann's answer since" in asked
    assert "Lin's time stands still" in asked
    assert "Which ward?" in asked
    assert action_ids(asked) == {"question.answer"}
    private = world.file(what="My salary is wrong", is_private=True).number
    assert "How much" not in drawn(world, world.act(LIN, questions.ask_asker, private, "How much?", "Pay it back"))


def test_a_put_down_ask_says_why(world: World) -> None:
    number = world.file().number
    assert "No such gasket" in drawn(world, world.act(LIN, ending.put_down, number, "No such gasket any more"))


def test_a_moved_promise_shows_what_was_asked_too(world: World) -> None:
    number = world.file().number
    later = world.now + timedelta(days=7)
    offered = world.act(LIN, acknowledging.acknowledge_with_changes, number, None, later)
    assert "Offered:" in drawn(world, offered)
    assert offered.change is not None
    moved = drawn(world, world.act(ANN, acknowledging.agree, number, offered.change.id))
    assert "asked for" in moved
    assert str(int(later.timestamp())) in moved


def test_a_rush_is_marked_and_a_night_hour_is_said(world: World) -> None:
    tonight = world.now.replace(hour=14, minute=0)  # 22:00 in Shanghai
    card = drawn(world, world.file(due=tonight, rush_reason="A patient waits"))
    assert "*Rush:*" in card
    assert "A patient waits" in card
    assert "outside the department's working hours" in card


def test_closing_time_is_not_outside_the_hours(world: World) -> None:
    closing = world.now.replace(hour=10, minute=0) + timedelta(days=3)  # Thursday 18:00 in Shanghai
    assert "outside" not in drawn(world, world.file(due=closing))


def test_a_private_ask_keeps_its_words_to_itself(world: World) -> None:
    ask = world.file(what="My salary is wrong", is_private=True, rush_reason="Rent", due=world.now + timedelta(hours=2))
    card = drawn(world, ask)
    assert "salary" not in card
    assert "Rent" not in card
    assert "Private" in card


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_was_typed_is_shown_safely_at_every_stage(world: World, text: str, words: Words) -> None:
    number = world.file(
        what=text, done_means=text[:3_000], due=world.now + timedelta(hours=3), rush_reason=text[:3_000]
    ).number
    cards = [drawn(world, world.act(LIN, acknowledging.acknowledge, number), words)]
    cards.append(drawn(world, world.act(LIN, delivering.deliver, number, text[:3_000], "https://x.example/a|b"), words))
    cards.append(drawn(world, world.act(ANN, delivering.not_quite, number, text[:3_000]), words))
    cards.append(drawn(world, world.act(LIN, ending.put_down, number, text[:3_000]), words))
    for card in cards:
        assert "<!channel>" not in card
        assert "<@" not in card
        assert "<!subteam" not in card
        assert "\u202e" not in card


@settings(max_examples=40, deadline=None)
@given(text=st.text(min_size=1, max_size=400).filter(lambda text: text.strip()))
def test_no_text_makes_a_card_that_slack_refuses(world: World, text: str) -> None:
    drawn(world, world.file(what=text))
