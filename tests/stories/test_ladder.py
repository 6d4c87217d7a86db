"""A lead edits how a department's asks are nudged, or those of one service, and sees it on an example at once."""

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from store import changing, departments
from store.plans import as_plan, mark
from store.refusals import MayNot
from store.rules.permissions import Matter
from store.snapshots import Department
from tests.hospital import BatonStory, Hospital
from tests.stories.test_department_settings import edit
from tests.stories.test_my_nudges import owned

FIRST = "Owner: not acknowledged after"


def equipment(world: Hospital) -> Department:
    found = world.look(departments.called, "equipment")
    assert found is not None
    return found


def test_the_example_follows_what_is_chosen_and_it_holds_for_what_is_open(
    slack: BatonStory, world: Hospital, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Nudges")
    slack.sees(lin, "owner: 2 working hours without an acknowledgement", where="modal")
    slack.fill(lin, {FIRST: "1 working hour"})
    slack.sees(lin, "owner: 1 working hour without an acknowledgement", where="modal")
    slack.fill(lin, {"Owner: late, again after each": "never"})
    assert slack.submit(lin) is None
    slack.sees(lin, "2 rungs are other than usual.", where="modal")
    ladder = equipment(world).ladder
    assert (str(ladder.not_acknowledged), ladder.late) == ("1h", None)
    slack.close(lin, whole_stack=True)
    clock.forward(hours=1)
    slack.sees(pia, "waits to hear that you have this", where="dm")
    slack.click(pia, "Why did I get this?", on="waits to hear", where="dm")
    slack.sees(pia, "1 working hour without an acknowledgement", where="modal")


def test_a_service_is_nudged_otherwise_than_its_department(
    slack: BatonStory, world: Hospital, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Nudges")
    slack.fill(lin, {"For": "Service: Repair a device"})
    slack.sees(lin, "As the department: 2 working hours", where="modal")
    slack.fill(lin, {FIRST: "4 working hours"})
    assert slack.submit(lin) is None
    slack.sees(lin, "1 service has its own.", where="modal")
    repair = next(one for one in equipment(world).services if one.name == "Repair a device")
    assert repair.ladder_changes == {"not_acknowledged": "4h"}
    slack.close(lin, whole_stack=True)
    clock.forward(hours=2)
    slack.sees_not(pia, "waits to hear", where="dm")
    clock.forward(hours=3, minutes=30)
    slack.sees(pia, "waits to hear", where="dm")
    slack.click(pia, "Why did I get this?", on="waits to hear", where="dm")
    slack.sees(pia, "that of the service “Repair a device” of Equipment", where="modal")


def test_reminders_out_of_order_are_told_in_the_form(slack: BatonStory, lin: Person) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Nudges")
    slack.fill(lin, {"Asker: verdict, first reminder after": "5 working days"})
    slack.sees(lin, "has to come after the first", where="modal")
    assert "Asker: verdict, second reminder after" in (slack.submit(lin) or {})


def test_who_comes_second_is_told_and_can_save_again(slack: BatonStory, world: Hospital, lin: Person) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Nudges")
    now = equipment(world)
    seen = mark(as_plan(now), Matter.LADDER)
    world.act("gu", changing.climb_by, now.id, seen, now.ladder.changed({"half_time": "off"}))
    slack.fill(lin, {FIRST: "1 working hour"})
    slack.submit(lin)
    slack.sees(lin, "meanwhile", where="modal")
    assert equipment(world).ladder.half_time is None
    slack.submit(lin)
    assert str(equipment(world).ladder.not_acknowledged) == "1h"


def test_only_lead_and_admins_may(world: Hospital) -> None:
    now = equipment(world)
    for who in ("pia", "ann", "vera"):
        with pytest.raises(MayNot):
            world.act(who, changing.climb_by, now.id, mark(as_plan(now), Matter.LADDER), now.ladder)
