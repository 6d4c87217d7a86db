"""chat.*: saying, changing, deleting, whispering, scheduling."""

from datetime import UTC, datetime, timedelta

from sandbox import posting
from sandbox.blockkit import check_attachments, check_blocks, validation_answer
from sandbox.blocks import complete
from sandbox.conversations import Conversation
from sandbox.messages import Message
from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method
from sandbox.webapi.drafts import LONGEST_EDIT, draft_of, postable, refuse, thread_of

FARTHEST = timedelta(days=120)


@method("chat.postMessage", "chat:write", required=("channel",), takes_json=True)
def chat_post_message(call: Call) -> Json:
    """Say something in a channel, a thread, or a direct message."""
    _not_as_user(call)
    place = postable(call)
    draft = draft_of(call.arguments)
    draft.metadata = draft.metadata or None
    draft.thread_ts = thread_of(call, place)
    draft.broadcast = call.arguments.flag("reply_broadcast")
    if "chat:write.customize" in call.caller.scopes:
        draft.username = call.arguments.text("username") or None
        icons = {"emoji": call.arguments.text("icon_emoji"), "image_48": call.arguments.text("icon_url")}
        draft.icons = {name: value for name, value in icons.items() if value} or None
    message = posting.post_as_app(call.slack, call.workspace, call.caller, place, draft)
    return {"channel": place.id, "ts": message.ts, "message": message.as_slack(with_metadata=True)}


@method("chat.postEphemeral", "chat:write", tier=4, required=("channel", "user"), takes_json=True)
def chat_post_ephemeral(call: Call) -> Json:
    """Say something to one reader; it is in no history and cannot be changed."""
    _not_as_user(call)
    place = postable(call)
    reader = call.workspace.people.get(call.arguments.text("user"))
    if reader is None or reader.id not in place.members or reader.deleted:
        raise Refused("user_not_in_channel")
    draft = draft_of(call.arguments)
    draft.thread_ts = thread_of(call, place)
    message = posting.whisper(call.slack, call.workspace, place, call.bot, reader.id, draft)
    return {"message_ts": message.ts}


@method("chat.update", "chat:write", tier=3, required=("channel", "ts"), takes_json=True)
def chat_update(call: Call) -> Json:
    """Change one's own message. Blocks stay away when only a text is given; metadata stays unless it is given."""
    _not_as_user(call)
    place, message = _own(call, "cant_update_message")
    if place.archived:
        raise Refused("is_inactive")
    draft = draft_of(call.arguments, longest=LONGEST_EDIT)
    given = call.arguments
    message.text = draft.text
    if given.has("blocks") or given.has("text") or given.has("markdown_text"):
        message.blocks = complete(draft.blocks)
    if given.has("attachments") or given.has("text"):
        message.attachments = draft.attachments
    if draft.metadata is not None:
        message.metadata = draft.metadata or None
    posting.change(call.slack, call.workspace, place, message, call.bot.id)
    return {"channel": place.id, "ts": message.ts, "text": message.text, "message": message.as_slack()}


@method("chat.delete", "chat:write", tier=3, required=("channel", "ts"), takes_json=True)
def chat_delete(call: Call) -> Json:
    """Take one's own message away."""
    place, message = _own(call, "cant_delete_message")
    posting.delete(call.slack, call.workspace, place, message)
    return {"channel": place.id, "ts": message.ts}


