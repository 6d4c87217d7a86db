"""Advice without a jump: a proposal goes to the lead or to anybody, the answer is kept, the owner still owns."""

import pytest

from store import absences, advice, handoffs, leaving, questions
from store.queries import asks as reading
from store.queries import climbed, monkeys
from store.queries import questions as asked
from store.refusals import CannotAsk, CannotReceive, NotAsked, NothingSaid, NotNow, NotYours
from store.snapshots import Ask
from store.tables import batons, outbox
from tests.store.world import ANN, LIN, OMAR, PIA, WEI, ZOE, World, profile


def omars(world: World, **wish: object) -> Ask:
    """An ask that Omar owns."""
    return world.file(person_id=OMAR, **wish)


def pending(world: World, ask: Ask, person: str) -> int:
    found = world.look(asked.pending_to, ask.id, person)
    assert found is not None
    return found.id


def told(world: World, message: str) -> list[str]:
    with world.ledger.reading() as connection:
        rows = connection.execute(outbox.select().where(outbox.c.message == message))
        return [row.person_id or row.channel_id for row in rows]


def test_advice_moves_no_monkey_and_stops_no_clock(world: World) -> None:
    ask = world.act(OMAR, advice.seek, omars(world).number, LIN, "I would order it abroad", "Too dear?")
    assert (ask.owner.id, ask.waits_for_asker, ask.fed_at) == (OMAR, False, world.now)
    assert told(world, "advice_sought") == [LIN]
    assert [(one.number, question.proposal) for one, question in world.look(asked.asked_of, LIN)] == [
        (ask.number, "I would order it abroad")
    ]
    world.forward(hours=1)
    answered = world.act(LIN, advice.advise, ask.number, pending(world, ask, LIN), "Go ahead")
    assert (answered.owner.id, answered.due, answered.fed_at) == (OMAR, ask.due, ask.fed_at)
    assert told(world, "advised") == [OMAR]
    assert told(world, "answer_noted") == ["CEQUIP"]
    assert [(one.what, one.particulars["to"]) for one in world.look(reading.history, ask.id)[1:]] == [
        ("seek_advice", LIN),
        ("advise", OMAR),
    ]
    assert world.look(asked.asked_of, LIN) == []


def test_several_can_be_asked_but_nobody_twice(world: World) -> None:
    ask = omars(world)
    for person in (LIN, WEI, PIA):
        world.act(OMAR, advice.seek, ask.number, person, "Order it")
    with pytest.raises(CannotAsk) as refused:
        world.act(OMAR, advice.seek, ask.number, WEI, "Order it")
    assert refused.value.why == "pending"
    world.act(WEI, advice.advise, ask.number, pending(world, ask, WEI), None)
    world.act(OMAR, advice.seek, ask.number, WEI, "And by express?")


def test_a_proposal_of_ones_own_is_needed(world: World) -> None:
    ask = omars(world)
    with pytest.raises(NothingSaid) as refused:
        world.act(OMAR, advice.seek, ask.number, LIN, "  ", "What shall I do?")
    assert refused.value.field == "proposal"
    with pytest.raises(NothingSaid):
        world.act(OMAR, advice.seek, ask.number, ANN, None, "What shall I do?")


def test_a_proposal_to_the_asker_is_the_askers_next_move(world: World) -> None:
    ask = world.act(OMAR, advice.seek, omars(world).number, ANN, "The blue one")
    assert ask.waits_for_asker
    assert ask.question is not None
    assert told(world, "question_asked") == [ANN]
    assert world.look(monkeys.waiting_for_yes, ANN).total == 1
    world.act(ANN, questions.answer, ask.number, ask.question.id, None)


def test_whom_one_cannot_ask(world: World) -> None:
    world.act(None, leaving.changed, profile("UGUEST", is_guest=True))
    world.act(None, leaving.changed, profile("UBOT", is_bot=True))
    world.act(None, leaving.changed, profile("UGONE", is_deleted=True))
    world.act(WEI, absences.leave, None, ZOE)
    ask = omars(world)
    whys = {OMAR: "oneself", "UGUEST": "not_here", "UBOT": "not_here", "UGONE": "not_here", "UNOBODY": "not_here"}
    for person, why in (whys | {WEI: "away"}).items():
        with pytest.raises(CannotAsk) as refused:
            world.act(OMAR, advice.seek, ask.number, person, "Order it")
        assert refused.value.why == why
    assert refused.value.deputy is not None
    assert refused.value.deputy.id == ZOE
    with pytest.raises(NotYours):
        world.act(PIA, advice.seek, ask.number, LIN, "Order it")


