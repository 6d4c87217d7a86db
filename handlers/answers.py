"""What a listener can answer. It says what is to be shown; `ways.py` knows how each kind of visit shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.cards.parts import Card

Modal = dict[str, Any]  # a view, as views.open takes it


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the person something that nobody else sees. From a form or Home it opens as a small window."""

    card: Card


@dataclass(frozen=True, slots=True)
class Replace:
    """Put this in place of the message whose button was clicked."""

    card: Card


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away the private message whose button was clicked."""


@dataclass(frozen=True, slots=True)
class Open:
    """Open a form; from within a form, on top of it."""

    view: Modal


@dataclass(frozen=True, slots=True)
class Redraw:
    """Show this in place of the form that was clicked in, or sent."""

    view: Modal


@dataclass(frozen=True, slots=True)
class RedrawBelow:
    """A window beneath, `view_id`, shows this from now on. As the first answer to a form, that form closes."""

    view_id: str
    view: Modal


@dataclass(frozen=True, slots=True)
class Wrong:
    """The form stays open; each named field says in plain text what is wrong with it."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShowHome:
    """Publish this as the person's Home tab."""

    view: Modal


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not done; the sentence (plain text) says why. `field`: the field of the form that it is about."""

    sentence: str
    field: str | None = None


Answer = Say | Replace | Remove | Open | Redraw | RedrawBelow | Wrong | ShowHome | Refused
Answers = Answer | tuple[Answer, ...] | None
