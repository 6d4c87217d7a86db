"""The owner clicks "Acknowledge": one click commits to what was asked, and the asker hears it.

"Acknowledge with changes" opens a form: the result in the owner's own words, and another time if need be. A service
may want the owner's own words always: then the one click opens the form too.
"""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open
from handlers.cards.promise_forms import acknowledge_form
from handlers.desk import Desk
from handlers.picking import promised
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import acknowledging
from store.queries import asks
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the two buttons and the form."""
    reception = Reception(app, desk)
    reception.click("acknowledge.as_asked", acknowledge)
    reception.click("acknowledge.with_changes", open_form)
    reception.submission("acknowledge.form", acknowledge_with_changes)


def acknowledge(call: Call, click: Click) -> Answers:
    """One click, unless the service wants the owner's own words."""
    number = pressed(click).number
    if allowed(call, number, Move.ACKNOWLEDGE).restate:
        return open_form(call, click)
    call.act(click.key, acknowledging.acknowledge, number)
    return redrawing.after_click(call, click)


def open_form(call: Call, click: Click) -> Answers:
    """The form, with what was asked and its due time in it."""
    ask = allowed(call, pressed(click).number, Move.ACKNOWLEDGE)
    return Open(acknowledge_form(ask, to_keep(click), call.words, call.desk.clock()))


def acknowledge_with_changes(call: Call, sent: Submission) -> Answers:
    """The form was sent: an earlier time holds at once, anything else goes to the asker."""
    number = int(sent.private["number"])
    due = promised(sent.values.moment("due"), call.look(asks.by_number, number))
    call.act(sent.key, acknowledging.acknowledge_with_changes, number, sent.values.text("result"), due)
    return redrawing.after_form(call, sent)
