"""The exchange zone: the new owner's question to the giver. The monkey stays where it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.cards import advice, parts, telling
from handlers.cards.form_parts import form, text_field
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.snapshots import Ask, Person, Question


def question_form(ask: Ask, giver: Person, kept: Mapping[str, Any], words: Words) -> Block:
    """What the owner wants to know from who handed it over."""
    return form(
        "exchange.ask_form",
        words.say("Ask about #{number}", number=ask.number),
        words.say("Ask the giver"),
        kept,
        words,
        parts.section(telling.title(ask, ask.owner.id, words, 600)),
        text_field(
            "question",
            words.say("Your question"),
            hint=words.say("{person} reads it with the ask and can answer. You still own it.", person=giver.name),
        ),
    )


def asked(ask: Ask, question: Question, reader_id: str, words: Words, now: datetime) -> Card:
    """To the giver: the question, and a way to answer, as an adviser has it."""
    said = words.say(
        "{person} asks you about #{number}, which you handed over.",
        person=parts.person(question.asked_by),
        number=ask.number,
    )
    return advice.sought(ask, question, reader_id, words, now, said)
