"""The owner clicks "Need more time", picks a new time and says why; the asker answers "Yes, that's it" or "Not quite".

The same two answers serve a change that came with the acknowledgement, and "Offer the earliest", the owner's one-click
answer to a rush. Until the asker answers, what was asked stands.
"""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open
from handlers.cards.promise_forms import more_time_form
from handlers.cards.reason_forms import disagree_form
from handlers.desk import Desk
from handlers.picking import promised
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import acknowledging
from store.queries import asks
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the owner's button and form, then the asker's two buttons and form."""
    reception = Reception(app, desk)
    reception.click("promise.more_time", open_form)
    reception.submission("promise.form", offer)
    reception.click("promise.earliest", offer_earliest)
    reception.click("promise.agree", agree)
    reception.click("promise.disagree", ask_what_is_missing)
    reception.submission("promise.disagree_form", disagree)


def open_form(call: Call, click: Click) -> Answers:
    """The form for another time."""
    ask = allowed(call, pressed(click).number, Move.PROPOSE_CHANGE)
    return Open(more_time_form(ask, to_keep(click), call.words, call.desk.clock()))


def offer(call: Call, sent: Submission) -> Answers:
    """The form was sent: a later time goes to the asker, an earlier one holds at once."""
    number = int(sent.private["number"])
    due = promised(sent.values.moment("due"), call.look(asks.by_number, number))
    call.act(sent.key, acknowledging.offer_change, number, None, due, sent.values.text("reason"))
    return redrawing.after_form(call, sent)


def offer_earliest(call: Call, click: Click) -> Answers:
    """One click answers a rush with the earliest time that the department promised for it."""
    call.act(click.key, acknowledging.offer_earliest, pressed(click).number)
    return redrawing.after_click(call, click)


def agree(call: Call, click: Click) -> Answers:
    """The asker says "Yes, that's it": the change is the promise now."""
    about = pressed(click)
    call.act(click.key, acknowledging.agree, about.number, int(about.further["change"]))
    return redrawing.after_click(call, click)


def ask_what_is_missing(call: Call, click: Click) -> Answers:
    """The asker says "Not quite": a form asks what is missing."""
    about = pressed(click)
    ask = allowed(call, about.number, Move.DISAGREE)
    return Open(disagree_form(ask, to_keep(click, change=about.further["change"]), call.words))


def disagree(call: Call, sent: Submission) -> Answers:
    """The form was sent: what was asked stands, and the owner reads why."""
    number, change_id = int(sent.private["number"]), int(sent.private["change"])
    call.act(sent.key, acknowledging.disagree, number, change_id, sent.values.text("missing") or "")
    return redrawing.after_form(call, sent)
