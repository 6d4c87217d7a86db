"""Advice without a jump: ask the lead with a proposal, read the answer, own it still; or the lead takes it over."""

from sandbox.deeds import Administrator
from sandbox.people import Person
from sandbox.story import Story
from store.queries import asks
from tests.hospital import BatonStory, Hospital
from tests.stories.test_owning import filed

PUMP = "@equipment repair: the pump of bed 7"


def seek(slack: Story, owner: Person, proposal: str, whom: Person | None = None, question: str | None = None) -> None:
    slack.click(owner, "Ask for advice", on="You own #1", where="dm")
    slack.fill(owner, {"I suggest …": proposal, "Your question": question})
    if whom is not None:
        slack.fill(owner, {"Whom do you ask?": whom})


def test_the_lead_agrees_and_the_owner_still_owns(
    slack: Story, ann: Person, lin: Person, pia: Person, omar: Person
) -> None:
    filed(slack, ann, pia, PUMP)
    seek(slack, pia, "A new pump <!channel>")  # the lead is who is asked unless somebody else is named
    assert slack.submit(pia) is None
    slack.sees(lin, "asks for your advice on #1", where="dm")
    slack.click(lin, "Agree", on="asks for your advice on #1", where="dm")
    slack.sees(pia, "agrees with your proposal about #1", where="dm")
    slack.sees(lin, "It was agreed to.", where="dm")
    slack.sees(omar, "agreed with", where="#equipment")
    slack.click(ann, "Show all", where="#equipment")
    slack.sees(ann, "suggested to", where="modal")
    slack.sees(lin, "#1", where="#equipment")


def test_a_colleague_answers_in_words_from_their_list(slack: Story, ann: Person, pia: Person, wei: Person) -> None:
    filed(slack, ann, pia, PUMP)
    seek(slack, pia, "Rent one", wei, "Is there money?")
    assert slack.submit(pia) is None
    slack.sees(wei, "#1", where="dm")
    slack.open_home(wei)
    slack.click(wei, "回答", where="home")
    slack.fill(wei, {"您的回答": "For a week"})
    assert slack.submit(wei) is None
    slack.sees(pia, "For a week", where="dm")


def test_a_proposal_of_ones_own_is_needed(slack: Story, ann: Person, pia: Person) -> None:
    filed(slack, ann, pia, PUMP)
    seek(slack, pia, " ")
    assert slack.submit(pia) == {"I suggest …": "Please say what you suggest: advice needs a proposal of your own."}
    slack.fill(pia, {"I suggest …": "A new pump", "Whom do you ask?": pia})
    assert "yours to decide" in str(slack.submit(pia))
    slack.fill(pia, {"Whom do you ask?": "vera"})
    assert "cannot be asked here" in str(slack.submit(pia))


def test_a_proposal_to_the_asker_waits_for_them(slack: Story, ann: Person, pia: Person) -> None:
    filed(slack, ann, pia, PUMP)
    seek(slack, pia, "A new pump", ann)
    assert slack.submit(pia) is None
    slack.sees(ann, "A new pump", where="dm")
    slack.click(ann, "Agree", on="A new pump", where="dm")
    slack.sees(pia, "agrees with your proposal", where="dm")


def test_the_lead_takes_it_over_and_it_is_on_the_board(slack: Story, ann: Person, lin: Person, pia: Person) -> None:
    filed(slack, ann, pia, PUMP)
    seek(slack, pia, "A new pump")
    assert slack.submit(pia) is None
    slack.sees(lin, "asks for your advice on #1", where="dm")
    slack.click(lin, "Take it over", on="asks for your advice on #1", where="dm")
    slack.sees(pia, "has taken #1: it is off your back", where="dm")
    slack.sees(lin, "You own #1", where="dm")
    slack.command(lin, "/monkeys @equipment", channel="#equipment")
    slack.sees(lin, "Climbed to the lead in the last month", where="ephemeral")
    slack.click(ann, "Show all", where="#equipment")
    slack.sees(ann, "took it over and owns it", where="modal")


def test_a_lead_takes_it_over_from_the_list_of_somebodys_monkeys(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, pia: Person
) -> None:
    filed(slack, ann, pia, PUMP)
    slack.command(lin, "/monkeys @equipment", channel="#equipment")
    slack.click(lin, "Show monkeys", where="ephemeral")
    slack.click(lin, "Take it over", on="has 1 monkey of Equipment", where="ephemeral")
    slack.sees(lin, "You own #1 from then on", where="modal")
    assert world.look(asks.by_number, 1).owner.handle == "pia"
    assert slack.submit(lin) is None
    slack.sees(pia, "has taken #1: it is off your back", where="dm")
    assert world.look(asks.by_number, 1).owner.handle == "lin"


def test_who_leaves_gives_no_advice_and_the_owner_hears_it(
    slack: BatonStory, ann: Person, pia: Person, fang: Person
) -> None:
    filed(slack, ann, pia, PUMP)
    seek(slack, pia, "Rent one", fang)
    assert slack.submit(pia) is None
    slack.sees(fang, "Rent one", where="dm")
    slack.wait_until_quiet()
    Administrator(slack.sandbox, slack.workspace).deactivate(fang)
    slack.sees(pia, "has left: no advice will come on #1", where="dm")
    slack.click(pia, "Ask for advice", on="no advice will come", where="dm")
    slack.sees(pia, "I suggest …", where="modal")


def test_an_asker_who_leaves_is_answered_for_by_their_lead(
    slack: BatonStory, ann: Person, pia: Person, zoe: Person
) -> None:
    filed(slack, ann, pia, PUMP)
    seek(slack, pia, "A new pump", ann)
    assert slack.submit(pia) is None
    slack.sees(ann, "A new pump", where="dm")
    slack.wait_until_quiet()
    Administrator(slack.sandbox, slack.workspace).deactivate(ann)
    slack.sees(zoe, "as their lead you answer for them", where="dm")
    slack.click(zoe, "Agree", on="as their lead", where="dm")
    slack.sees(pia, "agrees with your proposal", where="dm")
