"""Which workspace does Slack speak of? With `reading` and `fields`, what digs in Slack's payloads.

The app of an Enterprise Grid organisation is told so in many ways: forms and Home have no `team`, a person has one Home
and one direct conversation in all their workspaces, an event may be about all of them. So every form and Home keeps
for us the workspace it was drawn for, and the ledger knows from which one a message was posted.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from handlers.answers import Answer, Open, Redraw, RedrawBelow, ShowHome
from handlers.fields import Payload, kept_in

KEPT = "workspace"  # its name among what a form keeps for us


def is_workspace(told: object) -> bool:
    """Whether it is the id of a workspace: an organisation's begins with E."""
    return isinstance(told, str) and told.startswith("T")


def kept_for(answer: Answer, workspace_id: str) -> Answer:
    """The answer; a form or Home in it brings the workspace along when it is clicked or sent."""
    if not isinstance(answer, Open | Redraw | RedrawBelow | ShowHome):
        return answer
    kept = kept_in(answer.view.get("private_metadata") or "") | {KEPT: workspace_id}
    return replace(answer, view=answer.view | {"private_metadata": json.dumps(kept, separators=(",", ":"))})


class Workspaces(Protocol):
    """The workspaces of one organisation, as the ledger knows them."""

    def has(self, workspace_id: str) -> bool: ...

    def posted_from(self, channel_id: str, ts: str) -> str | None: ...


def settle(body: dict[str, Any], theirs: Workspaces) -> str | None:
    """Have a payload for an organisation name the one workspace it is about, and return that; None: about none.

    `theirs`: its workspaces, and from which of them Baton posted a message.
    """
    told = _posted(body, theirs) or _kept(body, theirs)
    if "event" in body or "command" in body:
        told = told or _first(body.get("team_id"))
        body["team_id"] = told
    else:
        view, user = body.get("view") or {}, body.get("user") or {}
        told = told or _first((body.get("team") or {}).get("id"), view.get("team_id"), user.get("team_id"))
        body["team"] = {"id": told} if told else None
    return told


def _posted(body: Payload, theirs: Workspaces) -> str | None:
    """Where the message comes from that was clicked, or answered in its thread: in a shared channel people of several
    workspaces do so, and in the one direct conversation that somebody has with Baton stand messages from all of them.
    """
    event, channel = body.get("event"), body.get("channel")
    if isinstance(event, Mapping):
        where, ts = event.get("channel"), event.get("thread_ts")
    else:
        where = channel.get("id") if isinstance(channel, Mapping) else None
        ts = (body.get("container") or {}).get("message_ts") or (body.get("message") or {}).get("ts")
    return theirs.posted_from(where, ts) if isinstance(where, str) and isinstance(ts, str) else None


def _kept(body: Payload, theirs: Workspaces) -> str | None:
    """What a form or Home kept for us."""
    kept = kept_in((body.get("view") or {}).get("private_metadata") or "").get(KEPT)
    return kept if isinstance(kept, str) and theirs.has(kept) else None


def _first(*told: object) -> str | None:
    return next((str(one) for one in told if is_workspace(one)), None)


@dataclass(frozen=True, slots=True)
class Removal:
    """Baton was removed, or its token taken back; `enterprise_id`: from all workspaces of this organisation."""

    workspace_id: str
    enterprise_id: str | None
    because: str
    happened_at: datetime | None


def removal(body: Payload) -> Removal | None:
    """The end of an installation; None where only somebody's own token was taken back."""
    event = body["event"]
    if event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
        return None
    flagged = bool(_authorized(body).get("is_enterprise_install") or body.get("is_enterprise_install"))
    whole = flagged or not is_workspace(body.get("team_id"))
    at = body.get("event_time")
    return Removal(
        workspace_id=str(body.get("team_id") or enterprise_of(body)),
        enterprise_id=enterprise_of(body) if whole else None,
        because=str(event["type"]),
        happened_at=datetime.fromtimestamp(at, UTC) if isinstance(at, int) else None,
    )


@dataclass(frozen=True, slots=True)
class Access:
    """An organisation gave Baton some of its workspaces, or took them away."""

    enterprise_id: str
    workspace_ids: tuple[str, ...]


def access(body: Payload) -> Access:
    """Which workspaces it is about. Raises LookupError where no organisation is told."""
    event = body["event"].get("event") or body["event"]  # Slack's own example has one in the other
    enterprise_id = enterprise_of(body) or enterprise_of(body["event"])
    if enterprise_id is None:
        raise LookupError("enterprise_id")
    return Access(enterprise_id, tuple(str(one) for one in event["team_ids"] if is_workspace(one)))


def enterprise_of(body: Payload) -> str | None:
    """The organisation whose app is told; None for a workspace of its own."""
    told = _authorized(body).get("enterprise_id") or body.get("enterprise_id")
    return str(told) if told else None


def for_organisation(body: Payload) -> bool:
    """Whether it is told to the app of a whole organisation."""
    return bool(_authorized(body).get("is_enterprise_install"))


def _authorized(body: Payload) -> Payload:
    found: Payload = (body.get("authorizations") or [{}])[0]
    return found
