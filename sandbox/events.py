"""The Events API: who has subscribed to what happened, and delivery with Slack's three retries.

A retry is due at once, after a minute, after five, counted on the sandbox clock.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.answers import Answer
from sandbox.apps import App, Installation
from sandbox.conversations import DIRECT, GROUP_DIRECT, PRIVATE, PUBLIC, Conversation
from sandbox.organisation import Organisation
from sandbox.shapes import Json
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack

MESSAGE_EVENTS = {
    PUBLIC: ("message.channels", "channels:history"),
    PRIVATE: ("message.groups", "groups:history"),
    DIRECT: ("message.im", "im:history"),
    GROUP_DIRECT: ("message.mpim", "mpim:history"),
}
# Which scope Slack wants before it delivers an event; those without one are in no need of any.
SCOPES = {
    "app_mention": "app_mentions:read",
    "user_change": "users:read",
    "team_join": "users:read",
    "user_status_changed": "users:read",
    "user_profile_changed": "users:read",
    "dnd_updated_user": "dnd:read",
    "subteam_created": "usergroups:read",
    "subteam_updated": "usergroups:read",
    "subteam_members_changed": "usergroups:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_created": "channels:read",
    "channel_rename": "channels:read",
    "channel_deleted": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "file_shared": "files:read",
}


@dataclass
class Delivery:
    """One event on its way to one app."""

    app: App
    envelope: Json
    attempt: int = 0
    reason: str = ""


class Events:
    """Hands events to apps in the background and tries again when an app fails."""

    def __init__(self, slack: "Slack", retry_delays: tuple[float, ...]) -> None:
        self._slack = slack
        self._delays = retry_delays
        self._pool = ThreadPoolExecutor(16, thread_name_prefix="sandbox-events")
        self._closed = False

    def emit(
        self,
        workspace: Workspace,
        event: Json,
        *,
        channel: Conversation | None = None,
        to: Installation | None = None,
    ) -> None:
        """Deliver ``event`` to each app that subscribes to it and may see it.

        ``channel`` restricts it to apps whose bot is in there; ``to`` to one app.
        """
        for installation in list(workspace.installations.values()):
            if installation.removed or (to is not None and to is not installation):
                continue
            if channel is not None and installation.bot_user_id not in channel.members:
                continue
            if self._subscribed(installation.app, event, channel):
                self._send(workspace, installation, event)

    def _subscribed(self, app: App, event: Json, channel: Conversation | None) -> bool:
        name, scope = event["type"], SCOPES.get(event["type"])
        if name == "message" and channel is not None:
            name, scope = MESSAGE_EVENTS[channel.kind]
        if name.startswith(("member_", "channel_")) and channel is not None and channel.kind == PRIVATE:
            scope = "groups:read"
        manifest = app.manifest
        return name in manifest.bot_events and (scope is None or scope in manifest.bot_scopes)

    def _send(self, workspace: Workspace, installation: Installation, event: Json) -> None:
        of = workspace.organisation
        whole = bool(installation.organisation_id)
        authorization: Json = {
            "enterprise_id": of.id if of else None,
            "team_id": None if whole else workspace.id,
            "user_id": installation.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": whole,
        }
        where: Json = {
            "team_id": workspace.id,
            "context_team_id": workspace.id,
            "context_enterprise_id": of.id if of else None,
            "authorizations": [authorization],
        }
        if of is not None:
            where["enterprise_id"] = of.id
        self._submit(Delivery(installation.app, self._envelope(installation, event) | where))

    def tell_organisation(self, organisation: Organisation, installation: Installation, event: Json) -> None:
        """Tell an app of its whole organisation something that happened in none of its workspaces."""
        if not self._subscribed(installation.app, event, None):
            return
        authorization = {
            "enterprise_id": organisation.id,
            "team_id": None,
            "user_id": installation.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": True,
        }
        where: Json = {
            "team_id": None,
            "enterprise_id": organisation.id,
            "authorizations": [] if installation.removed else [authorization],
        }
        self._submit(Delivery(installation.app, self._envelope(installation, event) | where))

    def _envelope(self, installation: Installation, event: Json) -> Json:
        now = self._slack.clock.now()
        return {
            "token": installation.app.verification_token,
            "api_app_id": installation.app_id,
            "event": {"event_ts": f"{now.timestamp():.6f}", **event},
            "type": "event_callback",
            "event_id": self._slack.sequence.identifier("Ev", installation.app_id),
            "event_time": int(now.timestamp()),
            "is_ext_shared_channel": False,
            "event_context": f"4-{self._slack.sequence.next()}",
        }

    def _submit(self, delivery: Delivery) -> None:
        if not self._closed:
            end = self._slack.traffic.begin()
            try:
                self._pool.submit(self._deliver, delivery, end)
            except RuntimeError:
                end()

    def _deliver(self, delivery: Delivery, end: Callable[[], None]) -> None:
        try:
            retry = (delivery.attempt, delivery.reason) if delivery.attempt else None
            what = f"event {delivery.envelope['event']['type']}"
            answer = self._slack.delivery.carry(delivery.app, "events", delivery.envelope, what, retry)
            if not answer.ok and (answer.headers or {}).get("x-slack-no-retry") != "1":
                self._try_again(delivery, _reason(answer))
        finally:
            end()

    def _try_again(self, delivery: Delivery, reason: str) -> None:
        if delivery.attempt >= len(self._delays):
            return
        delay = self._delays[delivery.attempt]
        delivery.attempt += 1
        delivery.reason = reason
        if delay <= 0:
            self._submit(delivery)
            return
        due = self._slack.clock.now() + timedelta(seconds=delay)
        self._slack.agenda.at(due, lambda: self._submit(delivery))

    def verify(self, app: App, challenge: str) -> bool:
        """Slack's ``url_verification``: whether the app echoes the challenge."""
        payload = {"token": app.verification_token, "challenge": challenge, "type": "url_verification"}
        answer = self._slack.delivery.carry(app, "events", payload, "url_verification")
        body = answer.body
        echoed = body.get("challenge") if isinstance(body, dict) else str(body).strip()
        return answer.ok and echoed == challenge

    def close(self) -> None:
        """Deliver no more."""
        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)


def _reason(answer: Answer) -> str:
    if answer.error == "operation_timeout":
        return "http_timeout"
    return "connection_failed" if answer.status is None else "http_error"
