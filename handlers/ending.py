"""From the "…" of a card: put an ask down with a reason, withdraw it, or reopen a closed one with what is missing.

Each opens a form that says who will be told; sending it is the confirmation.
"""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open
from handlers.cards.reason_forms import put_down_form, reopen_form, withdraw_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import ending
from store.queries import chains
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the three buttons, where they stand as buttons, and the three forms."""
    reception = Reception(app, desk)
    reception.click("ending.put_down", ask_why_put_down)
    reception.submission("ending.put_down_form", put_down)
    reception.click("ending.withdraw", ask_why_withdraw)
    reception.submission("ending.withdraw_form", withdraw)
    reception.click("ending.reopen", ask_why_reopen)
    reception.submission("ending.reopen_form", reopen)


def ask_why_put_down(call: Call, click: Click) -> Answers:
    """The owner, or their lead, is asked for the reason."""
    ask = allowed(call, pressed(click).number, Move.PUT_DOWN)
    return Open(put_down_form(call.look(chains.of, ask), call.visitor.id, to_keep(click), call.words))


def put_down(call: Call, sent: Submission) -> Answers:
    """The form was sent: the ask is closed, and the asker reads why."""
    number, reason = int(sent.private["number"]), sent.values.text("reason") or ""
    call.act(sent.key, ending.put_down, number, reason, sent.values.numbers("children"))
    return redrawing.after_form(call, sent)


def ask_why_withdraw(call: Call, click: Click) -> Answers:
    """The asker may say why, and confirms by sending the form."""
    ask = allowed(call, pressed(click).number, Move.WITHDRAW)
    return Open(withdraw_form(call.look(chains.of, ask), to_keep(click), call.words))


def withdraw(call: Call, sent: Submission) -> Answers:
    """The form was sent: the ask is off the owner's back."""
    number, reason = int(sent.private["number"]), sent.values.text("reason")
    call.act(sent.key, ending.withdraw, number, reason, sent.values.numbers("children"))
    return redrawing.after_form(call, sent)


def ask_why_reopen(call: Call, click: Click) -> Answers:
    """The asker is asked what is missing."""
    ask = allowed(call, pressed(click).number, Move.REOPEN)
    return Open(reopen_form(ask, to_keep(click), call.words))


def reopen(call: Call, sent: Submission) -> Answers:
    """The form was sent: the owner has it again."""
    call.act(sent.key, ending.reopen, int(sent.private["number"]), sent.values.text("missing") or "")
    return redrawing.after_form(call, sent)
