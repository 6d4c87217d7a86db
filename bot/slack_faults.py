"""What does it mean for a message that Slack, or the way to Slack, failed? One of four answers.

The error codes are those of Slack's method reference (chat.postMessage, chat.update and the ones all methods share).
"""

from dataclasses import dataclass
from http.client import HTTPException

from slack_sdk.errors import SlackApiError, SlackClientError

REVOKED = frozenset(
    {"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired", "app_uninstalled"}
)
"""The token is worth nothing: the whole workspace is stopped until somebody installs Baton again."""

RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})

UNCLEAR = frozenset(
    {
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "duplicate_message_not_found",
        "accesslimited",
    }
)
"""Slack says itself that some of it may have happened."""

CONVERSATION_REFUSED = frozenset(
    {
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
        "cannot_reply_to_message",
        "ekm_access_denied",
        "team_access_not_granted",
        "missing_scope",
        "no_permission",
    }
)
"""Somebody has to mend something about the conversation: invite Baton, open the channel again, name another one."""

DEFAULT_RETRY_AFTER = 30.0  # seconds, when a 429 does not say


@dataclass(frozen=True, slots=True)
class Revoked:
    """The token no longer works."""

    code: str


@dataclass(frozen=True, slots=True)
class Limited:
    """Too fast: nothing happened, and nothing may for `seconds`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nobody knows whether it happened: a timeout, a lost connection, a 5xx."""

    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It did not happen and never will. `conversation`: the fault lies with the channel, which people can mend."""

    code: str
    conversation: bool


Meaning = Revoked | Limited | Unclear | Refused


FAULTS = (SlackClientError, OSError, HTTPException)
"""What a call of the Slack client raises when it fails; anything else is a fault of ours."""


def meaning(fault: Exception) -> Meaning:
    """What `fault`, one of FAULTS, means."""
    if not isinstance(fault, SlackApiError):
        return Unclear(type(fault).__name__)
    response = fault.response
    status = int(getattr(response, "status_code", 0) or 0)
    code = str(response.get("error") or "") if hasattr(response, "get") else ""
    if status == 429 or code in RATE_LIMITED:
        return Limited(retry_after(getattr(response, "headers", {})))
    if status >= 500:
        return Unclear(f"http_{status}")
    if code in REVOKED:
        return Revoked(code)
    if code in UNCLEAR or not code.replace("_", "").isalnum():  # the SDK puts an unreadable answer into "error"
        return Unclear(code if code in UNCLEAR else "unreadable_answer")
    return Refused(code, code in CONVERSATION_REFUSED)


def retry_after(headers: dict[str, str]) -> float:
    """For how many seconds Slack wants quiet, by the headers of a 429."""
    for name, value in headers.items():
        if name.lower() == "retry-after":
            try:
                return max(1.0, float(value))
            except ValueError:
                break
    return DEFAULT_RETRY_AFTER
