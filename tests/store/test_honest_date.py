"""The earliest honest date from the ledger: who is away, who covers, and a promise that waits for somebody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, event

from store import absences, duty, plans, setting_up
from store.honest_date import HonestDate, honest_date
from store.queries import service_history
from store.refusals import InputsMissing
from store.rules.offering import Input
from tests.store.world import ANN, LIN, MONDAY_9, OMAR, PIA, World

DAY = timedelta(days=1)
TUESDAY = MONDAY_9 + DAY


def repair(world: World) -> HonestDate:
    """For "Repair a device", which Pia owns: one working day."""
    department = world.department()
    return world.look(honest_date, department, department.services[0], None)


def test_with_everybody_here_it_is_the_lead_time(world: World) -> None:
    assert repair(world) == HonestDate(TUESDAY, TUESDAY)


def test_the_owner_is_away_and_the_lead_is_there(world: World) -> None:
    world.act(PIA, absences.leave, TUESDAY + DAY, None, MONDAY_9 + timedelta(hours=4))
    found = repair(world)
    assert (found.at, found.is_moved) == (TUESDAY, False)
    assert [(one.person_id, one.cover_id) for one in found.away] == [(PIA, LIN)]


def test_the_deputy_covers(world: World) -> None:
    world.act(PIA, absences.leave, TUESDAY + DAY, OMAR, MONDAY_9 + timedelta(hours=4))
    assert [one.cover_id for one in repair(world).away] == [OMAR]


def test_with_all_of_them_away_it_moves_and_so_does_the_promise(world: World) -> None:
    for one in (PIA, LIN):
        world.act(one, absences.leave, TUESDAY + timedelta(hours=4), None, MONDAY_9 + timedelta(hours=3))
    found = repair(world)
    assert found.is_moved
    assert found.at == TUESDAY + timedelta(hours=4, minutes=30)  # at 13:30, when the afternoon begins
    assert found.away[0].cover_id is None
    service_id = world.department().services[0].id
    assert world.file(service_id=service_id).due == found.at


def test_who_stands_in_for_them_in_the_department_covers_and_gets_it(world: World) -> None:
    for one in (PIA, LIN):
        world.act(one, absences.leave, TUESDAY + DAY, None, MONDAY_9 - timedelta(hours=1))
    standing = replace(plans.as_plan(world.department()), deputies=((PIA, OMAR),))
    world.act(LIN, setting_up.set_up, standing)
    found = repair(world)
    assert (found.is_moved, found.away[0].cover_id) == (False, OMAR)
    assert world.file(service_id=world.department().services[0].id).owner.id == OMAR


def test_a_deputy_who_is_away_too_covers_nothing(world: World) -> None:
    world.act(OMAR, absences.leave, TUESDAY + 2 * DAY, None, MONDAY_9 + timedelta(hours=2))
    world.act(PIA, absences.leave, TUESDAY + DAY, OMAR, MONDAY_9 + timedelta(hours=3))
    world.act(LIN, absences.leave, TUESDAY + DAY, None, MONDAY_9 + timedelta(hours=3))
    assert repair(world).at == TUESDAY + DAY


def test_who_is_on_duty_is_there(world: World) -> None:
    for one in (PIA, LIN):
        world.act(one, absences.leave, TUESDAY + DAY, None, MONDAY_9 + timedelta(hours=3))
    assert repair(world).is_moved
    world.act(LIN, duty.set_rota, world.department().id, [OMAR], date(2026, 11, 23))
    assert not repair(world).is_moved


def test_nobody_knows_until_when(world: World) -> None:
    for one in (PIA, LIN):
        world.act(one, absences.leave, None, None, MONDAY_9 + timedelta(hours=3))
    found = repair(world)
    assert (found.at, found.is_known) == (TUESDAY, False)


def test_who_is_away_now_is_replaced_by_a_member_who_is_there(world: World) -> None:
    for one in (PIA, LIN):
        world.act(one, absences.leave, TUESDAY + 3 * DAY, None)
    found = repair(world)
    assert (found.is_moved, [one.cover_id for one in found.away]) == (False, [OMAR])
    assert world.file(service_id=world.department().services[0].id).owner.id == OMAR


def test_filing_looks_for_absences_once(world: World) -> None:
    asked: list[str] = []

    def listen(connection: Connection, cursor: object, statement: str, *_: object) -> None:
        if "absences" in statement:
            asked.append(statement)

    event.listen(world.ledger.engine, "before_cursor_execute", listen)
    world.file()
    event.remove(world.ledger.engine, "before_cursor_execute", listen)
    assert len(asked) == 1


def needing(world: World, *inputs: Input, done_means: str | None = None) -> int:
    """Let the first service of Equipment need something to start. Returns its row id."""
    plan = plans.as_plan(world.department())
    first = replace(plan.services[0], inputs=inputs, done_means=done_means)
    world.act(LIN, setting_up.set_up, replace(plan, services=(first, *plan.services[1:])))
    return world.department().services[0].id


def test_what_a_service_needs_is_kept_with_the_ask(world: World) -> None:
    service_id = needing(world, Input("Room"), Input("Serial number", required=False), done_means="It runs")
    with pytest.raises(InputsMissing) as missing:
        world.file(service_id=service_id, inputs=(("Room", "  "),))
    assert (missing.value.field, missing.value.names) == ("input_0", ("Room",))
    ask = world.file(service_id=service_id, inputs=(("Room", " 4 "), ("Colour", "red")))
    assert [(one.name, one.answer) for one in ask.inputs] == [("Room", "4")]
    assert ask.done_means == "It runs"
    assert world.file(ANN).inputs == ()


def test_history_says_nothing_of_services_nobody_asked_for(world: World) -> None:
    department = world.department()
    assert world.look(service_history.of_services, department, [one.id for one in department.services]) == {}
