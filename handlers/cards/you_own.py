"""The direct message that says "You own this": what is asked, by whom, by when, and the buttons of the moment.

It is edited in place as the ask moves, and says so when somebody else owns the ask by then.
"""

from datetime import datetime

from handlers.cards import acts, ask_inputs, chain, parts, rush, telling
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.rules.lifecycle import Stage
from store.snapshots import Ask, Person


def you_own(ask: Ask, reader_id: str, words: Words, now: datetime, giver: Person | None = None) -> Card:
    """The message to `reader_id`, as the ask stands at `now`. `giver`: who handed it over, while they can be asked."""
    heading = _heading(ask, reader_id, words)
    if not ask.may_read(reader_id):
        return parts.card(heading, parts.section(heading))
    facts = [
        words.say("*Asked by*\n{asker}", asker=_asker(ask, words)),
        words.say("*When*\n{due}", due=telling.due(ask, words, now) if ask.is_open else parts.when(ask.due, words)),
    ]
    if ask.service_name:
        facts.append(words.say("*Service*\n{service}", service=parts.one_line(ask.service_name)))
    if ask.rush_reason and ask.is_open:
        facts.append(words.say("*Rush, because*\n{reason}", reason=rush.why(ask, words, 300)))
    mine = ask.owner.id == reader_id
    return parts.card(
        f"{heading} {telling.what(ask, reader_id, words)}",
        parts.section(
            f"*{heading}*\n{telling.quotation(ask.result or ask.what, 1200)}", acts.menu(ask, reader_id, "", words)
        ),
        parts.section("\n".join(ask_inputs.on_card(ask.inputs, words))) if ask.inputs else None,
        parts.fields(*facts),
        _chain(ask, words),
        parts.context(telling.stands(ask, words), *_hint(ask, words)) if mine else None,
        _buttons(ask, reader_id, giver, words) if mine else None,
    )


def _chain(ask: Ask, words: Words) -> Block | None:
    """What it is part of, and what it waits for."""
    lines = [line for line in (chain.part_of(ask, words), *chain.waits_for(ask, words)) if line and ask.is_open]
    return parts.section("\n".join(lines)) if lines else None


def _buttons(ask: Ask, reader_id: str, giver: Person | None, words: Words) -> Block | None:
    row = acts.under(ask, reader_id, "", words)
    if row is not None:
        row["elements"] += acts.asking(ask, reader_id, "", words)
    if row is not None and giver is not None:
        row["elements"].append(acts.ask_giver(ask, words))
    return row


def _heading(ask: Ask, reader_id: str, words: Words) -> str:
    if ask.owner.id != reader_id and not ask.is_open:
        return words.say("#{number} is closed; {owner} had it.", number=ask.number, owner=parts.person(ask.owner.id))
    if ask.owner.id != reader_id:
        return words.say("#{number} is with {owner} now.", number=ask.number, owner=parts.person(ask.owner.id))
    if ask.stage is Stage.CLOSED:
        return words.say("#{number} is off your back.", number=ask.number)
    return words.say("You own #{number}.", number=ask.number)


def _asker(ask: Ask, words: Words) -> str:
    asker = parts.person(ask.asker.id)
    if not ask.asker_department_name:
        return asker
    return words.say("{asker}, {department}", asker=asker, department=parts.one_line(ask.asker_department_name, 80))


def _hint(ask: Ask, words: Words) -> tuple[str, ...]:
    if ask.at_gray_zone and ask.is_open:
        return (words.say("You are its coordinator: place it with the department whose it is."),)
    if ask.stage is Stage.OPEN:
        return (words.say("Acknowledge means: I have it, and I will deliver this by then."),)
    return ()
