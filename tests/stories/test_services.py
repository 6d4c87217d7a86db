"""A lead writes the services of their department in Slack: add, edit, move, archive; two at once; bad input."""

from dataclasses import replace

import pytest

from sandbox.people import Person
from store import departments, plans, setting_up
from store.snapshots import Service
from tests.hospital import BatonStory
from tests.stories.conftest import StoryWorld


def services(world: StoryWorld) -> list[Service]:
    found = world.look(departments.called, "equipment")
    assert found is not None
    return list(found.services)


def names(world: StoryWorld) -> list[str]:
    return [one.name for one in services(world)]


@pytest.fixture
def opened(slack: BatonStory, lin: Person) -> BatonStory:
    """Lin has the list of Equipment's services open."""
    slack.command(lin, "/dept @equipment")
    services_button(slack, lin)
    return slack


def services_button(slack: BatonStory, person: Person) -> None:
    view = slack.modal(person)
    block = next(one for one in view.blocks if (one.get("accessory") or {}).get("action_id") == "services.open")
    slack.acts.click(person, view, block["block_id"], "services.open")


def menu(slack: BatonStory, person: Person, service: Service, label: str) -> None:
    """Choose from the menu of a service."""
    view = slack.modal(person)
    block = next(one for one in view.blocks if one["block_id"] == f"service:{service.id}")
    option = next(one for one in block["accessory"]["options"] if one["text"]["text"] == label)
    slack.acts.click(person, view, block["block_id"], "services.menu", {"selected_option": option})


def test_a_service_is_added_with_all_that_askers_read(
    world: StoryWorld, opened: BatonStory, lin: Person, omar: Person, ann: Person
) -> None:
    slack = opened
    slack.click(lin, "Add a service", where="modal")
    slack.fill(
        lin,
        {
            "Name": "Calibrate  scales",
            "Other names": "calibration, 校准\nthe weighing, yearly",
            "How long it takes": "4 hours",
            "Who owns it by default": omar,
            "What you promise": "We come with weights.",
            "What done looks like": "A sticker with the date.",
            "Input 1": "Scales",
            "Help for input 1": "The number on the plate",
        },
    )
    slack.click(lin, "Another input", where="modal")
    slack.fill(lin, {"Input 2": "Last time", "Is input 2 needed?": []})
    assert slack.submit(lin) is None
    assert "*Calibrate scales* is saved." in slack.reads(lin, "modal")
    made = services(world)[-1]
    assert made.names == ("Calibrate scales", "calibration", "校准", "the weighing", "yearly")
    assert (str(made.lead_time), made.owner_id, made.restate) == ("4h", omar.id, False)
    assert (made.promise, made.done_means) == ("We come with weights.", "A sticker with the date.")
    assert [(one.name, one.help, one.required) for one in made.inputs] == [
        ("Scales", "The number on the plate", True),
        ("Last time", "", False),
    ]
    slack.ask(ann, "@equipment 校准三号秤")
    assert "The number on the plate" in slack.reads(ann, "modal")


def test_it_is_moved_and_archived_and_taken_up_again(world: StoryWorld, opened: BatonStory, lin: Person) -> None:
    slack = opened
    repair, lend, write_off = services(world)
    menu(slack, lin, lend, "Move up")
    assert names(world) == ["Lend a device", "Repair a device", "Write off a device"]
    menu(slack, lin, write_off, "Archive service")
    assert "is offered no more" in slack.reads(lin, "modal")
    assert names(world) == ["Lend a device", "Repair a device"]
    slack.click(lin, "Add a service", where="modal")
    slack.fill(lin, {"Name": "Write off a device"})
    assert slack.submit(lin) is None
    assert services(world)[-1].id == write_off.id
    menu(slack, lin, repair, "Edit")
    slack.fill(lin, {"Name": "Mend a device", "How long it takes": "2d"})
    assert slack.submit(lin) is None
    assert (services(world)[1].id, services(world)[1].name) == (repair.id, "Mend a device")
    slack.close(lin)
    slack.click(lin, "What changed", where="modal")
    shown = slack.reads(lin, "modal")
    assert "another order" in shown
    assert "Mend a device added" in shown


