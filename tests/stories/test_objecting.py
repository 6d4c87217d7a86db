"""An ask is put down, the asker objects once, and the lead decides with the facts before them."""

from dataclasses import replace

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from store import changing, departments, setting_up
from store.plans import as_plan, mark
from store.rules.permissions import Matter
from tests.hospital import BatonStory, Hospital
from tests.stories.test_owning import filed

PUMP = "@equipment repair: the pump of bed 7"


def put_down(slack: Story, owner: Person) -> None:
    slack.click(owner, "Put down ask", on="You own #1", where="dm")
    slack.fill(owner, {"Why you put it down": "No spare parts"})
    assert slack.submit(owner) is None


def object_to(slack: Story, ann: Person, lin: Person) -> None:
    slack.sees(ann, "No spare parts", where="dm")
    slack.click(ann, "I object", where="dm")
    slack.fill(ann, {"Why you still need it": "A patient lies in bed 7"})
    assert slack.submit(ann) is None
    slack.sees(lin, "A patient lies in bed 7", where="dm")


def test_the_lead_has_it_reopened(slack: Story, ann: Person, lin: Person, pia: Person) -> None:
    filed(slack, ann, pia, PUMP)
    put_down(slack, pia)
    object_to(slack, ann, lin)
    slack.click(lin, "Reopen it", on="objects: #1", where="dm")
    slack.fill(lin, {"Who shall own it?": "Who had it last: Pia Berg"})
    assert slack.submit(lin) is None
    slack.sees(pia, "A patient lies in bed 7", where="dm")
    slack.sees(ann, "has reopened #1", where="dm")
    slack.sees(lin, "You had it reopened.", where="dm")
    slack.click(ann, "Show all", where="#equipment")
    slack.sees(ann, "objected to putting it down", where="modal")


def test_the_lead_leaves_it_put_down(slack: Story, ann: Person, lin: Person, pia: Person) -> None:
    filed(slack, ann, pia, PUMP)
    put_down(slack, pia)
    object_to(slack, ann, lin)
    slack.click(lin, "Leave it put down", on="objects: #1", where="dm")
    slack.fill(lin, {"Why it stays put down": "A new pump is on its way"})
    assert slack.submit(lin) is None
    slack.sees(ann, "A new pump is on its way", where="dm")
    slack.sees(lin, "You left it put down", where="dm")
    slack.click(ann, "I object", where="dm")
    slack.sees(ann, "You have objected to this already", where="ephemeral")


def test_after_a_week_it_is_too_late(slack: Story, clock: Clock, ann: Person, pia: Person) -> None:
    filed(slack, ann, pia, PUMP)
    put_down(slack, pia)
    slack.sees(ann, "No spare parts", where="dm")
    slack.wait_until_quiet()
    clock.forward(days=8)
    slack.click(ann, "I object", where="dm")
    slack.sees(ann, "within 7 days", where="ephemeral")


def test_where_the_lead_put_it_down_it_is_said_plainly(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin, "@equipment Replace the gasket by Friday 3pm")
    put_down(slack, lin)
    told = slack.sees(ann, "leads Equipment, so this is decided", where="dm")
    assert "I object" not in str(told)


def test_another_lead_decides_what_the_last_one_left(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, pia: Person, omar: Person
) -> None:
    filed(slack, ann, pia, PUMP)
    put_down(slack, pia)
    object_to(slack, ann, lin)
    slack.open_home(lin)
    slack.sees(lin, "Objections that you decide", where="home")
    equipment = world.look(departments.called, "equipment")
    assert equipment is not None
    seen = mark(as_plan(equipment), Matter.PEOPLE)
    world.act("lin", changing.staff, equipment.id, seen, omar.id, [lin.id, pia.id])
    slack.sees(omar, "A patient lies in bed 7", where="dm")
    slack.open_home(omar)
    slack.click(omar, "Leave it put down", where="home")
    slack.fill(omar, {"Why it stays put down": "A new pump is on its way"})
    assert slack.submit(omar) is None
    slack.sees(ann, "A new pump is on its way", where="dm")
    slack.wait_until_quiet()
    assert "Objections that you decide" not in slack.reads(omar, "home")


def test_a_lead_from_the_file_is_handed_what_the_last_one_left(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, pia: Person, omar: Person
) -> None:
    filed(slack, ann, pia, PUMP)
    put_down(slack, pia)
    object_to(slack, ann, lin)
    equipment = world.look(departments.called, "equipment")
    assert equipment is not None
    world.act(None, setting_up.set_up, replace(as_plan(equipment), lead_id=omar.id, member_ids=(lin.id, pia.id)))
    slack.sees(omar, "You are the lead of Equipment now", where="dm")
    slack.sees(omar, "A patient lies in bed 7", where="dm")
    slack.wait_until_quiet()
    assert "leads Equipment now and decides" in slack.reads(lin, "dm"), "the last lead's message says so"
    assert "Leave it put down" not in slack.reads(lin, "dm")
    slack.click(omar, "Leave it put down", on="objects: #1", where="dm")
    slack.fill(omar, {"Why it stays put down": "A new pump is on its way"})
    assert slack.submit(omar) is None
    slack.sees(ann, "A new pump is on its way", where="dm")
