"""The settings of a department in `/dept`: each part is edited in its form; others read what it promises."""

from datetime import timedelta

from sandbox.clock import Clock
from sandbox.people import Person
from store import departments
from store.queries import asks
from store.snapshots import Department
from tests.hospital import BatonStory
from tests.stories.conftest import StoryWorld


def edit(slack: BatonStory, who: Person, part: str) -> None:
    """Press the Edit button of one part."""
    view = slack.modal(who)
    block = next(one for one in view.blocks if f"*{part}*" in str(one.get("text")))
    slack.acts.click(who, view, block["block_id"], block["accessory"]["action_id"], {})


def equipment(world: StoryWorld) -> Department:
    found = world.look(departments.called, "equipment")
    assert found is not None
    return found


def test_names_channel_and_language(world: StoryWorld, slack: BatonStory, lin: Person) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Names and channel")
    slack.fill(lin, {"Names": "Devices\n设备科", "Key": "two words"})
    assert "one short word" in (slack.submit(lin) or {})["Key"]
    slack.fill(lin, {"Key": "devices", "Names": "Devices\n财务"})
    assert "already" in (slack.submit(lin) or {})["Names"]
    slack.fill(lin, {"Names": "Devices\n设备科", "Language of its cards": "简体中文"})
    assert slack.submit(lin) is None
    shown = slack.reads(lin, "modal")
    assert "Saved." in shown
    assert "Devices, 设备科; key devices" in shown
    assert world.look(departments.called, "devices").locale == "zh-CN"


def test_who_is_taken_out_keeps_what_they_own_and_it_is_offered_to_the_lead(
    world: StoryWorld, slack: BatonStory, lin: Person, omar: Person, pia: Person
) -> None:
    ask = world.file(service="Repair a device")
    slack.forget()
    assert ask.owner.id == pia.id
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "People")
    slack.fill(lin, {"People": []})
    assert "nobody would be left" in (slack.submit(lin) or {})["People"]
    slack.fill(lin, {"People": [omar]})
    assert slack.submit(lin) is None
    assert "#1 is offered to @Lin" in slack.reads(lin, "modal")
    assert "still go to somebody who no longer works here: Repair a device" in slack.reads(lin, "modal")
    assert equipment(world).member_ids == (omar.id,)
    now = world.look(asks.by_number, 1)
    assert now.owner.id == pia.id
    assert now.baton is not None
    assert now.baton.receiver.id == lin.id
    slack.sees(lin, "no longer works in this department", where="dm")
    slack.sees(pia, "#1", where="dm")
    slack.close(lin)
    slack.click(lin, "Take", where="dm")
    slack.wait_until_quiet()
    assert world.look(asks.by_number, 1).owner.id == lin.id


def test_guests_and_bots_can_neither_lead_nor_work_there(
    world: StoryWorld, slack: BatonStory, lin: Person, vera: Person, omar: Person, pia: Person
) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "People")
    slack.fill(lin, {"Lead": vera})
    assert "cannot lead here" in (slack.submit(lin) or {})["Lead"]
    slack.fill(lin, {"Lead": lin, "People": [omar, vera]})
    assert "cannot own asks" in (slack.submit(lin) or {})["People"]
    slack.fill(lin, {"Lead": omar, "People": [pia, lin]})
    assert slack.submit(lin) is None
    assert equipment(world).lead_id == omar.id
    slack.sees(omar, "made you the lead of Equipment", where="dm")
    edit(slack, lin, "Lead time")
    slack.sees(lin, "Only Omar Haddad, who leads Equipment", where="modal")


def test_who_comes_and_who_goes_is_told(
    slack: BatonStory, lin: Person, omar: Person, pia: Person, ann: Person, kit: Person
) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "People")
    slack.fill(lin, {"People": [omar, ann, kit]})
    assert slack.submit(lin) is None
    for person in (ann, kit):
        slack.sees(person, "added you to Equipment", where="dm")
    slack.sees(pia, "took you out of Equipment", where="dm")
    slack.click(ann, "What it promises", on="added you to Equipment", where="dm")
    slack.sees(ann, "Repair a device")
    told = [slack.reads(person, "dm") for person in (lin, omar)]
    assert not any("added you" in one or "took you" in one for one in told), "they stay, or did it themselves"


def test_hours_are_checked_while_they_are_typed(world: StoryWorld, slack: BatonStory, lin: Person) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Working hours")
    assert "I read 37.5 working hours a week." in slack.reads(lin, "modal")
    slack.fill(lin, {"Working hours": "mon: 9-12, 11-13"})
    assert "Not yet" in slack.reads(lin, "modal")
    assert "overlap" in slack.reads(lin, "modal")
    slack.fill(lin, {"Working hours": "daily: 22:00-06:00", "Public holidays of": "Germany (DE)", "Region": "Bavaria"})
    assert "There are: BB, BE" in (slack.submit(lin) or {})["Region"]
    slack.fill(lin, {"Region": "BY", "Closed days": "2026-12-24, christmas"})
    assert "is no day" in (slack.submit(lin) or {})["Closed days"]
    slack.fill(lin, {"Closed days": "2026-12-24\n2026-12-31", "Time zone": "Berlin"})
    assert slack.submit(lin) is None
    calendar = equipment(world).calendar
    assert (calendar.zone, calendar.country, calendar.region) == ("Europe/Berlin", "DE", "BY")
    assert len(calendar.closed) == 2
    assert "22:00-06:00" in slack.reads(lin, "modal")


