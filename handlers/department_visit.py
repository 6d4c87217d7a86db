"""What all forms of `/dept` share: who may open them, what they keep, and where the answer is shown.

A form stands on top of the department's settings: once it was sent it closes, and the settings show what it changed.
If somebody else changed the same part meanwhile it stays open, says so, and can be sent again.
"""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from handlers.answering import Call
from handlers.answers import Answers, Modal, Redraw, RedrawBelow
from handlers.cards import department_changes, department_overview
from handlers.reading import Click, Submission
from store import departments, duty, permitting
from store.database import Act
from store.plans import as_plan, mark
from store.refusals import MayNot, PartChanged
from store.rules.permissions import Matter
from store.snapshots import Department

Given = ParamSpec("Given")
Result = TypeVar("Result")

OVERVIEW = "department_overview"
Kept = dict[str, Any]


def allowed(call: Call, department_id: int, matter: Matter) -> Department:
    """The department, of which the visitor may do this. Raises MayNot: nobody fills in a form in vain."""
    department = call.look(departments.by_id, department_id)
    if not permitting.may(call.visitor.person, department, matter):
        raise MayNot(matter, department, call.look(permitting.lead_of, department))
    return department


def kept(click: Click, department: Department, part: Matter) -> Kept:
    """What a form keeps: the department, how the part stood, and the settings beneath it, if it was opened there."""
    under = click.view.id if click.view is not None and click.view.callback_id == OVERVIEW else None
    return {"department": department.id, "mark": mark(as_plan(department), part), "under": under}


def send(
    call: Call,
    sent: Submission,
    form: Callable[[Kept, str], Modal],
    verb: Callable[Concatenate[Act, int, str, Given], Result],
    /,
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> tuple[Answers, Result | None]:
    """Do the verb of a form. `form` draws it again with what was typed, for one who was not the first.

    The answer closes the form and shows the settings; the result is None when somebody else was faster.
    """
    department_id = int(sent.private["department"])
    try:
        result = call.act(sent.key, verb, department_id, str(sent.private["mark"]), *args, **kwargs)
    except PartChanged as other:
        anew = sent.private | {"mark": mark(as_plan(other.department), other.part)}
        return Redraw(form(anew, department_changes.meanwhile(other.change, call.words))), None
    return shown(call, sent, department_id, call.words.say("Saved.")), result


def shown(call: Call, sent: Submission, department_id: int, told: str) -> Answers:
    """The settings as they are now, beneath the form if they stand there, else in its place."""
    view = overview(call, call.look(departments.by_id, department_id), told)
    under = sent.private.get("under")
    return RedrawBelow(str(under), view) if under else Redraw(view)


def overview(call: Call, department: Department, told: str = "", *, is_new: bool = False) -> Modal:
    """The settings of a department as a window."""
    days = call.look(duty.coming_weeks, department.id)
    working = [day for day in days if day.works]
    standing = department_overview.Standing(
        on_duty=days[0].person_id,
        gaps=sum(day.person_id is None for day in working),
        absences=sum(day.is_away for day in working),
    )
    return department_overview.overview(
        department,
        standing,
        call.words,
        told,
        is_new=is_new,
        desk=call.look(departments.desk),
        may_mark=permitting.may(call.visitor.person, department, Matter.GRAY_ZONE),
    )


def may_found(call: Call) -> bool:
    """Whether the visitor may set up a new department."""
    return permitting.may(call.visitor.person, None, Matter.NEW)
