"""Whose is it? A coordinator clicks "Place it" under what lies at the gray-zone desk and chooses the department.

The form asks for a note and for words to remember. Whoever is on duty there is offered the ask; once they take it, it
is that department's, and the remembered words route the next one. "Not theirs" on a receipt undoes a wrong match.
"""

from slack_bolt import App

from handlers import redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Replace, Wrong
from handlers.cards import gray_zone as cards
from handlers.cards.receipt import filed, receipt
from handlers.desk import Desk
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission
from store import departments, gray_zone, matching, placing
from store.queries import asks
from store.refusals import NotAtDesk, NotNow
from store.rules import matching as rules
from store.rules.lifecycle import Move
from store.snapshots import Ask, Department


def register(app: App, desk: Desk) -> None:
    """Hear the coordinator's button and form, and the asker's "Not theirs"."""
    reception = Reception(app, desk)
    reception.click("gray_zone.place", open_form)
    reception.click("gray_zone.department", changed)
    reception.submission("gray_zone.form", place)
    reception.click("gray_zone.not_theirs", not_theirs)


def open_form(call: Call, click: Click) -> Answers:
    """The form, for the owner or the desk's lead, unless it is offered to somebody already."""
    ask = allowed(call, pressed(click).number, Move.OFFER)
    if not ask.at_gray_zone:
        raise NotAtDesk(ask)
    if ask.baton is not None:
        raise NotNow(ask, Move.OFFER)
    match = call.look(matching.route, ask.what).only
    likely = call.look(departments.by_id, match.department_id) if match else None
    return Open(_form(call, ask, likely, to_keep(click)))


def changed(call: Call, click: Click) -> Answers:
    """Another department has other services."""
    assert click.view is not None
    kept = click.view.private
    ask = call.look(asks.by_number, int(kept["number"]))
    chosen = call.look(departments.by_id, int(click.value)) if click.value else None
    return Redraw(_form(call, ask, chosen, kept))


def place(call: Call, sent: Submission) -> Answers:
    """The form was sent: it is offered to the department."""
    chosen, service = sent.values.choice("department"), sent.values.choice("service")
    if chosen is None:
        return Wrong({"department": call.words.say("Please choose the department whose it is.")})
    typed = sent.values.text("phrases") or ""
    if idle := rules.idle(typed):
        return Wrong({"phrases": cards.cannot_tell(idle, call.words)})
    call.act(
        sent.key,
        placing.place,
        int(sent.private["number"]),
        int(chosen),
        sent.values.text("note") or "",
        int(service) if service else None,
        [*sorted(sent.values.choices("remember")), typed],
    )
    return redrawing.after_form(call, sent)


def not_theirs(call: Call, click: Click) -> Answers:
    """The asker says that remembered words sent it to the wrong department."""
    ask = call.act(click.key, gray_zone.not_theirs, pressed(click).number)
    return Replace(receipt(ask, call.words)) if click.view is None else Redraw(filed(ask, call.words))


def _form(call: Call, ask: Ask, chosen: Department | None, kept: dict[str, object]) -> dict[str, object]:
    others = [one for one in call.look(departments.all_of) if not one.is_gray_zone]
    return cards.place_form(ask, others, chosen, rules.telling(ask.what), call.visitor.id, kept, call.words)
