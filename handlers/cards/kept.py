"""How did a promise come out? In a word or two for lists, as a sentence for the asker, and promise by promise."""

from datetime import timedelta

from handlers.cards import parts
from handlers.cards.parts import Block
from handlers.words import Words
from store.queries.promises import Ledger, Share
from store.rules.kept import Because, Kept, Promise
from store.snapshots import Ask

_HOUR = timedelta(hours=1)
MOST = 12  # promises shown of an ask; the first ones are left out


def label(ask: Ask, words: Words) -> str | None:
    """For a list: "late by 3 working hours". None while nothing has come out."""
    match ask.kept:
        case Kept.KEPT:
            return words.say("promise kept")
        case Kept.MOVED:
            return words.say("promise kept, after an agreed move")
        case Kept.LATE if ask.late_by:
            return words.say("late by {span}", span=span(ask.late_by, words))
        case Kept.LATE:
            return words.say("late")
    return None


def delivered(ask: Ask, words: Words) -> str | None:
    """For who reads of the delivery."""
    match ask.kept:
        case Kept.KEPT:
            return words.say("Delivered in time, as promised.")
        case Kept.MOVED:
            return words.say("Delivered in time, after the promise was moved with your yes.")
        case Kept.LATE if ask.late_by:
            return words.say("Delivered late by {span}.", span=span(ask.late_by, words))
        case Kept.LATE:
            return words.say("Delivered late.")
    return None


def share(share: Share, words: Words) -> str | None:
    """How a department's promises came out; None where none did."""
    if not share.total:
        return None
    told = words.say(
        "Promises since {time}: {kept} of {total} kept",
        time=parts.when(share.since, words),
        kept=share.kept + share.moved,
        total=share.total,
    )
    if share.moved:
        told += words.count(", {n} of them after an agreed move", ", {n} of them after an agreed move", share.moved)
    if share.late:
        told += words.say("; late ones by {span} on average", span=span(share.late_by, words))
    return told


def span(time: timedelta, words: Words) -> str:
    """Working time in whole hours, or in minutes below one; never less than a minute."""
    if time < _HOUR:
        return words.count("{n} working minute", "{n} working minutes", max(1, round(time / timedelta(minutes=1))))
    return words.count("{n} working hour", "{n} working hours", round(time / _HOUR))


def history(ask: Ask, ledger: Ledger, words: Words) -> Block:
    """What was promised, in order, and how it came out."""
    lines = [words.say("*The promise*")]
    before: Promise | None = None
    for promise in ledger.promises:
        lines.append(_line(ask, promise, before, words))
        before = promise
    shown = lines if len(lines) <= MOST else [lines[0], "…", *lines[-(MOST - 2) :]]
    if (came_out := label(ask, words)) is not None and ask.delivered_at is not None:
        shown.append(words.say("• Delivered {time}: {kept}.", time=parts.when(ask.delivered_at, words), kept=came_out))
    elif came_out is not None and not ask.is_open:
        shown.append(words.say("• Ended undelivered: {kept}.", kept=came_out))
    return parts.section("\n".join(shown))


def _line(ask: Ask, promise: Promise, before: Promise | None, words: Words) -> str:
    due, at = parts.when(promise.due, words), parts.when(promise.made_at, words)
    asker = parts.one_line(ask.asker.name, 60)
    if before is None:
        if ask.due_was_given:
            return words.say("• {at}: {asker} asked for it by {due}.", at=at, asker=asker, due=due)
        return words.say("• {at}: the department promised it for {due}.", at=at, due=due)
    match promise.because:
        case Because.SOONER:
            return words.say("• {at}: the owner promised it earlier, for {due}.", at=at, due=due)
        case Because.AGREED if promise.made_at <= before.due or promise.due <= before.due:
            return words.say("• {at}: {asker} agreed to {due}, in time.", at=at, asker=asker, due=due)
        case Because.AGREED:
            return words.say(
                "• {at}: {asker} agreed to {due}, but the promise was late by then.", at=at, asker=asker, due=due
            )
        case Because.REOPENED:
            return words.say("• {at}: {asker} reopened it, and it moved to {due}.", at=at, asker=asker, due=due)
    return words.say("• {at}: the owner's clock had stood still, so it moved to {due}.", at=at, due=due)
