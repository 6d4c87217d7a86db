"""An ask was put down: the asker clicks "I object" and says why. The lead reads it with the facts, and decides.

"Reopen it" asks who shall have it; "Leave it put down" asks for a reason, which the asker reads.
"""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open
from handlers.cards.objection import leave_form, objection_form, reopen_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import objecting, owning, people
from store.refusals import CannotObject
from store.rules.lifecycle import Move


def register(app: App, desk: Desk) -> None:
    """Hear the asker's button and form, then the lead's two buttons and forms."""
    reception = Reception(app, desk)
    reception.click("objection.object", open_form)
    reception.submission("objection.form", object_to)
    reception.click("objection.reopen", ask_whose)
    reception.submission("objection.reopen_form", overrule)
    reception.click("objection.leave", ask_why)
    reception.submission("objection.leave_form", uphold)


def open_form(call: Call, click: Click) -> Answers:
    """The form for the objection, while there may be one."""
    ask = allowed(call, pressed(click).number, Move.OBJECT)
    if why := call.look(objecting.why_not, ask):
        raise CannotObject(ask, why)
    return Open(objection_form(ask, call.visitor.id, to_keep(click), call.words))


def object_to(call: Call, sent: Submission) -> Answers:
    """The form was sent: the lead reads it."""
    call.act(sent.key, objecting.object_to, int(sent.private["number"]), sent.values.text("objection") or "")
    return None


def ask_whose(call: Call, click: Click) -> Answers:
    """The lead chooses who shall have it: who had it last, or who takes what comes in."""
    about = pressed(click)
    ask = allowed(call, about.number, Move.OVERRULE)
    objection = call.look(objecting.pending, ask, int(about.further["objection"]), Move.OVERRULE)
    but = (ask.asker.id,)
    last, following = (call.look(owning.who_owns, ask.department_id, first, but) for first in ((ask.owner.id,), ()))
    known = call.look(people.several, (last, following))
    kept = to_keep(click, objection=objection.id)
    form = reopen_form(ask, objection, call.visitor.id, known[last], known[following], kept, call.words)
    return Open(form)


def overrule(call: Call, sent: Submission) -> Answers:
    """The form was sent: the ask is somebody's again."""
    number, objection_id = int(sent.private["number"]), int(sent.private["objection"])
    to_last_owner = sent.values.choice("owner") != "next"
    call.act(sent.key, objecting.overrule, number, objection_id, to_last_owner=to_last_owner)
    return redrawing.after_form(call, sent)


def ask_why(call: Call, click: Click) -> Answers:
    """The lead is asked for the reason."""
    about = pressed(click)
    ask = allowed(call, about.number, Move.UPHOLD)
    objection = call.look(objecting.pending, ask, int(about.further["objection"]), Move.UPHOLD)
    return Open(leave_form(ask, objection, call.visitor.id, to_keep(click, objection=objection.id), call.words))


def uphold(call: Call, sent: Submission) -> Answers:
    """The form was sent: it stays put down, and the asker reads why."""
    number, objection_id = int(sent.private["number"]), int(sent.private["objection"])
    call.act(sent.key, objecting.uphold, number, objection_id, sent.values.text("reason") or "")
    return redrawing.after_form(call, sent)
