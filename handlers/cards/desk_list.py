"""What landed at the gray-zone desk in a month; and the words that are remembered there, each with a way to forget."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.cards import acts, parts, telling
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.matching import Remembered
from store.queries.landed import Landed, Month, month_before

MATCHES = 20  # on one page of the window


def desk_list(found: Month, reader_id: str, words: Words, now: datetime) -> Card:
    """A page of a month's list."""
    month = f"{found.first:%Y-%m}"
    summary = words.count(
        "{month}: {n} ask landed at the gray-zone desk.",
        "{month}: {n} asks landed at the gray-zone desk.",
        found.total,
        month=month,
    )
    if not found.total:
        summary = words.say("{month}: nothing landed at the gray-zone desk.", month=month)
    facts = [words.count("{n} is at the desk now.", "{n} are at the desk now.", found.waiting)]
    if found.placed:
        facts.append(words.say("Placed with: {departments}", departments=_counted(found.placed)))
    if found.words:
        facts.append(words.say("What they say: {words}", words=_counted(found.words)))
    blocks: list[Block | None] = [parts.section("\n".join((f"*{summary}*", *facts)))]
    for one in found.rows:
        blocks.append(parts.section(_line(one, reader_id, words, now), acts.menu(one.ask, reader_id, "", words)))
    blocks.append(acts.paging("desk_list.page", f"{found.first.isoformat()}:", found.number, found.pages, words))
    if found.pages > 1:
        blocks.append(parts.context(words.say("Page {page} of {pages}", page=found.number + 1, pages=found.pages)))
    blocks.append(
        parts.actions(
            parts.button(words.say("The month before"), "desk_list.show", month_before(found.first).isoformat()),
            parts.button(words.say("Remembered words"), "desk_list.matches", "0"),
        )
    )
    return parts.card(summary, *blocks)


def button(words: Words) -> Block:
    """The way to this month's list, from `/monkeys` of the desk."""
    return parts.actions(parts.button(words.say("What landed here"), "desk_list.show", "now"))


def matches(found: Sequence[Remembered], total: int, page: int, words: Words) -> Block:
    """The window with the words that route asks by themselves."""
    blocks: list[Block | None] = [
        parts.section(
            words.count(
                "{n} remembered match sends asks to their department by itself.",
                "{n} remembered matches send asks to their department by themselves.",
                total,
            )
        )
    ]
    for one in found:
        told = words.say(
            "*{words}* → {department}",
            words=parts.one_line(one.phrase, 80),
            department=parts.one_line(one.department_name, 80),
        )
        used = words.count("used {n} time", "used {n} times", one.used)
        by = words.say("remembered by {person} {time}", person=parts.person(one.by), time=parts.when(one.at, words))
        forget = parts.button(words.say("Forget"), "desk_list.forget", f"{one.id}:{page}")
        blocks.append(parts.section(f"{told}\n{used} · {by}", forget))
    blocks.append(acts.paging("desk_list.matches_page", "", page, max(1, -(-total // MATCHES)), words))
    return {
        "type": "modal",
        "callback_id": "desk_list",
        "title": {"type": "plain_text", "text": words.say("Remembered words")},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": [block for block in blocks if block],
    }


def _line(one: Landed, reader_id: str, words: Words, now: datetime) -> str:
    stayed = telling.age(one.landed_at, words, one.left_at or now)
    lines = [telling.title(one.ask, reader_id, words, 200)]
    if one.placed_with is not None:
        name = parts.one_line(one.placed_with, 80)
        lines.append(words.say("went to {department} after {time}", department=name, time=stayed))
    elif one.left_at is not None:
        lines.append(words.say("closed after {time}: {state}", time=stayed, state=telling.stands(one.ask, words)))
    else:
        lines.append(words.say("still here, for {time}: {owner}", time=stayed, owner=telling.owner(one.ask, words)))
    return "\n".join(lines)


def _counted(found: Sequence[tuple[str, int]]) -> str:
    return " · ".join(f"{parts.one_line(name, 60)} ({many})" for name, many in found[:10])


def month_of(text: str) -> date | None:
    """The month that a button carries; None: the present one."""
    return None if text == "now" else date.fromisoformat(text)
