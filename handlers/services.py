"""A lead opens "Services" in the settings of their department: the list, and a form to add, edit, move, archive one.

Whoever sends the second of two forms on one service is told what the first changed; what they typed stays.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt import App

from handlers import arriving, ladder
from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, RedrawBelow, Wrong
from handlers.cards import parts
from handlers.cards import service_form as form
from handlers.cards.service_form import Writing
from handlers.cards.services import CALLBACK, services_window
from handlers.desk import Desk
from handlers.fields import Values
from handlers.reading import Click, Submission, View
from store import departments
from store import services as ledger
from store.plans import ServicePlan
from store.refusals import BadServices, NoSuchService, ServiceChanged
from store.rules.lead_time import BadLeadTime, LeadTime
from store.rules.offering import Input
from store.rules.permissions import Matter
from store.snapshots import Department, Service

_SEVERAL = re.compile(r"[,，、;；]")


def register(app: App, desk: Desk) -> None:
    """Hear the button of the settings, the buttons of the list, the form and its rows."""
    reception = Reception(app, desk)
    reception.click("services.open", open_list)
    reception.click(re.compile(r"^services\.page\.\d$"), turn)
    reception.click("services.menu", choose)
    reception.click("services.add", add)
    reception.click("services.another_input", another_input)
    reception.submission(form.CALLBACK, save)


def open_list(call: Call, click: Click) -> Answers:
    """All services, for the lead and admins. Raises MayNot."""
    department = visit.allowed(call, int(click.value), Matter.SERVICES)
    under = click.view.id if click.view is not None and click.view.callback_id == visit.OVERVIEW else None
    return Open(services_window(department, 0, call.words, settings=under))


def turn(call: Call, click: Click) -> Answers:
    """Another page."""
    department_id, _, page = click.value.partition(".")
    department = visit.allowed(call, int(department_id), Matter.SERVICES)
    return Redraw(services_window(department, int(page), call.words, settings=_settings_of(click)))


def add(call: Call, click: Click) -> Answers:
    """An empty form, with the department's lead time."""
    department = visit.allowed(call, int(click.value), Matter.SERVICES)
    kept = {"department": department.id, "page": 10_000, **_beneath(click)}
    return Open(form.service_form(department, Writing(lead_time=str(department.lead_time)), kept, call.words))


def choose(call: Call, click: Click) -> Answers:
    """Edit, nudge otherwise, move or archive, from the menu of a service."""
    act, department_id, service_id, page = click.value.split(".")
    department = visit.allowed(call, int(department_id), Matter.SERVICES)
    if act == "edit":
        return _edit(call, click, department, int(service_id), int(page))
    if act == "nudges":
        return ladder.open_for(call, click, department.id, int(service_id))
    told = ""
    if act == "archive":
        gone = call.act(click.key, ledger.archive, department.id, int(service_id))
        told = call.words.say(
            "*{service}* is offered no more. Asks that were filed for it go on. "
            "Add one of this name to take it up again.",
            service=parts.one_line(gone.name, 90),
        )
    else:
        call.act(click.key, ledger.move, department.id, int(service_id), -1 if act == "up" else 1)
    now, settings = call.look(departments.by_id, department.id), _settings_of(click)
    window = Redraw(services_window(now, int(page), call.words, told, settings=settings))
    return window, *_settings(call, settings, department.id)


def another_input(call: Call, click: Click) -> Answers:
    """One more row; what was typed stays."""
    assert click.view is not None
    private = click.view.private
    department = visit.allowed(call, int(private["department"]), Matter.SERVICES)
    writing = _writing(click.values)
    return Redraw(form.service_form(department, writing, private, call.words, rows=int(click.value)))


def save(call: Call, sent: Submission) -> Answers:
    """The form was sent: the list shows the service as it is now."""
    department = call.look(departments.by_id, int(sent.private["department"]))
    writing, service_id = _writing(sent.values), sent.private.get("service")
    try:
        wanted = _plan(writing, department.service(service_id))
    except BadLeadTime as fault:
        return Wrong({"lead_time": _lead_time(fault, call)})
    if wanted.owner_id is not None:
        arriving.meet(call.desk, call.client, call.visitor.workspace_id, wanted.owner_id)
    try:
        if service_id is None:
            done = call.act(sent.key, ledger.add, department.id, wanted)
        else:
            done = call.act(sent.key, ledger.change, department.id, int(service_id), wanted, sent.private["marks"])
    except BadServices as bad:
        return Wrong(form.errors(bad.faults, call.words))
    except ServiceChanged as other:
        return _again(call, sent, department, writing, other)
    return _shown(call, sent, done)


