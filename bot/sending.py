"""One parcel of the outbox becomes a message on Slack: worded now, in the reader's language, from the state as it is.

`deliver` is a generator: it yields the turn it needs before each call that Slack counts, and the courier resumes it
when it is that turn's time. It never holds a transaction over a call.
"""

import logging
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from slack_sdk import WebClient

from bot.pacing import HISTORY, POST, UPDATE
from bot.slack_faults import FAULTS, Limited, Meaning, Refused, Revoked, Unclear, meaning
from store import departments, outbox, people
from store.database import Ledger, Look
from store.outbox import Post
from store.parcels import NO_TOKEN, Parcel
from store.queries import asks
from store.refusals import LedgerUnavailable
from store.snapshots import Person

METADATA = "baton"  # event_type of our messages' metadata; the nonce is its payload
IN_THREAD = frozenset({"note", "answer_noted"})  # messages that stand in the thread of the ask's card
CARD_SECONDS = 5.0  # between two looks whether the card that a note belongs to is there
PAGES = 20  # of history that are searched for a nonce
NO_TOKEN_SECONDS = 3600.0  # between two looks whether there is a token, should nobody say so
MOST_TRIES = 10  # of a parcel that we fail to word
NOT_GRANTED = "team_access_not_granted"  # by an organisation: this workspace, or that of a shared channel
BEFORE = timedelta(days=1)  # our clock may have been ahead of Slack's by so much, when the message was put

log = logging.getLogger("baton.courier")

Content = dict[str, Any]
Given = ParamSpec("Given")
Result = TypeVar("Result")


class Compose(Protocol):
    """How a message is worded: `handlers.messages.compose`. None: there is nothing to say any more."""

    def __call__(
        self,
        look: Look,
        message: str,
        ask_id: int | None,
        reader: Person | None,
        channel_locale: str,
        particulars: dict[str, Any],
        outbox_id: int,
    ) -> Content | None: ...


@dataclass(frozen=True, slots=True)
class Turn:
    """Leave to call `method` once, in `conversation` if Slack counts by that."""

    method: str
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Slack has it; `ts` None: there was nothing to post."""

    channel_id: str | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Try again in `seconds`. `unclear`: Slack may have it all the same. `held`: the method that Slack wants quiet."""

    seconds: float
    fault: str
    unclear: bool
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Rests:
    """Its reader does not want to be disturbed before `until`; nothing was tried."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Never:
    """Slack will never take it. `conversation`: people can mend why."""

    fault: str
    conversation: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """The workspace's token no longer works."""

    fault: str


Outcome = Sent | Later | Rests | Never | Stopped
Delivery = Generator[Turn, None, Outcome]


