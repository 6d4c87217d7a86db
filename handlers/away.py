"""Somebody types `/away until monday deputy @sam`: new asks go to the deputy, and what they own is offered there.

`/away` alone opens the form. `/back`, or "I am back" on Home, ends it: what the deputy took is offered back. Both
commands answer `help` with examples.
"""

from datetime import datetime

from slack_bolt import App

from handlers import arriving, home
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Say, ShowHome
from handlers.away_words import wanted, why_unread
from handlers.cards import away as cards
from handlers.cards.parts import Card
from handlers.desk import Desk
from handlers.reading import Click, Command, Submission
from handlers.slack_text import unescaped
from store import absences, departments, handoffs, nudging, people, presence
from store.absences import NOTE_BACK
from store.queries import monkeys
from store.refusals import NotAway

HELP = frozenset({"help", "?", "帮助", "使用帮助"})
NOW = frozenset({"", "now", "today", "already", "again", "现在", "今天", "了"})


def register(app: App, desk: Desk) -> None:
    """Hear the two commands and the form."""
    reception = Reception(app, desk)
    reception.command("/away", leave)
    reception.submission("away.form", leave_by_form)
    reception.command("/back", come_back)
    reception.click("away.back", come_back_on_home)


def leave(call: Call, typed: Command) -> Answers:
    """At once where the line is clear; otherwise the form, with what was understood."""
    if typed.text.casefold() in HELP:
        return Say(cards.away_help(call.words))
    calendar, zone = call.look(nudging.calendar_of, call.visitor.person), call.visitor.person.time_zone
    read = wanted(unescaped(typed.text), now=call.desk.clock(), calendar=calendar, zone=zone)
    named = call.look(people.called, read.handle) if read.handle else None
    deputy_id = read.deputy_id or (named.id if named else None)
    nobody = f"@{read.handle}" if read.handle and named is None else ""
    unread = read.unread or nobody
    if not typed.text or unread:
        absence = call.look(presence.absence_of, call.visitor.id)
        standing = None if absence else call.look(presence.standing_deputy, call.visitor.id)
        why = why_unread(read.unread, now=call.desk.clock(), calendar=calendar, zone=zone) if read.unread else "nobody"
        return Open(cards.away_form(absence, deputy_id or standing, unread, call.words, why))
    deputy_id = deputy_id or call.look(presence.standing_deputy, call.visitor.id)
    return Say(_left(call, typed.key, read.since, read.until, deputy_id))


def leave_by_form(call: Call, sent: Submission) -> Answers:
    """The form was sent."""
    since, until = sent.values.moment("since"), sent.values.moment("due")
    return Say(_left(call, sent.key, since, until, sent.values.person("deputy")))


def come_back(call: Call, typed: Command) -> Answers:
    """The absence is over, be it running or planned."""
    if typed.text.casefold() in HELP:
        return Say(cards.away_help(call.words))
    if typed.text.casefold() not in NOW:
        return Say(_back_later(call, typed))
    call.act(typed.key, absences.come_back)
    offered = [
        ask for ask in call.look(handoffs.offered_to, call.visitor.id) if ask.baton and ask.baton.note == NOTE_BACK
    ]
    return Say(cards.back(offered, call.words))


def _back_later(call: Call, typed: Command) -> Card:
    """`/back tomorrow`: the absence lasts until then. What cannot be read ends nothing."""
    absence = call.look(presence.absence_of, call.visitor.id)
    if absence is None:
        raise NotAway
    calendar, zone = call.look(nudging.calendar_of, call.visitor.person), call.visitor.person.time_zone
    read = wanted(f"until {unescaped(typed.text)}", now=call.desk.clock(), calendar=calendar, zone=zone)
    if read.unread or read.until is None or read.deputy_id or read.handle:
        return cards.back_when(absence, absence.is_on(call.desk.clock()), typed.text, call.words)
    return _left(call, typed.key, absence.since, read.until, absence.deputy_id)


def come_back_on_home(call: Call, click: Click) -> Answers:
    """The same by the button on Home, which then shows what is offered back."""
    call.act(click.key, absences.come_back)
    return ShowHome(home.view(call, ""))


def _left(call: Call, key: str, since: datetime | None, until: datetime | None, deputy_id: str | None) -> Card:
    if deputy_id is not None:
        arriving.meet(call.desk, call.client, call.visitor.workspace_id, deputy_id)
    call.act(key, absences.leave, until, deputy_id, since)
    absence = call.look(presence.absence_of, call.visitor.id)
    assert absence is not None  # it was named a moment ago
    mine = call.look(monkeys.all_working_of, call.visitor.id)
    offered = [ask for ask in mine if ask.baton is not None and ask.baton.receiver.id == deputy_id]
    kept = [ask for ask in mine if ask not in offered]
    elsewhere = _elsewhere(call, deputy_id)
    return cards.away(absence, absence.since <= call.desk.clock(), offered, kept, call.words, elsewhere)


def _elsewhere(call: Call, deputy_id: str | None) -> str:
    """The department of a deputy who works in another one than the visitor; empty where they are colleagues."""
    mine = call.look(departments.of_person, call.visitor.id)
    theirs = call.look(departments.of_person, deputy_id) if deputy_id else None
    if mine is None or theirs is None or deputy_id in departments.everybody_of(mine):
        return ""
    return theirs.name
