"""The methods through Slack's own client, unpatched: what they answer, page by page."""

from datetime import timedelta

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import World
from tests.sandbox.tiny import card


def test_who_am_i(world: World) -> None:
    answer = world.client.auth_test()
    assert answer["team_id"] == world.workspace.id
    assert answer["user_id"] == world.installation.bot_user_id
    assert answer["bot_id"] == world.installation.bot_id
    assert answer.headers["x-oauth-scopes"].split(",")[:2] == ["commands", "chat:write"]
    assert world.client.api_test(foo="bar")["args"] == {"foo": "bar"}
    assert world.client.team_info()["team"]["domain"] == "harbour"
    assert world.client.bots_info(bot=world.installation.bot_id)["bot"]["app_id"] == world.installation.app_id


def test_people(world: World) -> None:
    user = world.client.users_info(user=world.user("ann"), include_locale=True)["user"]
    assert (user["locale"], user["tz"], user["tz_offset"]) == ("zh-CN", "Asia/Shanghai", 8 * 3600)
    assert user["profile"]["email"] == "ann@harbour.example"
    assert user["is_admin"]
    assert "locale" not in world.client.users_info(user=world.user("ann"))["user"]
    assert world.client.users_info(user=world.user("gus"))["user"]["is_restricted"]
    assert world.client.users_info(user=world.user("old"))["user"]["deleted"]
    assert world.client.users_lookupByEmail(email="BO@harbour.example")["user"]["id"] == world.user("bo")
    assert world.client.users_profile_get(user=world.user("ann"))["profile"]["title"] == "Nurse"
    assert world.client.users_getPresence(user=world.user("ann"))["presence"] == "active"


def test_pages_by_cursor_give_everything_once(world: World) -> None:
    found = [user["id"] for page in world.client.users_list(limit=2) for user in page["members"]]
    assert found == list(world.workspace.people)
    names = [
        channel["name"]
        for page in world.client.conversations_list(limit=1, types="public_channel,private_channel")
        for channel in page["channels"]
    ]
    assert names == ["ward", "elsewhere", "closed"]
    members = [
        m
        for page in world.client.conversations_members(channel=world.channel("ward"), limit=2)
        for m in page["members"]
    ]
    assert members == world.workspace.place("#ward").members


def test_channels(world: World) -> None:
    info = world.client.conversations_info(channel=world.channel("ward"), include_num_members=True)["channel"]
    assert (info["name"], info["is_member"], info["num_members"], info["is_private"]) == ("ward", True, 4, False)
    active = world.client.conversations_list(exclude_archived=True)["channels"]
    assert [channel["name"] for channel in active] == ["ward", "elsewhere"]
    assert world.client.conversations_join(channel=world.channel("elsewhere"))["channel"]["is_member"]
    mine = world.client.users_conversations(types="public_channel")["channels"]
    assert [channel["name"] for channel in mine] == ["ward", "elsewhere", "closed"]


def test_direct_messages(world: World) -> None:
    opened = world.client.conversations_open(users=world.user("ann"), return_im=True)["channel"]
    assert opened["id"].startswith("D")
    assert opened["user"] == world.user("ann")
    posted = world.client.chat_postMessage(channel=world.user("ann"), text="hello")
    assert posted["channel"] == opened["id"]
    assert world.client.conversations_open(users=world.user("ann"))["already_open"]
    history = world.client.conversations_history(channel=opened["id"])["messages"]
    assert [message["text"] for message in history] == ["hello"]


def test_history_newest_first_with_metadata_on_request(world: World) -> None:
    ward = world.channel("ward")
    stamps = []
    for number in range(5):
        metadata = {"event_type": "sent", "event_payload": {"nonce": str(number)}}
        stamps.append(world.client.chat_postMessage(channel=ward, text=str(number), metadata=metadata)["ts"])
        world.clock.forward(seconds=1)
    plain = world.client.conversations_history(channel=ward)["messages"]
    assert [message["text"] for message in plain] == ["4", "3", "2", "1", "0"]
    assert "metadata" not in plain[0]
    full = world.client.conversations_history(channel=ward, include_all_metadata=True, limit=2)
    assert full["messages"][0]["metadata"]["event_payload"] == {"nonce": "4"}
    assert full["has_more"]
    cursor = full["response_metadata"]["next_cursor"]
    rest = world.client.conversations_history(channel=ward, cursor=cursor, limit=2)["messages"]
    assert [message["text"] for message in rest] == ["2", "1"]
    span = world.client.conversations_history(channel=ward, oldest=stamps[1], latest=stamps[3])["messages"]
    assert [message["text"] for message in span] == ["2"]
    inclusive = world.client.conversations_history(channel=ward, oldest=stamps[1], latest=stamps[3], inclusive=True)
    assert [message["text"] for message in inclusive["messages"]] == ["3", "2", "1"]


def test_threads(world: World) -> None:
    ward = world.channel("ward")
    parent = world.client.chat_postMessage(channel=ward, text="parent")["ts"]
    first = world.client.chat_postMessage(channel=ward, text="first", thread_ts=parent)["ts"]
    world.client.chat_postMessage(channel=ward, text="second", thread_ts=first)
    world.client.chat_postMessage(channel=ward, text="third", thread_ts=parent, reply_broadcast=True)
    replies = world.client.conversations_replies(channel=ward, ts=parent)["messages"]
    assert [message["text"] for message in replies] == ["parent", "first", "second", "third"]
    assert replies[0]["reply_count"] == 3
    shown = world.client.conversations_history(channel=ward)["messages"]
    assert [message["text"] for message in shown] == ["third", "parent"]
    link = world.client.chat_getPermalink(channel=ward, message_ts=first)["permalink"]
    assert f"thread_ts={parent}" in link


