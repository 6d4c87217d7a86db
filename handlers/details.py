"""Somebody clicks "Show all": the whole ask in a window, with its history and the buttons that are theirs."""

from slack_bolt import App

from handlers.answering import Call, Reception
from handlers.answers import Answers, Modal, Open
from handlers.cards import details as card
from handlers.desk import Desk
from handlers.pressed import pressed
from handlers.reading import Click
from store.queries import asks, chains, promises


def register(app: App, desk: Desk) -> None:
    """Hear the button."""
    Reception(app, desk).click("details.show", show)


def show(call: Call, click: Click) -> Answers:
    """Open the window. A private ask shows its words to those it concerns only."""
    return Open(view(call, pressed(click).number))


def view(call: Call, number: int) -> Modal:
    """The window as the ask stands now."""
    ask = call.look(chains.of, call.look(asks.by_number, number))
    history = call.look(asks.history, ask.id, limit=card.HISTORY)
    ledger = call.look(promises.of_ask, ask)
    return card.details(ask, history, ledger, call.visitor.id, call.words, call.desk.clock())
