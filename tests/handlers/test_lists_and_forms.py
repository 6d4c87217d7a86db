"""`/monkeys`, Home, the digest, the whole ask and every form: Slack takes them whatever was typed, in both languages.

And every button that is drawn is heard by somebody.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App

import handlers
from handlers.cards import board as board_cards
from handlers.cards import details, guidance, promise_forms, reason_forms
from handlers.cards import home as home_card
from handlers.cards import monkeys as monkeys_cards
from handlers.cards import standup as standup_card
from handlers.desk import Desk
from handlers.words import Words
from sandbox.blockkit import check_blocks, check_view
from store import acknowledging, delivering, departments, feeding, people
from store.queries import asks, board, monkeys, month, promises
from store.queries import standup as digests
from store.rules.lifecycle import Stage
from store.rules.rush import Cause
from store.snapshots import Department, Person
from tests.handlers.test_messages import HOSTILE
from tests.store.world import ANN, LIN, OMAR, World

BOTH = (Words("en-US"), Words("zh-CN"))


def busy(world: World, text: str) -> None:
    """Twelve asks of each kind, so that every list has more than a page."""
    for number in range(1, 37):
        ask = world.file(what=text, done_means=text[:3000], source_link="https://slack.example/p?a=1&b=<2>|")
        if number % 3:
            world.act(LIN, acknowledging.acknowledge, ask.number)
            world.act(LIN, feeding.note, ask.number, text[:3000])
        if number % 3 == 2:
            world.act(LIN, delivering.deliver, ask.number, text[:3000], "https://photos.example/a_b?c=<d>&e=|f")
    soon = world.now + timedelta(hours=1)
    world.file(what=text, due=soon, rush_reason=text[:3000], rush_cause=Cause.OUTSIDE)
    for number in (1, 4, 7):
        world.act(LIN, acknowledging.offer_change, number, text[:3000], world.now + timedelta(days=9), text[:3000])
    world.act(ANN, delivering.accept, 2)


def drawn(world: World, *languages: Words) -> list[dict[str, Any]]:
    """Everything that can be drawn of a world, as messages and views: looked up once, drawn in each language."""
    department = world.department()
    digest = world.look(digests.digest, department)
    found: list[dict[str, Any]] = []
    for reader_id in (ANN, LIN, OMAR):
        reader = world.look(people.find, reader_id)
        assert reader is not None
        for page in (0, 1, 2):
            found += lists_drawn(world, department, reader, page, languages)
        for number in range(1, 8):
            found += forms_drawn(world, number, reader_id, languages)
    for page in (0, 1, 2):
        for order in board.Sorting:
            on_it = world.look(board.board, [department], order, page, 3)
            found += [board_cards.board(department, on_it, order, words, world.now) for words in languages]
    for words in languages:
        help_card = guidance.standup_help(words)
        found += [
            standup_card.standup(digest, words, can_be_posted=True),
            guidance.monkeys_help(words),
            help_card,
            guidance.which_department("x" * 9_000, [department] * 5, "standup.of", help_card, words),
        ]
    return found


def lists_drawn(
    world: World, department: Department, reader: Person, page: int, languages: tuple[Words, ...]
) -> Iterator[dict[str, Any]]:
    sorting = tuple(monkeys.Sorting)[page]
    where = monkeys.Where(page, page, page, page, sorting)
    lists = world.look(monkeys.lists, reader.id, where, monkeys_cards.LONG, monkeys_cards.FEW)
    closed = world.look(monkeys.lately_closed, reader.id)
    own = world.look(departments.of_person, reader.id)
    everything = world.look(monkeys.lists, reader.id, where)
    led = [(department, world.look(board.board, [department], size=5))] * (1 + 4 * (page > 1))
    months = [world.look(month.of_department, department)]
    listed = world.look(monkeys.of_department, department.id, page, sorting)
    theirs = world.look(monkeys.held_by, LIN, [department.id], page, sorting)
    for words in languages:
        yield monkeys_cards.monkeys(lists, reader.id, words, world.now)
        yield home_card.home(reader, everything, closed, own, words, world.now, led=led, months=months)
        yield monkeys_cards.of_department(department, listed, reader.id, words, world.now, sorting)
        yield board_cards.of_person(department, reader, theirs, sorting, reader.id, words, world.now)


def forms_drawn(world: World, number: int, reader_id: str, languages: tuple[Words, ...]) -> Iterator[dict[str, Any]]:
    ask = world.look(asks.by_number, number)
    assert ask is not None
    history, promised = world.look(asks.history, ask.id), world.look(promises.of_ask, ask)
    kept = {"number": number, "from": "monkeys_of:123456:12", "url": "https://hooks.example/" + "x" * 100}
    for words in languages:
        yield details.details(ask, history, promised, reader_id, words, world.now)
        yield promise_forms.acknowledge_form(ask, kept, words, world.now)
        yield promise_forms.more_time_form(ask, kept, words, world.now)
        yield from (form(ask, kept, words) for form in FORMS)
        yield reason_forms.put_down_form(ask, ask.owner.id, kept, words)
        yield reason_forms.note_form(ask, reader_id, kept, words)


FORMS = (
    reason_forms.deliver_form,
    reason_forms.not_quite_form,
    reason_forms.disagree_form,
    reason_forms.reopen_form,
    reason_forms.withdraw_form,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_takes_whatever_is_drawn(world: World, text: str) -> None:
    busy(world, text)
    for later in (timedelta(0), timedelta(days=9)):
        world.now += later
        for one in drawn(world, *BOTH):
            faults = check_view(one) if "type" in one else check_blocks(one["blocks"], "message")
            assert faults == []


def test_the_whole_ask_loses_no_letter(world: World) -> None:
    text = "".join(f"{number}:换垫片&<b> " for number in range(900))[:12_000].strip()
    ask = world.file(what=text)
    view = details.details(ask, [], world.look(promises.of_ask, ask), LIN, BOTH[0], world.now)
    shown = "".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section" and "text" in block)
    unescaped = shown.replace("\u2060", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert re.sub(r"\s", "", text) in re.sub(r"\s", "", unescaped)


def test_a_stranger_reads_no_word_of_a_private_ask(world: World) -> None:
    ask = world.file(what="Quietly replace the lock of the safe", is_private=True)
    history = world.look(asks.history, ask.id)
    assert "safe" not in json.dumps(
        details.details(ask, history, world.look(promises.of_ask, ask), OMAR, BOTH[0], world.now)
    )
    assert "safe" in json.dumps(
        details.details(ask, history, world.look(promises.of_ask, ask), LIN, BOTH[0], world.now)
    )
    listed = world.look(monkeys.of_department, world.department().id)
    assert "safe" not in json.dumps(monkeys_cards.of_department(world.department(), listed, OMAR, BOTH[0], world.now))
    digest = world.look(digests.digest, world.department())
    assert "safe" not in json.dumps(standup_card.standup(digest, BOTH[0]))


def test_the_digest_counts_what_it_does_not_show_and_mentions_nobody(world: World) -> None:
    for _ in range(11):
        world.file(due=world.now + timedelta(days=3))
    card = json.dumps(standup_card.standup(world.look(digests.digest, world.department()), BOTH[0]), ensure_ascii=False)
    assert "*Not acknowledged* (11)" in card
    assert "… and 3 more." in card
    assert "<@" not in card


def action_ids(thing: object) -> Iterator[str]:
    if isinstance(thing, dict):
        if "action_id" in thing and thing.get("type") not in ("plain_text_input", "url_text_input", "datetimepicker"):
            yield thing["action_id"]
        for inside in thing.values():
            yield from action_ids(inside)
    elif isinstance(thing, list):
        for inside in thing:
            yield from action_ids(inside)


class Ear:
    """Stands in for Bolt's registry only: it keeps what features say they hear."""

    def __init__(self) -> None:
        self.heard: set[str] = set()
        self.patterns: list[re.Pattern[str]] = []

    def __call__(self, name: str | re.Pattern[str]) -> Any:
        if isinstance(name, re.Pattern):
            self.patterns.append(name)
        else:
            self.heard.add(name)
        return lambda listener: listener

    def hears(self, name: str) -> bool:
        return name in self.heard or any(pattern.match(name) for pattern in self.patterns)


def test_every_button_and_every_form_has_its_listener(world: World) -> None:
    actions, views, other = Ear(), Ear(), Ear()
    app = App.__new__(App)
    for name, ear in (("action", actions), ("view", views), ("command", other), ("event", other), ("shortcut", other)):
        setattr(app, name, ear)
    handlers.register(app, Desk(world.ledger, lambda: world.now))
    busy(world, "Replace the gasket")
    things = drawn(world, BOTH[0])
    ids = {action_id for thing in things for action_id in action_ids(thing)}
    assert {action_id for action_id in ids if not actions.hears(action_id)} == set()
    callbacks = {thing["callback_id"] for thing in things if thing.get("type") == "modal" and "submit" in thing}
    assert {callback for callback in callbacks if not views.hears(callback)} == set()
    mine = {name for name in actions.heard if name.split(".")[0] in ("acknowledge", "promise", "delivery", "monkeys")}
    assert mine - ids == set()


def test_stages_are_all_drawn(world: World) -> None:
    busy(world, "Replace the gasket")
    assert {world.look(asks.by_number, number).stage for number in range(1, 8)} == set(Stage)
