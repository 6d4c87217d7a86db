"""The first minutes of a workspace: what whoever installed Baton is told to do next."""

from handlers.cards import parts
from handlers.cards.parts import Card
from handlers.words import Words


def installed(words: Words) -> Card:
    """The direct message after the installation."""
    said = words.say("Thank you for adding Baton. It takes three steps until people can ask.")
    steps = (
        words.say("1. Type `/dept new` in any channel and set up the first department: its name, its lead, its hours."),
        words.say(
            "2. Name the channel where its asks are to stand. For a private one, type `/invite @Baton` there first."
        ),
        words.say("3. Tell your colleagues to type `/ask @department what they need by when`."),
        words.say(
            "`/ask help` and `/dept help` explain the rest; Baton’s Home tab shows everyone what waits for them."
        ),
    )
    return parts.card(said, parts.section("\n".join((f"*{said}*", *steps))))
