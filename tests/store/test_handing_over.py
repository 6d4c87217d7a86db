"""The baton: offered, taken, refused, recalled, expired. Custody moves only when it is taken."""

import threading
from datetime import timedelta

import pytest

from store import acknowledging, audit, delivering, handoffs, leaving
from store.database import Ledger
from store.handoffs import Reason
from store.queries import asks as reading
from store.refusals import CannotReceive, NothingSaid, NotNow, NotYours, Refusal
from store.rules.lifecycle import Stage
from store.snapshots import Ask
from store.tables import custody, outbox
from tests.store.world import ANN, LIN, OMAR, PIA, WEI, World, profile


def offered(world: World, to: str = OMAR, **where: int) -> tuple[Ask, int]:
    ask = world.file()
    ask = world.act(LIN, handoffs.offer, ask.number, to, "Ordered; next: fit it; the part is in store 2", **where)
    assert ask.baton is not None
    return ask, ask.baton.id


def told(world: World, message: str) -> list[str]:
    with world.ledger.reading() as connection:
        rows = connection.execute(outbox.select().where(outbox.c.message == message))
        return [row.person_id for row in rows]


def test_the_giver_owns_until_it_is_taken(world: World) -> None:
    ask, baton = offered(world)
    assert (ask.owner.id, ask.baton and ask.baton.receiver.id) == (LIN, OMAR)
    taken = world.act(OMAR, handoffs.take, ask.number, baton)
    assert (taken.owner.id, taken.baton, taken.stage) == (OMAR, None, Stage.OPEN)
    assert told(world, "baton_taken") == [LIN]


def test_a_refusal_says_why_and_changes_nothing(world: World) -> None:
    ask, baton = offered(world)
    with pytest.raises(NothingSaid):
        world.act(OMAR, handoffs.refuse, ask.number, baton, Reason.OTHER)
    refused = world.act(OMAR, handoffs.refuse, ask.number, baton, Reason.NO_TIME)
    assert (refused.owner.id, refused.baton) == (LIN, None)
    assert told(world, "baton_bounced") == [LIN]


def test_nobody_takes_it_in_four_working_hours_and_it_bounces(world: World) -> None:
    ask, _ = offered(world)
    assert ask.baton is not None
    assert ask.baton.expires_at - world.now == timedelta(hours=5, minutes=30)  # with the lunch break
    world.forward(hours=5.4)
    assert world.act(None, handoffs.expire_due) == 0
    world.forward(hours=0.2)
    assert world.act(None, handoffs.expire_due) == 1
    assert world.look(reading.by_number, ask.number).owner.id == LIN


def test_after_the_second_bounce_the_lead_is_asked_to_decide(world: World) -> None:
    ask = world.file(person_id=OMAR)
    for _ in range(2):
        ask = world.act(OMAR, handoffs.offer, ask.number, PIA, "Please")
        assert ask.baton is not None
        world.act(PIA, handoffs.refuse, ask.number, ask.baton.id, Reason.NO_TIME)
    assert told(world, "lead_decides") == [LIN]
    assert world.look(reading.by_number, ask.number).owner.id == OMAR


def test_only_the_receiver_takes_and_only_who_offered_recalls(world: World) -> None:
    ask, baton = offered(world)
    for stranger in (PIA, ANN, LIN):
        with pytest.raises(NotYours):
            world.act(stranger, handoffs.take, ask.number, baton)
    with pytest.raises(NotYours):
        world.act(OMAR, handoffs.recall, ask.number, baton)
    assert world.act(LIN, handoffs.recall, ask.number, baton).baton is None


def test_an_old_button_never_acts_on_a_newer_offer(world: World) -> None:
    ask, first = offered(world)
    world.act(LIN, handoffs.recall, ask.number, first)
    world.act(LIN, handoffs.offer, ask.number, OMAR, "Once more")
    with pytest.raises(NotNow):
        world.act(OMAR, handoffs.take, ask.number, first)


