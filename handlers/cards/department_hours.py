"""The form for when a department works: zone, hours, holidays, closed days; it says at once what it reads."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from handlers.cards import parts
from handlers.cards.form_parts import choice_field, form, text_field, told_at_once
from handlers.cards.parts import Block
from handlers.cards.times import day_of
from handlers.words import Words
from handlers.words.countries import countries
from store.rules.calendar import Calendar
from store.rules.written_hours import as_lines

ORDINARY = "mon-fri: 09:00-18:00"
NO_COUNTRY = "-"


def hours_form(calendar: Calendar, preview: str, kept: Mapping[str, Any], words: Words, told: str = "") -> Block:
    """`preview`: how what stands there is read. `told`: what somebody else changed meanwhile."""
    closed = sorted(day.isoformat() for day in calendar.closed)
    hours = text_field(
        "hours",
        words.say("Working hours"),
        initial=as_lines(calendar.hours),
        hint=words.say(
            "A line for each group of days: mon-fri: 09:00-12:00, 13:30-18:00. Nights: 22:00-06:00. "
            "Round the clock: daily: 24h."
        ),
        longest=1000,
    )
    hours["element"]["action_id"] = "department_hours.hours"
    country = country_field(calendar.country, words)
    country["element"]["action_id"] = "department_hours.country"
    zone = zone_field(calendar.zone, words)
    region = text_field(
        "region",
        words.say("Region"),
        initial=calendar.region or "",
        hint=words.say("Where holidays differ by region: BY for Bavaria, say. Empty: those of the whole country."),
        optional=True,
        multiline=False,
        longest=40,
    )
    closed_days = text_field(
        "closed_days",
        words.say("Closed days"),
        initial="\n".join(closed),
        hint=words.say("Days of its own on which it is closed, like 2026-12-24, a line each."),
        optional=True,
    )
    for field in (zone, region, closed_days):
        field["element"]["action_id"] = f"department_hours.{field['block_id']}"
    return form(
        "department.hours_form",
        words.say("Working hours"),
        words.say("Save hours"),
        kept,
        words,
        parts.section(told) if told else None,
        told_at_once(hours, while_typing=True),
        {**parts.section(preview), "block_id": "preview"},
        told_at_once(zone, while_typing=True),
        told_at_once(country),
        told_at_once(region, while_typing=True),
        told_at_once(closed_days, while_typing=True),
    )


def zone_field(zone: str, words: Words) -> Block:
    """A time zone, by name or by city."""
    return text_field(
        "time_zone",
        words.say("Time zone"),
        initial=zone,
        hint=words.say("Like Asia/Shanghai, or a city: Berlin."),
        multiline=False,
        longest=60,
    )


def country_field(country: str | None, words: Words) -> Block:
    """A country by its holidays."""
    choices = [(words.say("No public holidays"), NO_COUNTRY)]
    choices += [(f"{name} ({code})", code) for code, name in countries(words)]
    return choice_field("country", words.say("Public holidays of"), choices, initial=country or NO_COUNTRY)


def read_as(calendar: Calendar, opens: datetime | None, closing: date | None, words: Words) -> str:
    """How hours are read: their sum, when it opens next, which holiday comes next."""
    minutes = sum(end - start for day in calendar.hours.days for start, end in day)
    said = [words.say("I read {hours} working hours a week.", hours=f"{minutes / 60:g}")]
    if opens is not None:
        said.append(words.say("Open next: {time}.", time=parts.when(opens, words)))
    else:
        said.append(words.say("*There is no working time in the next year.*"))
    if closing is not None:
        said.append(words.say("Closed next: {day}.", day=day_of(closing, words)))
    return " ".join(said)


def not_read(fault: str, words: Words) -> str:
    """What is wrong with them so far."""
    return words.say("Not yet: {fault}", fault=parts.quoted(fault, 600))
