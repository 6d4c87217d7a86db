"""An ordinary Bolt app over signed HTTP: commands, buttons, menus, modals, shortcuts, Home and events."""

import pytest

from sandbox.messages import Message
from tests.sandbox.conftest import World
from tests.sandbox.tiny import card


def test_a_command_is_answered_privately(world: World) -> None:
    outcome = world.story.command("ann", "/echo hello @bo in #ward & #secret for @finance", "#ward")
    assert outcome.ok
    assert outcome.status == 200
    bo, ward, secret = world.user("bo"), world.channel("ward"), world.channel("secret")
    group = world.workspace.usergroups and next(iter(world.workspace.usergroups))
    heard = next(body for body in world.tiny.heard if "command" in body)
    assert heard["text"] == f"hello <@{bo}|bo> in <#{ward}|ward> &amp; <#{secret}|> for <!subteam^{group}|@finance>"
    world.story.sees("ann", "You said: hello @Bo Berg in #ward & #secret", where="ephemeral")
    world.story.sees_not("bo", "You said")
    world.story.assert_quiet()


def test_a_button_changes_its_message_in_place(world: World) -> None:
    story = world.story
    story.command("ann", "/shout loud", "#ward")
    shown = story.sees_message("bo", "loud", where="#ward")
    assert story.click("bo", "Agree", on="loud").ok
    assert story.sees("bo", "agreed", where="#ward") is shown
    story.sees("bo", "Thank you", where="ephemeral")
    story.sees_not("ann", "Thank you")
    body = next(body for body in world.tiny.heard if body.get("type") == "block_actions")
    assert body["container"] == {
        "type": "message",
        "message_ts": shown.ts,
        "channel_id": shown.channel,
        "is_ephemeral": False,
    }
    assert body["actions"][0]["value"] == "yes"
    assert body["message"]["text"] == "loud"
    story.assert_quiet()


def test_an_overflow_menu_is_chosen_by_its_option(world: World) -> None:
    world.story.command("ann", "/shout loud", "#ward")
    world.story.sees("ann", "loud")
    assert world.story.click("ann", "Second").ok
    world.story.sees("ann", "Chosen: second", where="ephemeral")
    world.story.assert_quiet()


def test_a_modal_is_filled_refused_and_accepted(world: World) -> None:
    story = world.story
    story.command("ann", "/form")
    assert story.submit("ann") == {"What": "Please complete this required field."}
    story.fill("ann", {"What": "wrong", "Who": "bo", "City": "Bern"})
    assert story.submit("ann") == {"What": "Not that, please"}
    story.sees("ann", "Not that, please", where="modal")
    story.fill("ann", What="a gasket")
    assert story.submit("ann") is None
    story.sees("ann", "Noted: a gasket", where="dm")
    body = [body for body in world.tiny.heard if body.get("type") == "view_submission"][-1]
    values = body["view"]["state"]["values"]
    assert values["who"]["who"] == {"type": "users_select", "selected_user": world.user("bo")}
    assert values["city"]["city"]["selected_option"]["value"] == "bern"
    assert body["view"]["private_metadata"] == "kept"
    assert not world.workspace.views.stack(world.user("ann"))
    story.assert_quiet()


def test_views_stack_three_deep_and_no_deeper(world: World) -> None:
    story = world.story
    story.command("ann", "/form")
    story.fill("ann", What="push")
    assert story.submitted("ann").response_action == "push"
    story.click("ann", "More", where="modal")
    story.sees("ann", "Another", where="modal")
    assert len(world.workspace.views.stack(world.user("ann"))) == 3
    story.fill("ann", What="push")
    outcome = story.submitted("ann")
    assert outcome.error == "push_limit_reached"
    story.fill("ann", What="clear")
    assert story.submitted("ann").response_action == "clear"
    assert not world.workspace.views.stack(world.user("ann"))
    story.assert_quiet()


def test_a_view_is_replaced_and_its_closing_is_told(world: World) -> None:
    story = world.story
    story.command("ann", "/form")
    story.fill("ann", What="next")
    assert story.submitted("ann").response_action == "update"
    story.sees("ann", "Second", where="modal")
    story.close("ann")
    story.assert_quiet()
    assert world.tiny.heard[-1].get("type") == "view_closed"


def test_shortcuts_on_a_message_and_everywhere(world: World) -> None:
    story = world.story
    message = story.say("bo", "#ward", "the analyser leaks")
    assert story.shortcut("ann", "Keep this", message).ok
    story.sees("ann", "Kept: the analyser leaks", where="ephemeral")
    assert story.shortcut("ann", "Start").ok
    story.sees("ann", "A form", where="modal")
    story.assert_quiet()


def test_home_is_published_on_opening(world: World) -> None:
    world.story.open_home("ann")
    world.story.sees("ann", "Welcome home", where="home")
    assert world.story.click("ann", "Agree", where="home").ok
    container = world.tiny.heard[-1]["container"]
    assert container["type"] == "view"
    assert "response_url" not in world.tiny.heard[-1]


def test_a_mention_is_answered_in_its_thread(world: World) -> None:
    story = world.story
    message = story.say("bo", "#ward", "@tiny are you there?")
    reply = story.sees_message("ann", "You called?", where="#ward")
    assert reply.thread_ts == message.ts
    story.assert_quiet()


@pytest.mark.parametrize(("command", "error"), [("/fail", "dispatch_failed"), ("/nothing", "unknown_command")])
def test_a_failing_command_is_told_to_who_typed_it(world: World, command: str, error: str) -> None:
    outcome = world.story.command("ann", command, "#ward")
    assert outcome.error == error
    said = world.story.sees("ann", command, where="ephemeral")
    assert isinstance(said, Message)
    assert said.user == "USLACKBOT"


def test_no_answer_in_time_is_an_operation_timeout(world: World) -> None:
    world.sandbox.ack_timeout = 0.3
    assert world.story.command("ann", "/slow", "#ward").error == "operation_timeout"
    world.story.sees("ann", "operation_timeout", where="ephemeral")


def test_unsigned_requests_would_be_refused_so_the_signature_is_real(world: World) -> None:
    world.installation.app.signing_secret = "another"
    outcome = world.story.command("ann", "/echo hello", "#ward")
    assert outcome.status == 401
    assert outcome.error == "dispatch_failed"


def test_a_click_in_a_whisper_carries_no_message(world: World) -> None:
    world.client.chat_postEphemeral(
        channel=world.channel("ward"), user=world.user("ann"), text="psst", blocks=card("psst")
    )
    assert world.story.click("ann", "Second", where="ephemeral").ok
    body = next(body for body in world.tiny.heard if body.get("type") == "block_actions")
    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    world.story.sees("ann", "Chosen: second", where="ephemeral")


def test_a_command_may_go_on_in_the_next_line(world: World) -> None:
    assert world.story.command("ann", "/echo\nfirst line\nsecond line", "#ward").ok
    world.story.sees("ann", "You said: first line\nsecond line", where="ephemeral")


def test_commands_do_not_work_in_threads(world: World) -> None:
    parent = world.story.say("ann", "#ward", "hm")
    assert world.story.command("ann", "/echo hello", "#ward", thread=parent).error == "not_in_threads"
    assert not [body for body in world.tiny.heard if "command" in body]
