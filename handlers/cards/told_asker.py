"""What the asker is told by direct message: acknowledged, another promise, delivered, closed. No more than that."""

from datetime import datetime

from handlers.cards import acts, chain, kept, parts, telling
from handlers.cards.parts import Block, Card
from handlers.cards.told import told
from handlers.words import Words
from store.rules.lifecycle import Outcome, Stage
from store.snapshots import Ask


def acknowledged(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """The owner committed to what was asked, by the promised time."""
    said = words.say(
        "{owner} has acknowledged #{number} and promises it for {time}.",
        owner=parts.person(ask.owner.id),
        number=ask.number,
        time=parts.when_on_weekday(ask.due, words),
    )
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what))


def promise_moved(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """The owner promises it earlier than before."""
    said = words.say(
        "{owner} now promises #{number} for {time}.",
        owner=parts.person(ask.owner.id),
        number=ask.number,
        time=parts.when_on_weekday(ask.due, words),
    )
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what))


def change_offered(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """The owner offers another result or a later time. Without an answer what was asked stands."""
    change = ask.change
    if change is None:
        said = words.say("A change of #{number} was offered and has been answered.", number=ask.number)
        return told(ask, reader_id, words, said, telling.stands(ask, words))
    said = words.say("{owner} offers a change of #{number}.", owner=parts.person(ask.owner.id), number=ask.number)
    facts = [words.say("*You asked*\n{what}", what=parts.quoted(ask.result or ask.what, 700))]
    if change.result:
        facts.append(words.say("*Offered instead*\n{result}", result=parts.quoted(change.result, 700)))
    facts.append(words.say("*Promised so far*\n{time}", time=parts.when(ask.due, words)))
    if change.due != ask.due:
        facts.append(words.say("*Offered time*\n{time}", time=parts.when(change.due, words)))
    reason = words.say("Because: {reason}", reason=parts.quoted(change.reason, 1000)) if change.reason else ""
    until = words.say("Until you answer, what you asked stands.")
    if change.due == ask.earliest:
        earliest = words.say(
            "This is the time that {department} promises for it.", department=parts.one_line(ask.department_name, 80)
        )
        until = f"{earliest} {until}"
    until = " ".join((*telling.for_who_left(ask, reader_id, words), until))
    return parts.card(
        f"{said} {telling.what(ask, reader_id, words)}",
        parts.section(f"*{said}*" + (f"\n{reason}" if reason else ""), acts.show_all(ask, "", words)),
        parts.fields(*facts),
        parts.context(until),
        _answers(ask, reader_id, "told:change_offered", words),
    )


def delivered(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """The owner says it is done, with evidence. The asker judges."""
    said = words.say("{owner} has delivered #{number}.", owner=parts.person(ask.owner.id), number=ask.number)
    lines = [telling.quotation(ask.result or ask.what)]
    if ask.done_means:
        lines.append(words.say("Done means: {meaning}", meaning=parts.one_line(ask.done_means, 300)))
    if ask.evidence:
        lines.append(words.say("*Evidence:* {evidence}", evidence=parts.quoted(ask.evidence, 900)))
    if ask.evidence_link:
        lines.append(telling.link(ask.evidence_link, words))
    if came_out := kept.delivered(ask, words):
        lines.append(came_out)
    if ask.stage is Stage.DELIVERED:
        lines += [*telling.for_who_left(ask, reader_id, words), words.say("Is this what you needed?")]
    else:
        lines += [telling.stands(ask, words), *chain.unblocks(ask, reader_id, words)]
    return told(ask, reader_id, words, said, *lines, row=_answers(ask, reader_id, "told:delivered", words))


def no_verdict(ask: Ask, reader_id: str, words: Words, now: datetime) -> Card:
    """Nobody judged it, so it closed by itself; asker and owner are told."""
    if reader_id != ask.asker.id:
        said = words.say("#{number} closed without a verdict.", number=ask.number)
        line = words.say(
            "{asker} did not say whether that was it; it does not count as satisfied.", asker=parts.person(ask.asker.id)
        )
        lines = [line, *chain.left_behind(ask, reader_id, words)]
        return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), *lines)
    said = words.say("#{number} closed without your verdict.", number=ask.number)
    line = words.say("If something is missing, you can reopen it within 7 days of its closing.")
    lines = [telling.quotation(ask.result or ask.what), line, *chain.unblocks(ask, reader_id, words)]
    return told(ask, reader_id, words, said, *lines, row=_reopen(ask, words))


def put_down(ask: Ask, reader_id: str, words: Words, now: datetime, by: str) -> Card:
    """It was ended on purpose, with a reason: told to the asker, and to the owner when their lead did it."""
    said = words.say("{person} has put down #{number}.", person=parts.person(by), number=ask.number)
    lines = [telling.quotation(ask.result or ask.what)]
    if ask.outcome is Outcome.PUT_DOWN and ask.outcome_reason:
        lines.append(words.say("*Because:* {reason}", reason=parts.quoted(ask.outcome_reason, 1200)))
    lines += [*chain.unblocks(ask, reader_id, words), *chain.left_behind(ask, reader_id, words)]
    if reader_id != ask.asker.id:
        return told(ask, reader_id, words, said, *lines)
    lines.append(words.say("If you still need it, you can reopen it within 7 days of its closing."))
    row = _reopen(ask, words)
    if row is None or ask.outcome is not Outcome.PUT_DOWN or reader_id == ask.lead_id:
        return told(ask, reader_id, words, said, *lines, row=row)
    if by == ask.lead_id:
        lines.append(
            words.say(
                "{person} leads {department}, so this is decided; nobody else decides about it here.",
                person=parts.person(by),
                department=parts.one_line(ask.department_name, 80),
            )
        )
        return told(ask, reader_id, words, said, *lines, row=row)
    lines.append(words.say("Or object once: the lead of the department then decides."))
    row["elements"].append(parts.button(words.say("I object"), "objection.object", acts.value(ask.number)))
    return told(ask, reader_id, words, said, *lines, row=row)


def _answers(ask: Ask, reader_id: str, origin: str, words: Words) -> Block | None:
    judges = reader_id == ask.asker.id or telling.stands_in(ask, reader_id)
    buttons = acts.verdict(ask, origin, words) if judges else []
    return parts.actions(*buttons) if buttons else None


def _reopen(ask: Ask, words: Words) -> Block | None:
    if ask.is_open:
        return None
    carried = acts.value(ask.number, "told:closed")
    return parts.actions(parts.button(words.say("Reopen ask"), "ending.reopen", carried))
