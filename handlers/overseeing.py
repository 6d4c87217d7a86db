"""A lead answers what they were told about an ask in trouble: "Ask the owner", or "Leave it with them"."""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open
from handlers.cards.overseeing import answer_form, ask_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import overseeing
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear both buttons, and the form; then the owner's answer."""
    reception = Reception(app, desk)
    reception.click("overseeing.ask", open_form)
    reception.submission("overseeing.ask_form", ask_owner)
    reception.click("overseeing.leave", leave)
    reception.click("overseeing.answer", open_answer)
    reception.submission("overseeing.answer_form", answer)


def open_form(call: Call, click: Click) -> Answers:
    """What the lead wants to know."""
    ask = allowed(call, pressed(click).number, Move.OVERSEE)
    return Open(ask_form(ask, call.visitor.id, to_keep(click), call.words))


def ask_owner(call: Call, sent: Submission) -> Answers:
    """The form was sent: the owner is asked."""
    call.act(sent.key, overseeing.ask_owner, int(sent.private["number"]), sent.values.text("question") or "")
    return redrawing.after_form(call, sent)


def leave(call: Call, click: Click) -> Answers:
    """The lead has looked: the owner goes on, and hears nudges again."""
    call.act(click.key, overseeing.leave, pressed(click).number)
    return redrawing.after_click(call, click)


def open_answer(call: Call, click: Click) -> Answers:
    """What the owner answers."""
    ask = allowed(call, pressed(click).number, Move.SNOOZE)
    question = call.look(overseeing.question_to, ask.id, call.visitor.id)
    said = str(question.particulars["question"]) if question else ""
    return Open(answer_form(ask, said, to_keep(click), call.words))


def answer(call: Call, sent: Submission) -> Answers:
    """The form was sent: the lead reads it."""
    call.act(sent.key, overseeing.answer, int(sent.private["number"]), sent.values.text("answer") or "")
    return None
