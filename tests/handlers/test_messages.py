"""Every message to other people, at its moment: Slack takes it, whatever was typed, in both languages; nothing pings.

The ledger puts the messages itself: a small life with every move in it fills the outbox, and each row is composed.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers import messages
from handlers.cards.parts import Card
from sandbox.blockkit import check_blocks
from store import (
    absences,
    acknowledging,
    advice,
    chains,
    delivering,
    due,
    ending,
    feeding,
    gray_zone,
    handoffs,
    hurrying,
    leaving,
    moves,
    objecting,
    people,
    placing,
    questions,
    ripples,
    setting_up,
    standups,
    together,
    troubles,
)
from store import asks as asking
from store.asks import Wish
from store.database import Look
from store.handoffs import Reason
from store.parcels import Arrival, Parcel, claim, settle
from store.queries import asks
from store.queries import questions as asked_questions
from store.rules.rush import Cause
from store.snapshots import Ask, Person
from tests.store.world import ANN, LIN, OMAR, PIA, WEI, ZOE, World, plan, profile

HOSTILE = (
    "Replace the gasket of analyser 3",
    "<!channel> <@ULIN> <!subteam^S1|@finance> & <b> *bold* _it_ `code` ~no~ @here https://x.example/a_b",
    "\u202edesrever\u2066 \x00 control",
    "🦴" * 3_000,
    "&<>" * 1_000,
    "one\n" * 750,
    "换垫片" * 1_000,
)
LOCALES = ("en-US", "zh-CN")


def parcels(world: World) -> list[Parcel]:
    """Every message that waits, taken out."""
    taken: list[Parcel] = []
    while claimed := world.act(None, claim, world.now):
        world.act(None, settle, [Arrival(parcel) for parcel in claimed])
        taken += [parcel for parcel in claimed if parcel.kind == "post"]
    return taken


def composed(world: World, parcel: Parcel, locale: str) -> Card | None:
    def ask_for(look: Look) -> Card | None:
        reader = people.find(look, parcel.person_id) if parcel.person_id else None
        if reader is not None:
            reader = Person(**{**{name: getattr(reader, name) for name in reader.__slots__}, "locale": locale})
        return messages.compose(look, parcel.message, parcel.ask_id, reader, locale, parcel.particulars, parcel.id)

    return world.look(ask_for)


def checked(world: World, found: list[Parcel]) -> dict[str, list[Card]]:
    """Each message by its name; all of them are what Slack takes, in both languages."""
    cards: dict[str, list[Card]] = {}
    for parcel in found:
        for locale in LOCALES:
            card = composed(world, parcel, locale)
            assert card is not None, parcel.message
            assert check_blocks(card["blocks"], "message") == [], parcel.message
            assert card["text"].strip()
            assert set(card) == {"text", "blocks"}
            for text in read_as_markup(card):
                assert not re.search(r"<!(?!date\^)", text)
                assert "@here" not in text
            cards.setdefault(parcel.message, []).append(card)
    return cards


def read_as_markup(card: object) -> Iterator[str]:
    """The texts in which Slack would find mentions, links and formatting."""
    if isinstance(card, dict):
        if card.get("type") == "mrkdwn" or "blocks" in card:
            yield card["text"]
        for inside in card.values():
            yield from read_as_markup(inside)
    elif isinstance(card, list):
        for inside in card:
            yield from read_as_markup(inside)


def lives(world: World, text: str) -> dict[str, list[Card]]:
    """Every move, and with it every message but the nudges."""
    seen: dict[str, list[Card]] = {}

    def hear() -> None:
        for name, cards in checked(world, parcels(world)).items():
            seen.setdefault(name, []).extend(cards)

    ask = world.file(what=text, done_means=text[:3000], rush_reason=text[:3000], due=world.now + timedelta(hours=3))
    pumps = world.file(what=text, service_id=world.department().services[0].id)
    rushed = world.file(
        what=text,
        service_id=world.department().services[0].id,
        due=world.now + timedelta(hours=1),
        rush_reason=text[:900],
        rush_cause=Cause.WAITED,
    )
    hear()
    number = ask.number
    world.act(LIN, acknowledging.acknowledge_with_changes, number, text[:2999] + "!", ask.due + timedelta(days=3))
    hear()
    change = the(world, number).change
    assert change is not None
    world.act(ANN, acknowledging.disagree, number, change.id, text[:3000])
    hear()
    world.act(LIN, acknowledging.offer_change, number, None, ask.due + timedelta(days=4), text[:3000])
    hear()
    change = the(world, number).change
    assert change is not None
    world.act(ANN, acknowledging.agree, number, change.id)
    hear()
    world.act(LIN, acknowledging.offer_change, number, None, ask.due + timedelta(days=2), None)
    world.act(LIN, feeding.note, number, text[:3000])
    hear()
    world.act(LIN, delivering.deliver, number, text[:3000], "https://photos.example/a_b?c=<d>&e=|f")
    hear()
    world.act(ANN, delivering.not_quite, number, text[:3000])
    hear()
    world.act(LIN, delivering.deliver, number, text[:3000])
    world.act(ANN, delivering.accept, number)
    hear()
    world.act(ANN, ending.reopen, number, text[:3000])
    hear()
    world.act(ANN, ending.withdraw, number, text[:3000])
    world.act(PIA, acknowledging.acknowledge, pumps.number)
    hear()
    world.act(LIN, ending.put_down, pumps.number, text[:3000])
    hear()
    world.act(PIA, acknowledging.acknowledge, rushed.number)
    world.act(PIA, delivering.deliver, rushed.number, text[:3000])
    world.act(None, delivering.lapse, rushed.number)
    through_the_gray_zone(world, text, hear)
    passed_on(world, text, hear)
    asked_back(world, text, hear)
    objected(world, text, hear)
    chained(world, text, hear)
    world.act(None, troubles.report, "CEQUIP", "not_in_channel", rushed.id)
    world.act(None, troubles.report, "CFIN", "is_archived", None)
    world.file(what=text, service_id=world.department().services[0].id)
    world.file(what=text)
    advised = world.file(what=text, person_id=OMAR)
    world.act(OMAR, advice.seek, advised.number, PIA, text[:3000])
    world.act(None, leaving.changed, profile(LIN, is_deleted=True))
    world.act(None, leaving.changed, profile(PIA, is_deleted=True))
    world.act(LIN, standups.post_now, world.department().id, "CEQUIP")
    hear()
    return seen


def through_the_gray_zone(world: World, text: str, hear: Callable[[], None]) -> None:
    """Refused as "not ours" by all, taken in by the desk, placed, taken."""
    world.act(ZOE, setting_up.set_up, plan("desk", "Gray zone", "CDESK", PIA, (PIA,)))
    world.act(None, gray_zone.make_desk, world.department("desk").id)
    number = world.file(what=text, person_id=OMAR).number
    for receiver, key in ((WEI, "finance"), (ZOE, "ward")):
        world.act(OMAR, handoffs.offer, number, receiver, text[:3000], world.department(key).id)
        world.act(receiver, handoffs.refuse, number, pending(world, number), Reason.WRONG_DEPARTMENT, text[:3000])
        hear()
    assert the(world, number).at_gray_zone
    world.act(PIA, placing.place, number, world.department("finance").id, text[:3000], None, [text])
    hear()
    world.act(WEI, handoffs.take, number, pending(world, number))
    hear()
    world.act(None, gray_zone.make_desk, None)


def passed_on(world: World, text: str, hear: Callable[[], None]) -> None:
    """Batons offered, refused twice, expired, recalled, taken; a question to the giver; an absence."""
    several = [world.file(what=text, person_id=OMAR).number for _ in range(7)]
    hear()
    world.act(LIN, handoffs.offer_each, several, PIA, text[:3000])
    hear()
    world.now += timedelta(days=1)
    world.act(None, handoffs.expire_due)
    hear()
    number = world.file(what=text, person_id=OMAR).number
    for reason in (Reason.OTHER, Reason.NO_TIME):
        world.act(OMAR, handoffs.offer, number, PIA, text[:3000])
        hear()
        world.act(PIA, handoffs.refuse, number, pending(world, number), reason, text[:3000])
    hear()
    world.act(LIN, handoffs.offer, number, PIA, text[:3000])
    hear()
    world.act(LIN, handoffs.recall, number, pending(world, number))
    hear()
    world.act(OMAR, handoffs.offer, number, PIA, text[:3000])
    world.now += timedelta(days=1)
    world.act(None, handoffs.expire_due)
    hear()
    finance = world.department("finance")
    world.act(OMAR, handoffs.offer, number, WEI, text[:3000], finance.id)
    world.act(WEI, handoffs.take, number, pending(world, number))
    hear()
    world.act(WEI, advice.ask_giver, number, text[:3000])
    hear()
    world.act(OMAR, advice.advise, number, advice_asked(world, number, OMAR), text[:3000])
    hear()
    world.act(WEI, absences.leave, world.now + timedelta(days=2), OMAR, world.now + timedelta(days=1))
    hear()
    world.act(WEI, absences.leave, world.now + timedelta(hours=1), OMAR)
    hear()
    world.now += timedelta(hours=1)
    world.act(None, absences.turn)
    hear()


def asked_back(world: World, text: str, hear: Callable[[], None]) -> None:
    """Questions to the asker: answered, agreed to, taken back."""
    number = world.file(what=text, person_id=OMAR).number
    for words, proposal, answer in ((text[:3000], None, text[:3000]), (text[:3000], text[:3000], None)):
        world.act(OMAR, questions.ask_asker, number, words, proposal)
        hear()
        world.act(ANN, questions.answer, number, asked(world, number), answer)
        hear()
    world.act(OMAR, questions.ask_asker, number, None, text[:3000])
    put = parcels(world)
    world.act(OMAR, advice.seek, number, LIN, text[:3000], text[:3000])
    hear()
    world.act(LIN, advice.advise, number, advice_asked(world, number, LIN), None)
    world.act(OMAR, advice.seek, number, LIN, text[:3000])
    put += parcels(world)
    world.act(LIN, handoffs.take_over, number)
    world.act(LIN, handoffs.offer, number, OMAR, text[:3000])
    world.act(OMAR, handoffs.take, number, pending(world, number))
    world.act(OMAR, questions.take_back, number, asked(world, number))
    checked(world, put)
    hear()


def objected(world: World, text: str, hear: Callable[[], None]) -> None:
    """Two put-downs that the asker objects to: one is left so, the other reopened."""
    number = world.file(what=text, person_id=OMAR).number
    for objection, upheld in ((1, True), (2, False)):
        world.act(OMAR, ending.put_down, number, text[:3000])
        hear()
        world.act(ANN, objecting.object_to, number, text[:3000])
        hear()
        if upheld:
            world.act(LIN, objecting.uphold, number, objection, text[:3000])
            hear()
            world.act(ANN, ending.reopen, number, text[:3000])
        else:
            world.act(LIN, objecting.overrule, number, objection, to_last_owner=True)
        hear()
        world.now += timedelta(minutes=1)


def advice_asked(world: World, number: int, person: str) -> int:
    question = world.look(asked_questions.pending_to, the(world, number).id, person)
    assert question is not None
    return question.id


def asked(world: World, number: int) -> int:
    question = the(world, number).question
    assert question is not None
    return question.id


def chained(world: World, text: str, hear: Callable[[], None]) -> None:
    """An ask waits for another that ends too late; it is asked for as a rush; it ends; who asks follows the owner."""
    parent = world.file(what=text)
    due = parent.due + timedelta(days=3)
    finance = world.department("finance").id
    children = [Wish(finance, text, due=due), Wish(finance, text)]
    world.act(parent.owner.id, chains.block, parent.number, children)
    hear()
    first = parent.number + 1
    owner = the(world, first).owner.id
    world.act(parent.owner.id, hurrying.ask_for_sooner, first, parent.due, text[:3000])
    hear()
    world.act(owner, hurrying.promise_sooner, first, parent.due, 1)
    world.act(owner, delivering.deliver, first, text[:3000])
    baton = world.act(parent.owner.id, handoffs.offer, parent.number, PIA, text[:3000]).baton
    world.act(PIA, handoffs.take, parent.number, baton and baton.id)
    hear()
    elsewhere = world.file(what=text, department="finance").number
    world.act(PIA, chains.block, parent.number, (), [elsewhere])
    world.act(ANN, ending.withdraw, elsewhere)
    hear()
    world.act(PIA, ending.put_down, parent.number, text[:3000])
    hear()


def pending(world: World, number: int) -> int:
    baton = the(world, number).baton
    assert baton is not None
    return baton.id


def the(world: World, number: int) -> Ask:
    return world.look(asks.by_number, number)


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_takes_every_message_whatever_was_typed(world: World, text: str) -> None:
    lives(world, text)


def test_every_message_that_the_ledger_puts_is_worded(world: World) -> None:
    verbs = (
        *(asking, acknowledging, delivering, ending, feeding, leaving, standups, troubles),
        *(absences, advice, handoffs, moves, objecting, questions, gray_zone, together),
        *(chains, hurrying, ripples),
    )
    put = {
        name
        for verb in verbs
        for name in re.findall(
            r'(?:outbox\.post\(\s*(?:act|there|by_baton|replace\(act, actor_id=None\)),\s*|\bTo\()"(\w+)"',
            Path(verb.__file__).read_text(),
        )
    }
    assert put | {"ask_card"} == set(lives(world, HOSTILE[0]))


def test_a_name_that_nobody_knows_is_a_fault(world: World) -> None:
    ask = world.file()
    parcels(world)
    for ask_id in (ask.id, None):
        with pytest.raises(LookupError):
            world.look(messages.compose, "telegram", ask_id, person(world), "en-US", {}, 0)


def test_nudges_are_said_only_while_they_matter(world: World) -> None:
    ask = world.file()
    parcels(world)
    world.now += timedelta(hours=2)
    world.act(None, due.nudge)
    (parcel,) = parcels(world)
    assert parcel.message == "nudges"
    checked(world, [parcel])
    world.act(LIN, acknowledging.acknowledge, ask.number)
    assert composed(world, parcel, "en-US") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_a_message_with_many_nudges_stays_within_slacks_bounds(world: World, text: str) -> None:
    for _ in range(30):
        world.file(what=text)
    parcels(world)
    world.now += timedelta(hours=2)
    while world.act(None, due.nudge):
        pass
    (parcel,) = parcels(world)
    cards = checked(world, [parcel])["nudges"]
    assert "18" in json.dumps(cards[0])


def test_the_lead_is_told_within_slacks_bounds(world: World) -> None:
    for _ in range(30):
        world.file(what="x" * 5_000, service_id=world.department().services[0].id)
    parcels(world)
    world.now += timedelta(days=1, hours=1)
    while world.act(None, due.nudge):
        pass
    cards = checked(world, parcels(world))
    assert "UPIA" in json.dumps(cards["lead_told"])


def test_a_private_ask_is_told_to_those_it_concerns_only(world: World) -> None:
    ask = world.file(what="Quietly replace the lock of the safe", is_private=True)
    found = parcels(world)
    for parcel in found:
        card = json.dumps(composed(world, parcel, "en-US"))
        assert ("safe" in card) == (parcel.person_id is not None)
    stranger = world.look(people.find, OMAR)
    told = world.look(messages.compose, "you_own", ask.id, stranger, "", {}, 0)
    assert "safe" not in json.dumps(told)


def person(world: World) -> Person:
    found = world.look(people.find, LIN)
    assert found is not None
    return found
