"""The case that Baton exists for, whole and in Slack alone: a gasket, four departments, two people away, a holiday.

Wednesday, 30 December 2026: on Friday the New Year's holiday begins. Tao, who signs for Purchasing, is away until after
it, Bo stands in; Fang, the cashier, is off from noon, Sam stands in. Pia repairs what Ann's ward needs.
"""

from datetime import UTC, datetime

from sandbox.clock import Clock
from sandbox.people import Person
from store import audit
from store.queries import asks
from store.rules.lifecycle import Outcome
from store.snapshots import Ask
from tests.hospital import BatonStory, Hospital

WEDNESDAY_9 = datetime(2026, 12, 30, 1, 0, tzinfo=UTC)
TOMORROW_11 = datetime(2026, 12, 31, 3, 0, tzinfo=UTC)
MONDAY_3PM = datetime(2027, 1, 4, 7, 0, tzinfo=UTC)


def the(world: Hospital, number: int) -> Ask:
    return world.look(asks.by_number, number)


def forgotten(slack: BatonStory) -> None:
    slack.wait_until_quiet()
    slack.forget()


def test_the_analyser_runs_again(
    slack: BatonStory,
    world: Hospital,
    clock: Clock,
    ann: Person,
    pia: Person,
    tao: Person,
    nina: Person,
    bo: Person,
    fang: Person,
    sam: Person,
) -> None:
    clock.set(WEDNESDAY_9)
    slack.command(tao, f"/away until january 5 deputy <@{bo.id}>")
    slack.command(fang, "/away from 12pm until tomorrow 9am")
    forgotten(slack)

    # The ward files one ask; Pia has it the same second, and commits to it.
    slack.ask(ann, "@equipment repair: analyser 3 leaks, it needs a new gasket, by tomorrow 5pm", channel="#ward")
    slack.sees(ann, "Pia", where="ephemeral")
    slack.click(pia, "Acknowledge", on="You own #1", where="dm")
    slack.sees(ann, "has acknowledged #1", where="dm")
    forgotten(slack)

    # She cannot have the gasket before Purchasing buys it, nor they before somebody signs and somebody pays.
    slack.click(pia, "Blocked by …", on="You own #1", where="dm")
    slack.fill(pia, {"Which department?": "Purchasing"})
    slack.fill(pia, {"Service": "Order a spare part", "What do you need?": "A gasket for analyser 3"})
    slack.fill(pia, {"That is sooner than promised": "take"})
    assert slack.submit(pia) is None
    slack.sees(pia, "A gasket for analyser 3", where="modal")
    slack.close(pia)
    slack.sees(pia, "#1 cannot be done by", where="dm")
    assert "Equipment → Purchasing: 2 working days; you have 1." in slack.reads(pia, "dm")
    slack.click(nina, "Acknowledge in my words", on="You own #2", where="dm")
    slack.fill(nina, {"I will deliver this": "A gasket for analyser 3"})
    assert slack.submit(nina) is None
    slack.sees(pia, "has acknowledged #2", where="dm")
    clock.forward(hours=4)
    forgotten(slack)
    slack.click(nina, "Blocked by …", on="You own #2", where="dm")
    slack.click(nina, "Add another", where="modal")
    slack.fill(nina, {"department_0": "Purchasing", "what_0": "Sign for the gasket", "department_1": "Finance"})
    slack.fill(nina, {"blocking.service_1": "Pay an invoice", "what_1": "Pay the supplier, who ships on payment"})
    assert slack.submit(nina) is None
    slack.fill(nina, {"way_0": "take", "way_1": "take"})
    assert slack.submit(nina) is None
    slack.close(nina)
    slack.sees(bo, "#3", where="dm")
    slack.sees(sam, "You own #4", where="dm")
    slack.sees(nina, "#2 cannot be done by", where="dm")
    assert "Purchasing → Purchasing: 3 working days; you have 2." in slack.reads(nina, "dm")
    slack.sees(pia, "Equipment → Purchasing → Purchasing: 3 working days; you have 1.", where="dm")

    # Nina asks for both as a rush; who stands in promises them with one click.
    for number, person, promise in ((3, bo, "承诺这个时间"), (4, sam, "Promise this time")):
        forgotten(slack)
        slack.click(nina, f"Ask for #{number} as a rush", on="#2 cannot be done by", where="dm")
        slack.fill(nina, {"Needed by": TOMORROW_11, "Why is it a rush?": "The analyser stands still"})
        assert slack.submit(nina) is None
        slack.click(person, promise, where="dm")
        slack.sees(nina, f"has acknowledged #{number}", where="dm")
        assert the(world, number).due == TOMORROW_11

    # It will be after the holiday all the same: Ann hears it now, not on Friday, and agrees.
    slack.click(pia, "Ask for a new promise", on="#1 cannot be done by", where="dm")
    slack.fill(pia, {"I can deliver by": MONDAY_3PM, "Why it needs more time": "The supplier ships on payment"})
    assert slack.submit(pia) is None
    slack.sees(ann, "The supplier ships on payment", where="dm")
    slack.click(ann, "Yes, that's it", where="dm")
    slack.sees(pia, "agreed: #1 is promised for", where="dm")
    assert the(world, 1).due == MONDAY_3PM
    assert "cannot be done by" not in slack.sees_message(pia, "You own #1", where="dm").text

    # On Thursday the cashier is back: Sam hands the invoice to her, and she pays it.
    clock.set(datetime(2026, 12, 31, 1, 5, tzinfo=UTC))
    forgotten(slack)
    slack.click(sam, "Hand over", on="You own #4", where="dm")
    slack.fill(sam, {"To whom": fang, "What is next": "Pay it"})
    assert slack.submit(sam) is None
    slack.click(fang, "接手", on="#4", where="dm")
    slack.sees(sam, "has taken #4", where="dm")
    forgotten(slack)
    deliver(slack, bo, 3, "签好了")
    slack.click(nina, "Yes, that's it", on="签好了", where="dm")
    slack.sees(nina, "#2 no longer waits for it", where="dm")
    deliver(slack, fang, 4, "已付款")
    slack.click(nina, "Yes, that's it", on="已付款", where="dm")
    slack.sees(nina, "#2 no longer waits for it", where="dm")
    forgotten(slack)

    # After the holiday the gasket is there, and the chain closes link by link.
    clock.set(datetime(2027, 1, 4, 1, 0, tzinfo=UTC))
    forgotten(slack)
    slack.click(nina, "Deliver", on="You own #2", where="dm")
    slack.fill(nina, {"What shows that it is done": "It came this morning"})
    assert slack.submit(nina) is None
    slack.click(pia, "Yes, that's it", on="It came this morning", where="dm")
    slack.sees(pia, "#1 no longer waits for it: the next move there is yours", where="dm")
    slack.click(pia, "Deliver", on="You own #1", where="dm")
    slack.fill(pia, {"What shows that it is done": "No leak at 3 bar"})
    assert slack.submit(pia) is None
    slack.click(ann, "Yes, that's it", on="No leak at 3 bar", where="dm")
    slack.sees(pia, "said “Yes, that's it” to #1", where="dm")
    slack.wait_until_quiet()
    assert [the(world, number).outcome for number in (1, 2, 3, 4)] == [Outcome.SATISFIED] * 4
    assert the(world, 1).delivered_at < MONDAY_3PM  # type: ignore[operator]
    with world.ledger.reading() as connection:
        assert audit.findings(connection) == []


def deliver(slack: BatonStory, owner: Person, number: int, evidence: str) -> None:
    slack.click(owner, "交付", on=f"#{number} 由您负责", where="dm")
    slack.fill(owner, {"evidence": evidence})
    assert slack.submit(owner) is None
