"""The form of one service: what it is called, how long it takes, who owns it, what it needs to start.

Each input is a row of three fields; one without a name is left out, and "Another input" adds a row. A field that
somebody else changed meanwhile is a new block, so that Slack shows what stands there now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.cards import parts
from handlers.cards.form_parts import boxes_field, form, person_field, text_field
from handlers.cards.parts import Block
from handlers.words import Words
from store.rules.offering import LONGEST_TEXT, MOST_INPUTS, BadService, Input
from store.snapshots import Department, Person, Service

CALLBACK = "services.form"
RESTATE, REQUIRED = "restate", "required"


@dataclass(frozen=True, slots=True)
class Writing:
    """What stands in the form, as it is typed. `names`: the synonyms, one a line. `inputs`: one for each row."""

    name: str = ""
    names: str = ""
    lead_time: str = ""
    owner_id: str | None = None
    restate: bool = False
    inputs: tuple[Input, ...] = ()
    done_means: str = ""
    promise: str = ""


def written(service: Service) -> Writing:
    """A service as the form shows it."""
    return Writing(
        service.name,
        "\n".join(service.names[1:]),
        str(service.lead_time),
        service.owner_id,
        service.restate,
        service.inputs,
        service.done_means or "",
        service.promise or "",
    )


def service_form(
    department: Department, writing: Writing, kept: Mapping[str, Any], words: Words, told: str = "", *, rows: int = 0
) -> Block:
    """The window. `kept`: also the marks of the service as it was shown. `rows`: of inputs, at least."""
    marks = kept.get("marks") or {}
    mark = str(marks.get("inputs", ""))
    count = min(MOST_INPUTS, max(rows, len(writing.inputs) + 1))
    blocks: list[Block | None] = [
        parts.context(words.say("A service of {department}", department=parts.one_line(department.name, 80))),
        parts.section(told) if told else None,
        _marked(text_field("name", words.say("Name"), initial=writing.name, multiline=False), marks),
        _marked(_names(writing, words), marks),
        _marked(_lead_time(writing, words), marks),
        _marked(_owner(writing, words), marks, "owner_id"),
        _marked(_restate(writing, words), marks),
        _marked(_promise(writing, words), marks),
        _marked(_done_means(writing, words), marks),
        parts.divider(),
        parts.section(
            words.say("*What you need to start.* The form of an ask has a field for each. Clear a name to remove it.")
        ),
        *(block for place in range(count) for block in _input(writing.inputs, place, mark, words)),
        _another(count, words),
    ]
    title = words.say("Edit service") if "service" in kept else words.say("New service")
    return form(CALLBACK, title, words.say("Save service"), kept, words, *blocks)


def meanwhile(service: Service, fields: Sequence[str], editor: Person | None, words: Words) -> str:
    """What the second of two is told who write one service: who changed what, and what stands there now."""
    who = parts.one_line(editor.name, 80) if editor else words.say("Somebody")
    lines = [words.say("*{person} changed this service meanwhile.* It says now:", person=who)]
    lines += [
        words.say("*{label}:* {text}", label=_label(field, words), text=_shown(service, field, words))
        for field in fields
    ]
    lines.append(words.say("What you typed stands below. Send it again, and it counts."))
    return "\n".join(lines)


def errors(faults: Sequence[BadService], words: Words) -> dict[str, str]:
    """A sentence under each field at fault."""
    found: dict[str, str] = {}
    for fault in faults:
        field = "input_name_0" if fault.field == "inputs" else fault.field
        found.setdefault(field, _fault(fault, words))
    return found


def _fault(fault: BadService, words: Words) -> str:
    what, limit = fault.what, fault.limit
    match fault.reason:
        case "no_name":
            return words.say("Please write what the service is called.")
        case "name_too_long":
            return words.say("“{name}” is too long for a name: {n} characters at the most.", name=what, n=limit)
        case "too_many_names":
            return words.say("A service may have {n} names at the most.", n=limit)
        case "taken":
            return words.say("Another service here is called “{name}” already.", name=what)
        case "text_too_long":
            return words.say("That is too long: please keep it within {limit} characters.", limit=limit)
        case "too_many_inputs":
            return words.say("Nobody fills in so many: {n} inputs at the most.", n=limit)
        case "input_without_name":
            return words.say("An input with a help text needs a name, too: “{help}”.", help=what)
        case "input_too_long":
            return words.say("“{name}” is too long for a name: {n} characters at the most.", name=what, n=limit)
        case "help_too_long":
            return words.say("The help for “{name}” is too long: {n} characters at the most.", name=what, n=limit)
        case "input_twice":
            return words.say("There are two inputs called “{name}”.", name=what)


def _names(writing: Writing, words: Words) -> Block:
    return text_field(
        "names",
        words.say("Other names"),
        initial=writing.names,
        optional=True,
        hint=words.say("What people may type instead, in any language. One a line."),
    )


def _lead_time(writing: Writing, words: Words) -> Block:
    return text_field(
        "lead_time",
        words.say("How long it takes"),
        initial=writing.lead_time,
        multiline=False,
        placeholder="2d",
        hint=words.say("2d is two working days, 4h four working hours."),
    )


def _owner(writing: Writing, words: Words) -> Block:
    return person_field(
        "owner",
        words.say("Who owns it by default"),
        initial=writing.owner_id,
        optional=True,
        hint=words.say("Empty: whoever is on duty, else the lead."),
    )


def _restate(writing: Writing, words: Words) -> Block:
    boxes = [(words.say("The owner says it in their own words first"), RESTATE)]
    ticked = [RESTATE] if writing.restate else []
    return boxes_field("restate", words.say("Acknowledging"), boxes, ticked=ticked)


def _promise(writing: Writing, words: Words) -> Block:
    return text_field(
        "promise",
        words.say("What you promise"),
        initial=writing.promise,
        optional=True,
        hint=words.say("Whoever asks reads this. {n} characters at the most.", n=LONGEST_TEXT),
    )


def _done_means(writing: Writing, words: Words) -> Block:
    return text_field(
        "done_means",
        words.say("What done looks like"),
        initial=writing.done_means,
        optional=True,
        hint=words.say("It holds for every ask where the asker says nothing else."),
    )


def _input(inputs: Sequence[Input], place: int, mark: str, words: Words) -> list[Block]:
    one = inputs[place] if place < len(inputs) else Input("")
    name = text_field(
        f"input_name_{place}",
        words.say("Input {n}", n=place + 1),
        initial=one.name,
        multiline=False,
        optional=True,
        placeholder=words.say("Serial number"),
    )
    told = text_field(
        f"input_help_{place}",
        words.say("Help for input {n}", n=place + 1),
        initial=one.help,
        multiline=False,
        optional=True,
        placeholder=words.say("On the plate at the back"),
    )
    boxes = [(words.say("Nothing can start without it"), REQUIRED)]
    needed = boxes_field(
        f"input_required_{place}",
        words.say("Is input {n} needed?", n=place + 1),
        boxes,
        ticked=[REQUIRED] if one.required else [],
    )
    return [block | {"block_id": f"{block['block_id']}:{mark}"} for block in (name, told, needed)]


def _another(count: int, words: Words) -> Block:
    if count >= MOST_INPUTS:
        return parts.context(words.say("Nobody fills in more than {n} inputs.", n=MOST_INPUTS))
    return parts.actions(parts.button(words.say("Another input"), "services.another_input", str(count + 1)))


def _marked(block: Block, marks: Mapping[str, str], field: str = "") -> Block:
    """The block under an id that is another when what stands in the ledger is another."""
    return block | {"block_id": f"{block['block_id']}:{marks.get(field or block['block_id'], '')}"}


def _label(field: str, words: Words) -> str:
    return {
        "name": words.say("Name"),
        "names": words.say("Other names"),
        "lead_time": words.say("How long it takes"),
        "owner_id": words.say("Who owns it by default"),
        "restate": words.say("Acknowledging"),
        "inputs": words.say("What you need to start"),
        "done_means": words.say("What done looks like"),
        "promise": words.say("What you promise"),
    }[field]


def _shown(service: Service, field: str, words: Words) -> str:
    nothing = words.say("nothing")
    if field == "owner_id":
        return parts.person(service.owner_id) if service.owner_id else nothing
    if field == "restate":
        restated = words.say("The owner says it in their own words first")
        return restated if service.restate else words.say("one click is enough")
    if field == "inputs":
        return ", ".join(parts.one_line(one.name, 90) for one in service.inputs) or nothing
    if field == "names":
        return ", ".join(parts.one_line(one, 90) for one in service.names[1:]) or nothing
    return parts.one_line(str(getattr(service, field) or ""), 250) or nothing
