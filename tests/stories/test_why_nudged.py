"""Each nudge explains itself, a snooze says what was waited for, and a lead can ask or leave it with the owner."""

from datetime import timedelta

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from tests.stories.test_my_nudges import choose, owned


def test_a_nudge_says_rule_calendar_ladder_and_what_is_next(
    slack: Story, clock: Clock, ann: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    clock.forward(hours=2)
    slack.click(pia, "Why did I get this?", on="waits to hear", where="dm")
    slack.sees(pia, "2 working hours without an acknowledgement", where="modal")
    slack.sees(pia, "Equipment, mon-fri 09:00-12:00,13:30-18:00 (Asia/Shanghai)", where="modal")
    slack.sees(pia, "that of Equipment", where="modal")
    slack.sees(pia, "*Your nudges:* when they are due", where="modal")
    window = slack.modal(pia)
    assert "hears" in str(window.blocks)
    assert "the lead hears once of what was not acknowledged for 1 working day" in str(window.blocks)


def test_a_nudge_that_waited_says_what_for(slack: Story, clock: Clock, ann: Person, pia: Person) -> None:
    owned(slack, ann, pia)
    assert choose(slack, pia, quiet="10:00-14:30") is None
    clock.forward(hours=2)
    clock.forward(hours=3, minutes=30)
    slack.click(pia, "Why did I get this?", on="waits to hear", where="dm")
    slack.sees(pia, "waited for the end of your quiet hours", where="modal")


def test_a_lead_reads_the_leads_rule_and_others_are_refused(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    clock.forward(days=1)
    slack.click(lin, "Why did I get this?", on="has not acknowledged it", where="dm")
    slack.sees(lin, "the lead hears once of what was not acknowledged", where="modal")


def test_a_snooze_with_a_reason_says_it_on_waking(slack: Story, clock: Clock, ann: Person, pia: Person) -> None:
    owned(slack, ann, pia)
    clock.forward(hours=2)
    nudge = slack.sees_message(pia, "waits to hear", where="dm")
    slack.choose(pia, "Snooze until …", "Another time, or why …", on=nudge)
    slack.fill(pia, {"What you wait for": "the supplier's *offer*"})
    assert slack.submit(pia) is None
    slack.sees(pia, "You wait for: the supplier's", where="dm")
    slack.wait_until_quiet()
    slack.forget()
    clock.forward(hours=21)
    assert "You asked to be reminded" not in slack.reads(pia, "dm")
    clock.forward(hours=1)
    slack.sees(pia, "You asked to be reminded: the supplier's", where="dm")


def test_a_snooze_into_the_past_is_refused_under_its_field(
    slack: Story, clock: Clock, ann: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    clock.forward(hours=2)
    nudge = slack.sees_message(pia, "waits to hear", where="dm")
    slack.choose(pia, "Snooze until …", "Another time, or why …", on=nudge)
    slack.fill(pia, {"Remind me again": clock.now() - timedelta(hours=1)})
    errors = slack.submit(pia)
    assert errors is not None
    assert "Remind me again" in errors


def test_a_lead_asks_the_owner_and_reads_the_answer(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    clock.forward(days=1)
    slack.click(lin, "Ask the owner", on="has not acknowledged it", where="dm")
    slack.fill(lin, {"Your question": "What do you need?"})
    assert slack.submit(lin) is None
    slack.sees(lin, "You asked", where="dm")
    asked = slack.sees_message(pia, "What do you need?", where="dm")
    slack.click(pia, "Answer", on=asked)
    slack.fill(pia, {"Your answer": "The part comes on Friday"})
    assert slack.submit(pia) is None
    slack.sees(lin, "The part comes on Friday", where="dm")


def test_a_lead_leaves_it_with_the_owner_who_is_nudged_again(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    clock.forward(days=1)
    told = slack.sees_message(lin, "has not acknowledged it", where="dm")
    slack.click(lin, "Leave it with them", on=told)
    slack.sees(lin, "You left it with", where="dm")
    slack.wait_until_quiet()
    assert "Put down ask" not in str(told.blocks)
    slack.forget()
    clock.forward(days=2)
    slack.sees(pia, "#1", where="dm")
