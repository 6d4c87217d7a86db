"""What a lead is told once about an ask in trouble: the facts, and what can be done about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.cards import acts, overseeing, parts, telling
from handlers.cards.nudge import kind_of, why
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.queries.nudged import Nudge
from store.rules.rungs import Rung

MOST = 12  # asks in one message; the rest is counted


def lead_told(
    nudges: Sequence[Nudge],
    answered: Mapping[int, tuple[str, bool]],
    reader_id: str,
    words: Words,
    now: datetime,
    outbox_id: int,
) -> Card:
    """The message to a department's lead with these asks.

    `answered`: by an ask's number, what the lead has done about it (mrkdwn), and whether nothing more is asked of them.
    """
    origin = f"lead_told:{outbox_id}"
    heading = words.count("{n} ask needs a look from you.", "{n} asks need a look from you.", len(nudges))
    blocks: list[Block | None] = [parts.section(f"*{heading}*")]
    for one in nudges[:MOST]:
        blocks += _one(one, answered.get(one.ask.number), reader_id, origin, words, now)
    rest = len(nudges) - MOST
    if rest > 0:
        blocks.append(
            parts.context(words.count("And {n} more: /standup lists it.", "And {n} more: /standup lists them.", rest))
        )
    summary = heading
    if len(nudges) == 1:
        summary = f"{heading} {telling.title(nudges[0].ask, reader_id, words)}"
    return parts.card(summary, *blocks)


def _one(
    one: Nudge, answered: tuple[str, bool] | None, reader_id: str, origin: str, words: Words, now: datetime
) -> list[Block | None]:
    ask = one.ask
    title = telling.title(ask, reader_id, words, 200)
    if not one.still_matters:
        return [parts.section(f"{title}\n{telling.stands(ask, words)}")]
    facts = words.say(
        "Owner: {owner} · asked by {asker} · {due}",
        owner=parts.person(ask.owner.id),
        asker=parts.person(ask.asker.id),
        due=telling.due(ask, words, now),
    )
    todo = words.say(
        "You can ask {owner}, leave it with them, hand it over on their behalf, or put it down with a reason.",
        owner=parts.person(ask.owner.id),
    )
    if ask.baton is not None:
        todo = telling.owner(ask, words)
    if answered is not None:
        todo = answered[0]
    if reader_id != ask.lead_id:  # whoever stands in for a lead who is away
        todo = words.say(
            "You can ask {owner}, or add a note. Handing it over on somebody's behalf and putting it down are for "
            "{lead}, who leads {department}.",
            owner=parts.person(ask.owner.id),
            lead=parts.person(ask.lead_id),
            department=parts.one_line(ask.department_name, 60),
        )
        told = parts.section(
            "\n".join((title, _reason(one, words, now), facts, todo)), acts.menu(ask, reader_id, "", words)
        )
        return [told, parts.actions(why(one, words))]
    if answered is not None and answered[1]:
        row = parts.actions(acts.show_all(ask, "", words), why(one, words))
        return [parts.section("\n".join((title, todo, facts))), row]
    may_pass_on = ask.baton is None or ask.baton.offered_by == reader_id
    passing_on = [acts.hand_over(ask, origin, words)] if may_pass_on else []
    row = parts.actions(
        *overseeing.buttons(ask, reader_id, origin, words),
        *passing_on,
        acts.put_down(ask, origin, words),
        acts.show_all(ask, "", words),
        why(one, words),
    )
    return [parts.section("\n".join((title, _reason(one, words, now), facts, todo))), row]


def _reason(one: Nudge, words: Words, now: datetime) -> str:
    kind, owner = kind_of(one.rung), parts.person(one.ask.owner.id)
    if kind is Rung.LEAD_UNACKNOWLEDGED:
        passed = telling.age(max(one.ask.owned_since, one.ask.filed_at), words, now)
        if one.ask.at_gray_zone:
            return words.say("{owner} has had this for {time} and has not placed it.", owner=owner, time=passed)
        return words.say("{owner} has had this for {time} and has not acknowledged it.", owner=owner, time=passed)
    if kind is Rung.LEAD_LATE:
        return words.say("This is late, by {time} so far.", time=telling.age(one.ask.due, words, now))
    if kind is Rung.LEAD_STARVING:
        return words.say("Nothing has happened here for {time}.", time=telling.age(one.ask.fed_at, words, now))
    if kind is Rung.LEAD_UNANSWERED:
        since = one.ask.awaited.since if one.ask.awaited else one.due_at
        return words.say(
            "{asker} has not answered {owner} for {time}, after two nudges. Until then what was asked stands.",
            asker=parts.person(one.ask.asker.id),
            owner=owner,
            time=telling.age(since, words, now),
        )
    if kind is Rung.HOLDS:
        return words.say("{owner} still answers no nudge about this, so the question is yours.", owner=owner)
    return words.say("{owner} answers no nudge about this any more; the question is yours.", owner=owner)
