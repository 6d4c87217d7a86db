"""The lead's board: who has how many monkeys, how old, how late; what one of them has; handed over on their behalf."""

from sandbox.clock import Clock
from sandbox.people import Person
from store import absences, handoffs
from store.queries import asks
from tests.hospital import BatonStory, Hospital
from tests.stories.test_handing_over import owner_of


def several(slack: BatonStory, world: Hospital, owner: str, many: int) -> None:
    """Ann asks somebody of Equipment for several things; nobody has to read of it."""
    for number in range(many):
        slack.ask("ann", f"@equipment @{owner} Calibrate scale {number}", channel="#ward")
    slack.wait_until_quiet()
    slack.forget()


def test_a_lead_sees_who_has_what_and_acts_there(
    slack: BatonStory, world: Hospital, lin: Person, omar: Person, pia: Person
) -> None:
    several(slack, world, "pia", 4)
    slack.command(lin, "/monkeys @equipment", channel="#equipment")
    slack.sees(lin, "Equipment has 4 open asks.", where="ephemeral")
    said = slack.reads(lin, "ephemeral")
    assert "4 monkeys, the oldest is #1" in said
    assert "no monkey" in said
    slack.click(lin, "Show monkeys", where="ephemeral")
    slack.sees(lin, "has 4 monkeys of Equipment.", where="ephemeral")
    slack.click(lin, "Hand over", on="has 4 monkeys of Equipment.", where="ephemeral")
    slack.fill(lin, {"To whom": omar, "What is next": "Pia is at the fair"})
    assert slack.submit(lin) is None
    slack.sees(omar, "offers you #1", where="dm")
    slack.sees(pia, "#1", where="dm")
    slack.sees(lin, "offered to Omar Haddad", where="ephemeral")
    slack.click(omar, "Take", on="offers you #1", where="dm")
    slack.sees(pia, "has taken #1", where="dm")
    slack.sees(omar, "You own #1", where="dm")
    slack.click(lin, "Back to the board", where="ephemeral")
    slack.sees(lin, "3 monkeys, the oldest is #2", where="ephemeral")
    slack.click(lin, "Show every ask", where="ephemeral")
    slack.sees(lin, "#4", where="ephemeral")
    slack.click(lin, "Show by person", where="ephemeral")
    slack.sees(lin, "3 monkeys, the oldest is #2", where="ephemeral")
    assert owner_of(world) == "omar"


def test_a_lead_hands_over_several_for_somebody(
    slack: BatonStory, world: Hospital, lin: Person, omar: Person, pia: Person
) -> None:
    several(slack, world, "pia", 12)
    slack.command(lin, "/monkeys @equipment", channel="#equipment")
    slack.click(lin, "Show monkeys", where="ephemeral")
    slack.click(lin, "Hand over several", where="ephemeral")
    slack.sees(lin, "These are Pia", where="modal")
    slack.click(lin, "More", where="modal")
    slack.fill(lin, {"asks": ["12"], "Everything": ["all"], "To whom": omar, "What is next": "Pia is moving"})
    assert slack.submit(lin) is None
    slack.sees(lin, "12 asks are offered to", where="modal")
    assert world.look(asks.by_number, 12).baton is not None
    assert owner_of(world, 12) == "pia"


def test_a_member_reads_the_board_and_others_do_not(
    slack: BatonStory, world: Hospital, ann: Person, omar: Person
) -> None:
    several(slack, world, "pia", 3)
    slack.command(omar, "/monkeys @equipment", channel="#equipment")
    slack.sees(omar, "#3", where="ephemeral")
    slack.click(omar, "Show by person", where="ephemeral")
    slack.sees(omar, "3 monkeys, the oldest is #1", where="ephemeral")
    slack.click(omar, "Show monkeys", where="ephemeral")
    slack.sees(omar, "has 3 monkeys of Equipment.", where="ephemeral")
    assert "Hand over several" not in slack.reads(omar, "ephemeral")
    slack.command(ann, "/monkeys @equipment", channel="#ward")
    slack.sees(ann, "are for its members and its lead", where="ephemeral")


def test_late_bouncing_climbed_and_away_are_counted(
    slack: BatonStory, world: Hospital, clock: Clock, lin: Person, pia: Person, omar: Person
) -> None:
    several(slack, world, "pia", 2)
    for giver, receiver in (("pia", omar), ("omar", pia), ("pia", lin)):
        offered = world.act(giver, handoffs.offer, 1, receiver.id, "Please")
        assert offered.baton is not None
        world.act(receiver.handle, handoffs.take, 1, offered.baton.id)
    world.act("pia", absences.leave, None, None)
    clock.forward(days=7)
    slack.wait_until_quiet()
    slack.forget()
    slack.command(lin, "/monkeys @equipment", channel="#equipment")
    slack.sees(lin, "2 are late", where="ephemeral")
    said = slack.reads(lin, "ephemeral")
    for words in ("1 owner is away", "1 late", "1 bouncing", "1 climbed to the lead", "away, without a deputy"):
        assert words in said.replace("*", ""), words


def test_home_shows_a_lead_their_board(slack: BatonStory, world: Hospital, lin: Person, pia: Person) -> None:
    several(slack, world, "pia", 12)
    slack.open_home(lin)
    slack.sees(lin, "Your department's board", where="home")
    assert "12 monkeys, the oldest is #1" in slack.reads(lin, "home")
    slack.click(lin, "Show monkeys", where="home")
    slack.sees(lin, "has 12 monkeys of Equipment.", where="modal")
    slack.click(lin, "More", where="modal")
    slack.sees(lin, "#12", where="modal")
    slack.click(lin, "Put down ask", where="modal")
    slack.fill(lin, {"Why you put it down": "No longer needed"})
    assert slack.submit(lin) is None
    slack.sees(lin, "has 11 monkeys of Equipment.", where="modal")
    slack.close(lin)
    slack.open_home(pia)
    assert "board" not in slack.reads(pia, "home")


def test_my_own_list_is_sorted_as_i_choose(slack: BatonStory, world: Hospital, pia: Person) -> None:
    several(slack, world, "pia", 9)
    slack.command(pia, "/monkeys")
    slack.sees(pia, "You have 9 monkeys", where="ephemeral")
    slack.choose(pia, "Sort", "Oldest first", where="ephemeral")
    slack.sees(pia, "(9) 1/2", where="ephemeral")
    slack.click(pia, "More", where="ephemeral")
    slack.sees(pia, "(9) 2/2", where="ephemeral")
    assert "*#1*" not in slack.reads(pia, "ephemeral")
