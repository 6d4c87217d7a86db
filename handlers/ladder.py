"""In a department's settings its lead edits how its asks are nudged, or those of one service.

While they choose, the form shows on an example what would be nudged when.
"""

import re
from datetime import datetime

from slack_bolt import App

from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Modal, Open, Redraw, RedrawBelow, Wrong
from handlers.cards.ladder import AS_DEPARTMENT, FORM, Example, chosen_of, ladder_form
from handlers.cards.services import CALLBACK as SERVICES
from handlers.cards.services import services_window
from handlers.desk import Desk
from handlers.fields import Values
from handlers.reading import Click, Submission
from store import changing, departments
from store.plans import as_plan, mark
from store.rules.calendar import NoWorkingTime
from store.rules.ladder import BadLadder, Ladder
from store.rules.lead_time import LeadTime
from store.rules.permissions import Matter
from store.rules.rehearsal import rehearse
from store.snapshots import Department, Service

EXAMPLE = LeadTime(3, "days")  # the ask of the example is due so much later


def register(app: App, desk: Desk) -> None:
    """Hear the button (a department's row id, or `id:service`), what is chosen, and the form."""
    reception = Reception(app, desk)
    reception.click("ladder.open", open_form)
    reception.click("ladder.whose", turn)
    reception.click(re.compile(r"^ladder\.rung\."), changed)
    reception.submission("ladder.form", save)


def open_form(call: Call, click: Click) -> Answers:
    """The form of a department's ladder, or of a service's."""
    department_id, _, service_id = click.value.partition(":")
    return open_for(call, click, int(department_id), int(service_id) if service_id.isdecimal() else None)


def open_for(call: Call, click: Click, department_id: int, service_id: int | None) -> Answers:
    """The same, from wherever it is asked for. Raises MayNot."""
    department = visit.allowed(call, department_id, Matter.LADDER)
    service = department.service(service_id)
    kept = visit.kept(click, department, _part(service)) | {"service": service.id if service else None}
    if click.view is not None and click.view.callback_id == SERVICES:
        kept |= {"list": click.view.id, "settings": click.view.private.get("settings")}
    return Open(_drawn(call, department, service, _standing(department, service), kept))


def turn(call: Call, click: Click) -> Answers:
    """The ladder of another service, or of the whole department."""
    if click.view is None:
        return None
    department = call.look(departments.by_id, int(click.view.private["department"]))
    service = department.service(int(click.value)) if click.value.isdecimal() else None
    kept = click.view.private | {
        "service": service.id if service else None,
        "mark": mark(as_plan(department), _part(service)),
    }
    return Redraw(_drawn(call, department, service, _standing(department, service), kept))


def changed(call: Call, click: Click) -> Answers:
    """Something was chosen: the example says what it comes to."""
    if click.view is None:
        return None
    department, service = _about(call, click.view.private)
    return Redraw(_drawn(call, department, service, _chosen(click.values), click.view.private))


def save(call: Call, sent: Submission) -> Answers:
    """The form was sent."""
    department, service = _about(call, sent.private)
    chosen = _chosen(sent.values)
    try:
        ladder = department.ladder.changed(_wanted(chosen))
    except BadLadder as fault:
        return Wrong({fault.rung: _fault(fault, call)})

    def drawn(kept: visit.Kept, told: str) -> Modal:
        return _drawn(call, department, service, chosen, kept, told)

    if service is None:
        answer, _ = visit.send(call, sent, drawn, changing.climb_by, ladder)
    else:
        answer, _ = visit.send(call, sent, drawn, changing.climb_for, service.id, ladder.only(_wanted(chosen)))
    if sent.private.get("list") and not (isinstance(answer, Redraw) and answer.view["callback_id"] == FORM):
        return _shown_in_list(call, sent, department.id)
    return answer


def _shown_in_list(call: Call, sent: Submission, department_id: int) -> Answers:
    """It was opened from the list of services: that stands there again, and beneath it the settings."""
    now, settings = call.look(departments.by_id, department_id), sent.private.get("settings")
    window = services_window(now, 0, call.words, call.words.say("Saved."), settings=settings)
    shown = RedrawBelow(str(sent.private["list"]), window)
    return (shown, RedrawBelow(str(settings), visit.overview(call, now))) if settings else shown


def _drawn(
    call: Call,
    department: Department,
    service: Service | None,
    chosen: dict[str, str],
    kept: visit.Kept,
    told: str = "",
) -> Modal:
    example = _example(call, department, chosen, call.desk.clock())
    return ladder_form(department, service, chosen, example, kept, call.words, told)


def _example(call: Call, department: Department, chosen: dict[str, str], now: datetime) -> Example | str:
    try:
        ladder: Ladder = department.ladder.changed(_wanted(chosen))
        due = department.calendar.add(now, EXAMPLE)
        return Example(ladder, now, due, rehearse(ladder, department.calendar, now, due))
    except BadLadder as fault:
        return _fault(fault, call)
    except NoWorkingTime:
        return call.words.say("the department has no working time in the next year.")


def _fault(fault: BadLadder, call: Call) -> str:
    if fault.reason == "out_of_order":
        return call.words.say("the second reminder has to come after the first.")
    return call.words.say("“{value}” cannot be used here.", value=fault.what)


def _standing(department: Department, service: Service | None) -> dict[str, str]:
    """What the menus show at first."""
    return chosen_of(department.ladder.as_yaml() if service is None else service.ladder_changes)


def _chosen(values: Values) -> dict[str, str]:
    """What the menus show now."""
    return {name: value for name in Ladder().as_yaml() if (value := values.choice(name)) is not None}


def _wanted(chosen: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in chosen.items() if value != AS_DEPARTMENT}


def _about(call: Call, private: dict[str, object]) -> tuple[Department, Service | None]:
    department = call.look(departments.by_id, int(str(private["department"])))
    service_id = private.get("service")
    return department, department.service(int(str(service_id))) if service_id else None


def _part(service: Service | None) -> Matter:
    return Matter.LADDER if service is None else Matter.SERVICES
