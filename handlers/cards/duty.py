"""The duty rota of a department for four weeks, with its gaps and who is away; the forms for people and for a day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from handlers.cards import parts
from handlers.cards.form_parts import day_field, form, people_field, person_field
from handlers.cards.parts import Block, Card
from handlers.cards.times import day_of
from handlers.words import Words
from store.duty import Day
from store.snapshots import Department


def duty(department: Department, days: Sequence[Day], words: Words, *, may_set: bool) -> Card:
    """Week by week; what has to be looked at is said in words. `may_set`: with the lead's buttons."""
    name = parts.one_line(department.name, 80)
    said = words.say("Who is on duty in {department}", department=name)
    blocks: list[Block | None] = [parts.section(f"*{said}*")]
    gaps = [day for day in days if day.works and day.person_id is None]
    absences = [day for day in days if day.works and day.is_away]
    if not department.rota.people and not department.rota.covers:
        lead = parts.person(department.lead_id)
        blocks.append(parts.section(words.say("There is no rota: what comes in goes to {lead}, the lead.", lead=lead)))
    else:
        for _, week in groupby(days, key=lambda day: day.day.isocalendar()[:2]):
            blocks.append(parts.section("\n".join(_week(list(week), words))))
        warnings = []
        if gaps:
            told = words.count(
                "*{n} working day has nobody on duty:* the lead gets what comes in.",
                "*{n} working days have nobody on duty:* the lead gets what comes in.",
                len(gaps),
            )
            warnings.append(told)
        if absences:
            told = words.count(
                "*On {n} working day who is on duty is away:* their deputy gets what comes in, else the lead.",
                "*On {n} working days who is on duty is away:* their deputy gets what comes in, else the lead.",
                len(absences),
            )
            warnings.append(told)
        if warnings:
            blocks.append(parts.context(*warnings))
    if may_set:
        carried = str(department.id)
        blocks.append(
            parts.actions(
                parts.button(words.say("Set the people"), "duty.people", carried),
                parts.button(words.say("Cover a day"), "duty.cover", carried),
            )
        )
    return parts.card(said, *blocks)


def people_form(
    department: Department,
    people: Sequence[str],
    first: date,
    kept: Mapping[str, Any],
    words: Words,
    told: str = "",
) -> Block:
    """Who takes turns, in which order, from which week on. `told`: what somebody else changed meanwhile."""
    return form(
        "duty.people_form",
        words.say("Duty rota"),
        words.say("Set the rota"),
        kept,
        words,
        parts.section(f"*{parts.one_line(department.name, 80)}*"),
        parts.section(told) if told else None,
        people_field(
            "people",
            words.say("Who takes turns"),
            initial=people,
            hint=words.say("A week each, Monday to Sunday, in this order; then they begin again. Empty: no rota."),
        ),
        day_field("first", words.say("The first one begins in the week of"), initial=first),
    )


def cover_form(department: Department, today: date, kept: Mapping[str, Any], words: Words) -> Block:
    """Somebody else is on duty on one day."""
    return form(
        "duty.cover_form",
        words.say("Cover a day"),
        words.say("Cover"),
        kept,
        words,
        parts.section(f"*{parts.one_line(department.name, 80)}*"),
        day_field("day", words.say("Day"), initial=today),
        person_field(
            "person",
            words.say("Who is on duty that day"),
            hint=words.say("Empty: whoever has the week."),
            optional=True,
        ),
    )


def duty_help(words: Words) -> Card:
    """What one can type after `/duty`."""
    said = words.say("Whoever is on duty owns what comes in to their department.")
    examples = (
        words.say("`/duty` – the next four weeks of your department"),
        words.say("`/duty @finance` – those of another one"),
        words.say("Its lead and workspace admins set the people, and who covers a day, with the buttons there."),
    )
    return parts.card(said, parts.section("\n".join((f"*{said}*", *examples))))


def _week(days: Sequence[Day], words: Words) -> Iterator[str]:
    """A line for each run of working days with one person. A week without a working day says so."""
    working = [day for day in days if day.works]
    if not working:
        yield words.say("{first} – {last}: closed", first=day_of(days[0].day, words), last=day_of(days[-1].day, words))
    for (person_id, covers, is_away), run in groupby(
        working, key=lambda day: (day.person_id, day.is_override, day.is_away)
    ):
        span = list(run)
        first, last = day_of(span[0].day, words), day_of(span[-1].day, words)
        when = first if len(span) == 1 else f"{first} – {last}"
        yield f"{when}: {_who(person_id, covers, is_away, words)}"


def _who(person_id: str | None, covers: bool, is_away: bool, words: Words) -> str:
    if person_id is None:
        return words.say("*nobody*")
    person = parts.person(person_id)
    if is_away:
        return words.say("{person}, who is *away*", person=person)
    return words.say("{person}, covering", person=person) if covers else person
