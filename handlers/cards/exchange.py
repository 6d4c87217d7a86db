"""The exchange zone: the new owner's question to the giver, and the answer. The monkey stays where it is."""

from collections.abc import Mapping
from typing import Any

from handlers.cards import acts, parts, telling
from handlers.cards.form_parts import form, text_field
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.snapshots import Ask, Person


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


def asked(ask: Ask, reader_id: str, words: Words, by: str, question: str) -> Card:
    """To the giver: the question, and a way to answer."""
    said = words.say(
        "{person} asks you about #{number}, which you handed over.", person=parts.person(by), number=ask.number
    )
    todo = words.say("{owner} owns it; you only help.", owner=parts.person(ask.owner.id))
    answer = parts.button(words.say("Answer"), "exchange.answer", acts.value(ask.number), style="primary")
    return parts.card(
        f"{said} {parts.one_line(question, 200)}",
        parts.section(f"*{said}*\n{telling.title(ask, reader_id, words, 300)}", acts.show_all(ask, "", words)),
        parts.section(telling.quotation(question, 2500)),
        parts.context(todo),
        parts.actions(answer) if ask.is_open else None,
    )


def answer_form(ask: Ask, reader_id: str, question: str, kept: Mapping[str, Any], words: Words) -> Block:
    """What the giver knows."""
    return form(
        "exchange.answer_form",
        words.say("Answer on #{number}", number=ask.number),
        words.say("Answer"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 300)),
        parts.section(telling.quotation(question, 2000)) if question else None,
        text_field(
            "answer",
            words.say("Your answer"),
            hint=words.say("{owner} reads it; it is kept with the ask.", owner=ask.owner.name),
        ),
    )


def answered(ask: Ask, reader_id: str, words: Words, by: str, question: str, answer: str) -> Card:
    """To whoever asked: the answer."""
    said = words.say("{person} answers about #{number}.", person=parts.person(by), number=ask.number)
    return parts.card(
        f"{said} {parts.one_line(answer, 200)}",
        parts.section(f"*{said}*\n{telling.title(ask, reader_id, words, 300)}", acts.show_all(ask, "", words)),
        parts.section(words.say("*You asked:* {question}", question=parts.one_line(question, 400))),
        parts.section(telling.quotation(answer, 2500)),
    )