def test_it_is_offered_to_one_at_a_time(world: World) -> None:
    ask, _ = offered(world)
    with pytest.raises(NotNow):
        world.act(LIN, handoffs.offer, ask.number, PIA, "Or you?")


@pytest.mark.parametrize(("receiver", "why"), [(LIN, "owns_it"), (ANN, "asked_for_it"), ("UNOBODY", "not_here")])
def test_it_cannot_be_offered_to_everybody(world: World, receiver: str, why: str) -> None:
    ask = world.file()
    with pytest.raises(CannotReceive) as refused:
        world.act(LIN, handoffs.offer, ask.number, receiver, "Here")
    assert refused.value.why == why


def test_it_can_go_to_another_department(world: World) -> None:
    finance = world.department("finance")
    ask, baton = offered(world, WEI, to_department_id=finance.id)
    assert ask.department_id != finance.id
    taken = world.act(WEI, handoffs.take, ask.number, baton)
    assert (taken.department_id, taken.owner.id, taken.lead_id) == (finance.id, WEI, WEI)


def test_delivering_ends_the_offer(world: World) -> None:
    ask, baton = offered(world)
    world.act(LIN, acknowledging.acknowledge, ask.number)
    world.act(LIN, delivering.deliver, ask.number, "Done after all")
    with pytest.raises(Refusal):
        world.act(OMAR, handoffs.take, ask.number, baton)
    assert told(world, "baton_recalled") == [OMAR]


def test_taking_recalling_and_expiring_at_once_one_wins(world: World) -> None:
    ask, baton = offered(world)
    world.forward(hours=6)
    other = Ledger(world.ledger.engine.url.render_as_string(hide_password=False))
    outcomes: list[str] = []

    def attempt(ledger: Ledger, actor: str | None, verb: object, *args: int) -> None:
        try:
            ledger.act(verb, "T1", actor, world.now, None, *args)  # type: ignore[arg-type]
            outcomes.append("won")
        except Refusal as refusal:
            outcomes.append(type(refusal).__name__)

    threads = [
        threading.Thread(target=attempt, args=(world.ledger, OMAR, handoffs.take, ask.number, baton)),
        threading.Thread(target=attempt, args=(other, LIN, handoffs.recall, ask.number, baton)),
        threading.Thread(target=attempt, args=(other, None, handoffs.expire_due)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    events = [event.what for event in world.look(reading.history, ask.id)]
    assert len([what for what in events if what in ("take", "recall", "expire")]) == 1
    assert world.look(reading.by_number, ask.number).baton is None
    with world.ledger.reading() as connection:
        assert len(connection.execute(custody.select().where(custody.c.until.is_(None))).all()) == 1


def test_who_leaves_loses_their_monkeys_in_the_same_act(world: World) -> None:
    ask = world.file(person_id=OMAR)
    world.act(None, leaving.changed, profile(OMAR, is_deleted=True))
    assert world.look(reading.by_number, ask.number).owner.id == LIN
    assert told(world, "you_inherit") == [LIN]
    assert world.look(reading.history, ask.id)[-1].what == "reassign"


def test_a_clock_that_was_set_back_stops_nobody(world: World) -> None:
    """The ask was filed by a clock that was hours ahead; all that follows is earlier."""
    ask, baton = offered(world)
    began = world.now
    world.forward(hours=-3)
    taken = world.act(OMAR, handoffs.take, ask.number, baton)
    assert (taken.owner.id, taken.owned_since) == (OMAR, began)
    world.act(OMAR, acknowledging.acknowledge, ask.number)
    world.forward(hours=-1)
    world.act(OMAR, delivering.deliver, ask.number, "A new gasket")
    closed = world.act(ANN, delivering.accept, ask.number)
    assert closed.stage is Stage.CLOSED
    with world.ledger.reading() as connection:
        assert audit.findings(connection) == []
        spans = connection.execute(custody.select().order_by(custody.c.id)).all()
    assert [(row.owner_id, row.since, row.until) for row in spans] == [(LIN, began, began), (OMAR, began, began)]
