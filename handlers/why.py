"""Somebody presses "Why did I get this?" under a nudge: the rung, the rule and the calendar behind it, what is next."""

from slack_bolt import App

from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Refused
from handlers.cards.why import why as window
from handlers.desk import Desk
from handlers.pressed import pressed
from handlers.reading import Click
from store.queries.why import why


def register(app: App, desk: Desk) -> None:
    """Hear the button."""
    Reception(app, desk).click("why.show", show)


def show(call: Call, click: Click) -> Answers:
    """A nudge is explained to whom it was for."""
    told = call.look(why, int(pressed(click).further.get("nudge", 0)), call.visitor.person)
    if told is None:
        return Refused(call.words.say("This nudge was for somebody else, so only they can ask why it came."))
    return Open(window(told, call.visitor.id, call.words))
