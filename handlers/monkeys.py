"""Somebody types `/monkeys`: what is offered to them, what waits for their yes, their monkeys by
due time, what they wait for.

`/monkeys @equipment` shows the open asks of a department to its members and its lead. `help` shows examples; anything
else is answered with the nearest departments.
"""

import re

from slack_bolt import App

from handlers import ask_line
from handlers.answering import Call, Reception
from handlers.answers import Answers, Refused, Replace, Say
from handlers.cards import guidance
from handlers.cards import monkeys as cards
from handlers.cards.parts import Card
from handlers.desk import Desk
from handlers.reading import Click, Command
from store import departments
from store.queries import monkeys
from store.snapshots import Department

HELP = frozenset({"help", "?", "帮助", "使用帮助"})


def register(app: App, desk: Desk) -> None:
    """Hear the command, the buttons that turn pages, and those that name a department."""
    reception = Reception(app, desk)
    reception.command("/monkeys", show)
    reception.click("monkeys.page.back", turn)
    reception.click("monkeys.page.on", turn)
    reception.click(re.compile(r"^monkeys\.of\.\d$"), choose)


def show(call: Call, typed: Command) -> Answers:
    """My own without an argument; a department's with one."""
    if not typed.text:
        return Say(mine(call, 0))
    if typed.text.casefold() in HELP:
        return Say(guidance.monkeys_help(call.words))
    address = ask_line.address(typed.text, call.look(departments.all_of))
    department = address.department or call.look(departments.called, typed.text)
    if department is None:
        near = call.look(departments.nearest, address.unknown or typed.text)
        return Say(
            guidance.which_department(typed.text, near, "monkeys.of", guidance.monkeys_help(call.words), call.words)
        )
    return _shown(call, department) or Say(of_department(call, department.id, 0))


def turn(call: Call, click: Click) -> Answers:
    """Another page, in place of the one that was there."""
    where, _, page = click.value.rpartition(":")
    if where == "mine":
        return Replace(mine(call, int(page)))
    department = call.look(departments.by_id, int(where))
    return _shown(call, department) or Replace(of_department(call, department.id, int(page)))


def choose(call: Call, click: Click) -> Answers:
    """One of the departments that were offered."""
    department = call.look(departments.by_id, int(click.value))
    return _shown(call, department) or Replace(of_department(call, department.id, 0))


def mine(call: Call, page: int) -> Card:
    """The visitor's own lists."""
    me = call.visitor.id
    return cards.monkeys(
        call.look(monkeys.waiting_for_yes, me),
        call.look(monkeys.owned_by, me, page),
        call.look(monkeys.asked_by, me, page),
        me,
        call.words,
        call.desk.clock(),
        call.look(monkeys.offered_to, me),
    )


def of_department(call: Call, department_id: int, page: int) -> Card:
    """The open asks of a department."""
    department = call.look(departments.by_id, department_id)
    asked = call.look(monkeys.of_department, department_id, page)
    return cards.of_department(department, asked, call.visitor.id, call.words, call.desk.clock())


def _shown(call: Call, department: Department) -> Refused | None:
    """Why the visitor may not see a department's monkeys, or None if they may."""
    if call.visitor.id in (department.lead_id, *department.member_ids):
        return None
    return Refused(
        call.words.say(
            "The monkeys of {department} are for its members and its lead. “/standup @{department}” shows its digest.",
            department=department.name,
        )
    )
