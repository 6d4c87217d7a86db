"""Nudges and their answers in place: on track, snooze, deliver; the asker's verdict; the lead who is told once.

The gasket is asked for on Monday at nine and promised for Friday at three, in Equipment's hours.
"""

from sandbox.clock import Clock
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.story import Story
from tests.stories.test_owning import acknowledged, delivered, filed


def test_not_acknowledged_is_answered_by_acknowledging(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    clock.forward(hours=2)
    slack.sees(lin, "waits to hear that you have this", where="dm")
    slack.click(lin, "Acknowledge", on="waits to hear", where="dm")
    slack.sees(ann, "has acknowledged #1", where="dm")
    nudge = slack.sees(lin, "is working on it", where="dm")
    assert "waits to hear" not in slack.reads(lin, "dm").split("is working on it")[-1]
    assert nudge is not None
    slack.assert_quiet()


def starving(slack: Story, clock: Clock, asker: Person, owner: Person) -> Message:
    """Two working days without a sign of life: the nudge that says so."""
    acknowledged(slack, asker, owner)
    slack.forget()
    clock.forward(days=2)
    return slack.sees_message(owner, "Nothing has happened here for a while", where="dm")


def test_on_track_is_said_in_place_and_the_buttons_go(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    nudge = starving(slack, clock, ann, lin)
    slack.click(lin, "On track", on=nudge)
    slack.sees(lin, "You said that this is on track", where="dm")
    assert "feeding.on_track" not in str(nudge.blocks)
    slack.assert_quiet()


def test_a_snooze_says_until_when_and_holds(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    nudge = starving(slack, clock, ann, lin)
    slack.choose(lin, "Snooze until …", "In 1 hour", on=nudge)
    slack.sees(lin, "Snoozed: you will hear about this again", where="dm")
    clock.forward(minutes=50)
    slack.assert_quiet()
    clock.forward(minutes=10)
    slack.sees(lin, "You asked to be reminded of this now.", where="dm")
    slack.assert_quiet()


def test_delivering_from_a_nudge_is_said_in_it(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    nudge = starving(slack, clock, ann, lin)
    slack.click(lin, "Deliver", on=nudge)
    slack.fill(lin, {"What shows that it is done": "In place"})
    assert slack.submit(lin) is None
    slack.sees(ann, "In place", where="dm")
    slack.sees(lin, "to say whether that is it", where="dm")
    assert "delivery.deliver" not in str(nudge.blocks)
    slack.assert_quiet()


def test_several_nudges_of_one_moment_are_one_message(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.ask(ann, "@equipment Replace the lamp of the microscope by Friday 3pm", channel="#ward")
    slack.sees(ann, "#2", where="ephemeral")
    slack.sees(lin, "You own #2", where="dm")
    slack.sees(lin, "#2", where="#equipment")
    clock.forward(hours=2)
    both = slack.sees_message(lin, "waits to hear", where="dm")
    assert "#1" in str(both.blocks)
    assert "#2" in str(both.blocks)
    slack.click(lin, "Acknowledge", on=both)
    slack.sees(ann, "has acknowledged #", where="dm")
    slack.wait_until_quiet()
    assert str(both.blocks).count("acknowledge.as_asked") == 1
    slack.forget()
    slack.assert_quiet()


def test_the_lead_who_is_told_can_hand_it_over(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person, omar: Person
) -> None:
    slack.ask(ann, "@equipment repair: the pump of bed 7 by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.wait_until_quiet()
    clock.forward(days=1, hours=1)
    told = slack.sees_message(lin, "has not acknowledged it", where="dm")
    slack.click(lin, "Hand over", on=told)
    slack.fill(lin, {"To whom": omar, "What is next": "Pia is busy"})
    assert slack.submit(lin) is None
    slack.sees(omar, "offers you #1: take it?", where="dm")
    slack.sees(pia, "offers your #1 to somebody else", where="dm")
    slack.wait_until_quiet()
    assert "offered to Omar Haddad" in str(told.blocks)


def test_while_the_lead_is_away_their_deputy_is_told(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person, omar: Person
) -> None:
    slack.ask(ann, "@equipment repair: the pump of bed 7 by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.command(lin, f"/away until thursday deputy <@{omar.id}>")
    slack.sees(omar, "named you as deputy", where="dm")
    slack.wait_until_quiet()
    slack.forget()
    clock.forward(days=1, hours=1)
    told = slack.sees_message(omar, "has not acknowledged it", where="dm")
    assert "You can ask @Pia Berg, or add a note." in slack.reads(omar, "dm")
    assert "Put down ask" not in str(told.blocks)
    slack.click(omar, "Add a note", on=told)
    slack.close(omar)
    slack.click(omar, "Why did I get this?", on=told)
    slack.sees(omar, "Why did I get this?", where="modal")
    slack.wait_until_quiet()
    assert "needs a look from you" not in slack.reads(lin, "dm")


def test_a_lead_away_without_a_deputy_reads_it_on_return(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    slack.ask(ann, "@equipment repair: the pump of bed 7 by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.command(lin, "/away until thursday")
    slack.wait_until_quiet()
    clock.forward(days=1, hours=1)
    slack.sees(lin, "has not acknowledged it", where="dm")


def test_the_lead_is_told_once_and_can_put_it_down(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    slack.ask(ann, "@equipment repair: the pump of bed 7 by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.wait_until_quiet()
    clock.forward(days=1, hours=1)
    told = slack.sees_message(lin, "has not acknowledged it", where="dm")
    slack.click(lin, "Put down ask", on=told)
    slack.fill(lin, {"Why you put it down": "A new pump is coming"})
    assert slack.submit(lin) is None
    slack.sees(ann, "A new pump is coming", where="dm")
    slack.wait_until_quiet()
    assert "Put down ask" not in str(told.blocks)
    slack.forget()
    clock.forward(days=3)
    slack.assert_quiet()


def test_no_verdict_closes_by_itself_after_two_nudges(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    slack.forget()
    clock.forward(days=1, hours=1)
    slack.sees(ann, "is it what you needed?", where="dm")
    clock.forward(days=2)
    slack.sees(ann, "Your verdict is still missing", where="dm")
    clock.forward(days=3)
    slack.sees(ann, "closed without your verdict", where="dm")
    slack.sees(lin, "closed without a verdict", where="dm")
    slack.sees(lin, "#1 is off your back", where="dm")
    slack.assert_quiet()


def test_a_verdict_can_be_given_in_the_nudge(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    slack.forget()
    clock.forward(days=1, hours=1)
    slack.sees(ann, "is it what you needed?", where="dm")
    slack.click(ann, "Yes, that's it", on="is it what you needed?", where="dm")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    slack.wait_until_quiet()
    assert "is it what you needed?" not in slack.reads(ann, "dm")


def pass_slowly(slack: Story, clock: Clock, days: int) -> None:
    """Days in which every nudge comes in its turn."""
    for _ in range(days * 4):
        clock.forward(hours=6)
        slack.wait_until_quiet()


def test_an_owner_who_leads_and_is_silent_never_ends_it(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    pass_slowly(slack, clock, days=8)
    slack.sees(ann, "has not answered the reminders", where="dm")
    slack.sees(lin, "so no lead is told of it", where="dm")
    slack.forget()
    pass_slowly(slack, clock, days=7)
    slack.sees(ann, "has not answered the reminders", where="dm")
    slack.sees(lin, "so no lead is told of it", where="dm")


def test_a_lead_who_holds_the_question_is_reminded_each_week(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    slack.ask(ann, "@equipment repair: the pump of bed 7 by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    pass_slowly(slack, clock, days=8)
    slack.forget()
    pass_slowly(slack, clock, days=7)
    slack.sees(lin, "still answers no nudge about this", where="dm")


def test_due_at_closing_is_said_before_closing_and_promises_nothing_nobody_acknowledged(
    slack: Story, clock: Clock, ann: Person, lin: Person
) -> None:
    slack.ask(ann, "@equipment Fix the pump by Friday", channel="#ward")
    slack.sees(lin, "You own #1", where="dm")
    slack.click(lin, "Acknowledge", on="You own #1", where="dm")
    slack.sees(ann, "has acknowledged", where="dm")
    clock.forward(days=4, hours=8, minutes=40)
    slack.sees(lin, "This is due at closing.", where="dm")
    assert "due now" not in slack.reads(lin, "dm")


def test_a_snooze_past_the_due_time_says_so(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    nudge = starving(slack, clock, ann, lin)
    slack.choose(lin, "Snooze until …", "Next week", on=nudge)
    slack.sees(lin, "It is due before that", where="dm")
