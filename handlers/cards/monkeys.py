"""The answer to `/monkeys`: what waits for my yes, my monkeys by due time, what I wait for; or a department's."""

from datetime import datetime

from handlers.cards import acts, parts, rows
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.queries.monkeys import Page
from store.snapshots import Department

FEW = 5  # rows of what waits for my yes: each has buttons, and a message holds 50 blocks
FEWER = 3  # rows of each, when something is offered to me as well
EMPTY = Page((), 0, 0)


def monkeys(
    yes: Page, mine: Page, awaited: Page, reader_id: str, words: Words, now: datetime, offered: Page = EMPTY
) -> Card:
    """The reader's own lists. A page turns the two long ones; what waits for the reader's answer stands on top."""
    page = max(mine.number, awaited.number)
    origin = f"monkeys:{page}"
    summary = _summary(yes, mine, awaited, offered, words)
    several = parts.button(words.say("Hand over several"), "handoff.several", "0") if mine.total > 1 else None
    blocks: list[Block | None] = [parts.section(f"*{summary}*", several)]
    few = FEWER if offered.total else FEW
    if offered.total:
        blocks.append(_heading(words.say("Offered to you"), offered))
        for ask in offered.asks[:few]:
            blocks += rows.offered_to_me(ask, reader_id, origin, words, now)
        blocks.append(_more(offered.total - min(len(offered.asks), few), words))
    if yes.total:
        blocks.append(_heading(words.say("Waiting for your yes"), yes))
        for ask in yes.asks[:few]:
            blocks += rows.waiting_for_me(ask, reader_id, origin, words, now)
        blocks.append(_more(yes.total - min(len(yes.asks), few), words))
    if mine.total and mine.number == page:
        blocks.append(_heading(words.say("Your monkeys"), mine))
        for ask in mine.asks:
            blocks += rows.mine(ask, reader_id, origin, words, now)
    if awaited.total and awaited.number == page:
        blocks.append(_heading(words.say("What you wait for"), awaited))
        for ask in awaited.asks:
            blocks += rows.awaited(ask, reader_id, origin, words, now)
    blocks.append(acts.paging("monkeys.page", "mine:", page, max(mine.pages, awaited.pages), words))
    return parts.card(summary, *blocks)


def of_department(department: Department, page: Page, reader_id: str, words: Words, now: datetime) -> Card:
    """Every open ask of a department, by due time."""
    origin = f"monkeys_of:{department.id}:{page.number}"
    name = parts.one_line(department.name, 80)
    if not page.total:
        summary = words.say("{department} has no monkeys.", department=name)
    else:
        summary = words.count(
            "{department} has {n} open ask.", "{department} has {n} open asks.", page.total, department=name
        )
    blocks: list[Block | None] = [parts.section(f"*{summary}*")]
    for ask in page.asks:
        blocks += rows.in_department(ask, reader_id, origin, words, now)
    blocks.append(acts.paging("monkeys.page", f"{department.id}:", page.number, page.pages, words))
    return parts.card(summary, *blocks)


def _summary(yes: Page, mine: Page, awaited: Page, offered: Page, words: Words) -> str:
    if not (yes.total or mine.total or awaited.total or offered.total):
        return words.say("No monkeys: you own nothing and wait for nothing.")
    told = [words.say("No monkey on your back")]
    if mine.total:
        told = [words.count("You have {n} monkey", "You have {n} monkeys", mine.total)]
    if offered.total:
        told.append(words.count("{n} ask is offered to you", "{n} asks are offered to you", offered.total))
    if yes.total:
        told.append(words.count("{n} ask waits for your yes", "{n} asks wait for your yes", yes.total))
    if awaited.total:
        told.append(words.count("you wait for {n} ask", "you wait for {n} asks", awaited.total))
    return " · ".join(told)


def _heading(name: str, page: Page) -> Block:
    where = f" {page.number + 1}/{page.pages}" if page.pages > 1 else ""
    return parts.section(f"*{name}* ({page.total}){where}")


def _more(rest: int, words: Words) -> Block | None:
    if rest <= 0:
        return None
    return parts.context(words.count("And {n} more, on your Home tab.", "And {n} more, on your Home tab.", rest))
