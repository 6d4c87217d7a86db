"""Below a lead's board: which monkeys climbed to them in the last month, from whom, and how."""

from collections.abc import Sequence

from handlers.cards import parts, telling
from handlers.cards.parts import Block
from handlers.words import Words
from store.queries.climbed import Climb

MOST = 8  # shown; the rest is counted


def climbed(found: Sequence[Climb], words: Words) -> Block | None:
    """One block, or None where nothing climbed. The members read it too, so private texts are hidden."""
    if not found:
        return None
    heading = words.say("Climbed to the lead in the last month")
    lines = [f"*{heading}* ({len(found)})", *(f"• {_line(one, words)}" for one in found[:MOST])]
    rest = len(found) - MOST
    if rest > 0:
        lines.append(words.count("… and {n} more.", "… and {n} more.", rest))
    return parts.section("\n".join(lines))


def _line(one: Climb, words: Words) -> str:
    facts = {"giver": telling.name(one.giver), "time": parts.when(one.at, words)}
    how = words.say("handed up by {giver} {time}", **facts)
    if one.taken_over:
        how = words.say("{giver} asked for advice, the lead took it over {time}", **facts)
    return f"{telling.title(one.ask, None, words, 70)} · {how}"
