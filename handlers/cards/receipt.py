"""The receipt: what the asker reads, alone, the moment their ask is filed. A message, or the form's last page."""

from collections.abc import Sequence

from handlers.cards import acts, parts
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.snapshots import Ask


def receipt(ask: Ask, words: Words, away: Sequence[str] = ()) -> Card:
    """Number, owner, promise, who is `away` on the way (sentences), and what happens next."""
    owner = parts.person(ask.owner.id)
    filed = words.say("Filed as *#{number}*. {owner} owns it.", number=ask.number, owner=owner)
    return parts.card(
        words.say("Filed as #{number}. {owner} owns it.", number=ask.number, owner=parts.one_line(ask.owner.name)),
        parts.section(f"{filed}\n{parts.one_line(ask.what, 200)}"),
        parts.fields(*_facts(ask, words)),
        parts.context("\n".join(away)) if away else None,
        parts.context(_next(ask, words)),
        parts.actions(
            acts.show_all(ask, "", words),
            parts.button(words.say("Withdraw ask"), "ending.withdraw", acts.value(ask.number)),
        ),
    )


def filed(ask: Ask, words: Words, away: Sequence[str] = ()) -> Block:
    """The same as the last page of the form: the asker reads it where they are, so no message need ping them."""
    told = receipt(ask, words, away)
    return {
        "type": "modal",
        "callback_id": "ask_filed",
        "title": {"type": "plain_text", "text": words.say("Filed as #{number}", number=ask.number)},
        "close": {"type": "plain_text", "text": words.say("Done")},
        "blocks": [block for block in told["blocks"] if block["type"] != "actions"],
    }


def _facts(ask: Ask, words: Words) -> list[str]:
    label = words.say("Needed by") if ask.due_was_given else words.say("Promised for")
    facts = [
        f"*{label}*\n{parts.when(ask.due, words)}",
        f"*{words.say('Its card')}*\n{parts.channel(ask.department_channel_id)}",
    ]
    if ask.service_name:
        facts.append(f"*{words.say('Service')}*\n{parts.one_line(ask.service_name)}")
    if ask.rush_reason:
        facts.append(words.say("*Rush*\nThe department's lead is told why."))
    return facts


def _next(ask: Ask, words: Words) -> str:
    return words.say(
        "{owner} is told now, and reminded before it is late. You hear when it is acknowledged, when the time changes, "
        "and when it is delivered; you say whether that is it.",
        owner=parts.one_line(ask.owner.name),
    )
