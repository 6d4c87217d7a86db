"""A message: in a channel, in a thread, in a direct conversation, or whispered to one reader."""

from dataclasses import dataclass, field
from uuid import UUID

from sandbox.identifiers import secret
from sandbox.shapes import Blocks, Json


@dataclass
class Message:
    """What was said once. ``ts`` is Slack's name for it within its conversation."""

    ts: str
    channel: str
    team: str
    user: str
    text: str
    number: int
    blocks: Blocks = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    app_id: str | None = None
    bot_id: str | None = None
    bot_profile: Json | None = None
    username: str | None = None
    icons: Json | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    ephemeral_to: str | None = None
    subtype: str | None = None
    edited: Json | None = None
    deleted: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[Json] = field(default_factory=list)
    replies: list["Message"] = field(default_factory=list)
    revision: int = 0

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def in_channel(self) -> bool:
        """Whether the channel itself shows it, not only the thread."""
        return not self.is_reply or self.broadcast

    def as_slack(self, *, with_metadata: bool = False) -> Json:
        """The message object of conversations.history."""
        message: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": self.team}
        if self.subtype:
            message["subtype"] = self.subtype
        if self.app_id is None and self.subtype is None:
            message["client_msg_id"] = str(UUID(secret("message", self.team, self.channel, self.ts)))
        if self.bot_id:
            message |= {"bot_id": self.bot_id, "app_id": self.app_id}
            if self.bot_profile is not None:
                message["bot_profile"] = self.bot_profile
        if self.username:
            message["username"] = self.username
        if self.icons:
            message["icons"] = self.icons
        if self.blocks:
            message["blocks"] = self.blocks
        if self.attachments:
            message["attachments"] = self.attachments
        if self.files:
            message["files"] = self.files
        if self.edited:
            message["edited"] = self.edited
        if self.reactions:
            message["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)} for name, users in self.reactions.items()
            ]
        if with_metadata and self.metadata is not None:
            message["metadata"] = self.metadata
        return message | self._threading()

    def as_page(self) -> Json:
        """As the sandbox's own page gets it."""
        message = self.as_slack() | {"channel": self.channel}
        if self.ephemeral_to is not None:
            message["ephemeral"] = True
        if self.deleted:
            message["deleted"] = True
        return message

    def _threading(self) -> Json:
        if self.is_reply:
            return {"thread_ts": self.thread_ts}
        alive = [reply for reply in self.replies if not reply.deleted]
        if not alive:
            return {}
        return {
            "thread_ts": self.ts,
            "reply_count": len(alive),
            "reply_users": list(dict.fromkeys(reply.user for reply in alive)),
            "reply_users_count": len({reply.user for reply in alive}),
            "latest_reply": alive[-1].ts,
        }