def test_updating_keeps_metadata_and_drops_blocks_that_are_not_given_again(world: World) -> None:
    ward = world.channel("ward")
    metadata = {"event_type": "sent", "event_payload": {"nonce": "1"}}
    posted = world.client.chat_postMessage(channel=ward, text="a", blocks=card("a"), metadata=metadata)
    world.client.chat_update(channel=ward, ts=posted["ts"], text="b")
    (message,) = world.client.conversations_history(channel=ward, include_all_metadata=True)["messages"]
    assert (message["text"], message["metadata"]) == ("b", metadata)
    assert "blocks" not in message
    assert message["edited"]["user"] == world.installation.bot_user_id
    world.client.chat_delete(channel=ward, ts=posted["ts"])
    assert world.client.conversations_history(channel=ward)["messages"] == []


def test_user_groups(world: World) -> None:
    (group,) = world.client.usergroups_list(include_users=True, include_count=True)["usergroups"]
    assert (group["handle"], group["users"], group["user_count"]) == ("finance", [world.user("bo")], 1)
    assert world.client.usergroups_users_list(usergroup=group["id"])["users"] == [world.user("bo")]


def test_do_not_disturb(world: World) -> None:
    now = world.clock.now()
    world.workspace.someone("bo").do_not_disturb = (now, now + timedelta(hours=2))
    info = world.client.dnd_info(user=world.user("bo"))
    assert info["dnd_enabled"]
    assert info["next_dnd_end_ts"] == int(now.timestamp()) + 7200
    team = world.client.dnd_teamInfo(users=[world.user("bo"), world.user("ann")])["users"]
    assert team[world.user("ann")]["dnd_enabled"] is False
    world.clock.forward(hours=3)
    assert world.client.dnd_info(user=world.user("bo"))["dnd_enabled"] is False


def test_reactions(world: World) -> None:
    ward = world.channel("ward")
    posted = world.client.chat_postMessage(channel=ward, text="a")
    world.client.reactions_add(channel=ward, timestamp=posted["ts"], name="eyes")
    (message,) = world.client.conversations_history(channel=ward)["messages"]
    assert message["reactions"] == [{"name": "eyes", "users": [world.installation.bot_user_id], "count": 1}]
    world.client.reactions_remove(channel=ward, timestamp=posted["ts"], name="eyes")
    with pytest.raises(SlackApiError, match="no_reaction"):
        world.client.reactions_remove(channel=ward, timestamp=posted["ts"], name="eyes")


def test_an_upload_in_three_steps(world: World) -> None:
    ward = world.channel("ward")
    answer = world.client.files_upload_v2(
        channel=ward, filename="table.csv", content="a,b\n1,2", title="A table", initial_comment="Look"
    )
    assert answer["files"][0]["title"] == "A table"
    (message,) = world.client.conversations_history(channel=ward)["messages"]
    assert (message["text"], message["files"][0]["name"]) == ("Look", "table.csv")
    info = world.client.files_info(file=answer["files"][0]["id"])["file"]
    assert info["size"] == 7


def test_scheduled_messages_appear_by_the_clock_but_never_with_metadata(world: World) -> None:
    ward = world.channel("ward")
    later = int((world.clock.now() + timedelta(hours=1)).timestamp())
    world.client.chat_scheduleMessage(channel=ward, post_at=later, text="later")
    metadata = {"event_type": "sent", "event_payload": {}}
    world.client.chat_scheduleMessage(channel=ward, post_at=later, text="never", metadata=metadata)
    third = world.client.chat_scheduleMessage(channel=ward, post_at=later, text="withdrawn")
    listed = world.client.chat_scheduledMessages_list()["scheduled_messages"]
    assert [message["text"] for message in listed] == ["later", "never", "withdrawn"]
    world.client.chat_deleteScheduledMessage(channel=ward, scheduled_message_id=third["scheduled_message_id"])
    world.clock.forward(hours=2)
    history = world.client.conversations_history(channel=ward)["messages"]
    assert [message["text"] for message in history] == ["later"]
    assert world.client.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_blocks_are_validated_offline(world: World) -> None:
    assert world.client.api_call("blocks.validate", json={"blocks": card("fine")})["ok"]
    with pytest.raises(SlackApiError) as refused:
        world.client.api_call("blocks.validate", json={"blocks": [{"type": "section", "text": {"type": "x"}}]})
    assert refused.value.response["errors"][0]["pointer"].startswith("/0/text")


def test_links_are_unfurled(world: World) -> None:
    message = world.story.say("ann", "#ward", "see https://harbour.example/1")
    unfurls = {"https://harbour.example/1": {"blocks": card("one")}}
    world.client.chat_unfurl(channel=message.channel, ts=message.ts, unfurls=unfurls)
    assert world.story.reads("bo", "#ward").endswith("one\n[Agree]\n[First]\n[Second]")


def test_a_user_token_less_client_is_not_authed(world: World) -> None:
    client = WebClient(base_url=world.sandbox.api_url)
    with pytest.raises(SlackApiError, match="not_authed"):
        client.auth_test()
