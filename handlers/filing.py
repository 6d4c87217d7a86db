"""From somebody's words to a filed ask: at once where they are clear, else to a question back or to the form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import rush_words, slack_text
from handlers.answering import Call
from handlers.answers import Answer, Answers, Open, Say
from handlers.ask_line import service_in, services_in
from handlers.cards import asked_back, expecting
from handlers.cards.ask_form import Filling, ask_form, shown_and_kept
from handlers.cards.receipt import receipt
from store import asks, departments, drafts, people
from store.asks import Wish
from store.database import Act, Together
from store.drafts import Draft
from store.honest_date import HonestDate, with_absences
from store.queries.expecting import Expected, expected
from store.rules.due_words import Reading, read_due
from store.rules.matching import Match
from store.rules.rush import Cause
from store.snapshots import Ask, Department, Service


def place(
    call: Call,
    key: str,
    department: Department,
    text: str,
    person_id: str | None = None,
    draft_id: str | None = None,
    chosen: int | None = None,
    match: Match | None = None,
    first: str | None = None,
) -> Answers:
    """File `text` (as Slack sent it) with a department; ask back where its due time is unclear or too soon.

    `key` names what files it, so that it is filed once. `draft_id`: where the text is kept already.
    `chosen`: the id of the service they mean, 0 for none; None where they were not asked. `match`: the remembered
    words that chose the department. `first`: the draft of the first question that was asked back, if any was.
    """
    now, zone = call.desk.clock(), call.visitor.person.time_zone
    read = _read(slack_text.unescaped(text), now, department, zone)
    fit = services_in(read.rest, department.services) if chosen is None else ()
    if len(fit) > 1:
        return _ask_which_service(call, department, fit, text, person_id, match, first)
    service = fit[0] if fit else department.service(chosen)
    earliest = departments.earliest(department, service, now)
    what = in_words(call, read.rest)
    if read.kind == "unclear":
        whole = in_words(call, slack_text.unescaped(text))
        about = {"department": department.id, "person": person_id, "service": chosen}
        kept = keep(call, whole, rest=what, **about, **_held(match, first))
        promised_now = expecting.told(department, service, look_ahead(call, department, service, person_id), call.words)
        return Say(asked_back.when(kept.id, read, department, promised_now, whole, call.words, zone, now))
    filling = Filling(
        zone,
        department,
        service,
        due=read.due,
        earliest=earliest,
        person_id=person_id,
        draft_id=draft_id,
        match=match,
        first=first,
    )
    if needs_more(service) or not slack_text.says_something(what):
        return open_form(call, filling, what)
    if filling.is_sooner:
        return sooner(call, key, filling, what)
    service_id = service.id if service else None
    wish = Wish(department.id, what, service_id, person_id, due=read.due, match_id=match.id if match else None)
    return told(call, file(call, key, wish), because(filling), read.phrase if read.asap else "")


def open_private(call: Call, department: Department | None, text: str, person_id: str | None) -> Answers:
    """They call it private: the form with that ticked, and with what else `text` (as Slack sent it) says."""
    now, zone = call.desk.clock(), call.visitor.person.time_zone
    spoken = slack_text.unescaped(text)
    if department is None:
        return open_form(call, Filling(zone, is_private=True), in_words(call, spoken))
    read = _read(spoken, now, department, zone)
    what = in_words(call, spoken if read.kind == "unclear" else read.rest)
    service = service_in(what, department.services)
    filling = Filling(zone, department, service, due=read.due, person_id=person_id, is_private=True)
    return open_form(call, promised(filling, now), what)


def needs_more(service: Service | None) -> bool:
    """Whether a service has to know something that stands in no line: the form asks for it."""
    return service is not None and any(one.required for one in service.inputs)


def look_ahead(call: Call, department: Department, service: Service | None, person_id: str | None) -> Expected:
    """What can be expected before filing: by when honestly, who is away, and how usually."""
    return call.look(expected, department, service, person_id)


def _ask_which_service(
    call: Call,
    department: Department,
    fit: tuple[Service, ...],
    text: str,
    person_id: str | None,
    match: Match | None,
    first: str | None,
) -> Answers:
    """Several services fit: they are offered as buttons, the text is kept as Slack sent it."""
    kept = keep(call, text, department=department.id, person=person_id, **_held(match, first))
    whole = in_words(call, slack_text.unescaped(text))
    return Say(asked_back.which_service(kept.id, department, fit, whole, call.words))


def _read(spoken: str, now: datetime, department: Department, zone: str) -> Reading:
    """The due time of a line. Why it is a rush tells of other times too, so it is read only if nothing else does."""
    line, reason = rush_words.split(spoken)
    read = read_due(line, now=now, calendar=department.calendar, zone=zone)
    if not reason:
        return read
    if read.kind == "none":
        return read_due(spoken, now=now, calendar=department.calendar, zone=zone)
    return replace(read, rest=read.rest + spoken[len(line) :])


def sooner(call: Call, key: str, filling: Filling, what: str) -> Answers:
    """It is wanted sooner than promised: filed as a rush if `what` says why, else the form asks.

    Where the line does not tell which kind of rush it is, that alone is asked back.
    """
    line, reason = rush_words.split(what)
    if filling.department is None or not reason or not slack_text.says_something(line):
        return open_form(call, filling, what)
    cause = rush_words.cause_in(reason)
    if cause is not None:
        return told(call, file(call, key, rushed(filling, line, reason, cause)), because(filling))
    return _ask_which_rush(call, filling, filling.department, what, reason)


def rushed(filling: Filling, line: str, reason: str, cause: Cause) -> Wish:
    """The wish for a rush."""
    assert filling.department is not None
    service_id = filling.service.id if filling.service else None
    return Wish(
        filling.department.id,
        line,
        service_id,
        filling.person_id,
        due=filling.due,
        rush_reason=reason,
        rush_cause=cause,
        match_id=filling.routed_by.id if filling.routed_by else None,
    )


def because(filling: Filling) -> str:
    """The remembered words that sent it to its department; empty where the asker named one."""
    return filling.routed_by.phrase if filling.routed_by else ""


def _held(match: Match | None, first: str | None) -> dict[str, object]:
    """What a draft keeps of how it came about."""
    remembered = {"match": match.id, "phrase": match.phrase} if match else {}
    return {**remembered, "first": first} if first else remembered


def _ask_which_rush(call: Call, filling: Filling, department: Department, what: str, reason: str) -> Answers:
    assert filling.due is not None
    assert filling.earliest is not None
    service = filling.service.id if filling.service else 0
    about = {"department": department.id, "person": filling.person_id, "service": service}
    kept = keep(call, what, rest=what, **about, **_held(filling.routed_by, filling.first or filling.draft_id))
    return Say(
        asked_back.why_a_rush(
            kept.id,
            filling.due,
            reason,
            expecting.told(
                department,
                filling.service,
                look_ahead(call, department, filling.service, filling.person_id),
                call.words,
            ),
            filling.earliest,
            what,
            call.words,
            filling.zone,
        )
    )


@dataclass(frozen=True, slots=True)
class Filed:
    """An ask just filed, and who is away on its way; None where nobody is."""

    ask: Ask
    honest: HonestDate | None


def file(call: Call, key: str, wish: Wish) -> Filed:
    """File the wish, once for `key`. Raises the refusals of `asks.file`."""
    return call.act(key, _file, wish)


def _file_all(acts: Sequence[Act], wishes: Sequence[Wish]) -> list[Filed]:
    """In one act: it has looked for those who may own the ask, so their absences cost no look-up of their own."""
    return [Filed(ask, _ahead(act, ask)) for act, ask in zip(acts, asks.file.all_of(acts, wishes), strict=True)]


_file = Together(_file_all)


def _ahead(act: Act, ask: Ask) -> HonestDate | None:
    department = departments.by_id(act, ask.department_id)
    return with_absences(act, department, department.service(ask.service_id), ask.owner.id)


def told(call: Call, filed: Filed, because: str = "", soon: str = "") -> Answer:
    """The receipt of an ask just filed, for the asker alone.

    `because`: the remembered words that sent it there. `soon`: the words that wanted it as soon as possible.
    """
    return Say(receipt(filed.ask, call.words, expecting.away(filed.honest, call.words), because, soon))


def ask_whom(call: Call, name: str, text: str, desk: Department | None = None) -> Answers:
    """No department is called so: the nearest are offered as buttons, the text is kept."""
    some = [one for one in call.look(departments.all_of) if not one.is_gray_zone][:3]
    return ask_which(call, name, text, nearest(call, name) or some, desk)


def ask_which(
    call: Call, name: str, text: str, near: Sequence[Department], desk: Department | None, phrase: str = ""
) -> Answers:
    """One of these departments, or the gray-zone `desk`? `phrase`: remembered words that several of them share."""
    kept = keep(call, text)
    whole = in_words(call, slack_text.unescaped(text))
    return Say(asked_back.whom(kept.id, name, near, whole, call.words, desk, phrase))


def nearest(call: Call, name: str) -> list[Department]:
    """The departments that a name may be a slip for. Chinese runs on into the text: its beginnings are tried too."""
    beginnings = [name, *(name[:length] for length in (6, 5, 4, 3, 2) if length < len(name))] if name else []
    found: dict[int, Department] = {}
    for beginning in beginnings if not name.isascii() else beginnings[:1]:
        found.update({one.id: one for one in call.look(departments.nearest, beginning) if one.id not in found})
    return list(found.values())[:3]


def keep(call: Call, text: str, **particulars: object) -> Draft:
    """Keep a text until its asker has answered."""
    return call.act(None, _keep, text, particulars)


def _keep(act: Act, text: str, particulars: dict[str, object]) -> Draft:
    return drafts.keep(act, text, **particulars)


def open_form(call: Call, filling: Filling, text: str) -> Answer:
    """The form with `text` (plain) in it. What is too long for its field is kept beside it."""
    shown, kept = shown_and_kept(text)
    if kept:
        first = filling.first or filling.draft_id
        filling = replace(filling, draft_id=keep(call, text).id, first=first, cut=len(shown), kept=kept)
    return Open(drawn(call, replace(filling, what=shown)))


def drawn(call: Call, filling: Filling) -> dict[str, object]:
    """The form for `filling`, with what the department promises now."""
    filling = promised(filling, call.desk.clock())
    if filling.department is not None:
        ahead = look_ahead(call, filling.department, filling.service, filling.person_id)
        filling = replace(filling, expected=ahead)
    return ask_form(filling, _askable(call, filling), call.words)


def _askable(call: Call, filling: Filling) -> list[Department]:
    """The departments to choose from; guests choose among those that let them ask."""
    known = call.look(departments.all_of)
    if not call.visitor.person.is_guest:
        return known
    return [one for one in known if one.guests_may_ask or one == filling.department] or known


def promised(filling: Filling, now: datetime) -> Filling:
    """`filling` with what its department promises for its service at `now`."""
    if filling.department is None:
        return replace(filling, earliest=None)
    return replace(filling, earliest=departments.earliest(filling.department, filling.service, now))


def in_words(call: Call, text: str) -> str:
    """Text of Slack's (entities undone, tokens in it) as people read it: @handle, #channel, links written out."""
    known = call.look(people.several, slack_text.mentioned(text)) if "<@" in text else {}

    def handle_of(person_id: str) -> str | None:
        person = known.get(person_id)
        return (person.handle or person.name) if person else None

    return slack_text.readable(text, handle_of).strip()
