"""Closing a department: refused while it holds monkeys, which are handed over at once; closed, it takes no asks."""

from sandbox.people import Person
from store import departments
from tests.hospital import BatonStory
from tests.stories.conftest import StoryWorld


def test_what_it_holds_is_named_and_handed_over_and_then_it_is_closed(
    world: StoryWorld, slack: BatonStory, ann: Person, lin: Person, tao: Person
) -> None:
    world.file()
    world.file(what="Calibrate the scales")
    slack.forget()
    slack.command(lin, "/dept @equipment")
    slack.click(lin, "Close this department", where="modal")
    assert "holds 2 open asks, so it cannot be closed yet:* #1, #2" in slack.reads(lin, "modal")
    slack.fill(
        lin, {"Offer them to": "Purchasing", "What the next owners should know": "We close. All is in the file."}
    )
    assert slack.submit(lin) is None
    assert "2 asks are offered to Purchasing" in slack.reads(lin, "modal")
    slack.click(lin, "Close this department", where="modal")
    assert "cannot be closed yet" in slack.reads(lin, "modal")
    slack.close(lin)
    slack.close(lin)
    for number in (1, 2):
        slack.click(tao, "接手", on=f"#{number}", where="dm")
        slack.wait_until_quiet()
    slack.command(lin, "/dept @equipment")
    slack.click(lin, "Close this department", where="modal")
    assert slack.submit(lin) is None
    assert "Equipment was closed." in slack.reads(lin, "modal")
    assert world.look(departments.called, "equipment") is None
    slack.close(lin)
    slack.forget()
    slack.ask(ann, "@equipment Lend us a pump", channel="#ward")
    slack.sees(ann, "", where="ephemeral")
    slack.command(lin, "/dept")
    slack.sees(lin, "Equipment was closed.", where="ephemeral")
    slack.click(lin, "Open it again", where="ephemeral")
    assert world.look(departments.called, "equipment") is not None


def test_a_form_that_was_open_meanwhile_is_told(world: StoryWorld, slack: BatonStory, lin: Person, ann: Person) -> None:
    slack.ask(ann, "", channel="#ward")
    slack.fill(ann, {"Department": "Equipment", "What do you need?": "Lend us a pump"})
    slack.command(lin, "/dept @equipment")
    slack.click(lin, "Close this department", where="modal")
    assert slack.submit(lin) is None
    assert "was closed and takes no asks" in str(slack.submit(ann))
    slack.assert_quiet()
