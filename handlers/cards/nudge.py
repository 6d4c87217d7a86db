"""A nudge: the private reminder before things are late, to the owner, or to the asker for a verdict.

One message may carry several asks; each says why it is here and when it is due, and can be answered in place.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers.cards import acts, parts, telling
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.queries.nudged import Nudge, Woken
from store.rules.lifecycle import Stage
from store.rules.rungs import Rung
from store.snapshots import Ask

ABOUT_NOW = timedelta(minutes=10)
MOST = 12  # asks in one message; the rest is counted, as a message holds 50 blocks


def nudge(
    nudges: Sequence[Nudge],
    answered: Mapping[int, str],
    reader_id: str,
    words: Words,
    now: datetime,
    outbox_id: int,
) -> Card:
    """The message with these nudges. `answered`: by an ask's number, what the reader has answered (mrkdwn)."""
    origin = f"nudges:{outbox_id}"
    blocks: list[Block | None] = []
    for one in nudges[:MOST]:
        blocks += _one(one, answered.get(one.ask.number), reader_id, origin, words, now)
    rest = len(nudges) - MOST
    if rest > 0:
        blocks.append(
            parts.context(words.count("And {n} more: /monkeys lists it.", "And {n} more: /monkeys lists them.", rest))
        )
    return parts.card(_summary(nudges, reader_id, words, now), *blocks)


def reason(one: Nudge, words: Words) -> str:
    """Why this nudge comes now, in calm words."""
    kind, number = kind_of(one.rung), number_of(one.rung)
    if kind is Rung.NOT_ACKNOWLEDGED and one.ask.at_gray_zone:
        return words.say("This waits at the gray-zone desk to be placed.")
    if kind is Rung.NOT_ACKNOWLEDGED:
        return words.say("{asker} waits to hear that you have this.", asker=parts.person(one.ask.asker.id))
    if kind is Rung.HALF_TIME:
        return words.say("Half of the time for this is gone.")
    if kind is Rung.DAY_BEFORE:
        return words.say("This is due before long.")
    if kind is Rung.HOURS_BEFORE:
        return words.say("This is due soon.")
    if kind is Rung.DUE:
        return _at_due(one, words)
    if kind is Rung.LATE:
        return words.count(
            "This has been late for {n} working day.", "This has been late for {n} working days.", max(1, number)
        )
    if kind is Rung.STARVING:
        if one.ask.stage is Stage.OPEN:
            return words.say("Nothing has happened here for a while: acknowledge it, hand it over, or put it down.")
        return words.say("Nothing has happened here for a while: say how it goes, ask for more time, or put it down.")
    if kind is Rung.HOLDS:
        return words.say(
            "This still waits for you. You lead {department}, so no lead is told of it: say how it goes, or hand it "
            "over. Once it is late, {asker} hears so each week.",
            department=parts.one_line(one.ask.department_name, 80),
            asker=parts.person(one.ask.asker.id),
        )
    if kind is Rung.ASKER_LATE:
        return words.say(
            "This is late, and {owner}, who has it and leads {department}, has not answered the reminders. Talk to "
            "them, or withdraw it and ask somebody else.",
            owner=parts.person(one.ask.owner.id),
            department=parts.one_line(one.ask.department_name, 80),
        )
    if kind is Rung.VERDICT:
        if number > 1:
            return words.say("Your verdict is still missing. Without one this closes by itself, and not as satisfied.")
        return words.say("{owner} delivered this: is it what you needed?", owner=parts.person(one.ask.owner.id))
    if kind is Rung.ANSWER:
        return _answer_wanted(one.ask, number, words)
    if kind is Rung.UNANSWERED and one.ask.question is not None:
        return words.say(
            "{asker} has not answered your question, though reminded twice: talk to them, or take it back and decide "
            "yourself.",
            asker=parts.person(one.ask.asker.id),
        )
    if kind is Rung.UNANSWERED:
        return words.say(
            "{asker} has not answered you, after two nudges. What was asked stands: talk to them, deliver that, "
            "or put it down.",
            asker=parts.person(one.ask.asker.id),
        )
    return words.say("You asked to be reminded of this now.")


def _at_due(one: Nudge, words: Words) -> str:
    """What is due at a closing is said shortly before; what came due out of hours, once they have begun again."""
    said_at, due = one.said_at or one.due_at, one.ask.due
    if said_at < due:
        return words.say("This is due at closing.")
    if said_at > due + ABOUT_NOW:
        return words.say("The time for this has come.")
    return words.say("This is due now.")


