"""What goes wrong about monkeys, each told in one sentence with the next best step, and nothing is lost by it."""

from datetime import UTC, datetime

from sandbox.deeds import Administrator
from sandbox.people import Person
from store import presence
from store.queries import asks
from tests.hospital import BatonStory, Hospital
from tests.stories.test_handing_over import NOTE
from tests.stories.test_owning import acknowledged


def refused(slack: BatonStory, giver: Person, receiver: Person | str) -> str:
    """What the form says when it is to go to this person; it stays open, with what was typed."""
    slack.fill(giver, {"To whom": receiver})
    told = slack.submit(giver)
    assert told is not None
    return str(told.get("To whom", told))


def test_a_baton_that_nobody_can_take(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, omar: Person, pia: Person, vera: Person
) -> None:
    stranger = Administrator(slack.sandbox, slack.workspace).hire("otto")
    Administrator(slack.sandbox, slack.workspace).deactivate(stranger)
    slack.wait_until_quiet()  # until Slack has told that they left
    acknowledged(slack, ann, lin)
    slack.command(omar, f"/away until friday deputy <@{pia.id}>")
    slack.click(lin, "Hand over", on="You own #1", where="dm")
    slack.fill(lin, {**NOTE, "What is done": " ", "What is next": " ", "Where things are": " "})
    slack.fill(lin, {"To whom": pia})
    assert "Please fill in one of the three at least" in str(slack.submit(lin))
    slack.fill(lin, NOTE)
    assert "owns ask #1 already. Please choose somebody else." in refused(slack, lin, lin)
    assert "asked for #1 and cannot own it too. Please choose" in refused(slack, lin, ann)
    assert "Pia Berg" in refused(slack, lin, omar), "who stands in is named"
    for nobody in (vera, stranger, "baton"):
        assert "choose" in refused(slack, lin, nobody)
    ask = world.look(asks.by_number, 1)
    assert (ask.owner.handle, ask.baton) == ("lin", None)
    slack.fill(lin, {"To whom": pia})
    assert slack.submit(lin) is None


def test_an_absence_that_cannot_be(
    slack: BatonStory, world: Hospital, lin: Person, omar: Person, pia: Person, vera: Person
) -> None:
    slack.command(omar, f"/away until friday deputy <@{pia.id}>")
    for deputy, answer in (
        (omar, "Please name somebody who is here"),
        (lin, "Please name somebody else"),
        (vera, "a colleague with a full account"),
    ):
        slack.command(lin, f"/away until friday deputy <@{deputy.id}>")
        slack.sees(lin, answer, where="ephemeral")
    for typed in ("until last friday", "from yesterday until friday", "until 1 november 2026"):
        slack.command(lin, f"/away {typed}")
        slack.sees(lin, "", where="modal")
        slack.fill(lin, {"Until": datetime(2026, 11, 20, 1, 0, tzinfo=UTC)})
        assert "is over. Please choose a later time." in str(slack.submit(lin))
        slack.close(lin)
    assert world.look(presence.absence_of, lin.id) is None
