"""Kept or late: what the asker reads at the delivery, the whole ask tells, and the digest and the lead's Home count."""

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from tests.stories.conftest import StoryWorld
from tests.stories.test_owning import delivered


def test_a_delivery_in_time_says_so_everywhere(slack: Story, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    assert "Delivered in time, as promised." in slack.reads(ann, "dm")
    assert "Lin Jianguo's time stands still since" in slack.reads(ann, "#equipment")
    slack.click(ann, "Yes, that's it", where="dm")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    question = slack.sees(ann, "Done.", where="dm")
    slack.click(ann, "Show all", on=question)
    whole = slack.reads(ann, "modal")
    assert "Ann Lee asked for it by" in whole
    assert "promise kept." in whole
    slack.close(ann)
    slack.command(lin, "/standup", "")
    slack.sees(lin, "promise kept", where="ephemeral")
    assert "1 of 1 kept" in slack.reads(lin, "ephemeral")


def test_the_lead_reads_of_rushes_and_promises_at_home(
    world: StoryWorld, slack: Story, clock: Clock, ann: Person, zoe: Person
) -> None:
    slack.ask(ann, "@equipment Replace the gasket today, rush: we forgot", channel="#ward")
    slack.sees(ann, "Filed as *#1*", where="ephemeral")
    slack.open_home(zoe)
    slack.sees(zoe, "your people asked others for 1 thing; 1 as a rush that counts (100%)", where="home")
    home = slack.reads(zoe, "home")
    assert "1 was asked for late though the need was known." in home
    slack.open_home(ann)
    slack.sees(ann, "Your asks (1)", where="home")
    assert "rush that counts" not in slack.reads(ann, "home")
