"""Batons, told through the whole bot: offered, taken, refused, recalled, over; to a person, a department, in bulk.

Lin owns the gasket; Omar and Pia work with her; Wei leads Finance.
"""

import pytest

from handlers import in_batches
from sandbox.clock import Clock
from sandbox.people import Person
from store.queries import asks
from tests.hospital import BatonStory, Hospital
from tests.stories.test_owning import acknowledged, filed

NOTE = {"What is done": "Ordered", "What is next": "Call the supplier", "Where things are": "Shelf 3"}


def offered(slack: BatonStory, asker: Person, giver: Person, receiver: Person) -> None:
    """The gasket is acknowledged and offered; the receiver has read so, and both sides see the same."""
    acknowledged(slack, asker, giver)
    slack.forget()
    hand_over(slack, giver, receiver)
    slack.sees(receiver, "offers you #1: take it?", where="dm")
    slack.wait_until_quiet()


def hand_over(slack: BatonStory, giver: Person, receiver: Person, on: str = "You own #1") -> None:
    slack.click(giver, "Hand over", on=on, where="dm")
    slack.fill(giver, {"To whom": receiver, **NOTE})
    assert slack.submit(giver) is None


def owner_of(world: Hospital, number: int = 1) -> str:
    return world.look(asks.by_number, number).owner.handle


def test_it_is_offered_and_taken(slack: BatonStory, world: Hospital, ann: Person, lin: Person, omar: Person) -> None:
    offered(slack, ann, lin, omar)
    for words in ("Done: Ordered", "Next: Call the supplier", "Where things are: Shelf 3"):
        assert words in slack.reads(omar, "dm")
    assert owner_of(world) == "lin"
    for person, where in ((omar, "dm"), (lin, "dm"), (lin, "#equipment")):
        assert "(offered to Omar Haddad until" in slack.reads(person, where)
    slack.click(omar, "Take", on="take it?", where="dm")
    slack.sees(lin, "has taken #1: it is off your back", where="dm")
    slack.sees(omar, "You own #1", where="dm")
    slack.wait_until_quiet()
    assert owner_of(world) == "omar"
    assert "take it?" not in slack.reads(omar, "dm")
    assert "offered to" not in slack.reads(lin, "#equipment")
    slack.click(omar, "Deliver", on="You own #1", where="dm")
    slack.close(omar)
    slack.assert_quiet()


def test_it_is_refused_with_a_reason(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, omar: Person
) -> None:
    offered(slack, ann, lin, omar)
    slack.click(omar, "Refuse", on="take it?", where="dm")
    slack.fill(omar, {"Why you do not take it": "Another reason."})
    assert "In your words" in (slack.submit(omar) or {})
    slack.fill(omar, {"In your words": "Pia repairs analysers"})
    assert slack.submit(omar) is None
    slack.sees(lin, "does not take #1: it stays with you", where="dm")
    assert "Pia repairs analysers" in slack.reads(lin, "dm")
    slack.sees(omar, "You did not take #1", where="dm")
    assert owner_of(world) == "lin"
    slack.assert_quiet()


def test_the_giver_recalls_and_the_old_button_does_nothing(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, omar: Person
) -> None:
    offered(slack, ann, lin, omar)
    slack.click(lin, "Recall offer", on="You own #1", where="dm")
    assert slack.submit(lin) is None
    slack.sees(omar, "no longer offers you #1", where="dm")
    slack.sees(omar, "#1 was offered to you; that is over.", where="dm")
    slack.wait_until_quiet()
    assert slack.reads(omar, "dm").count("no longer offer") == 1, "one message says how it ended"
    assert "Take" not in slack.reads(omar, "dm").split()
    assert owner_of(world) == "lin"
    slack.assert_quiet()


def test_from_the_menu_of_the_card_a_window_names_the_offer(
    slack: BatonStory, ann: Person, lin: Person, omar: Person, pia: Person
) -> None:
    offered(slack, ann, lin, omar)
    slack.click(pia, "Recall offer", where="#equipment")
    slack.sees(pia, "who owns ask #1", where="ephemeral")
    slack.click(lin, "Recall offer", where="#equipment")
    slack.sees(lin, "It is offered to", where="modal")
    assert slack.submit(lin) is None
    slack.sees(omar, "no longer offers you #1", where="dm")
    slack.assert_quiet()


