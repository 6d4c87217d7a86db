"""In a department's settings its lead edits when it works: hours, zone, holidays, closed days.

While they type, the form says how it reads the hours, when the department opens next, or what is wrong.
"""

import re
from datetime import date

from slack_bolt import App

from handlers import department_reading as read
from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Wrong
from handlers.cards.department_hours import hours_form, not_read, read_as
from handlers.desk import Desk
from handlers.reading import Click, Submission
from store import changing, departments
from store.rules.calendar import Calendar, NoWorkingTime
from store.rules.closings import next_closing
from store.rules.permissions import Matter


def register(app: App, desk: Desk) -> None:
    """Hear the button, what is typed, and the form."""
    reception = Reception(app, desk)
    reception.click("department.hours", open_form)
    reception.click(re.compile(r"^department_hours\."), changed)
    reception.submission("department.hours_form", set_hours)


def open_form(call: Call, click: Click) -> Answers:
    """The form of its hours."""
    department = visit.allowed(call, int(click.value), Matter.HOURS)
    kept = visit.kept(click, department, Matter.HOURS)
    return Open(hours_form(department.calendar, _preview(call, department.calendar), kept, call.words))


def changed(call: Call, click: Click) -> Answers:
    """Something was typed: how it is read now. The fields keep what stands in them."""
    if click.view is None:
        return None
    faults: read.Faults = {}
    calendar = read.calendar(click.values, faults, call.words)
    said = _preview(call, calendar) if calendar else not_read(" ".join(faults.values()), call.words)
    department = call.look(departments.by_id, int(click.view.private["department"]))
    return Redraw(hours_form(calendar or department.calendar, said, click.view.private, call.words))


def set_hours(call: Call, sent: Submission) -> Answers:
    """The form was sent."""
    faults: read.Faults = {}
    calendar = read.calendar(sent.values, faults, call.words)
    if calendar is None:
        return Wrong(faults)
    answer, _ = visit.send(
        call,
        sent,
        lambda kept, told: hours_form(calendar, _preview(call, calendar), kept, call.words, told),
        changing.set_hours,
        calendar,
    )
    return answer


def _preview(call: Call, calendar: Calendar) -> str:
    now = call.desk.clock()
    today: date = calendar.local(now).date()
    try:
        opens = calendar.next_open(now)
    except NoWorkingTime:
        return read_as(calendar, None, None, call.words)
    closing = next_closing(calendar, today)
    return read_as(calendar, opens, closing.first if closing else None, call.words)
