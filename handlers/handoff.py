"""The owner, or their lead, clicks "Hand over": a form asks to whom, and what is done, what is next, where things are.

The receiver reads it as a direct message: Take, or Refuse with a reason. Until it is taken the giver owns, and can
recall the offer. Everybody reads the same on the card: who owns it, to whom it is offered, until when.
"""

from slack_bolt import App

from handlers import arriving, redrawing, refusals
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Wrong
from handlers.cards.baton_words import joined_note
from handlers.cards.handoff_form import handoff_form, recall_form, refuse_form
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import departments, handoffs, owning
from store.handoffs import Reason
from store.queries import asks
from store.refusals import CannotReceive, NotNow, NotYours
from store.rules.lifecycle import Move
from store.snapshots import Ask


def register(app: App, desk: Desk) -> None:
    """Hear the giver's button and form, the receiver's two buttons and form, and the recall."""
    reception = Reception(app, desk)
    reception.click("handoff.hand_over", open_form)
    reception.click("handoff.person", check_receiver)
    reception.submission("handoff.form", offer)
    reception.click("handoff.take", take)
    reception.click("handoff.refuse", ask_why)
    reception.submission("handoff.refuse_form", refuse)
    reception.click("handoff.recall", recall)
    reception.submission("handoff.recall_form", recall_confirmed)


def open_form(call: Call, click: Click) -> Answers:
    """The form, for the owner or their lead, unless a baton is pending already."""
    ask = allowed(call, pressed(click).number, Move.OFFER)
    if ask.baton is not None:
        raise NotNow(ask, Move.OFFER)
    return Open(handoff_form(ask, call.visitor.id, call.look(departments.all_of), to_keep(click), call.words))


def check_receiver(call: Call, click: Click) -> Answers:
    """A person was chosen: the form says at once why they cannot take it. What was typed stays."""
    if click.view is None:
        return None
    ask = call.look(asks.by_number, int(click.view.private["number"]))
    wrong = why_not(call, ask, click.value) if click.value else ""
    there = call.look(departments.all_of)
    return Redraw(handoff_form(ask, call.visitor.id, there, click.view.private, call.words, wrong))


def offer(call: Call, sent: Submission) -> Answers:
    """The form was sent: the baton is offered to a person, or to whoever takes what comes in to a department."""
    note, person_id, department = note_of(call, sent), sent.values.person("person"), sent.values.choice("department")
    number, wrong = int(sent.private["number"]), {} if note else {"done": nothing_said(call)}
    department_id = int(department) if department else None
    if person_id is None and department_id is None:
        wrong["person"] = call.words.say("Please choose a person or a department.")
    elif department_id is not None and person_id is not None and not _works_there(call, person_id, department_id):
        wrong["person"] = call.words.say("They do not work there. Leave one of the two empty.")
    elif person_id is not None and (why := why_not(call, call.look(asks.by_number, number), person_id, department_id)):
        wrong["person"] = why
    if wrong:
        return Wrong(wrong)
    receiver_id = person_id or call.look(owning.who_owns, department_id or 0)
    arriving.meet(call.desk, call.client, call.visitor.workspace_id, receiver_id)
    call.act(sent.key, handoffs.offer, number, receiver_id, note, department_id)
    return redrawing.after_form(call, sent)


def _works_there(call: Call, person_id: str, department_id: int) -> bool:
    there = call.look(departments.by_id, department_id)
    return person_id in (there.lead_id, *there.member_ids)


def why_not(call: Call, ask: Ask, person_id: str, department_id: int | None = None) -> str:
    """Why the ask cannot be offered to this person, as a sentence for the form; empty where it can be."""
    arriving.meet(call.desk, call.client, call.visitor.workspace_id, person_id)
    try:
        call.look(handoffs.can_receive, ask, person_id, department_id)
    except CannotReceive as refusal:
        return refusals.sentence(refusal, call.words, call.visitor.person)
    return ""


def take(call: Call, click: Click) -> Answers:
    """The receiver owns it from this instant."""
    about = pressed(click)
    call.act(click.key, handoffs.take, about.number, int(about.further["baton"]))
    return redrawing.after_click(call, click)


def ask_why(call: Call, click: Click) -> Answers:
    """The receiver is asked for a reason, if this very offer is still pending."""
    about = pressed(click)
    ask = allowed(call, about.number, Move.REFUSE)
    if ask.baton is None or ask.baton.id != int(about.further["baton"]):
        raise NotNow(ask, Move.REFUSE)
    return Open(refuse_form(ask, call.visitor.id, to_keep(click, baton=ask.baton.id), call.words))


def refuse(call: Call, sent: Submission) -> Answers:
    """The form was sent: the giver reads why, and still owns."""
    reason, said = Reason(sent.values.choice("reason") or Reason.OTHER), sent.values.text("words")
    if reason is Reason.OTHER and not (said or "").strip():
        return Wrong({"words": call.words.say("Please say in your words why you do not take it.")})
    call.act(sent.key, handoffs.refuse, int(sent.private["number"]), int(sent.private["baton"]), reason, said)
    return redrawing.after_form(call, sent)


def recall(call: Call, click: Click) -> Answers:
    """Who offered it, or the owner, takes the offer back."""
    about = pressed(click)
    call.act(click.key, handoffs.recall, about.number, int(about.further["baton"]))
    return redrawing.after_click(call, click)


def confirm_recall(call: Call, click: Click) -> Answers:
    """The same from a menu, which cannot say which offer it means: a window names it first."""
    ask = allowed(call, pressed(click).number, Move.OFFER)
    if ask.baton is None:
        raise NotNow(ask, Move.RECALL)
    if call.visitor.id not in (ask.owner.id, ask.baton.offered_by):
        raise NotYours(ask, Move.RECALL)
    kept = to_keep(click, baton=ask.baton.id)
    return Open(recall_form(ask, ask.baton.receiver, call.visitor.id, kept, call.words))


def recall_confirmed(call: Call, sent: Submission) -> Answers:
    """The window was confirmed."""
    call.act(sent.key, handoffs.recall, int(sent.private["number"]), int(sent.private["baton"]))
    return redrawing.after_form(call, sent)


def note_of(call: Call, sent: Submission) -> str:
    """What was written into the three fields of a handoff, as one note; empty when nothing was."""
    done, following, where = ((sent.values.text(field) or "").strip() for field in ("done", "next", "where"))
    return joined_note(done, following, where, call.words)


def nothing_said(call: Call) -> str:
    """What is said when all three are empty."""
    return call.words.say("Please fill in one of the three at least: the next owner goes on from there.")
