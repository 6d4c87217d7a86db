"""The forms for what a department is called and where its cards appear, and for its lead time."""

from collections.abc import Mapping
from typing import Any

from handlers.cards import parts
from handlers.cards.form_parts import boxes_field, channel_field, choice_field, form, text_field
from handlers.cards.parts import Block
from handlers.words import LANGUAGES, Words, language_of
from store.plans import Plan
from store.rules.naming import LONGEST, MOST

LOCALES = {"en": "en-US", "zh_CN": "zh-CN"}
GUESTS = "guests"


def names_form(plan: Plan, group: str, kept: Mapping[str, Any], words: Words, told: str = "") -> Block:
    """Names, key, channel, the language of its cards, user group, guests. `group`: its handle, as it is typed."""
    languages = [(name, LOCALES[language]) for language, name in LANGUAGES.items()]
    guests = [(words.say("Guests of the workspace may ask, too"), GUESTS)]
    return form(
        "department.names_form",
        words.say("Names and channel"),
        words.say("Save names"),
        kept,
        words,
        parts.section(told) if told else None,
        text_field(
            "names",
            words.say("Names"),
            initial="\n".join(plan.names),
            hint=words.say("A line each. The first is how it is shown; all of them may be typed after @."),
            longest=min(3000, (LONGEST + 1) * MOST),
        ),
        text_field(
            "key",
            words.say("Key"),
            initial=plan.key,
            hint=words.say("A short word that can be typed after @ too, and by which the file knows it."),
            multiline=False,
            longest=40,
        ),
        channel_field(
            "channel",
            words.say("Channel"),
            initial=plan.channel_id,
            hint=words.say("New cards appear there. I join it, if it is public."),
        ),
        choice_field(
            "language",
            words.say("Language of its cards"),
            languages,
            initial=LOCALES[language_of(plan.locale)],
        ),
        text_field(
            "usergroup",
            words.say("User group"),
            initial=group,
            hint=words.say("A user group of Slack, like @finance: whoever types it in an ask means this department."),
            optional=True,
            multiline=False,
            longest=80,
        ),
        boxes_field("guests", words.say("Guests"), guests, ticked=[GUESTS] if plan.guests_may_ask else []),
    )


def lead_time_form(plan: Plan, kept: Mapping[str, Any], words: Words, told: str = "") -> Block:
    """How long it needs where no service says otherwise."""
    return form(
        "department.lead_time_form",
        words.say("Lead time"),
        words.say("Save lead time"),
        kept,
        words,
        parts.section(told) if told else None,
        text_field(
            "lead_time",
            words.say("Lead time"),
            initial=plan.lead_time,
            hint=words.say("2d is two working days, 4h four working hours. What is promised already stays."),
            multiline=False,
            longest=40,
        ),
    )
