"""How a listener hears and answers. It gets a call and what was read, does one verb, and returns what is to be shown.

`Reception(app, desk).click("acknowledge.as_asked", acknowledge)` registers `acknowledge(call, click) -> Answers`.
A refusal of the ledger becomes a private sentence here, an unexpected fault is logged and owned up to: listeners
have no try/except.
"""

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from handlers import arriving, reading, refusals, ways, which_workspace
from handlers.answers import Answer, Answers, Refused
from handlers.desk import Desk, Visitor
from handlers.words import Words
from store.database import Act, Look
from store.refusals import LedgerUnavailable, Refusal

NOT_REACHED = (SlackClientError, OSError, HTTPException)  # what a call of Slack raises when it fails

log = logging.getLogger("baton.answering")


class FromSomebody(Protocol):
    """What every payload tells once it is read."""

    @property
    def workspace_id(self) -> str: ...

    @property
    def user_id(self) -> str: ...


Given = ParamSpec("Given")
Result = TypeVar("Result")
Heard = TypeVar("Heard", bound=FromSomebody)


@dataclass(frozen=True, slots=True)
class Call:
    """One visit: the desk, who came, and Slack's client for the few things that have to be asked of Slack."""

    desk: Desk
    visitor: Visitor
    client: WebClient

    @property
    def words(self) -> Words:
        return self.visitor.words

    def act(
        self,
        key: str | None,
        verb: Callable[Concatenate[Act, Given], Result],
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """The visitor does `verb` now, once for `key`."""
        return self.desk.act(self.visitor, key, verb, *args, **kwargs)

    def look(
        self, query: Callable[Concatenate[Look, Given], Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """What `query` says of the visitor's workspace now."""
        return self.desk.look(self.visitor, query, *args, **kwargs)


class Reception:
    """Registers the listeners of a feature with Bolt, each with its way of answering.

    `files`: what they hear is meant to file an ask, which is what somebody wants to know when it failed.
    """

    def __init__(self, app: App, desk: Desk, *, files: bool = False) -> None:
        self._app, self._desk, self._files = app, desk, files

    def command(self, name: str, listener: Callable[[Call, reading.Command], Answers]) -> None:
        """`listener` hears the slash command `name`."""

        def hear(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            typed = reading.certain(reading.command, body)
            way = ways.CommandWay(client, typed, ack)
            self._serve(way, typed, listener)

        self._app.command(name)(hear)

    def click(self, action_id: str | re.Pattern[str], listener: Callable[[Call, reading.Click], Answers]) -> None:
        """`listener` hears clicks on buttons, menus and pickers with this action id."""

        def hear(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
            clicked = reading.certain(reading.click, body)
            self._serve(ways.ClickWay(client, clicked, ack, respond), clicked, listener)

        self._app.action(action_id)(hear)

    def submission(self, callback_id: str, listener: Callable[[Call, reading.Submission], Answers]) -> None:
        """`listener` hears forms that are sent. Returning None closes the form."""

        def hear(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            sent = reading.certain(reading.submission, body)
            self._serve(ways.FormWay(client, sent, ack), sent, listener)

        self._app.view(callback_id)(hear)

    def shortcut(self, callback_id: str, listener: Callable[[Call, reading.Shortcut], Answers]) -> None:
        """`listener` hears a global or a message shortcut."""

        def hear(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
            chosen = reading.certain(reading.shortcut, body)
            self._serve(ways.ShortcutWay(client, chosen, ack, respond), chosen, listener)

        self._app.shortcut(callback_id)(hear)

    def event(
        self,
        name: str,
        read: Callable[[Mapping[str, Any]], Heard | None],
        listener: Callable[[Call, Heard], Answers],
    ) -> None:
        """`listener` hears the event `name`, unless `read` says that it is of no interest.

        A refusal is nobody's business: the person did not talk to us. A fault is left to Bolt, so that Slack delivers
        the event again.
        """

        def hear(body: dict[str, Any], client: WebClient) -> None:
            heard = reading.certain(read, body)
            if heard is None:
                return
            visitor = arriving.visitor(self._desk, client, heard.workspace_id, heard.user_id)
            if visitor.person.gone:
                return
            with suppress(Refusal):
                answers = _listed(listener(Call(self._desk, visitor, client), heard))
                ways.EventWay(client, heard.user_id).show(_kept(answers, heard), visitor.words)

        self._app.event(name)(hear)

    def _serve(self, way: "ways.Way", heard: Heard, listener: Callable[[Call, Heard], Answers]) -> None:
        """Meet the person, have the listener do its work, show what it answers. Whatever fails, they are told."""
        words = Words("en-US")
        answers: tuple[Answer, ...]
        try:
            visitor = arriving.visitor(self._desk, way.client, heard.workspace_id, heard.user_id)
            words = visitor.words
            if visitor.person.gone:
                answers = (Refused(refusals.from_elsewhere(words)),)
            else:
                answers = _listed(_done(listener, Call(self._desk, visitor, way.client), heard))
        except LedgerUnavailable as fault:  # the ledger has logged why
            answers = (Refused(refusals.fault(fault, words, files=self._files)),)
        except Exception as fault:
            log.exception("listener_failed")
            self._desk.on_fault()
            answers = (Refused(refusals.fault(fault, words)),)
        try:
            way.show(_kept(answers, heard), words)
        except NOT_REACHED as fault:
            log.warning("answer_not_shown", extra={"fault": type(fault).__name__, "code": _code(fault)})
            with suppress(*NOT_REACHED, AttributeError, TypeError, ValueError):
                way.show((Refused(refusals.not_shown(words)),), words)
        except (AttributeError, KeyError, TypeError, ValueError) as fault:  # such as an address that is none
            log.exception("answer_not_shown")
            raise reading.Unreadable(type(fault).__name__) from fault


def _done(listener: Callable[[Call, Heard], Answers], call: Call, heard: Heard) -> Answers:
    try:
        return listener(call, heard)
    except Refusal as refusal:
        return Refused(refusals.sentence(refusal, call.words, call.visitor.person), refusals.field(refusal))


def _listed(answers: Answers) -> tuple[Answer, ...]:
    if answers is None:
        return ()
    return answers if isinstance(answers, tuple) else (answers,)


def _kept(answers: tuple[Answer, ...], heard: FromSomebody) -> tuple[Answer, ...]:
    return tuple(which_workspace.kept_for(answer, heard.workspace_id) for answer in answers)


def _code(fault: Exception) -> str | None:
    """Slack's word for why."""
    return str(fault.response.get("error")) if isinstance(fault, SlackApiError) else None
