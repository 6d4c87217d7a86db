"""The shortcuts: "Turn into an ask" on a message opens the form with its text, "New ask" opens it empty."""

import logging

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from handlers import filing, slack_text
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Say
from handlers.cards.ask_form import Filling
from handlers.cards.ask_help import before_setup
from handlers.desk import Desk
from handlers.reading import Shortcut
from store import departments

log = logging.getLogger("baton.shortcut")


def register(app: App, desk: Desk) -> None:
    reception = Reception(app, desk)
    reception.shortcut("turn_into_an_ask", turn_into_an_ask)
    reception.shortcut("new_ask", new_ask)


def turn_into_an_ask(call: Call, chosen: Shortcut) -> Answers:
    """The form with the message's text; the link to the message goes with the ask."""
    if not call.look(departments.all_of):
        return Say(before_setup(call.words))
    filling = Filling(call.visitor.person.time_zone, source_link=_link(call.client, chosen))
    return filing.open_form(call, filling, filing.in_words(call, slack_text.unescaped(chosen.text)))


def new_ask(call: Call, chosen: Shortcut) -> Answers:
    """The form, empty."""
    if not call.look(departments.all_of):
        return Say(before_setup(call.words))
    return Open(filing.drawn(call, Filling(call.visitor.person.time_zone)))


def _link(client: WebClient, chosen: Shortcut) -> str | None:
    """Where the message stands; without the link the ask can be filed all the same."""
    if chosen.channel_id is None or chosen.message_ts is None:
        return None
    try:
        link = client.chat_getPermalink(channel=chosen.channel_id, message_ts=chosen.message_ts).get("permalink")
    except (SlackClientError, OSError) as fault:
        log.info("no_link_to_a_message", extra={"fault": type(fault).__name__})
        return None
    return str(link) if link else None
