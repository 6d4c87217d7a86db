"""From filing to the verdict, as the ledger tells it."""

from datetime import timedelta

import pytest

from store import acknowledging, delivering, ending, feeding
from store.queries import asks as reading
from store.queries import monkeys
from store.refusals import (
    AlreadyDone,
    DuePassed,
    MustRestate,
    NothingSaid,
    NotNow,
    NotYours,
    SoonerThanPromised,
    TooLongAgo,
)
from store.rules.lifecycle import Move, Outcome, Stage
from store.tables import asks, custody, events
from tests.store.world import ANN, LIN, OMAR, PIA, WEI, ZOE, World


def owners(world: World, ask_id: int) -> list[tuple[str, bool]]:
    with world.ledger.reading() as connection:
        rows = connection.execute(custody.select().where(custody.c.ask_id == ask_id).order_by(custody.c.id)).all()
    return [(row.owner_id, row.until is None) for row in rows]


def moves_of(world: World, ask_id: int) -> list[str]:
    return [event.what for event in world.look(reading.history, ask_id)]


def test_an_ask_is_owned_from_the_moment_it_is_filed(world: World) -> None:
    ask = world.file()
    assert (ask.number, ask.stage, ask.owner.id) == (1, Stage.OPEN, LIN)
    assert ask.due - world.now == timedelta(days=2)  # the department's promise
    assert owners(world, ask.id) == [(LIN, True)]


def test_the_owner_is_who_was_named_then_the_services_owner_then_the_lead(world: World) -> None:
    repair = world.department().services[0]
    assert world.file(person_id=OMAR, service_id=repair.id).owner.id == OMAR
    assert world.file(service_id=repair.id).owner.id == PIA
    assert world.file().owner.id == LIN


def test_the_whole_way_to_a_verdict(world: World) -> None:
    ask = world.file()
    world.forward(hours=1)
    assert world.act(LIN, acknowledging.acknowledge, ask.number).stage is Stage.ACKNOWLEDGED
    world.forward(hours=1)
    assert world.act(LIN, feeding.note, ask.number, "The gasket is ordered").fed_at == world.now
    delivered = world.act(LIN, delivering.deliver, ask.number, "Installed, tested with two samples")
    assert delivered.stage is Stage.DELIVERED
    assert delivered.holder.id == ANN
    again = world.act(ANN, delivering.not_quite, ask.number, "It still drips")
    assert (again.stage, again.missing) == (Stage.ACKNOWLEDGED, "It still drips")
    world.act(LIN, delivering.deliver, ask.number, "Second gasket")
    closed = world.act(ANN, delivering.accept, ask.number)
    assert (closed.stage, closed.outcome) == (Stage.CLOSED, Outcome.SATISFIED)
    assert owners(world, ask.id) == [(LIN, False)]
    assert moves_of(world, ask.id) == ["file", "acknowledge", "feed", "deliver", "not_quite", "deliver", "accept"]


def test_what_is_sooner_than_promised_needs_a_reason(world: World) -> None:
    soon = world.now + timedelta(hours=2)
    with pytest.raises(SoonerThanPromised) as refused:
        world.file(due=soon)
    assert refused.value.earliest == world.now + timedelta(days=2)
    ask = world.file(due=soon, rush_reason="The analyser is down")
    assert (ask.number, ask.due, ask.rush_reason) == (1, soon, "The analyser is down")


def test_a_past_due_time_is_refused_and_takes_no_number(world: World) -> None:
    with pytest.raises(DuePassed):
        world.file(due=world.now - timedelta(minutes=1))
    assert world.file().number == 1


def test_a_later_promise_counts_once_the_asker_agrees(world: World) -> None:
    ask = world.file()
    later = ask.due + timedelta(days=1)
    changed = world.act(LIN, acknowledging.acknowledge_with_changes, ask.number, None, later)
    assert (changed.stage, changed.due) == (Stage.ACKNOWLEDGED, ask.due)
    assert changed.change is not None
    agreed = world.act(ANN, acknowledging.agree, ask.number, changed.change.id)
    assert (agreed.due, agreed.asked_due, agreed.promise_number) == (later, ask.due, 2)


def test_a_refused_change_leaves_what_was_asked(world: World) -> None:
    ask = world.file()
    changed = world.act(LIN, acknowledging.acknowledge_with_changes, ask.number, "A used gasket", ask.due)
    assert changed.change is not None
    refused = world.act(ANN, acknowledging.disagree, ask.number, changed.change.id, "It has to be new")
    assert (refused.result, refused.change) == (None, None)
    with pytest.raises(NotNow):
        world.act(ANN, acknowledging.agree, ask.number, changed.change.id)


