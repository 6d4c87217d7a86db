"""Chains, told through the whole bot: the ward's gasket waits for purchasing, which waits for finance."""

from datetime import UTC, datetime

from sandbox.clock import Clock
from sandbox.people import Person
from store.queries import asks
from tests.hospital import BatonStory, Hospital
from tests.stories.test_handing_over import hand_over
from tests.stories.test_owning import acknowledged, filed


def blocked_by(slack: BatonStory, owner: Person, number: int, department: str, what: str) -> None:
    """The owner of `#number` files what it waits for, from their own message."""
    slack.click(owner, "Blocked by …", on=f"You own #{number}", where="dm")
    slack.fill(owner, {"Which department?": department, "What do you need?": what})
    assert slack.submit(owner) is None


def in_channel(slack: BatonStory, person: Person, channel: str, number: int) -> str:
    """What the card of `#number` says."""
    return slack.sees_message(person, f"#{number} ", where=channel).text


def test_from_the_ward_to_finance_and_back(
    slack: BatonStory, ann: Person, lin: Person, nina: Person, sam: Person, world: Hospital
) -> None:
    slack.command(nina, "/duty", channel="#purchasing")
    slack.forget()
    acknowledged(slack, ann, lin)
    blocked_by(slack, lin, 1, "Purchasing", "Buy a gasket by Wednesday 3pm")
    slack.choose(lin, "That is sooner than promised", "Rush: a customer, an accident or an authority")
    slack.fill(lin, {"Why is it a rush?": "The analyser stands still"})
    assert slack.submit(lin) is None
    slack.sees(lin, "What it waits for", where="modal")
    slack.close(lin)
    tao = slack.person("tao")
    slack.sees(tao, "#2", where="dm")
    slack.sees(lin, "#2 Purchasing", where="#equipment")
    assert "next move: 陶勇" in slack.reads(lin, "#equipment")
    slack.sees(lin, "#2", where="#purchasing")
    assert "Part of #1 (Equipment)" in slack.reads(lin, "#purchasing") or "属于 #1" in slack.reads(lin, "#purchasing")
    slack.wait_until_quiet()
    slack.forget()


