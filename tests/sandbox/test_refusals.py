"""Calls that Slack refuses, each with Slack's own code. The codes are those of Slack's reference of each method."""

import json
import urllib.parse
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.sandbox.conftest import World
from tests.sandbox.tiny import MANIFEST, form_view

Given = dict[str, Any]
LONG = "x" * 4001
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
INPUT = {
    "type": "input",
    "label": {"type": "plain_text", "text": "What"},
    "element": {"type": "plain_text_input", "action_id": "what"},
}


def call(world: World, method: str, given: Given, token: str | None = None, *, as_json: bool = True) -> Given:
    """One call by hand, so that nothing of a client stands between."""
    headers = {"Content-Type": "application/json" if as_json else "application/x-www-form-urlencoded"}
    if token != "":
        headers["Authorization"] = f"Bearer {token or world.client.token}"
    flat = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    body = json.dumps(given) if as_json else urllib.parse.urlencode(flat)
    request = urllib.request.Request(world.sandbox.api_url + method, body.encode(), headers)
    with urllib.request.urlopen(request) as response:
        answer: Given = json.load(response)
    return answer


def other_bot(world: World) -> str:
    """A second app in the same workspace, in #ward too: its token."""
    manifest = {
        "display_information": {"name": "Other"},
        "oauth_config": {"scopes": {"bot": ["chat:write", "channels:history", "users:read"]}},
    }
    installation = world.sandbox.install(manifest)
    ward = world.workspace.place("#ward")
    if installation.bot_user_id not in ward.members:
        ward.members.append(installation.bot_user_id)
    return installation.bot_token


def others_message(world: World) -> Given:
    message = call(world, "chat.postMessage", {"channel": world.channel("ward"), "text": "mine"}, other_bot(world))
    return {"channel": message["channel"], "ts": message["ts"]}


def own_message(world: World) -> Given:
    message = call(world, "chat.postMessage", {"channel": world.channel("ward"), "text": "mine"})
    return {"channel": message["channel"], "ts": message["ts"]}


def posting(**given: Any) -> Callable[[World], Given]:
    return lambda world: {"channel": world.channel("ward"), **given}


def in_channel(name: str, **given: Any) -> Callable[[World], Given]:
    return lambda world: {"channel": world.channel(name), **given}


def updating(**given: Any) -> Callable[[World], Given]:
    return lambda world: own_message(world) | given


def whispering(to: str, **given: Any) -> Callable[[World], Given]:
    return lambda world: {"channel": world.channel("ward"), "user": world.user(to), **given}


def reacting(**given: Any) -> Callable[[World], Given]:
    def make(world: World) -> Given:
        message = own_message(world)
        return {"channel": message["channel"], "timestamp": message["ts"], "name": "thumbsup", **given}

    return make


def view_of(**changes: Any) -> Given:
    view = form_view() | changes
    return {name: value for name, value in view.items() if value is not None}


def opening(**changes: Any) -> Callable[[World], Given]:
    def make(world: World) -> Given:
        trigger = world.sandbox.triggers.issue(world.workspace.id, world.user("ann"), world.installation.app_id)
        return {"trigger_id": trigger, "view": view_of(**changes)}

    return make


def publishing(**changes: Any) -> Callable[[World], Given]:
    home = {"type": "home", "blocks": [SECTION], **changes}
    return lambda world: {"user_id": world.user("ann"), "view": home}


