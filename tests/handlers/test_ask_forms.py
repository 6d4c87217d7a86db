"""The form, the receipt, the questions back and the help: Slack takes them in both languages, whatever was typed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from handlers.cards import ask_help, asked_back, notice, receipt
from handlers.cards.ask_form import Filling, ask_form, shown_and_kept
from handlers.words import Words
from sandbox.blockkit import check_blocks, check_view
from store import departments
from store.honest_date import HonestDate, Stretch
from store.queries.expecting import Expected
from store.rules.closings import Closing
from store.rules.due_words import Choice, Reading, Reason
from store.rules.history import History, Span
from store.rules.lead_time import LeadTime
from store.rules.offering import Input
from store.snapshots import Department, Service
from tests.handlers.test_ask_card import HOSTILE
from tests.store.world import World

ENGLISH, CHINESE = Words("en-US"), Words("zh-CN")
BOTH = pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["en", "zh"])
ZONE = "Asia/Shanghai"
NEEDS = tuple(Input(f"{place} " + "&" * 78, "<!channel> & " * 15, place % 2 == 0) for place in range(12))
REPAIR = Service(7, "Repair a device", ("Repair a device",), LeadTime(1, "days"), None, False, NEEDS, "It <b>", "*We*")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(f"sqlite:///{tmp_path_factory.mktemp('forms') / 'baton.db'}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def everyone(world: World) -> list[Department]:
    return world.look(departments.all_of)


def labels(view: dict[str, object]) -> list[str]:
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    return [block["label"]["text"] for block in blocks if block["type"] == "input"]


@BOTH
def test_every_state_of_the_form_is_a_view_that_slack_takes(
    world: World, everyone: list[Department], words: Words
) -> None:
    equipment = world.department()
    tomorrow = world.now + timedelta(days=1)
    moved = HonestDate(tomorrow, world.now, True, (Stretch("UPIA", world.now, None, "ULIN"),))
    days = Closing(world.now.date(), tomorrow.date(), tomorrow.date(), None)
    ahead = Expected(moved, History(12, Span(3, "days"), Span(2, "hours")), days)
    states = [
        Filling(ZONE),
        Filling(ZONE, equipment, earliest=tomorrow),
        Filling(ZONE, equipment, equipment.services[0], what="A gasket", earliest=tomorrow, due=world.now),
        Filling(ZONE, equipment, due=tomorrow, earliest=world.now, is_private=True, person_id="UPIA"),
        Filling(ZONE, world.department("finance"), what="x", kept="y" * 900, draft_id="d" * 16, cut=2_900),
        Filling(ZONE, equipment, REPAIR, earliest=tomorrow, expected=ahead, answers=((NEEDS[0].name, "x" * 3_000),)),
        Filling(ZONE, equipment, done_means="It runs", source_link="https://x.slack.example/archives/C1/p17"),
    ]
    for filling in states:
        assert check_view(ask_form(filling, everyone, words)) == []


def test_the_two_ways_on_appear_only_when_it_is_sooner(world: World, everyone: list[Department]) -> None:
    equipment, day = world.department(), timedelta(days=1)
    sooner = Filling(ZONE, equipment, due=world.now + day, earliest=world.now + 2 * day)
    later = Filling(ZONE, equipment, due=world.now + 2 * day, earliest=world.now + 2 * day)
    assert "Why is it a rush?" in labels(ask_form(sooner, everyone, ENGLISH))
    assert "Why is it a rush?" not in labels(ask_form(later, everyone, ENGLISH))


@BOTH
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_was_typed_fits_the_form(world: World, everyone: list[Department], words: Words, text: str) -> None:
    shown, kept = shown_and_kept(text)
    assert shown + kept == text
    filling = Filling(ZONE, world.department(), what=shown, kept=kept, done_means=text[:3_000], draft_id="d", cut=1)
    assert check_view(ask_form(filling, everyone, words)) == []


def test_a_long_text_is_cut_between_words() -> None:
    text = "word " * 1_000
    shown, kept = shown_and_kept(text)
    assert shown.endswith("word")
    assert kept.startswith(" word")


def test_three_hundred_departments_fit_the_menu(world: World) -> None:
    equipment = world.department()
    many = [replace(equipment, id=number, names=(f"Department {number:03} " + "x" * 90,)) for number in range(1, 301)]
    view = ask_form(Filling(ZONE, many[150], earliest=world.now), many, ENGLISH)
    assert check_view(view) == []
    assert json.dumps(view).count('"value": "') >= 300


@BOTH
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_receipts_and_questions_are_messages_that_slack_takes(
    world: World, everyone: list[Department], words: Words, text: str
) -> None:
    ask = world.file(what=text, due=world.now + timedelta(hours=2), rush_reason=text[:3_000])
    choices = (Choice(world.now + timedelta(days=1)), Choice(world.now + timedelta(days=400), "day_end"))
    reading = Reading("unclear", text, text, reason="ambiguous", choices=choices)
    cards = [
        receipt.receipt(ask, words),
        asked_back.whom("draft", text, everyone, text, words),
        asked_back.whom("draft", "", [], text, words),
        asked_back.when("draft", reading, everyone[0], "Promised.", text, words, ZONE, world.now),
        asked_back.which_service("draft", everyone[0], (REPAIR,) * 12, text, words),
        ask_help.ask_help(everyone * 20, words),
        ask_help.before_setup(words),
        notice.message(text),
    ]
    for card in cards:
        assert check_blocks(card["blocks"], "message") == []
        assert "<!channel>" not in json.dumps(card)
        assert "<@ULIN> <!subteam" not in json.dumps(card)
    assert check_blocks(notice.with_what_was_typed("No.", f"/ask {text}", words)["blocks"], "message") == []
    assert check_view(receipt.filed(ask, words)) == []
    assert check_view(notice.window(notice.message(text), words)) == []


@BOTH
@pytest.mark.parametrize("reason", get_args(Reason))
def test_each_doubt_about_a_time_has_its_question(
    world: World, everyone: list[Department], words: Words, reason: str
) -> None:
    reading = Reading("unclear", "x", "03/04", reason=reason)  # type: ignore[arg-type]
    card = asked_back.when("d", reading, everyone[0], "Promised.", "x", words, ZONE, world.now)
    assert "03/04" in card["text"]
