"""Away and back, told through the whole bot: the deputy stands in, nothing lands on somebody who is not there."""

from sandbox.clock import Clock
from sandbox.deeds import Administrator
from sandbox.people import Person
from store import handoffs
from store.queries import asks
from tests.hospital import BatonStory, Hospital
from tests.stories.test_owning import filed


def owner_of(world: Hospital, number: int = 1) -> str:
    return world.look(asks.by_number, number).owner.handle


def test_the_deputy_is_offered_what_is_there_and_gets_what_comes(
    slack: BatonStory, world: Hospital, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    filed(slack, ann, lin)
    slack.command(lin, f"/away until wednesday deputy <@{pia.id}>")
    slack.sees(lin, "You are away until Nov 25, 2026 09:00", where="ephemeral")
    assert "*Offered to @Pia" in slack.reads(lin, "ephemeral")
    slack.sees(pia, "offers you #1: take it?", where="dm")
    assert "you stand in for them" in slack.reads(pia, "dm")
    slack.ask(ann, "@equipment Calibrate the scales by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #2", where="dm")
    slack.click(pia, "Take", on="take it?", where="dm")
    slack.sees(lin, "has taken #1", where="dm")
    slack.sees(pia, "You own #1", where="dm")
    slack.wait_until_quiet()
    slack.forget()
    slack.open_home(lin)
    slack.sees(lin, "You are away until", where="home")
    slack.wait_until_quiet()
    clock.forward(days=2)
    slack.sees(lin, "Welcome back", where="dm")
    slack.sees(lin, "offers you #1: take it?", where="dm")
    assert owner_of(world) == "pia"
    slack.click(lin, "Take", on="offers you #1", where="dm")
    slack.sees(pia, "has taken #1", where="dm")
    assert owner_of(world) == "lin"
    assert owner_of(world, 2) == "pia"


def test_what_is_not_offered_says_why(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, omar: Person, pia: Person
) -> None:
    filed(slack, ann, lin)
    world.file("pia", "Calibrate the scales")
    world.file("ann", "Repair the lamp")
    slack.wait_until_quiet()
    world.act("lin", handoffs.offer, 3, omar.id, "You know it best")
    slack.command(lin, f"/away until wednesday deputy <@{pia.id}>")
    slack.sees(lin, "You are away until", where="ephemeral")
    told = slack.reads(lin, "ephemeral")
    assert "*Not offered, as @Pia Berg asked for them:* they stay with you." in told
    assert "*On offer to somebody else already:* they stay with you until they are taken." in told
    first, asked, pending = (told.index(part) for part in ("*Offered to @Pia", "*Not offered, as", "*On offer to"))
    assert "#1" in told[first:asked]
    assert "#2" in told[asked:pending]
    assert "#3" in told[pending:]


def test_back_ahead_of_time(slack: BatonStory, world: Hospital, ann: Person, lin: Person, pia: Person) -> None:
    filed(slack, ann, lin)
    slack.command(lin, f"/away until friday deputy <@{pia.id}>")
    slack.sees(lin, "You are away", where="ephemeral")
    slack.sees(pia, "offers you #1", where="dm")
    slack.click(pia, "Take", on="offers you #1", where="dm")
    slack.sees(lin, "has taken #1", where="dm")
    slack.command(lin, "/back")
    slack.sees(lin, "*Offered back to you:*", where="ephemeral")
    slack.sees(lin, "offers you #1: take it?", where="dm")
    slack.command(lin, "/back")
    slack.sees(lin, "You are not away", where="ephemeral")
    slack.click(lin, "Take", on="offers you #1", where="dm")
    slack.sees(pia, "has taken #1", where="dm")
    assert owner_of(world) == "lin"


def test_what_was_not_taken_is_recalled_on_return(slack: BatonStory, ann: Person, lin: Person, pia: Person) -> None:
    filed(slack, ann, lin)
    slack.command(lin, f"/away deputy <@{pia.id}>")
    slack.sees(lin, "You are away until you are back", where="ephemeral")
    slack.sees(pia, "offers you #1", where="dm")
    slack.command(lin, "/back")
    slack.sees(lin, "Welcome back", where="ephemeral")
    slack.sees(pia, "#1 is no longer offered to you", where="dm")
    slack.wait_until_quiet()
    assert slack.reads(pia, "dm").count("no longer offered to you") == 1
    slack.wait_until_quiet()
    slack.forget()
    slack.assert_quiet()


def test_by_form(slack: BatonStory, world: Hospital, clock: Clock, ann: Person, lin: Person, omar: Person) -> None:
    filed(slack, ann, lin)
    slack.command(lin, "/away until the cows come home")
    slack.sees(lin, "I could not read", where="modal")
    slack.fill(lin, {"Deputy": lin, "Until": clock.now().replace(hour=0)})
    assert "is over" in (slack.submit(lin) or {})["Until"]
    slack.fill(lin, {"Until": None})
    assert "nobody can stand in for themselves" in (slack.submit(lin) or {})["Deputy"]
    slack.fill(lin, {"Deputy": omar})
    assert slack.submit(lin) is None
    slack.sees(lin, "New asks go to", where="modal")
    slack.sees(omar, "offers you #1", where="dm")
    slack.assert_quiet()


def test_a_deputy_who_is_away_as_well_and_a_baton_for_them(
    slack: BatonStory, ann: Person, lin: Person, omar: Person, pia: Person
) -> None:
    filed(slack, ann, lin)
    slack.command(omar, f"/away until friday deputy <@{pia.id}>")
    slack.sees(omar, "You are away", where="ephemeral")
    slack.sees(pia, "named you as deputy", where="dm")
    slack.command(lin, f"/away until friday deputy <@{omar.id}>")
    slack.sees(lin, "is away as well", where="ephemeral")
    slack.click(lin, "Hand over", on="You own #1", where="dm")
    slack.fill(lin, {"To whom": omar, "What is done": "Ordered"})
    assert "Omar Haddad is away; Pia" in (slack.submit(lin) or {})["To whom"]
    slack.close(lin)
    slack.assert_quiet()


def test_nudges_go_to_both_until_it_is_taken(
    slack: BatonStory, clock: Clock, ann: Person, lin: Person, pia: Person
) -> None:
    filed(slack, ann, lin)
    slack.command(lin, f"/away until friday deputy <@{pia.id}>")
    slack.sees(lin, "You are away", where="ephemeral")
    slack.sees(pia, "offers you #1", where="dm")
    clock.forward(hours=2)
    slack.sees(lin, "waits to hear that you have this", where="dm")
    slack.sees(pia, "is away, and this is offered to you", where="dm")
    slack.click(pia, "Take", on="is away, and this", where="dm")
    slack.sees(lin, "has taken #1", where="dm")


def test_help_and_chinese(slack: BatonStory, lin: Person, wei: Person, fang: Person) -> None:
    for command in ("/away help", "/back help"):
        slack.command(lin, command)
        slack.sees(lin, "deputy @sam", where="ephemeral")
    slack.command(wei, f"/away 到周五 代理 <@{fang.id}>")
    slack.sees(wei, "您将离开到", where="ephemeral")
    slack.sees(fang, "*@魏敏", where="dm")
    slack.assert_quiet()


def test_who_leaves_for_good_loses_their_monkeys_at_once(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, pia: Person
) -> None:
    slack.ask(ann, "@equipment @pia Replace the lamp by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    slack.wait_until_quiet()
    slack.forget()
    Administrator(world.sandbox, world.sandbox.workspace).deactivate(pia)
    slack.sees(lin, "You own #1 now", where="dm")
    assert owner_of(world) == "lin"


def test_who_is_away_takes_nothing_and_comes_back_on_home(
    slack: BatonStory, world: Hospital, ann: Person, lin: Person, pia: Person
) -> None:
    filed(slack, ann, lin)
    world.act("lin", handoffs.offer, 1, pia.id, "Half done")
    slack.sees(pia, "offers you #1: take it?", where="dm")
    slack.command(pia, "/away until friday")
    slack.sees(pia, "You are away until", where="ephemeral")
    slack.click(pia, "Take", on="take it?", where="dm")
    slack.sees(pia, "Type /back first, then take #1", where="ephemeral")
    assert owner_of(world) == "lin"
    slack.open_home(pia)
    slack.click(pia, "I am back", where="home")
    slack.sees(pia, "Offered to you (1)", where="home")
    assert "You are away" not in slack.reads(pia, "home")
    slack.click(pia, "Take", where="home")
    slack.sees(lin, "has taken #1", where="dm")
    assert owner_of(world) == "pia"
