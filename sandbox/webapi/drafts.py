"""What an app wants to say: text, blocks, attachments and metadata, checked as Slack checks them."""

import json
from typing import Any

from sandbox.blockkit import Fault, check_attachments, check_blocks, refusal
from sandbox.conversations import DIRECT, PUBLIC, Conversation
from sandbox.posting import Draft
from sandbox.shapes import Json
from sandbox.webapi.calls import Arguments, Call, Refused
from sandbox.webapi.conversations import TIMESTAMP

LONGEST_POST = 40_000
LONGEST_EDIT = 4_000
LONGEST_MARKDOWN = 12_000
LARGEST_METADATA = 16_000


def refuse(faults: list[Fault]) -> None:
    """Refuse the call if there is any fault."""
    if faults:
        body = refusal(faults)
        refused = Refused(str(body["error"]))
        refused.body = body
        raise refused


def draft_of(arguments: Arguments, *, longest: int = LONGEST_POST, empty_is_fine: bool = False) -> Draft:
    """The draft in a call's arguments. Refuses bad blocks, too long texts, and saying nothing."""
    text = arguments.text("text")
    blocks = arguments.structure("blocks", "invalid_blocks_format")
    attachments = arguments.structure("attachments", "invalid_attachments")
    if arguments.has("markdown_text"):
        if arguments.has("text") or blocks:
            raise Refused("markdown_text_conflict")
        text = arguments.text("markdown_text")
        if len(text) > LONGEST_MARKDOWN:
            raise Refused("msg_too_long")
    if len(text) > longest:
        raise Refused("msg_too_long")
    if blocks is not None:
        refuse(check_blocks(blocks, "message"))
    if attachments is not None:
        refuse(check_attachments(attachments))
    if not empty_is_fine and not text.strip() and not blocks and not attachments:
        raise Refused("no_text")
    return Draft(text, blocks or [], attachments or [], _metadata(arguments))


def _metadata(arguments: Arguments) -> Json | None:
    metadata: Any = arguments.structure("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return metadata if metadata is None else {}
    if not isinstance(metadata, dict):
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise Refused("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    if set(metadata) - {"event_type", "event_payload", "entities"}:
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LARGEST_METADATA:
        raise Refused("metadata_too_large")
    return metadata


def postable(call: Call) -> Conversation:
    """The conversation that ``channel`` names, where the caller may speak; a U… id opens the direct message."""
    wanted = call.arguments.text("channel")
    person = call.workspace.people.get(wanted)
    if person is not None:
        if person.deleted:
            raise Refused("channel_not_found")
        if person.bot:
            raise Refused("cannot_dm_bot")
        place = call.workspace.direct([call.bot.id, person.id], call.slack.clock.now())
    else:
        place = call.conversation(by_name=True)
    if place.archived:
        raise Refused("is_archived")
    if call.bot.id not in place.members and not (place.kind == PUBLIC and "chat:write.public" in call.caller.scopes):
        raise Refused("not_in_channel")
    if place.kind == DIRECT and not call.app.manifest.messages_tab:
        raise Refused("messages_tab_disabled")
    return place


def thread_of(call: Call, place: Conversation) -> str | None:
    """The thread that ``thread_ts`` names: always the parent's ts, also when a reply's was given."""
    if not call.arguments.has("thread_ts"):
        return None
    ts = call.arguments.text("thread_ts")
    if not TIMESTAMP.fullmatch(ts):
        raise Refused("invalid_thread_ts")
    if any(message.ts == ts for message in place.ephemerals):
        raise Refused("cannot_reply_to_message")
    parent = place.messages.get(ts)
    if parent is None or (parent.deleted and not parent.replies):
        raise Refused("thread_not_found")
    return parent.thread_ts if parent.is_reply else parent.ts
