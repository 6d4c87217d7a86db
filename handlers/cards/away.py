"""What `/away` and `/back` show: the form, the answer with what was offered to whom, the line on Home, the help."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cards import parts, telling
from handlers.cards.form_parts import form, person_field, time_field
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.presence import Absence
from store.snapshots import Ask

LISTED = 15  # asks named in an answer; the rest is counted


def away_form(
    absence: Absence | None, deputy_id: str | None, unread: str, words: Words, why: str | None = None
) -> Block:
    """From when, until when, and who stands in. `unread`: words after `/away` that were not understood.

    `why`: "past", "too_far", or "nobody" for a handle that is nobody's; else it is no time that can be read.
    """
    not_read = _not_read(parts.one_line(unread, 200), why, words)
    return form(
        "away.form",
        words.say("Away"),
        words.say("I am away"),
        {},
        words,
        parts.section(not_read) if unread else None,
        parts.section(words.say("While you are away, new asks go to your deputy, and yours are offered to them.")),
        time_field(
            "since",
            words.say("From"),
            initial=absence.since if absence else None,
            hint=words.say("Empty: from now on."),
            optional=True,
        ),
        time_field(
            "due",
            words.say("Until"),
            initial=absence.until if absence else None,
            hint=words.say("Empty: until you type /back."),
            optional=True,
        ),
        person_field(
            "deputy",
            words.say("Deputy"),
            initial=deputy_id or (absence.deputy_id if absence else None),
            hint=words.say("Without one, new asks go to somebody else of your department, and yours stay with you."),
            optional=True,
        ),
    )


def _not_read(text: str, why: str | None, words: Words) -> str:
    match why:
        case "nobody":
            return words.say("I know nobody called “{text}”. Please choose your deputy here.", text=text)
        case "past":
            return words.say("“{text}” is over already. Please pick a later time here.", text=text)
        case "too_far":
            return words.say("“{text}” is very far ahead. Please pick a time here.", text=text)
    return words.say("I could not read “{text}” as a time. Please pick it here.", text=text)


def away(
    absence: Absence, is_now: bool, offered: Sequence[Ask], kept: Sequence[Ask], words: Words, elsewhere: str = ""
) -> Card:
    """The answer: until when, who stands in, what is offered to them and what is not.

    `elsewhere`: the department that the deputy works in, if it is another one.
    """
    said = sentence(absence, is_now, words)
    lines = [f"*{said}*"]
    if absence.deputy_id:
        lines.append(words.say("New asks go to {deputy}.", deputy=parts.person(absence.deputy_id)))
    else:
        lines.append(words.say("You named no deputy: new asks go to somebody else of your department."))
    if elsewhere:
        lines.append(
            words.say(
                "They work in {department}: please tell them, as what comes in for you is theirs then.",
                department=parts.one_line(elsewhere, 80),
            )
        )
    blocks: list[Block | None] = [parts.section("\n".join(lines))]
    if is_now and absence.deputy_id:
        deputy = parts.person(absence.deputy_id)
        if offered:
            told = words.say("*Offered to {deputy}:* you own each until it is taken.", deputy=deputy)
            blocks.append(_list(told, offered, words))
        blocks += _not_offered(absence.deputy_id, kept, words)
        if not offered and not kept:
            blocks.append(parts.context(words.say("You own nothing that had to be offered.")))
    elif not is_now:
        blocks.append(parts.context(words.say("What you own then is offered to your deputy when you leave.")))
    elif kept:
        blocks.append(_list(words.say("*Without a deputy they stay with you:*"), kept, words))
    blocks.append(parts.context(words.say("“/back” ends it at once, “/away” changes it.")))
    return parts.card(said, *blocks)


def _not_offered(deputy_id: str, kept: Sequence[Ask], words: Words) -> list[Block]:
    """What stays with who is away, and why: a list for each reason."""
    deputy = parts.person(deputy_id)
    asked = [ask for ask in kept if ask.asker.id == deputy_id]
    pending = [ask for ask in kept if ask.baton is not None and ask not in asked]
    others = [ask for ask in kept if ask not in asked and ask not in pending]
    told = (
        (words.say("*Not offered, as {deputy} asked for them:* they stay with you.", deputy=deputy), asked),
        (words.say("*On offer to somebody else already:* they stay with you until they are taken."), pending),
        (words.say("*Not offered, as {deputy} cannot take them now:* they stay with you.", deputy=deputy), others),
    )
    return [_list(said, asks, words) for said, asks in told if asks]


def stands_in(by: str, since: datetime | None, until: datetime | None, words: Words) -> Card:
    """To a deputy to whom nothing is offered yet: whom they stand in for, and for how long. None: now, open-ended."""
    said = words.say("{person} named you as deputy.", person=parts.person(by))
    begins = parts.when(since, words) if since else words.say("now")
    if until:
        span = words.say("Away from {since} until {until}.", since=begins, until=parts.when(until, words))
    else:
        span = words.say("Away from {since} on, until they are back.", since=begins)
    then = words.say("New asks for them come to you meanwhile.")
    return parts.card(said, parts.section(f"*{said}*\n{span} {then}"))


def sentence(absence: Absence, is_now: bool, words: Words) -> str:
    """From when until when somebody is away, for mrkdwn."""
    until = parts.when(absence.until, words) if absence.until else None
    if is_now and until:
        return words.say("You are away until {time}.", time=until)
    if is_now:
        return words.say("You are away until you are back.")
    since = parts.when(absence.since, words)
    if until:
        return words.say("You are away from {since} until {time}.", since=since, time=until)
    return words.say("You are away from {since} on, until you are back.", since=since)


def on_home(absence: Absence, is_now: bool, words: Words) -> str:
    """The line of the Home tab."""
    if absence.deputy_id is None:
        return words.say("{away} No deputy. “/back” ends it.", away=sentence(absence, is_now, words))
    return words.say(
        "{away} Deputy: {deputy}. “/back” ends it.",
        away=sentence(absence, is_now, words),
        deputy=parts.person(absence.deputy_id),
    )


def back(offered: Sequence[Ask], words: Words) -> Card:
    """The answer to `/back`: what is offered back."""
    said = words.say("Welcome back. New asks come to you again.")
    blocks: list[Block | None] = [parts.section(f"*{said}*")]
    if offered:
        blocks.append(_list(words.say("*Offered back to you:* take each, or leave it."), offered, words))
    return parts.card(said, *blocks)


def back_when(absence: Absence, is_now: bool, typed: str, words: Words) -> Card:
    """`/back` with words behind it that are no time: nothing was ended."""
    said = words.say("I could not read “{text}” as a time, so nothing has changed.", text=parts.one_line(typed, 200))
    lines = (
        f"*{said}*",
        sentence(absence, is_now, words),
        words.say("`/back` alone ends it now; `/back tomorrow` or `/away until thursday` says when you are back."),
    )
    return parts.card(said, parts.section("\n".join(lines)))


def welcome_back(count: int, words: Words) -> Card:
    """The direct message when an absence is over by itself."""
    said = words.say("Welcome back. New asks come to you again.")
    more = words.count("{n} ask is on offer to you: see above.", "{n} asks are on offer to you: see above.", count)
    return parts.card(said, parts.section(f"*{said}*"), parts.context(more) if count else None)


def away_help(words: Words) -> Card:
    """What one can type after `/away`, and `/back`."""
    said = words.say("Away? Your deputy stands in, and nothing waits for you.")
    examples = (
        words.say("`/away until monday deputy @sam` – from now on; back on Monday morning"),
        words.say("`/away from 3 Dec until 10 Dec deputy @sam` – planned ahead"),
        words.say("`/away until 4pm` – without a deputy: new asks go to somebody else of your department"),
        words.say("`/away` – the form"),
        words.say("`/back` – I am back, ahead of time or not"),
        words.say("`/back tomorrow` – I am away until then"),
    )
    return parts.card(said, parts.section("\n".join((f"*{said}*", *examples))))


def _list(heading: str, asks: Sequence[Ask], words: Words) -> Block:
    lines = [telling.title(ask, None if not ask.is_private else ask.owner.id, words, 80) for ask in asks[:LISTED]]
    rest = len(asks) - LISTED
    if rest > 0:
        lines.append(words.count("and {n} more: /monkeys lists it", "and {n} more: /monkeys lists them", rest))
    return parts.section("\n".join((heading, *lines)))
