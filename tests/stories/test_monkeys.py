"""`/monkeys`: what waits for my yes, my monkeys, what I wait for; a department's; pages; and words that fit nothing."""

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from tests.stories.test_owning import acknowledged, delivered, filed


def test_nobody_has_a_monkey_at_first(slack: Story, kit: Person) -> None:
    slack.command(kit, "/monkeys")
    slack.sees(kit, "No monkeys: you own nothing and wait for nothing.", where="ephemeral")
    slack.assert_quiet()


def test_the_owner_acts_from_the_list_and_it_is_drawn_anew(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.command(lin, "/monkeys", channel="#equipment")
    slack.sees(lin, "You have 1 monkey", where="ephemeral")
    slack.click(lin, "Acknowledge", on="You have 1 monkey", where="ephemeral")
    slack.sees(ann, "has acknowledged #1", where="dm")
    slack.sees(lin, "On track", where="ephemeral")
    slack.click(lin, "Deliver", on="You have 1 monkey", where="ephemeral")
    slack.fill(lin, {"What shows that it is done": "In place"})
    assert slack.submit(lin) is None
    slack.sees(ann, "In place", where="dm")
    slack.sees(lin, "to say whether that is it", where="ephemeral")
    slack.assert_quiet()


def test_what_waits_for_my_yes_stands_first_and_is_answered_there(slack: Story, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    slack.command(ann, "/monkeys", channel="#ward")
    slack.sees(ann, "1 ask waits for your yes", where="ephemeral")
    slack.click(ann, "Yes, that's it", on="Waiting for your yes", where="ephemeral")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    slack.sees(ann, "No monkeys", where="ephemeral")
    slack.assert_quiet()


def test_what_is_late_is_said_in_words(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    clock.forward(days=5)
    slack.command(lin, "/monkeys", channel="#equipment")
    slack.sees(lin, "late", where="ephemeral")
    assert "late since" in slack.reads(lin, "ephemeral").replace("*", "")


def test_a_department_is_shown_to_its_members_and_its_lead_only(
    slack: Story, ann: Person, lin: Person, omar: Person
) -> None:
    filed(slack, ann, lin)
    for member in (lin, omar):
        slack.command(member, "/monkeys @equipment", channel="#equipment")
        slack.sees(member, "Equipment has 1 open ask.", where="ephemeral")
    slack.command(ann, "/monkeys @设备科", channel="#ward")
    slack.sees(ann, "are for its members and its lead", where="ephemeral")
    slack.assert_quiet()


def test_ten_at_a_time_and_nothing_is_cut_off_silently(slack: Story, ann: Person, lin: Person, omar: Person) -> None:
    for letter in "ABCDEFGHIJKL":
        slack.ask(ann, f"@equipment Calibrate scale {letter}", channel="#ward")
    slack.wait_until_quiet()
    slack.forget()
    slack.command(lin, "/monkeys", channel="#equipment")
    slack.sees(lin, "You have 12 monkeys", where="ephemeral")
    assert "*#11*" not in slack.reads(lin, "ephemeral")
    slack.click(lin, "More", on="You have 12 monkeys", where="ephemeral")
    slack.sees(lin, "#12", where="ephemeral")
    slack.click(lin, "Earlier", on="You have 12 monkeys", where="ephemeral")
    slack.sees(lin, "#3", where="ephemeral")
    slack.command(omar, "/monkeys @equipment", channel="#equipment")
    slack.sees(omar, "Equipment has 12 open asks.", where="ephemeral")
    slack.click(omar, "More", on="Equipment has 12 open asks.", where="ephemeral")
    slack.sees(omar, "#12", where="ephemeral")
    slack.assert_quiet()


def test_words_that_fit_nothing_get_the_nearest_department(slack: Story, omar: Person) -> None:
    slack.command(omar, "/monkeys @equipmnt", channel="#equipment")
    slack.sees(omar, "I do not understand", where="ephemeral")
    slack.click(omar, "@Equipment", where="ephemeral")
    slack.sees(omar, "Equipment has no monkeys.", where="ephemeral")
    slack.command(omar, "/monkeys help", channel="#equipment")
    slack.sees(omar, "Who has the monkey?", where="ephemeral")
    slack.assert_quiet()


def test_a_reader_of_chinese_reads_chinese(slack: Story, wei: Person) -> None:
    slack.command(wei, "/monkeys")
    slack.sees(wei, "没有猴子", where="ephemeral")
    slack.command(wei, "/monkeys 帮助")
    slack.sees(wei, "猴子在谁背上？", where="ephemeral")
    slack.assert_quiet()