def test_a_calendar_without_working_time_is_told_at_once(
    world: StoryWorld, slack: BatonStory, clock: Clock, lin: Person
) -> None:
    today = clock.now().date()
    every_monday = "\n".join((today + timedelta(days=7 * week)).isoformat() for week in range(54))
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Working hours")
    slack.fill(lin, {"Working hours": "mon: 09:00-12:00", "Closed days": every_monday})
    told = slack.submit(lin) or {}
    assert "no working time in the next year" in told["Working hours"]


def test_two_people_editing_one_form(world: StoryWorld, slack: BatonStory, lin: Person, gu: Person) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Lead time")
    slack.fill(lin, {"Lead time": "4d"})
    slack.command(gu, "/dept @equipment")
    edit(slack, gu, "提前期")
    slack.fill(gu, {"提前期": "3d"})
    assert slack.submit(gu) is None
    assert slack.submit(lin) is None
    shown = slack.reads(lin, "modal")
    assert "changed this meanwhile" in shown
    assert "lead time: 2d → 3d" in shown
    assert str(equipment(world).lead_time) == "3d"
    assert slack.submit(lin) is None
    assert str(equipment(world).lead_time) == "4d"
    slack.click(lin, "What changed", where="modal")
    told = slack.reads(lin, "modal")
    assert "lead time: 3d → 4d" in told
    assert "lead time: 2d → 3d" in told


def test_the_rota_is_set_there_too_with_its_gaps(
    world: StoryWorld, slack: BatonStory, clock: Clock, lin: Person, omar: Person, pia: Person
) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Duty rota")
    next_week = (clock.now() + timedelta(days=8)).date()
    slack.fill(lin, {"Who takes turns": [pia, omar], "The first one begins in the week of": next_week})
    assert slack.submit(lin) is None
    shown = slack.reads(lin, "modal")
    assert "5 working days have nobody on duty" in shown
    assert equipment(world).rota.people == (pia.id, omar.id)
    slack.click(lin, "Cover a day", where="modal")
    slack.fill(lin, {"Who is on duty that day": omar})
    assert slack.submit(lin) is None
    assert "On duty today: @Omar Haddad" in slack.reads(lin, "modal")


def test_a_standing_deputy_stands_in_where_away_names_nobody(
    world: StoryWorld, slack: BatonStory, ann: Person, lin: Person, omar: Person, pia: Person
) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Deputies")
    slack.fill(lin, {"For Pia Berg": pia})
    assert "nobody can stand in for themselves" in str(slack.submit(lin))
    slack.fill(lin, {"For Pia Berg": omar})
    assert slack.submit(lin) is None
    assert "@Omar Haddad for @Pia" in slack.reads(lin, "modal")
    slack.close(lin)
    slack.command(pia, "/away until friday")
    slack.sees(pia, "New asks go to @Omar Haddad", where="ephemeral")
    slack.ask(ann, "@equipment Repair a device: the pump leaks", channel="#ward")
    slack.sees(omar, "You own #1", where="dm")


def test_others_read_what_it_promises(slack: BatonStory, ann: Person, omar: Person) -> None:
    slack.command(ann, "/dept @equipment")
    slack.sees(ann, "Repair a device", where="ephemeral")
    slack.command(omar, "/dept equipment")
    slack.sees(omar, "Repair a device", where="ephemeral")
    slack.command(ann, "/dept @equipmnt")
    slack.sees(ann, "I do not understand", where="ephemeral")
    slack.click(ann, "@Equipment", where="ephemeral")
    slack.sees(ann, "Repair a device", where="ephemeral")
    slack.command(ann, "/dept help")
    slack.sees(ann, "/dept new", where="ephemeral")
    slack.assert_quiet()


def test_a_user_group_means_the_department(world: StoryWorld, slack: BatonStory, lin: Person, ann: Person) -> None:
    group = slack.workspace.add_usergroup(handle="devices", name="Devices", users=[lin.id])
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Names and channel")
    slack.fill(lin, {"User group": "@device"})
    assert "no user group @device" in (slack.submit(lin) or {})["User group"]
    slack.fill(lin, {"User group": "@Devices"})
    assert slack.submit(lin) is None
    assert equipment(world).usergroup_id == group.id
    assert "User group: @devices" in slack.reads(lin, "modal")
    slack.close(lin)
    slack.ask(ann, "@devices Replace a gasket by Friday 3pm")
    assert "#1" in slack.reads(ann, "ephemeral")
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Names and channel")
    slack.fill(lin, {"User group": ""})
    assert slack.submit(lin) is None
    assert equipment(world).usergroup_id is None


def test_zone_region_and_closed_days_are_read_while_they_are_typed(slack: BatonStory, gu: Person, lin: Person) -> None:
    slack.command(lin, "/dept @equipment")
    edit(slack, lin, "Working hours")
    slack.fill(lin, {"Closed days": "2026-11-23"})
    assert "Open next: Nov 24" in slack.reads(lin, "modal")
    slack.fill(lin, {"Time zone": "Berlinn"})
    assert "Did you mean Europe/Berlin" in slack.reads(lin, "modal")
    slack.fill(lin, {"Time zone": "Berlin", "Region": "BY"})
    assert "There are no regions to choose there" in slack.reads(lin, "modal")
    slack.close(lin)
    slack.command(gu, "/dept @equipment")
    assert "中国" in slack.reads(gu, "modal")
    edit(slack, gu, "工作时间")
    assert "德国 (DE)" in str(slack.modal(gu).blocks)