CALLS: list[tuple[str, str, Given | Callable[[World], Given], str]] = [
    ("no such method", "chat.shout", {}, "unknown_method"),
    ("no channel", "chat.postMessage", {"text": "x"}, "invalid_arguments"),
    ("unknown channel", "chat.postMessage", {"channel": "C0NOWHERE00", "text": "x"}, "channel_not_found"),
    ("unknown name", "chat.postMessage", {"channel": "#nowhere", "text": "x"}, "channel_not_found"),
    ("unknown person", "chat.postMessage", {"channel": "U0NOBODY000", "text": "x"}, "channel_not_found"),
    ("private channel", "chat.postMessage", in_channel("secret", text="x"), "channel_not_found"),
    ("not a member", "chat.postMessage", in_channel("elsewhere", text="x"), "not_in_channel"),
    ("archived", "chat.postMessage", in_channel("closed", text="x"), "is_archived"),
    ("nothing said", "chat.postMessage", posting(), "no_text"),
    ("only blanks", "chat.postMessage", posting(text="  \n"), "no_text"),
    ("empty blocks", "chat.postMessage", posting(blocks=[]), "no_text"),
    ("too long", "chat.postMessage", posting(text="x" * 40_001), "msg_too_long"),
    ("blocks no JSON", "chat.postMessage", posting(blocks="[{"), "invalid_blocks_format"),
    ("blocks no list", "chat.postMessage", posting(blocks={"type": "section"}), "invalid_blocks_format"),
    ("unknown block", "chat.postMessage", posting(blocks=[{"type": "sectoin"}]), "invalid_blocks"),
    ("51 blocks", "chat.postMessage", posting(blocks=[SECTION] * 51), "invalid_blocks"),
    (
        "section of 3,001",
        "chat.postMessage",
        posting(blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]),
        "invalid_blocks",
    ),
    (
        "empty section",
        "chat.postMessage",
        posting(blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": ""}}]),
        "invalid_blocks",
    ),
    (
        "header in mrkdwn",
        "chat.postMessage",
        posting(blocks=[{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}]),
        "invalid_blocks",
    ),
    (
        "twice the same block_id",
        "chat.postMessage",
        posting(blocks=[SECTION | {"block_id": "a"}, SECTION | {"block_id": "a"}]),
        "invalid_blocks",
    ),
    (
        "blocks too long in sum",
        "chat.postMessage",
        posting(blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5),
        "msg_blocks_too_long",
    ),
    (
        "button of 76",
        "chat.postMessage",
        posting(
            blocks=[
                {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "x" * 76}}]}
            ]
        ),
        "invalid_blocks",
    ),
    ("attachments no list", "chat.postMessage", posting(text="x", attachments="{"), "invalid_attachments"),
    ("101 attachments", "chat.postMessage", posting(attachments=[{"text": "x"}] * 101), "too_many_attachments"),
    ("markdown and text", "chat.postMessage", posting(text="x", markdown_text="y"), "markdown_text_conflict"),
    ("as a user", "chat.postMessage", posting(text="x", as_user=True), "as_user_not_supported"),
    ("metadata no JSON", "chat.postMessage", posting(text="x", metadata="{"), "invalid_metadata_format"),
    (
        "metadata no type",
        "chat.postMessage",
        posting(text="x", metadata={"event_payload": {}}),
        "invalid_metadata_format",
    ),
    (
        "metadata no payload",
        "chat.postMessage",
        posting(text="x", metadata={"event_type": "a"}),
        "invalid_metadata_format",
    ),
    (
        "metadata with more",
        "chat.postMessage",
        posting(text="x", metadata={"event_type": "a", "event_payload": {}, "more": 1}),
        "invalid_metadata_schema",
    ),
    (
        "metadata too large",
        "chat.postMessage",
        posting(text="x", metadata={"event_type": "a", "event_payload": {"a": "x" * 20_000}}),
        "metadata_too_large",
    ),
    ("thread that is none", "chat.postMessage", posting(text="x", thread_ts="1600000000.000001"), "thread_not_found"),
    ("thread by no ts", "chat.postMessage", posting(text="x", thread_ts="yesterday"), "invalid_thread_ts"),
    (
        "to another bot",
        "chat.postMessage",
        lambda world: {"channel": world.installation.bot_user_id, "text": "x"},
        "cannot_dm_bot",
    ),
    (
        "to a deactivated person",
        "chat.postMessage",
        lambda world: {"channel": world.user("old"), "text": "x"},
        "channel_not_found",
    ),
    (
        "whisper to a stranger",
        "chat.postEphemeral",
        lambda world: {"channel": world.channel("ward"), "user": "U0NOBODY000", "text": "x"},
        "user_not_in_channel",
    ),
    (
        "whisper to who is not in",
        "chat.postEphemeral",
        lambda world: {"channel": world.channel("ward"), "user": world.user("old"), "text": "x"},
        "user_not_in_channel",
    ),
    ("whisper without reader", "chat.postEphemeral", posting(text="x"), "invalid_arguments"),
    ("whisper of nothing", "chat.postEphemeral", whispering("ann"), "no_text"),
    (
        "whisper in archive",
        "chat.postEphemeral",
        lambda world: {"channel": world.channel("closed"), "user": world.user("ann"), "text": "x"},
        "is_archived",
    ),
    (
        "whisper elsewhere",
        "chat.postEphemeral",
        lambda world: {"channel": world.channel("elsewhere"), "user": world.user("bo"), "text": "x"},
        "not_in_channel",
    ),
    ("whisper bad blocks", "chat.postEphemeral", whispering("ann", blocks=[{"type": "x"}]), "invalid_blocks"),
    ("whisper too long", "chat.postEphemeral", whispering("ann", text="x" * 40_001), "msg_too_long"),
    (
        "edit of nothing",
        "chat.update",
        lambda world: {"channel": world.channel("ward"), "ts": "1600000000.000001", "text": "x"},
        "message_not_found",
    ),
    ("edit without ts", "chat.update", posting(text="x"), "invalid_arguments"),
    (
        "edit nowhere",
        "chat.update",
        {"channel": "C0NOWHERE00", "ts": "1600000000.000001", "text": "x"},
        "channel_not_found",
    ),
    ("edit of another's", "chat.update", lambda world: others_message(world) | {"text": "x"}, "cant_update_message"),
    (
        "edit of a person's",
        "chat.update",
        lambda world: {"channel": world.channel("ward"), "ts": world.story.say("ann", "#ward", "a").ts, "text": "x"},
        "cant_update_message",
    ),
    ("edit too long", "chat.update", updating(text=LONG), "msg_too_long"),
    ("edit to nothing", "chat.update", updating(), "no_text"),
    ("edit to bad blocks", "chat.update", updating(blocks=[{"type": "x"}]), "invalid_blocks"),
    ("edit blocks no JSON", "chat.update", updating(blocks="["), "invalid_blocks_format"),
    ("edit metadata", "chat.update", updating(text="x", metadata="["), "invalid_metadata_format"),
    ("edit as a user", "chat.update", updating(text="x", as_user="true"), "as_user_not_supported"),
    ("delete of another's", "chat.delete", others_message, "cant_delete_message"),
    (
        "delete of nothing",
        "chat.delete",
        lambda world: {"channel": world.channel("ward"), "ts": "1600000000.000001"},
        "message_not_found",
    ),
    ("delete nowhere", "chat.delete", {"channel": "C0NOWHERE00", "ts": "1600000000.000001"}, "channel_not_found"),
    ("delete without ts", "chat.delete", posting(), "invalid_arguments"),
    ("schedule in the past", "chat.scheduleMessage", posting(text="x", post_at=1_600_000_000), "time_in_past"),
    ("schedule too far", "chat.scheduleMessage", posting(text="x", post_at=1_900_000_000), "time_too_far"),
    ("schedule no time", "chat.scheduleMessage", posting(text="x", post_at="soon"), "invalid_time"),
    ("schedule without time", "chat.scheduleMessage", posting(text="x"), "invalid_arguments"),
    ("schedule nothing", "chat.scheduleMessage", posting(post_at=1_778_500_000), "no_text"),
    ("unschedule", "chat.deleteScheduledMessage", posting(scheduled_message_id="Q0"), "invalid_scheduled_message_id"),
    (
        "unschedule nowhere",
        "chat.deleteScheduledMessage",
        {"channel": "C0NOWHERE00", "scheduled_message_id": "Q0"},
        "channel_not_found",
    ),
    ("schedule for ever", "chat.scheduleMessage", posting(text="x", post_at=10**18), "time_too_far"),
    (
        "function done",
        "functions.completeSuccess",
        {"function_execution_id": "Fx0", "outputs": {}},
        "function_execution_not_found",
    ),
    ("function of no name", "functions.completeSuccess", {"outputs": {}}, "invalid_arguments"),
    (
        "function failed",
        "functions.completeError",
        {"function_execution_id": "Fx0", "error": "x"},
        "function_execution_not_found",
    ),
    ("unfurl where", "chat.unfurl", {"ts": "1600000000.000001", "unfurls": {}}, "missing_channel"),
    ("trigger missing", "views.open", {"view": view_of()}, "invalid_arguments"),
    ("trigger unknown", "views.open", {"trigger_id": "1.2.abc", "view": view_of()}, "invalid_trigger_id"),
    ("view missing", "views.open", lambda world: {"trigger_id": opening()(world)["trigger_id"]}, "invalid_arguments"),
    ("view no JSON", "views.open", lambda world: opening()(world) | {"view": "{"}, "invalid_arguments"),
    ("view without title", "views.open", opening(title=None), "invalid_arguments"),
    ("title of 25", "views.open", opening(title={"type": "plain_text", "text": "x" * 25}), "invalid_arguments"),
    ("title in mrkdwn", "views.open", opening(title={"type": "mrkdwn", "text": "x"}), "invalid_arguments"),
    ("input without submit", "views.open", opening(submit=None), "invalid_arguments"),
    ("private_metadata of 3,001", "views.open", opening(private_metadata="x" * 3001), "invalid_arguments"),
    ("callback_id of 256", "views.open", opening(callback_id="x" * 256), "invalid_arguments"),
    ("no blocks", "views.open", opening(blocks=None), "invalid_arguments"),
    ("101 blocks", "views.open", opening(blocks=[SECTION] * 101), "invalid_arguments"),
    ("unknown view type", "views.open", opening(type="sheet"), "invalid_arguments"),
    (
        "home as a modal",
        "views.open",
        lambda world: opening()(world) | {"view": {"type": "home", "blocks": [SECTION]}},
        "invalid_arguments",
    ),
    (
        "view too large",
        "views.open",
        opening(blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3000}}] * 90),
        "view_too_large",
    ),
    ("push on nothing", "views.push", opening(), "not_found"),
    ("push by no trigger", "views.push", {"view": view_of()}, "invalid_arguments"),
    ("update of nothing", "views.update", {"view_id": "V0NOTHING00", "view": view_of()}, "not_found"),
    ("update by nothing", "views.update", {"view": view_of()}, "invalid_arguments"),
    ("update external", "views.update", {"external_id": "mine", "view": view_of()}, "not_found"),
    (
        "publish for nobody",
        "views.publish",
        lambda world: publishing()(world) | {"user_id": "U0NOBODY000"},
        "invalid_arguments",
    ),
    ("publish without user", "views.publish", lambda world: {"view": publishing()(world)["view"]}, "invalid_arguments"),
    (
        "publish a modal",
        "views.publish",
        lambda world: {"user_id": world.user("ann"), "view": view_of()},
        "invalid_arguments",
    ),
    ("publish 101", "views.publish", publishing(blocks=[SECTION] * 101), "invalid_arguments"),
    ("publish bad block", "views.publish", publishing(blocks=[{"type": "x"}]), "invalid_arguments"),
    ("history nowhere", "conversations.history", {"channel": "C0NOWHERE00"}, "channel_not_found"),
    ("history without channel", "conversations.history", {}, "invalid_arguments"),
    ("history of a private channel", "conversations.history", in_channel("secret"), "channel_not_found"),
    ("history as a stranger", "conversations.history", in_channel("elsewhere"), "not_in_channel"),
    ("history by a bad cursor", "conversations.history", posting(cursor="nonsense"), "invalid_cursor"),
    ("history since when", "conversations.history", posting(oldest="yesterday"), "invalid_ts_oldest"),
    ("history until when", "conversations.history", posting(latest="tomorrow"), "invalid_ts_latest"),
    ("history of less than none", "conversations.history", posting(limit=-1), "invalid_limit"),
    ("reactions on nothing", "reactions.add", {"name": "thumbsup"}, "no_item_specified"),
    ("reaction with no name", "reactions.add", reacting(name="thumbs up!"), "invalid_name"),
    ("reaction at no time", "reactions.add", reacting(timestamp="now"), "bad_timestamp"),
    ("reaction to nothing", "reactions.add", reacting(timestamp="1600000000.000001"), "message_not_found"),
    ("reaction nowhere", "reactions.add", reacting(channel="C0NOWHERE00"), "channel_not_found"),
    ("reaction not given", "reactions.remove", reacting(), "no_reaction"),
    ("join nowhere", "conversations.join", {"channel": "C0NOWHERE00"}, "channel_not_found"),
    ("join a private channel", "conversations.join", in_channel("secret"), "channel_not_found"),
    ("join an archive", "conversations.join", in_channel("closed"), "is_archived"),
    ("open with nobody", "conversations.open", {}, "users_list_not_supplied"),
    ("open with a stranger", "conversations.open", {"users": "U0NOBODY000"}, "user_not_found"),
    ("open with the gone", "conversations.open", lambda world: {"users": world.user("old")}, "user_disabled"),
    ("open with nine", "conversations.open", {"users": ",".join(f"U{n}" for n in range(9))}, "too_many_users"),
    ("open a channel", "conversations.open", in_channel("ward"), "method_not_supported_for_channel_type"),
    ("open nowhere", "conversations.open", {"channel": "D0NOWHERE00"}, "channel_not_found"),
    ("complete what", "files.completeUploadExternal", {"files": [{"id": "F0NOTHING00"}]}, "file_not_found"),
    ("complete nothing", "files.completeUploadExternal", {"files": []}, "invalid_arguments"),
    ("validate nothing", "blocks.validate", {}, "invalid_arguments"),
    ("validate two", "blocks.validate", {"blocks": [], "view": {}}, "invalid_arguments"),
    ("validate bad blocks", "blocks.validate", {"blocks": [{"type": "x"}]}, "invalid_blocks"),
    ("validate a bad view", "blocks.validate", {"view": {"type": "modal"}}, "invalid_view"),
    ("another team", "team.info", {"team": "T0NOTHERE00"}, "team_not_found"),
]

