"""conversations.*: channels and direct messages, their members and what was said there."""

import re

from sandbox.conversations import DIRECT, GROUP_DIRECT, PRIVATE, PUBLIC, SCOPE_FAMILIES, TYPE_NAMES, Conversation
from sandbox.messages import Message
from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method

TIMESTAMP = re.compile(r"\d+(\.\d+)?")
KINDS = {name: kind for kind, name in TYPE_NAMES.items()}
MOST_PEOPLE_IN_DIRECT = 8


def conversations_of(call: Call) -> list[Conversation]:
    """The conversations that arguments ``types`` and ``exclude_archived`` ask for and the caller may see."""
    names = call.arguments.listed("types") or ["public_channel"]
    if not set(names) <= set(KINDS):
        raise Refused("invalid_types")
    kinds = {KINDS[name] for name in names}
    needed = {f"{SCOPE_FAMILIES[kind]}:read" for kind in kinds}
    if not needed <= set(call.caller.scopes):
        missing = sorted(needed - set(call.caller.scopes))
        raise Refused("missing_scope", needed=",".join(missing), provided=",".join(call.caller.scopes))
    skip_archived = call.arguments.flag("exclude_archived")
    return [
        place
        for place in call.workspace.conversations.values()
        if place.kind in kinds and place.visible_to(call.bot.id) and not (skip_archived and place.archived)
    ]


def described(call: Call, place: Conversation) -> Json:
    """A conversation as lists show it."""
    return place.as_slack(call.bot.id, with_members=True)


@method("conversations.list", tier=2)
def conversations_list(call: Call) -> Json:
    """Conversations of the asked types."""
    places, metadata = call.page(conversations_of(call))
    return {"channels": [described(call, place) for place in places], "response_metadata": metadata}


@method("conversations.info", tier=3, required=("channel",))
def conversations_info(call: Call) -> Json:
    """One conversation."""
    place = call.conversation()
    call.needs_family(place, "read")
    conversation = place.as_slack(call.bot.id, with_members=call.arguments.flag("include_num_members"))
    if call.arguments.flag("include_locale"):
        conversation["locale"] = "en-US"
    return {"channel": conversation}


@method("conversations.members", tier=4, required=("channel",))
def conversations_members(call: Call) -> Json:
    """Who is in it."""
    place = call.conversation()
    call.needs_family(place, "read")
    members, metadata = call.page(place.members)
    return {"members": members, "response_metadata": metadata}


@method("conversations.join", "channels:join", tier=3, required=("channel",), takes_json=True)
def conversations_join(call: Call) -> Json:
    """The caller enters a public channel."""
    place = call.conversation()
    if place.kind != PUBLIC:
        raise Refused("method_not_supported_for_channel_type")
    if place.archived:
        raise Refused("is_archived")
    answer: Json = {"channel": place.as_slack(call.bot.id)}
    if call.bot.id in place.members:
        return answer | {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    place.members.append(call.bot.id)
    event = {
        "type": "member_joined_channel",
        "user": call.bot.id,
        "channel": place.id,
        "channel_type": "C",
        "team": call.workspace.id,
    }
    call.slack.events.emit(call.workspace, event, channel=place)
    call.slack.state_changed(call.workspace)
    return {"channel": place.as_slack(call.bot.id)}


@method("conversations.open", tier=3, takes_json=True)
def conversations_open(call: Call) -> Json:
    """A direct message with one person, or with several."""
    if call.arguments.has("channel"):
        place = call.conversation()
        if place.kind not in (DIRECT, GROUP_DIRECT):
            raise Refused("method_not_supported_for_channel_type")
        call.needs("im:write" if place.kind == DIRECT else "mpim:write")
        return {"no_op": True, "already_open": True, "channel": _opened(call, place)}
    users = call.arguments.listed("users")
    if not users:
        raise Refused("users_list_not_supplied")
    if len(users) > MOST_PEOPLE_IN_DIRECT:
        raise Refused("too_many_users")
    call.needs("im:write" if len(users) == 1 else "mpim:write")
    for user in users:
        person = call.workspace.people.get(user)
        if person is None:
            raise Refused("user_not_found")
        if person.deleted:
            raise Refused("user_disabled")
        if person.bot:
            raise Refused("cannot_dm_bot")
    before = len(call.workspace.conversations)
    place = call.workspace.direct([call.bot.id, *users], call.slack.clock.now())
    if len(call.workspace.conversations) > before:
        call.slack.state_changed(call.workspace)
        return {"channel": _opened(call, place)}
    return {"no_op": True, "already_open": True, "channel": _opened(call, place)}


def _opened(call: Call, place: Conversation) -> Json:
    return place.as_slack(call.bot.id) if call.arguments.flag("return_im") else {"id": place.id}


@method("conversations.history", tier=3, required=("channel",), takes_json=True)
def conversations_history(call: Call) -> Json:
    """What was said in the channel itself, newest first; metadata only on request."""
    place = _readable(call)
    oldest, latest, inclusive = _span(call)
    found = [
        message
        for message in place.newest_first(latest)
        if message.in_channel and _within(message.ts, oldest, latest, inclusive)
    ]
    messages, metadata = call.page(found, default=100, most=999, strict=False)
    with_metadata = call.arguments.flag("include_all_metadata")
    more = bool(metadata["next_cursor"])
    answer: Json = {
        "messages": [message.as_slack(with_metadata=with_metadata) for message in messages],
        "has_more": more,
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": metadata} if more else {})


@method("conversations.replies", tier=3, required={"channel": "channel_not_found", "ts": "thread_not_found"})
def conversations_replies(call: Call) -> Json:
    """A thread, parent first."""
    place = _readable(call)
    message = place.find(call.arguments.text("ts"))
    if message is None:
        raise Refused("thread_not_found")
    parent = place.find(message.thread_ts) if message.is_reply and message.thread_ts else message
    parent = parent or message
    oldest, latest, inclusive = _span(call)
    replies: list[Message] = [
        reply for reply in parent.replies if not reply.deleted and _within(reply.ts, oldest, latest, inclusive)
    ]
    messages, metadata = call.page([parent, *replies], default=1000, most=1000, strict=False)
    with_metadata = call.arguments.flag("include_all_metadata")
    more = bool(metadata["next_cursor"])
    answer: Json = {
        "messages": [one.as_slack(with_metadata=with_metadata) for one in messages],
        "has_more": more,
    }
    return answer | ({"response_metadata": metadata} if more else {})


def _readable(call: Call) -> Conversation:
    place = call.conversation()
    call.needs_family(place, "history")
    if call.bot.id not in place.members:
        raise Refused("not_in_channel" if place.kind in (PUBLIC, PRIVATE) else "channel_not_found")
    return place


def _span(call: Call) -> tuple[str | None, str | None, bool]:
    for name in ("oldest", "latest"):
        if call.arguments.has(name) and not TIMESTAMP.fullmatch(call.arguments.text(name)):
            raise Refused(f"invalid_ts_{name}")
    oldest = _padded(call.arguments.text("oldest")) if call.arguments.has("oldest") else None
    latest = _padded(call.arguments.text("latest")) if call.arguments.has("latest") else None
    return oldest, latest, call.arguments.flag("inclusive")


def _padded(ts: str) -> str:
    seconds, _, fraction = ts.partition(".")
    return f"{int(seconds):010d}.{fraction[:6]:0<6}"


def _within(ts: str, oldest: str | None, latest: str | None, inclusive: bool) -> bool:
    if inclusive and ts in (oldest, latest):
        return True
    return (oldest is None or ts > oldest) and (latest is None or ts < latest)
