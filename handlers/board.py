"""A lead types `/monkeys @equipment` and reads its board: per person how many monkeys, how old, how many late.

"Show monkeys" opens what one person has, where the lead hands over on their behalf or puts down. On Home the board of
one's department stands below one's own lists. Members read the same from "Show by person".
"""

from slack_bolt import App

from handlers.answering import Call, Reception
from handlers.answers import Answers, Redraw, Refused, Replace, Say
from handlers.cards import board as cards
from handlers.cards import monkeys as list_cards
from handlers.cards import notice
from handlers.cards.parts import Card
from handlers.desk import Desk
from handlers.reading import Click
from store import departments, people
from store.queries import board, climbed, monkeys
from store.queries.board import Board, Sorting
from store.snapshots import Department

ON_HOME = 5  # people on Home; the button beside them shows all
MOST_LED = 5  # departments of one lead on Home


def register(app: App, desk: Desk) -> None:
    """Hear what opens the board, sorts it, turns its pages, and opens what one person has."""
    reception = Reception(app, desk)
    for action_id in ("board.show", "board.back", "board.sort", "board.page.back", "board.page.on"):
        reception.click(action_id, show)
    for action_id in ("board.person", "board.person.sort", "board.person.page.back", "board.person.page.on"):
        reception.click(action_id, show_person)
    reception.click("board.asks", show_asks)


def show(call: Call, click: Click) -> Answers:
    """The board, at the page and in the order that the button names: `3:late:0`, or the department alone."""
    department_id, sorting, page = (*click.value.split(":"), Sorting.LATE, "0")[:3]
    department = call.look(departments.by_id, int(department_id))
    return not_shown(call, department) or in_place(call, click, drawn(call, department, Sorting(sorting), int(page)))


def show_person(call: Call, click: Click) -> Answers:
    """What one person has: `3:U0PIA:due:0`."""
    department_id, person_id, sorting, page = click.value.split(":")
    department = call.look(departments.by_id, int(department_id))
    refused = not_shown(call, department)
    return refused or in_place(call, click, of_person(call, department, person_id, sorting, int(page)))


def show_asks(call: Call, click: Click) -> Answers:
    """The department's open asks one by one."""
    department = call.look(departments.by_id, int(click.value))
    return not_shown(call, department) or in_place(call, click, every_ask(call, department, "due", 0))


def drawn(call: Call, department: Department, sorting: Sorting = Sorting.LATE, page: int = 0) -> Card:
    """The board as things stand now."""
    found = call.look(board.board, [department], sorting, page)
    climbs = call.look(climbed.climbed, department)
    return cards.board(department, found, sorting, call.words, call.desk.clock(), climbs)


def of_person(call: Call, department: Department, person_id: str, sorting: str, page: int) -> Card:
    """What one person has as things stand now."""
    person = call.look(people.several, [person_id])[person_id]
    order = monkeys.Sorting(sorting)
    found = call.look(monkeys.held_by, person_id, (department.id,), page, order)
    return cards.of_person(department, person, found, order, call.visitor.id, call.words, call.desk.clock())


def every_ask(call: Call, department: Department, sorting: str, page: int) -> Card:
    """The open asks of a department."""
    order = monkeys.Sorting(sorting)
    found = call.look(monkeys.of_department, department.id, page, order)
    return list_cards.of_department(department, found, call.visitor.id, call.words, call.desk.clock(), order)


def on_home(call: Call) -> list[tuple[Department, Board]]:
    """The departments that the visitor leads, each with the first of its board."""
    led = call.look(departments.led_by, call.visitor.id)[:MOST_LED]
    return [(one, call.look(board.board, [one], Sorting.LATE, 0, ON_HOME)) for one in led]


def not_shown(call: Call, department: Department) -> Refused | None:
    """Why the visitor may not see a department's monkeys, or None if they may."""
    if call.visitor.id in (department.lead_id, *department.member_ids):
        return None
    return Refused(
        call.words.say(
            "The monkeys of {department} are for its members and its lead. “/standup @{department}” shows its digest.",
            department=department.name,
        )
    )


def in_place(call: Call, click: Click, card: Card) -> Answers:
    """In place of what was clicked in; from Home in a window of its own, which then turns in place."""
    if click.view is not None and click.view.kind == "modal":
        return Redraw(notice.window(card, call.words))
    return Replace(card) if click.response_url else Say(card)
