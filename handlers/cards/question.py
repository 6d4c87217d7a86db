"""The owner's question to the asker: the form, what the asker reads and answers, what the owner reads then.

Until it is answered the owner's clock stands still, and every card says so.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.cards import acts, parts, telling
from handlers.cards.form_parts import form, text_field
from handlers.cards.parts import Block, Card
from handlers.cards.told import told
from handlers.words import Words
from store.rules.lifecycle import Answerer
from store.snapshots import Ask, Person, Question

_TO_OWNER = "told:owner"


def question_form(ask: Ask, kept: Mapping[str, Any], words: Words) -> Block:
    """What the owner needs to know before they go on."""
    return form(
        "question.ask_form",
        words.say("Ask about #{number}", number=ask.number),
        words.say("Ask a question"),
        kept,
        words,
        parts.section(telling.title(ask, ask.owner.id, words, 600)),
        text_field(
            "question",
            words.say("Your question"),
            hint=words.say(
                "{asker} is told. Until they answer your time stands still, and the promise moves by as much.",
                asker=ask.asker.name,
            ),
        ),
        text_field(
            "proposal",
            words.say("I suggest …"),
            hint=words.say("With a suggestion they can answer by one click."),
            optional=True,
        ),
    )


def asked(ask: Ask, question: Question, reader_id: str, words: Words, now: datetime) -> Card:
    """To the asker: the question and the ways to answer. It is edited in place once it is over."""
    owner = parts.person(question.asked_by)
    said = words.say("{owner} asks you about #{number}.", owner=owner, number=ask.number)
    lines = [telling.quotation(ask.result or ask.what, 300), *_asked(question, words)]
    if question.ended is not None:
        lines.append(over(question, words))
        return told(ask, reader_id, words, said, *lines, telling.stands(ask, words))
    until = words.say(
        "Until you answer, {owner}'s time stands still, and the promise moves by as much.",
        owner=parts.person(ask.owner.id),
    )
    lines += [*telling.for_who_left(ask, reader_id, words), until]
    return told(ask, reader_id, words, said, *lines, row=parts.actions(*acts.answering(ask, "", words)))


def answer_form(
    ask: Ask,
    question: Question,
    reader_id: str,
    kept: Mapping[str, Any],
    words: Words,
    callback_id: str = "question.answer_form",
) -> Block:
    """What the asker knows, or wants; or, by another `callback_id`, what an adviser or the giver knows."""
    return form(
        callback_id,
        words.say("Answer on #{number}", number=ask.number),
        words.say("Answer"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 300)),
        *(parts.section(line) for line in _asked(question, words)),
        text_field(
            "answer",
            words.say("Your answer"),
            hint=words.say("{owner} reads it; it is kept with the ask.", owner=ask.owner.name),
        ),
    )


def answered(ask: Ask, question: Question, reader_id: str, words: Words, now: datetime) -> Card:
    """To the owner: the answer, and where the promise is now that the clock runs again."""
    person = parts.person(_who(question))
    if question.answer:
        said = words.say("{person} answers about #{number}.", person=person, number=ask.number)
        lines = [*_asked(question, words), telling.quotation(question.answer, 1500)]
    else:
        said = words.say("{person} agrees with your proposal about #{number}.", person=person, number=ask.number)
        lines = _asked(question, words)
    if question.asked_as is Answerer.ASKER and ask.is_open and ask.owner.id == reader_id:
        lines.append(words.say("Your time runs again: {due}.", due=telling.due(ask, words, now)))
    row = acts.under(ask, reader_id, _TO_OWNER, words) if reader_id == ask.owner.id else None
    return told(ask, reader_id, words, said, *lines, row=row)


def noted(ask: Ask, question: Question, known: Mapping[str, Person], words: Words) -> Card:
    """In the thread of the card: what was asked and answered. The channel reads it, so it mentions nobody."""
    asked_by, asked_of = (telling.name(known[one]) for one in people_of(question))
    said = words.say("{person} answered {other}:", person=asked_of, other=asked_by)
    if question.answer is None:
        said = words.say("{person} agreed with {other}'s proposal.", person=asked_of, other=asked_by)
    if ask.is_private:
        return parts.card(said, parts.section(said))
    lines = [said, *_asked(question, words), *([telling.quotation(question.answer, 1500)] if question.answer else [])]
    return parts.card(f"{said} {parts.one_line(question.answer or '', 200)}", parts.section("\n".join(lines)))


def people_of(question: Question) -> tuple[str, str]:
    """Who asked, and who answered."""
    return question.asked_by, _who(question)


def over(question: Question, words: Words) -> str:
    """How a question ended, for whoever was asked."""
    match question.ended:
        case "agreed":
            return words.say("It was agreed to.")
        case "answered":
            return words.say("*Answered:* {answer}", answer=parts.one_line(question.answer or "", 600))
        case "taken_back":
            return words.say("The question was taken back; no answer is needed any more.")
    return words.say("No answer is needed any more.")


def _who(question: Question) -> str:
    return question.answered_by or question.asked_of


def _asked(question: Question, words: Words) -> list[str]:
    return telling.asked(question, words, 600)
