"""The form of a snooze: until when, and what the owner waits for. The reason is shown on waking."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.cards import parts, telling
from handlers.cards.form_parts import form, text_field, time_field
from handlers.cards.parts import Block
from handlers.words import Words
from store.snapshots import Ask


def snooze_form(ask: Ask, until: datetime, kept: Mapping[str, Any], words: Words) -> Block:
    """`until` stands in it already: the next working morning."""
    return form(
        "feeding.snooze_form",
        words.say("Snooze #{number}", number=ask.number),
        words.say("Snooze"),
        kept,
        words,
        parts.section(telling.title(ask, ask.owner.id, words, 600)),
        time_field("until", words.say("Remind me again"), initial=until),
        text_field(
            "reason",
            words.say("What you wait for"),
            hint=words.say("It is shown when you are reminded: the supplier's offer, the part, an answer."),
            optional=True,
            longest=300,
        ),
    )
