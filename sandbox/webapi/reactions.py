"""reactions.add and reactions.remove."""

import re

from sandbox import posting
from sandbox.conversations import Conversation
from sandbox.messages import Message
from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method

NAME = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")
TIMESTAMP = re.compile(r"\d+\.\d{6}")
MOST_EMOJI = 23


def _target(call: Call) -> tuple[Conversation, Message, str]:
    if not (call.arguments.has("channel") and call.arguments.has("timestamp")):
        raise Refused("no_item_specified")
    name = call.arguments.text("name").strip(":")
    if not NAME.fullmatch(name):
        raise Refused("invalid_name")
    place = call.conversation()
    if not TIMESTAMP.fullmatch(call.arguments.text("timestamp")):
        raise Refused("bad_timestamp")
    message = place.find(call.arguments.text("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    if call.bot.id not in place.members:
        raise Refused("not_in_channel")
    return place, message, name


@method("reactions.add", "reactions:write", tier=3, required=("name",), takes_json=True)
def reactions_add(call: Call) -> Json:
    """React to a message."""
    place, message, name = _target(call)
    if place.archived:
        raise Refused("is_archived")
    if call.bot.id in message.reactions.get(name, []):
        raise Refused("already_reacted")
    if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise Refused("too_many_emoji")
    message.reactions.setdefault(name, []).append(call.bot.id)
    _tell(call, place, message, name, "reaction_added")
    return {}


@method("reactions.remove", "reactions:write", tier=2, required=("name",), takes_json=True)
def reactions_remove(call: Call) -> Json:
    """Take one's reaction back."""
    place, message, name = _target(call)
    if call.bot.id not in message.reactions.get(name, []):
        raise Refused("no_reaction")
    message.reactions[name].remove(call.bot.id)
    if not message.reactions[name]:
        del message.reactions[name]
    _tell(call, place, message, name, "reaction_removed")
    return {}


def _tell(call: Call, place: Conversation, message: Message, name: str, event: str) -> None:
    posting.show_changed(call.slack, call.workspace, place, message)
    item = {"type": "message", "channel": place.id, "ts": message.ts}
    body = {"type": event, "user": call.bot.id, "reaction": name, "item": item, "item_user": message.user}
    call.slack.events.emit(call.workspace, body, channel=place)
