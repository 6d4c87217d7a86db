"""A change that the owner offers and the asker does not answer: nudged twice, then the lead hears of it.

What was asked stands all the while, and so do the owner's own nudges.
"""

from datetime import timedelta

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story


def offered(slack: Story, clock: Clock, ann: Person, pia: Person) -> None:
    slack.ask(ann, "@equipment repair: the pump of bed 7 by December 11 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.click(pia, "Acknowledge with changes", on="You own #1", where="dm")
    slack.fill(pia, {"By then": clock.now() + timedelta(days=30)})
    assert slack.submit(pia) is None
    slack.sees(ann, "offers a change of #1", where="dm")
    slack.wait_until_quiet()
    slack.forget()


def test_the_asker_is_nudged_for_the_answer_and_gives_it_in_the_nudge(
    slack: Story, clock: Clock, ann: Person, pia: Person
) -> None:
    offered(slack, clock, ann, pia)
    clock.forward(days=1)
    slack.sees(ann, "What you asked stands until you answer", where="dm")
    slack.click(ann, "Yes, that's it", on="What you asked stands until you answer", where="dm")
    slack.sees(pia, "agreed: #1 is promised for", where="dm")
    slack.wait_until_quiet()
    slack.forget()
    clock.forward(days=2)
    assert "waits for your answer" not in slack.reads(ann, "dm")


def test_after_two_nudges_the_lead_hears(slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person) -> None:
    offered(slack, clock, ann, pia)
    clock.forward(days=1)
    slack.sees(ann, "What you asked stands until you answer", where="dm")
    clock.forward(days=1)
    slack.sees(ann, "still waits for your answer", where="dm")
    clock.forward(days=1)
    slack.sees(lin, "after two nudges", where="dm")
    clock.forward(days=3)
    assert slack.reads(lin, "dm").count("after two nudges") == 1
