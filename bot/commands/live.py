"""`python -m bot check --live @ann`: a message really goes to one person, is found again, edited and deleted.

Nobody else sees anything. Each step is timed; where one fails, what to do about it is said. The process that runs on
this machine, if one does, is asked whether it is ready.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.commands.saying import slack_code
from bot.sending import METADATA
from bot.settings import Settings
from bot.slack_faults import FAULTS

SLOW = 2.0  # seconds for one call, from which on it is worth a word
PATIENCE = 3.0  # seconds for an answer of our own process

TEXT = "Baton tries whether its messages arrive. This one goes away by itself; there is nothing to do."

WHAT_TO_DO = {
    "missing_scope": "add it under OAuth & Permissions on your Slack app's pages, and install the app again",
    "messages_tab_disabled": "switch on the Messages tab under App Home on your Slack app's pages",
    "cannot_dm_bot": "name a person, not a bot",
    "user_not_found": "name somebody of this workspace",
    "user_disabled": "that account is deactivated: name somebody else",
    "ratelimited": "Slack wants quiet: wait a minute",
}

Line = tuple[str, str | None, str]  # what was tried, the fault if there was one, a detail


def live(client: WebClient, settings: Settings, who: str) -> Iterator[Line]:
    """Try it all. `who`: an id, or an e-mail address. Yields a line for each step; ends where one cannot go on."""
    person_id, line = _person(client, who)
    if person_id is None:
        yield line
        return
    nonce = secrets.token_hex(12)
    posted: dict[str, str] = {}

    def post() -> None:
        answer = client.chat_postMessage(
            channel=person_id, text=TEXT, metadata={"event_type": METADATA, "event_payload": {"nonce": nonce}}
        )
        posted.update(channel=str(answer["channel"]), ts=str(answer["ts"]))

    def find() -> None:
        page = client.conversations_history(
            channel=posted["channel"], oldest=posted["ts"], inclusive=True, include_all_metadata=True, limit=10
        )
        if not any(_nonce(message) == nonce for message in page.get("messages") or []):
            raise LookupError

    yield (line := _timed("a message", post))
    if line[1] is not None:
        return
    yield _timed("found again by its mark", find)
    yield _timed("edited", lambda: client.chat_update(channel=posted["channel"], ts=posted["ts"], text=TEXT))
    yield _timed("deleted", lambda: client.chat_delete(channel=posted["channel"], ts=posted["ts"]))
    yield from running(settings)


def running(settings: Settings) -> Iterator[Line]:
    """Ask the process on this machine whether it is ready; nothing is said where none answers and none has to."""
    port = settings.metrics_port or (None if settings.socket_mode else settings.port)
    if port is None:
        return
    what = f"running on port {port}"
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE) as answer:
            yield what, None, answer.read(200).decode().strip()
    except HTTPError as fault:
        yield what, f"it is not ready: {fault.read(200).decode().strip()}", ""
    except (OSError, HTTPException):
        yield f"nothing answers on port {port}", None, "Baton does not run on this machine. If it should, start it"


def _person(client: WebClient, who: str) -> tuple[str | None, Line]:
    if "@" not in who.removeprefix("@"):
        return who.removeprefix("@"), ("person", None, who)
    try:
        return str(client.users_lookupByEmail(email=who)["user"]["id"]), ("person", None, who)
    except FAULTS as fault:
        return None, ("person", _why(fault), "")


def _timed(what: str, call: Callable[[], Any]) -> Line:
    began = time.perf_counter()
    try:
        call()
    except LookupError:
        return (
            what,
            "Slack's history does not show it: after a crash a message could be posted twice. Is the scope "
            "im:history there?",
            "",
        )
    except FAULTS as fault:
        return what, _why(fault), ""
    seconds = time.perf_counter() - began
    slow = "; that is slow: look at the network" if seconds > SLOW else ""
    return what, None, f"{seconds * 1000:.0f} ms{slow}"


def _why(fault: Exception) -> str:
    if not isinstance(fault, SlackApiError):
        return f"no answer ({type(fault).__name__}). Is the network there?"
    advice = WHAT_TO_DO.get(str(fault.response.get("error")))
    return f"Slack says {slack_code(fault)}{f': {advice}' if advice else ''}."


def _nonce(message: dict[str, Any]) -> object:
    return ((message.get("metadata") or {}).get("event_payload") or {}).get("nonce")
