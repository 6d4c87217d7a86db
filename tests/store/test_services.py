"""The services of a department in the ledger: who may, one row for life, an event for each change, two at once."""

from dataclasses import replace

import pytest

from store import services
from store.plans import ServicePlan, as_plan
from store.queries import asks, department_changes
from store.refusals import BadServices, CannotWorkThere, MayNot, NoSuchService, ServiceChanged
from store.rules.offering import Input
from store.snapshots import Service
from tests.store.world import ANN, LIN, OMAR, World

CALIBRATE = ServicePlan("Calibrate", ("Calibrate", "校准"), "2d", OMAR, False, (Input("Scales"),), "A sticker", "Soon")


def offered(world: World) -> tuple[Service, ...]:
    return world.department().services


def repair(world: World) -> tuple[int, int, ServicePlan]:
    department = world.department()
    return department.id, department.services[0].id, as_plan(department).services[0]


def test_only_lead_and_admins_may(world: World) -> None:
    department, service, plan = repair(world)
    for one in (ANN, OMAR):
        with pytest.raises(MayNot):
            world.act(one, services.add, department, CALIBRATE)
        with pytest.raises(MayNot):
            world.act(one, services.change, department, service, plan, {})
        with pytest.raises(MayNot):
            world.act(one, services.move, department, service, 1)
        with pytest.raises(MayNot):
            world.act(one, services.archive, department, service)


def test_each_change_is_an_event_with_what_was_and_what_is(world: World) -> None:
    department, service, plan = repair(world)
    made = world.act(LIN, services.add, department, CALIBRATE)
    assert (made.inputs, made.changed_by) == ((Input("Scales"),), LIN)
    world.act(LIN, services.change, department, service, replace(plan, lead_time="3d"), services.marks(plan))
    found, _ = world.look(department_changes.page, department, 0)
    newest = found[0]
    assert newest.actor is not None
    assert newest.actor.id == LIN
    was, now = (
        next(one for one in held["services"] if one["name"] == plan.name) for held in (newest.before, newest.after)
    )
    assert (was["lead_time"], now["lead_time"]) == ("1d", "3d")
    before = len(found)
    world.act(LIN, services.change, department, service, replace(plan, lead_time="3d"), services.marks(plan))
    assert len(world.look(department_changes.page, department, 0)[0]) == before


def test_asks_keep_their_service_through_a_new_name_and_the_archive(world: World) -> None:
    department, service, plan = repair(world)
    number = world.file(service_id=service).number
    renamed = replace(plan, name="Mend", names=("Mend",))
    world.act(LIN, services.change, department, service, renamed, services.marks(plan))
    assert world.look(asks.by_number, number).service_name == "Mend"
    world.act(LIN, services.archive, department, service)
    assert world.look(asks.by_number, number).service_name == "Mend"
    with pytest.raises(NoSuchService):
        world.act(LIN, services.archive, department, service)
    assert world.act(LIN, services.add, department, renamed).id == service


def test_a_name_of_an_archived_service_can_be_given_to_another(world: World) -> None:
    department, service, _ = repair(world)
    world.act(LIN, services.archive, department, service)
    other = offered(world)[0]
    plan = as_plan(world.department()).services[0]
    renamed = replace(plan, name="Repair a device", names=("Repair a device",))
    assert world.act(LIN, services.change, department, other.id, renamed, services.marks(plan)).id == other.id


def test_the_second_of_two_sees_what_the_first_changed(world: World) -> None:
    department, service, plan = repair(world)
    seen = services.marks(plan)
    world.act(LIN, services.change, department, service, replace(plan, lead_time="3d"), seen)
    with pytest.raises(ServiceChanged) as changed:
        world.act(LIN, services.change, department, service, replace(plan, restate=True), seen)
    assert changed.value.fields == ("lead_time",)
    assert changed.value.by is not None
    assert changed.value.by.id == LIN
    same = replace(plan, lead_time="3d", restate=True)  # what both want is no matter to be told
    assert world.act(LIN, services.change, department, service, same, seen).restate


def test_what_cannot_be_kept_is_refused(world: World) -> None:
    department, _, _ = repair(world)
    with pytest.raises(BadServices):
        world.act(LIN, services.add, department, replace(CALIBRATE, names=("Calibrate", "REPAIR ")))
    with pytest.raises(CannotWorkThere):
        world.act(LIN, services.add, department, replace(CALIBRATE, owner_id="UNOBODY"))


def test_the_order_is_the_leads(world: World) -> None:
    department, service, _ = repair(world)
    world.act(LIN, services.move, department, service, 1)
    assert [one.name for one in offered(world)] == ["Device records", "Repair a device"]
    world.act(LIN, services.move, department, service, 1)
    assert [one.name for one in offered(world)] == ["Device records", "Repair a device"]