@dataclass(frozen=True, slots=True)
class Sender:
    """Carries single parcels. `client_of` gives the Slack client of a workspace, None where Baton has no token.

    `live`: messages that are edited in place when their ask moves. `resting`: until when a parcel's reader does not
    want to be disturbed. `renew`: whether a workspace has another token than the one that Slack just refused.
    `withdrawn`: whether its organisation has taken it away from Baton.
    """

    ledger: Ledger
    clock: Callable[[], datetime]
    client_of: Callable[[str], WebClient | None]
    compose: Compose
    live: frozenset[str]
    resting: Callable[[WebClient, Parcel], datetime | None] = lambda _client, _parcel: None
    renew: Callable[[str, str], bool] = lambda _workspace_id, _token: False
    withdrawn: Callable[[str], bool] = lambda _workspace_id: False

    def deliver(self, parcel: Parcel) -> Delivery:
        """Bring one parcel to Slack; returns how it went and raises nothing."""
        try:
            client = self.client_of(parcel.workspace_id)
            if client is None:
                return Later(NO_TOKEN_SECONDS, NO_TOKEN, parcel.unclear)
            outcome = yield from (self._refresh if parcel.kind == "refresh" else self._post)(client, parcel)
            if isinstance(outcome, Stopped) and self.renew(parcel.workspace_id, client.token or ""):
                return Later(0, outcome.fault, parcel.unclear)
            if isinstance(outcome, Never) and outcome.fault == NOT_GRANTED and self.withdrawn(parcel.workspace_id):
                return Stopped(outcome.fault)
            return outcome
        except LedgerUnavailable as fault:  # that lies not with the message: it is never given up for it
            log.warning("not_worded_yet", extra={"parcel": parcel.id, "fault": str(fault)})
            return Later(backoff(parcel.attempts), type(fault).__name__, parcel.unclear)
        except Exception as fault:
            log.exception(
                "not_worded",
                extra={"workspace": parcel.workspace_id, "parcel": parcel.id, "said": parcel.message},
            )
            if parcel.attempts >= MOST_TRIES:
                return Never(type(fault).__name__)
            return Later(backoff(parcel.attempts), type(fault).__name__, parcel.unclear)

    def _post(self, client: WebClient, parcel: Parcel) -> Delivery:
        thread_ts = None
        if parcel.message in IN_THREAD and parcel.ask_id is not None:
            thread_ts = self._look(parcel, _card_ts, parcel.ask_id)
            if thread_ts is None and parcel.attempts < MOST_TRIES:
                return Later(CARD_SECONDS, "its card is not there yet", parcel.unclear)
        if parcel.unclear:
            yield Turn(HISTORY)
            try:
                found = _find(client, parcel, thread_ts)
            except FAULTS as fault:
                stop = _unless_blind(parcel, meaning(fault))
                if stop is not None:
                    return stop
            else:
                if found is not None:
                    return found
        elif until := self.resting(client, parcel):
            return Rests(until)
        yield Turn(POST, parcel.channel_id or parcel.person_id)
        content = self._look(parcel, self._worded, parcel, parcel.person_id, parcel.channel_id)
        if content is None:
            return Sent()
        if thread_ts is not None:
            content = {"thread_ts": thread_ts} | content
        try:
            answer = client.chat_postMessage(
                channel=parcel.channel_id or parcel.person_id or "",
                metadata={"event_type": METADATA, "event_payload": {"nonce": parcel.nonce}},
                unfurl_links=False,
                unfurl_media=False,
                **content,
            )
        except FAULTS as fault:
            return _after(parcel, meaning(fault), POST)
        return Sent(str(answer["channel"]), str(answer["ts"]))

    def _refresh(self, client: WebClient, parcel: Parcel) -> Delivery:
        """Edit every known message of the ask. One that is gone from Slack is left alone."""
        assert parcel.ask_id is not None
        for post in self._look(parcel, outbox.posts_of, parcel.ask_id, self.live):
            yield Turn(UPDATE)
            content = self._look(parcel, self._reworded, parcel, post)
            if content is None:
                continue
            try:
                client.chat_update(channel=post.channel_id, ts=post.ts, **content)
            except FAULTS as fault:
                meant = meaning(fault)
                if not isinstance(meant, Refused):
                    return _after(parcel, meant, UPDATE)
                log.info(
                    "not_edited", extra={"workspace": parcel.workspace_id, "parcel": parcel.id, "code": meant.code}
                )
        return Sent()

    def _worded(self, look: Look, parcel: Parcel, person_id: str | None, channel_id: str | None) -> Content | None:
        reader = people.find(look, person_id) if person_id else None
        locale = _channel_locale(look, parcel, channel_id) if channel_id else "en-US"
        return self.compose(look, parcel.message, parcel.ask_id, reader, locale, parcel.particulars, parcel.id)

    def _reworded(self, look: Look, parcel: Parcel, post: Post) -> Content | None:
        """What the message `post` should say now."""
        reader = people.find(look, post.person_id) if post.person_id else None
        locale = _channel_locale(look, parcel, post.channel_id) if reader is None else "en-US"
        return self.compose(look, post.message, parcel.ask_id, reader, locale, post.particulars, 0)

    def _look(
        self,
        parcel: Parcel,
        query: Callable[Concatenate[Look, Given], Result],
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        return self.ledger.look(query, parcel.workspace_id, self.clock(), *args, **kwargs)


def backoff(attempts: int) -> float:
    """Seconds before the next try: 1, 2, 4 … 60."""
    return float(min(60, 2 ** min(attempts - 1, 6)))


def _after(parcel: Parcel, meant: Meaning, method: str) -> Outcome:
    match meant:
        case Limited(seconds):
            return Later(seconds, "ratelimited", parcel.unclear, held=method)
        case Unclear(code):
            return Later(backoff(parcel.attempts), code, unclear=True)
        case Revoked(code):
            return Stopped(code)
        case Refused(code, conversation):
            return Never(code, conversation)


def _unless_blind(parcel: Parcel, meant: Meaning) -> Outcome | None:
    """How a failed look into the history ends; None where we may never look: then posting twice is the lesser harm."""
    if isinstance(meant, Refused):
        log.warning(
            "posted_again_blindly",  # its history cannot be read
            extra={"workspace": parcel.workspace_id, "parcel": parcel.id, "code": meant.code},
        )
        return None
    outcome = _after(parcel, meant, HISTORY)
    return Later(outcome.seconds, outcome.fault, True, outcome.held) if isinstance(outcome, Later) else outcome


def _find(client: WebClient, parcel: Parcel, thread_ts: str | None) -> Sent | None:
    """The message of an earlier try, found in Slack's own history by its nonce."""
    channel_id = parcel.channel_id or str(client.conversations_open(users=parcel.person_id)["channel"]["id"])
    asked: dict[str, Any] = {
        "channel": channel_id,
        "oldest": f"{(parcel.put_at - BEFORE).timestamp():.6f}",
        "include_all_metadata": True,
        "limit": 100,
    }
    for _ in range(PAGES):
        if thread_ts is not None:
            page = client.conversations_replies(ts=thread_ts, **asked)
        else:
            page = client.conversations_history(**asked)
        for message in page.get("messages") or []:
            metadata = message.get("metadata") or {}
            if (metadata.get("event_payload") or {}).get("nonce") == parcel.nonce:
                return Sent(channel_id, str(message["ts"]))
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            break
        asked["cursor"] = cursor
    return None


def _card_ts(look: Look, ask_id: int) -> str | None:
    card = asks.by_id(look, ask_id).card
    return card.ts if card else None


def _channel_locale(look: Look, parcel: Parcel, channel_id: str) -> str:
    """The language of a channel: that of the department it is about, or that it belongs to.

    An ask that went to another department leaves a card behind, which stays in the language of its channel.
    """
    everyone = departments.all_of(look)
    about = parcel.particulars.get("department")
    its_own = next((one for one in everyone if one.channel_id == channel_id), None)
    if parcel.ask_id is not None:
        about = asks.by_id(look, parcel.ask_id).department_id if its_own is None else its_own.id
    for department in everyone:
        if department.id == about:
            return department.locale
    return its_own.locale if its_own else "en-US"