def _edit(call: Call, click: Click, department: Department, service_id: int, page: int) -> Answers:
    service = department.service(service_id)
    if service is None:
        raise NoSuchService(department)
    kept = {
        "department": department.id,
        "service": service.id,
        "marks": ledger.marks(service),
        "page": page,
        **_beneath(click),
    }
    return Open(form.service_form(department, form.written(service), kept, call.words))


def _again(call: Call, sent: Submission, department: Department, writing: Writing, other: ServiceChanged) -> Answers:
    """The form with what was typed, and in the fields that were left alone what stands there now."""
    now, marks = form.written(other.service), ledger.marks(other.service)
    seen, mine = sent.private["marks"], ledger.marks(_plan(writing, other.service))
    left_alone = {field: getattr(now, field) for field in ledger.FIELDS if mine[field] == seen[field]}
    told = form.meanwhile(other.service, other.fields, other.by, call.words)
    return Redraw(
        form.service_form(department, replace(writing, **left_alone), sent.private | {"marks": marks}, call.words, told)
    )


def _shown(call: Call, sent: Submission, service: Service) -> Answers:
    told = call.words.say("*{service}* is saved.", service=parts.one_line(service.name, 90))
    department = call.look(departments.by_id, int(sent.private["department"]))
    settings, under = sent.private.get("settings"), sent.private.get("under")
    window = services_window(department, int(sent.private.get("page", 0)), call.words, told, settings=settings)
    shown = RedrawBelow(str(under), window) if under else Redraw(window)
    return shown, *_settings(call, settings, department.id)


def _settings(call: Call, settings: str | None, department_id: int) -> tuple[RedrawBelow, ...]:
    """The settings of the department, beneath the list, say what holds now."""
    if not settings:
        return ()
    return (RedrawBelow(settings, visit.overview(call, call.look(departments.by_id, department_id))),)


def _beneath(click: Click) -> dict[str, str | None]:
    """What lies beneath the form: the list, and beneath that the settings."""
    view: View | None = click.view
    under = view.id if view is not None and view.callback_id == CALLBACK else None
    return {"under": under, "settings": _settings_of(click)}


def _settings_of(click: Click) -> str | None:
    """The settings of the department beneath the list that was clicked in, if it was opened from there."""
    settings = click.view.private.get("settings") if click.view is not None else None
    return str(settings) if settings else None


def _writing(values: Values) -> Writing:
    """What stands in the form."""
    rows = sum(1 for held in values.raw.values() for action in held if action.startswith("input_name_"))
    return Writing(
        name=values.text("name") or "",
        names=values.text("names") or "",
        lead_time=values.text("lead_time") or "",
        owner_id=values.person("owner"),
        restate=form.RESTATE in values.choices("restate"),
        inputs=tuple(one for place in range(rows) if (one := _input(values, place)).name or one.help),
        done_means=values.text("done_means") or "",
        promise=values.text("promise") or "",
    )


def _input(values: Values, place: int) -> Input:
    name, told = values.text(f"input_name_{place}") or "", values.text(f"input_help_{place}") or ""
    required = form.REQUIRED in values.choices(f"input_required_{place}")
    return Input(" ".join(name.split()), " ".join(told.split()), required)


def _plan(writing: Writing, present: Service | None) -> ServicePlan:
    """What is wanted. Raises BadLeadTime."""
    name = " ".join(writing.name.split())
    known = {} if present is None else {one: one for one in present.names}
    others = [other for line in writing.names.splitlines() for other in _names(line, known)]
    return ServicePlan(
        name,
        tuple(dict.fromkeys([name, *others])),
        str(LeadTime.parse(writing.lead_time)),
        writing.owner_id,
        writing.restate,
        writing.inputs,
        writing.done_means.strip() or None,
        writing.promise.strip() or None,
    )


def _names(line: str, known: Mapping[str, Any]) -> list[str]:
    """The names on a line: commas part them, but for a name that has one already."""
    line = " ".join(line.split())
    pieces = [line] if line in known else [piece.strip() for piece in _SEVERAL.split(line)]
    return [piece for piece in pieces if piece]


def _lead_time(fault: BadLeadTime, call: Call) -> str:
    match fault.reason:
        case "not_positive":
            return call.words.say("It has to take more than nothing: 1h is the least.")
        case "too_long":
            return call.words.say("A lead time may be a year at the most.")
    return call.words.say("Please write it like 2d (working days) or 4h (working hours).")
