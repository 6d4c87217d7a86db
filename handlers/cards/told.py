"""The shape of a short direct message about one ask: a sentence, the facts, the buttons."""

from collections.abc import Sequence

from handlers.cards import acts, parts, telling
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.snapshots import Ask


def told(
    ask: Ask,
    reader_id: str,
    words: Words,
    said: str,
    *lines: str,
    then: Sequence[str] = (),
    row: Block | None = None,
) -> Card:
    """`said` in bold, then `lines` (mrkdwn), `then` paragraphs in sections of their own, the buttons.

    Of a private ask only those it concerns see more than the sentence.
    """
    if not ask.may_read(reader_id):
        return parts.card(said, parts.section(said))
    return parts.card(
        f"{said} {telling.what(ask, reader_id, words)}",
        parts.section("\n".join((f"*{said}*", *lines)), acts.show_all(ask, "", words)),
        *(parts.section(paragraph) for paragraph in then if paragraph),
        row,
    )


def settled(ask: Ask, reader_id: str, words: Words) -> Card:
    """What stays of a message once its question is answered: the ask and how it stands, nothing to press."""
    said = words.say("#{number}: answered.", number=ask.number)
    return told(ask, reader_id, words, said, telling.quotation(ask.result or ask.what), telling.stands(ask, words))
