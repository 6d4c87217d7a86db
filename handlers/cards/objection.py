"""The asker's objection to a put-down: the form, the lead's message with the facts, the lead's forms, the outcome."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.cards import acts, parts, telling
from handlers.cards.form_parts import choice_field, form, text_field
from handlers.cards.parts import Block, Card
from handlers.cards.told import told
from handlers.words import Words
from store.queries.objections import Objection
from store.snapshots import Ask, Person

_LISTED = 3  # objections on Home


def objection_form(ask: Ask, reader_id: str, kept: Mapping[str, Any], words: Words) -> Block:
    """Why it should not have been put down."""
    return form(
        "objection.form",
        words.say("Object on #{number}", number=ask.number),
        words.say("I object"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 600)),
        text_field(
            "objection",
            words.say("Why you still need it"),
            hint=words.say(
                "The lead of {department} reads it and decides. You can object once.", department=ask.department_name
            ),
        ),
    )


def objected(ask: Ask, objection: Objection, put_down_by: str | None, reader_id: str, words: Words) -> Card:
    """To the lead: the facts, the asker's words, and the two ways to decide. It is edited in place once decided."""
    asker, number = parts.person(objection.objected_by), ask.number
    said = words.say("{asker} objects: #{number} should not have been put down.", asker=asker, number=number)
    facts = words.say(
        "Put down by {person} · owner was {owner} · it was promised for {time}",
        person=parts.person(put_down_by or ask.owner.id),
        owner=parts.person(ask.owner.id),
        time=parts.when(ask.due, words),
    )
    lines = [telling.quotation(ask.result or ask.what)]
    if ask.outcome_reason:
        lines.append(words.say("*Because:* {reason}", reason=parts.quoted(ask.outcome_reason, 600)))
    lines += [words.say("*The objection:* {words}", words=parts.quoted(objection.words, 1000)), facts]
    if objection.decision is not None or ask.is_open:
        return told(ask, reader_id, words, said, *lines, _decided(objection, words), telling.stands(ask, words))
    if reader_id != ask.lead_id:
        handed_on = words.say(
            "{person} leads {department} now and decides.",
            person=parts.person(ask.lead_id),
            department=parts.one_line(ask.department_name, 60),
        )
        return told(ask, reader_id, words, said, *lines, handed_on)
    row = _deciding(ask, objection, "", words)
    return told(ask, reader_id, words, said, *lines, words.say("Please decide; the asker is told."), row=row)


def on_home(waiting: Sequence[tuple[Ask, Objection]], reader_id: str, origin: str, words: Words) -> list[Block]:
    """What the lead has still to decide: three with their buttons, the rest is counted."""
    if not waiting:
        return []
    heading = words.say("*Objections that you decide* ({n})", n=len(waiting))
    blocks = [telling.heading_of_some(heading, len(waiting) - _LISTED, words)]
    for ask, objection in waiting[:_LISTED]:
        objects = words.say("{asker} objects to the put-down:", asker=parts.person(objection.objected_by))
        lines = [telling.title(ask, reader_id, words), f"{objects} {parts.one_line(objection.words, 300)}"]
        blocks += [parts.section("\n".join(lines)), _deciding(ask, objection, origin, words)]
    return blocks


def reopen_form(
    ask: Ask,
    objection: Objection,
    reader_id: str,
    last: Person,
    following: Person,
    kept: Mapping[str, Any],
    words: Words,
) -> Block:
    """Whose it shall be: `last` had it, or stands in for who had; `following` takes what comes in."""
    return form(
        "objection.reopen_form",
        words.say("Reopen #{number}", number=ask.number),
        words.say("Reopen it"),
        kept,
        words,
        *_about(ask, objection, reader_id, words),
        choice_field(
            "owner",
            words.say("Who shall own it?"),
            (
                (words.say("Who had it last: {person}", person=last.name), "last"),
                (words.say("Who takes what comes in: {person}", person=following.name), "next"),
            ),
            hint=words.say("The asker's words stand as what is missing."),
        ),
    )


def leave_form(ask: Ask, objection: Objection, reader_id: str, kept: Mapping[str, Any], words: Words) -> Block:
    """Why it stays put down."""
    return form(
        "objection.leave_form",
        words.say("Leave #{number}", number=ask.number),
        words.say("Leave it put down"),
        kept,
        words,
        *_about(ask, objection, reader_id, words),
        text_field(
            "reason",
            words.say("Why it stays put down"),
            hint=words.say("{asker} is told, with these words.", asker=ask.asker.name),
        ),
    )


def granted(ask: Ask, reader_id: str, words: Words, now: datetime, by: str) -> Card:
    """To the asker: it is somebody's again."""
    said = words.say("{person} has reopened #{number}.", person=parts.person(by), number=ask.number)
    lines = [telling.quotation(ask.result or ask.what), telling.stands(ask, words)]
    if ask.is_open:
        owner = words.say("{owner} owns it, {due}.", owner=parts.person(ask.owner.id), due=telling.due(ask, words, now))
        lines.insert(1, owner)
    return told(ask, reader_id, words, said, *lines)


def upheld(ask: Ask, objection: Objection, reader_id: str, words: Words) -> Card:
    """To the asker: it stays put down, and why."""
    by = parts.person(objection.decided_by or ask.lead_id)
    said = words.say("{person} leaves #{number} put down.", person=by, number=ask.number)
    why = words.say("*Because:* {reason}", reason=parts.quoted(objection.reason or "", 1200))
    still = words.say("If you still need it, you can reopen it within 7 days of its closing.")
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), why, still)


def _deciding(ask: Ask, objection: Objection, origin: str, words: Words) -> Block:
    carried = acts.value(ask.number, origin, objection=objection.id)
    return parts.actions(
        parts.button(words.say("Reopen it"), "objection.reopen", carried),
        parts.button(words.say("Leave it put down"), "objection.leave", carried),
    )


def _decided(objection: Objection, words: Words) -> str:
    match objection.decision:
        case "upheld":
            return words.say("You left it put down: {reason}", reason=parts.one_line(objection.reason or "", 600))
        case "reopened":
            return words.say("You had it reopened.")
    return words.say("The asker has reopened it themselves.")


def _about(ask: Ask, objection: Objection, reader_id: str, words: Words) -> list[Block]:
    return [
        parts.section(telling.title(ask, reader_id, words, 600)),
        parts.section(telling.quotation(objection.words, 1500)),
    ]
