"""Somebody opens Baton's Home tab: what waits for their yes, their monkeys, their asks, their hours and language.

It is drawn when it is opened, when a page is turned, and after everything the person does there.
"""

from slack_bolt import App

from handlers import board, filing, reading
from handlers.answering import Call, Reception
from handlers.answers import Answers, Modal, Open, Say, ShowHome
from handlers.cards.ask_form import Filling
from handlers.cards.ask_help import before_setup
from handlers.cards.home import home
from handlers.desk import Desk
from handlers.reading import Click, HomeOpened
from store import departments, preferences, presence
from store.queries import monkeys, month, objections, questions
from store.queries.monkeys import PAGE, Where

FEW = 6  # asks on a page of what is offered to one and of what waits for one's yes


def register(app: App, desk: Desk) -> None:
    """Hear that it is opened, its page buttons, and "New ask"."""
    reception = Reception(app, desk)
    reception.event("app_home_opened", reading.home_opened, show)
    reception.click("home.page.back", turn)
    reception.click("home.page.on", turn)
    reception.click("home.sort", turn)
    reception.click("home.new_ask", new_ask)


def show(call: Call, opened: HomeOpened) -> Answers:
    """Draw it from the first page."""
    return ShowHome(view(call, str(Where())))


def turn(call: Call, click: Click) -> Answers:
    """Draw it with the pages that the button names."""
    return ShowHome(view(call, click.value))


def new_ask(call: Call, click: Click) -> Answers:
    """The form of `/ask`, empty."""
    if not call.look(departments.all_of):
        return Say(before_setup(call.words))
    return Open(filing.drawn(call, Filling(call.visitor.person.time_zone)))


def view(call: Call, where: str) -> Modal:
    """The tab as things stand now. `where`: the page of each list and their order, as `0.2.0.0.oldest`."""
    me = call.visitor.person
    led = board.on_home(call)
    return home(
        me,
        call.look(monkeys.lists, me.id, Where.read(where), PAGE, FEW),
        call.look(monkeys.lately_closed, me.id),
        call.look(departments.of_person, me.id),
        call.words,
        call.desk.clock(),
        absence=call.look(presence.absence_of, me.id),
        chosen=call.look(preferences.of, me.id),
        led=led,
        months=[call.look(month.of_department, department) for department, _ in led],
        asked=call.look(questions.asked_of, me.id),
        objected=call.look(objections.undecided, [one.id for one in call.look(departments.led_by, me.id)]),
    )
