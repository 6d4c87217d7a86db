"""The owner clicks "Ask for advice", names somebody and says what they suggest; that one agrees, or answers in words.

The monkey stays where it is. A lead who would rather have it clicks "Take it over", there or in the "…" of a list: that
is an act of its own.
"""

from slack_bolt import App

from handlers import arriving, redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Wrong
from handlers.cards.advice import advice_form, take_over_form
from handlers.cards.question import answer_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import advice, handoffs
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the owner's button and form, then the adviser's two buttons and form, and the lead's button."""
    reception = Reception(app, desk)
    reception.click("advice.seek", open_form)
    reception.submission("advice.seek_form", seek)
    reception.click("advice.agree", agree)
    reception.click("advice.answer", open_answer)
    reception.submission("advice.answer_form", answer)
    reception.click("advice.take_over", take_over)
    reception.submission("advice.take_over_form", take_over_by_form)


def open_form(call: Call, click: Click) -> Answers:
    """The form: whom, what the owner suggests, and perhaps a question."""
    ask = allowed(call, pressed(click).number, Move.SEEK_ADVICE)
    return Open(advice_form(ask, to_keep(click), call.words))


def seek(call: Call, sent: Submission) -> Answers:
    """The form was sent: the adviser reads the proposal."""
    adviser_id = sent.values.person("person")
    if adviser_id is None:
        return Wrong({"person": call.words.say("Please choose a person.")})
    arriving.meet(call.desk, call.client, call.visitor.workspace_id, adviser_id)
    said = sent.values.text("proposal"), sent.values.text("question")
    call.act(sent.key, advice.seek, int(sent.private["number"]), adviser_id, *said)
    return redrawing.after_form(call, sent)


def agree(call: Call, click: Click) -> Answers:
    """The adviser agrees to what the owner suggests."""
    about = pressed(click)
    call.act(click.key, advice.advise, about.number, int(about.further["question"]), None)
    return redrawing.after_click(call, click)


def open_answer(call: Call, click: Click) -> Answers:
    """The form for the answer, if this very question is still pending."""
    about = pressed(click)
    ask = allowed(call, about.number, Move.ADVISE)
    question = call.look(advice.question_to, ask, call.visitor.id, int(about.further["question"]))
    kept = to_keep(click, question=question.id)
    return Open(answer_form(ask, question, call.visitor.id, kept, call.words, "advice.answer_form"))


def answer(call: Call, sent: Submission) -> Answers:
    """The form was sent: the owner reads the advice."""
    number, question_id = int(sent.private["number"]), int(sent.private["question"])
    call.act(sent.key, advice.advise, number, question_id, sent.values.text("answer") or "")
    return redrawing.after_form(call, sent)


def take_over(call: Call, click: Click) -> Answers:
    """The lead takes the monkey after all: from this instant they own it."""
    call.act(click.key, handoffs.take_over, pressed(click).number)
    return redrawing.after_click(call, click)


def confirm_take_over(call: Call, click: Click) -> Answers:
    """From a menu, which asks for no confirmation of its own: a form does."""
    ask = allowed(call, pressed(click).number, Move.OFFER)
    return Open(take_over_form(ask, call.visitor.id, to_keep(click), call.words))


def take_over_by_form(call: Call, sent: Submission) -> Answers:
    """The lead is sure."""
    call.act(sent.key, handoffs.take_over, int(sent.private["number"]))
    return redrawing.after_form(call, sent)
