"""`/dept`, told through the whole bot: a new lead sets up a department from nothing, and it can be asked at once."""

from sandbox.deeds import Administrator
from sandbox.people import Person
from sandbox.views import View
from store import departments
from tests.hospital import BatonStory
from tests.stories.conftest import StoryWorld


def lab(world: StoryWorld):
    found = world.look(departments.called, "Laboratory")
    assert found is not None
    return found


def test_a_new_lead_sets_up_a_department_with_a_name_and_two_clicks(
    world: StoryWorld, slack: BatonStory, kit: Person, hua: Person, ann: Person
) -> None:
    slack.command(kit, "/dept", channel="#everyone")
    slack.sees(kit, "You work in The office, and lead no department", where="ephemeral")
    slack.click(kit, "Set up a new department", where="ephemeral")
    slack.fill(kit, {"Name": "Laboratory, 化验室", "People": [hua], "Channel": "#everyone"})
    assert slack.submit(kit) is None
    shown = slack.reads(kit, "modal")
    assert "Laboratory is set up." in shown
    assert "09:00-18:00" in shown
    assert "Holidays of China" in shown
    department = lab(world)
    assert (department.key, department.names) == ("laboratory", ("Laboratory", "化验室"))
    assert (department.lead_id, department.member_ids) == (kit.id, (hua.id,))
    assert department.calendar.zone == "Asia/Shanghai"
    slack.close(kit)
    slack.sees(hua, "Laboratory", where="dm")
    slack.ask(ann, "@化验室 Test the water by Friday 3pm", channel="#ward")
    slack.sees(kit, "You own #1", where="dm")
    slack.sees(ann, "Test the water", where="ephemeral")
    slack.sees(ann, "Test the water", where="#everyone")
    slack.assert_quiet()


def test_a_public_channel_is_joined_and_a_private_one_asks_for_an_invitation(
    world: StoryWorld, slack: BatonStory, kit: Person
) -> None:
    bot = slack.person(world.trial.installation.bot_user_id)
    for name in ("#ward", "#office"):
        Administrator(world.sandbox, slack.workspace).leave(bot, slack.workspace.place(name))
    slack.command(kit, "/dept new")
    slack.fill(kit, {"Name": "Laboratory", "Channel": "#office"})
    assert "/invite @Baton" in (slack.submit(kit) or {})["Channel"]
    slack.fill(kit, {"Channel": "#ward"})
    assert slack.submit(kit) is None
    assert bot.id in slack.workspace.place("#ward").members
    assert lab(world).channel_id == slack.workspace.place("#ward").id


def test_every_fault_is_told_at_its_field(world: StoryWorld, slack: BatonStory, kit: Person) -> None:
    slack.command(kit, "/dept new")
    typed = {
        "Name": "Finance",
        "Channel": "#everyone",
        "Working hours": "mon-fri: 18:00-09:00",
        "Time zone": "Asia/Shangai",
        "Lead time": "400d",
    }
    slack.fill(kit, typed)
    told = slack.submit(kit) or {}
    assert "ends before it begins" in told["Working hours"]
    assert "Did you mean Asia/Shanghai" in told["Time zone"]
    assert "a year at the most" in told["Lead time"]
    slack.fill(kit, {"Working hours": "mon-fri 9am-5pm", "Time zone": "Shanghai", "Lead time": "0d"})
    assert "more than nothing" in (slack.submit(kit) or {})["Lead time"]
    slack.fill(kit, {"Lead time": "4 hours"})
    assert "is a name of Finance already" in (slack.submit(kit) or {})["Name"]
    slack.fill(kit, {"Name": "Laboratory"})
    assert slack.submit(kit) is None
    assert str(lab(world).lead_time) == "4h"


def test_an_admin_sets_one_up_for_somebody_else_who_is_told(
    world: StoryWorld, slack: BatonStory, gu: Person, kit: Person, pia: Person
) -> None:
    slack.command(gu, "/dept")
    shown = slack.reads(gu, "ephemeral")
    assert "Equipment" in shown
    slack.sees(gu, where="ephemeral")
    slack.click(gu, "新建部门", where="ephemeral")
    slack.fill(gu, {"名称": "Laboratory", "频道": "#everyone", "主管": pia})
    assert slack.submit(gu) is None
    assert lab(world).lead_id == pia.id
    slack.sees(pia, "made you the lead of Laboratory", where="dm")
    slack.click(pia, "Settings", where="dm")
    assert "Laboratory" in slack.reads(pia, "modal")
    slack.close(pia)
    slack.command(kit, "/dept new")
    slack.fill(kit, {"Name": "Kitchen", "Channel": "#everyone", "Lead": pia})
    assert "A workspace admin can" in str(slack.submit(kit))
    slack.close(kit)
    slack.assert_quiet()


def test_guests_cannot_and_a_second_delivery_changes_nothing(
    world: StoryWorld, slack: BatonStory, vera: Person, kit: Person
) -> None:
    slack.command(vera, "/dept new")
    slack.sees(vera, "Guests cannot set up a department", where="ephemeral")
    slack.command(kit, "/dept new")
    slack.fill(kit, {"Name": "Laboratory", "Channel": "#everyone"})
    view = slack.modal(kit)
    assert isinstance(view, View)
    assert slack.submit(kit) is None
    slack.acts.submit(kit, view)
    assert len([one for one in world.look(departments.all_of) if one.name == "Laboratory"]) == 1
