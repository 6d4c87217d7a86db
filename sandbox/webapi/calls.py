"""What every Web API method shares: its entry in the list, its arguments as Slack reads them, and refusals."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sandbox.apps import App, Grant
from sandbox.conversations import SCOPE_FAMILIES, Conversation
from sandbox.people import Person
from sandbox.shapes import Json, read_json
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack

Item = TypeVar("Item")
MOST_PER_PAGE = 1000


class Refused(Exception):
    """Slack says no, with its own code and, where Slack adds some, particulars."""

    def __init__(self, code: str, *messages: str, status: int = 200, **particulars: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.body: Json = {"ok": False, "error": code, **particulars}
        if messages:
            self.body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in messages]}


class Arguments:
    """The arguments of one call, whether they came as a form or as JSON."""

    def __init__(self, given: Json) -> None:
        self.given = {name: value for name, value in given.items() if value is not None}

    def has(self, name: str) -> bool:
        """Whether it was given and is not empty."""
        return self.given.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """As text."""
        value = self.given.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str, default: bool = False) -> bool:
        """As a yes or no: true, "true", 1, "1"."""
        value = self.given.get(name)
        if value is None:
            return default
        return value is True or str(value).lower() in ("1", "true")

    def whole(self, name: str, default: int, refusal: str) -> int:
        """As a whole number; ``refusal`` is Slack's code when it is none."""
        try:
            return int(str(self.given.get(name, default)))
        except ValueError:
            raise Refused(refusal) from None

    def structure(self, name: str, refusal: str) -> Any:
        """As JSON, decoded; None when it was not given."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return read_json(value)
        except ValueError:
            raise Refused(refusal) from None

    def listed(self, name: str) -> list[str]:
        """As a list, from an array or from text with commas."""
        value = self.given.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = self.structure(name, "invalid_arguments")
        if isinstance(value, list):
            return [str(one) for one in value]
        return [one.strip() for one in str(value or "").split(",") if one.strip()]


@dataclass
class Call:
    """One call of one method by one token."""

    slack: "Slack"
    method: "Method"
    arguments: Arguments
    grant: Grant | None
    base_url: str
    place: Workspace | None = None
    basic: tuple[str, str] | None = None
    secure_post: bool = True
    warnings: list[str] = field(default_factory=list)

    @property
    def caller(self) -> Grant:
        """The token's grant (methods without a token do not ask)."""
        assert self.grant is not None
        return self.grant

    @property
    def app(self) -> App:
        """The app that calls."""
        return self.caller.app

    @property
    def workspace(self) -> Workspace:
        """The workspace that the call is about."""
        if self.place is None:
            raise Refused("team_access_not_granted")
        return self.place

    @property
    def bot(self) -> Person:
        """The user that the caller acts as."""
        return self.workspace.people[self.caller.bot_user_id]

    def needs(self, *scopes: str) -> None:
        """Refuse unless the token has one of ``scopes``."""
        if scopes and not set(scopes) & set(self.caller.scopes):
            raise Refused("missing_scope", needed=",".join(scopes), provided=",".join(self.caller.scopes))

    def conversation(self, name: str = "channel", *, by_name: bool = False) -> Conversation:
        """The conversation that an argument names, as far as the caller may know that it exists."""
        wanted = self.arguments.text(name)
        found = self.workspace.conversations.get(wanted)
        if found is None and by_name:
            found = self.workspace.channel_named(wanted)
        if found is None or not found.visible_to(self.bot.id):
            raise Refused("channel_not_found")
        return found

    def needs_family(self, place: Conversation, verb: str) -> None:
        """Refuse unless the token has ``verb`` (read, history) for this kind of conversation."""
        self.needs(f"{SCOPE_FAMILIES[place.kind]}:{verb}")

    def person(self, name: str = "user", refusal: str = "user_not_found") -> Person:
        """The person that an argument names."""
        person = self.workspace.people.get(self.arguments.text(name))
        if person is None:
            raise Refused(refusal)
        return person

    def page(
        self, items: Sequence[Item], default: int = 100, most: int = MOST_PER_PAGE, *, strict: bool = True
    ) -> tuple[list[Item], Json]:
        """One page of ``items`` by the arguments cursor and limit, and the response_metadata to go with it.

        More than ``most`` is refused, or cut down to it where Slack is not ``strict``.
        """
        limit = self.arguments.whole("limit", default, "invalid_limit") or default
        if limit < 1 or (limit > most and strict):
            raise Refused("invalid_limit")
        limit = min(limit, most)
        start = self.offset()
        if start > len(items):
            raise Refused("invalid_cursor")
        end = start + limit
        cursor = _encode_cursor(self.method.name, end) if end < len(items) else ""
        return list(items[start:end]), {"next_cursor": cursor}

    def offset(self) -> int:
        """Where the given cursor stands; 0 without one."""
        cursor = self.arguments.text("cursor")
        if not cursor:
            return 0
        try:
            method, _, number = base64.b64decode(cursor, validate=True).decode().rpartition(":")
            if method != self.method.name:
                raise ValueError(cursor)
            return int(number)
        except ValueError:
            raise Refused("invalid_cursor") from None


def _encode_cursor(method: str, offset: int) -> str:
    return base64.b64encode(f"{method}:{offset}".encode()).decode()


Act = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """One method: who may call it, how often, and what it cannot do without.

    ``required`` maps an argument to Slack's code when it is missing. ``tier`` None: not limited by tier.
    """

    name: str
    act: Act
    scopes: tuple[str, ...]
    tier: int | None
    required: dict[str, str]
    tokens: tuple[str, ...]
    takes_json: bool


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *scopes: str,
    tier: int | None = None,
    required: dict[str, str] | Sequence[str] = (),
    tokens: tuple[str, ...] = ("bot",),
    takes_json: bool = False,
) -> Callable[[Act], Act]:
    """Put a method on the list. Scopes, tiers and JSON from Slack's reference of each method."""
    wanted = required if isinstance(required, dict) else dict.fromkeys(required, "invalid_arguments")

    def enlist(act: Act) -> Act:
        METHODS[name] = Method(name, act, scopes, tier, wanted, tokens, takes_json)
        return act

    return enlist