FORMS: list[tuple[str, str, Given | Callable[[World], Given], str]] = [
    ("unknown user", "users.info", {"user": "U0NOBODY000"}, "user_not_found"),
    ("no user", "users.info", {}, "invalid_arguments"),
    ("groups from nowhere", "usergroups.list", {"cursor": "x"}, "invalid_cursor"),
    ("users by a bad cursor", "users.list", {"cursor": "bm9uc2Vuc2U="}, "invalid_cursor"),
    ("users by a bad limit", "users.list", {"limit": "many"}, "invalid_limit"),
    ("unknown address", "users.lookupByEmail", {"email": "no@harbour.example"}, "users_not_found"),
    ("address of the gone", "users.lookupByEmail", {"email": "old@harbour.example"}, "users_not_found"),
    ("unknown profile", "users.profile.get", {"user": "U0NOBODY000"}, "user_not_found"),
    ("unknown bot", "bots.info", {"bot": "B0NOTHING00"}, "bot_not_found"),
    ("unknown group", "usergroups.users.list", {"usergroup": "S0NOTHING00"}, "no_such_subteam"),
    ("dnd of nobody", "dnd.info", {"user": "U0NOBODY000"}, "user_not_found"),
    ("dnd of none", "dnd.teamInfo", {}, "no_users_provided"),
    ("channels of a bad type", "conversations.list", {"types": "rooms"}, "invalid_types"),
    ("channels by a bad limit", "conversations.list", {"limit": "0x"}, "invalid_limit"),
    ("too many channels", "conversations.list", {"limit": "1001"}, "invalid_limit"),
    ("channels by a bad cursor", "conversations.list", {"cursor": "?"}, "invalid_cursor"),
    ("type without scope", "conversations.list", {"types": "public_channel,mpim"}, ""),
    ("info nowhere", "conversations.info", {"channel": "C0NOWHERE00"}, "channel_not_found"),
    ("info of a private channel", "conversations.info", in_channel("secret"), "channel_not_found"),
    ("members nowhere", "conversations.members", {"channel": "C0NOWHERE00"}, "channel_not_found"),
    ("members by a bad limit", "conversations.members", posting(limit="-1"), "invalid_limit"),
    ("replies nowhere", "conversations.replies", {"ts": "1600000000.000001"}, "channel_not_found"),
    ("replies of nothing", "conversations.replies", posting(), "thread_not_found"),
    ("replies of none", "conversations.replies", posting(ts="1600000000.000001"), "thread_not_found"),
    ("link to nothing", "chat.getPermalink", posting(message_ts="1600000000.000001"), "message_not_found"),
    ("link nowhere", "chat.getPermalink", {"channel": "C0NOWHERE00", "message_ts": "1.1"}, "channel_not_found"),
    ("upload of nothing", "files.getUploadURLExternal", {"filename": "a.png", "length": "0"}, "missing_argument"),
    ("upload without name", "files.getUploadURLExternal", {"length": "5"}, "invalid_arguments"),
    (
        "alt text too long",
        "files.getUploadURLExternal",
        {"filename": "a", "length": "5", "alt_txt": "x" * 1001},
        "alt_txt_too_large",
    ),
    ("unknown file", "files.info", {"file": "F0NOTHING00"}, "file_not_found"),
    ("code of nobody", "oauth.v2.access", {"client_id": "1.2", "client_secret": "x", "code": "y"}, "invalid_client_id"),
    ("emoji without scope", "emoji.list", {}, "missing_scope"),
]


