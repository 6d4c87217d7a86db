"""The owner clicks "Blocked by …" on a card, a list or a nudge: a form asks what the ask waits for, and by when.

"Add another" makes room for what can start at the same time; all are filed together, or none. An ask that is there
already is named by its number. What an ask no longer waits for is chosen in the window with the whole ask.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from slack_bolt import App

from handlers import details, redrawing
from handlers.allowed import allowed
from handlers.answering import Call, Reception
from handlers.answers import Answers, Modal, Open, Redraw, ShowHome, Wrong
from handlers.cards.ask_form import NO_SERVICE, TAKE
from handlers.cards.blocking_form import Entry, blocked, blocking_form
from handlers.desk import Desk
from handlers.fields import Values
from handlers.pressed import pressed, to_keep
from handlers.reading import Click, Submission, View
from handlers.slack_text import says_something
from store import chains, departments
from store.asks import Wish
from store.queries import chains as along
from store.queries.expecting import expected
from store.rules.due_words import read_due
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import Move
from store.rules.rush import Cause
from store.snapshots import Ask, Service

_SLIP = timedelta(minutes=1)  # pickers know no seconds, promises do
_BEFORE = LeadTime(1, "days")  # of the owner's working time, between what the ask waits for and its own promise
_NUMBER = re.compile(r"(?<![\w.])#?(\d{1,9})(?![\w.])")


def register(app: App, desk: Desk) -> None:
    """Hear the button, what changes in the form, the form, and the menu in the window."""
    reception = Reception(app, desk)
    reception.click("blocking.open", open_form)
    reception.click(re.compile(r"^blocking\.(department|service|due)_\d$"), changed)
    reception.click("blocking.another", another)
    reception.submission("blocking.form", block)
    reception.click("blocking.unlink", unlink)


def open_form(call: Call, click: Click) -> Answers:
    """The form, with a time in it that leaves the owner a working day."""
    ask = allowed(call, pressed(click).number, Move.BLOCK)
    return Open(_drawn(call, ask, [_new(call, ask)], to_keep(click)))


def changed(call: Call, click: Click) -> Answers:
    """Another department, service or time: another promise."""
    assert click.view is not None
    ask = allowed(call, int(click.view.private["number"]), Move.BLOCK)
    return Redraw(_drawn(call, ask, _entries(call, ask, click.view), click.view.private))


def another(call: Call, click: Click) -> Answers:
    """Room for one more."""
    assert click.view is not None
    ask = allowed(call, int(click.view.private["number"]), Move.BLOCK)
    entries = [*_entries(call, ask, click.view), _new(call, ask)]
    return Redraw(_drawn(call, ask, entries, click.view.private))


def block(call: Call, sent: Submission) -> Answers:
    """The form was sent: all of it is filed and linked, and the window shows the chain."""
    ask = allowed(call, int(sent.private["number"]), Move.BLOCK)
    typed = sent.values.text("existing") or ""
    existing = [int(number) for number in _NUMBER.findall(typed)]
    if typed.strip() and not existing:
        return Wrong({"existing": call.words.say("Please give the number of the ask, such as #12.")})
    entries = [_with_words(call, entry) for entry in _entries(call, ask, sent)]
    if wrong := _wrong(call, sent, entries, nothing_else=not existing):
        return wrong
    if any(entry.is_sooner and entry.way is None for entry in entries):
        return Redraw(_drawn(call, ask, entries, sent.private))
    wishes = [_wish(entry) for entry in entries if not entry.is_empty]
    call.act(sent.key, chains.block, ask.number, wishes, existing)
    now = call.look(along.of, allowed(call, ask.number, Move.BLOCK))
    drawn = redrawing.after_form(call, sent)
    told = Redraw(blocked(now, call.words, call.desk.clock()))
    return (told, drawn) if isinstance(drawn, ShowHome) else told


def unlink(call: Call, click: Click) -> Answers:
    """The owner chose what the ask no longer waits for."""
    number, _, child = click.value.partition(":")
    call.act(click.key, chains.unlink, int(number), int(child))
    return Redraw(details.view(call, int(number)))


def _drawn(call: Call, ask: Ask, entries: list[Entry], kept: dict[str, object]) -> Modal:
    return blocking_form(ask, entries, call.look(departments.all_of), kept, call.words, call.desk.clock())


def _new(call: Call, ask: Ask) -> Entry:
    due = _to_the_minute(_suggested(call, ask, None))
    return Entry(call.visitor.person.time_zone, due=due, suggested=due)


def _suggested(call: Call, ask: Ask, earliest: datetime | None) -> datetime | None:
    """A working day before the ask is due; at the latest when it is due, if nothing sooner is promised."""
    now = call.desk.clock()
    before = call.look(departments.by_id, ask.department_id).calendar.work_before(ask.due, _BEFORE)
    if before > now and (earliest is None or before >= earliest or ask.due < earliest):
        return before
    return earliest if earliest is not None and earliest <= ask.due else ask.due if ask.due > now else earliest


def _entries(call: Call, ask: Ask, view: View | Submission) -> list[Entry]:
    """What stands in the form now."""
    return [_entry(call, ask, view, place, stamp) for place, stamp in enumerate(view.private["suggested"])]


def _entry(call: Call, ask: Ask, view: View | Submission, place: int, stamp: int) -> Entry:
    values = view.values
    department_id = values.choice(f"department_{place}")
    department = call.look(departments.by_id, int(department_id)) if department_id else None
    service_id = values.choice(f"service_{place}") or NO_SERVICE
    service = department.service(int(service_id)) if department and service_id.isdecimal() else None
    earliest = departments.earliest(department, service, call.desk.clock()) if department else None
    due, suggested = values.moment(f"due_{place}"), datetime.fromtimestamp(stamp, UTC) if stamp else None
    if due is None or due == suggested:
        due = suggested = _to_the_minute(_suggested(call, ask, earliest))
    return Entry(
        call.visitor.person.time_zone,
        department,
        service,
        values.text(f"what_{place}") or "",
        due,
        suggested,
        earliest,
        values.choice(f"way_{place}"),
        (values.text(f"reason_{place}") or "").strip(),
        _answers(values, place, service),
        call.look(expected, department, service, None) if department else None,
    )


def _answers(values: Values, place: int, service: Service | None) -> tuple[tuple[str, str], ...]:
    """What was said to what the service needs."""
    needed = [one for one in service.inputs if one.required] if service else []
    said = ((one.name, values.text(f"input_{place}_{number}") or "") for number, one in enumerate(needed))
    return tuple((name, text.strip()) for name, text in said if text.strip())


def _to_the_minute(instant: datetime | None) -> datetime | None:
    """As a picker shows it."""
    return instant.replace(second=0, microsecond=0) if instant else None


def _with_words(call: Call, entry: Entry) -> Entry:
    """With the due time that stands in the text, where the picker was left alone."""
    if entry.department is None or entry.due != entry.suggested:
        return entry
    read = read_due(entry.what, now=call.desk.clock(), calendar=entry.department.calendar, zone=entry.zone)
    if read.kind == "unclear":
        return replace(entry, due=None)
    return replace(entry, due=read.due, what=read.rest) if read.kind == "found" else entry


def _wrong(call: Call, sent: Submission, entries: list[Entry], *, nothing_else: bool) -> Wrong | None:
    """What is missing in the form, or None."""
    words, fields = call.words, {}
    for place, entry in enumerate(entries):
        if entry.is_empty:
            continue
        if entry.department is None:
            fields[f"department_{place}"] = words.say("Please choose whom you ask.")
        elif not says_something(entry.what):
            fields[f"what_{place}"] = words.say("Please write what you need.")
        elif missing := _missing(entry):
            told = words.say("The service needs this to start.")
            shown = [f"input_{place}_{number}" for number in missing if f"input_{place}_{number}" in sent.fields]
            alone = words.say("There is no room here for all that this service needs. Please file it on its own.")
            fields |= dict.fromkeys(shown, told) or {f"what_{place}": alone}
        elif entry.due is None and entry.suggested is not None:
            fields[f"what_{place}"] = words.say("I am not sure which time you mean. Please pick it below.")
        elif entry.is_sooner and entry.way not in (None, TAKE) and not entry.reason:
            fields[f"reason_{place}"] = words.say("Please say why it is a rush.")
    if not fields and nothing_else and all(entry.is_empty for entry in entries):
        fields["what_0"] = words.say("Please write what it waits for, or give the number of an ask.")
    return Wrong(fields) if fields else None


def _missing(entry: Entry) -> list[int]:
    """Which of the things that the service needs have not been said."""
    said = dict(entry.answers)
    return [number for number, one in enumerate(entry.needed) if not says_something(said.get(one.name, ""))]


def _wish(entry: Entry) -> Wish:
    """The wish of a whole entry. The department's promise is taken as it is at filing."""
    assert entry.department is not None
    due = None if entry.is_sooner and entry.way == TAKE else entry.due
    if due is not None and entry.earliest is not None and abs(due - entry.earliest) <= _SLIP:
        due = None
    cause = Cause(entry.way) if entry.is_sooner and entry.way and entry.way != TAKE else None
    return Wish(
        entry.department.id,
        entry.what,
        entry.service.id if entry.service else None,
        due=due,
        rush_reason=entry.reason if cause else None,
        rush_cause=cause,
        inputs=entry.answers,
    )
