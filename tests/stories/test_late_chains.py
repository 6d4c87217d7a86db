"""A chain that ends too late: its owner reads how it adds up, once, and the message says what is true now."""

from sandbox.clock import Clock
from sandbox.people import Person
from tests.hospital import BatonStory
from tests.stories.test_blocked import blocked_by


def waits_for(slack: BatonStory, owner: Person, number: int, department: str, what: str) -> None:
    """An owner who reads Chinese files what `#number` waits for."""
    slack.click(owner, "在等……", on=f"#{number} ", where="dm")
    slack.fill(owner, {"department_0": department, "what_0": what})
    assert slack.submit(owner) is None
    slack.close(owner)


def an_alarm(slack: BatonStory, ann: Person, lin: Person) -> Person:
    """Equipment waits for Purchasing, which waits for Finance until it is too late. Returns Finance's lead."""
    tao, wei = slack.person("tao"), slack.person("wei")
    slack.ask(ann, "@equipment Replace the gasket of analyser 3 by Friday 6pm", channel="#ward")
    slack.click(lin, "Acknowledge", on="You own #1", where="dm")
    blocked_by(slack, lin, 1, "Purchasing", "Buy a gasket")
    slack.close(lin)
    waits_for(slack, tao, 2, "Finance", "Pay the supplier")
    return wei


def test_the_alarm_adds_up(slack: BatonStory, ann: Person, lin: Person) -> None:
    an_alarm(slack, ann, lin)
    slack.sees(lin, "#1 cannot be done by", where="dm")
    told = slack.reads(lin, "dm")
    told = told[told.index("#1 cannot be done by") :]
    assert "How it adds up" in told
    finance = told.index("#3 Finance, 魏敏, due")
    purchasing = told.index("#2 Purchasing, 陶勇, due")
    assert finance < purchasing, "what has to end first stands first"
    assert "and needs 3 working days: that is" in told[purchasing:]
    assert "needs" not in told[finance:purchasing], "the last waits for nothing: its due time counts"
    assert told.count("Waits for:") == 0, "the only path is told in full"


def test_a_link_more_is_edited_into_the_same_message(slack: BatonStory, clock: Clock, ann: Person, lin: Person) -> None:
    wei = an_alarm(slack, ann, lin)
    clock.forward(minutes=5)
    waits_for(slack, wei, 3, "The office", "Sign the payment")
    slack.wait_until_quiet()
    told = slack.reads(lin, "dm")
    assert told.count("*#1 cannot be done by") == 1
    assert "#4 The office" in told


def test_the_alarm_says_when_it_is_over(slack: BatonStory, ann: Person, lin: Person) -> None:
    an_alarm(slack, ann, lin)
    slack.sees(lin, "#1 cannot be done by", where="dm")
    slack.click(lin, "撤回请求", on="#2", where="#purchasing")
    slack.submit(lin)
    slack.wait_until_quiet()
    told = slack.reads(lin, "dm")
    assert "#1: this alarm is over" in told
    assert "cannot be done by" not in told
