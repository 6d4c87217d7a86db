"""Anybody types `/dept @finance`, or clicks "What departments promise" on Home: what can be asked there, and how soon.

Each service has "Ask for this", which opens the form with department and service chosen. Guests see what they may ask.
"""

import re

from slack_bolt import App

from handlers import filing
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Replace, Say
from handlers.cards import catalogue as cards
from handlers.cards.ask_form import Filling
from handlers.cards.catalogue import Standing
from handlers.cards.parts import Card
from handlers.desk import Desk
from handlers.reading import Click
from store import departments, owning
from store.database import Look
from store.queries import promises, service_history
from store.refusals import DepartmentClosed, GuestsMayNot, NobodyToOwn
from store.rules import months
from store.rules.calendar import NoWorkingTime
from store.rules.closings import next_closing
from store.snapshots import Department


def register(app: App, desk: Desk) -> None:
    """Hear the buttons of the catalogue, wherever it stands."""
    reception = Reception(app, desk)
    reception.click("catalogue.open", open_list)
    reception.click("catalogue.back", back)
    reception.click(re.compile(r"^catalogue\.list\.\d$"), turn_list)
    reception.click("catalogue.department", choose)
    reception.click(re.compile(r"^catalogue\.page\.\d$"), turn)
    reception.click("catalogue.ask", ask)


def show(call: Call, department: Department) -> Answers:
    """What `department` promises, for the visitor alone. Raises GuestsMayNot, DepartmentClosed."""
    return Say(_card(call, department, 0))


def open_list(call: Call, click: Click) -> Answers:
    """All departments that the visitor can ask, in a window."""
    return Open(cards.window(_list(call, 0), call.words))


def back(call: Call, click: Click) -> Answers:
    """From a department to all of them."""
    return Redraw(cards.window(_list(call, 0), call.words))


def turn_list(call: Call, click: Click) -> Answers:
    """Another page of departments."""
    return Redraw(cards.window(_list(call, _page(click)), call.words))


def choose(call: Call, click: Click) -> Answers:
    """One department, in the same window."""
    return _in_place(call, click, call.look(departments.by_id, int(click.value)), 0)


def turn(call: Call, click: Click) -> Answers:
    """Another page of its services, where the first one stood."""
    department_id = int(click.value.partition(".")[0])
    return _in_place(call, click, call.look(departments.by_id, department_id), _page(click))


def ask(call: Call, click: Click) -> Answers:
    """The form, with department and service chosen."""
    chosen = click.particulars
    department = _askable(call, call.look(departments.by_id, int(chosen["department"])))
    filling = Filling(call.visitor.person.time_zone, department, department.service(chosen.get("service")))
    return Open(filing.drawn(call, filling))


def _card(call: Call, department: Department, page: int) -> Card:
    _askable(call, department)
    shown = [one.id for one in cards.services_on(department, page, call.words)]
    histories = call.look(service_history.of_services, department, shown)
    rest = call.look(service_history.of_the_rest, department)
    lately = months.before(department.calendar, months.began(department.calendar, call.desk.clock()))
    kept = call.look(promises.kept_share, department.id, lately)
    return cards.department_card(department, call.look(_standing, department), histories, page, call.words, kept, rest)


def _list(call: Call, page: int) -> Card:
    known = call.look(departments.all_of)
    return cards.list_card([one for one in known if _may_ask(call, one)], page, call.words)


def _in_place(call: Call, click: Click, department: Department, page: int) -> Answers:
    card = _card(call, department, page)
    return Replace(card) if click.view is None else Redraw(cards.window(card, call.words, back=True))


def _page(click: Click) -> int:
    return int(click.value.rpartition(".")[2])


def _may_ask(call: Call, department: Department) -> bool:
    return department.guests_may_ask or not call.visitor.person.is_guest


def _askable(call: Call, department: Department) -> Department:
    if not _may_ask(call, department):
        raise GuestsMayNot(department)
    if department.archived:
        raise DepartmentClosed(department)
    return department


def _standing(look: Look, department: Department) -> Standing:
    """Who is on duty now, and whether anybody works."""
    calendar, today = department.calendar, department.calendar.local(look.now).date()
    try:
        gets_it: str | None = owning.who_owns(look, department.id)
    except NobodyToOwn:
        gets_it = None
    try:
        opens = calendar.next_open(look.now)
    except NoWorkingTime:
        opens = None
    return Standing(
        department.rota.on(today), gets_it, calendar.is_open(look.now), opens, next_closing(calendar, today)
    )
