"""The asker clicks "Ask for #12 as a rush", picks an earlier time and says why; the owner promises it or another time.

Nothing moves before the owner says so: a promise is theirs alone.
"""

import re
from datetime import UTC, datetime

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open
from handlers.cards.promise_forms import sooner_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import hurrying
from store.queries import asks
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the asker's button and form, and the owner's one click."""
    reception = Reception(app, desk)
    reception.click(re.compile(r"^hurrying\.ask\.\d$"), open_form)
    reception.submission("hurrying.form", ask_for_sooner)
    reception.click("hurrying.promise", promise)


def open_form(call: Call, click: Click) -> Answers:
    """The form, with the time in it that the chain would need."""
    about = pressed(click)
    ask = allowed(call, about.number, Move.HURRY)
    wanted = datetime.fromtimestamp(int(about.further.get("due", 0)), UTC)
    return Open(sooner_form(ask, wanted, to_keep(click), call.words, call.desk.clock()))


def ask_for_sooner(call: Call, sent: Submission) -> Answers:
    """The form was sent: owner and lead read it."""
    number = int(sent.private["number"])
    due = sent.values.moment("due") or call.look(asks.by_number, number).due
    call.act(sent.key, hurrying.ask_for_sooner, number, due, sent.values.text("reason") or "")
    return redrawing.after_form(call, sent)


def promise(call: Call, click: Click) -> Answers:
    """The owner commits to the earlier time."""
    about = pressed(click)
    due = datetime.fromisoformat(str(about.further["due"]))
    call.act(click.key, hurrying.promise_sooner, about.number, due, int(about.further["promise"]))
    return redrawing.after_click(call, click)
