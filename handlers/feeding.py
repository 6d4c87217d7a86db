"""The owner answers a nudge with "On track", or snoozes it; anybody adds a note, which appears in the card's thread.

The nudge itself then says what was answered.
"""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Refused, Wrong
from handlers.cards.acts import OTHERWISE
from handlers.cards.reason_forms import note_form
from handlers.cards.snooze_form import snooze_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from handlers.snoozing import Choice, snoozed_until
from store import feeding, nudging
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear "On track", "Snooze until …", "Add a note" and its form."""
    reception = Reception(app, desk)
    reception.click("feeding.on_track", on_track)
    reception.click("feeding.snooze", snooze)
    reception.submission("feeding.snooze_form", snooze_with_a_reason)
    reception.click("feeding.note", open_note)
    reception.submission("feeding.note_form", add_note)


def on_track(call: Call, click: Click) -> Answers:
    """The owner says so: the monkey is fed."""
    call.act(click.key, feeding.on_track, pressed(click).number)
    return redrawing.after_click(call, click)


def snooze(call: Call, click: Click) -> Answers:
    """The owner is nudged about this no sooner than they chose, in their own working hours."""
    about = pressed(click)
    calendar = call.look(nudging.calendar_of, call.visitor.person)
    if about.further["until"] == OTHERWISE:
        ask = allowed(call, about.number, Move.SNOOZE)
        morning = snoozed_until(Choice.MORNING, calendar, call.desk.clock())
        return Open(snooze_form(ask, morning, to_keep(click), call.words))
    until = snoozed_until(Choice(about.further["until"]), calendar, call.desk.clock())
    call.act(click.key, feeding.snooze, about.number, until)
    return redrawing.after_click(call, click)


def snooze_with_a_reason(call: Call, sent: Submission) -> Answers:
    """The form was sent: until then, and the reason is shown on waking."""
    until = sent.values.moment("until")
    if until is None:
        return Wrong({"until": call.words.say("Please choose when you want to be reminded.")})
    call.act(sent.key, feeding.snooze, int(sent.private["number"]), until, sent.values.text("reason"))
    return redrawing.after_form(call, sent)


def open_note(call: Call, click: Click) -> Answers:
    """The form for a note. What is private stays with those it concerns, notes too."""
    ask = allowed(call, pressed(click).number, Move.FEED)
    if not ask.may_read(call.visitor.id):
        return Refused(call.words.say("This is a private ask: only those it concerns can add a note."))
    return Open(note_form(ask, call.visitor.id, to_keep(click), call.words))


def add_note(call: Call, sent: Submission) -> Answers:
    """The form was sent: the note goes into the thread."""
    call.act(sent.key, feeding.note, int(sent.private["number"]), sent.values.text("note") or "")
    return redrawing.after_form(call, sent)
