"""The digest of `/standup`: what is late, due, unacknowledged, starving, delivered, closed; who has it, what is next.

It is read by a whole channel, so it pings nobody and shows no private text.
"""

from handlers.cards import kept, parts, telling
from handlers.cards.parts import Block, Card
from handlers.cards.status import label
from handlers.words import Words
from store.queries.standup import Digest, Part
from store.snapshots import Ask


def standup(digest: Digest, words: Words, *, can_be_posted: bool = False) -> Card:
    """The digest as of its `now`. `can_be_posted`: it is seen by one person, who may show it to the channel."""
    department = digest.department
    heading = words.say("Standup of {department}", department=department.name)
    opened = [*_parts(digest, words)]
    blocks: list[Block | None] = [parts.header(heading), parts.context(_summary(digest, words))]
    blocks += [_section(name, part, digest, words) for name, part in opened if part.total]
    if digest.on_track.total:
        blocks.append(
            parts.context(
                words.count("{n} more ask is on track.", "{n} more asks are on track.", digest.on_track.total)
            )
        )
    if digest.closed.total:
        blocks.append(_closed(digest, words))
    if share := kept.share(digest.promises, words):
        blocks.append(parts.context(share))
    if can_be_posted:
        post = parts.button(words.say("Post to this channel"), "standup.post_here", str(department.id))
        blocks.append(parts.actions(post))
    return parts.card(f"{parts.quoted(heading)}: {_summary(digest, words)}", *blocks)


def _parts(digest: Digest, words: Words) -> tuple[tuple[str, Part], ...]:
    return (
        (words.say("Late"), digest.late),
        (words.say("Due today"), digest.due_today),
        (words.say("Not acknowledged"), digest.not_acknowledged),
        (words.say("Starving: nothing has happened for two working days"), digest.starving),
        (words.say("Waiting for the asker's answer; the clock stands still"), digest.awaiting_answer),
        (words.say("Delivered, awaiting a verdict"), digest.awaiting_verdict),
    )


def _summary(digest: Digest, words: Words) -> str:
    pressing = (digest.late, digest.due_today, digest.not_acknowledged, digest.starving)
    total = sum(part.total for part in (*pressing, digest.on_track, digest.awaiting_answer, digest.awaiting_verdict))
    if not total:
        return words.say("Nothing is open.")
    told = [words.count("{n} ask is open", "{n} asks are open", total)]
    if digest.late.total:
        told.append(words.count("{n} is late", "{n} are late", digest.late.total))
    if digest.due_today.total:
        told.append(words.count("{n} is due today", "{n} are due today", digest.due_today.total))
    return " · ".join(told)


def _section(name: str, part: Part, digest: Digest, words: Words) -> Block:
    lines = [f"*{name}* ({part.total})", *(_line(ask, digest, words) for ask in part.asks)]
    return parts.section("\n".join((*lines, *_rest(part, words))))


def _line(ask: Ask, digest: Digest, words: Words) -> str:
    told = words.say(
        "owner {owner} · {due} · {age} old · {next_step}",
        owner=telling.name(ask.owner),
        due=telling.due(ask, words, digest.now),
        age=telling.age(ask.filed_at, words, digest.now),
        next_step=telling.next_step(ask, words),
    )
    return f"• {telling.title(ask, None, words, 70)}\n   {told}"


def _closed(digest: Digest, words: Words) -> Block:
    since = words.say("Closed since {time}", time=parts.when(digest.since, words))
    lines = [f"*{since}* ({digest.closed.total})"]
    lines += [_closed_line(ask, words) for ask in digest.closed.asks]
    return parts.section("\n".join((*lines, *_rest(digest.closed, words))))


def _closed_line(ask: Ask, words: Words) -> str:
    told = words.say("{outcome} · owner {owner}", outcome=label(ask, words), owner=telling.name(ask.owner))
    came_out = kept.label(ask, words)
    return f"• {telling.title(ask, None, words, 70)} · {told}" + (f" · {came_out}" if came_out else "")


def _rest(part: Part, words: Words) -> list[str]:
    rest = part.total - len(part.asks)
    return [words.count("… and {n} more.", "… and {n} more.", rest)] if rest > 0 else []
