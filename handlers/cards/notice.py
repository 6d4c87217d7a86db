"""A private sentence: why something was not done, or what happened. As a message, or as a small window."""

from handlers.cards import parts
from handlers.cards.parts import Block, Card
from handlers.words import Words


def message(sentence: str) -> Card:
    """`sentence` in plain text, names and all."""
    shown = parts.quoted(sentence)
    return parts.card(shown, parts.section(shown))


def window(card: Card, words: Words) -> Block:
    """The same as a window, for visits that have no message to stand beside."""
    return {
        "type": "modal",
        "callback_id": "notice",
        "title": {"type": "plain_text", "text": "Baton"},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": card["blocks"],
    }
