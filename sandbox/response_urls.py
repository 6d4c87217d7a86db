"""response_url: the address in a payload at which an app may answer 5 times within 30 minutes, without a token."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox import posting
from sandbox.blocks import complete
from sandbox.conversations import Conversation
from sandbox.identifiers import secret
from sandbox.messages import Message
from sandbox.shapes import Json, read_json
from sandbox.webapi.calls import Arguments, Refused
from sandbox.webapi.drafts import draft_of
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack

MOST_USES = 5
LIFETIME = timedelta(minutes=30)
MOST_KEPT = 5000


@dataclass
class ResponseUrl:
    """What one response_url stands for: the person, the place, and the message that was clicked, if any."""

    team_id: str
    app_id: str
    channel: str
    user: str
    at: datetime
    origin: Message | None = None
    thread_ts: str | None = None
    uses: int = 0


class ResponseUrls:
    """Every response_url that was handed out. Their 30 minutes pass on the sandbox clock."""

    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        self._urls: dict[str, ResponseUrl] = {}

    def issue(
        self,
        workspace: Workspace,
        app_id: str,
        place: Conversation,
        user: str,
        origin: Message | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """A new address."""
        number = self._slack.sequence.next()
        path = f"{workspace.id}/{number}/{secret('response', workspace.id, str(number), length=24)}"
        if len(self._urls) >= MOST_KEPT:
            for old in list(self._urls)[: MOST_KEPT // 2]:
                del self._urls[old]
        self._urls[path] = ResponseUrl(workspace.id, app_id, place.id, user, self._slack.clock.now(), origin, thread_ts)
        return f"{self._slack.base_url}/actions/{path}"

    def answer(self, path: str, body: bytes) -> tuple[int, object]:
        """What comes back for a post to ``path``: status and body, as Slack's."""
        target = self._urls.get(path)
        if target is None or self._slack.clock.now() - target.at > LIFETIME:
            return 404, {"ok": False, "error": "expired_url"}
        if target.uses >= MOST_USES:
            return 404, {"ok": False, "error": "used_url"}
        try:
            given: Any = read_json(body or b"{}")
        except ValueError:
            return 400, {"ok": False, "error": "invalid_payload"}
        if not isinstance(given, dict):
            return 400, {"ok": False, "error": "invalid_payload"}
        try:
            self.apply(target, given)
        except Refused as refused:
            return (500 if refused.code == "no_text" else 400), refused.body
        target.uses += 1
        return 200, {"ok": True}

    def answer_given(self, url: str, given: Json) -> Refused | None:
        """Treat ``given`` as though it had been posted to ``url``: what the body of an acknowledgement amounts to."""
        try:
            self.apply(self._urls[url.partition("/actions/")[2]], given)
        except Refused as refused:
            return refused
        return None

    def apply(self, target: ResponseUrl, given: Json) -> None:
        """Do what the app wants said: anew, in place of the original, or by taking the original away."""
        slack, workspace = self._slack, self._slack.workspaces[target.team_id]
        installation = workspace.installations[target.app_id]
        grant = slack.grants[installation.bot_token]
        place = workspace.conversations[target.channel]
        arguments = Arguments(given)
        origin = target.origin
        if arguments.flag("delete_original") and origin is not None:
            posting.delete(slack, workspace, place, origin)
            return
        draft = draft_of(arguments)
        if arguments.flag("replace_original") and origin is not None:
            origin.text = draft.text
            origin.blocks = complete(draft.blocks)
            origin.attachments = draft.attachments
            posting.change(slack, workspace, place, origin, installation.bot_user_id)
            return
        draft.thread_ts = arguments.text("thread_ts") or target.thread_ts
        if arguments.text("response_type") == "in_channel":
            posting.post_as_app(slack, workspace, grant, place, draft)
        else:
            speaker = workspace.people[installation.bot_user_id]
            posting.whisper(slack, workspace, place, speaker, target.user, draft)
