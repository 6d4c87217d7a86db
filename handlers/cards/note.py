"""A note in the thread of an ask's card: who adds it and what it says. The channel reads it, so it mentions nobody."""

from handlers.cards import parts, telling
from handlers.cards.parts import Card
from handlers.words import Words
from store.snapshots import Ask, Person


def note(ask: Ask, by: Person | None, text: str, words: Words) -> Card:
    """The note `text` by `by`. Of a private ask the channel learns only that there was one."""
    name = telling.name(by) if by else words.say("Somebody")
    if ask.is_private:
        said = words.say("{person} added a note; it can be read with “Show all”.", person=name)
        return parts.card(said, parts.section(said))
    said = words.say("{person} added a note:", person=name)
    return parts.card(f"{said} {parts.one_line(text, 200)}", parts.section(f"{said}\n{parts.quoted(text, 2800)}"))
