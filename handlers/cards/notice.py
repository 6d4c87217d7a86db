"""A private sentence: why something was not done, or what happened. As a message, or as a small window."""

import html

from handlers.cards import parts
from handlers.cards.parts import Block, Card
from handlers.words import Words

_COPIED = 10_000  # characters given back: a message holds some 13,000
_END = 2_000  # of them from the end of a longer text: it is what people typed last


def message(sentence: str) -> Card:
    """`sentence` in plain text, names and all."""
    shown = parts.quoted(sentence)
    return parts.card(shown, parts.section(shown))


def with_what_was_typed(sentence: str, typed: str, words: Words) -> Card:
    """The same after a command, which Slack takes out of the composer: what was typed can be copied from here.

    It stands in a code block of rich text, where nothing is read as a token and nothing has to be escaped.
    """
    told = message(sentence)
    text = {"type": "text", "text": parts.plain(_both_ends(html.unescape(typed)), _COPIED)}
    copied = {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [text]}]}
    return {**told, "blocks": [*told["blocks"], parts.context(words.say("You typed:")), copied]}


def _both_ends(typed: str) -> str:
    if len(typed) <= _COPIED:
        return typed
    return f"{typed[: _COPIED - _END - 20]}\n[…]\n{typed[-_END:]}"


def window(card: Card, words: Words) -> Block:
    """The same as a window, for visits that have no message to stand beside."""
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": {"type": "plain_text", "text": "Baton"},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": card["blocks"],
    }
