"""In a department's settings its lead edits its names, user group and channel, and its lead time."""

from dataclasses import replace

from slack_bolt import App

from handlers import department_reading as read
from handlers import department_visit as visit
from handlers import joining, user_groups
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Wrong
from handlers.cards.department_names import GUESTS, lead_time_form, names_form
from handlers.desk import Desk
from handlers.reading import Click, Submission
from store import changing, departments
from store.plans import as_plan
from store.rules.permissions import Matter


def register(app: App, desk: Desk) -> None:
    """Hear the two buttons and their forms."""
    reception = Reception(app, desk)
    reception.click("department.names", open_names)
    reception.submission("department.names_form", rename)
    reception.click("department.lead_time", open_lead_time)
    reception.submission("department.lead_time_form", set_lead_time)


def open_names(call: Call, click: Click) -> Answers:
    """The form of its names."""
    department = visit.allowed(call, int(click.value), Matter.NAMES)
    kept = visit.kept(click, department, Matter.NAMES)
    group = user_groups.handle_of(call.client, department.usergroup_id)
    return Open(names_form(as_plan(department), group, kept | {"group": group}, call.words))


def rename(call: Call, sent: Submission) -> Answers:
    """The form was sent. A new channel is joined first, so that its cards can appear."""
    faults: read.Faults = {}
    before = as_plan(call.look(departments.by_id, int(sent.private["department"])))
    names = read.names(sent.values.text("names") or "", faults, call.words)
    key = read.key(sent.values.text("key") or "", faults, call.words)
    channel_id = sent.values.channel("channel") or before.channel_id
    if channel_id != before.channel_id and (why := joining.refused(call.client, channel_id, call.words)) is not None:
        faults["channel"] = why
    typed_group = (sent.values.text("usergroup") or "").strip()
    usergroup_id = before.usergroup_id
    if typed_group != str(sent.private.get("group") or ""):
        usergroup_id = user_groups.called(call.client, typed_group, faults, call.words)
    if faults or names is None or key is None:
        return Wrong(faults)
    locale, guests = sent.values.choice("language") or before.locale, GUESTS in sent.values.choices("guests")
    typed = replace(before, key=key, names=names, channel_id=channel_id, locale=locale, guests_may_ask=guests)
    answer, _ = visit.send(
        call,
        sent,
        lambda kept, told: names_form(typed, typed_group, kept, call.words, told),
        changing.rename,
        key=key,
        names=names,
        channel_id=channel_id,
        locale=locale,
        guests_may_ask=guests,
        usergroup_id=usergroup_id,
    )
    return answer


def open_lead_time(call: Call, click: Click) -> Answers:
    """The form of its lead time."""
    department = visit.allowed(call, int(click.value), Matter.LEAD_TIME)
    return Open(lead_time_form(as_plan(department), visit.kept(click, department, Matter.LEAD_TIME), call.words))


def set_lead_time(call: Call, sent: Submission) -> Answers:
    """The form was sent."""
    faults: read.Faults = {}
    lead_time = read.lead_time(sent.values.text("lead_time") or "", faults, call.words)
    if lead_time is None:
        return Wrong(faults)
    before = as_plan(call.look(departments.by_id, int(sent.private["department"])))
    typed = replace(before, lead_time=str(lead_time))
    answer, _ = visit.send(
        call,
        sent,
        lambda kept, told: lead_time_form(typed, kept, call.words, told),
        changing.promise_in,
        lead_time,
    )
    return answer
