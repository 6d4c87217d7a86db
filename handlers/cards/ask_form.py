"""The form of an ask. It says live what the department promises, and what to do about a time that is sooner.

Block ids change with what a field depends on: Slack keeps what was typed in a block it knows, and forgets the rest.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.cards import ask_inputs, expecting, parts, promise, rush, times
from handlers.cards.parts import Block
from handlers.words import Words
from store.queries.expecting import Expected
from store.rules.matching import Match
from store.snapshots import Department, Service

CALLBACK = "ask_form"
FIELD = 3000  # characters that Slack's text field holds
SHOWN = 2900  # characters of a longer text that the field shows
NO_SERVICE = "none"
TAKE = "take"  # rather than a cause of a rush
_OPTIONS = 100  # in one menu, and in one group of it


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. `kept`: the end of a text that is longer than a field, from `draft_id` after `cut`.

    `earliest`: what the department promises now, None while none is chosen; `zone`: the asker's.
    `answers`: what was said to what the service needs, by its name; `expected`: what else can be expected now.
    `match`: the remembered words that chose the department. `first`: the draft of the first question that was asked
    back, whose id is the key of whatever comes of it.
    """

    zone: str
    department: Department | None = None
    service: Service | None = None
    what: str = ""
    kept: str = ""
    draft_id: str | None = None
    cut: int | None = None
    done_means: str = ""
    due: datetime | None = None
    earliest: datetime | None = None
    is_private: bool = False
    person_id: str | None = None
    source_link: str | None = None
    answers: tuple[tuple[str, str], ...] = ()
    expected: Expected | None = None
    match: Match | None = None
    first: str | None = None

    @property
    def routed_by(self) -> Match | None:
        """The remembered words, while the department is still theirs."""
        there = self.department.id if self.department else None
        return self.match if self.match is not None and self.match.department_id == there else None

    @property
    def key(self) -> str | None:
        """What files it once, however often and from wherever it is sent; None: nothing was asked back before."""
        draft_id = self.first or self.draft_id
        return f"draft:{draft_id}" if draft_id else None

    @property
    def is_sooner(self) -> bool:
        """Whether it is wanted before the department promises it."""
        if self.department is not None and self.department.is_gray_zone:
            return False  # whoever it is placed with has to say whether that can be
        return self.due is not None and self.earliest is not None and self.due < self.earliest


def ask_form(filling: Filling, departments: Sequence[Department], words: Words) -> Block:
    """The view for `filling`; `departments` are those to choose from, at least one."""
    blocks = [
        _department(filling, departments, words),
        _because(filling, words),
        *_services(filling, words),
        _person(filling, words),
        *_about_service(filling, words),
        _what(filling, words),
        _rest(filling, words),
        _due(filling, words),
        _promise(filling, words),
        *_sooner(filling, words),
        _done_means(filling, words),
        _private(filling, words),
        _source(filling, words),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _plain(words.say("New ask")),
        "submit": _plain(words.say("File ask")),
        "close": _plain(words.say("Cancel")),
        "private_metadata": _kept(filling),
        "blocks": [block for block in blocks if block],
    }


def shown_and_kept(text: str) -> tuple[str, str]:
    """A text as the field shows it, and the end that is kept for it, cut between words where there are any."""
    if len(text) <= SHOWN:
        return text, ""
    cut = max(text.rfind(" ", SHOWN - 200, SHOWN), text.rfind("\n", SHOWN - 200, SHOWN))
    cut = cut if cut > 0 else SHOWN
    return text[:cut], text[cut:]


def _kept(filling: Filling) -> str:
    kept = {
        "draft": filling.draft_id,
        "first": filling.first,
        "match": [filling.match.id, filling.match.department_id, filling.match.phrase] if filling.match else None,
        "cut": filling.cut,
        "person": filling.person_id,
        "source": filling.source_link,
        "promised": int(filling.earliest.timestamp()) if filling.earliest else None,
    }
    return json.dumps({name: value for name, value in kept.items() if value is not None})


def _department(filling: Filling, departments: Sequence[Department], words: Words) -> Block:
    element: Block = {
        "type": "static_select",
        "action_id": "ask_form.department",
        "placeholder": _plain(words.say("Whom do you ask?")),
    }
    by_name = sorted(departments, key=lambda one: not one.is_gray_zone)  # who does not know looks no further
    options = [_to_choose(one, words) for one in by_name]
    if len(options) <= _OPTIONS:
        element["options"] = options
    else:
        element["option_groups"] = [
            {"label": _plain(f"{group[0]['text']['text'][:34]} – {group[-1]['text']['text'][:34]}"), "options": group}
            for group in (options[start : start + _OPTIONS] for start in range(0, len(options), _OPTIONS))
        ]
    if filling.department is not None:
        element["initial_option"] = _to_choose(filling.department, words)
    chosen_by = f"department:{filling.routed_by.id}" if filling.routed_by else "department"
    return _input(chosen_by, words.say("Department"), element, dispatches=True)


def _because(filling: Filling, words: Words) -> Block | None:
    match = filling.routed_by
    if match is None or filling.department is None:
        return None
    name, phrase = parts.one_line(filling.department.name, 80), parts.one_line(match.phrase, 80)
    return {
        **parts.section(
            words.say("It goes to *{department}*, because “{words}” goes there.", department=name, words=phrase)
        ),
        "block_id": "because",
    }