@pytest.mark.parametrize(("method", "given", "code"), [entry[1:] for entry in CALLS], ids=[entry[0] for entry in CALLS])
def test_refused(lasting: World, method: str, given: Given | Callable[[World], Given], code: str) -> None:
    arguments = given(lasting) if callable(given) else given
    answer = call(lasting, method, arguments)
    assert (answer["ok"], answer.get("error")) == (False, code), answer


@pytest.mark.parametrize(("method", "given", "code"), [entry[1:] for entry in FORMS], ids=[entry[0] for entry in FORMS])
def test_refused_as_a_form(lasting: World, method: str, given: Given | Callable[[World], Given], code: str) -> None:
    arguments = given(lasting) if callable(given) else given
    answer = call(lasting, method, arguments, as_json=False)
    assert (answer["ok"], answer.get("error", "")) == (not code, code), answer


@pytest.mark.parametrize("method", ["users.info", "conversations.info", "usergroups.users.list", "dnd.info"])
def test_methods_that_do_not_take_json_look_past_it(world: World, method: str) -> None:
    answer = call(world, method, {"user": "U0NOBODY000", "channel": "C0NOWHERE00", "usergroup": "S0"})
    assert answer.get("error") in ("invalid_arguments", None)


def test_blocks_are_refused_with_their_place(world: World) -> None:
    answer = call(world, "chat.postMessage", posting(blocks=[SECTION, {"type": "header"}])(world))
    assert "[json-pointer:/blocks/1" in answer["errors"][0]
    assert answer["response_metadata"]["messages"][0].startswith("[ERROR] ")


