"""Whose is it? What fits no department lands at the desk, is placed, and the next one finds its way by itself.

Kit, Hua and Gu work the desk; Kit has this week. Tao, Nina and Bo are Purchasing.
"""

import copy
from datetime import date

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from store import departments, duty, gray_zone, matching
from store.queries import asks
from store.refusals import NoSuchAsk
from store.snapshots import Ask
from tests.hospital import BatonStory, Hospital

NOTE = {"What they need to know": "The analyser stands still"}


@pytest.fixture(autouse=True)
def kit_has_the_week(world: Hospital) -> None:
    desk = world.look(departments.called, "desk")
    assert desk is not None
    world.act("gu", duty.set_rota, desk.id, [world.slack.person("kit").id], date(2026, 11, 23))


def the(world: Hospital, number: int = 1) -> Ask:
    return world.look(asks.by_number, number)


def landed(slack: BatonStory, asker: Person, kit: Person, text: str = "need a new gasket by Friday 3pm") -> None:
    slack.ask(asker, text, channel="#ward")
    slack.sees(asker, "Filed as #", where="ephemeral")
    slack.sees(kit, "You own #", where="dm")
    slack.wait_until_quiet()


def placed(slack: BatonStory, kit: Person, remember: str = "gasket") -> None:
    slack.click(kit, "Place it", on="You own #1", where="dm")
    slack.fill(kit, {"Whose is it?": "Purchasing", **NOTE})
    if remember:
        slack.fill(kit, {"Remember for that department": [remember]})
    assert slack.submit(kit) is None


def test_an_ask_that_names_nobody_has_a_coordinator_at_once(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person
) -> None:
    landed(slack, ann, kit)
    assert "It is at the gray-zone desk" in slack.reads(ann, "ephemeral")
    assert "place it with the department whose it is" in slack.reads(kit, "dm")
    slack.sees(kit, "need a new gasket", where="#office")
    ask = the(world)
    assert (ask.owner.handle, ask.department_name) == ("kit", "Gray zone")
    assert ask.due.isoformat() == "2026-11-27T07:00:00+00:00"
    slack.assert_quiet()


def test_it_is_placed_taken_and_the_next_one_goes_there_by_itself(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person, tao: Person
) -> None:
    landed(slack, ann, kit)
    slack.forget()
    placed(slack, kit)
    slack.sees(tao, "The analyser stands still", where="dm")
    assert the(world).owner.handle == "kit"
    slack.click(tao, "接手", where="dm")
    slack.sees(ann, "Purchasing has taken #1", where="dm")
    slack.sees(kit, "has taken #1", where="dm")
    slack.sees(kit, "#1 went to Purchasing", where="#office")
    slack.sees(tao, "#1", where="#purchasing")
    ask = the(world)
    assert (ask.owner.handle, ask.department_name, ask.at_gray_zone) == ("tao", "Purchasing", False)
    slack.wait_until_quiet()
    slack.forget()
    slack.ask(ann, "two gaskets for analyser 4", channel="#ward")
    slack.sees(ann, "because “gasket” goes there", where="ephemeral")
    slack.sees(tao, "#2", where="#purchasing")
    assert the(world, 2).department_name == "Purchasing"
    slack.wait_until_quiet()
    slack.forget()
    slack.click(ann, "Not theirs", where="ephemeral")
    slack.sees(ann, "It is at the gray-zone desk", where="ephemeral")
    slack.sees(kit, "You own #2", where="dm")
    slack.sees(tao, "#2", where="dm")
    assert the(world, 2).owner.handle == "kit"