def _answer_wanted(ask: Ask, number: int, words: Words) -> str:
    """The asker owes the owner an answer; what stands until then is said, too."""
    owner = parts.person(ask.owner.id)
    if ask.question is not None:
        return words.say("{owner} has asked you something about this and waits for your answer.", owner=owner)
    if ask.change is None:
        return words.say("{owner} waits for your answer.", owner=owner)
    if number > 1:
        return words.say(
            "{owner} still waits for your answer to the change they offer. What you asked stands until you answer; "
            "without one, the lead of {department} hears of it.",
            owner=owner,
            department=parts.one_line(ask.department_name, 80),
        )
    return words.say("{owner} offers you a change of this. What you asked stands until you answer.", owner=owner)


def _offered(ask: Ask, words: Words) -> list[str]:
    """What is offered in place of what was asked."""
    if ask.change is None:
        return []
    said = []
    if ask.change.result:
        said.append(words.say("*Offered instead:* {result}", result=parts.one_line(ask.change.result, 300)))
    if ask.change.due != ask.due:
        said.append(words.say("*Offered time:* {time}", time=parts.when(ask.change.due, words)))
    return said


def kind_of(rung: str) -> Rung:
    """The rung without its number or the delivery it belongs to: `late:3` is LATE."""
    return Rung(rung.partition("@")[0].partition(":")[0])


def number_of(rung: str) -> int:
    """The 3 of `late:3`; 0 for rungs that come once."""
    number = rung.partition("@")[0].partition(":")[2]
    return int(number) if number.isdecimal() else 0


def _why_now(one: Nudge, reader_id: str, words: Words) -> str:
    """The reason, or to who is only offered it what they can do: it is not theirs yet."""
    baton = one.ask.baton
    if baton is not None and reader_id == baton.receiver.id != one.ask.owner.id:
        return words.say(
            "{owner} is away, and this is offered to you: take it, or refuse it.",
            owner=parts.person(one.ask.owner.id),
        )
    return reason(one, words)


def _one(
    one: Nudge, answer: str | None, reader_id: str, origin: str, words: Words, now: datetime
) -> list[Block | None]:
    ask = one.ask
    lines = [telling.title(ask, reader_id, words, 200), f"{_why_now(one, reader_id, words)} {_when(one, words, now)}"]
    if answer is None and one.still_matters:
        if ask.stage is Stage.DELIVERED and ask.evidence:
            lines.append(words.say("*Evidence:* {evidence}", evidence=parts.one_line(ask.evidence, 300)))
        if kind_of(one.rung) is Rung.ANSWER:
            lines += _offered(ask, words)
            lines += telling.asked(ask.question, words, 300) if ask.question and ask.may_read(reader_id) else []
        if one.woken is not None:
            lines.append(_waited_for(one.woken, reader_id, words))
        row = acts.under(ask, reader_id, origin, words, snooze=True) or parts.actions()
        row["elements"].append(why(one, words))
        return [parts.section("\n".join(lines), acts.menu(ask, reader_id, origin, words)), row]
    lines[1] = answer or telling.stands(ask, words)
    return [parts.section("\n".join(lines), acts.menu(ask, reader_id, origin, words))]


def why(one: Nudge, words: Words) -> Block:
    """The button that explains a nudge."""
    return parts.button(words.say("Why did I get this?"), "why.show", acts.value(one.ask.number, nudge=one.id))


def _waited_for(woken: Woken, reader_id: str, words: Words) -> str:
    """What whoever snoozed it said that they wait for."""
    reason = parts.one_line(woken.reason, 300)
    if woken.by == reader_id:
        return words.say("You asked to be reminded: {reason}", reason=reason)
    return words.say("{person} asked to be reminded: {reason}", person=parts.person(woken.by), reason=reason)


def _when(one: Nudge, words: Words, now: datetime) -> str:
    if one.ask.stage is Stage.DELIVERED:
        delivered_at = one.ask.delivered_at or one.due_at
        return words.say("Delivered {time}.", time=parts.when(delivered_at, words))
    if one.ask.is_late(now):
        if one.ask.stage is Stage.OPEN:
            return words.say("It was needed by {time}.", time=parts.when(one.ask.due, words))
        return words.say("It was promised for {time}.", time=parts.when(one.ask.due, words))
    return words.say("Due: {time}.", time=parts.when(one.ask.due, words))


def _summary(nudges: Sequence[Nudge], reader_id: str, words: Words, now: datetime) -> str:
    if len(nudges) == 1:
        title = telling.title(nudges[0].ask, reader_id, words)
        return words.say("A nudge about {ask}", ask=title)
    return words.count("A nudge about {n} ask", "A nudge about {n} asks", len(nudges))