@pytest.mark.parametrize(
    ("token", "code"),
    [("", "not_authed"), ("xoxb-not-a-token", "invalid_auth"), ("app", "not_allowed_token_type")],
)
def test_tokens(world: World, token: str, code: str) -> None:
    token = world.installation.app_token if token == "app" else token
    assert call(world, "chat.postMessage", posting(text="x")(world), token)["error"] == code


def test_a_revoked_token(world: World) -> None:
    assert call(world, "auth.revoke", {"test": "1"}, as_json=False)["revoked"] is False
    assert call(world, "auth.revoke", {}, as_json=False)["revoked"] is True
    assert call(world, "auth.test", {})["error"] == "token_revoked"


def test_a_deactivated_bot(world: World) -> None:
    world.workspace.people[world.installation.bot_user_id].deleted = True
    assert call(world, "auth.test", {})["error"] == "account_inactive"


@pytest.mark.parametrize(
    ("scope", "method", "given"),
    [
        ("chat:write", "chat.postMessage", posting(text="x")),
        ("users:read", "users.info", whispering("ann")),
        ("users:read.email", "users.lookupByEmail", {"email": "ann@harbour.example"}),
        ("usergroups:read", "usergroups.list", {}),
        ("channels:history", "conversations.history", posting()),
        ("channels:read", "conversations.info", posting()),
        ("channels:read", "conversations.list", {}),
        ("groups:read", "conversations.list", {"types": "private_channel"}),
        ("im:write", "conversations.open", lambda world: {"users": world.user("ann")}),
        ("reactions:write", "reactions.add", reacting()),
        ("files:write", "files.getUploadURLExternal", {"filename": "a", "length": "1"}),
        ("team:read", "team.info", {}),
        ("dnd:read", "dnd.info", {}),
        ("channels:join", "conversations.join", in_channel("elsewhere")),
    ],
)
def test_a_scope_that_the_manifest_does_not_name(
    world: World, scope: str, method: str, given: Given | Callable[[World], Given]
) -> None:
    arguments = given(world) if callable(given) else given
    grant = world.sandbox.grants[world.installation.bot_token]
    grant.scopes = tuple(one for one in MANIFEST["oauth_config"]["scopes"]["bot"] if one != scope)
    answer = call(world, method, arguments, as_json=False)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert answer["provided"].split(",") == list(grant.scopes)


