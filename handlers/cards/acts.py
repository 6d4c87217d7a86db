"""The buttons under an ask: those that this reader may press at this stage, the likeliest first, the rest behind "…".

A button's value says which ask it is about and which message, list or tab it stands in (`origin`), so that whatever
was clicked can be drawn anew after the answer. What is in the channel carries the number alone.
"""

import json

from handlers.cards import parts, rush
from handlers.cards.parts import Block
from handlers.words import Words
from store.rules.lifecycle import Stage
from store.snapshots import Ask

MENU = "card.menu"
WORKING = (Stage.OPEN, Stage.ACKNOWLEDGED)
OTHERWISE = "otherwise"  # a snooze that a form is opened for


def value(number: int, origin: str = "", **further: object) -> str:
    """What a button about ask `#number` carries."""
    if not origin and not further:
        return str(number)
    return json.dumps({"number": number, "from": origin, **further}, separators=(",", ":"))


def under(ask: Ask, reader_id: str, origin: str, words: Words, *, snooze: bool = False) -> Block | None:
    """One row of buttons for this reader, or None where there is nothing for them to do."""
    elements = _first(ask, reader_id, origin, words)
    if snooze and reader_id == ask.owner.id and not ask.waits_for_asker and ask.is_open:
        elements.append(snoozing(ask, origin, words))
    return parts.actions(*elements) if elements else None


def menu(ask: Ask, reader_id: str, origin: str, words: Words) -> Block:
    """The "…" beside an ask: what one seldom does, and the whole ask."""
    choices = [(words.say("Show all"), f"details.show:{ask.number}:{origin}")]
    if ask.is_open:
        choices.append((words.say("Add a note"), f"feeding.note:{ask.number}:{origin}"))
        choices += _passing_on(ask, reader_id, origin, words)
        if may_ask(ask, reader_id) and reader_id != ask.asker.id:
            choices.append((words.say("Ask a question"), f"question.ask:{ask.number}:{origin}"))
        if ask.stage in (Stage.OPEN, Stage.ACKNOWLEDGED) and reader_id in (ask.owner.id, ask.lead_id):
            choices.append((words.say("Put down ask"), f"ending.put_down:{ask.number}:{origin}"))
        if reader_id == ask.asker.id:
            choices.append((words.say("Withdraw ask"), f"ending.withdraw:{ask.number}:{origin}"))
        elif may_take_over(ask, reader_id):
            choices.append((words.say("Take it over"), f"advice.climb:{ask.number}:{origin}"))
    elif reader_id == ask.asker.id:
        choices.append((words.say("Reopen ask"), f"ending.reopen:{ask.number}:{origin}"))
    return parts.overflow(MENU, *choices)


def may_take_over(ask: Ask, reader_id: str) -> bool:
    """Whether the reader leads whoever owns it, and could have it on their own back."""
    is_theirs = reader_id in (ask.owner.id, ask.asker.id)
    return reader_id == ask.lead_id and not is_theirs and ask.baton is None and ask.stage in WORKING


def taking(ask: Ask, reader_id: str, origin: str, words: Words) -> list[Block]:
    """The two answers of somebody to whom the baton is offered."""
    if ask.baton is None or ask.baton.receiver.id != reader_id:
        return []
    carried = value(ask.number, origin, baton=ask.baton.id)
    return [
        parts.button(words.say("Take"), "handoff.take", carried, style="primary"),
        parts.button(words.say("Refuse"), "handoff.refuse", carried),
    ]


def hand_over(ask: Ask, origin: str, words: Words) -> Block:
    """Offer the ask to somebody else; while it is on offer, take the offer back."""
    if ask.baton is None:
        return parts.button(words.say("Hand over"), "handoff.hand_over", value(ask.number, origin))
    carried = value(ask.number, origin, baton=ask.baton.id)
    return parts.button(words.say("Recall offer"), "handoff.recall", carried)


def blocked(ask: Ask, origin: str, words: Words) -> Block:
    """Say what the ask waits for."""
    return parts.button(words.say("Blocked by …"), "blocking.open", value(ask.number, origin))


