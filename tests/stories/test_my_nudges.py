"""Somebody says on Home when nudges suit them: quiet hours, one message a day, a rush at any hour; and Slack's own
do-not-disturb. What has to wait is late, and never lost.

Pia owns what is asked of Equipment's repair; Equipment works from 9 to 12 and from 13:30 to 18:00 in Shanghai.
"""

from datetime import timedelta

import pytest

from sandbox.clock import Clock
from sandbox.deeds import Administrator
from sandbox.people import Person
from sandbox.story import Story
from store import asks, departments, nudging, people, preferences
from store.asks import Wish
from store.rules.quiet import Preferences
from tests.hospital import Hospital


def owned(slack: Story, ann: Person, pia: Person, due: str = "by December 11 3pm") -> None:
    slack.ask(ann, f"@equipment repair: the pump of bed 7 {due}", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.wait_until_quiet()
    slack.forget()


def choose(slack: Story, who: Person, **values: object) -> dict[str, str] | None:
    slack.open_home(who)
    slack.click(who, "My nudges", where="home")
    labels = {"quiet": "Quiet hours", "bundle": "How often", "rush": "Rushes"}
    slack.fill(who, {labels[name]: value for name, value in values.items()})
    return slack.submit(who)


def test_quiet_hours_hold_a_nudge_until_they_are_over(slack: Story, clock: Clock, ann: Person, pia: Person) -> None:
    owned(slack, ann, pia)
    assert choose(slack, pia, quiet="10:00-14:30") is None
    slack.sees(pia, "Quiet: 10:00-14:30.", where="home")
    clock.forward(hours=2)  # eleven o'clock: not acknowledged
    slack.sees_not(pia, "waits to hear", where="dm")
    clock.forward(hours=3, minutes=29)
    slack.sees_not(pia, "waits to hear", where="dm")
    clock.forward(minutes=1)
    slack.sees(pia, "waits to hear that you have this", where="dm")
    clock.forward(hours=2)
    assert slack.reads(pia, "dm").count("waits to hear") == 1


def test_the_lead_hears_of_trouble_though_the_owner_has_quiet_hours(
    slack: Story, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    assert choose(slack, pia, quiet="09:00-17:30") is None
    clock.forward(days=1)
    slack.sees(lin, "has not acknowledged it", where="dm")
    clock.forward(hours=7)
    slack.sees_not(lin, "answers no nudge", where="dm")


def test_one_message_a_day_carries_all_that_came_up(slack: Story, clock: Clock, ann: Person, pia: Person) -> None:
    owned(slack, ann, pia)
    slack.ask(ann, "@equipment repair: the lamp of bed 8 by December 11 3pm", channel="#ward")
    slack.sees(pia, "You own #2", where="dm")
    assert choose(slack, pia, bundle="One message a day at 9:00") is None
    slack.sees(pia, "one message a day at 9:00", where="home")
    clock.forward(hours=8)
    slack.sees_not(pia, "waits to hear", where="dm")
    clock.forward(hours=16)
    both = slack.sees_message(pia, "waits to hear", where="dm")
    assert "#1" in str(both.blocks)
    assert "#2" in str(both.blocks)


def test_what_is_due_within_two_hours_does_not_wait_for_the_daily_message(
    slack: Story, clock: Clock, ann: Person, pia: Person
) -> None:
    assert choose(slack, pia, bundle="One message a day at 9:00") is None
    slack.ask(ann, "@equipment repair: the pump of bed 7 by Tuesday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.click(pia, "Acknowledge", on="You own #1", where="dm")
    slack.wait_until_quiet()
    slack.forget()
    clock.forward(days=1, hours=5, minutes=30)
    slack.sees(pia, "This is due soon.", where="dm")


def rushed(world: Hospital, hours: int) -> None:
    """Ann asks for a pump by ten in the evening, which is sooner than a repair is promised."""
    department = world.look(departments.called, "equipment")
    assert department is not None
    repair = next(one for one in department.services if one.owner_id)
    due = world.clock.now() + timedelta(hours=hours)
    world.act("ann", asks.file, Wish(department.id, "The pump", repair.id, due=due, rush_reason="A patient waits"))


@pytest.mark.parametrize("allowed", [True, False])
def test_a_rush_comes_at_night_to_who_allows_it_and_to_nobody_else(
    slack: Story, world: Hospital, clock: Clock, pia: Person, allowed: bool
) -> None:
    rush = ["A rush that I own may nudge me at any hour"] if allowed else []
    assert choose(slack, pia, rush=rush, quiet="20:00-08:00") is None
    rushed(world, 13)
    slack.sees(pia, "You own #1", where="dm")
    clock.forward(hours=13)
    assert ("This is due now." in slack.reads(pia, "dm")) is allowed
    clock.forward(hours=11)
    assert ("The time for this has come." in slack.reads(pia, "dm")) is not allowed


def test_allowing_it_later_reaches_a_rush_that_is_planned_already(
    slack: Story, world: Hospital, clock: Clock, pia: Person
) -> None:
    rushed(world, 13)
    slack.sees(pia, "You own #1", where="dm")
    assert choose(slack, pia, rush=["A rush that I own may nudge me at any hour"]) is None
    clock.forward(hours=13)
    slack.sees(pia, "This is due now.", where="dm")


@pytest.mark.parametrize("text", ["whenever I like", "09:00-18:00"])
def test_what_cannot_be_kept_is_said_under_the_field(slack: Story, pia: Person, text: str) -> None:
    errors = choose(slack, pia, quiet=text)
    assert errors is not None
    assert "Quiet hours" in errors


def test_a_second_window_is_told_that_the_first_was_faster(slack: Story, world: Hospital, pia: Person) -> None:
    slack.open_home(pia)
    slack.click(pia, "My nudges", where="home")
    someone = world.look(people.find, pia.id)
    assert someone is not None
    works = world.look(nudging.calendar_of, someone)
    world.act("pia", preferences.choose, Preferences(bundle_at=600), 0, works)
    errors = slack.submit(pia)
    assert "changed since the form was opened" in str(errors)


def test_do_not_disturb_on_slack_holds_a_nudge_until_it_ends(
    slack: Story, world: Hospital, clock: Clock, ann: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    administrator = Administrator(world.sandbox, world.sandbox.workspace)
    administrator.disturb_not(pia, clock.now(), clock.now() + timedelta(hours=5))
    clock.forward(hours=2)
    slack.sees_not(pia, "waits to hear", where="dm")
    slack.ask(ann, "@equipment repair: the lamp of bed 8 by December 11 3pm", channel="#ward")
    slack.sees(pia, "You own #2", where="dm")  # only nudges wait
    clock.forward(hours=3)
    slack.sees(pia, "waits to hear that you have this", where="dm")
    slack.wait_until_quiet()
    assert slack.reads(pia, "dm").count("waits to hear") == 1


def test_several_who_are_nudged_at_once_are_asked_about_in_one_call(
    slack: Story, world: Hospital, clock: Clock, ann: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    slack.ask(ann, "@finance Repay the taxi by December 11 3pm", channel="#ward")
    slack.ask(ann, "@purchasing Order 20 boxes of gloves by December 11 3pm", channel="#ward")
    Administrator(world.sandbox, world.sandbox.workspace).disturb_not(
        pia, clock.now(), clock.now() + timedelta(hours=5)
    )
    slack.wait_until_quiet()
    clock.forward(hours=2)
    slack.sees_not(pia, "waits to hear", where="dm")
    for owner in ("wei", "tao"):
        slack.sees(owner, "在等您确认接手", where="dm")
    asked = [entry.what for entry in world.sandbox.traffic.after(0) if entry.what.startswith("dnd.")]
    assert "dnd.teamInfo" in asked
    assert len(asked) <= 2, "the first may have been asked about before the others were on their way"


def test_who_cannot_be_seen_keeps_nobody_else_from_being_asked_about(
    slack: Story, world: Hospital, clock: Clock, ann: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    slack.ask(ann, "@finance Repay the taxi by December 11 3pm", channel="#ward")
    Administrator(world.sandbox, world.sandbox.workspace).disturb_not(
        pia, clock.now(), clock.now() + timedelta(hours=5)
    )
    world.sandbox.faults.add("refuse", method="dnd.teamInfo", error="user_not_visible", times=50)
    clock.forward(hours=2)
    slack.sees_not(pia, "waits to hear", where="dm")


def test_a_do_not_disturb_that_ends_after_work_ends_next_morning(
    slack: Story, world: Hospital, clock: Clock, ann: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    Administrator(world.sandbox, world.sandbox.workspace).disturb_not(
        pia, clock.now(), clock.now() + timedelta(hours=11)
    )
    clock.forward(hours=12)
    slack.sees_not(pia, "waits to hear", where="dm")
    clock.forward(hours=12)
    slack.sees(pia, "waits to hear that you have this", where="dm")


def test_when_slack_does_not_say_nothing_waits(
    slack: Story, world: Hospital, clock: Clock, ann: Person, pia: Person
) -> None:
    owned(slack, ann, pia)
    Administrator(world.sandbox, world.sandbox.workspace).disturb_not(
        pia, clock.now(), clock.now() + timedelta(hours=5)
    )
    world.sandbox.faults.add("refuse", method="dnd.info", error="missing_scope")
    clock.forward(hours=2)
    slack.sees(pia, "waits to hear that you have this", where="dm")