def test_a_trigger_lives_for_three_seconds_and_opens_one_view(world: World) -> None:
    given = opening()(world)
    assert call(world, "views.open", given)["ok"]
    assert call(world, "views.open", given)["error"] == "exchanged_trigger_id"
    world.sandbox.triggers.lifetime = -1
    assert call(world, "views.open", opening()(world))["error"] == "expired_trigger_id"


def test_a_trigger_of_another_app_is_none(world: World) -> None:
    given = opening()(world)
    assert call(world, "views.open", given, other_bot(world))["error"] == "invalid_trigger_id"


def test_hashes_and_external_ids(world: World) -> None:
    view = call(world, "views.open", opening(external_id="mine")(world))["view"]
    assert call(world, "views.push", opening(external_id="mine")(world))["error"] == "duplicate_external_id"
    changed = {"external_id": "mine", "view": view_of(external_id="mine"), "hash": view["hash"]}
    assert call(world, "views.update", changed)["ok"]
    assert call(world, "views.update", changed)["error"] == "hash_conflict"
    assert (
        call(world, "views.update", {"view_id": view["id"], "view": view_of()}, other_bot(world))["error"]
        == "not_found"
    )


def test_home_hashes(world: World) -> None:
    view = call(world, "views.publish", publishing()(world))["view"]
    again = publishing()(world) | {"hash": view["hash"]}
    assert call(world, "views.publish", again)["ok"]
    assert call(world, "views.publish", again)["error"] == "hash_conflict"


