"""How an answer reaches the person, for each kind of visit: by the shortest way that Slack has.

A command is answered in the very response to it, a form too; a click on a message through its response_url; a click
in a form or on Home opens a small window.
"""

from dataclasses import dataclass
from typing import Protocol

from slack_bolt import Ack, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers import reading
from handlers.answers import Answer, Modal, Open, Redraw, RedrawBelow, Refused, Remove, Replace, Say, ShowHome, Wrong
from handlers.cards import notice
from handlers.cards.parts import Card
from handlers.words import Words

_OVERTAKEN = {"hash_conflict", "not_found", "view_not_found"}  # somebody typed on, or closed the form


class Way(Protocol):
    """Shows answers to one person, and tells Slack that it was heard."""

    @property
    def client(self) -> WebClient: ...

    def show(self, answers: tuple[Answer, ...], words: Words) -> None:
        """Raises SlackClientError where Slack does not take it."""


@dataclass(frozen=True, slots=True)
class CommandWay:
    client: WebClient
    typed: reading.Command
    ack: Ack

    def show(self, answers: tuple[Answer, ...], words: Words) -> None:
        said: Card | None = None
        for answer in answers:
            if isinstance(answer, Open | Redraw):
                self.client.views_open(trigger_id=self.typed.trigger_id, view=answer.view)
            elif isinstance(answer, ShowHome):
                self.client.views_publish(user_id=self.typed.user_id, view=answer.view)
            elif isinstance(answer, Refused):
                said = notice.with_what_was_typed(answer.sentence, f"{self.typed.command} {self.typed.text}", words)
            else:
                said = _card(answer) or said
        if said is None:
            self.ack()
        else:
            self.ack(response_type="ephemeral", text=said["text"], blocks=said["blocks"])


@dataclass(frozen=True, slots=True)
class ClickWay:
    client: WebClient
    clicked: reading.Click
    ack: Ack
    respond: Respond

    def show(self, answers: tuple[Answer, ...], words: Words) -> None:
        for answer in answers:
            self._show(answer, words)
        self.ack()

    def _show(self, answer: Answer, words: Words) -> None:
        if isinstance(answer, Open):
            self._open(answer.view)
        elif isinstance(answer, Redraw) and self.clicked.view is not None:
            _redraw(self.client, self.clicked.view, answer.view)
        elif isinstance(answer, RedrawBelow):
            _replace(self.client, answer.view_id, answer.view)
        elif isinstance(answer, ShowHome):
            self.client.views_publish(user_id=self.clicked.user_id, view=answer.view)
        elif isinstance(answer, Remove) and self.clicked.response_url:
            self.respond(delete_original=True)
        elif isinstance(answer, Replace) and self.clicked.response_url:
            self.respond(replace_original=True, text=answer.card["text"], blocks=answer.card["blocks"])
        elif card := _card(answer):
            if self.clicked.response_url:
                _whisper(self.respond, card)
            else:
                self._open(notice.window(card, words))

    def _open(self, view: Modal) -> None:
        if self.clicked.view is not None and self.clicked.view.kind == "modal":
            self.client.views_push(trigger_id=self.clicked.trigger_id, view=view)
        else:
            self.client.views_open(trigger_id=self.clicked.trigger_id, view=view)


@dataclass(frozen=True, slots=True)
class FormWay:
    client: WebClient
    sent: reading.Submission
    ack: Ack

    def show(self, answers: tuple[Answer, ...], words: Words) -> None:
        acked = False
        for answer in answers:
            if isinstance(answer, ShowHome):
                self.client.views_publish(user_id=self.sent.user_id, view=answer.view)
            elif acked and isinstance(answer, RedrawBelow):
                _replace(self.client, answer.view_id, answer.view)
            elif not acked:
                self._answer(answer, words)
                acked = True
        if not acked:
            self.ack()

    def _answer(self, answer: Answer, words: Words) -> None:
        if isinstance(answer, Wrong):
            self._errors(dict(answer.fields))
        elif isinstance(answer, Refused) and self.sent.fields:
            self._errors({answer.field or "": answer.sentence})
        elif isinstance(answer, Open):
            self.ack(response_action="push", view=answer.view)
        elif isinstance(answer, Redraw):
            self.ack(response_action="update", view=answer.view)
        elif isinstance(answer, RedrawBelow):
            _replace(self.client, answer.view_id, answer.view)
            self.ack()
        elif card := _card(answer):
            self.ack(response_action="update", view=notice.window(card, words))
        else:
            self.ack()

    def _errors(self, said: dict[str, str]) -> None:
        """Under the field it is about; under the first one where the form has no such field."""
        first = next(iter(self.sent.fields.values()))
        errors = {self.sent.fields.get(field, first): sentence for field, sentence in said.items()}
        self.ack(response_action="errors", errors=errors)


@dataclass(frozen=True, slots=True)
class ShortcutWay:
    client: WebClient
    chosen: reading.Shortcut
    ack: Ack
    respond: Respond

    def show(self, answers: tuple[Answer, ...], words: Words) -> None:
        for answer in answers:
            if isinstance(answer, Open | Redraw):
                self.client.views_open(trigger_id=self.chosen.trigger_id, view=answer.view)
            elif card := _card(answer):
                if self.chosen.response_url:
                    _whisper(self.respond, card)
                else:
                    self.client.views_open(trigger_id=self.chosen.trigger_id, view=notice.window(card, words))
        self.ack()


@dataclass(frozen=True, slots=True)
class EventWay:
    client: WebClient
    user_id: str

    def show(self, answers: tuple[Answer, ...], words: Words) -> None:
        for answer in answers:
            if isinstance(answer, ShowHome):
                self.client.views_publish(user_id=self.user_id, view=answer.view)


def _card(answer: Answer) -> Card | None:
    if isinstance(answer, Say | Replace):
        return answer.card
    if isinstance(answer, Refused):
        return notice.message(answer.sentence)
    if isinstance(answer, Wrong):
        return notice.message(" ".join(answer.fields.values()))
    return None


def _whisper(respond: Respond, card: Card) -> None:
    """Beside the message, for the one who clicked; the message itself stays."""
    respond(response_type="ephemeral", replace_original=False, text=card["text"], blocks=card["blocks"])


def _redraw(client: WebClient, shown: reading.View, view: Modal) -> None:
    _replace(client, shown.id, view, shown.hash or None)


def _replace(client: WebClient, view_id: str, view: Modal, hash_: str | None = None) -> None:
    try:
        client.views_update(view_id=view_id, hash=hash_, view=view)
    except SlackApiError as fault:
        if fault.response.get("error") not in _OVERTAKEN:
            raise
