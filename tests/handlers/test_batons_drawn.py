"""Everything that is drawn of batons, absences and the rota: Slack takes it whatever was typed, in both languages."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from handlers.cards import away, baton, exchange, handoff_form
from handlers.cards import duty as duty_cards
from handlers.cards import home as home_card
from handlers.cards import monkeys as monkeys_cards
from handlers.words import Words
from sandbox.blockkit import check_blocks, check_view
from store import absences, acknowledging, delivering, departments, duty, handoffs, people, presence
from store.queries import asks, board, monkeys
from tests.handlers.test_messages import HOSTILE
from tests.store.world import LIN, OMAR, PIA, World

BOTH = (Words("en-US"), Words("zh-CN"))


def busy(world: World, text: str) -> None:
    """Lin owns a dozen asks and has asked a dozen: more than a page of every list is before her."""
    for _ in range(12):
        world.act(OMAR, handoffs.offer, world.file(what=text, person_id=OMAR).number, LIN, text[:3000])
        world.file(what=text)
        mine = world.file(LIN, what=text, department="finance")
        world.act(mine.owner.id, acknowledging.acknowledge, mine.number)
        world.act(mine.owner.id, delivering.deliver, mine.number, text[:3000])
        world.file(LIN, what=text, department="finance")


def lists(world: World, page: int = 0) -> monkeys.Lists:
    where = monkeys.Where(page, page, page, page)
    return world.look(monkeys.lists, LIN, where, monkeys_cards.LONG, monkeys_cards.FEW)


def drawn(world: World, words: Words, text: str) -> Iterator[dict[str, Any]]:
    lin = world.look(people.find, LIN)
    assert lin is not None
    department = world.department()
    absence = presence.Absence(LIN, OMAR, world.now, world.now + timedelta(days=3))
    for page in range(4):
        yield monkeys_cards.monkeys(lists(world, page), LIN, words, world.now)
    closed = world.look(monkeys.lately_closed, LIN)
    everything, led = world.look(monkeys.lists, LIN, monkeys.Where()), world.look(board.board, [department], size=5)
    yield home_card.home(
        lin, everything, closed, department, words, world.now, absence=absence, led=[(department, led)]
    )
    ask = world.look(asks.by_number, 1)
    assert ask.baton is not None
    kept = {"number": 1, "from": "monkeys_of:123456:12", "url": "https://hooks.example/" + "x" * 100, "baton": 1}
    yield handoff_form.handoff_form(ask, OMAR, world.look(departments.all_of), kept, words)
    yield handoff_form.handoff_form(ask, OMAR, [department] * 250, kept, words, text)
    yield handoff_form.refuse_form(ask, LIN, kept, words)
    yield handoff_form.recall_form(ask, ask.baton.receiver, OMAR, kept, words)
    for page in (0, 1):
        mine = world.look(monkeys.working_of, LIN, (), page)
        ticked = [str(one.number) for one in mine.asks]
        yield handoff_form.several_form(
            mine, ticked, bool(page), {"page": page, "asks": [9999] * 300}, (None, lin)[page], words
        )
    numbers = list(range(1000, 1400))
    why_not = [(number, f"{number} {text[:500]}") for number in numbers]
    yield handoff_form.several_offered(lin, numbers, why_not, numbers, words)
    yield exchange.question_form(ask, lin, kept, words)
    yield baton.moved(ask, words, world.now)
    everything = world.look(monkeys.all_working_of, LIN) * 9
    for is_now in (True, False):
        yield away.away(absence, is_now, everything, everything, words)
        yield away.away(presence.Absence(LIN, None, world.now, None), is_now, [], everything, words)
    yield away.away_form(absence, OMAR, text, words)
    yield away.away_form(None, None, "", words)
    yield away.back(everything, words)
    yield away.welcome_back(3, words)
    yield away.away_help(words)
    yield duty_cards.duty_help(words)
    yield duty_cards.people_form(department, ("UOMAR",), date(2026, 11, 23), {"department": 1}, words)
    yield duty_cards.cover_form(department, world.now.date(), {"department": 1}, words)
    yield duty_cards.duty(department, world.look(duty.coming_weeks, department.id), words, may_set=True)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("words", BOTH, ids=["en", "zh"])
def test_slack_takes_whatever_is_drawn(world: World, words: Words, text: str) -> None:
    busy(world, text)
    today = world.now.date()
    world.act(LIN, duty.set_rota, world.department().id, [OMAR, PIA], today)
    for day in range(0, 28, 2):
        world.act(LIN, duty.cover, world.department().id, today + timedelta(days=day), LIN)
    world.act(PIA, absences.leave, None, None)
    for one in drawn(world, words, text):
        faults = check_view(one) if "type" in one else check_blocks(one["blocks"], "message")
        assert faults == [], str(one)[:400]


def test_a_private_ask_keeps_its_words_where_it_was(world: World) -> None:
    ask = world.file(what="Quietly replace the lock of the safe", is_private=True)
    assert "safe" not in str(baton.moved(ask, BOTH[0], world.now))


def test_an_offer_and_the_owner_stand_on_every_list(world: World) -> None:
    busy(world, "Replace the gasket")
    card = str(monkeys_cards.monkeys(lists(world), LIN, BOTH[0], world.now))
    assert "12 asks are offered to you" in card
    assert "Owner: Omar (offered to Lin until" in card
    assert card.index("Offered to you") < card.index("Waiting for your yes") < card.index("Your monkeys")
