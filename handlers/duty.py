"""Somebody types `/duty`: who owns what comes in to their department in the next four weeks. `/duty @finance`: another.

Gaps and absences are marked. Its lead and workspace admins set the people and who covers a day. `help` has examples.
"""

import re

from slack_bolt import App

from handlers import arriving, ask_line
from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Replace, Say, Wrong
from handlers.cards import duty as cards
from handlers.cards import guidance
from handlers.cards.parts import Card
from handlers.desk import Desk
from handlers.reading import Click, Command, Submission
from store import departments, duty, permitting
from store.rules.permissions import Matter
from store.snapshots import Department

HELP = frozenset({"help", "?", "帮助", "使用帮助"})


def register(app: App, desk: Desk) -> None:
    """Hear the command, the choice of a department, the lead's two buttons and their forms."""
    reception = Reception(app, desk)
    reception.command("/duty", show)
    reception.click(re.compile(r"^duty\.of\.\d$"), choose)
    reception.click("duty.people", open_people)
    reception.submission("duty.people_form", set_people)
    reception.click("duty.cover", open_cover)
    reception.submission("duty.cover_form", cover)


def show(call: Call, typed: Command) -> Answers:
    """The rota of the department that was named, or of the visitor's own."""
    if typed.text.casefold() in HELP:
        return Say(cards.duty_help(call.words))
    if not typed.text:
        own = call.look(departments.of_person, call.visitor.id)
        return Say(_rota(call, own)) if own else _which(call, "", call.look(departments.all_of)[:5])
    address = ask_line.address(typed.text, call.look(departments.all_of))
    department = address.department or call.look(departments.called, typed.text)
    if department is None:
        return _which(call, typed.text, call.look(departments.nearest, address.unknown or typed.text))
    return Say(_rota(call, department))


def choose(call: Call, click: Click) -> Answers:
    """One of the departments that were offered."""
    return Replace(_rota(call, call.look(departments.by_id, int(click.value))))


def open_people(call: Call, click: Click) -> Answers:
    """The form for the people, for the lead and admins."""
    department = visit.allowed(call, int(click.value), Matter.ROTA)
    today = department.calendar.local(call.desk.clock()).date()
    kept = visit.kept(click, department, Matter.ROTA)
    return Open(cards.people_form(department, department.rota.people, today, kept, call.words))


def set_people(call: Call, sent: Submission) -> Answers:
    """The form was sent: they take turns from that week on."""
    department = visit.allowed(call, int(sent.private["department"]), Matter.ROTA)
    chosen = sent.values.people("people")
    arriving.meet_several(call.desk, call.client, call.visitor.workspace_id, chosen)
    first = sent.values.day("first") or department.calendar.local(call.desk.clock()).date()
    answer, is_set = visit.send(
        call,
        sent,
        lambda kept, told: cards.people_form(department, chosen, first, kept, call.words, told),
        duty.take_turns,
        chosen,
        first,
    )
    return _set(call, sent, department.id) if is_set else answer


def open_cover(call: Call, click: Click) -> Answers:
    """The form for one day, for the lead and admins."""
    department = visit.allowed(call, int(click.value), Matter.ROTA)
    today = department.calendar.local(call.desk.clock()).date()
    return Open(cards.cover_form(department, today, visit.kept(click, department, Matter.ROTA), call.words))


def cover(call: Call, sent: Submission) -> Answers:
    """The form was sent: that day has somebody else, or whoever has the week again."""
    department = visit.allowed(call, int(sent.private["department"]), Matter.ROTA)
    day, person_id = sent.values.day("day"), sent.values.person("person")
    if day is None:
        return Wrong({"day": call.words.say("Please choose a day.")})
    if person_id is not None:
        arriving.meet(call.desk, call.client, call.visitor.workspace_id, person_id)
    call.act(sent.key, duty.cover, department.id, day, person_id)
    return _set(call, sent, department.id)


def _set(call: Call, sent: Submission, department_id: int) -> Answers:
    """The rota as it is now; in the settings of the department, where it was opened there."""
    if sent.private.get("under"):
        return visit.shown(call, sent, department_id, call.words.say("Saved."))
    return Say(_rota(call, call.look(departments.by_id, department_id)))


def _rota(call: Call, department: Department) -> Card:
    days = call.look(duty.coming_weeks, department.id)
    may_set = permitting.may(call.visitor.person, department, Matter.ROTA)
    return cards.duty(department, days, call.words, may_set=may_set)


def _which(call: Call, said: str, offered: list[Department]) -> Answers:
    help_card = cards.duty_help(call.words)
    return Say(guidance.which_department(said, offered, "duty.of", help_card, call.words))
