"""Saying, changing and deleting: what happens to a message is kept, shown to watchers and told to subscribed apps."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.apps import Grant
from sandbox.blocks import complete
from sandbox.conversations import Conversation
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.shapes import Blocks, Json
from sandbox.workspace import SLACKBOT, Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass
class Draft:
    """What is to be said, before it is."""

    text: str = ""
    blocks: Blocks = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    username: str | None = None
    icons: Json | None = None
    files: list[Json] = field(default_factory=list)
    subtype: str | None = None


def post_as_app(slack: "Slack", workspace: Workspace, grant: Grant, place: Conversation, draft: Draft) -> Message:
    """An app says something in public or in a direct message."""
    message = _message(slack, workspace, place, workspace.people[grant.bot_user_id], draft)
    _publish(slack, workspace, place, message)
    return message


def say(slack: "Slack", workspace: Workspace, place: Conversation, person: Person, draft: Draft) -> Message:
    """A person says something."""
    message = _message(slack, workspace, place, person, draft)
    _publish(slack, workspace, place, message)
    place.last_read[person.id] = message.ts
    return message


def whisper(
    slack: "Slack", workspace: Workspace, place: Conversation, speaker: Person, reader: str, draft: Draft
) -> Message:
    """Say something that only ``reader`` sees, in no history."""
    message = _message(slack, workspace, place, speaker, draft)
    message.ephemeral_to = reader
    place.add(message)
    show_whisper(slack, workspace, message)
    return message


def slackbot_whisper(slack: "Slack", workspace: Workspace, place: Conversation, reader: str, text: str) -> Message:
    """What Slack itself tells a person, such as a command that failed."""
    return whisper(slack, workspace, place, workspace.people[SLACKBOT], reader, Draft(text))


def _message(slack: "Slack", workspace: Workspace, place: Conversation, speaker: Person, draft: Draft) -> Message:
    app = slack.apps.get(speaker.app_id or "")
    message = Message(
        place.stamp(slack.clock.now()),
        place.id,
        workspace.id,
        speaker.id,
        draft.text,
        slack.sequence.next(),
        complete(draft.blocks),
        draft.attachments,
        draft.metadata,
        thread_ts=draft.thread_ts,
        broadcast=draft.broadcast,
        username=draft.username,
        icons=draft.icons,
        files=draft.files,
        subtype=draft.subtype,
    )
    if app is not None:
        message.app_id, message.bot_id = app.id, speaker.bot_id
        message.bot_profile = {
            "id": speaker.bot_id,
            "deleted": False,
            "name": app.manifest.bot_name,
            "updated": 1_600_000_000,
            "app_id": app.id,
            "user_id": speaker.id,
            "icons": {"image_36": "", "image_48": "", "image_72": ""},
            "team_id": workspace.id,
        }
    if message.is_reply and message.broadcast:
        message.subtype = "thread_broadcast"
    return message


def _publish(slack: "Slack", workspace: Workspace, place: Conversation, message: Message) -> None:
    place.add(message)
    _show(slack, workspace, place, "message", message)
    if message.is_reply and message.thread_ts in place.messages:
        _show(slack, workspace, place, "message_changed", place.messages[message.thread_ts])
    event = message.as_slack() | {"channel": place.id, "channel_type": place.kind, "event_ts": message.ts}
    if message.is_reply and message.thread_ts in place.messages:
        event["parent_user_id"] = place.messages[message.thread_ts].user
    slack.events.emit(workspace, event, channel=place)
    _mentions(slack, workspace, place, message)


def _mentions(slack: "Slack", workspace: Workspace, place: Conversation, message: Message) -> None:
    mentioned = set(MENTION.findall(message.text))
    for installation in workspace.installations.values():
        if installation.bot_user_id in mentioned and message.user != installation.bot_user_id and not place.is_direct:
            event = message.as_slack() | {"type": "app_mention", "channel": place.id, "event_ts": message.ts}
            slack.events.emit(workspace, event, channel=place, to=installation)


def change(slack: "Slack", workspace: Workspace, place: Conversation, message: Message, editor: str) -> None:
    """Tell everybody that ``message`` now reads differently (the caller has changed it already)."""
    message.revision += 1
    if message.ephemeral_to is not None:
        show_whisper(slack, workspace, message, "ephemeral")
        return
    now = slack.clock.now()
    message.edited = {"user": editor, "ts": f"{int(now.timestamp())}.000000"}
    _show(slack, workspace, place, "message_changed", message)
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": message.as_slack(),
        "channel": place.id,
        "hidden": True,
        "ts": f"{now.timestamp():.6f}",
        "channel_type": place.kind,
    }
    slack.events.emit(workspace, event, channel=place)


def delete(slack: "Slack", workspace: Workspace, place: Conversation, message: Message) -> None:
    """Take a message away."""
    message.deleted = True
    message.revision += 1
    if message.ephemeral_to is not None:
        show_whisper(slack, workspace, message, "message_deleted")
        return
    _show(slack, workspace, place, "message_deleted", message)
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": message.as_slack(),
        "channel": place.id,
        "hidden": True,
        "deleted_ts": message.ts,
        "ts": f"{slack.clock.now().timestamp():.6f}",
        "channel_type": place.kind,
    }
    slack.events.emit(workspace, event, channel=place)


def show_whisper(slack: "Slack", workspace: Workspace, message: Message, kind: str = "ephemeral") -> None:
    """Show an ephemeral message to its one reader."""
    change = {"type": kind, "channel": message.channel, "message": message.as_page()}
    slack.stream.tell(workspace.id, change, only=lambda user: user == message.ephemeral_to)


def show_changed(slack: "Slack", workspace: Workspace, place: Conversation, message: Message) -> None:
    """Show again what has changed about a message other than its words (reactions, replies)."""
    _show(slack, workspace, place, "message_changed", message)


def _show(slack: "Slack", workspace: Workspace, place: Conversation, kind: str, message: Message) -> None:
    change = {"type": kind, "channel": place.id, "message": message.as_page()}
    slack.stream.tell(workspace.id, change, only=lambda user: workspace.sees(user, place))