def ask_giver(ask: Ask, words: Words) -> Block:
    return parts.button(words.say("Ask the giver"), "exchange.ask", value(ask.number))


def snoozing(ask: Ask, origin: str, words: Words) -> Block:
    """Choose when to be nudged again. The instant is worked out at the click, as a message may be read hours later."""
    choices = (
        (words.say("Next working morning"), "morning"),
        (words.say("In 1 hour"), "hour"),
        (words.say("This afternoon"), "afternoon"),
        (words.say("In 2 working days"), "two_days"),
        (words.say("Next week"), "week"),
        (words.say("Another time, or why …"), OTHERWISE),
    )
    return {
        "type": "static_select",
        "action_id": "feeding.snooze",
        "placeholder": {"type": "plain_text", "text": words.say("Snooze until …"), "emoji": True},
        "options": [parts.option(label, value(ask.number, origin, until=until)) for label, until in choices],
    }


def verdict(ask: Ask, origin: str, words: Words) -> list[Block]:
    """The asker's two answers to what was delivered, or to a change that was offered."""
    if ask.stage is Stage.DELIVERED:
        yes, no, carried = "delivery.accept", "delivery.not_quite", value(ask.number, origin)
    elif ask.change is not None and ask.is_open:
        yes, no = "promise.agree", "promise.disagree"
        carried = value(ask.number, origin, change=ask.change.id)
    else:
        return []
    return [
        parts.button(words.say("Yes, that's it"), yes, carried, style="primary"),
        parts.button(words.say("Not quite"), no, carried),
    ]


def may_ask(ask: Ask, reader_id: str) -> bool:
    """Whether the reader owns the ask and nothing waits for the asker: then they can ask."""
    return reader_id == ask.owner.id and ask.is_open and not ask.waits_for_asker


def ask_asker(ask: Ask, origin: str, words: Words) -> Block:
    """The owner's question to the asker."""
    return parts.button(words.say("Ask a question"), "question.ask", value(ask.number, origin))


def seek_advice(ask: Ask, origin: str, words: Words) -> Block:
    """The owner's proposal to the lead, or to anybody."""
    return parts.button(words.say("Ask for advice"), "advice.seek", value(ask.number, origin))


def asking(ask: Ask, reader_id: str, origin: str, words: Words) -> list[Block]:
    """What the owner can ask others without giving the ask away."""
    if reader_id != ask.owner.id or ask.stage not in (Stage.OPEN, Stage.ACKNOWLEDGED):
        return []
    asker = may_ask(ask, reader_id) and reader_id != ask.asker.id
    return [*([ask_asker(ask, origin, words)] if asker else []), seek_advice(ask, origin, words)]


def answering(ask: Ask, origin: str, words: Words) -> list[Block]:
    """The asker's ways to answer what the owner asks."""
    if ask.question is None or not ask.is_open:
        return []
    carried = value(ask.number, origin, question=ask.question.id)
    if ask.question.proposal is None:
        return [parts.button(words.say("Answer"), "question.answer", carried, style="primary")]
    return [
        parts.button(words.say("Agree"), "question.agree", carried, style="primary"),
        parts.button(words.say("Answer"), "question.answer", carried),
    ]


def take_back(ask: Ask, origin: str, words: Words) -> list[Block]:
    """The owner goes on without an answer."""
    if ask.question is None or not ask.is_open:
        return []
    carried = value(ask.number, origin, question=ask.question.id)
    return [parts.button(words.say("Take question back"), "question.take_back", carried)]


def show_all(ask: Ask, origin: str, words: Words) -> Block:
    return parts.button(words.say("Show all"), "details.show", value(ask.number, origin))


