"""The promise and its changes: acknowledge with changes, need more time, and the asker's two answers."""

from datetime import timedelta

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from tests.stories.test_owning import acknowledged, filed


def test_a_later_promise_waits_for_the_askers_yes(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.click(lin, "Acknowledge with changes", on="You own #1", where="dm")
    slack.fill(lin, {"By then": clock.now() + timedelta(days=7)})
    assert slack.submit(lin) is None
    offered = slack.sees(ann, "offers a change of #1", where="dm")
    slack.click(ann, "Yes, that's it", on=offered)
    slack.sees(lin, "agreed: #1 is promised for", where="dm")
    slack.sees(ann, "has been answered", where="dm")
    slack.assert_quiet()


def test_not_quite_keeps_what_was_asked(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.click(lin, "Acknowledge with changes", on="You own #1", where="dm")
    slack.fill(lin, {"I will deliver this": "A second-hand gasket"})
    assert slack.submit(lin) is None
    offered = slack.sees(ann, "A second-hand gasket", where="dm")
    slack.click(ann, "Not quite", on=offered)
    slack.fill(ann, {"Why that will not do": "It has to be new"})
    assert slack.submit(ann) is None
    told = slack.sees(lin, "It has to be new", where="dm")
    slack.sees(ann, "#1", where="dm")
    slack.click(lin, "Deliver", on=told)
    slack.close(lin)
    slack.assert_quiet()


def test_an_untouched_form_is_a_plain_acknowledgement(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.click(lin, "Acknowledge with changes", on="You own #1", where="dm")
    assert slack.submit(lin) is None
    slack.sees(ann, "has acknowledged #1", where="dm")
    slack.assert_quiet()


def test_an_untouched_promise_with_seconds_in_it_does_not_move(
    slack: Story, clock: Clock, ann: Person, lin: Person
) -> None:
    clock.forward(seconds=47)
    filed(slack, ann, lin, "@equipment Calibrate the scales")
    slack.click(lin, "Acknowledge with changes", on="You own #1", where="dm")
    assert slack.submit(lin) is None
    slack.sees(ann, "has acknowledged #1", where="dm")
    slack.assert_quiet()


def test_a_service_that_is_restated_opens_the_form_on_one_click(slack: Story, ann: Person, nina: Person) -> None:
    slack.ask(ann, "@purchasing order a spare part: a gasket for analyser 3", channel="#ward")
    slack.sees(ann, "#1", where="ephemeral")
    slack.sees(nina, "#1", where="#purchasing")
    slack.sees(nina, "You own #1", where="dm")
    slack.click(nina, "Acknowledge in my words", on="You own #1", where="dm")
    slack.sees(nina, "I will deliver this", where="modal")
    slack.fill(nina, {"I will deliver this": "A gasket of the maker is ordered"})
    assert slack.submit(nina) is None
    slack.sees(ann, "A gasket of the maker is ordered", where="dm")
    slack.assert_quiet()


def test_need_more_time_is_offered_with_a_reason(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Need more time", on="You own #1", where="dm")
    slack.fill(
        lin, {"I can deliver by": clock.now() + timedelta(days=8), "Why it needs more time": "The supplier is late"}
    )
    assert slack.submit(lin) is None
    offered = slack.sees(ann, "The supplier is late", where="dm")
    slack.click(ann, "Yes, that's it", on=offered)
    slack.sees(lin, "agreed: #1 is promised for", where="dm")
    slack.assert_quiet()


def test_an_earlier_time_holds_at_once(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Need more time", on="You own #1", where="dm")
    slack.fill(
        lin, {"I can deliver by": clock.now() + timedelta(days=1), "Why it needs more time": "It is here already"}
    )
    assert slack.submit(lin) is None
    slack.sees(ann, "now promises #1 for", where="dm")
    slack.assert_quiet()


def test_a_time_that_is_over_is_refused_under_its_field(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Need more time", on="You own #1", where="dm")
    slack.fill(lin, {"I can deliver by": clock.now() - timedelta(hours=1), "Why it needs more time": "Slip"})
    errors = slack.submit(lin)
    assert errors is not None
    assert "is over" in errors["I can deliver by"]
    slack.close(lin)
    slack.assert_quiet()


def test_an_answer_to_an_older_offer_says_how_it_stands(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    for days, reason in ((7, "First offer"), (9, "Second offer")):
        slack.click(lin, "Need more time", on="You own #1", where="dm")
        slack.fill(lin, {"I can deliver by": clock.now() + timedelta(days=days), "Why it needs more time": reason})
        assert slack.submit(lin) is None
        slack.sees(ann, reason, where="dm")
    slack.click(ann, "Yes, that's it", on="First offer", where="dm")
    slack.sees(ann, "That is not possible now", where=None)
    slack.click(ann, "Yes, that's it", on="Second offer", where="dm")
    slack.sees(lin, "agreed: #1 is promised for", where="dm")
    slack.assert_quiet()
