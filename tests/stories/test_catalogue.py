"""What departments promise, for anybody to read: from Home and by command; each service leads to the form."""

from dataclasses import replace

from sandbox.people import Person
from store import departments, plans, setting_up
from store.queries import asks
from tests.hospital import BatonStory
from tests.stories.conftest import StoryWorld


def test_home_leads_to_a_department_and_its_service_to_the_form(
    world: StoryWorld, slack: BatonStory, ann: Person
) -> None:
    slack.open_home(ann)
    slack.click(ann, "What departments promise", where="home")
    slack.click(ann, "Show services", where="modal")
    shown = slack.reads(ann, "modal")
    assert "Repair a device" in shown
    assert "Takes 1 working day." in shown
    assert "Open now." in shown
    assert "What comes in now goes to @Lin" in shown
    assert "Closed next: Fri 1 Jan" in shown
    slack.click(ann, "All departments", where="modal")
    assert "Finance" in slack.reads(ann, "modal")
    slack.click(ann, "Show services", where="modal")
    slack.click(ann, "Ask for this", where="modal")
    slack.fill(ann, {"What do you need?": "The pump in room 4 leaks"})
    assert slack.submit(ann) is None
    assert world.look(asks.by_number, 1).service_name == "Repair a device"
    slack.sees(ann, "Filed as #1", where="modal")


def test_it_reads_in_chinese_too(slack: BatonStory, mei: Person) -> None:
    slack.open_home(mei)
    slack.click(mei, "各部门的服务承诺", where="home")
    slack.click(mei, "查看服务", where="modal")
    assert "需要 1 个工作日" in slack.reads(mei, "modal")
    assert "元旦" in slack.reads(mei, "modal")


def test_guests_see_what_they_may_ask(slack: BatonStory, vera: Person) -> None:
    slack.open_home(vera)
    slack.click(vera, "What departments promise", where="home")
    shown = slack.reads(vera, "modal")
    assert "Equipment" in shown
    assert "Finance" not in shown


def test_dept_shows_it_to_anybody_with_what_each_service_needs(slack: BatonStory, ann: Person, vera: Person) -> None:
    slack.command(ann, "/dept @equipment")
    shown = slack.reads(ann, "ephemeral")
    assert "We collect it, wipe its data" in shown
    assert "Needed to start: Inventory number" in shown
    assert "Helpful to know: Why" in shown
    assert "Done means: It is out of the ward" in shown
    slack.click(ann, "Ask for this", on="Write off a device", where="ephemeral")
    slack.command(vera, "/dept @finance")
    slack.sees(vera, "Guests cannot ask Finance", where="ephemeral")
    slack.command(vera, "/dept @equipment")
    slack.sees(vera, "Repair a device", where="ephemeral")


def test_many_services_stand_on_pages_and_none_is_lost(world: StoryWorld, slack: BatonStory, ann: Person) -> None:
    found = world.look(departments.called, "equipment")
    assert found is not None
    plan = plans.as_plan(found)
    many = tuple(replace(plan.services[0], name=f"Service {n:02}", names=(f"Service {n:02}",)) for n in range(1, 21))
    world.act("lin", setting_up.set_up, replace(plan, services=many))
    slack.command(ann, "/dept @equipment")
    read = ""
    for label in ("More", "More", ""):
        read += slack.reads(ann, "ephemeral")
        if label:
            slack.click(ann, label, where="ephemeral")
    assert [n for n in range(1, 21) if f"Service {n:02}" not in read] == []
    slack.open_home(ann)
    slack.click(ann, "What departments promise", where="home")
    slack.click(ann, "Show services", where="modal")
    slack.click(ann, "More", where="modal")
    assert "Service 09" in slack.reads(ann, "modal")
    slack.click(ann, "Earlier", where="modal")
    assert "Service 01" in slack.reads(ann, "modal")
