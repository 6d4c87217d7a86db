"""Somebody types `/dept`: the departments that they lead (admins: all), and "Set up a new department".

`/dept @finance` shows its lead and admins the settings, each part with "Edit", and everybody else what it promises.
`/dept new` opens the form for a new one; `help` has examples.
"""

import re

from slack_bolt import App

from handlers import ask_line, catalogue, department_new
from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Replace, Say
from handlers.cards import department_list, guidance
from handlers.cards.department_changes import changes_window
from handlers.cards.parts import Card
from handlers.desk import Desk
from handlers.reading import Click, Command
from store import closing, departments, permitting
from store.queries import department_changes
from store.rules.permissions import Matter
from store.snapshots import Department

HELP = frozenset({"help", "?", "帮助", "使用帮助"})
NEW = frozenset({"new", "add", "create", "新建", "新部门", "新建部门"})


def register(app: App, desk: Desk) -> None:
    """Hear the command, the choice of a department, and the buttons under its settings."""
    reception = Reception(app, desk)
    reception.command("/dept", hear)
    reception.click(re.compile(r"^department\.of\.\d+$"), choose)
    reception.click("department.open", choose)
    reception.click("department.see", see)
    reception.click("department.history", open_history)
    reception.click(re.compile(r"^department\.changes\.\d$"), turn_history)
    reception.click("department.open_again", open_again)


def hear(call: Call, typed: Command) -> Answers:
    """Which department, and then its settings or what it promises."""
    said = typed.text.strip()
    if said.casefold() in HELP:
        return Say(department_list.department_help(call.words))
    if not said:
        return Say(_mine(call))
    address = ask_line.address(said, call.look(departments.all_of))
    department = address.department or call.look(departments.called, said)
    if department is not None:
        return _show(call, department)
    if said.casefold() in NEW:
        return department_new.open_form(call)
    near = call.look(departments.nearest, address.unknown or said)
    help_card = department_list.department_help(call.words)
    return Say(guidance.which_department(said, near, "department.of", help_card, call.words))


def choose(call: Call, click: Click) -> Answers:
    """One of the departments that were offered."""
    return _show(call, call.look(departments.by_id, int(click.value)))


def see(call: Call, click: Click) -> Answers:
    """The department as others see it."""
    return catalogue.show(call, call.look(departments.by_id, int(click.value)))


def open_history(call: Call, click: Click) -> Answers:
    """What changed, the newest first."""
    department = visit.allowed(call, int(click.value), Matter.HISTORY)
    return Open(_changes(call, department, 0))


def turn_history(call: Call, click: Click) -> Answers:
    """Another page of it."""
    department_id, _, page = click.value.partition(".")
    department = visit.allowed(call, int(department_id), Matter.HISTORY)
    return Redraw(_changes(call, department, int(page)))


def open_again(call: Call, click: Click) -> Answers:
    """A department that was closed takes asks again."""
    call.act(click.key, closing.open_again, int(click.value))
    return Replace(_mine(call))


def _show(call: Call, department: Department) -> Answers:
    if not department.archived and permitting.may(call.visitor.person, department, Matter.NAMES):
        return Open(visit.overview(call, department))
    return catalogue.show(call, department)


def _mine(call: Call) -> Card:
    me = call.visitor.person
    mine = [one for one in call.look(departments.all_of) if permitting.may(me, one, Matter.NAMES)]
    closed = [one for one in call.look(departments.closed) if permitting.may(me, one, Matter.REOPEN)]
    own = None if mine else call.look(departments.of_person, me.id)
    return department_list.departments_card(mine, closed, call.words, may_found=visit.may_found(call), own=own)


def _changes(call: Call, department: Department, page: int) -> dict[str, object]:
    found, more = call.look(department_changes.page, department.id, page)
    return changes_window(department, found, page, more, call.words)
