"""For a working day after taking a baton the new owner clicks "Ask the giver" and writes a question.

The giver reads it with the ask and answers as an adviser does (`advice.py`); both are kept with the ask.
"""

from slack_bolt import App

from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open
from handlers.cards.exchange import question_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import advice
from store.refusals import NobodyToAsk
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the owner's button and form."""
    reception = Reception(app, desk)
    reception.click("exchange.ask", open_question)
    reception.submission("exchange.ask_form", ask)


def open_question(call: Call, click: Click) -> Answers:
    """The form for the question, while the giver can be asked."""
    about = allowed(call, pressed(click).number, Move.SEEK_ADVICE)
    giver = call.look(advice.giver, about)
    if giver is None:
        raise NobodyToAsk(about)
    return Open(question_form(about, giver, to_keep(click), call.words))


def ask(call: Call, sent: Submission) -> Answers:
    """The form was sent: the giver reads the question."""
    call.act(sent.key, advice.ask_giver, int(sent.private["number"]), sent.values.text("question") or "")
    return None
