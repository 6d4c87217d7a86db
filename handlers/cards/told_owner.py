"""What the owner is told by direct message: the asker's answers and verdicts, and asks that end or come back.

Also the lead's notice of a rush, and what those hear who can mend a channel that Slack refuses.
"""

from datetime import datetime

from handlers.cards import acts, chain, parts, telling
from handlers.cards import rush as rush_words
from handlers.cards.parts import Card
from handlers.cards.told import told
from handlers.words import Words
from store.snapshots import Ask

_ORIGIN = "told:owner"


def change_agreed(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """The offered change is the promise now."""
    said = words.say(
        "{asker} agreed: #{number} is promised for {time}.",
        asker=parts.person(ask.asker.id),
        number=ask.number,
        time=parts.when(ask.due, words),
    )
    return _to_owner(ask, reader_id, words, said, telling.quotation(ask.result or ask.what))


def change_refused(ask: Ask, reader_id: str, words: Words, now: datetime, missing: str) -> Card:
    """The asker does not agree to the change: what was asked stands."""
    said = words.say(
        "{asker} did not agree to the change of #{number}.", asker=parts.person(ask.asker.id), number=ask.number
    )
    stands = words.say("What was asked stands, {due}.", due=telling.due(ask, words, now))
    quoted = parts.quoted(missing, 1200)
    why = words.say("*What is missing:* {missing}", missing=quoted)
    return _to_owner(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), why, stands)


def accepted(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """The asker said "Yes, that's it"."""
    said = words.say("{asker} said “Yes, that's it” to #{number}.", asker=parts.person(ask.asker.id), number=ask.number)
    thanks = words.say("It is closed and off your back. Thank you.")
    lines = [telling.quotation(ask.result or ask.what), thanks, *chain.left_behind(ask, reader_id, words)]
    return told(ask, reader_id, words, said, *lines)


def not_quite(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """The asker says what is missing; the owner goes on."""
    said = words.say("{asker} said “Not quite” to #{number}.", asker=parts.person(ask.asker.id), number=ask.number)
    lines = [telling.quotation(ask.result or ask.what)]
    if ask.missing:
        lines.append(words.say("*What is missing:* {missing}", missing=parts.quoted(ask.missing, 1200)))
    lines.append(words.say("You have it again, {due}.", due=telling.due(ask, words, now)))
    return _to_owner(ask, reader_id, words, said, *lines)


def withdrawn(ask: Ask, reader_id: str, words: Words, now: datetime, by: str | None) -> Card:
    """The asker no longer needs it."""
    said = words.say("{person} has withdrawn #{number}.", person=parts.person(by or ask.asker.id), number=ask.number)
    lines = [telling.quotation(ask.result or ask.what)]
    if ask.outcome_reason and not ask.is_open:
        lines.append(words.say("*Because:* {reason}", reason=parts.quoted(ask.outcome_reason, 1200)))
    lines += [words.say("It is off your back."), *chain.left_behind(ask, reader_id, words)]
    return told(ask, reader_id, words, said, *lines)


def reopened(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """A closed ask came back, with what is missing."""
    said = words.say(
        "{asker} has reopened #{number}: you have it.", asker=parts.person(ask.asker.id), number=ask.number
    )
    lines = [telling.quotation(ask.result or ask.what)]
    if ask.missing:
        lines.append(words.say("*What is missing:* {missing}", missing=parts.quoted(ask.missing, 1200)))
    if ask.is_late(now):
        lines.append(words.say("Its old promise is over; offer a new time with “Need more time”."))
    return _to_owner(ask, reader_id, words, said, *lines)


def you_inherit(ask: Ask, reader_id: str, words: Words, now: datetime, left: str) -> Card:
    """The owner's account was deactivated: the reader has the ask now."""
    said = words.say("You own #{number} now: {person} has left.", number=ask.number, person=parts.person(left))
    lines = [telling.quotation(ask.result or ask.what)]
    if ask.owner.id == reader_id:
        asker = parts.person(ask.asker.id)
        lines.append(words.say("{due} · asked by {asker}", due=telling.due(ask, words, now), asker=asker))
    lines.append(telling.stands(ask, words))
    return _to_owner(ask, reader_id, words, said, *lines)


def reassigned(ask: Ask, reader_id: str, words: Words, now: datetime, left: str) -> Card:
    """The lead hears that an ask of somebody who left has found another owner."""
    said = words.say(
        "{owner} owns #{number} now: {person} has left.",
        owner=parts.person(ask.owner.id),
        number=ask.number,
        person=parts.person(left),
    )
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), telling.stands(ask, words))


def rush(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """A department's lead hears of an ask that is due sooner than the lead time allows."""
    said = words.say(
        "Rush for {department}: #{number}, due {time}.",
        department=parts.one_line(ask.department_name, 80),
        number=ask.number,
        time=parts.when(ask.due, words),
    )
    who = words.say(
        "{asker} asks, {owner} owns it.", asker=parts.person(ask.asker.id), owner=parts.person(ask.owner.id)
    )
    why = words.say("*Because:* {reason}", reason=rush_words.why(ask, words, 1200))
    ways = words.say("{owner} can commit to it, or offer the earliest time.", owner=parts.person(ask.owner.id))
    lines = [telling.quotation(ask.result or ask.what), why, who]
    return told(ask, reader_id, words, said, *lines, *([ways] if ask.can_be_countered else []))


def rush_of_yours(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """The asker's own lead hears, in private, of a rush that waiting caused: it is theirs to explain."""
    said = words.say(
        "{asker} filed a rush with {department}: #{number}.",
        asker=parts.person(ask.asker.id),
        department=parts.one_line(ask.department_name, 80),
        number=ask.number,
    )
    why = words.say("*Because:* {reason}", reason=rush_words.why(ask, words, 1200))
    counts = words.say(
        "It counts in the rush share of your department. This message is for you alone: please find out together "
        "what would have let you ask earlier."
    )
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), why, counts)


def trouble(ask: Ask | None, words: Words, channel_id: str, fault: str) -> Card:
    """Slack refuses a channel. `fault` is Slack's word for why; what to do about it is said here."""
    said = words.say("Slack does not let me post in {channel}.", channel=parts.channel(channel_id))
    if ask is not None:
        said = words.say(
            "The card of #{number} is not in {channel}: Slack does not let me post there.",
            number=ask.number,
            channel=parts.channel(channel_id),
        )
    remedy = _remedy(fault, words)
    kept = words.say("Nothing is lost: the ask is filed and yours.") if ask is not None else ""
    return parts.card(said, parts.section("\n".join(line for line in (f"*{said}*", remedy, kept) if line)))


def _remedy(fault: str, words: Words) -> str:
    if fault in ("not_in_channel", "channel_not_found"):
        return words.say("Please invite me there with /invite @Baton; if the channel is gone, name another one.")
    if fault == "is_archived":
        return words.say("The channel is archived. Please unarchive it, or name another one for the department.")
    return words.say(
        "Slack says: {fault}. A workspace admin can allow it, or name another channel.", fault=parts.one_line(fault)
    )


def _to_owner(ask: Ask, reader_id: str, words: Words, said: str, *lines: str) -> Card:
    row = acts.under(ask, reader_id, _ORIGIN, words) if reader_id == ask.owner.id else None
    return told(ask, reader_id, words, said, *lines, row=row)
