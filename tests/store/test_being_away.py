"""Away and back: the deputy stands in, and nothing lands on somebody who is not there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from store import absences, acknowledging, due, duty, handoffs, leaving
from store.queries import asks as reading
from store.refusals import CannotDeputise, CannotReceive, DayPassed, DuePassed, NotAway, UnknownPeople
from store.tables import nudges, outbox
from tests.store.world import ANN, LIN, OMAR, PIA, World, profile


def told(world: World, message: str) -> list[str]:
    with world.ledger.reading() as connection:
        rows = connection.execute(outbox.select().where(outbox.c.message == message).order_by(outbox.c.id))
        return [row.person_id for row in rows]


def test_new_asks_go_to_the_deputy(world: World) -> None:
    world.act(LIN, absences.leave, world.now + timedelta(days=3), PIA)
    assert world.file().owner.id == PIA
    world.forward(days=3)
    assert world.file().owner.id == LIN


def test_without_a_deputy_they_go_to_the_lead(world: World) -> None:
    world.act(OMAR, absences.leave, None, None)
    assert world.file(person_id=OMAR).owner.id == LIN


def test_open_monkeys_are_offered_to_the_deputy_and_back(world: World) -> None:
    first, second = world.file(person_id=OMAR), world.file(person_id=OMAR)
    world.act(OMAR, absences.leave, world.now + timedelta(days=2), PIA)
    assert told(world, "baton_offered") == [PIA, PIA]
    offered = world.look(reading.by_number, first.number)
    assert offered.owner.id == OMAR
    assert offered.baton is not None
    world.act(PIA, handoffs.take, first.number, offered.baton.id)
    world.forward(days=2)
    assert world.act(None, absences.turn) == 1
    back = world.look(reading.by_number, first.number)
    assert (back.owner.id, back.baton and back.baton.receiver.id) == (PIA, OMAR)
    assert world.look(reading.by_number, second.number).baton is None


def test_nudges_go_to_both_until_the_deputy_takes_it(world: World) -> None:
    world.file(person_id=OMAR)
    world.act(OMAR, absences.leave, world.now + timedelta(days=2), PIA)
    world.forward(hours=2.5)
    while world.act(None, due.nudge):
        pass
    assert sorted(told(world, "nudges")) == [OMAR, PIA]


def test_a_baton_for_somebody_away_names_the_deputy(world: World) -> None:
    world.act(OMAR, absences.leave, None, PIA)
    ask = world.file()
    with pytest.raises(CannotReceive) as refused:
        world.act(LIN, handoffs.offer, ask.number, OMAR, "Yours")
    assert (refused.value.why, refused.value.deputy and refused.value.deputy.id) == ("away", PIA)


@pytest.mark.parametrize(("deputy", "why"), [(OMAR, "oneself"), ("UNOBODY", "not_here"), (PIA, "away")])
def test_not_everybody_can_stand_in(world: World, deputy: str, why: str) -> None:
    world.act(PIA, absences.leave, None, None)
    with pytest.raises(CannotDeputise) as refused:
        world.act(OMAR, absences.leave, None, deputy)
    assert refused.value.why == why


def test_nobody_leaves_or_returns_in_the_past(world: World) -> None:
    with pytest.raises(DuePassed):
        world.act(OMAR, absences.leave, world.now - timedelta(hours=1), PIA)
    with pytest.raises(NotAway):
        world.act(OMAR, absences.come_back)


def test_a_planned_absence_begins_by_itself(world: World) -> None:
    ask = world.file(person_id=OMAR)
    start = world.now + timedelta(days=1)
    world.act(OMAR, absences.leave, start + timedelta(days=1), PIA, start)
    assert world.look(reading.by_number, ask.number).baton is None
    world.forward(days=1)
    world.act(None, absences.turn)
    assert world.look(reading.by_number, ask.number).baton is not None


def test_who_is_on_duty_owns_what_comes_in(world: World) -> None:
    equipment = world.department()
    today = equipment.calendar.local(world.now).date()
    world.act(LIN, duty.set_rota, equipment.id, [OMAR, PIA], today)
    assert world.file().owner.id == OMAR
    world.act(LIN, duty.cover, equipment.id, today, PIA)
    assert world.file().owner.id == PIA
    world.act(LIN, duty.cover, equipment.id, today, None)
    world.forward(days=7)
    assert world.file().owner.id == PIA


def test_the_rota_shows_gaps_and_refuses_strangers(world: World) -> None:
    equipment = world.department()
    today = equipment.calendar.local(world.now).date()
    assert {day.person_id for day in world.look(duty.coming_weeks, equipment.id)} == {None}
    with pytest.raises(UnknownPeople):
        world.act(LIN, duty.set_rota, equipment.id, [OMAR, "UNOBODY"], today)
    with pytest.raises(DayPassed):
        world.act(LIN, duty.cover, equipment.id, today - timedelta(days=1), OMAR)
    world.act(LIN, duty.set_rota, equipment.id, [OMAR, PIA], today)
    weeks = world.look(duty.coming_weeks, equipment.id)
    assert [weeks[0].person_id, weeks[7].person_id, weeks[14].person_id] == [OMAR, PIA, OMAR]


def test_an_asker_is_never_offered_their_own_ask(world: World) -> None:
    ask = world.file(person_id=OMAR)
    world.act(OMAR, absences.leave, None, ANN)
    assert world.look(reading.by_number, ask.number).baton is None


def test_a_deputy_hears_each_late_nudge_and_the_clock_goes_on(world: World) -> None:
    ask = world.file(person_id=OMAR)
    world.act(OMAR, acknowledging.acknowledge, ask.number)
    world.act(OMAR, absences.leave, None, PIA)
    for _ in range(20):
        world.forward(days=1)
        while world.act(None, due.nudge):
            pass
    with world.ledger.reading() as connection:
        rungs = set(connection.execute(select(nudges.c.rung)).scalars())
    assert {"late:1", "late:1+deputy"} <= rungs


def test_the_deputy_reads_of_many_monkeys_once(world: World) -> None:
    for _ in range(5):
        world.file(person_id=OMAR)
    world.act(OMAR, absences.leave, None, PIA)
    assert told(world, "baton_offered") == []
    assert told(world, "batons_offered") == [PIA]


def test_what_is_due_during_the_absence_is_offered_until_then_only(world: World) -> None:
    ask = world.file(person_id=OMAR)
    until = ask.due + timedelta(days=20)
    world.act(OMAR, absences.leave, until, PIA)
    baton = world.look(reading.by_number, ask.number).baton
    assert baton is not None
    assert baton.expires_at == ask.due


def test_a_deputy_to_whom_nothing_is_offered_hears_that_they_stand_in(world: World) -> None:
    world.act(OMAR, absences.leave, world.now + timedelta(days=2), PIA)
    assert told(world, "you_stand_in") == [PIA]
    world.file(person_id=LIN)
    world.act(LIN, absences.leave, None, PIA)
    assert told(world, "you_stand_in") == [PIA]
    assert told(world, "baton_offered") == [PIA]


def test_two_who_are_away_at_once_cannot_stand_in_for_each_other(world: World) -> None:
    days = [world.now + timedelta(days=number) for number in range(6)]
    world.act(LIN, absences.leave, days[4], OMAR, days[1])
    with pytest.raises(CannotDeputise) as refused:
        world.act(OMAR, absences.leave, days[5], LIN, days[3])
    assert refused.value.why == "each_other"
    world.act(OMAR, absences.leave, days[5], LIN, days[4])


def test_who_left_has_not_come_back_when_slack_tells_late_that_they_joined(world: World) -> None:
    assert world.act(None, leaving.joined, profile("UNEW")).gone is False
    world.act(None, leaving.changed, profile("UNEW", is_deleted=True))
    assert world.act(None, leaving.joined, profile("UNEW")).gone is True
    assert world.act(None, leaving.changed, profile("UNEW")).gone is False
