"""Asking for a service: chosen where one fits, asked back where several do, with what it needs and the honest date."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox.people import Person
from store import absences, departments, plans, setting_up
from store.queries import asks
from store.rules.offering import Input
from tests.hospital import BatonStory
from tests.stories.conftest import StoryWorld


@pytest.fixture
def needing(world: StoryWorld) -> StoryWorld:
    """Repair a device needs a room, and likes to know the serial number."""
    plan = plans.as_plan(next(one for one in world.look(departments.all_of) if one.key == "equipment"))
    inputs = (Input("Room", "Ward and number"), Input("Serial number", required=False))
    first = replace(plan.services[0], inputs=inputs, done_means="It runs, tested.", promise="We come to your ward.")
    world.act("lin", setting_up.set_up, replace(plan, services=(first, *plan.services[1:])))
    return world


def test_what_is_needed_is_asked_for_in_the_form_and_kept_with_the_ask(
    needing: StoryWorld, slack: BatonStory, ann: Person, pia: Person, lin: Person
) -> None:
    slack.ask(ann, "@equipment Repair the pump & <b> by Friday 3pm")
    shown = slack.reads(ann, "modal")
    assert "Repair the pump & <b>" in shown
    assert "We come to your ward." in shown
    assert "Ward and number" in shown
    assert "Left empty, it means: It runs, tested." in shown
    slack.fill(ann, {"Room": "   "})
    assert slack.submit(ann) == {"Room": "The service needs this to start."}
    slack.fill(ann, {"Room": "4 & 5"})
    assert slack.submit(ann) is None
    ask = needing.look(asks.by_number, 1)
    assert [(one.name, one.answer) for one in ask.inputs] == [("Room", "4 & 5")]
    assert (ask.what, ask.service_name, ask.done_means) == (
        "Repair the pump & <b>",
        "Repair a device",
        "It runs, tested.",
    )
    assert ask.due.isoformat() == "2026-11-27T07:00:00+00:00"
    slack.sees(ann, "Filed as #1", where="modal")
    slack.sees(lin, "*Room:* 4 & 5", where="#equipment")
    slack.sees(pia, "*Room:* 4 & 5", where="dm")
    slack.close(ann)
    slack.command(ann, "/monkeys")
    slack.click(ann, "Show all", where="ephemeral")
    assert "4 & 5" in slack.reads(ann, "modal")


def test_another_service_asks_for_other_things_and_the_same_answer_stays(
    needing: StoryWorld, slack: BatonStory, ann: Person
) -> None:
    slack.ask(ann, "")
    slack.fill(ann, {"Department": "Equipment"})
    assert "Ward and number" not in slack.reads(ann, "modal")
    slack.fill(ann, {"Service": "Repair a device: 1 working day"})
    slack.fill(ann, {"Room": "12", "What do you need?": "It leaks"})
    slack.fill(ann, {"Service": "Something else"})
    assert "Ward and number" not in slack.reads(ann, "modal")
    assert slack.submit(ann) is None
    assert needing.look(asks.by_number, 1).inputs == ()


def test_several_services_are_offered_and_the_line_is_kept(world: StoryWorld, slack: BatonStory, ann: Person) -> None:
    slack.ask(ann, "@finance The budget for this invoice by Friday 11am")
    slack.sees(ann, "More than one service of Finance fits that", where="ephemeral")
    slack.click(ann, "Approve a budget: 3 working days")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    ask = world.look(asks.by_number, 1)
    assert (ask.service_name, ask.what) == ("Approve a budget", "The budget for this invoice")
    assert ask.due.isoformat() == "2026-11-27T03:00:00+00:00"
    slack.ask(ann, "@finance 为这张发票付款的预算")
    slack.click(ann, "None of these")
    assert world.look(asks.by_number, 2).service_name is None


def test_several_services_and_an_unclear_time_are_asked_one_by_one(
    world: StoryWorld, slack: BatonStory, ann: Person
) -> None:
    slack.ask(ann, "@finance The budget for this invoice by 03/04")
    slack.click(ann, "Pay an invoice: 2 working days")
    slack.click(ann, "By the end of Thu 4 Mar 2027")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    ask = world.look(asks.by_number, 1)
    assert (ask.service_name, ask.what) == ("Pay an invoice", "The budget for this invoice")


def test_the_honest_date_is_shown_live_and_kept(
    world: StoryWorld, slack: BatonStory, ann: Person, pia: Person, lin: Person
) -> None:
    now = world.clock.now()
    world.act("pia", absences.leave, now + timedelta(days=2), lin.id, now + timedelta(hours=4))
    slack.ask(ann, "")
    slack.fill(ann, {"What do you need?": "It leaks", "Department": "Equipment"})
    slack.fill(ann, {"Service": "Repair a device: 1 working day"})
    shown = slack.reads(ann, "modal")
    assert "@Pia" in shown
    assert "covers" in shown
    assert "earliest honest date" not in shown
    world.act("lin", absences.leave, now + timedelta(days=2), None, now + timedelta(hours=4))
    slack.fill(ann, {"Service": "Something else"})
    slack.fill(ann, {"Service": "Repair a device: 1 working day"})
    assert "earliest honest date" in slack.reads(ann, "modal")
    assert slack.submit(ann) is None
    assert world.look(asks.by_number, 1).due == now + timedelta(days=2)
    slack.sees(ann, "is away from", where="modal")


def test_guests_choose_among_those_they_may_ask(slack: BatonStory, vera: Person) -> None:
    slack.ask(vera, "")
    with pytest.raises(ValueError, match="Equipment"):
        slack.fill(vera, {"Department": "Finance"})
    slack.fill(vera, {"Department": "Equipment"})
