"""In a department's settings its lead clicks "Close this department": nobody can ask it any more.

While asks are open there it cannot be closed: they are named, and can be offered to another department all at once.
"""

from slack_bolt import App

from handlers import arriving, in_batches
from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, RedrawBelow, Say, Wrong
from handlers.cards import notice
from handlers.cards.department_closing import close_form, held_form, offered
from handlers.desk import Desk
from handlers.reading import Click, Submission
from store import closing, departments, owning
from store.rules.permissions import Matter


def register(app: App, desk: Desk) -> None:
    """Hear the button and the two windows."""
    reception = Reception(app, desk)
    reception.click("department.close", open_form)
    reception.submission("department.close_form", close)
    reception.submission("department.held_form", offer_all)


def open_form(call: Call, click: Click) -> Answers:
    """Are you sure? Or what it still holds."""
    department = visit.allowed(call, int(click.value), Matter.CLOSE)
    kept = visit.kept(click, department, Matter.NAMES)
    held = call.look(closing.held_numbers, department.id)
    if not held:
        return Open(close_form(department, kept, call.words))
    others = [one for one in call.look(departments.all_of) if one.id != department.id]
    may_offer = call.visitor.id == department.lead_id
    return Open(held_form(department, held, others, kept, call.words, may_offer=may_offer))


def close(call: Call, sent: Submission) -> Answers:
    """It was confirmed."""
    department = call.look(departments.by_id, int(sent.private["department"]))
    call.act(sent.key, closing.close, department.id)
    card = notice.message(call.words.say("{department} was closed.", department=department.name))
    under = sent.private.get("under")
    return RedrawBelow(str(under), notice.window(card, call.words)) if under else Say(card)


def offer_all(call: Call, sent: Submission) -> Answers:
    """Everything that is open there is offered to whoever takes what comes in to another department."""
    department = call.look(departments.by_id, int(sent.private["department"]))
    note = (sent.values.text("note") or "").strip()
    if not note:
        return Wrong({"note": call.words.say("Please write what is done and what comes next.")})
    to = call.look(departments.by_id, int(sent.values.choice("department") or 0))
    receiver_id = call.look(owning.who_owns, to.id)
    arriving.meet(call.desk, call.client, call.visitor.workspace_id, receiver_id)
    numbers = call.look(closing.held_numbers, department.id)
    done = in_batches.offer(call, sent.key, numbers, receiver_id, note, to.id)
    told = offered(department, to, len(done.numbers), [why for _, why in done.refused], len(done.left), call.words)
    return visit.shown(call, sent, department.id, told)
