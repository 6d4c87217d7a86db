"""What an app's manifest says: its commands, shortcuts, scopes, events and addresses."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sandbox.shapes import Json, read_yaml


@dataclass(frozen=True)
class SlashCommand:
    """A command that people type, with its slash."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool
    url: str | None


@dataclass(frozen=True)
class Shortcut:
    """A shortcut in a message's menu (``message``) or in the composer's (``global``)."""

    name: str
    kind: str
    callback_id: str
    description: str


class Manifest:
    """A manifest, read once. ValueError, in a plain sentence, when Slack would not create the app from it."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.name: str = _get(data, "display_information", "name") or ""
        if not self.name:
            raise ValueError("the manifest has no display_information.name")
        self.bot_name: str = _get(data, "features", "bot_user", "display_name") or self.name
        self.bot_scopes: tuple[str, ...] = tuple(_get(data, "oauth_config", "scopes", "bot") or ())
        self.redirect_urls: tuple[str, ...] = tuple(_get(data, "oauth_config", "redirect_urls") or ())
        self.commands = tuple(_command(one) for one in _get(data, "features", "slash_commands") or ())
        self.shortcuts = tuple(
            Shortcut(one["name"], one["type"], one["callback_id"], one.get("description", ""))
            for one in _get(data, "features", "shortcuts") or ()
        )
        self.bot_events: frozenset[str] = frozenset(_get(data, "settings", "event_subscriptions", "bot_events") or ())
        self.home_tab: bool = bool(_get(data, "features", "app_home", "home_tab_enabled"))
        self.messages_tab: bool = _get(data, "features", "app_home", "messages_tab_enabled") is not False
        self.messages_read_only: bool = bool(_get(data, "features", "app_home", "messages_tab_read_only_enabled"))
        self.token_rotation: bool = bool(_get(data, "settings", "token_rotation_enabled"))
        self.org_deploy: bool = bool(_get(data, "settings", "org_deploy_enabled"))
        self.socket_mode: bool = bool(_get(data, "settings", "socket_mode_enabled"))
        self.interactivity: bool = _get(data, "settings", "interactivity", "is_enabled") is not False
        self.interactivity_url: str | None = _get(data, "settings", "interactivity", "request_url")
        self.options_url: str | None = _get(data, "settings", "interactivity", "message_menu_options_url")
        self.events_url: str | None = _get(data, "settings", "event_subscriptions", "request_url")
        if self.commands and "commands" not in self.bot_scopes:
            raise ValueError(f"{self.name} has slash commands but not the scope commands")

    @classmethod
    def from_anything(cls, source: "Json | str | Path | Manifest") -> "Manifest":
        """From a mapping, or from the path of a JSON or YAML file."""
        if isinstance(source, Manifest):
            return source
        if isinstance(source, dict):
            return cls(source)
        text = Path(source).read_text(encoding="utf-8")
        return cls(json.loads(text) if str(source).endswith(".json") else read_yaml(text))

    def command(self, name: str) -> SlashCommand | None:
        """The command of that name (with slash), if the app has it."""
        return next((command for command in self.commands if command.command == name), None)

    def address(self, kind: str, command: str | None = None) -> str | None:
        """Where the manifest itself wants ``kind`` delivered; only addresses of this machine are ever called."""
        known = self.command(command) if command else None
        url = {
            "command": known.url if known else None,
            "interactive": self.interactivity_url,
            "options": self.options_url or self.interactivity_url,
            "events": self.events_url,
        }[kind]
        return url if url and urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1") else None


def _get(data: Any, *path: str) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _command(one: Json) -> SlashCommand:
    command = one["command"]
    if not command.startswith("/") or len(command) > 32:
        raise ValueError(f"a slash command begins with / and has at most 32 characters: {command}")
    return SlashCommand(
        command,
        one.get("description", ""),
        one.get("usage_hint", ""),
        bool(one.get("should_escape", False)),
        one.get("url"),
    )
