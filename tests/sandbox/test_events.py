"""Events: who gets them, in which envelope, and what happens when an app fails."""

from sandbox.deeds import Administrator
from tests.sandbox.conftest import World


def test_the_envelope_is_slacks(world: World) -> None:
    message = world.story.say("bo", "#ward", "hello @ann")
    world.story.wait_until_quiet()
    (body,) = [body for body in world.tiny.heard if "event" in body]
    assert body["type"] == "event_callback"
    assert body["team_id"] == world.workspace.id
    assert body["api_app_id"] == world.installation.app_id
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"] == [
        {
            "enterprise_id": None,
            "team_id": world.workspace.id,
            "user_id": world.installation.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
    ]
    event = body["event"]
    assert (event["type"], event["channel_type"], event["user"]) == ("message", "channel", world.user("bo"))
    assert event["text"] == f"hello <@{world.user('ann')}>"
    assert event["ts"] == event["event_ts"] == message.ts


def test_a_reply_carries_its_thread(world: World) -> None:
    parent = world.story.say("ann", "#ward", "first")
    world.story.say("bo", "#ward", "second", thread=parent)
    world.story.wait_until_quiet()
    (reply,) = [event for event in world.tiny.named("message") if event["text"] == "second"]
    assert reply["thread_ts"] == parent.ts
    assert reply["parent_user_id"] == world.user("ann")


def test_only_channels_that_the_bot_is_in_are_heard(world: World) -> None:
    world.story.say("bo", "#elsewhere", "hello")
    world.story.say("bo", "#secret", "hello")
    world.story.wait_until_quiet()
    assert world.tiny.heard == []


def test_retries_at_once_after_a_minute_and_after_five(world: World) -> None:
    world.tiny.broken = 4
    # Bolt acknowledges events before its listeners run, so only a middleware can make them fail.
    world.story.say("bo", "#ward", "hello")
    world.story.wait_until_quiet()
    assert world.tiny.retries == [(None, None), ("1", "http_error")]
    world.clock.forward(seconds=59)
    world.story.wait_until_quiet()
    assert len(world.tiny.retries) == 2
    world.clock.forward(seconds=2)
    world.story.wait_until_quiet()
    assert world.tiny.retries[-1] == ("2", "http_error")
    world.clock.forward(minutes=5)
    world.story.wait_until_quiet()
    assert world.tiny.retries[-1] == ("3", "http_error")
    assert len({body["event_id"] for body in world.tiny.heard}) == 1
    world.clock.forward(hours=5)
    world.story.wait_until_quiet()
    assert len(world.tiny.retries) == 4


def test_an_unreachable_app_gets_its_events_when_it_is_back(world: World) -> None:
    url = world.installation.request_url
    world.installation.request_url = "http://127.0.0.1:9/slack/events"
    world.story.say("bo", "#ward", "hello")
    world.story.wait_until_quiet()
    world.installation.request_url = url
    world.clock.forward(minutes=1)
    world.story.wait_until_quiet()
    assert [event["text"] for event in world.tiny.named("message")] == ["hello"]
    assert world.tiny.retries == [("2", "connection_failed")]


def test_people_coming_changing_and_going_are_told(world: World) -> None:
    admin = Administrator(world.sandbox, world.workspace)
    admin.hire("new", name="New Nurse")
    admin.change(world.workspace.someone("bo"), locale="zh-CN")
    admin.deactivate(world.workspace.someone("bo"))
    admin.group("finance", ["ann"])
    admin.group("buyers", ["ann"], "Buyers")
    admin.archive(world.workspace.place("#ward"))
    world.story.wait_until_quiet()
    assert [event["user"]["name"] for event in world.tiny.named("team_join")] == ["new"]
    changes = world.tiny.named("user_change")
    assert sorted(change["user"]["deleted"] for change in changes) == [False, True]
    assert {change["user"].get("locale") for change in changes} == {"zh-CN", None}
    (moved,) = world.tiny.named("subteam_members_changed")
    assert (moved["added_users"], moved["removed_users"]) == ([world.user("ann")], [world.user("bo")])
    assert [event["subteam"]["handle"] for event in world.tiny.named("subteam_created")] == ["buyers"]
    assert [event["channel"] for event in world.tiny.named("channel_archive")] == [world.channel("ward")]


def test_uninstalling_ends_the_token_and_is_told(world: World) -> None:
    world.sandbox.uninstall(world.installation)
    world.story.wait_until_quiet()
    assert len(world.tiny.named("app_uninstalled")) == len(world.tiny.named("tokens_revoked")) == 1
    assert world.story.command("ann", "/echo hello").error == "unknown_command"


def test_the_request_url_is_verified_by_a_challenge(world: World) -> None:
    assert world.sandbox.events.verify(world.installation.app, "3eZbrw1a")
    world.installation.app.signing_secret = "another"
    assert not world.sandbox.events.verify(world.installation.app, "3eZbrw1a")


def test_an_event_can_be_delivered_twice(world: World) -> None:
    world.sandbox.faults.add("deliver_twice", kind="events")
    world.story.say("bo", "#ward", "hello")
    world.story.wait_until_quiet()
    first, second = (body for body in world.tiny.heard if "event" in body)
    assert first["event_id"] == second["event_id"]
