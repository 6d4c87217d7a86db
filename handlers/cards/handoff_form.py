"""The forms of a handoff: to whom and with which note, for one ask or several; why not; and taking an offer back."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.cards import acts, parts, telling
from handlers.cards.baton_words import reason
from handlers.cards.form_parts import boxes_field, choice_field, form, person_field, text_field, told_at_once
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.handoffs import Reason
from store.queries.monkeys import Page
from store.snapshots import Ask, Department, Person

LINE = 900  # characters of each of the three notes: together they fit into what the ledger keeps
MOST_REASONS = 20  # sentences shown of why asks could not be offered
ALL = "all"  # the value of the box that means every monkey


def handoff_form(
    ask: Ask, reader_id: str, departments: Sequence[Department], kept: Mapping[str, Any], words: Words, wrong: str = ""
) -> Block:
    """To a person, or to another department; and what they need to know to go on.

    `wrong`: why whoever is chosen cannot take it.
    """
    others = [(one.name, str(one.id)) for one in departments if one.id != ask.department_id]
    return form(
        "handoff.form",
        words.say("Hand over #{number}", number=ask.number),
        words.say("Offer it"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 600)),
        told_at_once(
            person_field(
                "handoff.person",
                words.say("To whom"),
                hint=words.say(
                    "They have 4 of their working hours to take it. Until then {owner} owns it.", owner=ask.owner.name
                ),
                optional=True,
            )
        ),
        parts.context(parts.quoted(wrong, 500)) if wrong else None,
        choice_field(
            "department",
            words.say("Or to another department"),
            others,
            hint=words.say("Whoever is on duty there is asked to take it."),
            optional=True,
        )
        if others
        else None,
        *_note(words),
    )


def several_form(
    mine: Page, chosen: Sequence[str], all_of_them: bool, kept: Mapping[str, Any], owner: Person | None, words: Words
) -> Block:
    """Several monkeys, ten on a page, or all of them, to one person. `owner`: in whose place their lead does so."""
    boxes = [
        (parts.plain(f"#{ask.number} {' '.join((ask.result or ask.what).split())}", 75), str(ask.number))
        for ask in mine.asks
    ]
    everything = words.count("All my {n} monkeys", "All my {n} monkeys", mine.total)
    if owner is not None:
        everything = words.count("All {n} monkeys", "All {n} monkeys", mine.total)
    page = ""
    if mine.pages > 1:
        page = words.say("Page {page} of {pages}", page=mine.number + 1, pages=mine.pages)
    return form(
        "handoff.several_form",
        words.say("Hand over several"),
        words.say("Offer them"),
        kept,
        words,
        _on_behalf(owner, words),
        person_field(
            "person",
            words.say("To whom"),
            hint=words.say("Each is offered on its own: they take or refuse every one."),
        ),
        boxes_field("all", words.say("Everything"), [(everything, ALL)], ticked=[ALL] if all_of_them else []),
        boxes_field(
            "asks",
            " · ".join(one for one in (words.say("Or these"), page) if one),
            boxes,
            ticked=chosen,
            block_id=f"asks.{mine.number}",
        ),
        acts.paging("handoff.page", "", mine.number, mine.pages, words),
        *_note(words),
    )


def _on_behalf(owner: Person | None, words: Words) -> Block | None:
    if owner is None:
        return None
    name = parts.one_line(owner.name, 60)
    return parts.section(words.say("These are {owner}'s. They own each until it is taken, and are told.", owner=name))


def refuse_form(ask: Ask, reader_id: str, kept: Mapping[str, Any], words: Words) -> Block:
    """Why the reader does not take it."""
    return form(
        "handoff.refuse_form",
        words.say("Refuse #{number}", number=ask.number),
        words.say("Refuse"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 600)),
        choice_field(
            "reason",
            words.say("Why you do not take it"),
            [(reason(one, words), one.value) for one in Reason],
            hint=words.say("{owner} reads this and keeps the ask.", owner=ask.owner.name),
        ),
        text_field(
            "words",
            words.say("In your words"),
            hint=words.say("Who could take it instead? Needed for “another reason”."),
            optional=True,
        ),
    )


def recall_form(ask: Ask, receiver: Person, reader_id: str, kept: Mapping[str, Any], words: Words) -> Block:
    """Take an offer back."""
    sentence = words.say("It is offered to {receiver}, who is told.", receiver=parts.person(receiver.id))
    return form(
        "handoff.recall_form",
        words.say("Recall #{number}", number=ask.number),
        words.say("Recall offer"),
        kept,
        words,
        parts.section(telling.title(ask, reader_id, words, 600)),
        parts.section(sentence),
    )


def several_offered(
    receiver: Person,
    offered: Sequence[int],
    refused: Sequence[tuple[int, str]],
    left: Sequence[int],
    words: Words,
) -> Card:
    """What became of a bulk handoff: which are offered, which could not be and why. `refused`: plain sentences.

    `left`: those that there was no time for.
    """
    to = parts.person(receiver.id)
    said = words.count("{n} ask is offered to {person}.", "{n} asks are offered to {person}.", len(offered), person=to)
    blocks = [parts.section(f"*{said}*\n{parts.cut(_numbers(offered), 1500)}" if offered else f"*{said}*")]
    if offered:
        blocks.append(parts.context(words.say("You own each of them until it is taken.")))
    if refused:
        count = words.count("{n} could not be offered:", "{n} could not be offered:", len(refused))
        blocks.append(parts.section(f"*{count}*"))
        lines: dict[str, list[int]] = {}
        for number, sentence in refused:
            lines.setdefault(sentence, []).append(number)
        for sentence, numbers in list(lines.items())[:MOST_REASONS]:
            blocks.append(parts.section(f"{parts.cut(_numbers(numbers), 200)}: {parts.quoted(sentence, 400)}"))
        rest = sum(len(numbers) for numbers in list(lines.values())[MOST_REASONS:])
        if rest:
            blocks.append(
                parts.context(words.count("And {n} more, for like reasons.", "And {n} more, for like reasons.", rest))
            )
    if left:
        blocks.append(parts.section(f"*{not_reached(len(left), words)}*\n{parts.cut(_numbers(left), 1500)}"))
    return parts.card(said, *blocks)


def not_reached(left: int, words: Words) -> str:
    """What there was no time for, as Slack waits for three seconds only."""
    return words.count(
        "{n} was not reached in time and stays where it is. Please open the form again for it.",
        "{n} were not reached in time and stay where they are. Please open the form again for them.",
        left,
    )


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(f"#{number}" for number in numbers)


def _note(words: Words) -> tuple[Block, Block, Block]:
    """Three short questions; one answer at least is needed, which the handler sees to."""
    return (
        text_field(
            "done",
            words.say("What is done"),
            hint=words.say("Please fill in one of these three at least."),
            optional=True,
            longest=LINE,
        ),
        text_field("next", words.say("What is next"), optional=True, longest=LINE),
        text_field("where", words.say("Where things are"), optional=True, longest=LINE),
    )
