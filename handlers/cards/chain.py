"""How a chain is told: what an ask waits for and who has the next move there, what it is part of, the whole as a tree.

Lines name number, department, owner and time only; the words of an ask stand in the tree alone, for those who may read
them. Names are plain text: nobody is pinged because a chain is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from handlers.cards import parts, promise, telling
from handlers.cards.parts import Block
from handlers.words import Words
from store.rules.critical_path import Leg, Path
from store.snapshots import Ask, Link

PATHS = 4  # shown of a chain on a card; the rest is counted, and behind "Show all"
LINKS = 5  # of one path that are shown; those between the first and the last are counted
ROWS = 12  # of the tree in one block
MOST_BLOCKS = 20  # of the tree in the window
OPTIONS = 100  # that a menu of Slack's holds


def waits_for(ask: Ask, words: Words, most: int = PATHS, besides: Sequence[Ask] = ()) -> list[str]:
    """A line for each path from what the ask waits for to where the baton is now; none when it waits for nothing.

    `besides`: a path that is told already.
    """
    told = [one.id for one in besides]
    paths = [path for path in _paths(ask) if [one.id for one in path] != told]
    lines = [
        words.say(
            "*Waits for:* {path} · next move: {person}",
            path=_path(path, words),
            person=parts.one_line(path[-1].holder.name, 60),
        )
        for path in paths[:most]
    ]
    if len(paths) > most:
        rest = len(paths) - most
        lines.append(words.count("And for {n} more: see “Show all”.", "And for {n} more: see “Show all”.", rest))
    return lines


def sums(path: Path, known: Mapping[int, Ask], words: Words) -> list[str]:
    """How a path adds up, the last to be waited for first: when each is due, when it can begin, how long it needs."""
    lines = [_leg(leg, known[leg.id], words) for leg in reversed(path.legs)]
    if len(lines) > LINKS:
        between = len(lines) - LINKS + 1
        lines[1 : between + 1] = [words.count("… and {n} more between", "… and {n} more between", between)]
    return [words.say("*How it adds up:*"), *(f"• {line}" for line in lines)]


def part_of(ask: Ask, words: Words) -> str | None:
    """What waits for the ask, without its words."""
    parent = ask.chain.part_of if ask.chain else None
    if parent is None:
        return None
    department = parts.one_line(parent.department_name, 60)
    if not parent.is_open:
        return words.say(
            "Was part of #{number} ({department}), which is closed", number=parent.number, department=department
        )
    return words.say("Part of #{number} ({department})", number=parent.number, department=department)


def tree(ask: Ask, reader_id: str, words: Words, now: datetime) -> list[Block]:
    """The whole chain in a window: what it is part of, each ask that it waits for, and what each of those waits for."""
    if ask.chain is None:
        return []
    blocks: list[Block] = []
    parent = ask.chain.part_of
    if parent is not None:
        blocks.append(parts.section(words.say("*Part of* {ask}", ask=_row(parent, 0, reader_id, words, now))))
    if not ask.chain.links:
        return blocks
    blocks.append(parts.section(words.say("*What it waits for*")))
    rows = [_row(link.ask, link.depth - 1, reader_id, words, now) for link in ask.chain.links]
    shown = rows[: ROWS * MOST_BLOCKS]
    blocks += [parts.section("\n".join(shown[start : start + ROWS])) for start in range(0, len(shown), ROWS)]
    if len(rows) > len(shown):
        rest = len(rows) - len(shown)
        blocks.append(parts.context(words.count("And {n} more below these.", "And {n} more below these.", rest)))
    if reader_id == ask.owner.id and ask.is_open and (children := _open_children(ask)):
        blocks.append(_unlinking(ask, children, words))
    return blocks


def unblocks(ask: Ask, reader_id: str, words: Words) -> list[str]:
    """What the end of an ask means for what waited for it: told to who owns that."""
    parent = ask.chain.part_of if ask.chain else None
    if parent is None or ask.is_open or not parent.is_open or parent.owner.id != reader_id:
        return []
    return [words.say("#{number} no longer waits for it: the next move there is yours.", number=parent.number)]


def left_behind(ask: Ask, reader_id: str, words: Words) -> list[str]:
    """What a closed ask still waited for goes on: told to who owned it, so that nothing is forgotten."""
    children = _open_children(ask) if not ask.is_open and ask.owner.id == reader_id else []
    if not children:
        return []
    numbers = ", ".join(f"#{child.number}" for child in children[:20])
    return [
        words.count(
            "It still waited for {numbers}, which goes on on its own. Withdraw it if nobody needs it.",
            "It still waited for {numbers}, which go on on their own. Withdraw them if nobody needs them.",
            len(children),
            numbers=parts.cut(numbers, 200),
        )
    ]


def departments(asks: Sequence[Ask]) -> str:
    """The way of a chain: `Equipment → Purchasing → Finance`."""
    names = [parts.one_line(ask.department_name, 60) for ask in asks]
    if len(names) > 2 * LINKS:
        names = [*names[:LINKS], "…", *names[-LINKS:]]
    return " → ".join(names)


def _paths(ask: Ask) -> Iterator[list[Ask]]:
    """From each thing that the ask waits for down to each where something has to happen now."""
    links = ask.chain.waits_for if ask.chain else ()
    above: list[Link] = []
    for place, link in enumerate(links):
        above = [*above[: link.depth - 1], link]
        following = links[place + 1] if place + 1 < len(links) else None
        if following is None or following.depth <= link.depth:
            yield [one.ask for one in above]


def _path(path: Sequence[Ask], words: Words) -> str:
    if len(path) <= LINKS:
        return " → ".join(_link(one, words) for one in path)
    between = words.count("{n} more", "{n} more", len(path) - LINKS + 1)
    return " → ".join([*(_link(one, words) for one in path[: LINKS - 2]), between, _link(path[-1], words)])


def _link(ask: Ask, words: Words) -> str:
    return words.say(
        "#{number} {department}, {owner}, due {time}",
        number=ask.number,
        department=parts.one_line(ask.department_name, 60),
        owner=parts.one_line(ask.owner.name, 60),
        time=parts.when(ask.due, words),
    )


def _leg(leg: Leg, ask: Ask, words: Words) -> str:
    told = _link(ask, words)
    if leg.needs is not None and leg.begins is not None:
        span, begins = promise.span(leg.needs, words), parts.when(leg.begins, words)
        if leg.ends == ask.due:
            return words.say(
                "{ask}. It can begin {begins} and needs {span}: that fits.", ask=told, begins=begins, span=span
            )
        return words.say(
            "{ask}. It can begin {begins} and needs {span}: that is *{ends}*.",
            ask=told,
            begins=begins,
            span=span,
            ends=parts.when(leg.ends, words),
        )
    if leg.ends > ask.due:
        return words.say("{ask}. What it waits for ends later: *{ends}*.", ask=told, ends=parts.when(leg.ends, words))
    return told


def _row(ask: Ask, depth: int, reader_id: str, words: Words, now: datetime) -> str:
    told = telling.due(ask, words, now) if ask.is_open else telling.stands(ask, words)
    facts = words.say("{owner} · {due}", owner=parts.one_line(ask.owner.name, 60), due=told)
    department = parts.one_line(ask.department_name, 60)
    indent = "\u2003" * min(depth, 8) + ("↳ " if depth else "• ")
    return f"{indent}{telling.title(ask, reader_id, words, 60)} · {department} · {facts}"


def _open_children(ask: Ask) -> list[Ask]:
    return [child for child in ask.chain.children if child.is_open] if ask.chain else []


def _unlinking(ask: Ask, children: Sequence[Ask], words: Words) -> Block:
    """A menu for the owner; what waits no longer is chosen by its number."""
    element = {
        "type": "static_select",
        "action_id": "blocking.unlink",
        "placeholder": {"type": "plain_text", "text": words.say("It no longer waits for …"), "emoji": True},
        "options": [
            parts.option(f"#{child.number} {child.department_name}", f"{ask.number}:{child.number}")
            for child in children[:OPTIONS]
        ],
        "confirm": {
            "title": {"type": "plain_text", "text": words.say("Unlink it?")},
            "text": {"type": "mrkdwn", "text": words.say("Both go on, each on its own.")},
            "confirm": {"type": "plain_text", "text": words.say("Unlink")},
            "deny": {"type": "plain_text", "text": words.say("Cancel")},
        },
    }
    return parts.actions(element)