def test_several_are_filed_together(slack: BatonStory, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Blocked by …", on="You own #1", where="dm")
    slack.fill(lin, {"Which department?": "Purchasing", "What do you need?": "Buy a gasket"})
    slack.sees(lin, "promises this in 3 working days", where="modal")
    slack.click(lin, "Add another", where="modal")
    slack.fill(lin, {"department_1": "Ward", "what_1": "Send the old one down"})
    assert slack.submit(lin) is None
    slack.sees(lin, "Send the old one down", where="modal")
    slack.close(lin)
    told = slack.sees(lin, "#2 Purchasing", where="dm")
    assert "#3 Ward" in told.text or "#3 Ward" in slack.reads(lin, "dm")
    slack.wait_until_quiet()


def test_what_is_missing_is_said_under_its_field(slack: BatonStory, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Blocked by …", on="You own #1", where="dm")
    assert "What do you need?" in (slack.submit(lin) or {})
    slack.fill(lin, {"What do you need?": "Buy a gasket"})
    assert slack.submit(lin) == {"Which department?": "Please choose whom you ask."}
    slack.fill(lin, {"Which department?": "Purchasing", "What do you need?": "Buy a gasket by 03/04"})
    assert "I am not sure which time you mean" in (slack.submit(lin) or {}).get("What do you need?", "")
    slack.fill(lin, {"What do you need?": "", "Or an ask that is there already": "the pump"})
    slack.close(lin)
    slack.assert_quiet()


def test_an_ask_that_is_there_is_linked_and_a_circle_is_shown(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person
) -> None:
    acknowledged(slack, ann, lin)
    world.file(what="Repair the pump")
    slack.sees(lin, "You own #2", where="dm")
    link(slack, lin, 1, "#2")
    slack.close(lin)
    slack.sees(lin, "#2 Equipment", where="#equipment")
    slack.click(lin, "Blocked by …", on="You own #2", where="dm")
    slack.fill(lin, {"Or an ask that is there already": "#1"})
    assert "#1 → #2 → #1" in (slack.submit(lin) or {}).get("Or an ask that is there already", "")
    slack.close(lin)
    slack.click(lin, "Show all", on="You own #1", where="dm")
    slack.choose(lin, "It no longer waits for …", "#2 Equipment", where="modal")
    slack.sees(lin, "said that it no longer waits for #2", where="modal")
    slack.close(lin)
    slack.wait_until_quiet()
    assert "Waits for" not in slack.reads(lin, "#equipment")


def link(slack: BatonStory, owner: Person, number: int, other: str) -> None:
    slack.click(owner, "Blocked by …", on=f"You own #{number}", where="dm")
    slack.fill(owner, {"Or an ask that is there already": other})
    assert slack.submit(owner) is None


def test_blocked_is_an_answer_to_a_nudge(slack: BatonStory, clock: Clock, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    clock.forward(hours=2, minutes=5)
    slack.click(lin, "Blocked by …", on="waits to hear that you have this", where="dm")
    slack.fill(lin, {"Which department?": "Purchasing", "What do you need?": "Buy a gasket"})
    assert slack.submit(lin) is None
    slack.sees(lin, "You said what this waits for", where="dm")
    slack.close(lin)
    slack.wait_until_quiet()


def test_my_monkeys_say_what_they_wait_for(slack: BatonStory, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    blocked_by(slack, lin, 1, "Purchasing", "Buy a gasket")
    slack.close(lin)
    for person in (lin, ann):
        slack.command(person, "/monkeys", channel="#equipment")
        slack.sees(person, "#2 Purchasing", where="ephemeral")
    slack.wait_until_quiet()


def test_others_are_told_who_may(slack: BatonStory, ann: Person, lin: Person, omar: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(omar, "Blocked by …", where="#equipment")
    slack.sees(omar, "That is for Lin Jianguo to do", where="ephemeral")
    slack.assert_quiet()


def test_putting_down_asks_what_becomes_of_the_children(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person
) -> None:
    acknowledged(slack, ann, lin)
    for what in ("Buy a gasket", "Lend us a pump"):
        blocked_by(slack, lin, 1, "Purchasing", what)
        slack.close(lin)
    slack.click(lin, "Put down ask", on="You own #1", where="dm")
    slack.sees(lin, "What you do not tick goes on on its own", where="modal")
    slack.fill(lin, {"Why you put it down": "Scrapped", "children_0": ["#2 Purchasing: Buy a gasket"]})
    assert slack.submit(lin) is None
    slack.sees(slack.person("tao"), "#2", where="dm")
    slack.wait_until_quiet()
    assert [world.look(asks.by_number, number).is_open for number in (1, 2, 3)] == [False, False, True]


def test_what_a_service_needs_is_asked_and_who_is_away_is_said(slack: BatonStory, ann: Person, nina: Person) -> None:
    slack.ask(ann, "@purchasing @nina We need a new analyser by Friday 3pm", channel="#ward")
    slack.command(slack.person("lin"), f"/away until friday deputy <@{slack.person('pia').id}>")
    slack.click(nina, "Blocked by …", on="You own #1", where="dm")
    slack.fill(nina, {"Which department?": "Equipment"})
    slack.sees(nina, "is away", where="modal")
    slack.fill(nina, {"Service": "Write off a device", "What do you need?": "Take the old one"})
    slack.fill(nina, {"That is sooner than promised": "take"})
    assert slack.submit(nina) == {"Inventory number": "The service needs this to start."}
    slack.fill(nina, {"Inventory number": "A-3 <!channel>"})
    assert slack.submit(nina) is None
    slack.close(nina)
    slack.sees(slack.person("pia"), "A-3", where="#equipment")


def test_who_takes_the_ask_judges_what_it_waits_for(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, omar: Person, tao: Person
) -> None:
    acknowledged(slack, ann, lin)
    blocked_by(slack, lin, 1, "Purchasing", "Buy a gasket")
    slack.close(lin)
    slack.click(tao, "确认接手", on="#2", where="dm")
    slack.click(tao, "交付", on="#2", where="dm")
    slack.fill(tao, {"evidence": "It lies here"})
    assert slack.submit(tao) is None
    slack.sees(lin, "It lies here", where="dm")
    hand_over(slack, lin, omar)
    slack.click(omar, "Take", on="take it?", where="dm")
    slack.click(omar, "Yes, that's it", on="It lies here", where="dm")
    slack.sees(omar, "#1 no longer waits for it", where="dm")
    slack.click(lin, "Yes, that's it", on="It lies here", where="dm")
    slack.wait_until_quiet()
    assert world.look(asks.by_number, 2).asker.handle == "omar"


def test_what_a_private_ask_waits_for_is_private(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, nina: Person
) -> None:
    slack.command(ann, "/ask")
    slack.fill(ann, {"Department": "Equipment", "What do you need?": "A bed for Mr. Xu", "Private": ["private"]})
    slack.fill(ann, {"Needed by": datetime(2026, 11, 27, 7, 0, tzinfo=UTC)})
    assert slack.submit(ann) is None
    slack.close(ann)
    blocked_by(slack, lin, 1, "Purchasing", "A quotation for Mr. Xu")
    slack.close(lin)
    slack.wait_until_quiet()
    assert world.look(asks.by_number, 2).is_private
    for person, where in ((nina, "#purchasing"), (nina, "#equipment"), (lin, "#purchasing")):
        assert "Xu" not in slack.reads(person, where)
    slack.click(nina, "查看全部" if "查看全部" in slack.reads(nina, "#purchasing") else "Show all", where="#purchasing")
    slack.wait_until_quiet()
    assert "Xu" not in slack.reads(nina, "modal")


def test_a_yes_to_what_still_waits_tells_what_goes_on(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person
) -> None:
    acknowledged(slack, ann, lin)
    blocked_by(slack, lin, 1, "Purchasing", "Buy a gasket")
    slack.close(lin)
    slack.click(lin, "Deliver", on="You own #1", where="dm")
    slack.fill(lin, {"What shows that it is done": "Found an old one"})
    assert slack.submit(lin) is None
    slack.click(ann, "Yes, that's it", on="Found an old one", where="dm")
    slack.sees(lin, "It still waited for #2, which goes on on its own", where="dm")
    assert world.look(asks.by_number, 2).is_open