def _to_choose(department: Department, words: Words) -> Block:
    name = words.say("I don't know whose this is") if department.is_gray_zone else department.name
    return parts.option(name, str(department.id))


def _services(filling: Filling, words: Words) -> list[Block]:
    department = filling.department
    if department is None or not department.services:
        return []
    options = [parts.option(words.say("Something else"), NO_SERVICE)]
    options += [_service(one, words) for one in department.services[: _OPTIONS - 1]]
    chosen = str(filling.service.id) if filling.service else NO_SERVICE
    element = {
        "type": "static_select",
        "action_id": "ask_form.service",
        "options": options,
        "initial_option": next((option for option in options if option["value"] == chosen), options[0]),
    }
    return [_input(f"service:{department.id}", words.say("Service"), element, dispatches=True)]


def _about_service(filling: Filling, words: Words) -> list[Block]:
    """The words of the service's promise, and a field for each thing that it needs to start."""
    service = filling.service
    if service is None:
        return []
    said = [{**parts.section(parts.quoted(service.promise)), "block_id": "about"}] if service.promise else []
    return [*said, *ask_inputs.fields(service, dict(filling.answers), words)]


def _service(service: Service, words: Words) -> Block:
    span = promise.span(service.lead_time, words)
    name = parts.plain(service.name, 70 - len(span))
    return parts.option(words.say("{service}: {span}", service=name, span=span), str(service.id))


def _person(filling: Filling, words: Words) -> Block | None:
    if filling.person_id is None:
        return None
    return parts.context(words.say("{person} will own it, as you named them.", person=parts.person(filling.person_id)))


def _what(filling: Filling, words: Words) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": "what",
        "multiline": True,
        "max_length": FIELD,
        "placeholder": _plain(words.say("Replace the gasket of analyser 3")),
    }
    if filling.what:
        element["initial_value"] = filling.what
    return _input("what", words.say("What do you need?"), element)


def _rest(filling: Filling, words: Words) -> Block | None:
    if not filling.kept:
        return None
    return parts.context(
        words.count(
            "The text is longer than this field: {n} more character is kept and goes with the ask.",
            "The text is longer than this field: {n} more characters are kept and go with the ask.",
            len(filling.kept),
        )
    )


def _due(filling: Filling, words: Words) -> Block:
    element: Block = {"type": "datetimepicker", "action_id": "ask_form.due"}
    if filling.due is not None:
        element["initial_date_time"] = int(filling.due.timestamp())
    return _input("due", words.say("Needed by"), element, dispatches=True, optional=True)


def _promise(filling: Filling, words: Words) -> Block | None:
    if filling.department is None or filling.earliest is None:
        return None
    if filling.expected is not None:
        told = expecting.told(filling.department, filling.service, filling.expected, words)
    else:
        told = promise.promise(filling.department, filling.service, filling.earliest, words)
    if filling.due is None:
        told += "\n" + words.say("Leave the time empty to take this promise.")
    return {**parts.section(told), "block_id": "promise"}


def _sooner(filling: Filling, words: Words) -> list[Block]:
    if not filling.is_sooner or filling.earliest is None:
        return []
    take = parts.option(
        words.say("Take the promise of {time}", time=times.spoken(_honest(filling), filling.zone, words)), TAKE
    )
    causes = [parts.option(label, cause) for label, cause in rush.choices(words)]
    ways = {"type": "radio_buttons", "action_id": "rush", "options": [take, *causes]}
    reason = {"type": "plain_text_input", "action_id": "rush_reason", "max_length": FIELD}
    return [
        _input(f"rush:{take['text']['text']}", words.say("That is sooner than promised"), ways),
        _input(
            "rush_reason",
            words.say("Why is it a rush?"),
            reason,
            optional=True,
            hint=words.say("A rush needs a few words. The lead of the department is told."),
        ),
    ]


def _honest(filling: Filling) -> datetime:
    """The time that is promised when none is given."""
    assert filling.earliest is not None
    return filling.expected.honest.at if filling.expected else filling.earliest


def _done_means(filling: Filling, words: Words) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": "done_means", "max_length": FIELD}
    if filling.done_means:
        element["initial_value"] = filling.done_means
    means = filling.service.done_means if filling.service else None
    hint = words.say("Left empty, it means: {text}", text=parts.plain(means, 600)) if means else ""
    return _input("done_means", words.say("What does done look like?"), element, optional=True, hint=hint)


def _private(filling: Filling, words: Words) -> Block:
    private = parts.option(words.say("Only the asker, the owner and their leads can read it"), "private")
    element: Block = {"type": "checkboxes", "action_id": "private", "options": [private]}
    if filling.is_private:
        element["initial_options"] = [private]
    return _input("private", words.say("Private"), element, optional=True)


def _source(filling: Filling, words: Words) -> Block | None:
    if filling.source_link is None:
        return None
    return parts.context(words.say("A link to the message it came from goes with the ask."))


def _input(
    block_id: str, label: str, element: Block, *, dispatches: bool = False, optional: bool = False, hint: str = ""
) -> Block:
    block: Block = {"type": "input", "block_id": block_id[:255], "label": _plain(label), "element": element}
    if dispatches:
        block["dispatch_action"] = True
    if optional:
        block["optional"] = True
    if hint:
        block["hint"] = _plain(hint)
    return block


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": parts.plain(text, 700)}
