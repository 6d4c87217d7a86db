"""The forms with one field of words: evidence of a delivery, what is missing, why it ends, a note."""

from collections.abc import Mapping
from typing import Any

from handlers.cards import parts, telling
from handlers.cards.chain_forms import ending_children
from handlers.cards.form_parts import form, link_field, text_field
from handlers.cards.parts import Block
from handlers.words import Words
from store.snapshots import Ask


def deliver_form(ask: Ask, kept: Mapping[str, Any], words: Words) -> Block:
    """A line that shows it is done, and perhaps a link."""
    meaning = parts.one_line(ask.done_means or "", 600)
    return form(
        "delivery.form",
        words.say("Deliver #{number}", number=ask.number),
        words.say("Deliver"),
        kept,
        words,
        _about(ask, ask.owner.id, words),
        parts.context(words.say("Done means: {meaning}", meaning=meaning)) if meaning else None,
        text_field(
            "evidence",
            words.say("What shows that it is done"),
            hint=words.say("One line is enough: what was done, where it is now."),
        ),
        link_field("link", words.say("Link to it")),
        *ending_children(ask, ask.owner.id, words),
    )


def not_quite_form(ask: Ask, kept: Mapping[str, Any], words: Words) -> Block:
    """The asker says what is missing in what was delivered."""
    return _missing("delivery.not_quite_form", ask, kept, words, words.say("Not quite"))


def disagree_form(ask: Ask, kept: Mapping[str, Any], words: Words) -> Block:
    """The asker says why the offered change will not do."""
    return _missing(
        "promise.disagree_form", ask, kept, words, words.say("Not quite"), words.say("Why that will not do")
    )


def reopen_form(ask: Ask, kept: Mapping[str, Any], words: Words) -> Block:
    """The asker says why a closed ask has to come back."""
    return _missing("ending.reopen_form", ask, kept, words, words.say("Reopen ask"))


def put_down_form(ask: Ask, reader_id: str, kept: Mapping[str, Any], words: Words) -> Block:
    """Why the ask is ended on purpose; the asker is told."""
    return form(
        "ending.put_down_form",
        words.say("Put down #{number}", number=ask.number),
        words.say("Put down ask"),
        kept,
        words,
        _about(ask, ask.owner.id, words),
        text_field(
            "reason",
            words.say("Why you put it down"),
            hint=words.say("{asker} is told, with these words.", asker=ask.asker.name),
        ),
        *ending_children(ask, reader_id, words),
    )


def withdraw_form(ask: Ask, kept: Mapping[str, Any], words: Words) -> Block:
    """The asker takes the ask back, with a reason if they like."""
    return form(
        "ending.withdraw_form",
        words.say("Withdraw #{number}", number=ask.number),
        words.say("Withdraw ask"),
        kept,
        words,
        _about(ask, ask.asker.id, words),
        text_field(
            "reason",
            words.say("Why it is no longer needed"),
            hint=words.say("{owner} is told that the ask is off their back.", owner=ask.owner.name),
            optional=True,
        ),
        *ending_children(ask, ask.asker.id, words),
    )


def note_form(ask: Ask, reader_id: str, kept: Mapping[str, Any], words: Words) -> Block:
    """A line of progress, or a question, for the thread of the card."""
    where = words.say("It is posted in the thread of the ask's card.")
    if ask.is_private:
        where = words.say("The ask is private: the thread says only that there is a note.")
    return form(
        "feeding.note_form",
        words.say("Note on #{number}", number=ask.number),
        words.say("Add a note"),
        kept,
        words,
        _about(ask, reader_id, words),
        text_field("note", words.say("Your note"), hint=where),
    )


def _missing(callback_id: str, ask: Ask, kept: Mapping[str, Any], words: Words, submit: str, label: str = "") -> Block:
    return form(
        callback_id,
        words.say("Ask #{number}", number=ask.number),
        submit,
        kept,
        words,
        _about(ask, ask.asker.id, words),
        text_field(
            "missing",
            label or words.say("What is missing"),
            hint=words.say("{owner} reads this and goes on from here.", owner=ask.owner.name),
        ),
    )


def _about(ask: Ask, reader_id: str, words: Words) -> Block:
    return parts.section(telling.title(ask, reader_id, words, 600))
