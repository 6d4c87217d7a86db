"""A lead asks the owner of an ask in trouble: the form, what the owner reads, and the answer."""

from collections.abc import Mapping
from typing import Any

from handlers.cards import acts, parts, telling
from handlers.cards.form_parts import form, text_field
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.snapshots import Ask


def buttons(ask: Ask, reader_id: str, origin: str, words: Words) -> list[Block]:
    """What a lead can do besides handing over and putting down; nothing where they own it themselves."""
    if reader_id == ask.owner.id:
        return []
    carried = acts.value(ask.number, origin)
    return [
        parts.button(words.say("Ask the owner"), "overseeing.ask", carried),
        parts.button(words.say("Leave it with them"), "overseeing.leave", carried),
    ]


def ask_form(ask: Ask, reader_id: str, kept: Mapping[str, Any], words: Words) -> Block:
    """What the lead wants to know."""
    return form(
        "overseeing.ask_form",
        words.say("Ask about #{number}", number=ask.number),
        words.say("Ask the owner"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 600)),
        text_field(
            "question",
            words.say("Your question"),
            hint=words.say("{person} reads it with the ask and can answer. They still own it.", person=ask.owner.name),
        ),
    )


def asked(ask: Ask, reader_id: str, words: Words, by: str, question: str) -> Card:
    """To the owner: the lead's question, with all the ways to answer."""
    said = words.say("{person} asks you about #{number}.", person=parts.person(by), number=ask.number)
    answer = parts.button(words.say("Answer"), "overseeing.answer", acts.value(ask.number), style="primary")
    still_mine = ask.is_open and ask.owner.id == reader_id
    return parts.card(
        f"{said} {parts.one_line(question, 200)}",
        parts.section(f"*{said}*\n{telling.title(ask, reader_id, words, 300)}", acts.show_all(ask, "", words)),
        parts.section(telling.quotation(question, 2500)),
        parts.context(words.say("You own it. An answer is read by who asked; any of the usual moves will do as well.")),
        parts.actions(answer) if still_mine else None,
    )


def answer_form(ask: Ask, question: str, kept: Mapping[str, Any], words: Words) -> Block:
    """What the owner says to the lead."""
    return form(
        "overseeing.answer_form",
        words.say("Answer on #{number}", number=ask.number),
        words.say("Answer"),
        kept,
        words,
        parts.section(telling.title(ask, ask.owner.id, words, 300)),
        parts.section(telling.quotation(question, 2000)) if question else None,
        text_field("answer", words.say("Your answer"), hint=words.say("Your lead reads it; it is kept with the ask.")),
    )


def answered(ask: Ask, reader_id: str, words: Words, by: str, question: str, answer: str) -> Card:
    """To the lead: what the owner says."""
    said = words.say("{person} answers about #{number}.", person=parts.person(by), number=ask.number)
    return parts.card(
        f"{said} {parts.one_line(answer, 200)}",
        parts.section(f"*{said}*\n{telling.title(ask, reader_id, words, 300)}", acts.show_all(ask, "", words)),
        parts.section(words.say("*You asked:* {question}", question=parts.one_line(question, 400))),
        parts.section(telling.quotation(answer, 2500)),
    )