def test_without_a_time_the_departments_promise_counts_from_when_it_is_taken(
    slack: BatonStory, world: Hospital, clock: Clock, ann: Person, kit: Person, nina: Person
) -> None:
    landed(slack, ann, kit, "we lack gaskets")
    at_desk = the(world).due
    clock.forward(hours=1)
    slack.click(kit, "Place it", on="You own #1", where="dm")
    slack.fill(kit, {"Whose is it?": "Purchasing", **NOTE})
    slack.fill(kit, {"Service": "Order a spare part"})
    assert slack.submit(kit) is None
    slack.sees(nina, "offers you #1: take it?", where="dm")
    slack.click(nina, "Take", where="dm")
    slack.sees(ann, "Purchasing has taken #1", where="dm")
    ask = the(world)
    assert (ask.owner.handle, ask.service_name) == ("nina", "Order a spare part")
    purchasing = world.look(departments.called, "purchasing")
    assert purchasing is not None
    promised = departments.earliest(purchasing, purchasing.services[0], clock.now())
    assert at_desk < ask.due == ask.asked_due == promised
    assert ask.promise_number == 2


def test_the_desk_delivers_and_acknowledges_nothing(slack: BatonStory, ann: Person, kit: Person) -> None:
    landed(slack, ann, kit)
    shown = slack.reads(kit, "dm")
    assert "Acknowledge" not in shown.replace("acknowledged", "")
    assert "Deliver" not in shown
    assert "Deliver" not in slack.reads(kit, "#office")
    slack.click(kit, "Put down ask", on="You own #1", where="dm")
    slack.fill(kit, {"reason": "A second one came by mail"})
    assert slack.submit(kit) is None
    slack.sees(ann, "put down #1", where="dm")


def test_a_department_that_refuses_leaves_it_with_the_coordinator_and_nothing_is_remembered(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person, tao: Person
) -> None:
    landed(slack, ann, kit)
    slack.forget()
    placed(slack, kit)
    slack.sees(tao, "#1", where="dm")
    slack.click(tao, "不接", where="dm")
    slack.fill(tao, {"reason": "wrong_department"})
    assert slack.submit(tao) is None
    slack.sees(kit, "does not take #1: it stays with you", where="dm")
    assert the(world).owner.handle == "kit"
    slack.wait_until_quiet()
    slack.forget()
    slack.ask(ann, "another gasket", channel="#ward")
    slack.sees(ann, "It is at the gray-zone desk", where="ephemeral")


def test_refused_as_not_ours_by_all_the_desk_has_it_at_once(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, tao: Person, wei: Person, kit: Person
) -> None:
    slack.ask(ann, "@equipment Who pays for the gasket? by Friday 3pm", channel="#ward")
    slack.sees(lin, "You own #1", where="dm")
    for department, person in (("Purchasing", tao), ("Finance", wei)):
        slack.wait_until_quiet()
        slack.forget()
        slack.click(lin, "Hand over", on="You own #1", where="dm")
        slack.fill(lin, {"Or to another department": department, "What is next": "It is yours"})
        assert slack.submit(lin) is None
        slack.sees(person, "#1", where="dm")
        slack.click(person, "不接", where="dm")
        slack.fill(person, {"reason": "wrong_department"})
        assert the(world).owner.handle == "lin"
        assert slack.submit(person) is None
    slack.sees(lin, "#1 is off your back", where="dm")
    slack.sees(ann, "finds out whose #1 is", where="dm")
    slack.sees(kit, "You own #1", where="dm")
    slack.sees(kit, "Who pays for the gasket?", where="#office")
    ask = the(world)
    assert (ask.owner.handle, ask.at_gray_zone) == ("kit", True)


def test_a_slip_is_asked_back_first_and_the_desk_is_one_of_the_answers(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person
) -> None:
    slack.ask(ann, "@equpment Replace the gasket", channel="#ward")
    slack.sees(ann, "No department is called “equpment”", where="ephemeral")
    slack.click(ann, "I don't know whose this is", where="ephemeral")
    slack.sees(ann, "It is at the gray-zone desk", where="ephemeral")
    slack.sees(kit, "You own #1", where="dm")
    slack.ask(ann, "@nobodyatall Bring the <!channel> & umbrella", channel="#ward")
    slack.sees(ann, "No department is called “nobodyatall”", where="ephemeral")
    slack.click(ann, "I don't know whose this is", where="ephemeral")
    slack.sees(kit, "You own #2", where="dm")
    assert the(world, 2).what.startswith("@nobodyatall Bring the")


