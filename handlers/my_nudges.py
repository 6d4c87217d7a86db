"""Somebody presses "My nudges" on Home: quiet hours, one message a day, a rush at any hour. Saved, it holds at once."""

from slack_bolt import App

from handlers import home
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, ShowHome, Wrong
from handlers.cards.my_nudges import RUSH, WHEN_DUE, my_nudges
from handlers.desk import Desk
from handlers.reading import Click, Submission
from store import nudging, preferences
from store.queries.monkeys import Where
from store.rules import quiet_words
from store.rules.hours import BadHours
from store.rules.quiet import Preferences


def register(app: App, desk: Desk) -> None:
    """Hear the button and its form."""
    reception = Reception(app, desk)
    reception.click("my_nudges.open", open_form)
    reception.submission("my_nudges.form", choose)


def open_form(call: Call, click: Click) -> Answers:
    """The form, as things stand."""
    me = call.visitor.person
    chosen, version = call.look(preferences.of, me.id), call.look(preferences.version, me.id)
    return Open(my_nudges(chosen, version, me, call.words))


def choose(call: Call, sent: Submission) -> Answers:
    """Keep what was chosen, and say so on Home."""
    try:
        quiet = quiet_words.read(sent.values.text("quiet") or "")
    except BadHours as fault:
        return Wrong(
            {
                "quiet": call.words.say(
                    "“{text}” cannot be read. A line each, for example: mon-fri 17:00-09:00.", text=fault.what
                )
            }
        )
    bundle = sent.values.choice("bundle") or WHEN_DUE
    chosen = Preferences(quiet, int(bundle) if bundle.isdecimal() else None, RUSH in sent.values.choices("rush"))
    works = call.look(nudging.calendar_of, call.visitor.person)
    call.act(sent.key, preferences.choose, chosen, int(sent.private["version"]), works)
    return ShowHome(home.view(call, str(Where())))
