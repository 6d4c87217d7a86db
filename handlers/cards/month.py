"""A department's month on its lead's Home tab: the promises that came out, the rushes that its people filed.

For the lead alone, and without a person's name: what is theirs to explain is told ask by ask, in private.
"""

from collections.abc import Sequence

from handlers.cards import kept, parts
from handlers.cards.parts import Block
from handlers.words import Words
from store.queries.month import Month
from store.queries.rushes import RushShare


def on_home(months: Sequence[Month], words: Words) -> list[Block | None]:
    """A line for each department that the reader leads; nothing of those where nothing happened."""
    return [parts.context("\n".join(lines)) for month in months if (lines := _lines(month, words))]


def _lines(month: Month, words: Words) -> list[str]:
    told = [line for line in (kept.share(month.promises, words), rushes(month.rushes, words)) if line]
    name = parts.one_line(month.department.name, 80)
    return [f"*{name}*", *told] if told else []


def rushes(share: RushShare, words: Words) -> str | None:
    """How much of what a department asked of others since a time was a rush, and what for."""
    if not share.filed:
        return None
    told = [
        words.count(
            "Since {time} your people asked others for {n} thing; {rushes} as a rush that counts ({percent}%).",
            "Since {time} your people asked others for {n} things; {rushes} as a rush that counts ({percent}%).",
            share.filed,
            time=parts.when(share.since, words),
            rushes=share.counted,
            percent=share.percent,
        )
    ]
    if share.to_explain:
        told.append(
            words.count(
                "{n} was asked for late though the need was known.",
                "{n} were asked for late though the need was known.",
                share.to_explain,
            )
        )
    if share.from_outside:
        told.append(
            words.count(
                "{n} more rush came from outside and counts against nobody.",
                "{n} more rushes came from outside and count against nobody.",
                share.from_outside,
            )
        )
    return " ".join(told)
