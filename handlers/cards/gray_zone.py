"""The gray zone on Slack: the form that places an ask, and what giver, asker and coordinator are told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.cards import parts, telling
from handlers.cards.form_parts import boxes_field, choice_field, form, text_field
from handlers.cards.parts import Block, Card
from handlers.cards.told import told
from handlers.words import Words
from store.rules.matching import LONGEST
from store.snapshots import Ask, Department

_SERVICES = 100  # options of one menu


def place_form(
    ask: Ask,
    departments: Sequence[Department],
    chosen: Department | None,
    suggested: Sequence[str],
    reader_id: str,
    kept: Mapping[str, Any],
    words: Words,
) -> Block:
    """With whom it is placed, a note, and which words to remember. `departments`: without the desk, one at least."""
    return form(
        "gray_zone.form",
        words.say("Place #{number}", number=ask.number),
        words.say("Offer it"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 600)),
        _department(departments, chosen, words),
        _service(chosen, words),
        text_field(
            "note",
            words.say("What they need to know"),
            hint=words.say("You own it until somebody there takes it."),
            longest=2_900,
        ),
        boxes_field("remember", words.say("Remember for that department"), [(one, one) for one in suggested])
        if suggested
        else None,
        text_field(
            "phrases",
            words.say("Other words to remember"),
            hint=words.say(
                "Parted by commas. Once the department has taken this, the next ask with such a word goes there "
                "by itself."
            ),
            optional=True,
            multiline=False,
            longest=5 * LONGEST,
        ),
    )


def cannot_tell(idle: Sequence[str], words: Words) -> str:
    """Under the field: these words would send asks of any kind to one department."""
    return words.say(
        "“{words}” stands in asks of every kind, or is a single character: it cannot tell whose one is. "
        "Please choose a word that only theirs have.",
        words=", ".join(one[:LONGEST] for one in idle[:3]),
    )


def desk_took(ask: Ask, reader_id: str, words: Words, because: str) -> Card:
    """To whoever owned it: the desk's coordinator does now."""
    owner = parts.person(ask.owner.id)
    said = words.say("#{number} is off your back: {owner} has it now.", number=ask.number, owner=owner)
    why = _why(because, words)
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), why)


def at_desk(ask: Ask, reader_id: str, words: Words, now: datetime, because: str) -> Card:
    """To the asker: it went to the desk; who has it, and what comes next."""
    owner = parts.person(ask.owner.id)
    said = words.say("{owner} finds out whose #{number} is.", owner=owner, number=ask.number)
    following = words.say("You hear which department takes it. Until then {owner} owns it.", owner=owner)
    lines = (telling.quotation(ask.result or ask.what), _why(because, words), following, telling.due(ask, words, now))
    return told(ask, reader_id, words, said, *lines)


def placed(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """To the asker: a department has taken it from the desk."""
    said = words.say(
        "{department} has taken #{number}: {owner} owns it.",
        department=parts.one_line(ask.department_name, 80),
        number=ask.number,
        owner=parts.person(ask.owner.id),
    )
    when = telling.due(ask, words, now)
    if ask.due_was_given:
        when = words.say("{due}; they say whether they can keep that.", due=when)
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), when)


def _why(because: str, words: Words) -> str:
    if because == "not_theirs":
        return words.say("The asker says it is not yours; the gray-zone desk places it.")
    return words.say("Everybody it was offered to says it is not theirs; the gray-zone desk places it.")


def _department(departments: Sequence[Department], chosen: Department | None, words: Words) -> Block:
    field = choice_field("gray_zone.department", words.say("Whose is it?"), _options(departments)) | {
        "block_id": "department",
        "dispatch_action": True,
    }
    if chosen is not None:
        field["element"]["initial_option"] = parts.option(chosen.name, str(chosen.id))
    return field


def _options(departments: Sequence[Department]) -> list[tuple[str, str]]:
    return [(one.name, str(one.id)) for one in departments]


def _service(chosen: Department | None, words: Words) -> Block | None:
    if chosen is None or not chosen.services:
        return None
    choices = [(one.name, str(one.id)) for one in chosen.services[:_SERVICES]]
    field = choice_field("service", words.say("Service"), choices, optional=True)
    return field | {"block_id": f"service:{chosen.id}"}
