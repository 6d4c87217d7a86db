"""In the settings of a department an admin clicks "Make it the desk": what fits no department goes there from now on.

"No desk any more" ends it: who names nobody is asked back then.
"""

from slack_bolt import App

from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Redraw
from handlers.desk import Desk
from handlers.reading import Click
from store import departments, gray_zone


def register(app: App, desk: Desk) -> None:
    """Hear the two buttons."""
    reception = Reception(app, desk)
    reception.click("department.desk", make_desk)
    reception.click("department.no_desk", end_desk)


def make_desk(call: Call, click: Click) -> Answers:
    """This department is the desk, and no other."""
    call.act(click.key, gray_zone.make_desk, int(click.value))
    return Redraw(visit.overview(call, call.look(departments.by_id, int(click.value)), call.words.say("Saved.")))


def end_desk(call: Call, click: Click) -> Answers:
    """There is none any more; what lies there stays with its owners."""
    call.act(click.key, gray_zone.make_desk, None)
    return Redraw(visit.overview(call, call.look(departments.by_id, int(click.value)), call.words.say("Saved.")))
