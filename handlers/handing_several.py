"""Under `/monkeys` somebody clicks "Hand over several": they tick some of their monkeys, or all, and name one person.

A lead does the same for somebody of their department, from the board. Each is offered on its own, and the receiver
reads one message; the answer says which could not be offered, and why.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import App

from handlers import arriving, in_batches
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Refused, Say, Wrong
from handlers.cards.handoff_form import ALL, several_form, several_offered
from handlers.desk import Desk
from handlers.handoff import note_of, nothing_said, why_not
from handlers.reading import Click, Submission
from store import departments, people
from store.queries import asks, monkeys
from store.queries.monkeys import Page
from store.snapshots import Person

MOST_KEPT = 300  # numbers that a form remembers from the pages that are not shown; "All" has no bound


def register(app: App, desk: Desk) -> None:
    """Hear the button, the form and the buttons that turn its pages."""
    reception = Reception(app, desk)
    reception.click("handoff.several", open_form)
    reception.click("handoff.page.back", turn)
    reception.click("handoff.page.on", turn)
    reception.submission("handoff.several_form", offer)


def open_form(call: Call, click: Click) -> Answers:
    """The first page of what the visitor, or somebody of their department, could hand over."""
    department_id, _, owner_id = click.value.partition(":")
    kept = {"page": 0} | ({"owner": owner_id, "department": int(department_id)} if owner_id else {})
    whose = _whose(call, kept)
    if whose is None:
        return Refused(call.words.say("That is for the lead of the department, or for the owner."))
    mine = call.look(monkeys.working_of, *whose)
    if not mine.total:
        return Refused(
            call.words.say("There is nothing that could be handed over: what is delivered waits for the asker.")
        )
    return Open(several_form(mine, (), False, kept, _owner(call, kept), call.words))


def turn(call: Call, click: Click) -> Answers:
    """Another page; what is ticked on this one is kept."""
    if click.view is None:
        return None
    chosen = _chosen(call, click.view.private, click.values.choices("asks"))
    mine = _page(call, click.view.private, int(click.value))
    kept = click.view.private | {"page": mine.number, "asks": chosen[:MOST_KEPT]}
    ticked = [str(number) for number in chosen]
    every = bool(click.values.choices("all"))
    return Redraw(several_form(mine, ticked, every, kept, _owner(call, kept), call.words))


def offer(call: Call, sent: Submission) -> Answers:
    """The form was sent: each of those that were ticked is offered, and the answer says what became of them."""
    chosen, note = _chosen(call, sent.private, sent.values.choices("asks")), note_of(call, sent)
    if ALL in sent.values.choices("all"):
        whose = _whose(call, sent.private)
        chosen = [ask.number for ask in call.look(monkeys.all_working_of, *whose)] if whose else []
    receiver_id = sent.values.person("person") or ""
    wrong = {} if note else {"done": nothing_said(call)}
    if not chosen:
        wrong["asks"] = call.words.say("Please tick those that you hand over.")
    elif why := _takes_nothing(call, chosen[0], receiver_id):
        wrong["person"] = why
    if wrong:
        return Wrong(wrong)
    receiver = arriving.meet(call.desk, call.client, call.visitor.workspace_id, receiver_id)
    done = in_batches.offer(call, sent.key, chosen, receiver_id, note)
    return Say(several_offered(receiver, done.numbers, done.refused, done.left, call.words))


def _takes_nothing(call: Call, number: int, person_id: str) -> str:
    """Why the person could take none of them, whatever was asked; what is so for one ask only is told of that one."""
    ask = call.look(asks.by_number, number)
    return "" if person_id == ask.asker.id else why_not(call, ask, person_id)


def _whose(call: Call, kept: Mapping[str, Any]) -> tuple[str, Sequence[int]] | None:
    """Whose monkeys they are, and of which departments: the visitor's own; or those of somebody whom they lead."""
    if "owner" not in kept:
        return call.visitor.id, ()
    department = call.look(departments.by_id, int(kept["department"]))
    return (str(kept["owner"]), (department.id,)) if department.lead_id == call.visitor.id else None


def _owner(call: Call, kept: Mapping[str, Any]) -> Person | None:
    """In whose place the visitor acts, or None for themselves."""
    return call.look(people.find, str(kept["owner"])) if "owner" in kept else None


def _page(call: Call, kept: Mapping[str, Any], page: int) -> Page:
    """A page of what could be handed over."""
    whose = _whose(call, kept)
    person_id, department_ids = whose or (call.visitor.id, ())
    return call.look(monkeys.working_of, person_id, department_ids, page)


def _chosen(call: Call, kept: dict[str, object], ticked: frozenset[str]) -> list[int]:
    """What was ticked on the other pages, and what is ticked on the one that is shown."""
    shown = _page(call, kept, int(str(kept.get("page", 0))))
    there = {ask.number for ask in shown.asks}
    before = kept.get("asks")
    elsewhere = [int(number) for number in before if int(number) not in there] if isinstance(before, list) else []
    return sorted({*elsewhere, *(int(number) for number in ticked)})