def test_the_form_knows_that_one_may_not_know(slack: BatonStory, world: Hospital, ann: Person) -> None:
    slack.command(ann, "/ask")
    slack.fill(ann, {"Department": "I don't know whose this is"})
    slack.sees(ann, "finds out within", where="modal")
    slack.fill(ann, {"What do you need?": "Somebody to move the piano"})
    assert slack.submit(ann) is None
    assert the(world).owner.handle == "kit"


def test_in_chinese(slack: BatonStory, world: Hospital, mei: Person, kit: Person, tao: Person) -> None:
    landed_text = "请更换3号分析仪的垫片"
    slack.ask(mei, landed_text, channel="#ward")
    slack.sees(mei, "灰色地带协调台", where="ephemeral")
    slack.sees(kit, "You own #1", where="dm")
    placed(slack, kit, remember="垫片")
    slack.sees(tao, "#1", where="dm")
    slack.click(tao, "接手", where="dm")
    slack.sees(mei, "接下了 #1", where="dm")
    slack.ask(mei, "再来两片垫片", channel="#ward")
    slack.sees(mei, "因为“垫片”归他们", where="ephemeral")
    assert the(world, 2).department_name == "Purchasing"


def test_two_departments_that_share_a_word_are_asked_back(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person
) -> None:
    for key in ("purchasing", "equipment"):
        department = world.look(departments.called, key)
        assert department is not None
        world.act("kit", matching.remember, department.id, ["gasket"], kit.id)
    slack.ask(ann, "a gasket please", channel="#ward")
    slack.sees(ann, "“gasket” goes to more than one department", where="ephemeral")
    slack.click(ann, "Purchasing", where="ephemeral")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    assert the(world).department_name == "Purchasing"


def test_without_a_desk_everything_is_as_before(slack: BatonStory, world: Hospital, ann: Person) -> None:
    world.act("gu", gray_zone.make_desk, None)
    slack.ask(ann, "Replace the gasket", channel="#ward")
    slack.sees(ann, "Whom do you ask?", where="ephemeral")
    assert "I don't know whose this is" not in slack.reads(ann, "ephemeral")


def test_what_landed_is_listed_on_demand_and_words_can_be_forgotten(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person, tao: Person, omar: Person
) -> None:
    landed(slack, ann, kit)
    placed(slack, kit)
    slack.sees(tao, "#1", where="dm")
    slack.click(tao, "接手", where="dm")
    slack.wait_until_quiet()
    slack.ask(ann, "an umbrella for the <!channel> & co", channel="#ward")
    slack.wait_until_quiet()
    slack.forget()
    slack.command(kit, "/monkeys @desk")
    slack.click(kit, "What landed here", where="ephemeral")
    slack.sees(kit, "2026-11: 2 asks landed at the gray-zone desk", where="ephemeral")
    shown = slack.reads(kit, "ephemeral")
    for told in ("went to Purchasing after", "1 is at the desk now", "Placed with: Purchasing (1)", "still here, for"):
        assert told in shown
    slack.click(kit, "Remembered words", where="ephemeral")
    slack.sees(kit, "*gasket* → Purchasing", where="modal")
    slack.click(kit, "Forget", where="modal")
    slack.sees(kit, "0 remembered matches", where="modal")
    slack.close(kit)
    slack.ask(ann, "another gasket", channel="#ward")
    slack.sees(ann, "It is at the gray-zone desk", where="ephemeral")


def test_the_list_of_the_month_comes_by_itself_once(
    slack: BatonStory, world: Hospital, clock: Clock, ann: Person, kit: Person, gu: Person
) -> None:
    landed(slack, ann, kit, "an umbrella")
    slack.forget()
    clock.forward(days=8)
    slack.sees(kit, "2026-11: 1 ask landed at the gray-zone desk", where="dm")
    slack.sees(gu, "2026-11：灰色地带协调台收到 1 个请求", where="dm")
    clock.forward(days=1)
    slack.wait_until_quiet()
    assert slack.reads(kit, "dm").count("landed at the gray-zone desk") == 1


