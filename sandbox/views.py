"""Modals and Home tabs: who has which open, three deep, and what the person has entered in them so far."""

import hashlib
import json
from dataclasses import dataclass, field

from sandbox.blocks import inputs_of, value_when_fresh
from sandbox.shapes import Blocks, Json

DEPTH = 3


@dataclass
class View:
    """One view as one person has it before them."""

    id: str
    team_id: str
    app_id: str
    bot_id: str
    user: str
    body: Json
    root_id: str
    previous_id: str | None = None
    version: int = 0
    entered: dict[tuple[str, str], Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    response_urls: list[Json] = field(default_factory=list)
    installed_in: str = ""  # the organisation whose app it is, if not the workspace

    @property
    def kind(self) -> str:
        """``modal`` or ``home``."""
        return str(self.body["type"])

    @property
    def blocks(self) -> Blocks:
        """The blocks that stand in it."""
        blocks: Blocks = self.body.get("blocks", [])
        return blocks

    @property
    def hash(self) -> str:
        """Changes with every update: Slack's guard against overtaking."""
        digest = hashlib.sha256(f"{self.id}{self.version}{json.dumps(self.body, sort_keys=True)}".encode())
        return f"{self.version}.{digest.hexdigest()[:8]}"

    def replace(self, body: Json) -> None:
        """Show another body. What was entered stays where block_id and action_id stay."""
        self.body = body
        self.version += 1
        self.errors = {}
        present = {(block_id, element["action_id"]) for block_id, element in inputs_of(self.blocks)}
        self.entered = {key: value for key, value in self.entered.items() if key in present}

    def enter(self, values: Json) -> None:
        """Take over what the person has entered: {block_id: {action_id: value}} as in Slack's state."""
        for block_id, by_action in values.items():
            for action_id, value in by_action.items():
                self.entered[(block_id, action_id)] = value

    def state(self) -> Json:
        """``view.state``: the entered values, else the initial ones, else empty ones."""
        values: Json = {}
        for block_id, element in inputs_of(self.blocks):
            action_id = element["action_id"]
            fresh = value_when_fresh(element)
            entered = self.entered.get((block_id, action_id))
            values.setdefault(block_id, {})[action_id] = fresh if entered is None else {**fresh, **entered}
        return {"values": values}

    def as_slack(self, *, with_state: bool = True) -> Json:
        """The view object of Slack's payloads."""
        modal = self.kind == "modal"
        return {
            "id": self.id,
            "team_id": self.team_id,
            "type": self.kind,
            "blocks": self.blocks,
            "private_metadata": self.body.get("private_metadata", ""),
            "callback_id": self.body.get("callback_id", ""),
            "state": self.state() if with_state else {"values": {}},
            "hash": self.hash,
            "title": self.body.get("title") if modal else {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": bool(self.body.get("clear_on_close", False)),
            "notify_on_close": bool(self.body.get("notify_on_close", False)),
            "close": self.body.get("close"),
            "submit": self.body.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": self.app_id,
            "external_id": self.body.get("external_id", ""),
            "app_installed_team_id": self.installed_in or self.team_id,
            "bot_id": self.bot_id,
        }


class ViewShelf:
    """All open views of a workspace."""

    def __init__(self) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}

    def stack(self, user: str) -> list[View]:
        """The modals that ``user`` has open, bottom first."""
        return self.stacks.setdefault(user, [])

    def find(self, app_id: str, *, view_id: str | None = None, external_id: str | None = None) -> View | None:
        """An app's own view by its id or by the app's name for it."""
        for view in [view for stack in self.stacks.values() for view in stack] + list(self.homes.values()):
            if view.app_id != app_id:
                continue
            if view_id is not None and view.id == view_id:
                return view
            if external_id and view.body.get("external_id") == external_id:
                return view
        return None

    def close(self, view: View) -> list[View]:
        """Take one modal away, and whatever stands on it. Returns what was taken, top first."""
        stack = self.stack(view.user)
        if view not in stack:
            return []
        index = stack.index(view)
        taken = stack[index:]
        del stack[index:]
        return taken[::-1]

    def clear(self, user: str) -> list[View]:
        """Take all of a person's modals away. Returns what was taken, top first."""
        taken = self.stack(user)[::-1]
        self.stacks[user] = []
        return taken
