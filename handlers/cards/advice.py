"""Advice: the owner's form with a proposal of their own, and what the adviser reads and answers.

The card says who owns the ask and goes on owning it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.cards import acts, parts, telling
from handlers.cards.form_parts import form, person_field, text_field
from handlers.cards.parts import Block, Card
from handlers.cards.question import over
from handlers.cards.told import told
from handlers.cards.you_own import you_own
from handlers.words import Words
from store.rules.lifecycle import Stage
from store.snapshots import Ask, Question


def advice_form(ask: Ask, kept: Mapping[str, Any], words: Words) -> Block:
    """Whom the owner asks, what they suggest, and what they want to know."""
    lead = ask.lead_id if ask.lead_id != ask.owner.id else None
    return form(
        "advice.seek_form",
        words.say("Advice on #{number}", number=ask.number),
        words.say("Ask for advice"),
        kept,
        words,
        parts.section(telling.title(ask, ask.owner.id, words, 600)),
        person_field(
            "person",
            words.say("Whom do you ask?"),
            initial=lead,
            hint=words.say(
                "The lead, the asker, or anybody. You still own it. While the asker is asked, your time stands still."
            ),
        ),
        text_field(
            "proposal",
            words.say("I suggest …"),
            hint=words.say("What would you do? They can agree by one click."),
        ),
        text_field("question", words.say("Your question"), optional=True),
    )


def sought(ask: Ask, question: Question, reader_id: str, words: Words, now: datetime, said: str | None = None) -> Card:
    """To the adviser: what the owner asks and suggests, under `said`. It is edited in place once it is over.

    A lead who took the ask over reads their own card of it here.
    """
    if question.ended is not None and ask.owner.id == reader_id:
        return you_own(ask, reader_id, words, now)
    person, number = parts.person(question.asked_by), ask.number
    said = said or words.say("{person} asks for your advice on #{number}.", person=person, number=number)
    lines = [telling.quotation(ask.result or ask.what, 300), *telling.asked(question, words, 800)]
    if question.ended is not None or not ask.is_open:
        return told(ask, reader_id, words, said, *lines, over(question, words), telling.stands(ask, words))
    owner = parts.person(ask.owner.id)
    return told(
        ask,
        reader_id,
        words,
        said,
        *lines,
        words.say("{owner} owns it and goes on owning it; you only advise.", owner=owner),
        row=parts.actions(*_answers(ask, question, reader_id, words)),
    )


def take_over_form(ask: Ask, reader_id: str, kept: Mapping[str, Any], words: Words) -> Block:
    """Is the lead sure? To advise, or to hand it on, leaves it where it belongs."""
    return form(
        "advice.take_over_form",
        words.say("Take over #{number}", number=ask.number),
        words.say("Take it over"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 600)),
        parts.section(_from_then_on(ask, words)),
    )


def left(ask: Ask, question: Question, reader_id: str, words: Words) -> Card:
    """To the owner: who was asked for advice has left, so none will come."""
    person = parts.person(question.asked_of)
    said = words.say("{person} has left: no advice will come on #{number}.", person=person, number=ask.number)
    row = acts.under(ask, reader_id, "told:advice", words) if reader_id == ask.owner.id else None
    lines = [telling.quotation(ask.result or ask.what, 300), *telling.asked(question, words, 600)]
    if reader_id == ask.owner.id and ask.stage in (Stage.OPEN, Stage.ACKNOWLEDGED):
        lines.append(words.say("You can go on with what you suggest, or ask somebody else."))
        row = parts.actions(acts.seek_advice(ask, "", words), *(row["elements"] if row else []))
    return told(ask, reader_id, words, said, *lines, row=row)


def _answers(ask: Ask, question: Question, reader_id: str, words: Words) -> list[Block]:
    carried = acts.value(ask.number, question=question.id)
    if question.proposal is None:
        return [parts.button(words.say("Answer"), "advice.answer", carried, style="primary")]
    elements = [
        parts.button(words.say("Agree"), "advice.agree", carried, style="primary"),
        parts.button(words.say("Answer"), "advice.answer", carried),
    ]
    if reader_id == ask.lead_id:
        elements.append(parts.button(words.say("Take it over"), "advice.take_over", carried, confirm=_sure(ask, words)))
    return elements


def _sure(ask: Ask, words: Words) -> Block:
    asked = _from_then_on(ask, words)
    return {
        "title": {"type": "plain_text", "text": words.say("Take it over")},
        "text": {"type": "plain_text", "text": parts.plain(asked, 300)},
        "confirm": {"type": "plain_text", "text": words.say("Take it over")},
        "deny": {"type": "plain_text", "text": words.say("Cancel")},
    }


def _from_then_on(ask: Ask, words: Words) -> str:
    owner = parts.one_line(ask.owner.name, 80)
    return words.say("You own #{number} from then on, and {owner} no longer does.", number=ask.number, owner=owner)