def test_a_home_that_the_manifest_does_not_enable(world: World) -> None:
    assert call(world, "views.publish", publishing()(world), other_bot(world))["error"] == "not_enabled"


def test_three_views_deep(world: World) -> None:
    assert call(world, "views.open", opening()(world))["ok"]
    assert call(world, "views.push", opening()(world))["ok"]
    assert call(world, "views.push", opening()(world))["ok"]
    assert call(world, "views.push", opening()(world))["error"] == "push_limit_reached"


def test_user_groups_want_a_paid_plan(world: World) -> None:
    world.workspace.paid = False
    assert call(world, "usergroups.list", {}, as_json=False)["error"] == "plan_upgrade_required"


def test_a_whisper_is_in_no_history_and_cannot_be_changed(world: World) -> None:
    whispered = call(world, "chat.postEphemeral", whispering("ann", text="psst")(world))
    ts, ward = whispered["message_ts"], world.channel("ward")
    assert call(world, "conversations.history", {"channel": ward})["messages"] == []
    assert call(world, "chat.update", {"channel": ward, "ts": ts, "text": "x"})["error"] == "message_not_found"
    assert call(world, "chat.delete", {"channel": ward, "ts": ts})["error"] == "message_not_found"
    assert call(world, "chat.postMessage", posting(text="x", thread_ts=ts)(world))["error"] == "cannot_reply_to_message"


