"""What an asker does not want: to own their own ask, to see a private one published, to be sent astray by "the"."""

from datetime import date

import pytest

from sandbox.clock import Clock
from sandbox.people import Person
from store import departments, duty, presence
from store.queries import asks
from tests.hospital import BatonStory, Hospital


def owner_of(world: Hospital, number: int = 1) -> str:
    return world.look(asks.by_number, number).owner.handle


def test_nobody_comes_to_own_what_they_ask_for(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, mei: Person
) -> None:
    slack.command(lin, f"/away until friday deputy <@{ann.id}>")
    slack.sees(lin, "They work in Ward: please tell them", where="ephemeral")
    slack.ask(ann, "@equipment Calibrate the scales by Friday 3pm", channel="#ward")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    assert owner_of(world) in {"omar", "pia"}
    slack.ask(mei, "@equipment Calibrate the other scales by Friday 3pm", channel="#ward")
    assert owner_of(world, 2) == "ann"  # for others Ann does stand in
    slack.ask(ann, "@ann Check the oxygen by Friday 3pm", channel="#ward")
    slack.sees(ann, "Filed as #3", where="ephemeral")
    assert owner_of(world, 3) == "zoe"


def test_who_is_alone_in_a_department_is_told_that_it_is_theirs(
    slack: BatonStory, world: Hospital, ann: Person, mei: Person, zoe: Person
) -> None:
    for one in (zoe, mei):
        slack.command(one, "/away until friday")
    slack.ask(ann, "@ward Check the oxygen by Friday 3pm", channel="#ward")
    slack.sees(ann, "so it is yours until you hand it over", where="ephemeral")
    assert owner_of(world) == "ann"


@pytest.mark.parametrize(
    "line",
    [
        "private @equipment salary problem of Omar by friday 3pm",
        "@equipment private: salary problem of Omar by friday 3pm",
        "@equipment salary problem of Omar by friday 3pm (private)",
    ],
)
def test_what_is_called_private_is_not_published(slack: BatonStory, world: Hospital, ann: Person, line: str) -> None:
    slack.ask(ann, line, channel="#ward")
    slack.sees(ann, "Only the asker, the owner and their leads can read it", where="modal")
    assert not world.look(asks.listed)
    assert slack.submit(ann) is None
    ask = world.look(asks.by_number, 1)
    assert (ask.is_private, ask.what) == (True, "salary problem of Omar")
    assert ask.due.isoformat() == "2026-11-27T07:00:00+00:00"


def test_a_private_room_stays_in_the_text(slack: BatonStory, world: Hospital, ann: Person) -> None:
    slack.ask(ann, "@equipment private room 4 has no light", channel="#ward")
    slack.fill(ann, {"Private": []})
    assert slack.submit(ann) is None
    assert (world.look(asks.by_number, 1).what, world.look(asks.by_number, 1).is_private) == (
        "private room 4 has no light",
        False,
    )


def test_back_tomorrow_is_not_back_now(
    slack: BatonStory, world: Hospital, clock: Clock, lin: Person, pia: Person
) -> None:
    slack.command(lin, f"/away until friday deputy <@{pia.id}>")
    slack.command(lin, "/back tomorrow")
    slack.sees(lin, "You are away until Nov 24, 2026 09:00", where="ephemeral")
    slack.command(lin, "/back when the cows come home")
    slack.sees(lin, "so nothing has changed", where="ephemeral")
    absence = world.look(presence.absence_of, lin.id)
    assert absence is not None
    assert absence.deputy_id == pia.id
    clock.forward(days=1)
    slack.sees(lin, "Welcome back", where="dm")
    slack.command(lin, "/back tomorrow")
    slack.sees(lin, "You are not away", where="ephemeral")


@pytest.mark.parametrize("word", ["the", "gasket, is", "灯", "A", "需要", "12"])
def test_words_that_tell_nothing_apart_are_not_remembered(
    slack: BatonStory, world: Hospital, ann: Person, kit: Person, word: str
) -> None:
    desk = world.look(departments.called, "desk")
    assert desk is not None
    world.act("gu", duty.set_rota, desk.id, [kit.id], date(2026, 11, 23))
    slack.ask(ann, "need a new gasket by Friday 3pm", channel="#ward")
    slack.click(kit, "Place it", on="You own #1", where="dm")
    slack.fill(kit, {"Whose is it?": "Purchasing", "What they need to know": "It stands still"})
    slack.fill(kit, {"Other words to remember": word})
    assert "it cannot tell whose one is" in (slack.submit(kit) or {}).get("Other words to remember", "")
