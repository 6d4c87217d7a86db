"""`/ask @equipment Replace the gasket of analyser 3 by Friday 3pm`: filed at once, one named person owns it.

What is unclear is asked back with the readings as buttons; sooner than promised, or nothing typed: the form opens.
"""

from slack_bolt import App

from handlers import arriving, ask_line, filing, naming, private_words, unaddressed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Say
from handlers.ask_line import Address
from handlers.cards.ask_form import Filling
from handlers.cards.ask_help import ask_help, before_setup
from handlers.desk import Desk
from handlers.reading import Command
from store import departments
from store.snapshots import Department

HELP = {"help", "?", "？", "帮助", "幫助"}


def register(app: App, desk: Desk) -> None:
    Reception(app, desk, files=True).command("/ask", ask)


def ask(call: Call, typed: Command) -> Answers:
    """Whoever typed it gets a receipt, a question back, or the form."""
    known = call.look(departments.all_of)
    if not known:
        return Say(before_setup(call.words))
    if not typed.text:
        return Open(filing.drawn(call, Filling(call.visitor.person.time_zone)))
    if typed.text.casefold() in HELP:
        return Say(ask_help(known, call.words))
    line, is_private = private_words.before_address(typed.text)
    addressed = naming.alone(call, ask_line.address(line, known))
    if addressed.department is not None and addressed.rest.casefold() in HELP:
        return Say(ask_help(known, call.words))
    if addressed.person_id is not None:
        arriving.meet(call.desk, call.client, typed.workspace_id, addressed.person_id)
    department = addressed.department or _theirs(call, addressed)
    rest, said_so = private_words.in_text(addressed.rest)
    if is_private or said_so:
        return filing.open_private(call, department, rest, addressed.person_id)
    if department is None and addressed.person_id is not None:
        return naming.which_department(call, addressed.person_id, typed.text)
    if department is None:
        return unaddressed.file(call, typed.key, typed.text, addressed)
    if addressed.person_id is None:
        return naming.within(call, typed.key, department, addressed.rest)
    return filing.place(call, typed.key, department, addressed.rest, addressed.person_id)


def _theirs(call: Call, addressed: Address) -> Department | None:
    """The department of a person who was named alone."""
    return call.look(departments.of_person, addressed.person_id) if addressed.person_id else None
