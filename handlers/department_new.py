"""Somebody clicks "Set up a new department", or types `/dept new`: one form, of which a name is enough.

Its channel is the one they are in, its lead they themselves, zone and holidays those of the lead. Once it is sent the
settings of the new department stand there, with what can come next.
"""

from slack_bolt import App

from handlers import arriving, joining
from handlers import department_reading as read
from handlers import department_visit as visit
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Redraw, Wrong
from handlers.cards import parts
from handlers.cards.department_new import new_form
from handlers.desk import Desk
from handlers.reading import Click, Submission
from store import changing, departments
from store.database import Look
from store.plans import Plan
from store.refusals import MayNot
from store.rules import naming, places
from store.rules.calendar import Calendar
from store.rules.lead_time import LeadTime
from store.rules.permissions import Matter
from store.snapshots import Person


def register(app: App, desk: Desk) -> None:
    """Hear the button, the choice of a lead, and the form."""
    reception = Reception(app, desk)
    reception.click("department.new", lambda call, click: open_form(call))
    reception.click("department_new.lead", choose_lead)
    reception.submission("department.new_form", set_up)


def open_form(call: Call) -> Answers:
    """The form, with the visitor as lead. Raises MayNot."""
    if not visit.may_found(call):
        raise MayNot(Matter.NEW, None, None)
    zone = call.visitor.person.time_zone
    return Open(new_form(call.visitor.id, zone, places.country_of(zone), {}, call.words))


def choose_lead(call: Call, click: Click) -> Answers:
    """Another lead: their zone, and the holidays there."""
    lead = arriving.meet(call.desk, call.client, call.visitor.workspace_id, click.value or call.visitor.id)
    return Redraw(new_form(lead.id, lead.time_zone, places.country_of(lead.time_zone), {}, call.words))


def set_up(call: Call, sent: Submission) -> Answers:
    """The form was sent: the department is there, and its settings are shown."""
    faults: read.Faults = {}
    names = read.names(sent.values.text("names") or "", faults, call.words, on_one_line=True)
    calendar = read.calendar(sent.values, faults, call.words)
    lead_time = read.lead_time(sent.values.text("lead_time") or "", faults, call.words)
    channel_id = sent.values.channel("channel") or ""
    if (why := joining.refused(call.client, channel_id, call.words)) is not None:
        faults["channel"] = why
    if faults or names is None or calendar is None or lead_time is None:
        return Wrong(faults)
    lead_id, people = sent.values.person("lead") or call.visitor.id, sent.values.people("people")
    lead, *_ = arriving.meet_several(call.desk, call.client, call.visitor.workspace_id, [lead_id, *people])
    key = call.look(_free_key, names[0])
    plan = _plan(key, names, channel_id, lead, [one for one in people if one != lead_id], calendar, lead_time)
    department = call.look(departments.by_id, call.act(sent.key, changing.set_up_new, plan))
    told = call.words.say("*{department} is set up.*", department=parts.one_line(department.name, 80))
    return Redraw(visit.overview(call, department, told, is_new=True))


def _free_key(look: Look, name: str) -> str:
    kept = [one.key for one in departments.closed(look)]
    typed = [word for one in departments.all_of(look) for word in (one.key, *one.names)]
    own = naming.key_for(name, kept)
    # Where the key is the name itself and somebody else has it, that is for the person to hear, not to be got around.
    return own if naming.plain(own) == naming.plain(name) else naming.key_for(name, kept + typed)


def _plan(
    key: str,
    names: tuple[str, ...],
    channel_id: str,
    lead: Person,
    people: list[str],
    calendar: Calendar,
    lead_time: LeadTime,
) -> Plan:
    return Plan(
        key=key,
        names=names,
        channel_id=channel_id,
        lead_id=lead.id,
        member_ids=tuple(sorted(set(people))),
        time_zone=calendar.zone,
        hours=calendar.hours.as_yaml(),
        country=calendar.country,
        region=calendar.region,
        closed_days=(),
        lead_time=str(lead_time),
        locale=lead.locale,
        ladder={},
        guests_may_ask=False,
        usergroup_id=None,
        services=(),
    )