def test_nobody_answers_and_it_bounces_twice_to_the_lead(
    slack: BatonStory, world: Hospital, clock: Clock, ann: Person, lin: Person, omar: Person, pia: Person
) -> None:
    slack.ask(ann, "@equipment @pia Replace the lamp by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.wait_until_quiet()
    for _ in range(2):
        hand_over(slack, pia, omar)
        slack.sees(omar, "offers you #1: take it?", where="dm")
        clock.forward(hours=6)
        slack.sees(pia, "did not answer in time", where="dm")
        clock.forward(hours=18)
    slack.sees(lin, "please decide who takes it", where="dm")
    assert owner_of(world) == "pia"
    slack.click(lin, "Hand over", on="please decide", where="dm")
    slack.fill(lin, {"To whom": omar, "What is next": "You are the one"})
    slack.wait_until_quiet()
    slack.forget()
    assert slack.submit(lin) is None
    slack.sees(pia, "offers your #1 to somebody else", where="dm")
    slack.sees(omar, "You are the one", where="dm")
    slack.click(pia, "Recall offer", on="offers your #1 to somebody else", where="dm")
    slack.sees(omar, "no longer offers you #1", where="dm")
    assert owner_of(world) == "pia"


def test_it_goes_to_another_department_and_the_card_says_so(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, wei: Person
) -> None:
    filed(slack, ann, lin)
    slack.click(lin, "Hand over", on="You own #1", where="dm")
    slack.fill(lin, {"Or to another department": "Finance", "What is next": "Pay the invoice"})
    assert slack.submit(lin) is None
    slack.sees(wei, "#1", where="dm")
    slack.click(wei, "接手", where="dm")
    slack.sees(lin, "has taken #1", where="dm")
    slack.sees(wei, "#1", where="#finance")
    slack.sees(lin, "#1 went to Finance", where="#equipment")
    assert owner_of(world) == "wei"
    slack.wait_until_quiet()
    slack.forget()
    slack.assert_quiet()


def test_the_form_says_what_is_wrong(slack: BatonStory, ann: Person, lin: Person, omar: Person, wei: Person) -> None:
    filed(slack, ann, lin)
    slack.click(lin, "Hand over", on="You own #1", where="dm")
    assert set(slack.submit(lin) or {}) == {"What is done", "To whom"}, "all that is wrong at once"
    slack.fill(lin, {"To whom": ann})
    assert set(slack.submit(lin) or {}) == {"What is done", "To whom"}
    slack.fill(lin, {"To whom": None, "What is done": "Ordered"})
    assert slack.submit(lin) == {"To whom": "Please choose a person or a department."}
    for person, words in ((lin, "owns ask #1 already"), (ann, "asked for #1")):
        slack.fill(lin, {"To whom": person})
        assert words in (slack.submit(lin) or {})["To whom"]
    slack.fill(lin, {"To whom": omar, "Or to another department": "Finance"})
    assert slack.submit(lin) == {"To whom": "They do not work there. Leave one of the two empty."}
    slack.close(lin)
    slack.assert_quiet()


def test_a_wrong_person_is_said_when_they_are_chosen(
    slack: BatonStory, ann: Person, lin: Person, omar: Person, vera: Person
) -> None:
    filed(slack, ann, lin)
    slack.click(lin, "Hand over", on="You own #1", where="dm")
    slack.fill(lin, {"What is done": "Ordered"})
    for person, words in ((vera, "cannot take an ask here"), (ann, "asked for #1"), (lin, "owns ask #1 already")):
        slack.fill(lin, {"To whom": person})
        slack.sees(lin, words, where="modal")
    slack.fill(lin, {"To whom": omar})
    slack.wait_until_quiet()
    assert "owns ask #1 already" not in slack.reads(lin, "modal")
    assert slack.submit(lin) is None, "what was typed is still there"
    slack.sees(omar, "Ordered", where="dm")


def test_several_to_somebody_who_takes_nothing_is_said_on_the_form(
    slack: BatonStory, world: Hospital, lin: Person, omar: Person, vera: Person
) -> None:
    world.file()
    world.file()
    slack.wait_until_quiet()
    slack.command(lin, "/monkeys")
    slack.click(lin, "Hand over several", where="ephemeral")
    slack.fill(lin, {"Everything": ["all"]})
    for person, words in ((vera, "cannot take an ask here"), (lin, "owns ask #")):
        slack.fill(lin, {"To whom": person})
        told = slack.submit(lin) or {}
        assert words in told["To whom"]
        assert "What is done" in told
    slack.fill(lin, {"To whom": omar, "What is done": "All unpacked"})
    assert slack.submit(lin) is None
    slack.sees(lin, "2 asks are offered to", where="modal")


def test_a_guest_or_a_bot_takes_nothing(slack: BatonStory, ann: Person, lin: Person, vera: Person) -> None:
    filed(slack, ann, lin)
    slack.click(lin, "Hand over", on="You own #1", where="dm")
    slack.fill(lin, {"To whom": vera, "What is done": "Ordered"})
    assert "cannot take an ask here" in (slack.submit(lin) or {})["To whom"]
    slack.close(lin)
    slack.assert_quiet()


def test_several_at_once_and_why_some_could_not(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, omar: Person
) -> None:
    for number in range(11):
        slack.ask(ann, f"@equipment Calibrate scale {number} by Friday 3pm", channel="#ward")
    slack.ask(omar, "@equipment @lin Lock the cabinet by Friday 3pm", channel="#equipment")
    slack.wait_until_quiet()
    slack.forget()
    slack.command(lin, "/monkeys")
    slack.sees(lin, "You have 12 monkeys", where="ephemeral")
    slack.click(lin, "Hand over several", where="ephemeral")
    slack.fill(lin, {"asks": ["1", "2"]})
    slack.click(lin, "More", where="modal")
    slack.sees(lin, "Page 2 of 2", where="modal")
    slack.fill(lin, {"asks": ["12"], "To whom": omar, "What is next": "I am moving to the ward"})
    assert slack.submit(lin) is None
    slack.sees(lin, "2 asks are offered to", where="modal")
    answer = slack.reads(lin, "modal")
    assert "#1, #2" in answer
    assert "1 could not be offered" in answer
    assert "Omar Haddad asked for #12" in answer
    slack.sees(omar, "offers you #1", where="dm")
    slack.sees(omar, "offers you #2", where="dm")
    slack.command(omar, "/monkeys")
    slack.sees(omar, "2 asks are offered to you", where="ephemeral")
    slack.click(omar, "Take", where="ephemeral")
    slack.sees(lin, "has taken #", where="dm")
    slack.sees(omar, "1 ask is offered to you", where="ephemeral")
    slack.open_home(omar)
    slack.sees(omar, "Offered to you (1)", where="home")
    slack.click(omar, "Take", where="home")
    slack.sees(lin, "has taken #", where="dm")
    slack.wait_until_quiet()
    assert [owner_of(world, number) for number in (1, 2, 3)] == ["omar", "omar", "lin"]


def test_all_of_mine_at_once_is_news_once(
    slack: BatonStory, clock: Clock, ann: Person, lin: Person, omar: Person
) -> None:
    for number in range(12):
        slack.ask(ann, f"@equipment Calibrate scale {number} by Friday 3pm", channel="#ward")
    slack.command(lin, "/monkeys")
    slack.click(lin, "Hand over several", where="ephemeral")
    slack.fill(lin, {"Everything": ["all"], "To whom": omar, "What is done": "All unpacked"})
    assert slack.submit(lin) is None
    slack.sees(lin, "12 asks are offered to", where="modal")
    slack.wait_until_quiet()
    told = slack.sees_message(omar, "offers you 12 asks: take or refuse each.", where="dm")
    assert "… and 7 more." in str(told.blocks)
    assert "take it?" not in slack.reads(omar, "dm"), "news once, not twelve times"
    slack.click(omar, "Show what is offered to me", on=told)
    slack.sees(omar, "12 asks are offered to you", where="ephemeral")
    slack.click(omar, "Take", on="12 asks are offered to you", where="ephemeral")
    slack.sees(lin, "has taken #1", where="dm")
    slack.sees(omar, "11 asks are offered to you", where="ephemeral")
    clock.forward(hours=7)
    slack.sees(lin, "did not answer in time: 11 asks stay with you", where="dm")
    slack.sees(omar, "The offer of 11 asks is over", where="dm")


def test_three_hundred_hold_up_nobody(slack: BatonStory, world: Hospital, lin: Person, omar: Person) -> None:
    for _ in range(23):
        world.file()
    slack.wait_until_quiet()
    offered_at_once: list[int] = []
    world.ledger.after_happenings = lambda done: offered_at_once.append(sum(one.what == "offer" for one in done))
    slack.command(lin, "/monkeys")
    slack.click(lin, "Hand over several", where="ephemeral")
    slack.fill(lin, {"Everything": ["all"], "To whom": omar, "What is done": "All unpacked"})
    assert slack.submit(lin) is None
    slack.sees(lin, "23 asks are offered to", where="modal")
    slack.sees(omar, "offers you 23 asks: take or refuse each.", where="dm")
    slack.wait_until_quiet()
    assert [count for count in offered_at_once if count] == [10, 10, 3]
    assert slack.reads(omar, "dm").count("offers you") == 1


def test_what_there_was_no_time_for_is_said(
    slack: BatonStory, world: Hospital, lin: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_batches, "LONGEST", -1.0)
    for _ in range(12):
        world.file()
    slack.wait_until_quiet()
    slack.command(lin, "/monkeys")
    slack.click(lin, "Hand over several", where="ephemeral")
    slack.fill(lin, {"Everything": ["all"], "To whom": omar, "What is done": "All unpacked"})
    assert slack.submit(lin) is None
    slack.sees(lin, "2 were not reached in time and stay where they are", where="modal")
    assert "#11, #12" in slack.reads(lin, "modal")
    slack.sees(omar, "offers you 10 asks: take or refuse each.", where="dm")
    slack.wait_until_quiet()


def test_the_giver_can_be_asked_for_a_day(
    slack: BatonStory, world: Hospital, clock: Clock, ann: Person, lin: Person, omar: Person
) -> None:
    offered(slack, ann, lin, omar)
    slack.click(omar, "Take", on="take it?", where="dm")
    slack.sees(lin, "has taken #1", where="dm")
    slack.sees(omar, "You own #1", where="dm")
    slack.click(omar, "Ask the giver", on="You own #1", where="dm")
    slack.fill(omar, {"Your question": "Which supplier?"})
    assert slack.submit(omar) is None
    slack.sees(lin, "Which supplier?", where="dm")
    slack.click(lin, "Answer", on="Which supplier?", where="dm")
    slack.fill(lin, {"Your answer": "The one in Wuxi"})
    assert slack.submit(lin) is None
    slack.sees(omar, "The one in Wuxi", where="dm")
    slack.wait_until_quiet()
    assert owner_of(world) == "omar"
    slack.click(ann, "Show all", on="acknowledged #1", where="dm")
    slack.sees(ann, "Which supplier?", where="modal")
    slack.sees(ann, "The one in Wuxi", where="modal")
    slack.forget()
    clock.forward(days=1, hours=1)
    slack.click(omar, "Ask the giver", on="You own #1", where="dm")
    slack.sees(omar, "one working day after handing it over", where="ephemeral")


def test_the_former_owners_card_tells_the_truth_after_the_end(
    slack: BatonStory, ann: Person, lin: Person, omar: Person
) -> None:
    offered(slack, ann, lin, omar)
    slack.click(omar, "Take", on="take it?", where="dm")
    slack.sees(lin, "#1 is with @Omar Haddad now", where="dm")
    slack.click(omar, "Deliver", on="You own #1", where="dm")
    slack.fill(omar, {"What shows that it is done": "It runs"})
    assert slack.submit(omar) is None
    slack.click(ann, "Yes, that's it", on="It runs", where="dm")
    slack.wait_until_quiet()
    told = slack.reads(lin, "dm")
    assert "#1 is closed; @Omar Haddad had it" in told
    assert "is with @Omar Haddad now" not in told
