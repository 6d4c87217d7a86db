"""The forms about a promise: "Acknowledge with changes", "Need more time", and the asker's "Ask for it as a rush"."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.cards import parts, telling
from handlers.cards.form_parts import LONGEST, form, text_field, time_field
from handlers.cards.parts import Block
from handlers.words import Words
from store.snapshots import Ask


def acknowledge_form(ask: Ask, kept: Mapping[str, Any], words: Words, now: datetime) -> Block:
    """The result in the owner's own words, and by when. What was asked stands in it, as far as a field can hold it."""
    fits = len(ask.what) <= LONGEST
    hint = words.say("Another result, or a later time, goes to the asker: until they agree, what was asked stands.")
    if not fits:
        hint = words.say("What was asked is too long for this field. Leave it empty to promise exactly that.")
    return form(
        "acknowledge.form",
        words.say("Acknowledge #{number}", number=ask.number),
        words.say("Acknowledge"),
        kept,
        words,
        text_field(
            "result",
            words.say("I will deliver this"),
            initial=ask.what if fits else "",
            hint=hint,
            optional=not (ask.restate and fits),
        ),
        _time(ask, words.say("By then"), words, now),
    )


def more_time_form(ask: Ask, kept: Mapping[str, Any], words: Words, now: datetime) -> Block:
    """Another time and why. The asker answers; an earlier time needs no answer."""
    return form(
        "promise.form",
        words.say("More time for #{number}", number=ask.number),
        words.say("Offer this time"),
        kept,
        words,
        parts.section(f"{telling.title(ask, ask.owner.id, words, 200)}\n{telling.due(ask, words, now)}"),
        _overdue(ask, words, now),
        _time(ask, words.say("I can deliver by"), words, now),
        text_field(
            "reason",
            words.say("Why it needs more time"),
            hint=words.say("The asker reads this and says “Yes, that's it” or “Not quite”."),
        ),
    )


def _overdue(ask: Ask, words: Words, now: datetime) -> Block | None:
    """Said before it is offered: a yes that comes after the due time keeps no promise."""
    if not ask.is_late(now):
        return None
    return parts.context(
        words.say("The promise was due already. A new time helps the asker to plan, and yet it counts as late.")
    )


def sooner_form(ask: Ask, wanted: datetime, kept: Mapping[str, Any], words: Words, now: datetime) -> Block:
    """The asker picks an earlier time and says why. `wanted`: what would be early enough."""
    return form(
        "hurrying.form",
        words.say("#{number} as a rush", number=ask.number),
        words.say("Ask for it"),
        kept,
        words,
        parts.section(f"{telling.title(ask, ask.asker.id, words, 200)}\n{telling.due(ask, words, now)}"),
        time_field(
            "due",
            words.say("Needed by"),
            initial=wanted if now < wanted < ask.due else None,
            hint=words.say("Until {owner} promises it, what is promised stands.", owner=ask.owner.name),
        ),
        text_field("reason", words.say("Why is it a rush?"), hint=words.say("The owner and their lead read this.")),
    )


def _time(ask: Ask, label: str, words: Words, now: datetime) -> Block:
    """The picker shows the promise that counts now; one that is over would only be refused, so then it is empty."""
    initial = ask.due if ask.due > now else None
    return time_field("due", label, initial=initial, hint=words.say("In your own time zone."))