def test_an_earlier_promise_holds_at_once(world: World) -> None:
    ask = world.file()
    sooner = ask.due - timedelta(hours=3)
    changed = world.act(LIN, acknowledging.acknowledge_with_changes, ask.number, None, sooner)
    assert (changed.due, changed.change) == (sooner, None)


def test_an_old_yes_does_not_answer_a_newer_offer(world: World) -> None:
    ask = world.file()
    first = world.act(LIN, acknowledging.acknowledge_with_changes, ask.number, None, ask.due + timedelta(days=1))
    second = world.act(LIN, acknowledging.offer_change, ask.number, None, ask.due + timedelta(days=2), "The supplier")
    assert first.change is not None
    assert second.change is not None
    with pytest.raises(NotNow):
        world.act(ANN, acknowledging.agree, ask.number, first.change.id)
    assert world.act(ANN, acknowledging.agree, ask.number, second.change.id).due == ask.due + timedelta(days=2)


def test_a_service_can_want_the_owners_own_words(world: World) -> None:
    records = world.department().services[1]
    ask = world.file(service_id=records.id)
    with pytest.raises(MustRestate):
        world.act(LIN, acknowledging.acknowledge, ask.number)


@pytest.mark.parametrize("stranger", [OMAR, ANN, WEI])
def test_only_the_owner_acknowledges(world: World, stranger: str) -> None:
    ask = world.file()
    with pytest.raises(NotYours) as refused:
        world.act(stranger, acknowledging.acknowledge, ask.number)
    assert refused.value.move is Move.ACKNOWLEDGE


def test_only_the_asker_judges(world: World) -> None:
    ask = world.file()
    world.act(LIN, acknowledging.acknowledge, ask.number)
    world.act(LIN, delivering.deliver, ask.number, "Done")
    for stranger in (LIN, ZOE):
        with pytest.raises(NotYours):
            world.act(stranger, delivering.accept, ask.number)


def test_the_same_act_twice_is_done_once(world: World) -> None:
    ask = world.file()
    world.once("click 1", LIN, acknowledging.acknowledge, ask.number)
    with pytest.raises(AlreadyDone) as refused:
        world.once("click 1", LIN, acknowledging.acknowledge, ask.number)
    assert refused.value.ask is not None
    with pytest.raises(NotNow):  # another click, too late
        world.once("click 2", LIN, acknowledging.acknowledge, ask.number)
    assert moves_of(world, ask.id) == ["file", "acknowledge"]


def test_a_monkey_is_put_down_with_a_reason(world: World) -> None:
    ask = world.file()
    with pytest.raises(NothingSaid):
        world.act(LIN, ending.put_down, ask.number, "  ")
    closed = world.act(LIN, ending.put_down, ask.number, "The analyser is being replaced")
    assert (closed.outcome, closed.outcome_reason) == (Outcome.PUT_DOWN, "The analyser is being replaced")
    assert world.look(monkeys.owned_by, LIN).total == 0


def test_a_closed_ask_can_be_reopened_for_seven_days(world: World) -> None:
    ask = world.file()
    world.act(ANN, ending.withdraw, ask.number, "Found one")
    world.forward(days=7)
    back = world.act(ANN, ending.reopen, ask.number, "It was the wrong size")
    assert (back.stage, back.owner.id, back.outcome) == (Stage.ACKNOWLEDGED, LIN, None)
    assert owners(world, ask.id) == [(LIN, False), (LIN, True)]
    world.act(ANN, ending.withdraw, ask.number)
    world.forward(days=7, seconds=1)
    with pytest.raises(TooLongAgo):
        world.act(ANN, ending.reopen, ask.number, "Once more")


def test_a_refused_act_leaves_no_trace(world: World) -> None:
    ask = world.file()
    before = world.look(reading.by_number, ask.number)
    with pytest.raises(NotNow):
        world.act(ANN, delivering.accept, ask.number)
    assert world.look(reading.by_number, ask.number) == before
    with world.ledger.reading() as connection:
        assert len(connection.execute(events.select().where(events.c.ask_id == ask.id)).all()) == 1


def test_numbers_have_no_holes(world: World) -> None:
    for _ in range(3):
        world.file()
        with pytest.raises(NothingSaid):
            world.file(what=" ")
    with world.ledger.reading() as connection:
        assert [row.number for row in connection.execute(asks.select().order_by(asks.c.number))] == [1, 2, 3]


def test_waiting_for_a_verdict_makes_nothing_late(world: World) -> None:
    ask = world.file()
    world.act(LIN, acknowledging.acknowledge, ask.number)
    world.forward(days=1)
    world.act(LIN, delivering.deliver, ask.number, "Done")  # a working day before it is due
    world.forward(days=7)
    again = world.act(ANN, delivering.not_quite, ask.number, "It drips")
    calendar = world.department().calendar
    assert calendar.working_time(world.now, again.due) == timedelta(hours=7.5)  # that very working day
    assert again.promise_number == 2
