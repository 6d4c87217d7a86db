"""What did Slack just tell us? With `fields`, the only place that digs in Slack's payloads;
everybody else gets what stands here.

A command, a click, a form that was sent, a shortcut, a message in a thread, a profile: each a small frozen record.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers import which_workspace
from handlers.fields import Payload, Values, kept_in, name_of, typed
from store.people import Profile

Told = TypeVar("Told")

_ID = re.compile(r"[A-Z][A-Z0-9]{0,39}")
_JOINER = "\u2060"  # cards put it behind @ and the like: whoever copies from one brings it along


class Unreadable(Exception):
    """A payload that is not as Slack sends it: it is refused, and not asked for again."""


def certain(read: Callable[[Payload], Told], body: Payload) -> Told:
    """What `read` reads in a payload. Raises Unreadable where something is missing, or is not what it should be."""
    try:
        told = read(body)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as fault:
        raise Unreadable(type(fault).__name__) from fault
    for name in ("workspace_id", "user_id"):
        value = getattr(told, name, None)
        if value is not None and not _ID.fullmatch(value):
            raise Unreadable(name)
    return told


@dataclass(frozen=True, slots=True)
class Command:
    """Somebody typed a slash command. `text` is as Slack sent it: mentions are tokens, `& < >` are entities."""

    workspace_id: str
    user_id: str
    channel_id: str
    command: str
    text: str
    trigger_id: str
    response_url: str

    @property
    def key(self) -> str:
        """Names this very command: a second delivery has the same."""
        return f"command:{self.trigger_id}"


@dataclass(frozen=True, slots=True)
class View:
    """A form or a Home tab as it stood at the click. `private`: what we gave it to keep. `kind`: modal or home."""

    id: str
    hash: str
    kind: str
    callback_id: str
    private: dict[str, Any]
    values: Values
    fields: dict[str, str]  # the input fields in their order: name → block id


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody clicked a button, or chose from a menu or a picker.

    `value`: of the button or of the chosen option; a picked time in epoch seconds; a picked person's id.
    `response_url` is there for messages only, `view` for forms and Home only.
    """

    workspace_id: str
    user_id: str
    action_id: str
    value: str
    trigger_id: str
    response_url: str | None
    channel_id: str | None
    message_ts: str | None
    view: View | None
    values: Values
    key: str

    @property
    def number(self) -> int:
        """The number of the ask that the button is about."""
        return int(self.particulars.get("number", 0)) if self.value.startswith("{") else int(self.value)

    @property
    def particulars(self) -> dict[str, Any]:
        """What a button with more than a number carries."""
        return kept_in(self.value)


@dataclass(frozen=True, slots=True)
class Submission:
    """Somebody sent a form. `private`: what we gave the form to keep."""

    workspace_id: str
    user_id: str
    view_id: str
    callback_id: str
    trigger_id: str
    private: dict[str, Any]
    values: Values
    fields: dict[str, str]

    @property
    def key(self) -> str:
        """Names this very form: however often it is sent, its act is done once."""
        return f"view:{self.view_id}"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Somebody chose a shortcut; on a message, `text` is what it says (tokens and entities as Slack sent them)."""

    workspace_id: str
    user_id: str
    callback_id: str
    trigger_id: str
    response_url: str | None
    channel_id: str | None
    message_ts: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """A person wrote in a thread. `text` is as Slack sent it."""

    workspace_id: str
    user_id: str
    channel_id: str
    thread_ts: str
    ts: str
    text: str

    @property
    def key(self) -> str:
        """Channel and time name a message, whatever team id it is delivered under."""
        return f"message:{self.channel_id}:{self.ts}"


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """Somebody opened Baton's Home tab."""

    workspace_id: str
    user_id: str
    view: View | None


def command(body: Payload) -> Command:
    return Command(
        workspace_id=str(body["team_id"]),
        user_id=str(body["user_id"]),
        channel_id=str(body.get("channel_id", "")),
        command=str(body["command"]),
        text=typed(body.get("text")).replace(_JOINER, "").strip(),
        trigger_id=str(body.get("trigger_id", "")),
        response_url=str(body.get("response_url", "")),
    )


def click(body: Payload) -> Click:
    action = body["actions"][0]
    container = body.get("container") or {}
    view = _view(body["view"]) if body.get("view") else None
    message_ts = container.get("message_ts") or (body.get("message") or {}).get("ts")
    channel_id = container.get("channel_id") or (body.get("channel") or {}).get("id")
    # A message's ts is its own in its channel only, and one message can hold the same button for several asks.
    where = view.id if view else f"{channel_id}:{message_ts}"
    user_id, value = str(body["user"]["id"]), _value(action)
    when = action.get("action_ts", body.get("trigger_id", ""))
    return Click(
        workspace_id=_workspace(body),
        user_id=user_id,
        action_id=str(action["action_id"]),
        value=value,
        trigger_id=str(body.get("trigger_id", "")),
        response_url=body.get("response_url"),
        channel_id=channel_id,
        message_ts=message_ts,
        view=view,
        values=view.values if view else Values((body.get("state") or {}).get("values") or {}),
        key=f"click:{where}:{user_id}:{action['action_id']}:{value}:{when}",
    )


