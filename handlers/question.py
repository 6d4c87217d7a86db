"""The owner clicks "Ask a question": the asker reads it and clicks "Answer", or "Agree" to what the owner suggests.

Until then the owner's time stands still, and the promise moves by as much. The owner may take the question back.
"""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open
from handlers.cards.question import answer_form, question_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import questions
from store.refusals import NotNow
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the owner's two buttons and form, then the asker's two buttons and form."""
    reception = Reception(app, desk)
    reception.click("question.ask", open_form)
    reception.submission("question.ask_form", ask)
    reception.click("question.agree", agree)
    reception.click("question.answer", open_answer)
    reception.submission("question.answer_form", answer)
    reception.click("question.take_back", take_back)


def open_form(call: Call, click: Click) -> Answers:
    """The form for the question, while nothing else waits for the asker."""
    about = allowed(call, pressed(click).number, Move.QUESTION)
    if about.waits_for_asker:
        raise NotNow(about, Move.QUESTION)
    return Open(question_form(about, to_keep(click), call.words))


def ask(call: Call, sent: Submission) -> Answers:
    """The form was sent: the asker reads the question, and the owner's clock stands still."""
    said = sent.values.text("question"), sent.values.text("proposal")
    call.act(sent.key, questions.ask_asker, int(sent.private["number"]), *said)
    return redrawing.after_form(call, sent)


def agree(call: Call, click: Click) -> Answers:
    """The asker agrees to what the owner suggests."""
    about = pressed(click)
    call.act(click.key, questions.answer, about.number, int(about.further["question"]), None)
    return redrawing.after_click(call, click)


def open_answer(call: Call, click: Click) -> Answers:
    """The form for the answer, if this very question is still pending."""
    about = pressed(click)
    ask = allowed(call, about.number, Move.ANSWER)
    if ask.question is None or ask.question.id != int(about.further["question"]):
        raise NotNow(ask, Move.ANSWER)
    kept = to_keep(click, question=ask.question.id)
    return Open(answer_form(ask, ask.question, call.visitor.id, kept, call.words))


def answer(call: Call, sent: Submission) -> Answers:
    """The form was sent: the owner reads the answer, and their clock runs again."""
    number, question_id = int(sent.private["number"]), int(sent.private["question"])
    call.act(sent.key, questions.answer, number, question_id, sent.values.text("answer") or "")
    return redrawing.after_form(call, sent)


def take_back(call: Call, click: Click) -> Answers:
    """The owner goes on without an answer."""
    about = pressed(click)
    call.act(click.key, questions.take_back, about.number, int(about.further["question"]))
    return redrawing.after_click(call, click)
