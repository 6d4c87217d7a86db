"""How is an ask told in a line? Its title, when it is due, how it stands, what comes next: for lists and messages."""

from datetime import datetime, timedelta

from handlers.cards import parts
from handlers.cards.status import status
from handlers.words import Words
from store.rules.lifecycle import Stage
from store.snapshots import Ask, Person, Question

SHORT = 110  # characters of an ask's own words in a list
LINES = 12  # of somebody's own words in a message
_DAY = timedelta(days=1)


def title(ask: Ask, reader_id: str | None, words: Words, limit: int = SHORT) -> str:
    """`#12 Replace the gasket`, for mrkdwn. `reader_id` None: a whole channel, so a private text is hidden."""
    return f"*#{ask.number}* {what(ask, reader_id, words, limit)}"


def what(ask: Ask, reader_id: str | None, words: Words, limit: int = SHORT) -> str:
    """What was asked, in one line for mrkdwn, as far as the reader may see it."""
    if not may_read(ask, reader_id):
        return words.say("a private ask")
    return parts.one_line(ask.result or ask.what, limit)


def may_read(ask: Ask, reader_id: str | None) -> bool:
    """Whether the text may be shown to this reader; None is everybody in a channel."""
    return not ask.is_private if reader_id is None else ask.may_read(reader_id)


def quotation(text: str, limit: int = 900) -> str:
    """What somebody wrote, set off from our own words; at most twelve lines of it."""
    lines = parts.quoted(text, limit).split("\n")
    shown = lines if len(lines) <= LINES else [*lines[:LINES], "…"]
    return "\n".join(f"> {line}" for line in shown)


def asked(question: Question, words: Words, limit: int = 900) -> list[str]:
    """The owner's question, and what they suggest, each on a line for mrkdwn."""
    lines = []
    if question.words:
        lines.append(words.say("*Question:* {question}", question=parts.one_line(question.words, limit)))
    if question.proposal:
        lines.append(words.say("*I suggest:* {proposal}", proposal=parts.one_line(question.proposal, limit)))
    return lines


def link(address: str, words: Words) -> str:
    """A link that somebody gave, under a label of ours."""
    safe = address.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    label = words.say("Open the link")
    return f"<{safe}|{label}>"


def name(person: Person) -> str:
    """A person's name for a channel, where a mention would ping them."""
    return parts.one_line(person.name, 60)


def stands(ask: Ask, words: Words) -> str:
    """How the ask stands, as a sentence for mrkdwn; while it is on offer, to whom and until when."""
    told = waits(ask, words) or parts.quoted(status(ask, words), 500)
    return f"{told} {owner(ask, words)}" if ask.baton is not None else told


def waits(ask: Ask, words: Words) -> str | None:
    """That the asker has not answered the owner's question, since when, and what it does to the owner's time."""
    if ask.question is None or not ask.is_open:
        return None
    return words.say(
        "Waits for {asker}'s answer since {time}; {owner}'s time stands still.",
        asker=name(ask.asker),
        time=parts.when(ask.question.asked_at, words),
        owner=name(ask.owner),
    )


def owner(ask: Ask, words: Words) -> str:
    """Who owns it, for mrkdwn, pinging nobody; while it is on offer, to whom and until when: both sides read this."""
    if ask.baton is None:
        return words.say("Owner: {owner}", owner=name(ask.owner))
    return words.say(
        "Owner: {owner} (offered to {receiver} until {time})",
        owner=name(ask.owner),
        receiver=name(ask.baton.receiver),
        time=parts.when(ask.baton.expires_at, words),
    )


def next_step(ask: Ask, words: Words) -> str:
    """What has to happen next, and by whom, in a few words."""
    owner, asker = name(ask.owner), name(ask.asker)
    if ask.stage is Stage.CLOSED:
        return words.say("next: nothing, it is closed")
    if ask.stage is Stage.DELIVERED:
        return words.say("next: {asker} says whether this is it", asker=asker)
    if ask.change is not None:
        return words.say("next: {asker} answers the offered change", asker=asker)
    if ask.question is not None:
        return words.say("next: {asker} answers {owner}'s question", asker=asker, owner=owner)
    if ask.at_gray_zone:
        return words.say("next: {owner} places it with a department", owner=owner)
    if ask.stage is Stage.OPEN:
        return words.say("next: {owner} acknowledges", owner=owner)
    return words.say("next: {owner} delivers", owner=owner)


def due(ask: Ask, words: Words, now: datetime) -> str:
    """When the promise is due, saying in words when it is late, or a rush."""
    instant = parts.when(ask.due, words)
    if ask.is_late(now):
        told = words.say("*late* since {time}", time=instant)
    elif ask.stage is Stage.OPEN:
        told = words.say("needed by {time}", time=instant)
    else:
        told = words.say("promised for {time}", time=instant)
    return words.say("{due} (rush)", due=told) if ask.is_rush else told


def age(since: datetime, words: Words, now: datetime) -> str:
    """How long ago something was, in whole days or hours."""
    passed = max(now - since, timedelta(0))
    if passed >= _DAY:
        return words.count("{n} day", "{n} days", passed // _DAY)
    hours = passed // timedelta(hours=1)
    return words.count("{n} hour", "{n} hours", hours) if hours else words.say("less than an hour")


def stands_in(ask: Ask, reader_id: str) -> bool:
    """Whether the reader answers in the place of an asker who has left."""
    return ask.asker.gone and reader_id == ask.askers_lead_id


def for_who_left(ask: Ask, reader_id: str, words: Words) -> list[str]:
    """Why the reader is asked at all."""
    if not stands_in(ask, reader_id):
        return []
    return [words.say("{asker} has left: as their lead you answer for them.", asker=parts.person(ask.asker.id))]


def heading_of_some(heading: str, more: int, words: Words) -> parts.Block:
    """The heading of a list that may be cut short: how many more there are, if any."""
    if more > 0:
        heading += " · " + words.count("{n} more in your messages", "{n} more in your messages", more)
    return parts.section(heading)
