"""In a department's settings its lead edits who leads it and works there, and who stands in for whom.

Whoever is taken out keeps what they own there until somebody takes it: each ask is offered to the lead.
"""

from slack_bolt import App

from handlers import arriving
from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Wrong
from handlers.cards.department_people import deputies_form, people_form, staffed
from handlers.desk import Desk
from handlers.reading import Click, Submission
from store import changing, departments, people
from store.rules.permissions import Matter
from store.snapshots import Department, Person


def register(app: App, desk: Desk) -> None:
    """Hear the two buttons and their forms."""
    reception = Reception(app, desk)
    reception.click("department.people", open_people)
    reception.submission("department.people_form", staff)
    reception.click("department.deputies", open_deputies)
    reception.click("department_people.whose", choose_whose)
    reception.submission("department.deputies_form", name_deputies)


def open_people(call: Call, click: Click) -> Answers:
    """The form of its people."""
    department = visit.allowed(call, int(click.value), Matter.PEOPLE)
    kept = visit.kept(click, department, Matter.PEOPLE)
    return Open(people_form(department.lead_id, department.member_ids, kept, call.words))


def staff(call: Call, sent: Submission) -> Answers:
    """The form was sent; the settings say what became of the asks of those who were taken out."""
    lead_id, members = sent.values.person("lead"), sent.values.people("people")
    if lead_id is None:
        return Wrong({"lead": call.words.say("A department always has a lead. Please choose who takes over.")})
    before = call.look(departments.by_id, int(sent.private["department"]))
    new = {lead_id, *members} - {before.lead_id, *before.member_ids}
    arriving.meet_several(call.desk, call.client, call.visitor.workspace_id, new)
    answer, done = visit.send(
        call,
        sent,
        lambda kept, told: people_form(lead_id, members, kept, call.words, told),
        changing.staff,
        lead_id,
        members,
    )
    told = staffed(done, lead_id, call.words) if done else ""
    return visit.shown(call, sent, int(sent.private["department"]), told) if told else answer


def open_deputies(call: Call, click: Click) -> Answers:
    """The form of its deputies."""
    department = visit.allowed(call, int(click.value), Matter.DEPUTIES)
    kept = visit.kept(click, department, Matter.DEPUTIES)
    return Open(deputies_form(_people(call, department), dict(department.deputies), kept, call.words))


def choose_whose(call: Call, click: Click) -> Answers:
    """In a department of very many: the field for the one who was chosen."""
    if click.view is None:
        return None
    department = call.look(departments.by_id, int(click.view.private["department"]))
    people, deputies = _people(call, department), dict(department.deputies)
    return Redraw(deputies_form(people, deputies, click.view.private, call.words, chosen=click.value))


def name_deputies(call: Call, sent: Submission) -> Answers:
    """The form was sent. Who did not stand in it keeps their deputy."""
    department = call.look(departments.by_id, int(sent.private["department"]))
    asked = {field.removeprefix("deputy_") for field in sent.fields if field.startswith("deputy_")}
    chosen = {one: deputy for one in asked if (deputy := sent.values.person(f"deputy_{one}"))}
    arriving.meet_several(call.desk, call.client, call.visitor.workspace_id, chosen.values())
    others = {one: deputy for one, deputy in department.deputies if one not in asked}
    wanted = others | chosen
    answer, _ = visit.send(
        call,
        sent,
        lambda kept, told: deputies_form(
            _people(call, department), wanted, kept, call.words, told, chosen=next(iter(asked), "")
        ),
        changing.name_deputies,
        wanted.items(),
    )
    return answer


def _people(call: Call, department: Department) -> list[Person]:
    """Those who can be away from it, by name."""
    known = call.look(people.several, [department.lead_id, *department.member_ids])
    return sorted(known.values(), key=lambda person: person.name.casefold())
