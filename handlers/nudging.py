"""A nudge as it reads now: when it is sent, and again after each answer, so that every row says what was answered."""

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


def _answer(look: Look, one: Nudge, reader: Person, words: Words) -> str | None:
    """What the reader has done about the ask since the nudge was due, or None."""
    newest = next(
        (
            event
            for event in reversed(asks.history(look, one.ask.id, limit=RECENT))
            if event.actor is not None and event.actor.id == reader.id and event.at >= one.due_at
        ),
        None,
    )
    return _told(newest, one.ask, words) if newest else None


def _told(event: Happened, ask: Ask, words: Words) -> str:
    """An answer that leaves the ask at its stage is repeated; of the others it is said how the ask stands."""
    if event.what == Move.SNOOZE:
        until = datetime.fromisoformat(str(event.particulars["until"]))
        return words.say("Snoozed: you will hear about this again {time}.", time=parts.when(until, words))
    if event.what == Move.FEED and event.particulars.get("on_track"):
        return words.say("You said that this is on track. Thank you.")
    if event.what == Move.FEED:
        return words.say("You added a note. Thank you.")
    return telling.stands(ask, words)
