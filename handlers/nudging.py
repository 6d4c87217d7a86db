"""A nudge as it reads now: when it is sent, and again after each answer, so that every row says what was answered."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cards import nudge as nudge_card
from handlers.cards import parts, telling
from handlers.cards.parts import Card
from handlers.words import Words
from store.database import Look
from store.queries import asks, nudged
from store.queries.nudged import Nudge
from store.rules.lifecycle import Move
from store.snapshots import Ask, Happened, Person

RECENT = 20  # events looked through for the reader's own answer


def nudge_message(look: Look, reader: Person, words: Words, outbox_id: int, *, sent: bool = False) -> Card | None:
    """The nudges of one message to `reader`. Before it is `sent`, None when nothing in it matters any more."""
    carried = nudged.in_message(look, outbox_id)
    answered: dict[int, str] = {}
    if sent:
        answered = {one.ask.number: answer for one in carried if (answer := _answer(look, one, reader, words))}
    else:
        carried = [one for one in carried if one.still_matters]
    if not carried:
        return None
    return nudge_card.nudge(carried, answered, reader.id, words, look.now, outbox_id)


def overseen(look: Look, carried: Sequence[Nudge], reader: Person, words: Words) -> dict[int, tuple[str, bool]]:
    """What a lead has answered, by an ask's number: in words, and whether that settles it for them."""
    found: dict[int, tuple[str, bool]] = {}
    for one in carried:
        newest = _newest(look, one, reader)
        if newest is None or newest.what != Move.OVERSEE:
            continue
        owner = parts.person(one.ask.owner.id)
        if newest.particulars.get("left"):
            said = words.say("You left it with {owner}, who is nudged again.", owner=owner)
        else:
            said = words.say("You asked {owner}; the answer comes to you.", owner=owner)
        found[one.ask.number] = said, bool(newest.particulars.get("left"))
    return found


def _answer(look: Look, one: Nudge, reader: Person, words: Words) -> str | None:
    """What the reader has done about the ask since the nudge was due, or None."""
    newest = _newest(look, one, reader)
    return _told(newest, one.ask, words) if newest else None


def _newest(look: Look, one: Nudge, reader: Person) -> Happened | None:
    """The newest thing that the reader has done to the ask since the nudge was due, or None."""
    return next(
        (
            event
            for event in reversed(asks.history(look, one.ask.id, limit=RECENT))
            if event.actor is not None and event.actor.id == reader.id and event.at >= one.due_at
        ),
        None,
    )


def _told(event: Happened, ask: Ask, words: Words) -> str:
    """An answer that leaves the ask at its stage is repeated; of the others it is said how the ask stands."""
    if event.what == Move.SNOOZE:
        until = datetime.fromisoformat(str(event.particulars["until"]))
        said = words.say("Snoozed: you will hear about this again {time}.", time=parts.when(until, words))
        if event.at < ask.due < until:
            said += " " + words.say("It is due before that: {time}.", time=parts.when(ask.due, words))
        if reason := event.particulars.get("reason"):
            said += " " + words.say("You wait for: {reason}", reason=parts.one_line(str(reason), 300))
        return said
    if event.what == Move.BLOCK:
        return words.say("You said what this waits for. Thank you.")
    if event.what == Move.FEED and event.particulars.get("on_track"):
        return words.say("You said that this is on track. Thank you.")
    if event.what == Move.FEED:
        return words.say("You added a note. Thank you.")
    return telling.stands(ask, words)