def submission(body: Payload) -> Submission:
    view = _view(body["view"])
    return Submission(
        workspace_id=_workspace(body),
        user_id=str(body["user"]["id"]),
        view_id=view.id,
        callback_id=view.callback_id,
        trigger_id=str(body.get("trigger_id", "")),
        private=view.private,
        values=view.values,
        fields=view.fields,
    )


def shortcut(body: Payload) -> Shortcut:
    message = body.get("message") or {}
    return Shortcut(
        workspace_id=_workspace(body),
        user_id=str(body["user"]["id"]),
        callback_id=str(body["callback_id"]),
        trigger_id=str(body.get("trigger_id", "")),
        response_url=body.get("response_url"),
        channel_id=(body.get("channel") or {}).get("id"),
        message_ts=message.get("ts") or body.get("message_ts"),
        text=typed(message.get("text")),
    )


def thread_message(body: Payload) -> ThreadMessage | None:
    """A person's words in a thread, or None for anything else: bots, edits, joins, what is not in a thread."""
    event = body["event"]
    written = event.get("subtype") in (None, "file_share", "thread_broadcast")
    thread_ts = event.get("thread_ts")
    if not written or event.get("bot_id") or not event.get("user") or not thread_ts or thread_ts == event.get("ts"):
        return None
    return ThreadMessage(
        workspace_id=str(body["team_id"]),
        user_id=str(event["user"]),
        channel_id=str(event["channel"]),
        thread_ts=str(thread_ts),
        ts=str(event["ts"]),
        text=typed(event.get("text")),
    )


def home_opened(body: Payload) -> HomeOpened | None:
    """Whose Home tab was opened, or None when it was the messages tab."""
    event = body["event"]
    if event.get("tab", "home") != "home":
        return None
    view = _view(event["view"]) if event.get("view") else None
    return HomeOpened(str(body["team_id"]), str(event["user"]), view)


def profile(user: Payload, workspace_id: str | None = None) -> Profile:
    """What a user object of Slack's says of somebody.

    In an organisation somebody may have left `workspace_id`, or never been there, and be in others.
    """
    teams = (user.get("enterprise_user") or {}).get("teams")
    elsewhere = bool(workspace_id and teams and workspace_id not in teams)
    shown = user.get("profile") or {}
    handle = typed(user.get("name"))
    return Profile(
        id=str(user["id"]),
        handle=handle,
        name=_name(user, handle),
        email=_text(shown.get("email")),
        locale=_text(user.get("locale")),
        time_zone=_time_zone(user.get("tz")),
        is_bot=bool(user.get("is_bot")),
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_deleted=bool(user.get("deleted")) or elsewhere,
    )


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Somebody joined, changed or left. `enterprise_id`: in which of its workspaces is not told."""

    workspace_id: str | None
    user_id: str
    enterprise_id: str | None
    user: Payload

    def profile_in(self, workspace_id: str) -> Profile:
        """What holds in one workspace."""
        return profile(self.user, workspace_id)


def person_changed(body: Payload) -> PersonChanged:
    enterprise_id = which_workspace.enterprise_of(body) if which_workspace.for_organisation(body) else None
    workspace_id = str(body["team_id"]) if enterprise_id is None else body.get("team_id")
    user: Payload = body["event"]["user"]
    profile(user)  # a fault in it shows here
    return PersonChanged(workspace_id, str(user["id"]), enterprise_id, user)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _name(user: Payload, handle: str) -> str:
    """The name somebody chose to be shown by, unless that only repeats their handle: then their full name."""
    shown = user.get("profile") or {}
    chosen, full = shown.get("display_name"), shown.get("real_name") or user.get("real_name")
    return typed(chosen if chosen and chosen != handle else full or chosen or handle)


def _time_zone(name: object) -> str:
    """An IANA zone that this machine knows, else UTC."""
    try:
        return ZoneInfo(str(name)).key if name else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def _workspace(body: Payload) -> str:
    return str((body.get("team") or {}).get("id") or body["user"]["team_id"])


def _view(view: Payload) -> View:
    fields = {
        name_of(block["element"]["action_id"]): block["block_id"]
        for block in view.get("blocks", ())
        if block.get("type") == "input" and "block_id" in block
    }
    return View(
        id=str(view["id"]),
        hash=str(view.get("hash", "")),
        kind=str(view.get("type", "modal")),
        callback_id=str(view.get("callback_id", "")),
        private=kept_in(view.get("private_metadata") or ""),
        values=Values((view.get("state") or {}).get("values") or {}),
        fields=fields,
    )


def _value(action: Payload) -> str:
    """The one thing that an action carries, whatever its element."""
    if action.get("selected_option"):
        return str(action["selected_option"]["value"])
    for name in ("value", "selected_user", "selected_date_time", "selected_date", "selected_time"):
        if action.get(name):
            return str(action[name])
    return ""
