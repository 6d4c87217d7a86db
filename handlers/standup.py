"""Somebody types `/standup`: the digest of the department they lead or work in; `/standup @finance` that of another.

`/standup every weekday at 09:30` has it posted in this channel from now on, on the department's clocks; `/standup stop`
ends that. Its lead and workspace admins may do so. `help` shows examples.
"""

import re

from slack_bolt import App

from handlers import ask_line, messages
from handlers.answering import Call, Reception
from handlers.answers import Answers, Refused, Replace, Say
from handlers.cards import guidance, notice
from handlers.cards.parts import Card
from handlers.cards.schedule import scheduled, stopped
from handlers.desk import Desk
from handlers.reading import Click, Command
from handlers.standup_words import wanted
from store import departments, permitting, standups
from store.rules.permissions import Matter
from store.snapshots import Department

HELP = frozenset({"help", "?", "帮助", "使用帮助"})
STOP = frozenset({"stop", "off", "cancel", "停止", "取消", "停"})


def register(app: App, desk: Desk) -> None:
    """Hear the command, the choice of a department, and "Post to this channel"."""
    reception = Reception(app, desk)
    reception.command("/standup", hear)
    reception.click(re.compile(r"^standup\.of\.\d$"), choose)
    reception.click("standup.post_here", post_here)


def hear(call: Call, typed: Command) -> Answers:
    """Which department, and then: its digest, a schedule, or the end of one."""
    if typed.text.casefold() in HELP:
        return Say(guidance.standup_help(call.words))
    address = ask_line.address(typed.text, call.look(departments.all_of))
    department, said = address.department, address.rest
    if department is None and said and (named := call.look(departments.called, said)):
        department, said = named, ""
    if address.unknown:
        return _which(call, typed.text, call.look(departments.nearest, address.unknown))
    if department is None:
        own = _own(call)
        if len(own) != 1:
            return _which(call, "", own)
        department = own[0]
    return _do(call, typed, department, said.strip())


def _do(call: Call, typed: Command, department: Department, said: str) -> Answers:
    if not said:
        return Say(digest(call, department))
    if said.casefold() in STOP:
        return _may_not(call, department) or _stop(call, department, typed.channel_id)
    when = wanted(said)
    if when is None:
        return _which(call, said, call.look(departments.nearest, said))
    refused = _may_not(call, department) or _cannot(call, typed.channel_id)
    if refused is not None:
        return refused
    zone = department.calendar.zone
    made = call.act(typed.key, standups.schedule, department.id, typed.channel_id, when.weekdays, when.minute, zone)
    return Say(scheduled(department, made, call.words))


def choose(call: Call, click: Click) -> Answers:
    """One of the departments that were offered."""
    return Replace(digest(call, call.look(departments.by_id, int(click.value))))


def post_here(call: Call, click: Click) -> Answers:
    """The digest goes to the channel, for everybody."""
    refused = _cannot(call, click.channel_id or "D")
    if refused is not None:
        return refused
    department = next((one for one in call.look(departments.all_of) if str(one.id) == click.value), None)
    if department is None:
        return Refused(call.words.say("There is no such department here any more."))
    call.act(click.key, standups.post_now, department.id, click.channel_id or "")
    return Replace(notice.message(call.words.say("The standup is on its way to this channel.")))


def digest(call: Call, department: Department) -> Card:
    """The digest as it stands now, for the visitor alone."""
    return call.look(messages.digest, department.id, call.words, can_be_posted=True)


def _own(call: Call) -> list[Department]:
    """The departments that the visitor leads; of those who lead none, the one they work in."""
    own = call.look(departments.of_person, call.visitor.id)
    return call.look(departments.led_by, call.visitor.id) or ([own] if own else [])


def _which(call: Call, said: str, offered: list[Department]) -> Answers:
    help_card = guidance.standup_help(call.words)
    return Say(guidance.which_department(said, offered, "standup.of", help_card, call.words))


def _may_not(call: Call, department: Department) -> Refused | None:
    """Schedules are the lead's and the admins' to set, since a whole channel reads the digest."""
    if permitting.may(call.visitor.person, department, Matter.STANDUP):
        return None
    lead = call.look(permitting.lead_of, department)
    return Refused(
        call.words.say(
            "Only {lead}, who leads {department}, or a workspace admin can schedule its standup.",
            lead=lead.name if lead else call.words.say("the lead"),
            department=department.name,
        )
    )


def _cannot(call: Call, channel_id: str) -> Refused | None:
    if channel_id.startswith("D"):
        return Refused(
            call.words.say("A standup is for a channel: please type this in the channel where it should be posted.")
        )
    return None


def _stop(call: Call, department: Department, channel_id: str) -> Answers:
    there_was = call.act(None, standups.cancel, department.id, channel_id)
    return Say(stopped(department, there_was, call.words))
