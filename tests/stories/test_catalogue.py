"""What departments promise, for anybody to read: from Home and by command; each service leads to the form."""

from sandbox.people import Person
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
    assert "需要1 个工作日" in slack.reads(mei, "modal")
    assert "元旦" in slack.reads(mei, "modal")


def test_guests_see_what_they_may_ask(slack: BatonStory, vera: Person) -> None:
    slack.open_home(vera)
    slack.click(vera, "What departments promise", where="home")
    shown = slack.reads(vera, "modal")
    assert "Equipment" in shown
    assert "Finance" not in shown
