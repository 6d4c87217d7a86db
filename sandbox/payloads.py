"""The payloads that apps get when people act, in Slack's shapes."""

from typing import TYPE_CHECKING

from sandbox.apps import App
from sandbox.blocks import state_when_fresh
from sandbox.conversations import DIRECT, PRIVATE, Conversation
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.views import View
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack


def channel_name(place: Conversation) -> str:
    """The name that payloads give a conversation: only public channels are called by their own."""
    if place.kind == DIRECT:
        return "directmessage"
    return "privategroup" if place.kind == PRIVATE else place.name


def _common(workspace: Workspace, app: App, person: Person, kind: str, *, placed: bool = False) -> Json:
    """What all payloads tell. An organisation's app is told a ``team`` only where there is a channel (``placed``)."""
    of, whole = workspace.organisation, bool(workspace.installations[app.id].organisation_id)
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.handle, "name": person.handle, "team_id": workspace.id},
        "api_app_id": app.id,
        "token": app.verification_token,
        "team": workspace.team() if placed or not whole else None,
        "enterprise": of.enterprise() if of is not None else None,
        "is_enterprise_install": whole,
    }


def command(
    slack: "Slack", workspace: Workspace, app: App, person: Person, place: Conversation, name: str, text: str
) -> Json:
    """A slash command: a flat form."""
    of = workspace.organisation
    belongs = {"enterprise_id": of.id, "enterprise_name": of.name} if of is not None else {}
    return belongs | {
        "token": app.verification_token,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": place.id,
        "channel_name": channel_name(place),
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": text,
        "api_app_id": app.id,
        "is_enterprise_install": "true" if workspace.installations[app.id].organisation_id else "false",
        "response_url": slack.response_urls.issue(workspace, app.id, place, person.id),
        "trigger_id": slack.triggers.issue(workspace.id, person.id, app.id),
    }


def message_action(
    slack: "Slack",
    workspace: Workspace,
    app: App,
    person: Person,
    place: Conversation,
    message: Message,
    action: Json,
    state: Json | None,
) -> Json:
    """block_actions from a message. An ephemeral one does not carry the message itself: Slack does not keep it."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": place.id,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    payload = _common(workspace, app, person, "block_actions", placed=True) | {
        "container": container,
        "trigger_id": slack.triggers.issue(workspace.id, person.id, app.id),
        "channel": {"id": place.id, "name": channel_name(place)},
    }
    if message.ephemeral_to is None:
        payload["message"] = message.as_slack()
    return payload | {
        "state": _merged(state_when_fresh(message.blocks), state),
        "response_url": slack.response_urls.issue(
            workspace, app.id, place, person.id, message, message.thread_ts if message.is_reply else None
        ),
        "actions": [action],
    }


def view_action(slack: "Slack", workspace: Workspace, app: App, person: Person, view: View, action: Json) -> Json:
    """block_actions from a modal or a Home tab: no channel, no response_url."""
    return _common(workspace, app, person, "block_actions") | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.triggers.issue(workspace.id, person.id, app.id),
        "view": view.as_slack(),
        "actions": [action],
    }


def submission(slack: "Slack", workspace: Workspace, app: App, person: Person, view: View) -> Json:
    """view_submission. response_urls are there for selects that ask for one."""
    return _common(workspace, app, person, "view_submission") | {
        "trigger_id": slack.triggers.issue(workspace.id, person.id, app.id),
        "view": view.as_slack(),
        "response_urls": _response_urls(slack, workspace, app, person, view),
    }


def closing(workspace: Workspace, app: App, person: Person, view: View, *, cleared: bool) -> Json:
    """view_closed, for views with notify_on_close."""
    return _common(workspace, app, person, "view_closed") | {"view": view.as_slack(), "is_cleared": cleared}


def message_shortcut(
    slack: "Slack",
    workspace: Workspace,
    app: App,
    person: Person,
    place: Conversation,
    message: Message,
    callback_id: str,
) -> Json:
    """message_action: a shortcut from a message's menu."""
    return _common(workspace, app, person, "message_action", placed=True) | {
        "action_ts": f"{slack.clock.now().timestamp():.6f}",
        "callback_id": callback_id,
        "trigger_id": slack.triggers.issue(workspace.id, person.id, app.id),
        "response_url": slack.response_urls.issue(workspace, app.id, place, person.id, message, message.thread_ts),
        "message_ts": message.ts,
        "channel": {"id": place.id, "name": channel_name(place)},
        "message": message.as_slack(),
    }


def global_shortcut(slack: "Slack", workspace: Workspace, app: App, person: Person, callback_id: str) -> Json:
    """shortcut: from the composer's menu; there is no channel and no response_url."""
    return _common(workspace, app, person, "shortcut") | {
        "action_ts": f"{slack.clock.now().timestamp():.6f}",
        "callback_id": callback_id,
        "trigger_id": slack.triggers.issue(workspace.id, person.id, app.id),
    }


def suggestion(
    workspace: Workspace,
    app: App,
    person: Person,
    block_id: str,
    action_id: str,
    value: str,
    view: View | None,
    message: Message | None,
) -> Json:
    """block_suggestion: an external select asks for options that fit ``value``."""
    payload = _common(workspace, app, person, "block_suggestion", placed=message is not None) | {
        "block_id": block_id,
        "action_id": action_id,
        "value": value,
    }
    if view is not None:
        payload |= {"container": {"type": "view", "view_id": view.id}, "view": view.as_slack()}
    if message is not None:
        place = workspace.conversations[message.channel]
        container = {"type": "message", "message_ts": message.ts, "channel_id": place.id, "is_ephemeral": False}
        payload |= {
            "container": container,
            "channel": {"id": place.id, "name": channel_name(place)},
            "message": message.as_slack(),
        }
    return payload


def _response_urls(slack: "Slack", workspace: Workspace, app: App, person: Person, view: View) -> list[Json]:
    urls = []
    state = view.state()["values"]
    for block in view.blocks:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        value = state[block["block_id"]][element["action_id"]]
        chosen = value.get("selected_conversation") or value.get("selected_channel")
        if chosen in workspace.conversations:
            place = workspace.conversations[chosen]
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": chosen,
                    "response_url": slack.response_urls.issue(workspace, app.id, place, person.id),
                }
            )
    return urls


def _merged(fresh: Json, state: Json | None) -> Json:
    for block_id, by_action in ((state or {}).get("values") or {}).items():
        for action_id, value in by_action.items():
            fresh["values"].setdefault(block_id, {})[action_id] = value
    return fresh
