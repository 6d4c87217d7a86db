"""`/standup`: the digest, for one or for a channel; and by itself, every so often."""

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from store import closing, departments
from tests.hospital import Hospital
from tests.stories.test_owning import acknowledged, delivered, filed


def test_the_lead_reads_the_digest_of_their_department(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.ask(ann, "@equipment Replace the lamp of the microscope by Thursday 3pm", channel="#ward")
    slack.sees(ann, "#2", where="ephemeral")
    slack.wait_until_quiet()
    slack.forget()
    slack.command(lin, "/standup", channel="#equipment")
    digest = slack.sees(lin, "Standup of Equipment", where="ephemeral")
    text = str(digest.blocks)
    assert "2 asks are open" in text
    assert "*Not acknowledged* (1)" in text
    assert "acknowledges" in text
    assert "1 more ask is on track." in text
    assert "<@" not in text
    slack.assert_quiet()


def test_each_ask_stands_in_its_most_pressing_part(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    clock.forward(days=4, hours=1)
    slack.wait_until_quiet()
    slack.command(lin, "/standup", channel="#equipment")
    assert "*Due today* (1)" in str(slack.sees(lin, "Standup of Equipment", where="ephemeral").blocks)
    clock.forward(days=3)
    slack.wait_until_quiet()
    slack.command(lin, "/standup", channel="#equipment")
    late = str(slack.sees(lin, "Standup of Equipment", where="ephemeral").blocks)
    assert "*Late* (1)" in late
    assert "7 days old" in late
    assert "Due today" not in late


def test_what_awaits_a_verdict_and_what_was_closed(slack: Story, ann: Person, lin: Person, kit: Person) -> None:
    delivered(slack, ann, lin)
    slack.command(kit, "/standup @equipment", channel="#office")
    assert "awaiting a verdict* (1)" in str(slack.sees(kit, "Standup of Equipment", where="ephemeral").blocks)
    slack.click(ann, "Yes, that's it", where="dm")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    slack.command(kit, "/standup 设备科", channel="#office")
    closed = str(slack.sees(kit, "Nothing is open.", where="ephemeral").blocks)
    assert "Closed since" in closed
    assert "Done" in closed


def test_a_private_ask_keeps_its_words_from_the_digest(slack: Story, ann: Person, lin: Person) -> None:
    slack.command(ann, "/ask", channel="#ward")
    slack.fill(ann, {"Department": "Equipment"})
    slack.fill(
        ann,
        {
            "What do you need?": "Quietly replace the lock of the safe",
            "Private": ["Only the asker, the owner and their leads can read it"],
        },
    )
    assert slack.submit(ann) is None
    slack.wait_until_quiet()
    slack.command(lin, "/standup", channel="#equipment")
    text = str(slack.sees(lin, "Standup of Equipment", where="ephemeral").blocks)
    assert "a private ask" in text
    assert "safe" not in text


def test_the_digest_can_be_shown_to_the_channel(slack: Story, lin: Person, omar: Person) -> None:
    slack.command(lin, "/standup", channel="#equipment")
    slack.sees(lin, "Standup of Equipment", where="ephemeral")
    slack.click(lin, "Post to this channel", where="ephemeral")
    slack.sees(omar, "Standup of Equipment", where="#equipment")
    slack.sees(lin, "on its way", where="ephemeral")
    slack.assert_quiet()


def test_the_digest_of_a_department_that_was_closed_meanwhile_is_not_shown(
    slack: Story, world: Hospital, lin: Person
) -> None:
    slack.command(lin, "/standup", channel="#equipment")
    slack.sees(lin, "Standup of Equipment", where="ephemeral")
    equipment = next(one for one in world.look(departments.all_of) if one.key == "equipment")
    world.act("lin", closing.close, equipment.id)
    slack.click(lin, "Post to this channel", where="ephemeral")
    slack.sees(lin, "no such department here any more", where="ephemeral")


def test_a_schedule_posts_by_itself_until_it_is_stopped(slack: Story, clock: Clock, lin: Person, omar: Person) -> None:
    slack.command(lin, "/standup every weekday at 09:30", channel="#equipment")
    slack.sees(lin, "Monday to Friday at 09:30 (Asia/Shanghai)", where="ephemeral")
    clock.forward(minutes=29)
    slack.assert_quiet()
    clock.forward(minutes=1)
    slack.sees(omar, "Standup of Equipment", where="#equipment")
    clock.forward(days=1)
    slack.sees(omar, "Standup of Equipment", where="#equipment")
    slack.command(lin, "/standup stop", channel="#equipment")
    slack.sees(lin, "no longer posted in this channel", where="ephemeral")
    clock.forward(days=7)
    slack.command(lin, "/standup stop", channel="#equipment")
    slack.sees(lin, "No standup of Equipment was scheduled", where="ephemeral")
    slack.assert_quiet()


def test_only_the_lead_or_an_admin_may_schedule(slack: Story, omar: Person, gu: Person) -> None:
    slack.command(omar, "/standup every weekday at 09:30", channel="#equipment")
    slack.sees(omar, "who leads Equipment, or a workspace admin can schedule", where="ephemeral")
    slack.command(gu, "/standup @设备科 每个工作日 上午9点半", channel="#office")
    slack.sees(gu, "周一到周五 09:30", where="ephemeral")
    slack.assert_quiet()


def test_what_is_not_understood_is_asked_back(slack: Story, lin: Person, kit: Person) -> None:
    slack.command(lin, "/standup every weekday at half past", channel="#equipment")
    slack.sees(lin, "I do not understand “every weekday at half past”", where="ephemeral")
    slack.command(lin, "/standup @finanse", channel="#equipment")
    slack.sees(lin, "@Finance", where="ephemeral")
    slack.click(lin, "@Finance", where="ephemeral")
    slack.sees(lin, "Standup of Finance", where="ephemeral")
    slack.command(lin, "/standup help", channel="#equipment")
    slack.sees(lin, "/standup every weekday at 09:30", where="ephemeral")
    slack.assert_quiet()


def test_on_monday_it_tells_what_was_closed_on_friday(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    clock.forward(days=4, hours=6)
    slack.click(ann, "Yes, that's it", where="dm")
    slack.wait_until_quiet()
    clock.forward(days=2, hours=18)
    slack.command(lin, "/standup", channel="#equipment")
    assert "Done" in str(slack.sees(lin, "Standup of Equipment", where="ephemeral").blocks)