def test_what_cannot_be_is_said_under_its_field(
    world: StoryWorld, opened: BatonStory, lin: Person, vera: Person
) -> None:
    slack = opened
    slack.click(lin, "Add a service", where="modal")
    slack.fill(lin, {"Name": "x" * 2_000, "How long it takes": "2d"})
    assert "too long for a name: 80 characters" in (slack.submit(lin) or {})["Name"]
    for written, told in (("0d", "more than nothing"), ("400d", "a year at the most"), ("soon", "2d (working days)")):
        slack.fill(lin, {"Name": "Mop", "How long it takes": written})
        assert told in (slack.submit(lin) or {})["How long it takes"]
    slack.fill(lin, {"Name": "REPAIR", "How long it takes": "2d"})
    assert "is called “REPAIR” already" in (slack.submit(lin) or {})["Name"]
    slack.fill(lin, {"Name": "Mop", "Who owns it by default": vera})
    assert "cannot own asks" in (slack.submit(lin) or {})["Who owns it by default"]
    slack.fill(lin, {"Who owns it by default": None, "Input 1": "Room", "What you promise": "y" * 501})
    assert "within 500 characters" in (slack.submit(lin) or {})["What you promise"]
    slack.fill(lin, {"What you promise": ""})
    slack.click(lin, "Another input", where="modal")
    slack.fill(lin, {"Input 2": "room"})
    assert "two inputs called “room”" in (slack.submit(lin) or {})["Input 1"]
    assert len(services(world)) == 3


def test_the_second_of_two_is_told_and_keeps_what_was_typed(
    world: StoryWorld, opened: BatonStory, lin: Person, gu: Person
) -> None:
    slack = opened
    repair = services(world)[0]
    slack.command(gu, "/dept @equipment")
    services_button(slack, gu)
    menu(slack, gu, repair, "修改")
    menu(slack, lin, repair, "Edit")
    slack.fill(gu, {"需要多长时间": "3d", "您的承诺": "很快"})
    assert slack.submit(gu) is None
    slack.fill(lin, {"How long it takes": "5d"})
    assert slack.submit(lin) is None
    shown = slack.reads(lin, "modal")
    assert "顾清" in shown
    assert "changed this service meanwhile" in shown
    assert "3d" in shown
    assert "很快" in shown
    assert str(services(world)[0].lead_time) == "3d"
    assert slack.submit(lin) is None
    assert (str(services(world)[0].lead_time), services(world)[0].promise) == ("5d", "很快")


def test_who_leads_no_more_is_refused_kindly(world: StoryWorld, opened: BatonStory, lin: Person, omar: Person) -> None:
    found = world.look(departments.called, "equipment")
    assert found is not None
    plan = plans.as_plan(found)
    world.act("gu", setting_up.set_up, replace(plan, lead_id=omar.id))
    menu(opened, lin, services(world)[0], "Archive service")
    assert "Only Omar Haddad, who leads Equipment" in opened.reads(lin, "modal")
    assert len(services(world)) == 3


def test_a_service_has_nudges_of_its_own_and_the_windows_beneath_follow(
    world: StoryWorld, opened: BatonStory, lin: Person
) -> None:
    slack = opened
    repair, lend, _ = services(world)
    menu(slack, lin, repair, "Nudges")
    assert "As the department: 2 working hours" in str(slack.modal(lin).blocks)
    slack.fill(lin, {"Owner: not acknowledged after": "4 working hours"})
    assert slack.submit(lin) is None
    assert services(world)[0].ladder_changes == {"not_acknowledged": "4h"}
    assert "It has nudges of its own." in slack.reads(lin, "modal")
    menu(slack, lin, lend, "Archive service")
    slack.click(lin, "Add a service", where="modal")
    slack.fill(lin, {"Name": "Calibrate"})
    assert slack.submit(lin) is None
    slack.close(lin)
    settings = slack.reads(lin, "modal")
    assert "Calibrate (" in settings
    assert "Lend a device" not in settings
    assert "1 service has its own." in settings
