"""The owner clicks "Deliver" and writes a line of evidence; the asker says "Yes, that's it", or "Not quite" and why.

The customer judges: only the asker's yes closes the ask as satisfied.
"""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Wrong
from handlers.cards.reason_forms import deliver_form, not_quite_form
from handlers.desk import Desk
from handlers.picking import is_web_link
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import delivering
from store.queries import chains
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the owner's button and form, then the asker's two buttons and form."""
    reception = Reception(app, desk)
    reception.click("delivery.deliver", open_form)
    reception.submission("delivery.form", deliver)
    reception.click("delivery.accept", accept)
    reception.click("delivery.not_quite", ask_what_is_missing)
    reception.submission("delivery.not_quite_form", not_quite)


def open_form(call: Call, click: Click) -> Answers:
    """The form for the evidence."""
    ask = allowed(call, pressed(click).number, Move.DELIVER)
    return Open(deliver_form(call.look(chains.of, ask), to_keep(click), call.words))


def deliver(call: Call, sent: Submission) -> Answers:
    """The form was sent: the asker is asked for a verdict."""
    link = (sent.values.text("link") or "").strip()
    if link and not is_web_link(link):
        return Wrong({"link": call.words.say("Please give a web address that begins with https:// or http://.")})
    evidence = sent.values.text("evidence") or ""
    number, children = int(sent.private["number"]), sent.values.numbers("children")
    call.act(sent.key, delivering.deliver, number, evidence, link or None, children)
    return redrawing.after_form(call, sent)


def accept(call: Call, click: Click) -> Answers:
    """The asker says "Yes, that's it": the ask is closed."""
    call.act(click.key, delivering.accept, pressed(click).number)
    return redrawing.after_click(call, click)


def ask_what_is_missing(call: Call, click: Click) -> Answers:
    """The asker says "Not quite": a form asks what is missing."""
    ask = allowed(call, pressed(click).number, Move.NOT_QUITE)
    return Open(not_quite_form(ask, to_keep(click), call.words))


def not_quite(call: Call, sent: Submission) -> Answers:
    """The form was sent: the owner reads what is missing and goes on."""
    call.act(sent.key, delivering.not_quite, int(sent.private["number"]), sent.values.text("missing") or "")
    return redrawing.after_form(call, sent)
