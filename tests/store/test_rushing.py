"""Rushes in the ledger: what is kept of them, who is told, the earliest time as the owner's answer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from store import acknowledging, handoffs
from store.queries import asks
from store.refusals import AlreadyDone, MustRestate, NotNow, NotYours
from store.rules.lifecycle import Stage
from store.rules.rush import Cause
from store.snapshots import Ask
from store.tables import outbox
from tests.store.world import ANN, LIN, PIA, WEI, ZOE, World


def rushed(world: World, cause: Cause | None = Cause.OUTSIDE, **wish: object) -> Ask:
    return world.file(
        due=world.now + timedelta(hours=3), rush_reason="A patient waits", rush_cause=cause, person_id=PIA, **wish
    )


def told(world: World, message: str) -> list[str]:
    with world.ledger.reading() as connection:
        rows = connection.execute(select(outbox.c.person_id).where(outbox.c.message == message)).all()
    return [row.person_id for row in rows]


def test_a_rush_keeps_its_cause_and_what_would_have_been_promised(world: World) -> None:
    ask = rushed(world)
    assert (ask.rush_cause, ask.is_rush, ask.earliest) == (Cause.OUTSIDE, True, world.now + timedelta(days=2))
    assert rushed(world, None).rush_cause is Cause.OTHER
    plain = world.file()
    assert (plain.rush_cause, plain.earliest, plain.is_rush) == (None, None, False)


def test_the_askers_lead_hears_of_waiting_only(world: World) -> None:
    for cause in (Cause.OUTSIDE, Cause.KNOWN_NOW, Cause.OTHER):
        rushed(world, cause)
    assert told(world, "rush_of_yours") == []
    rushed(world, Cause.WAITED)
    assert told(world, "rush_of_yours") == [ZOE]
    assert told(world, "rush") == [LIN] * 4


def test_nobody_hears_of_their_own_rush(world: World) -> None:
    ask = world.file(ZOE, due=world.now + timedelta(hours=3), rush_reason="Late", rush_cause=Cause.WAITED)
    assert ask.owner.id == LIN
    assert (told(world, "rush"), told(world, "rush_of_yours")) == ([], [])
    world.file(LIN, due=world.now + timedelta(hours=3), rush_reason="Late", rush_cause=Cause.WAITED, person_id=PIA)
    assert (told(world, "rush"), told(world, "rush_of_yours")) == ([], [])


def test_the_earliest_is_offered_with_the_acknowledgement_or_after_it(world: World) -> None:
    ask = rushed(world)
    offered = world.act(PIA, acknowledging.offer_earliest, ask.number)
    assert (offered.stage, offered.due) == (Stage.ACKNOWLEDGED, ask.due)
    assert offered.change is not None
    assert offered.change.due == ask.earliest
    agreed = world.act(ANN, acknowledging.agree, ask.number, offered.change.id)
    assert (agreed.due, agreed.is_rush) == (ask.earliest, False)
    other = rushed(world)
    world.act(PIA, acknowledging.acknowledge, other.number)
    later = world.act(PIA, acknowledging.offer_earliest, other.number)
    assert later.change is not None
    assert (later.change.due, later.due) == (other.earliest, other.due)


def test_an_old_button_and_others_are_refused(world: World) -> None:
    ask = rushed(world)
    with pytest.raises(NotYours):
        world.act(ANN, acknowledging.offer_earliest, ask.number)
    world.once("click", PIA, acknowledging.offer_earliest, ask.number)
    with pytest.raises(AlreadyDone):
        world.once("click", PIA, acknowledging.offer_earliest, ask.number)
    with pytest.raises(NotNow):
        world.act(PIA, acknowledging.offer_earliest, ask.number)
    with pytest.raises(NotNow):
        world.act(LIN, acknowledging.offer_earliest, world.file().number)
    service = world.department().services[1]
    strict = world.file(
        service_id=service.id, due=world.now + timedelta(hours=1), rush_reason="Inspection", person_id=PIA
    )
    with pytest.raises(MustRestate):
        world.act(PIA, acknowledging.offer_earliest, strict.number)
    assert world.look(asks.by_number, strict.number).stage is Stage.OPEN


def test_another_department_promises_for_itself(world: World) -> None:
    ask = rushed(world)
    finance = world.department("finance")
    offered = world.act(PIA, handoffs.offer, ask.number, finance.lead_id, "Theirs", finance.id)
    assert offered.baton is not None
    taken = world.act(WEI, handoffs.take, ask.number, offered.baton.id)
    assert (taken.earliest, taken.can_be_countered, taken.is_rush) == (None, False, True)
