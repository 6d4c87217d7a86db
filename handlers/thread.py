"""Somebody writes in the thread of an ask's card: the words are kept with the ask, and feed it. Nobody is answered."""

from slack_bolt import App

from handlers import reading, slack_text
from handlers.answering import Call, Reception
from handlers.answers import Answers
from handlers.desk import Desk
from handlers.filing import in_words
from handlers.reading import ThreadMessage
from store import feeding
from store.queries import asks


def register(app: App, desk: Desk) -> None:
    Reception(app, desk).event("message", reading.thread_message, heard)


def heard(call: Call, message: ThreadMessage) -> Answers:
    """Only words under a card are looked at; anything else in a channel is none of our business."""
    ask = call.look(asks.by_card, message.channel_id, message.thread_ts)
    if ask is not None and message.text.strip():
        text = in_words(call, slack_text.unescaped(message.text))
        call.act(message.key, feeding.heard, ask.number, text)
    return None
