"""The test API itself: it fails when it should, and says what there is instead."""

import pytest

from sandbox.story import Story
from tests.sandbox.conftest import World
from tests.sandbox.tiny import card


@pytest.fixture
def hasty(world: World) -> Story:
    """A story without patience, for what is not going to come."""
    return Story(world.sandbox, patience=0.2)


def test_what_nobody_expected_is_listed(world: World, hasty: Story) -> None:
    world.client.chat_postMessage(channel=world.channel("ward"), text="out of the blue")
    world.client.chat_postMessage(channel=world.user("bo"), text="to bo alone")
    with pytest.raises(AssertionError) as fault:
        hasty.assert_quiet()
    assert "in #ward: out of the blue" in str(fault.value)
    assert "to bo alone" in str(fault.value)
    hasty.sees("ann", "out of the blue")
    hasty.sees("bo", "to bo alone", where="dm")
    hasty.assert_quiet()


def test_one_sees_a_message_once_and_again_after_an_edit(world: World, hasty: Story) -> None:
    posted = world.client.chat_postMessage(channel=world.channel("ward"), text="first")
    hasty.sees("ann", "first")
    with pytest.raises(AssertionError, match="Ann Lee does not see 'first'"):
        hasty.sees("ann", "first")
    hasty.sees("bo", "first")
    world.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="second")
    hasty.sees("ann", "second")
    hasty.sees_not("ann", "second")


def test_seeing_what_should_not_be_seen_fails(world: World, hasty: Story) -> None:
    world.client.chat_postMessage(channel=world.channel("ward"), text="loud")
    with pytest.raises(AssertionError, match="Ann Lee sees 'loud'"):
        hasty.sees_not("ann", "loud")


def test_where_restricts_what_is_seen(world: World, hasty: Story) -> None:
    world.client.chat_postMessage(channel=world.user("ann"), text="psst")
    for where in ("#ward", "ephemeral", "modal", "home"):
        with pytest.raises(AssertionError):
            hasty.sees("ann", "psst", where=where)
    hasty.sees("ann", "psst", where="dm")


def test_a_button_that_is_not_there_is_named_with_what_is(world: World, hasty: Story) -> None:
    world.client.chat_postMessage(channel=world.channel("ward"), text="card", blocks=card("a card"))
    with pytest.raises(AssertionError, match=r"(?s)no 'Disagree' before them.*Agree"):
        hasty.click("ann", "Disagree")
    with pytest.raises(AssertionError):
        hasty.click("ann", "Agree", on="another card")


def test_the_newest_button_is_pressed_unless_told_otherwise(world: World, hasty: Story) -> None:
    old = world.client.chat_postMessage(channel=world.channel("ward"), text="old", blocks=card("old"))
    new = world.client.chat_postMessage(channel=world.channel("ward"), text="new", blocks=card("new"))
    hasty.click("ann", "First")
    hasty.click("ann", "First", on="old")
    clicked = [body["message"]["ts"] for body in world.tiny.heard if body.get("type") == "block_actions"]
    assert clicked == [new["ts"], old["ts"]]


def test_a_field_or_option_that_is_not_there(world: World, hasty: Story) -> None:
    hasty.command("ann", "/form")
    world.story.modal("ann")
    with pytest.raises(AssertionError, match="no field 'Whence'"):
        hasty.fill("ann", Whence="x")
    with pytest.raises(ValueError, match="no option 'Rome'"):
        hasty.fill("ann", City="Rome")


def test_a_failed_submission_is_no_quiet_success(world: World, hasty: Story) -> None:
    hasty.command("ann", "/form")
    world.story.fill("ann", What="x")
    world.installation.request_url = "http://127.0.0.1:9/"
    with pytest.raises(AssertionError, match="dispatch_failed"):
        hasty.submit("ann")
    assert world.workspace.views.stack(world.user("ann"))


def test_preparation_can_be_forgotten(world: World, hasty: Story) -> None:
    world.client.chat_postMessage(channel=world.channel("ward"), text="set up")
    hasty.forget()
    hasty.assert_quiet()


def test_invite_brings_somebody_into_a_channel(world: World, hasty: Story) -> None:
    place = world.workspace.place("#ward")
    bot = world.workspace.someone(world.installation.bot_user_id)
    if bot.id in place.members:
        place.members.remove(bot.id)
    assert not hasty.command("ann", "/invite @nobody", "#ward").ok
    assert hasty.command("ann", f"/invite @{bot.handle}", "#ward").ok
    assert bot.id in place.members
