"""The other ends of an ask, and the way back: put down, withdraw, reopen; and notes on the way."""

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from tests.stories.test_owning import acknowledged, delivered, filed


def test_the_owner_puts_it_down_and_the_asker_reads_why(slack: Story, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Put down ask", on="You own #1", where="dm")
    slack.fill(lin, {"Why you put it down": "The analyser is scrapped next week"})
    assert slack.submit(lin) is None
    told = slack.sees(ann, "The analyser is scrapped next week", where="dm")
    slack.click(ann, "Reopen ask", on=told)
    slack.fill(ann, {"What is missing": "We need it until then"})
    assert slack.submit(ann) is None
    slack.sees(lin, "We need it until then", where="dm")
    slack.sees(ann, "#1", where="dm")
    slack.assert_quiet()


def test_the_lead_puts_down_what_another_owns_and_both_are_told(
    slack: Story, ann: Person, lin: Person, pia: Person
) -> None:
    filed(slack, ann, pia, "@equipment repair: the pump of bed 7")
    slack.click(lin, "Put down ask", where="#equipment")
    slack.fill(lin, {"Why you put it down": "A new pump is coming"})
    assert slack.submit(lin) is None
    slack.sees(ann, "A new pump is coming", where="dm")
    slack.sees(pia, "A new pump is coming", where="dm")
    slack.assert_quiet()


def test_a_put_down_needs_a_reason(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.click(lin, "Put down ask", on="You own #1", where="dm")
    slack.fill(lin, {"Why you put it down": " "})
    assert slack.submit(lin) == {"Why you put it down": "Please give a reason."}


def test_the_asker_withdraws_without_giving_a_reason(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.command(ann, "/monkeys", channel="#ward")
    slack.sees(ann, "What you wait for", where="ephemeral")
    slack.click(ann, "Withdraw ask", on="What you wait for", where="ephemeral")
    assert slack.submit(ann) is None
    slack.sees(lin, "has withdrawn #1", where="dm")
    slack.sees(ann, "No monkeys", where="ephemeral")
    slack.assert_quiet()
    # Nobody had acknowledged it, so nobody had promised anything.
    assert "Promised for" not in slack.reads(ann, "#equipment")


def test_a_closed_ask_can_be_reopened_for_seven_days(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    slack.click(ann, "Yes, that's it", where="dm")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    slack.wait_until_quiet()
    clock.forward(days=8)
    slack.open_home(ann)
    slack.click(ann, "Reopen ask", where="home")
    slack.fill(ann, {"What is missing": "It leaks again"})
    assert "could be reopened until" in (slack.submit(ann) or {}).get("What is missing", "")
    slack.close(ann)
    slack.assert_quiet()


def test_a_note_goes_into_the_thread_of_the_card(slack: Story, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Add a note", on="You own #1", where="dm")
    slack.fill(lin, {"Your note": "The part is at customs <!channel>"})
    assert slack.submit(lin) is None
    said = slack.sees_message(lin, "The part is at customs", where="#equipment")
    assert said.thread_ts is not None
    assert "<!channel>" not in said.text
    slack.assert_quiet()