def _first(ask: Ask, reader_id: str, origin: str, words: Words) -> list[Block]:
    carried = value(ask.number, origin)
    elements = taking(ask, reader_id, origin, words)
    elements += [*verdict(ask, origin, words), *answering(ask, origin, words)] if reader_id == ask.asker.id else []
    if ask.at_gray_zone:
        return elements + _at_desk(ask, reader_id, origin, words)
    if reader_id == ask.owner.id and ask.stage is Stage.OPEN:
        elements += _acknowledging(ask, carried, words)
    if reader_id == ask.owner.id and (earliest := rush.offer_earliest(ask, carried, ask.owner.time_zone, words)):
        elements.append(earliest)
    if reader_id == ask.owner.id and ask.stage is Stage.ACKNOWLEDGED:
        primary = None if elements else "primary"
        elements.append(parts.button(words.say("Deliver"), "delivery.deliver", carried, style=primary))
        if ask.question is None:
            elements.append(parts.button(words.say("On track"), "feeding.on_track", carried))
            elements.append(parts.button(words.say("Need more time"), "promise.more_time", carried))
    if reader_id == ask.owner.id and ask.stage in (Stage.OPEN, Stage.ACKNOWLEDGED):
        elements.append(hand_over(ask, origin, words))
        elements += take_back(ask, origin, words)
        elements.append(blocked(ask, origin, words))
    return elements


def place(ask: Ask, origin: str, words: Words) -> Block:
    """The way out of the gray zone: the department whose it is."""
    return parts.button(words.say("Place it"), "gray_zone.place", value(ask.number, origin), style="primary")


def _at_desk(ask: Ask, reader_id: str, origin: str, words: Words) -> list[Block]:
    """What lies at the gray-zone desk is placed; the desk itself acknowledges and delivers nothing."""
    if reader_id not in (ask.owner.id, ask.lead_id) or ask.stage not in (Stage.OPEN, Stage.ACKNOWLEDGED):
        return []
    placing = [] if ask.baton else [place(ask, origin, words)]
    return [*placing, hand_over(ask, origin, words), *take_back(ask, origin, words)]


def _passing_on(ask: Ask, reader_id: str, origin: str, words: Words) -> list[tuple[str, str]]:
    """What a menu offers to the owner and their lead, or to whoever offered the ask."""
    if ask.stage not in (Stage.OPEN, Stage.ACKNOWLEDGED):
        return []
    if ask.at_gray_zone and ask.baton is None and reader_id in (ask.owner.id, ask.lead_id):
        return [(words.say("Place it"), f"gray_zone.place:{ask.number}:{origin}")]
    if ask.baton is None and reader_id in (ask.owner.id, ask.lead_id):
        return [(words.say("Hand over"), f"handoff.hand_over:{ask.number}:{origin}")]
    if ask.baton is not None and reader_id in (ask.owner.id, ask.baton.offered_by):
        return [(words.say("Recall offer"), f"handoff.recall:{ask.number}:{origin}")]
    return []


def _acknowledging(ask: Ask, carried: str, words: Words) -> list[Block]:
    if ask.question is not None and not ask.restate:  # a change can be offered once the asker has answered
        return [parts.button(words.say("Acknowledge"), "acknowledge.as_asked", carried, style="primary")]
    restated = parts.button(words.say("Acknowledge with changes"), "acknowledge.with_changes", carried)
    if ask.restate:
        return [
            parts.button(words.say("Acknowledge in my words"), "acknowledge.with_changes", carried, style="primary")
        ]
    return [parts.button(words.say("Acknowledge"), "acknowledge.as_asked", carried, style="primary"), restated]


def put_down(ask: Ask, origin: str, words: Words) -> Block:
    return parts.button(words.say("Put down ask"), "ending.put_down", value(ask.number, origin))


def paging(action: str, where: str, page: int, pages: int, words: Words) -> Block | None:
    """Buttons to the pages before and after, or None when there is one page only. `where` stands before the page."""
    buttons = []
    if page > 0:
        buttons.append(parts.button(words.say("Earlier"), f"{action}.back", f"{where}{page - 1}"))
    if page + 1 < pages:
        buttons.append(parts.button(words.say("More"), f"{action}.on", f"{where}{page + 1}"))
    return parts.actions(*buttons) if buttons else None
