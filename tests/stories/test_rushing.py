"""A rush, told through the whole bot: why it is one, who hears of it, and the owner's answer with the earliest time."""

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from store.queries import asks
from store.rules.lifecycle import Stage
from store.rules.rush import Cause
from tests.stories.conftest import StoryWorld


def test_a_line_that_says_why_is_filed_at_once(
    world: StoryWorld, slack: Story, ann: Person, omar: Person, lin: Person
) -> None:
    slack.ask(ann, "@equipment @omar Replace the gasket today, rush: a patient waits", channel="#ward")
    slack.sees(ann, "Filed as *#1*", where="ephemeral")
    slack.sees(omar, "You own #1", where="dm")
    slack.sees(lin, "It came from outside", where="dm")
    slack.sees(
        omar, "It came from outside: a customer, an accident or an authority. “a patient waits”", where="#equipment"
    )
    ask = world.look(asks.by_number, 1)
    assert (ask.what, ask.rush_reason, ask.rush_cause) == ("Replace the gasket", "a patient waits", Cause.OUTSIDE)
    assert ask.earliest is not None
    assert ask.due < ask.earliest
    slack.assert_quiet()


def test_which_kind_of_rush_is_asked_back_with_buttons(
    world: StoryWorld, slack: Story, ann: Person, omar: Person, lin: Person, zoe: Person
) -> None:
    slack.ask(ann, "@equipment @omar Replace the gasket today, rush: the board wants it", channel="#ward")
    asked = slack.sees(ann, "What made it one?", where="ephemeral")
    slack.click(ann, "Rush: we knew, but we waited", on=asked)
    slack.sees(ann, "Filed as *#1*", where="ephemeral")
    slack.sees(omar, "You own #1", where="dm")
    slack.sees(omar, "#1", where="#equipment")
    slack.sees(lin, "The need was known before", where="dm")
    slack.sees(zoe, "It counts in the rush share of your department", where="dm")
    ask = world.look(asks.by_number, 1)
    assert (ask.what, ask.rush_reason, ask.rush_cause) == ("Replace the gasket", "the board wants it", Cause.WAITED)
    slack.assert_quiet()


def test_a_reason_without_a_rush_stays_in_the_ask(world: StoryWorld, slack: Story, ann: Person, lin: Person) -> None:
    slack.ask(ann, "@equipment Replace the gasket by next friday, rush: a patient waits", channel="#ward")
    slack.sees(ann, "Filed as *#1*", where="ephemeral")
    ask = world.look(asks.by_number, 1)
    assert (ask.what, ask.rush_reason) == ("Replace the gasket, rush: a patient waits", None)


def test_a_time_in_the_reason_is_not_the_due_time(world: StoryWorld, slack: Story, ann: Person) -> None:
    slack.ask(ann, "@equipment Replace the gasket today, rush: the patient leaves tomorrow at 9:00", channel="#ward")
    slack.sees(ann, "Filed as *#1*", where="ephemeral")
    assert world.look(asks.by_number, 1).due.isoformat() == "2026-11-23T10:00:00+00:00"


def test_the_owner_offers_the_earliest_in_one_click(
    world: StoryWorld, slack: Story, clock: Clock, ann: Person, omar: Person, lin: Person
) -> None:
    slack.ask(ann, "@equipment @omar Replace the gasket today, rush: a patient waits", channel="#ward")
    slack.sees(ann, "Filed as *#1*", where="ephemeral")
    slack.sees(omar, "#1", where="#equipment")
    slack.sees(lin, "or offer the earliest time", where="dm")
    clock.forward(minutes=30)
    mine = slack.sees(omar, "You own #1", where="dm")
    slack.click(omar, "Offer the earliest: Wed 25 Nov 09:00", on=mine)
    offered = slack.sees(ann, "This is the time that Equipment promises for it.", where="dm")
    ask = world.look(asks.by_number, 1)
    assert (ask.stage, ask.due) == (Stage.ACKNOWLEDGED, ask.asked_due)
    slack.click(ann, "Yes, that's it", on=offered)
    slack.sees(omar, "agreed: #1 is promised for", where="dm")
    ask = world.look(asks.by_number, 1)
    assert ask.due == ask.earliest
    slack.assert_quiet()


def test_the_button_of_a_rush_is_on_its_card_and_for_the_owner_only(
    slack: Story, ann: Person, omar: Person, lin: Person
) -> None:
    slack.ask(ann, "@equipment @omar Replace the gasket today, rush: a patient waits", channel="#ward")
    slack.sees(lin, "Rush for Equipment", where="dm")
    card = slack.sees(lin, "#1", where="#equipment")
    slack.click(lin, "Offer the earliest: Wed 25 Nov 09:00", on=card)
    slack.sees(lin, "That is for Omar", where="ephemeral")
    slack.click(omar, "Acknowledge", on="You own #1", where="dm")
    slack.sees(ann, "has acknowledged #1", where="dm")
    slack.click(omar, "Offer the earliest: Wed 25 Nov 09:00", on=card)
    slack.sees(ann, "offers a change of #1", where="dm")
