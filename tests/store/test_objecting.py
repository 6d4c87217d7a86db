"""The asker objects once to a put-down; the lead has it reopened, or leaves it put down with a reason."""

import pytest

from store import ending, leaving, objecting
from store.queries import asks as reading
from store.queries import objections
from store.refusals import CannotObject, NothingSaid, NotNow, NotYours
from store.rules.lifecycle import Stage
from store.snapshots import Ask
from store.tables import objections as table
from store.tables import outbox
from tests.store.world import ANN, LIN, OMAR, PIA, WEI, World, profile


def put_down(world: World, by: str = OMAR) -> Ask:
    """Omar's ask, put down by him."""
    ask = world.file(person_id=OMAR)
    return world.act(by, ending.put_down, ask.number, "No such gasket")


def objected(world: World) -> tuple[Ask, int]:
    ask = world.act(ANN, objecting.object_to, put_down(world).number, "The old one leaks")
    return ask, newest(world)


def newest(world: World) -> int:
    with world.ledger.reading() as connection:
        return max(row.id for row in connection.execute(table.select()))


def told(world: World, message: str) -> list[str]:
    with world.ledger.reading() as connection:
        rows = connection.execute(outbox.select().where(outbox.c.message == message))
        return [row.person_id for row in rows]


def why(world: World, person: str, number: int) -> str:
    with pytest.raises(CannotObject) as refused:
        world.act(person, objecting.object_to, number, "I need it")
    return refused.value.why


def test_the_lead_reads_the_objection_and_nothing_moves_yet(world: World) -> None:
    ask, _ = objected(world)
    assert (ask.stage, ask.owner.id) == (Stage.CLOSED, OMAR)
    assert told(world, "objected") == [LIN]
    event = world.look(reading.history, ask.id)[-1]
    assert (event.what, event.particulars) == ("object", {"objection": "The old one leaks", "to": LIN})


def test_the_lead_has_it_reopened_for_its_last_owner(world: World) -> None:
    ask, objection = objected(world)
    world.forward(days=1)
    back = world.act(LIN, objecting.overrule, ask.number, objection, to_last_owner=True)
    assert (back.stage, back.owner.id, back.missing) == (Stage.ACKNOWLEDGED, OMAR, "The old one leaks")
    assert back.due > ask.due, "the time in between is given back"
    assert told(world, "reopened") == [OMAR]
    assert told(world, "objection_granted") == [ANN]
    assert world.look(objections.by_id, objection).decision == "reopened"


def test_or_for_whoever_takes_what_comes_in(world: World) -> None:
    ask, objection = objected(world)
    assert world.act(LIN, objecting.overrule, ask.number, objection, to_last_owner=False).owner.id == LIN


def test_the_lead_leaves_it_put_down_and_says_why(world: World) -> None:
    ask, objection = objected(world)
    with pytest.raises(NothingSaid):
        world.act(LIN, objecting.uphold, ask.number, objection, " ")
    kept = world.act(LIN, objecting.uphold, ask.number, objection, "A new analyser comes on Monday")
    assert kept.stage is Stage.CLOSED
    assert told(world, "objection_upheld") == [ANN]
    for verb, more in ((objecting.uphold, ("Again",)), (objecting.overrule, ())):
        with pytest.raises(NotNow):
            world.act(LIN, verb, ask.number, objection, *more, **({} if more else {"to_last_owner": True}))  # type: ignore[arg-type]


def test_once_for_each_put_down(world: World) -> None:
    ask, objection = objected(world)
    assert why(world, ANN, ask.number) == "twice"
    world.act(LIN, objecting.overrule, ask.number, objection, to_last_owner=True)
    world.forward(days=1)
    world.act(OMAR, ending.put_down, ask.number, "Still no such gasket")
    world.act(ANN, objecting.object_to, ask.number, "It still leaks")


def test_within_seven_days(world: World) -> None:
    ask = put_down(world)
    world.forward(days=7, hours=1)
    assert why(world, ANN, ask.number) == "too_late"


def test_what_the_lead_put_down_the_lead_has_decided(world: World) -> None:
    assert why(world, ANN, put_down(world, by=LIN).number) == "lead_decided"


def test_no_objection_where_nothing_was_put_down_or_nobody_leads(world: World) -> None:
    withdrawn = world.act(ANN, ending.withdraw, world.file().number)
    assert why(world, ANN, withdrawn.number) == "not_put_down"
    with pytest.raises(NotNow):
        world.act(ANN, objecting.object_to, world.file().number, "Why not?")
    ask = put_down(world)
    world.act(None, leaving.changed, profile(LIN, is_deleted=True))
    assert why(world, ANN, ask.number) == "lead_gone"


def test_who_may_object_and_who_decides(world: World) -> None:
    ask = put_down(world)
    for person in (OMAR, LIN, PIA):
        with pytest.raises(NotYours):
            world.act(person, objecting.object_to, ask.number, "I need it")
    world.act(ANN, objecting.object_to, ask.number, "I need it")
    for person in (ANN, OMAR, WEI):
        with pytest.raises(NotYours):
            world.act(person, objecting.uphold, ask.number, newest(world), "No")
        with pytest.raises(NotYours):
            world.act(person, objecting.overrule, ask.number, newest(world), to_last_owner=True)


def test_an_asker_who_reopens_it_themselves_overtakes_the_objection(world: World) -> None:
    ask, objection = objected(world)
    world.act(ANN, ending.reopen, ask.number, "I need it now")
    assert world.look(objections.by_id, objection).decision == "overtaken"
    with pytest.raises(NotNow):
        world.act(LIN, objecting.uphold, ask.number, objection, "No")
    world.act(OMAR, ending.put_down, ask.number, "Again")
    with pytest.raises(NotNow):
        world.act(LIN, objecting.overrule, ask.number, objection, to_last_owner=True)
