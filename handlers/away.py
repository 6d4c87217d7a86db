"""Somebody types `/away until monday deputy @sam`: new asks go to the deputy, and what they own is offered there.

`/away` alone opens the form. `/back`, or "I am back" on Home, ends it: what the deputy took is offered back. Both
commands answer `help` with examples.
"""

from datetime import datetime

from slack_bolt import App

from handlers import arriving, home
from handlers.answering import Call, Reception
from handlers.answers import Answers, Open, Say, ShowHome
from handlers.away_words import wanted
from handlers.cards import away as cards
from handlers.cards.parts import Card
from handlers.desk import Desk
from handlers.reading import Click, Command, Submission
from handlers.slack_text import unescaped
from store import absences, handoffs, nudging, people, presence
from store.absences import NOTE_BACK
from store.queries import monkeys

HELP = frozenset({"help", "?", "帮助", "使用帮助"})


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
    unread = read.unread or (f"@{read.handle}" if read.handle and named is None else "")
    if not typed.text or unread:
        absence = call.look(presence.absence_of, call.visitor.id)
        standing = None if absence else call.look(presence.standing_deputy, call.visitor.id)
        return Open(cards.away_form(absence, deputy_id or standing, unread, call.words))
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
    call.act(typed.key, absences.come_back)
    offered = [
        ask for ask in call.look(handoffs.offered_to, call.visitor.id) if ask.baton and ask.baton.note == NOTE_BACK
    ]
    return Say(cards.back(offered, call.words))


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
    return cards.away(absence, absence.since <= call.desk.clock(), offered, kept, call.words)
