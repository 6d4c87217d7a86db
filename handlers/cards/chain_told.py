"""What is told along a chain: it ends too late, something no longer holds it up, it is wanted sooner."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.cards import acts, chain, parts, telling
from handlers.cards.parts import Block, Card
from handlers.cards.told import told
from handlers.words import Words
from store.rules.critical_path import Path
from store.rules.lifecycle import Stage
from store.snapshots import Ask

_ORIGIN = "told:chain"
_WORKING = (Stage.OPEN, Stage.ACKNOWLEDGED)
MOST_TOLD = 2  # other paths in the alarm, beside the one that adds up
MOST_HURRIED = 5  # buttons in one message; the others stand in "Show all"


def chain_late(
    ask: Ask, path: Path, known: Mapping[int, Ask], needs: int, has: int, reader_id: str, words: Words
) -> Card:
    """The owner hears that what the ask waits for ends after its promise, and how that adds up. Edited as it changes.

    `path`: what decides; `known`: its asks by id. `needs`, `has`: working days from now, to the end of the chain and
    to the promise.
    """
    said = words.say(
        "#{number} cannot be done by {time}: what it waits for ends later.",
        number=ask.number,
        time=parts.when(ask.due, words),
    )
    way = [known[one] for one in path.ids]
    days = words.count("{way}: {n} working day", "{way}: {n} working days", needs, way=chain.departments(way))
    lines = [
        telling.quotation(ask.result or ask.what, 300),
        words.count("*{days}; you have {n}.*", "*{days}; you have {n}.*", has, days=days),
    ]
    then = ["\n".join(chain.sums(path, known, words)), "\n".join(chain.waits_for(ask, words, MOST_TOLD, way[1:]))]
    buttons = []
    for place, one in enumerate(_to_hurry(ask, way, reader_id)):
        label = words.say("Ask for #{number} as a rush", number=one.number)
        carried = acts.value(one.number, due=int(ask.due.timestamp()))
        buttons.append(parts.button(label, f"hurrying.ask.{place}", carried, style=None if place else "primary"))
    if ask.change is not None:
        then.append(telling.next_step(ask, words))
    else:
        then.append(
            words.say(
                "Two ways on: ask for something as a rush, or ask {asker} for a new promise.",
                asker=parts.person(ask.asker.id),
            )
        )
        buttons.append(_another_promise(ask, "", words.say("Ask for a new promise"), words))
    return told(ask, reader_id, words, said, *lines, then=then, row=parts.actions(*buttons) if buttons else None)


def over(ask: Ask, reader_id: str, words: Words) -> Card:
    """What the alarm says once it ends in time again, waits for nothing, or is somebody else's."""
    said = words.say("#{number}: this alarm is over.", number=ask.number)
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what, 300), telling.stands(ask, words))


def _to_hurry(ask: Ask, path: Sequence[Ask], reader_id: str) -> list[Ask]:
    """What the reader asked for and could ask for sooner: what decides first, then the rest that ends too late."""
    others = [link.ask for link in ask.chain.waits_for if link.ask.due > ask.due] if ask.chain else []
    wanted = {one.id: one for one in (*path[1:], *others) if one.asker.id == reader_id and one.stage in _WORKING}
    return list(wanted.values())[:MOST_HURRIED]


def unblocked(ask: Ask, child: Ask, reader_id: str, words: Words) -> Card:
    """The owner hears that something the ask waited for is closed, and whether anything still holds it up."""
    said = words.say("#{child} is closed: #{number} no longer waits for it.", child=child.number, number=ask.number)
    lines = [f"{telling.title(child, reader_id, words)}: {telling.stands(child, words)}"]
    still = chain.waits_for(ask, words)
    if still:
        lines += still
    elif ask.is_open:
        lines.append(words.say("Nothing holds #{number} up any more: the next move is yours.", number=ask.number))
    row = acts.under(ask, reader_id, _ORIGIN, words) if reader_id == ask.owner.id else None
    return told(ask, reader_id, words, said, *lines, row=row)


def sooner_wanted(ask: Ask, due: datetime, reason: str, promise: int, reader_id: str, words: Words) -> Card:
    """Owner and lead hear that the asker wants it sooner. Only the owner can promise it."""
    said = words.say(
        "{asker} asks for #{number} as a rush: by {time}.",
        asker=parts.person(ask.asker.id),
        number=ask.number,
        time=parts.when(due, words),
    )
    lines = [
        telling.quotation(ask.result or ask.what),
        words.say("*Because:* {reason}", reason=parts.quoted(reason, 1200)),
        words.say(
            "Promised so far: {time}. That stands until {owner} promises another time.",
            time=parts.when(ask.due, words),
            owner=parts.person(ask.owner.id),
        ),
    ]
    pending = ask.question is None and ask.promise_number == promise and ask.stage in _WORKING and due < ask.due
    if not pending:
        return told(ask, reader_id, words, said, *lines[:-1], telling.stands(ask, words))
    if reader_id != ask.owner.id:
        return told(ask, reader_id, words, said, *lines)
    buttons = []
    if not (ask.restate and ask.stage is Stage.OPEN):
        carried = acts.value(ask.number, _ORIGIN, due=due.isoformat(), promise=promise)
        buttons.append(parts.button(words.say("Promise this time"), "hurrying.promise", carried, style="primary"))
    buttons.append(_another_promise(ask, _ORIGIN, words.say("Offer another time"), words))
    return told(ask, reader_id, words, said, *lines, row=parts.actions(*buttons))


def _another_promise(ask: Ask, origin: str, label: str, words: Words) -> Block:
    act = "promise.more_time" if ask.stage is Stage.ACKNOWLEDGED else "acknowledge.with_changes"
    return parts.button(label, act, acts.value(ask.number, origin))
