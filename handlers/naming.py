"""`/ask @equipment @vera Calibrate the scales`, typed without Slack's list: who is @vera? And whose department is hers?

A colleague of the department owns the ask. Somebody unknown there, or one of several, is asked back with the likely
people as buttons; somebody alone means their department.
"""

import re
from dataclasses import replace

from slack_bolt import App

from handlers import ask_line, filing, slack_text
from handlers.answering import Call, Reception
from handlers.answers import Answers, Replace, Say
from handlers.ask_line import Address
from handlers.cards import asked_back
from handlers.desk import Desk
from handlers.reading import Click
from store import departments, drafts, people
from store.snapshots import Department

MOST = 4  # people offered as buttons


def register(app: App, desk: Desk) -> None:
    """Hear the choice of a person, and that of nobody."""
    reception = Reception(app, desk)
    reception.click(re.compile(r"^naming\.person\.\d$"), choose)
    reception.click("naming.nobody", choose)


def alone(call: Call, addressed: Address) -> Address:
    """`@vera` where no department is called so: the colleague with that handle, if there is one."""
    named = call.look(people.called, addressed.unknown) if addressed.unknown else None
    return replace(addressed, person_id=named.id, unknown="") if named else addressed


def which_department(call: Call, person_id: str, text: str) -> Answers:
    """They were named alone and work nowhere that takes asks: which department is meant? The text keeps their name."""
    person = call.look(people.several, [person_id]).get(person_id)
    name = person.name if person else f"@{person_id}"
    kept = filing.keep(call, text)
    known = call.look(departments.all_of)[:MOST]
    return Say(asked_back.of_nowhere(kept.id, name, known, _readable(call, text), call.words))


def within(call: Call, key: str, department: Department, rest: str) -> Answers:
    """What stands behind the department: filed with whom it names, asked back if that is nobody there."""
    if not ask_line.names_somebody(rest):
        return filing.place(call, key, department, rest)
    colleagues = call.look(people.several, (department.lead_id, *department.member_ids))
    here = [one for one in colleagues.values() if not one.gone]
    found, word, behind = ask_line.people_in(rest, here)
    if not word or call.look(departments.called, word) is not None:
        return filing.place(call, key, department, rest)
    if len(found) == 1:
        return filing.place(call, key, department, behind, found[0].id)
    kept = filing.keep(call, rest, asked=department.id, behind=behind)
    near = found[:MOST] or ask_line.nearest_people(word, here)[:MOST]
    shown = _readable(call, rest)
    return Say(asked_back.who(kept.id, word, bool(found), near, department, shown, call.words))


def choose(call: Call, click: Click) -> Answers:
    """This person owns it; or nobody in particular, and then every word stays in the text."""
    draft = call.look(drafts.find, str(click.particulars["draft"]), call.visitor.id)
    department = call.look(departments.by_id, int(draft.particulars["asked"]))
    person_id = click.particulars.get("person")
    text = str(draft.particulars["behind"]) if person_id else draft.text
    answers = filing.place(call, f"draft:{draft.id}", department, text, person_id, draft_id=draft.id, first=draft.id)
    return Replace(answers.card) if isinstance(answers, Say) else answers


def _readable(call: Call, text: str) -> str:
    return filing.in_words(call, slack_text.unescaped(text))