def test_an_archived_channel_is_frozen(world: World) -> None:
    given = own_message(world)
    world.workspace.place("#ward").archived = True
    assert call(world, "chat.update", given | {"text": "x"})["error"] == "is_inactive"


def test_a_cursor_of_another_method_is_none(world: World) -> None:
    listed = call(world, "conversations.list", {"limit": "1"}, as_json=False)
    given = {"cursor": listed["response_metadata"]["next_cursor"]}
    assert call(world, "conversations.list", given, as_json=False)["ok"]
    assert call(world, "users.list", given, as_json=False)["error"] == "invalid_cursor"


def test_the_same_reaction_twice(world: World) -> None:
    given = reacting()(world)
    assert call(world, "reactions.add", given)["ok"]
    assert call(world, "reactions.add", given)["error"] == "already_reacted"


def test_a_messages_tab_that_is_switched_off(world: World) -> None:
    world.installation.app.manifest.messages_tab = False
    answer = call(world, "chat.postMessage", {"channel": world.user("ann"), "text": "x"})
    assert answer["error"] == "messages_tab_disabled"


def test_bodies_that_are_no_json_object(world: World) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {world.client.token}"}
    for body, code in (
        (b"{", "invalid_json"),
        (b"[]", "json_not_object"),
        (b'{"a": Infinity}', "invalid_json"),
        (b'{"a": "\\ud800"}', "invalid_json"),
        (b'{"a":' + b"[" * 100_000, "invalid_json"),
    ):
        request = urllib.request.Request(world.sandbox.api_url + "auth.test", body, headers)
        with urllib.request.urlopen(request) as response:
            assert json.load(response)["error"] == code


def test_the_response_url_five_times_in_thirty_minutes(world: World) -> None:
    world.story.command("ann", "/shout loud", "#ward")
    body = next(body for body in world.tiny.heard if "command" in body)

    def respond(given: Given) -> tuple[int, str]:
        data = json.dumps(given).encode()
        request = urllib.request.Request(body["response_url"], data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as fault:
            return fault.code, json.load(fault)["error"]

    assert respond({}) == (500, "no_text")
    assert respond({"blocks": [{"type": "x"}]}) == (400, "invalid_blocks")
    for _ in range(5):
        assert respond({"text": "x"}) == (200, "ok")
    assert respond({"text": "x"}) == (404, "used_url")
    world.clock.forward(minutes=31)
    assert respond({"text": "x"}) == (404, "expired_url")
