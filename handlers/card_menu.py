"""The "…" of a card or a row: "Show all", "Add a note", "Hand over", "Ask a question", "Put down ask", "Withdraw ask".

A menu is one element on Slack, so one listener hears it and hands the click to the feature that was chosen.
"""

from collections.abc import Callable, Mapping

from slack_bolt import App

from handlers import advice, blocking, details, ending, feeding, gray_zone, handoff, question
from handlers.answering import Call, Reception
from handlers.answers import Answers
from handlers.cards.acts import MENU
from handlers.desk import Desk
from handlers.pressed import pressed
from handlers.reading import Click

CHOICES: Mapping[str, Callable[[Call, Click], Answers]] = {
    "details.show": details.show,
    "feeding.note": feeding.open_note,
    "handoff.hand_over": handoff.open_form,
    "advice.climb": advice.confirm_take_over,
    "gray_zone.place": gray_zone.open_form,
    "handoff.recall": handoff.confirm_recall,
    "question.ask": question.open_form,
    "blocking.open": blocking.open_form,
    "ending.put_down": ending.ask_why_put_down,
    "ending.withdraw": ending.ask_why_withdraw,
    "ending.reopen": ending.ask_why_reopen,
}


def register(app: App, desk: Desk) -> None:
    """Hear every menu."""
    Reception(app, desk).click(MENU, choose)


def choose(call: Call, click: Click) -> Answers:
    """What was chosen is done as if it were a button of its own."""
    return CHOICES[pressed(click).act](call, click)
