"""After a baton is taken the giver stays reachable for a working day, and owns nothing any more."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from store import absences, advice, handoffs
from store.queries import asks as reading
from store.queries import offers
from store.refusals import CannotReceive, NobodyToAsk, NotAsked, NothingSaid, NotNow, NotYours
from store.snapshots import Ask
from store.tables import outbox, questions
from tests.store.world import ANN, LIN, OMAR, PIA, World

NOW = timedelta(0)


def handed_over(world: World) -> Ask:
    """Lin hands the gasket to Omar."""
    ask = world.act(LIN, handoffs.offer, world.file().number, OMAR, "Ordered; ask the supplier")
    assert ask.baton is not None
    return world.act(OMAR, handoffs.take, ask.number, ask.baton.id)


def newest(world: World) -> int:
    """The question that was asked last."""
    with world.ledger.reading() as connection:
        return int(connection.execute(select(func.max(questions.c.id))).scalar_one())


def test_the_owner_asks_and_the_giver_answers(world: World) -> None:
    ask = handed_over(world)
    asked = world.act(OMAR, advice.ask_giver, ask.number, "Which supplier?")
    answered = world.act(LIN, advice.advise, ask.number, newest(world), "The one in Wuxi")
    assert (asked.owner.id, answered.owner.id) == (OMAR, OMAR)
    said = [event.particulars for event in world.look(reading.history, ask.id)][-2:]
    assert said == [{"question": "Which supplier?", "to": LIN}, {"answer": "The one in Wuxi", "to": OMAR}]
    with world.ledger.reading() as connection:
        rows = connection.execute(outbox.select().where(outbox.c.message.in_(("advice_sought", "advised"))))
        assert [row.person_id for row in rows] == [LIN, OMAR]


def test_a_question_feeds_the_monkey_and_an_answer_does_not(world: World) -> None:
    ask = handed_over(world)
    world.forward(hours=1)
    fed_at = world.act(OMAR, advice.ask_giver, ask.number, "Which supplier?").fed_at
    assert fed_at == world.now
    world.forward(hours=1)
    assert world.act(LIN, advice.advise, ask.number, newest(world), "The one in Wuxi").fed_at == fed_at


def test_the_zone_ends_after_a_working_day(world: World) -> None:
    ask = handed_over(world)
    world.forward(hours=23.9)
    giver = world.look(advice.giver, ask)
    assert giver is not None
    assert giver.id == LIN
    world.forward(hours=0.2)
    assert world.look(advice.giver, ask) is None
    with pytest.raises(NobodyToAsk):
        world.act(OMAR, advice.ask_giver, ask.number, "Which supplier?")


def test_only_the_owner_asks_and_only_who_was_asked_answers(world: World) -> None:
    ask = handed_over(world)
    with pytest.raises(NotYours):
        world.act(PIA, advice.ask_giver, ask.number, "Which supplier?")
    with pytest.raises(NothingSaid):
        world.act(OMAR, advice.ask_giver, ask.number, "  ")
    with pytest.raises(NotAsked):
        world.act(LIN, advice.advise, ask.number, 1, "Nobody asked")
    world.act(OMAR, advice.ask_giver, ask.number, "Which supplier?")
    with pytest.raises(NotAsked):
        world.act(PIA, advice.advise, ask.number, newest(world), "I know")
    with pytest.raises(NothingSaid):
        world.act(LIN, advice.advise, ask.number, newest(world), None)
    world.act(LIN, advice.advise, ask.number, newest(world), "Wuxi")
    with pytest.raises(NotNow):
        world.act(LIN, advice.advise, ask.number, newest(world), "Twice")


def test_who_owns_from_the_start_has_no_giver(world: World) -> None:
    ask = world.file()
    assert world.look(advice.giver, ask) is None
    with pytest.raises(NobodyToAsk):
        world.act(LIN, advice.ask_giver, ask.number, "Who?")


def test_several_are_offered_each_on_its_own(world: World) -> None:
    mine, his, pending = world.file(), world.file(OMAR), world.file()
    world.act(LIN, handoffs.offer, pending.number, PIA, "Please")
    outcomes = world.once(
        "form", LIN, handoffs.offer_each, [mine.number, his.number, pending.number, 99], OMAR, "I am moving"
    )
    assert outcomes[mine.number] is None
    assert isinstance(outcomes[his.number], CannotReceive)
    assert [type(outcomes[number]).__name__ for number in (pending.number, 99)] == ["NotNow", "NoSuchAsk"]
    assert [ask.number for ask in world.look(handoffs.offered_to, OMAR)] == [mine.number]
    again = world.once("form", LIN, handoffs.offer_each, [mine.number], OMAR, "I am moving")
    assert again == {mine.number: None}, "sent twice: it is offered, and was not offered again"
    assert len(told_of_several(world)) == 0
    assert world.act(LIN, handoffs.recall, mine.number, baton_of(world, mine.number)).baton is None
    gone = world.once("form", LIN, handoffs.offer_each, [mine.number], OMAR, "I am moving")
    assert type(gone[mine.number]).__name__ == "AlreadyDone"


def baton_of(world: World, number: int) -> int:
    baton = world.look(reading.by_number, number).baton
    assert baton is not None
    return baton.id


def told_of_several(world: World) -> list[tuple[str, list[int], timedelta]]:
    """To whom, of which asks, and how long from now the message waits."""
    with world.ledger.reading() as connection:
        rows = connection.execute(
            outbox.select().where(outbox.c.message.like("batons_offered%")).order_by(outbox.c.message)
        )
        return [(row.person_id, row.particulars["numbers"], row.not_before - world.now) for row in rows]


def test_batches_are_told_together_with_the_last(world: World) -> None:
    numbers = [world.file(person_id=OMAR).number for _ in range(5)]
    world.once("form", LIN, handoffs.offer_each, numbers[:2], PIA, "He is moving", last=False)
    held = timedelta(seconds=30)
    assert told_of_several(world) == [(PIA, [1, 2], held), (OMAR, [1, 2], held)]
    world.once("form", LIN, handoffs.offer_each, numbers[2:4], PIA, "He is moving", last=False)
    assert told_of_several(world) == [(PIA, [1, 2, 3, 4], held), (OMAR, [1, 2, 3, 4], held)]
    world.forward(seconds=2)
    world.once("form", LIN, handoffs.offer_each, numbers, PIA, "He is moving", last=True)
    assert told_of_several(world) == [(PIA, [1, 2, 3, 4, 5], NOW), (OMAR, [1, 2, 3, 4, 5], NOW)]


def test_a_batch_that_is_the_last_unforeseen_is_told_all_the_same(world: World) -> None:
    """The process ended after it: what it offered is told half a minute later."""
    numbers = [world.file(person_id=LIN).number for _ in range(2)]
    world.once("form", LIN, handoffs.offer_each, numbers, PIA, "I am moving", last=False)
    world.forward(seconds=31)
    assert told_of_several(world) == [(PIA, [1, 2], timedelta(seconds=-1))]


def test_an_offer_is_known_after_it_was_answered(world: World) -> None:
    ask = world.act(LIN, handoffs.offer, world.file(ANN).number, OMAR, "Please")
    assert ask.baton is not None
    with world.ledger.reading() as connection:
        assert handoffs.next_expiry(connection) == ask.baton.expires_at
    world.act(OMAR, handoffs.refuse, ask.number, ask.baton.id, handoffs.Reason.OTHER, "On holiday")
    offer = world.look(offers.by_id, ask.baton.id)
    assert (offer.answer, offer.reason, offer.words) == ("refused", "other", "On holiday")
    assert (offer.giver.id, offer.receiver.id) == (LIN, OMAR)
    with world.ledger.reading() as connection:
        assert handoffs.next_expiry(connection) is None
    with pytest.raises(LookupError):
        world.look(offers.by_id, ask.baton.id + 1)


def test_the_next_absence_is_known(world: World) -> None:
    def next_turn() -> object:
        with world.ledger.reading() as connection:
            return absences.next_turn(connection)

    assert next_turn() is None
    start, end = world.now + timedelta(days=1), world.now + timedelta(days=3)
    world.act(OMAR, absences.leave, end, PIA, start)
    assert next_turn() == start
    world.forward(days=1)
    world.act(None, absences.turn)
    assert next_turn() == end
    world.act(OMAR, absences.come_back)
    assert next_turn() is None