def test_help_names_the_desk(slack: BatonStory, ann: Person) -> None:
    slack.command(ann, "/ask help")
    slack.sees(ann, "remembered words send it to its department", where="ephemeral")


def remembered(slack: BatonStory, ann: Person, kit: Person, tao: Person) -> None:
    """Somebody asked for a gasket before: the word is Purchasing's."""
    landed(slack, ann, kit)
    placed(slack, kit)
    slack.click(tao, "接手", where="dm")
    slack.wait_until_quiet()
    slack.forget()


def test_a_routed_ask_keeps_why_through_the_form(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person, tao: Person
) -> None:
    remembered(slack, ann, kit, tao)
    slack.ask(ann, "two gaskets by tomorrow 9am", channel="#ward")  # sooner than promised: the form asks
    slack.sees(ann, "because “gasket” goes there", where="modal")
    slack.fill(ann, {"That is sooner than promised": "take"})
    assert slack.submit(ann) is None
    slack.sees(ann, "because “gasket” goes there", where="modal")
    assert world.look(matching.listed, 1)[0][0].used == 1
    slack.click(ann, "Not theirs", where="modal")
    slack.sees(ann, "It is at the gray-zone desk", where="modal")
    assert the(world, 2).owner.handle == "kit"


def test_a_routed_ask_keeps_why_through_a_question(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person, tao: Person
) -> None:
    remembered(slack, ann, kit, tao)
    slack.ask(ann, "a quotation for the spare part gasket", channel="#ward")
    slack.click(ann, "None of these", where="ephemeral")
    slack.sees(ann, "because “gasket” goes there", where="ephemeral")
    slack.click(ann, "Not theirs", where="ephemeral")
    slack.sees(ann, "It is at the gray-zone desk", where="ephemeral")


def test_who_does_not_know_in_the_form_is_helped_by_remembered_words(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person, tao: Person
) -> None:
    remembered(slack, ann, kit, tao)
    slack.command(ann, "/ask")
    slack.fill(ann, {"Department": "I don't know whose this is", "What do you need?": "Another gasket"})
    assert slack.submit(ann) is None
    slack.sees(ann, "because “gasket” goes there", where="modal")
    assert the(world, 2).department_name == "Purchasing"


def test_two_questions_in_a_row_are_filed_once(slack: BatonStory, world: Hospital, ann: Person) -> None:
    slack.ask(ann, "@equpment Replace the gasket by 03/04", channel="#ward")
    first = slack.sees(ann, "No department is called", where="ephemeral")
    still_there = copy.deepcopy(first)  # as in another window of hers, before the answer has come
    slack.click(ann, "Equipment", on=first)
    second = slack.sees(ann, "can be read in more than one way", where="ephemeral")
    slack.click(ann, "Leave the time to Equipment", on=second)
    slack.sees(ann, "Filed as #1", where="ephemeral")
    slack.click(ann, "Equipment", on=still_there)
    slack.click(ann, "Leave the time to Equipment", on=still_there)
    slack.wait_until_quiet()
    with pytest.raises(NoSuchAsk):
        the(world, 2)


def test_an_admin_makes_a_department_the_desk(slack: BatonStory, world: Hospital, gu: Person, lin: Person) -> None:
    slack.command(gu, "/dept @equipment", channel="#office")
    slack.click(gu, "设为协调台", where="modal")
    slack.wait_until_quiet()
    desk = world.look(departments.desk)
    assert desk is not None
    assert desk.key == "equipment"
    slack.command(lin, "/dept @equipment", channel="#equipment")
    slack.sees(lin, "This is the gray-zone desk", where="modal")
    assert "Make it the desk" not in slack.reads(lin, "modal")