@method("chat.getPermalink", required=("channel", "message_ts"))
def chat_get_permalink(call: Call) -> Json:
    """A link to a message."""
    place = call.conversation()
    message = place.find(call.arguments.text("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    link = f"https://{call.workspace.domain}.slack.com/archives/{place.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={place.id}"
    return {"channel": place.id, "permalink": link}


@method("chat.scheduleMessage", "chat:write", tier=3, required=("channel", "post_at"), takes_json=True)
def chat_schedule_message(call: Call) -> Json:
    """Say something later. With metadata it never appears: a documented fault of Slack's, kept here."""
    place = postable(call)
    draft = draft_of(call.arguments)
    draft.thread_ts = thread_of(call, place)
    post_at = call.arguments.whole("post_at", 0, "invalid_time")
    now = call.slack.clock.now()
    if post_at <= now.timestamp():
        raise Refused("time_in_past")
    if post_at > (now + FARTHEST).timestamp():
        raise Refused("time_too_far")
    due = datetime.fromtimestamp(post_at, UTC)
    slack, workspace, caller = call.slack, call.workspace, call.caller

    def appear() -> None:
        with slack.lock:
            slack.scheduled.pop(scheduled_id, None)
            if not draft.metadata and not place.archived and not caller.revoked:
                posting.post_as_app(slack, workspace, caller, place, draft)

    scheduled_id = slack.sequence.identifier("Q", workspace.id)
    slack.scheduled[scheduled_id] = (slack.agenda.at(due, appear), caller.app.id, place.id, post_at, draft.text)
    return {
        "channel": place.id,
        "scheduled_message_id": scheduled_id,
        "post_at": str(post_at),
        "message": {"text": draft.text, "bot_id": caller.bot_id, "type": "delayed_message"},
    }


@method("chat.scheduledMessages.list", tier=3, takes_json=True)
def chat_scheduled_messages_list(call: Call) -> Json:
    """What this app has scheduled."""
    mine = [
        {"id": name, "channel_id": place, "post_at": post_at, "date_created": post_at, "text": text}
        for name, (_, app_id, place, post_at, text) in call.slack.scheduled.items()
        if app_id == call.app.id and place in call.workspace.conversations
    ]
    page, metadata = call.page(mine)
    return {"scheduled_messages": page, "response_metadata": metadata}


@method(
    "chat.deleteScheduledMessage", "chat:write", tier=3, required=("channel", "scheduled_message_id"), takes_json=True
)
def chat_delete_scheduled_message(call: Call) -> Json:
    """Change one's mind about a scheduled message."""
    name = call.arguments.text("scheduled_message_id")
    place = call.conversation(by_name=True)
    entry = call.slack.scheduled.get(name)
    if entry is None or entry[1] != call.app.id or entry[2] != place.id:
        raise Refused("invalid_scheduled_message_id")
    call.slack.agenda.cancel(entry[0])
    del call.slack.scheduled[name]
    return {}


@method("chat.unfurl", "links:write", tier=3, takes_json=True)
def chat_unfurl(call: Call) -> Json:
    """Show what is behind links in somebody's message."""
    for name in ("channel", "ts", "unfurls"):
        if not call.arguments.has(name):
            raise Refused(f"missing_{name}")
    place = call.workspace.conversations.get(call.arguments.text("channel"))
    if place is None or not place.visible_to(call.bot.id):
        raise Refused("cannot_find_channel")
    message = place.find(call.arguments.text("ts"))
    if message is None:
        raise Refused("cannot_find_message")
    unfurls = call.arguments.structure("unfurls", "invalid_unfurls_format")
    if not isinstance(unfurls, dict) or not all(isinstance(one, dict) for one in unfurls.values()):
        raise Refused("invalid_unfurls_format")
    for url, unfurl in unfurls.items():
        if url.replace("&", "&amp;") not in message.text and url not in message.text:
            raise Refused("cannot_unfurl_url")
        if "blocks" in unfurl:
            refuse(check_blocks(unfurl["blocks"], "message"))
        else:
            refuse(check_attachments([unfurl]))
    message.attachments = [{"from_url": url, **unfurl} for url, unfurl in unfurls.items()]
    posting.change(call.slack, call.workspace, place, message, call.bot.id)
    return {}


@method("blocks.validate", tokens=("none",), takes_json=True)
def blocks_validate(call: Call) -> Json:
    """Whether blocks, a view or a message would be accepted, and if not, why."""
    body = validation_answer(call.arguments.given)
    if not body["ok"]:
        refused = Refused(str(body["error"]))
        refused.body = body
        raise refused
    return {}


def _own(call: Call, refusal: str) -> tuple[Conversation, Message]:
    place = call.conversation()
    message = place.find(call.arguments.text("ts"))
    if message is None:
        raise Refused("message_not_found")
    if message.user != call.bot.id:
        raise Refused(refusal)
    return place, message


def _not_as_user(call: Call) -> None:
    if call.arguments.flag("as_user"):
        raise Refused("as_user_not_supported")
