"""The asker answers what was asked back: which department, which service, which time, none, why a rush, or the form.

The text was kept.

However many of these buttons are clicked, a draft is filed once: its id is the key.
"""

import re
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App

from handlers import filing, rush_words, slack_text
from handlers.answering import Call, Reception
from handlers.answers import Answers, Replace, Say
from handlers.ask_line import service_in
from handlers.cards.ask_form import Filling
from handlers.desk import Desk
from handlers.reading import Click
from store import departments, drafts
from store.asks import Wish
from store.drafts import Draft
from store.rules.matching import Match
from store.rules.rush import Cause
from store.snapshots import Department, Service


def register(app: App, desk: Desk) -> None:
    reception = Reception(app, desk, files=True)
    reception.click(re.compile(r"asking_back\.department\.\d+"), department)
    reception.click(re.compile(r"asking_back\.service\.\d+"), service)
    reception.click(re.compile(r"asking_back\.due\.\d+"), due)
    reception.click(re.compile(r"asking_back\.rush\.\d+"), rush)
    reception.click("asking_back.promise", promise)
    reception.click("asking_back.form", form)


def department(call: Call, click: Click) -> Answers:
    """They meant this department: go on as if they had typed it."""
    draft = _draft(call, click)
    chosen = call.look(departments.by_id, int(click.particulars["department"]))
    placed = filing.place(call, _key(draft), chosen, draft.text, draft_id=draft.id, first=_first(draft))
    return _in_place(placed)


def service(call: Call, click: Click) -> Answers:
    """They meant this service, or none of those that fit: go on with the text as it was typed."""
    draft = _draft(call, click)
    asked: Department = call.look(departments.by_id, int(draft.particulars["department"]))
    chosen, person_id = int(click.particulars["service"]), draft.particulars.get("person")
    match = _match(draft, asked)
    return _in_place(
        filing.place(call, _key(draft), asked, draft.text, person_id, draft.id, chosen, match, _first(draft))
    )


def due(call: Call, click: Click) -> Answers:
    """They meant this time. If it is sooner than promised, the form asks what to do about that."""
    draft = _draft(call, click)
    filling = _filling(call, draft, datetime.fromtimestamp(int(click.particulars["due"]), UTC))
    what = str(draft.particulars["rest"])
    if filling.is_sooner and not filing.needs_more(filling.service):
        return _in_place(filing.sooner(call, _key(draft), filling, what))
    if filing.needs_more(filling.service) or not slack_text.says_something(what):
        return filing.open_form(call, filling, what)
    return _filed(call, draft, filling, what)


def rush(call: Call, click: Click) -> Answers:
    """It is a rush of this kind: filed, with the reason that was typed."""
    draft = _draft(call, click)
    line, reason = rush_words.split(str(draft.particulars["rest"]))
    filling = _filling(call, draft, datetime.fromtimestamp(int(click.particulars["due"]), UTC))
    cause = Cause(click.particulars["cause"])
    filed = filing.file(call, _key(draft), filing.rushed(filling, line, reason, cause))
    return _in_place(filing.told(call, filed, filing.because(filling)))


def promise(call: Call, click: Click) -> Answers:
    """No due time of their own: the department's promise holds, and every word stays in the text."""
    draft = _draft(call, click)
    filling = _filling(call, draft, None)
    if filing.needs_more(filling.service):
        return filing.open_form(call, filling, draft.text)
    return _filed(call, draft, filling, draft.text)


def form(call: Call, click: Click) -> Answers:
    """Rather the form, with the whole text in it."""
    draft = _draft(call, click)
    text = draft.text if "rest" in draft.particulars else filing.in_words(call, slack_text.unescaped(draft.text))
    return filing.open_form(call, _filling(call, draft, None), text)


def _draft(call: Call, click: Click) -> Draft:
    return call.look(drafts.find, str(click.particulars["draft"]), call.visitor.id)


def _key(draft: Draft) -> str:
    """One key for all that was asked back about one line: whichever of its questions is answered twice, it is filed
    once."""
    return f"draft:{_first(draft)}"


def _first(draft: Draft) -> str:
    return str(draft.particulars.get("first", draft.id))


def _match(draft: Draft, asked: Department) -> Match | None:
    """The remembered words that chose the department."""
    held = draft.particulars
    return Match(int(held["match"]), asked.id, str(held["phrase"])) if "match" in held else None


def _filling(call: Call, draft: Draft, due: datetime | None) -> Filling:
    """What the draft says so far, as the form has it."""
    zone, held = call.visitor.person.time_zone, draft.particulars
    if "department" not in held:
        return Filling(zone, draft_id=draft.id, due=due, first=_first(draft))
    asked: Department = call.look(departments.by_id, int(held["department"]))
    filling = Filling(
        zone,
        asked,
        _service(held, asked),
        draft_id=draft.id,
        due=due,
        person_id=held.get("person"),
        match=_match(draft, asked),
        first=_first(draft),
    )
    return filing.promised(filling, call.desk.clock())


def _service(held: dict[str, Any], asked: Department) -> Service | None:
    """The service they chose, or the one that their words fit."""
    if held.get("service") is not None:
        return asked.service(int(held["service"]))
    return service_in(str(held["rest"]), asked.services) if "rest" in held else None


def _filed(call: Call, draft: Draft, filling: Filling, what: str) -> Answers:
    assert filling.department is not None
    service_id = filling.service.id if filling.service else None
    match_id = filling.routed_by.id if filling.routed_by else None
    wish = Wish(filling.department.id, what, service_id, filling.person_id, due=filling.due, match_id=match_id)
    return _in_place(filing.told(call, filing.file(call, _key(draft), wish), filing.because(filling)))


def _in_place(answers: Answers) -> Answers:
    """What would be said anew stands in place of the question."""
    return Replace(answers.card) if isinstance(answers, Say) else answers
