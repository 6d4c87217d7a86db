"""One ask as a row of a list: `/monkeys` and the Home tab show the same rows."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cards import acts, chain, parts, telling
from handlers.cards.baton_words import worded_note
from handlers.cards.parts import Block
from handlers.words import Words
from store.snapshots import Ask, Question

ASKED = 3  # questions to an adviser in a list: the two lists fill a message nearly


def mine(ask: Ask, reader_id: str, origin: str, words: Words, now: datetime) -> list[Block]:
    """An ask on the reader's back, with its next act."""
    facts = words.say("{due} · asked by {asker}", due=telling.due(ask, words, now), asker=parts.person(ask.asker.id))
    if ask.waits_for_asker or ask.baton is not None:
        facts = f"{facts}\n{telling.stands(ask, words)}"
    facts = "\n".join((facts, *chain.waits_for(ask, words, most=1)))
    return _row(ask, reader_id, origin, words, facts)


def offered_to_me(ask: Ask, reader_id: str, origin: str, words: Words, now: datetime) -> list[Block]:
    """An ask that somebody offers to the reader: take it, or refuse it."""
    facts = [telling.due(ask, words, now), telling.owner(ask, words)]
    if ask.baton is not None and ask.may_read(reader_id):
        facts.append(words.say("*Note:* {note}", note=parts.one_line(worded_note(ask.baton.note, words), 300)))
    return _row(ask, reader_id, origin, words, "\n".join(facts))


def waiting_for_me(ask: Ask, reader_id: str, origin: str, words: Words, now: datetime) -> list[Block]:
    """An ask that waits for the reader's yes."""
    lines = [telling.stands(ask, words)]
    if ask.evidence and ask.delivered_at is not None:
        lines.append(words.say("*Evidence:* {evidence}", evidence=parts.one_line(ask.evidence, 160)))
    if ask.change is not None:
        lines.append(words.say("Offered: {time}", time=parts.when(ask.change.due, words)))
        if ask.change.result:
            lines.append(words.say("*Offered instead*\n{result}", result=parts.one_line(ask.change.result, 160)))
    if ask.question is not None and ask.may_read(reader_id):
        lines += telling.asked(ask.question, words, 300)
    return _row(ask, reader_id, origin, words, "\n".join(lines))


def asked_of_me(waiting: Sequence[tuple[Ask, Question]], reader_id: str, origin: str, words: Words) -> list[Block]:
    """What the reader is asked as an adviser or a giver: a heading, a row for each of three; the rest is counted."""
    if not waiting:
        return []
    heading = words.say("*Your advice is asked* ({n})", n=len(waiting))
    blocks = [telling.heading_of_some(heading, len(waiting) - ASKED, words)]
    for ask, question in waiting[:ASKED]:
        facts = [words.say("{owner} owns it and goes on owning it; you only advise.", owner=telling.name(ask.owner))]
        if ask.may_read(reader_id):
            facts = [*telling.asked(question, words, 300), *facts]
        carried = acts.value(ask.number, origin, question=question.id)
        button = parts.button(words.say("Answer"), "advice.answer", carried)
        blocks.append(parts.section(_lines(ask, reader_id, words, "\n".join(facts)), button))
    return blocks


def awaited(ask: Ask, reader_id: str, origin: str, words: Words, now: datetime) -> list[Block]:
    """An ask of the reader's that is somebody else's move."""
    facts = f"{telling.due(ask, words, now)} · {telling.stands(ask, words)}"
    facts = "\n".join((facts, *chain.waits_for(ask, words, most=1)))
    return [parts.section(_lines(ask, reader_id, words, facts), acts.menu(ask, reader_id, origin, words))]


def in_department(ask: Ask, reader_id: str, origin: str, words: Words, now: datetime) -> list[Block]:
    """An ask of a department, for its members and lead."""
    facts = words.say(
        "owner {owner} · {due} · {next_step}",
        owner=parts.person(ask.owner.id),
        due=telling.due(ask, words, now),
        next_step=telling.next_step(ask, words),
    )
    if ask.baton is not None:
        facts = f"{facts}\n{telling.owner(ask, words)}"
    facts = "\n".join((facts, *chain.waits_for(ask, words, most=1)))
    return [parts.section(_lines(ask, reader_id, words, facts), acts.menu(ask, reader_id, origin, words))]


def ended(ask: Ask, reader_id: str, origin: str, words: Words, now: datetime) -> list[Block]:
    """An ask that was closed lately and can come back."""
    text = _lines(ask, reader_id, words, telling.stands(ask, words))
    return [parts.section(text, acts.menu(ask, reader_id, origin, words))]


def _row(ask: Ask, reader_id: str, origin: str, words: Words, facts: str) -> list[Block]:
    buttons = acts.under(ask, reader_id, origin, words)
    text = parts.section(_lines(ask, reader_id, words, facts), acts.menu(ask, reader_id, origin, words))
    return [text, buttons] if buttons else [text]


def _lines(ask: Ask, reader_id: str, words: Words, facts: str) -> str:
    return f"{telling.title(ask, reader_id, words)}\n{facts}"
