"""One message about several batons: they are offered, offered on one's behalf, over. Each is answered on its own."""

from collections.abc import Sequence

from handlers.cards import parts, telling
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.snapshots import Ask


def offered(asks: Sequence[Ask], total: int, reader_id: str, words: Words, by: str) -> Card:
    """To the receiver. `total`: how many are still on offer to them, of which `asks` are the first."""
    said = words.count(
        "{person} offers you {n} ask: take it?",
        "{person} offers you {n} asks: take or refuse each.",
        total,
        person=parts.person(by),
    )
    show = parts.button(words.say("Show what is offered to me"), "handoff.show", "offered", style="primary")
    until = words.say("Until you take one, it is not yours.")
    return _card(said, asks, total, reader_id, words, show, until)


def offered_for_you(asks: Sequence[Ask], total: int, reader_id: str, words: Words, by: str) -> Card:
    """To the owner: their lead offered these on their behalf."""
    said = words.count(
        "{person} offers {n} of your asks to somebody else.",
        "{person} offers {n} of your asks to somebody else.",
        total,
        person=parts.person(by),
    )
    return _card(
        said, asks, total, reader_id, words, _mine(words), words.say("You own each of them until it is taken.")
    )


def bounced(asks: Sequence[Ask], total: int, reader_id: str, words: Words, by: str) -> Card:
    """To the giver: nobody took these in time."""
    said = words.count(
        "{person} did not answer in time: {n} ask stays with you.",
        "{person} did not answer in time: {n} asks stay with you.",
        total,
        person=parts.person(by),
    )
    return _card(said, asks, total, reader_id, words, _mine(words))


def expired(asks: Sequence[Ask], total: int, reader_id: str, words: Words) -> Card:
    """To the receiver: the offers are over."""
    said = words.count(
        "The offer of {n} ask is over: nobody took it in time.",
        "The offer of {n} asks is over: nobody took them in time.",
        total,
    )
    return _card(said, asks, total, reader_id, words, None)


def _mine(words: Words) -> Block:
    return parts.button(words.say("Show my monkeys"), "handoff.show", "mine")


def _card(
    said: str, asks: Sequence[Ask], total: int, reader_id: str, words: Words, show: Block | None, note: str = ""
) -> Card:
    lines = [f"*{said}*", *(telling.title(ask, reader_id, words) for ask in asks)]
    rest = total - len(asks)
    if rest > 0:
        lines.append(words.count("… and {n} more.", "… and {n} more.", rest))
    return parts.card(
        said,
        parts.section("\n".join(lines)),
        parts.context(note) if note else None,
        parts.actions(show) if show else None,
    )
