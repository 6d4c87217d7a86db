"""Conversations: public and private channels, direct messages, and what each of them holds."""

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.messages import Message
from sandbox.shapes import Json

PUBLIC, PRIVATE, DIRECT, GROUP_DIRECT = "channel", "group", "im", "mpim"
# Slack forgets whispers at the next reload; the sandbox after so many in one place.
MOST_WHISPERS = 2000
TYPE_NAMES = {PUBLIC: "public_channel", PRIVATE: "private_channel", DIRECT: "im", GROUP_DIRECT: "mpim"}
SCOPE_FAMILIES = {PUBLIC: "channels", PRIVATE: "groups", DIRECT: "im", GROUP_DIRECT: "mpim"}


@dataclass
class Conversation:
    """A place where messages stand. ``kind`` is the ``channel_type`` of Slack's events."""

    id: str
    team_id: str
    name: str
    kind: str
    members: list[str]
    created: int
    creator: str = ""
    topic: str = ""
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: list[Message] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)
    _order: list[str] = field(default_factory=list)
    _last_microsecond: int = 0

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message of two or more people."""
        return self.kind in (DIRECT, GROUP_DIRECT)

    def visible_to(self, user: str) -> bool:
        """Public channels to everybody, the rest to members."""
        return self.kind == PUBLIC or user in self.members

    def other_side(self, user: str) -> str:
        """The one whom ``user`` talks to in a direct message (oneself in a note to oneself)."""
        return next((member for member in self.members if member != user), user)

    def stamp(self, now: datetime) -> str:
        """A ``ts`` nobody else has in this conversation, later than all before, from ``now`` where it can be."""
        microsecond = max(int(now.timestamp() * 1_000_000), self._last_microsecond + 1)
        self._last_microsecond = microsecond
        return f"{microsecond // 1_000_000}.{microsecond % 1_000_000:06d}"

    def add(self, message: Message) -> None:
        """Keep a message; a reply is also hung below its parent."""
        if message.ephemeral_to is not None:
            self.ephemerals.append(message)
            del self.ephemerals[:-MOST_WHISPERS]
            return
        self.messages[message.ts] = message
        self._order.append(message.ts)
        if message.is_reply and message.thread_ts in self.messages:
            self.messages[message.thread_ts].replies.append(message)

    def newest_first(self, latest: str | None = None) -> Iterator[Message]:
        """Messages that still stand, newest first, from ``latest`` (inclusive) down."""
        end = bisect.bisect_right(self._order, latest, key=str) if latest else len(self._order)
        for index in range(end - 1, -1, -1):
            message = self.messages[self._order[index]]
            if not message.deleted:
                yield message

    def find(self, ts: str) -> Message | None:
        """The message of that ``ts``, unless it was deleted."""
        message = self.messages.get(ts)
        return message if message is not None and not message.deleted else None

    def as_slack(self, viewer: str, *, with_members: bool = False) -> Json:
        """The conversation object of conversations.info as ``viewer`` gets it."""
        if self.kind == DIRECT:
            return {
                "id": self.id,
                "created": self.created,
                "is_archived": self.archived,
                "is_im": True,
                "is_org_shared": False,
                "user": self.other_side(viewer),
                "context_team_id": self.team_id,
                "is_open": True,
                "priority": 0,
            }
        conversation: Json = {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == PUBLIC,
            "is_group": self.kind == PRIVATE,
            "is_im": False,
            "is_mpim": self.kind == GROUP_DIRECT,
            "is_private": self.kind != PUBLIC,
            "created": self.created,
            "creator": self.creator,
            "is_archived": self.archived,
            "is_general": self.name == "general",
            "unlinked": 0,
            "is_shared": False,
            "is_ext_shared": False,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "is_member": viewer in self.members,
            "context_team_id": self.team_id,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": [],
        }
        if with_members:
            conversation["num_members"] = len(self.members)
        return conversation
