"""Somebody types `/monkeys`: what is offered to them, what waits for their yes, their monkeys by
due time, what they wait for.

`/monkeys @equipment` shows the board of a department to its lead, and its open asks to its members; a button leads from
one to the other. `help` shows examples; anything else is answered with the nearest departments.
"""

import re

from slack_bolt import App

from handlers import ask_line, board
from handlers.answering import Call, Reception
from handlers.answers import Answers, Say
from handlers.cards import guidance
from handlers.cards import monkeys as cards
from handlers.cards.parts import Card
from handlers.desk import Desk
from handlers.reading import Click, Command
from store import departments
from store.queries import monkeys, questions
from store.queries.monkeys import Where
from store.snapshots import Department

HELP = frozenset({"help", "?", "帮助", "使用帮助"})


def register(app: App, desk: Desk) -> None:
    """Hear the command, the buttons that turn pages, the sorting, and those that name a department."""
    reception = Reception(app, desk)
    reception.command("/monkeys", show)
    for action_id in ("monkeys.page.back", "monkeys.page.on", "monkeys.sort"):
        reception.click(action_id, turn)
    reception.click("handoff.show", show_mine)
    reception.click(re.compile(r"^monkeys\.of\.\d$"), choose)


def show(call: Call, typed: Command) -> Answers:
    """My own without an argument; a department's with one."""
    if not typed.text:
        return Say(mine(call, Where()))
    if typed.text.casefold() in HELP:
        return Say(guidance.monkeys_help(call.words))
    address = ask_line.address(typed.text, call.look(departments.all_of))
    department = address.department or call.look(departments.called, typed.text)
    if department is None:
        near = call.look(departments.nearest, address.unknown or typed.text)
        return Say(
            guidance.which_department(typed.text, near, "monkeys.of", guidance.monkeys_help(call.words), call.words)
        )
    return board.not_shown(call, department) or Say(of_department(call, department))


def turn(call: Call, click: Click) -> Answers:
    """Another page, or another order, in place of what was there. A department's carry its row id: `3:due:1`."""
    department_id, separator, where = click.value.partition(":")
    if department_id == "offered":
        return board.in_place(call, click, offered(call, int(where)))
    if not separator or not department_id.isdecimal():
        return board.in_place(call, click, mine(call, Where.read(where or click.value)))
    sorting, _, page = where.rpartition(":")
    department = call.look(departments.by_id, int(department_id))
    shown = board.every_ask(call, department, sorting or "due", int(page))
    return board.not_shown(call, department) or board.in_place(call, click, shown)


def show_mine(call: Call, click: Click) -> Answers:
    """From a message about several: what is offered to the visitor, or all of their lists."""
    return Say(offered(call, 0) if click.value == "offered" else mine(call, Where()))


def choose(call: Call, click: Click) -> Answers:
    """One of the departments that were offered."""
    department = call.look(departments.by_id, int(click.value))
    return board.not_shown(call, department) or board.in_place(call, click, of_department(call, department))


def mine(call: Call, where: Where) -> Card:
    """The visitor's own lists."""
    found = call.look(monkeys.lists, call.visitor.id, where, cards.LONG, cards.FEW)
    asked = call.look(questions.asked_of, call.visitor.id)
    return cards.monkeys(found, call.visitor.id, call.words, call.desk.clock(), asked)


def offered(call: Call, page: int) -> Card:
    """What is offered to the visitor."""
    found = call.look(monkeys.offered_to, call.visitor.id, page, cards.DOZEN)
    return cards.offered(found, call.visitor.id, call.words, call.desk.clock())


def of_department(call: Call, department: Department) -> Card:
    """The board for the lead, the list for others."""
    if call.visitor.id == department.lead_id:
        return board.drawn(call, department)
    return board.every_ask(call, department, "due", 0)
