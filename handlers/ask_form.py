"""The form of an ask: `/ask` alone, the shortcut "New ask", or whenever a line could not be filed as it was.

Choosing department, service or time redraws it with the promise that holds then. Sent, it becomes the receipt.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import App

from handlers import filing
from handlers.answering import Call, Reception
from handlers.answers import Answers, Redraw, Wrong
from handlers.ask_line import service_in
from handlers.cards import expecting
from handlers.cards.ask_form import CALLBACK, TAKE, Filling
from handlers.cards.ask_inputs import name_of
from handlers.cards.receipt import filed
from handlers.desk import Desk
from handlers.fields import Values
from handlers.reading import Click, Submission
from handlers.slack_text import says_something
from store import departments, drafts, matching
from store.asks import Wish
from store.rules.matching import Match
from store.rules.rush import Cause
from store.snapshots import Department

_SLIP = timedelta(minutes=1)  # pickers know no seconds, promises do


def register(app: App, desk: Desk) -> None:
    reception = Reception(app, desk, files=True)
    for field in ("department", "service", "due"):
        reception.click(f"ask_form.{field}", changed)
    reception.submission(CALLBACK, file)


def changed(call: Call, click: Click) -> Answers:
    """Another department, service or time: another promise."""
    assert click.view is not None
    return Redraw(filing.drawn(call, _filling(call, click.view.private, click.values)))


def file(call: Call, sent: Submission) -> Answers:
    """File what stands in the form; a time that is sooner than promised needs the asker's word first."""
    filling = filing.promised(_filling(call, sent.private, sent.values), call.desk.clock())
    if filling.department is None:
        return Wrong({"department": call.words.say("Please choose whom you ask.")})
    if not says_something(filling.what + filling.kept):
        return Wrong({"what": call.words.say("Please write what you need.")})
    placed = _placed(call, filling)
    if placed.department is not filling.department and (placed.is_sooner or filing.needs_more(placed.service)):
        return Redraw(filing.drawn(call, placed))
    filling = placed
    assert filling.department is not None
    if missing := _missing(filling):
        seen = all(field in sent.fields for field in missing)
        told = call.words.say("The service needs this to start.")
        return Wrong(dict.fromkeys(missing, told)) if seen else Redraw(filing.drawn(call, filling))
    way, reason = sent.values.choice("rush"), sent.values.text("rush_reason")
    if filling.is_sooner and not _as_shown(filling, sent.private):
        if way is None:
            return Redraw(filing.drawn(call, filling))
        if way != TAKE and not (reason or "").strip():
            return Wrong({"rush_reason": call.words.say("Please say why it is a rush.")})
    else:
        way, reason = None, None
    done = filing.file(call, filling.key or sent.key, _wish(filling, filling.department, way, reason))
    return Redraw(filed(done.ask, call.words, expecting.away(done.honest, call.words), filing.because(filling)))


def _placed(call: Call, filling: Filling) -> Filling:
    """Whose it is, where the asker does not know and remembered words do; once shown that they may still not agree."""
    if filling.department is None or not filling.department.is_gray_zone or filling.match is not None:
        return filling
    match = call.look(matching.route, filling.what + filling.kept).only
    if match is None:
        return filling
    there = call.look(departments.by_id, match.department_id)
    if call.visitor.person.is_guest and not there.guests_may_ask:
        return filling
    service = service_in(filling.what, there.services)
    return filing.promised(replace(filling, department=there, service=service, match=match), call.desk.clock())


def _missing(filling: Filling) -> list[str]:
    """The fields of what the service needs and has not been told. New ones may be none that the asker has seen."""
    said = dict(filling.answers)
    inputs = filling.service.inputs if filling.service else ()
    return [
        f"input_{place}"
        for place, one in enumerate(inputs)
        if one.required and not says_something(said.get(one.name, ""))
    ]


def _filling(call: Call, private: dict[str, Any], values: Values) -> Filling:
    """What stands in the form now."""
    department_id = values.choice("department")
    department = call.look(departments.by_id, int(department_id)) if department_id else None
    service_id = values.choice("service") or ""
    filling = Filling(
        call.visitor.person.time_zone,
        department,
        department.service(int(service_id)) if department and service_id.isdecimal() else None,
        what=values.text("what") or "",
        done_means=values.text("done_means") or "",
        due=values.moment("due"),
        is_private="private" in values.choices("private"),
        person_id=_still_there(department, private.get("person")),
        source_link=private.get("source"),
        match=Match(*private["match"]) if "match" in private else None,
        first=private.get("first"),
        answers=tuple((name, said) for block, said in values.texts().items() if (name := name_of(block))),
    )
    return _with_the_rest(call, filling, private)


def _with_the_rest(call: Call, filling: Filling, private: dict[str, Any]) -> Filling:
    """With the end of a text that was too long for the field."""
    draft_id, cut = private.get("draft"), private.get("cut")
    if cut is None or draft_id is None:
        return replace(filling, draft_id=draft_id)
    kept = call.look(drafts.find, str(draft_id), call.visitor.id).text[int(cut) :]
    return replace(filling, draft_id=draft_id, cut=int(cut), kept=kept)


def _still_there(department: Department | None, person_id: str | None) -> str | None:
    """The person who was named, while the department chosen is theirs."""
    return person_id if department and person_id in (department.lead_id, *department.member_ids) else None


def _as_shown(filling: Filling, private: dict[str, Any]) -> bool:
    """Whether the asker picked the promise that the form showed; a minute later the promise is a minute later."""
    shown = private.get("promised")
    return filling.due is not None and shown is not None and filling.due.timestamp() >= int(shown) - _SLIP.seconds


def _wish(filling: Filling, department: Department, way: str | None, reason: str | None) -> Wish:
    return Wish(
        department.id,
        filling.what + filling.kept,
        filling.service.id if filling.service else None,
        filling.person_id,
        filling.done_means or None,
        _due(filling, way, reason),
        reason if way != TAKE else None,
        Cause(way) if way not in (None, TAKE) else None,
        filling.is_private,
        filling.source_link,
        filling.answers,
        filling.routed_by.id if filling.routed_by else None,
    )


def _due(filling: Filling, way: str | None, reason: str | None) -> datetime | None:
    """The time that was picked, or None to take the department's promise as it is at filing."""
    if filling.is_sooner and (way == TAKE or reason is None):
        return None
    return filling.due
