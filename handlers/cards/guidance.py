"""`help` for `/monkeys` and `/standup`; for words that fit nothing, the nearest departments as buttons."""

from collections.abc import Sequence

from handlers.cards import parts
from handlers.cards.parts import Card
from handlers.slack_text import readable, unescaped
from handlers.words import Words
from store.snapshots import Department


def monkeys_help(words: Words) -> Card:
    """What one can type after `/monkeys`."""
    said = words.say("Who has the monkey? Whoever must make the next move.")
    examples = (
        words.say("`/monkeys` – what waits for your yes, your monkeys, what you wait for"),
        words.say("`/monkeys @equipment` – the open asks of a department, for its members and its lead"),
    )
    return parts.card(said, parts.section("\n".join((f"*{said}*", *examples))))


def standup_help(words: Words) -> Card:
    """What one can type after `/standup`."""
    said = words.say("The standup: what is late, due, not acknowledged, starving or waiting for a verdict.")
    examples = (
        words.say("`/standup` – the digest of your department"),
        words.say("`/standup @finance` – the digest of another one"),
        words.say("`/standup every weekday at 09:30` – post it in this channel from now on"),
        words.say("`/standup @finance every monday at 9:00` – the same for a department by name"),
        words.say("`/standup stop` – stop posting it in this channel"),
    )
    return parts.card(said, parts.section("\n".join((f"*{said}*", *examples))))


def which_department(said: str, offered: Sequence[Department], action_id: str, help_card: Card, words: Words) -> Card:
    """What was typed fits nothing: the nearest departments as buttons, and the examples."""
    if said:
        asked = words.say("I do not understand “{text}”.", text=parts.one_line(readable(unescaped(said)), 200))
    elif offered:
        asked = words.say("Which department do you mean?")
    else:
        asked = words.say("You are in no department that I know. Please name one after @.")
    buttons = [
        parts.button(f"@{department.name}", f"{action_id}.{place}", str(department.id))
        for place, department in enumerate(offered[:5])
    ]
    return parts.card(
        asked, parts.section(f"*{asked}*"), parts.actions(*buttons) if buttons else None, *help_card["blocks"]
    )
