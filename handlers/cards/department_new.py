"""The form for a new department: a name and a channel are enough, everything else has a sensible answer already."""

from collections.abc import Mapping
from typing import Any

from handlers.cards import department_hours, parts
from handlers.cards.form_parts import channel_field, form, people_field, person_field, text_field, told_at_once
from handlers.cards.parts import Block
from handlers.words import Words
from store.rules.naming import LONGEST


def new_form(lead_id: str, zone: str, country: str | None, kept: Mapping[str, Any], words: Words) -> Block:
    """`zone`, `country`: the lead's, as Slack has them. Choosing another lead fills in theirs."""
    lead = person_field("lead", words.say("Lead"), initial=lead_id)
    lead["element"]["action_id"] = "department_new.lead"
    return form(
        "department.new_form",
        words.say("New department"),
        words.say("Set it up"),
        kept,
        words,
        text_field(
            "names",
            words.say("Name"),
            hint=words.say("People type it after @. More names, as in another language: with commas."),
            multiline=False,
            placeholder=words.say("Finance"),
            longest=LONGEST * 4,
        ),
        channel_field(
            "channel", words.say("Channel"), hint=words.say("Its cards appear there. I join it, if it is public.")
        ),
        told_at_once(lead),
        people_field(
            "people", words.say("People"), hint=words.say("Who works there, besides the lead. It can be empty for now.")
        ),
        text_field(
            "hours",
            words.say("Working hours"),
            initial=department_hours.ORDINARY,
            hint=words.say("A line for each group of days: mon-fri: 09:00-12:00, 13:30-18:00. Or daily: 24h."),
            longest=1000,
        ),
        department_hours.zone_field(zone, words) | {"block_id": f"time_zone:{lead_id}"},
        department_hours.country_field(country, words) | {"block_id": f"country:{lead_id}"},
        text_field(
            "lead_time",
            words.say("Lead time"),
            initial="2d",
            hint=words.say("How long it needs for what comes in: 2d is two working days, 4h four working hours."),
            multiline=False,
            longest=40,
        ),
        parts.context(words.say("All of this can be changed later, with /dept.")),
    )