def test_a_private_ask_is_shown_to_nobody_else(world: World) -> None:
    ask = omars(world, is_private=True)
    with pytest.raises(CannotAsk) as refused:
        world.act(OMAR, advice.seek, ask.number, PIA, "Order it")
    assert refused.value.why == "may_not_read"
    world.act(OMAR, advice.seek, ask.number, LIN, "Order it")
    world.act(LIN, advice.advise, ask.number, pending(world, ask, LIN), None)
    assert told(world, "answer_noted") == []


def test_only_who_was_asked_advises_and_only_once(world: World) -> None:
    ask = world.act(OMAR, advice.seek, omars(world).number, LIN, "Order it")
    question = pending(world, ask, LIN)
    with pytest.raises(NotAsked):
        world.act(PIA, advice.advise, ask.number, question, "I know")
    world.act(LIN, advice.advise, ask.number, question, None)
    with pytest.raises(NotNow):
        world.act(LIN, advice.advise, ask.number, question, None)


def test_a_lead_who_would_rather_have_it_takes_it_in_one_explicit_act(world: World) -> None:
    ask = world.act(OMAR, advice.seek, omars(world).number, LIN, "Order it")
    taken = world.act(LIN, handoffs.take_over, ask.number)
    assert taken.owner.id == LIN
    event = world.look(reading.history, ask.id)[-1]
    assert (event.what, event.particulars) == ("take", {"from": OMAR, "reason": "climbed"})
    assert event.actor is not None
    assert event.actor.id == LIN
    assert told(world, "baton_taken") == [OMAR]
    assert world.look(asked.asked_of, LIN) == []
    with pytest.raises(CannotReceive):
        world.act(LIN, handoffs.take_over, ask.number)


def test_who_cannot_take_over(world: World) -> None:
    ask = omars(world)
    with pytest.raises(NotYours):
        world.act(PIA, handoffs.take_over, ask.number)
    with pytest.raises(CannotReceive):
        world.act(OMAR, handoffs.take_over, ask.number)
    world.act(OMAR, handoffs.offer, ask.number, PIA, "Please")
    with pytest.raises(NotNow):
        world.act(LIN, handoffs.take_over, ask.number)
    own = world.file(LIN, person_id=OMAR)
    with pytest.raises(CannotReceive):
        world.act(LIN, handoffs.take_over, own.number)


def test_what_climbed_is_listed_for_a_month(world: World) -> None:
    first, second, sideways = omars(world), omars(world), omars(world)
    world.act(OMAR, advice.seek, first.number, LIN, "Order it")
    world.act(LIN, handoffs.take_over, first.number)
    world.forward(days=1)
    for ask, to in ((second, LIN), (sideways, PIA)):
        offered = world.act(OMAR, handoffs.offer, ask.number, to, "Please")
        assert offered.baton is not None
        world.act(to, handoffs.take, ask.number, offered.baton.id)
    found = world.look(climbed.climbed, world.department())
    assert [(one.ask.number, one.giver.id, one.taken_over) for one in found] == [
        (second.number, OMAR, False),
        (first.number, OMAR, True),
    ]
    world.forward(days=29.5)
    assert [one.ask.number for one in world.look(climbed.climbed, world.department())] == [second.number]


def test_a_new_owner_is_not_asked_by_themselves(world: World) -> None:
    ask = world.act(OMAR, advice.seek, omars(world).number, PIA, "Order it")
    offered = world.act(OMAR, handoffs.offer, ask.number, PIA, "Please")
    assert offered.baton is not None
    world.act(PIA, handoffs.take, ask.number, offered.baton.id)
    assert world.look(asked.asked_of, PIA) == []
    with world.ledger.reading() as connection:
        assert connection.execute(batons.select()).one().answer == "taken"
