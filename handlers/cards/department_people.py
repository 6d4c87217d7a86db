"""The forms for the people of a department and for who stands in for whom; what became of what they owned who left;
the message to a new lead."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.cards import parts
from handlers.cards.form_parts import choice_field, form, people_field, person_field, told_at_once
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.changing import Staffed
from store.snapshots import Ask, Department, Person

MOST_DEPUTIES = 90  # fields of one form
LISTED = 15  # asks named in an answer


def people_form(
    lead_id: str, member_ids: Sequence[str], kept: Mapping[str, Any], words: Words, told: str = ""
) -> Block:
    """Who leads and who works there."""
    return form(
        "department.people_form",
        words.say("People"),
        words.say("Save people"),
        kept,
        words,
        parts.section(told) if told else None,
        person_field(
            "lead",
            words.say("Lead"),
            initial=lead_id,
            hint=words.say("Is told when an ask gets stuck, and owns what comes in while nobody is on duty."),
        ),
        people_field(
            "people",
            words.say("People"),
            initial=member_ids,
            hint=words.say(
                "Who works there. Whoever you take out keeps what they own until somebody takes it: "
                "I offer it to the lead."
            ),
        ),
    )


def deputies_form(
    people: Sequence[Person],
    deputies: Mapping[str, str],
    kept: Mapping[str, Any],
    words: Words,
    told: str = "",
    *,
    chosen: str = "",
) -> Block:
    """Who stands in for each of them. Of more than a form holds, one is `chosen` after the other."""
    many = len(people) > MOST_DEPUTIES
    shown = [one for one in people if one.id == chosen] if many else people
    return form(
        "department.deputies_form",
        words.say("Deputies"),
        words.say("Save deputies"),
        kept,
        words,
        parts.section(told) if told else None,
        parts.section(words.say("Who stands in when somebody types /away and names no deputy? Empty: nobody.")),
        _whose(people, deputies, chosen, words) if many else None,
        *(
            person_field(
                f"deputy_{one.id}",
                parts.plain(words.say("For {person}", person=one.name), 150),
                initial=deputies.get(one.id),
                optional=True,
            )
            for one in shown
        ),
    )


def _whose(people: Sequence[Person], deputies: Mapping[str, str], chosen: str, words: Words) -> Block:
    """The menu of all of them; who has a deputy is marked in words."""
    choices = [
        (
            words.say("{person} (has a deputy)", person=parts.plain(one.name, 50)) if one.id in deputies else one.name,
            one.id,
        )
        for one in people
    ]
    field = choice_field("whose", words.say("For whom?"), choices, initial=chosen, optional=True)
    field["element"]["action_id"] = "department_people.whose"
    return told_at_once(field)


def staffed(done: Staffed, lead_id: str, words: Words) -> str:
    """What became of the open asks of those who no longer work there; empty when they had none."""
    lines = []
    if done.offered:
        told = words.count(
            "{asks} is offered to {lead}: until it is taken, its owner keeps it.",
            "{asks} are offered to {lead}: until they are taken, their owners keep them.",
            len(done.offered),
            asks=_numbers(done.offered, words),
            lead=parts.person(lead_id),
        )
        lines.append(told)
    if done.kept:
        lines.append(
            words.count(
                "{asks} stays with its owner: please hand it over from its card.",
                "{asks} stay with their owners: please hand them over from their cards.",
                len(done.kept),
                asks=_numbers(done.kept, words),
            )
        )
    if done.services:
        named = ", ".join(parts.one_line(name, 80) for name in done.services[:LISTED])
        lines.append(
            words.say(
                "Services that still go to somebody who no longer works here: {services}. Please edit them below.",
                services=named if len(done.services) <= LISTED else f"{named}, …",
            )
        )
    return "\n".join(lines)


def you_lead(department: Department, by: str | None, words: Words) -> Card:
    """Whoever leads a department since a moment ago is told, with what that means and where its settings are."""
    name = parts.one_line(department.name, 80)
    if by:
        said = words.say("{person} made you the lead of {department}.", person=parts.person(by), department=name)
    else:
        said = words.say("You are the lead of {department} now.", department=name)
    meaning = words.say("You own what comes in while nobody is on duty, and are told when an ask gets stuck.")
    return _with_meaning(said, meaning, parts.button(words.say("Settings"), "department.open", str(department.id)))


def you_joined(department: Department, by: str | None, words: Words) -> Card:
    """Somebody works in a department since a moment ago: what that means for them."""
    name = parts.one_line(department.name, 80)
    if by:
        said = words.say("{person} added you to {department}.", person=parts.person(by), department=name)
    else:
        said = words.say("You belong to {department} now.", department=name)
    meaning = words.say("You can be on duty there, and asks for it can be handed to you.")
    promises = parts.button(words.say("What it promises"), "department.see", str(department.id))
    return _with_meaning(said, meaning, promises)


def you_left(department: Department, by: str | None, words: Words) -> Card:
    """Somebody works in a department no longer: what becomes of what they own there."""
    name = parts.one_line(department.name, 80)
    if by:
        said = words.say("{person} took you out of {department}.", person=parts.person(by), department=name)
    else:
        said = words.say("You no longer belong to {department}.", department=name)
    meaning = words.say("Nothing new comes to you from there. What you own stays yours until somebody takes it.")
    return _with_meaning(said, meaning)


def _with_meaning(said: str, meaning: str, *buttons: Block) -> Card:
    rows = [parts.actions(*buttons)] if buttons else []
    return parts.card(said, parts.section(f"*{said}*\n{meaning}"), *rows)


def _numbers(asks: Sequence[Ask], words: Words) -> str:
    named = ", ".join(f"#{ask.number}" for ask in asks[:LISTED])
    if len(asks) <= LISTED:
        return named
    return words.count("{named} and {n} more", "{named} and {n} more", len(asks) - LISTED, named=named)
