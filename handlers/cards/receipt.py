"""The receipt: what the asker reads, alone, the moment their ask is filed. A message, or the form's last page."""

from collections.abc import Sequence

from handlers.cards import acts, parts
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.snapshots import Ask


def receipt(ask: Ask, words: Words, away: Sequence[str] = (), because: str = "", soon: str = "") -> Card:
    """Number, owner, promise, who is `away` on the way (sentences), and what happens next.

    `because`: the remembered words that sent it to its department. `soon`: the words that wanted it as soon as
    possible, which name no time.
    """
    owner = parts.person(ask.owner.id)
    filed = words.say("Filed as *#{number}*. {owner} owns it.", number=ask.number, owner=owner)
    return parts.card(
        words.say("Filed as #{number}. {owner} owns it.", number=ask.number, owner=parts.one_line(ask.owner.name)),
        parts.section(f"{filed}\n{parts.one_line(ask.what, 200)}"),
        _whose(ask, because, words),
        parts.fields(*_facts(ask, words)),
        _as_soon(soon, words),
        parts.context("\n".join(away)) if away else None,
        parts.context(_next(ask, words)),
        parts.actions(
            acts.show_all(ask, "", words),
            *_undo(ask, because, words),
            parts.button(words.say("Withdraw ask"), "ending.withdraw", acts.value(ask.number)),
        ),
    )


def filed(ask: Ask, words: Words, away: Sequence[str] = (), because: str = "") -> Block:
    """The same as the last page of the form: the asker reads it where they are, so no message need ping them."""
    told, undo = receipt(ask, words, away, because), _undo(ask, because, words)
    return {
        "type": "modal",
        "callback_id": "ask_filed",
        "title": {"type": "plain_text", "text": words.say("Filed as #{number}", number=ask.number)},
        "close": {"type": "plain_text", "text": words.say("Done")},
        "blocks": [
            *(block for block in told["blocks"] if block["type"] != "actions"),
            *([parts.actions(*undo)] if undo else []),
        ],
    }


def _as_soon(soon: str, words: Words) -> Block | None:
    if not soon:
        return None
    return parts.context(
        words.say(
            "“{soon}” is taken as the time above, which they promise. If it cannot wait, name a time and say why: "
            "`… by 3pm, rush because …`.",
            soon=parts.one_line(soon, 60),
        )
    )


def _facts(ask: Ask, words: Words) -> list[str]:
    label = words.say("Needed by") if ask.due_was_given else words.say("Promised for")
    its_card, service = words.say("Its card"), words.say("Service")
    facts = [
        f"*{label}*\n{parts.when_on_weekday(ask.due, words)}",
        f"*{its_card}*\n{parts.channel(ask.department_channel_id)}",
    ]
    if ask.service_name:
        facts.append(f"*{service}*\n{parts.one_line(ask.service_name)}")
    if ask.rush_reason:
        facts.append(words.say("*Rush*\nThe department's lead is told why."))
    return facts


def _undo(ask: Ask, because: str, words: Words) -> list[Block]:
    return [parts.button(words.say("Not theirs"), "gray_zone.not_theirs", acts.value(ask.number))] if because else []


def _whose(ask: Ask, because: str, words: Words) -> Block | None:
    """Why it is with this department, where the asker named none."""
    owner = parts.one_line(ask.owner.name)
    if ask.at_gray_zone:
        return parts.section(
            words.say(
                "It is at the gray-zone desk, as it names no department: {owner} finds out whose it is, and you hear "
                "who takes it.",
                owner=owner,
            )
        )
    if not because:
        return None
    return parts.section(
        words.say(
            "It went to *{department}*, because “{words}” goes there.",
            department=parts.one_line(ask.department_name, 80),
            words=parts.one_line(because, 80),
        )
    )


def _next(ask: Ask, words: Words) -> str:
    if ask.owner.id == ask.asker.id:
        return words.say(
            "Nobody else of {department} is here who could own it, so it is yours until you hand it over.",
            department=parts.one_line(ask.department_name, 80),
        )
    return words.say(
        "{owner} is told now, and reminded before it is late. You hear when it is acknowledged, when the time changes, "
        "and when it is delivered; you say whether that is it.",
        owner=parts.one_line(ask.owner.name),
    )
