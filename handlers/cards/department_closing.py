"""The windows around closing a department: are you sure; what it still holds, and how to hand that over."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.cards import parts
from handlers.cards.form_parts import choice_field, form, text_field
from handlers.cards.handoff_form import not_reached
from handlers.cards.parts import Block
from handlers.words import Words
from store.snapshots import Department

LISTED = 40  # numbers named; the rest is counted


def close_form(department: Department, kept: Mapping[str, Any], words: Words) -> Block:
    """Nothing is open there: it can be closed."""
    name = parts.one_line(department.name, 80)
    return form(
        "department.close_form",
        words.say("Close department"),
        words.say("Close department"),
        kept,
        words,
        parts.section(
            words.say(
                "*Close {department}?* Nobody can ask it any more. What was asked there stays to be read, "
                "and you can open it again with /dept.",
                department=name,
            )
        ),
    )


def held_form(
    department: Department,
    numbers: Sequence[int],
    others: Sequence[Department],
    kept: Mapping[str, Any],
    words: Words,
    *,
    may_offer: bool,
) -> Block:
    """It still holds monkeys: they are named, and can be offered to another department all at once."""
    named = ", ".join(f"#{number}" for number in numbers[:LISTED])
    if len(numbers) > LISTED:
        more = len(numbers) - LISTED
        named = words.count("{named} and {n} more", "{named} and {n} more", more, named=named)
    told = words.count(
        "*{department} holds {n} open ask, so it cannot be closed yet:* {asks}",
        "*{department} holds {n} open asks, so it cannot be closed yet:* {asks}",
        len(numbers),
        department=parts.one_line(department.name, 80),
        asks=named,
    )
    if not may_offer or not others:
        how = words.say("Their owners, or the lead, hand them over from their cards. Then close it here.")
        return {
            "type": "modal",
            "callback_id": "department_held",
            "title": {"type": "plain_text", "text": words.say("Close department")},
            "close": {"type": "plain_text", "text": words.say("Close")},
            "blocks": [parts.section(told), parts.section(how)],
        }
    return form(
        "department.held_form",
        words.say("Hand over first"),
        words.say("Offer them all"),
        kept,
        words,
        parts.section(told),
        choice_field(
            "department",
            words.say("Offer them to"),
            [(one.name, str(one.id)) for one in others],
            hint=words.say("Whoever is on duty there takes or refuses each. Until then their owners keep them."),
        ),
        text_field("note", words.say("What the next owners should know"), longest=2000),
    )


def offered(department: Department, to: Department, count: int, refused: Sequence[str], left: int, words: Words) -> str:
    """How many were offered, why others were not, and how many there was no time for."""
    said = words.count(
        "{n} ask is offered to {to}. Once it is taken, close {department} here.",
        "{n} asks are offered to {to}. Once they are taken, close {department} here.",
        count,
        to=parts.one_line(to.name, 80),
        department=parts.one_line(department.name, 80),
    )
    lines = [said, *(parts.one_line(sentence, 300) for sentence in dict.fromkeys(refused))][:9]
    return "\n".join([*lines, not_reached(left, words)] if left else lines)
