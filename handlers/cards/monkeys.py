"""The answer to `/monkeys`: what waits for my yes, my monkeys by due time, what I wait for; or a department's."""

from collections.abc import Callable, Sequence
from datetime import datetime

from handlers.cards import acts, desk_list, parts, rows
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.queries.monkeys import List, Lists, Page, Sorting, Where
from store.snapshots import Ask, Department, Question

LONG = 8  # asks on a page of the two long lists: each has buttons, and a message holds 50 blocks
DOZEN = 12  # on a page of what is offered alone
FEW = 3  # asks on a page of the two that stand on top
SORTED_FROM = 3  # fewer than so many need no sorting

Row = Callable[[Ask, str, str, Words, datetime], list[Block]]


def monkeys(
    found: Lists, reader_id: str, words: Words, now: datetime, asked: Sequence[tuple[Ask, Question]] = ()
) -> Card:
    """The reader's own lists, each turned by its own pages; what waits for the reader's answer stands on top."""
    where = found.where
    origin = f"monkeys:{where}"
    summary = _summary(found, words)
    several = parts.button(words.say("Hand over several"), "handoff.several", "0") if found.mine.total > 1 else None
    blocks: list[Block | None] = [parts.section(f"*{summary}*", several)]
    if max(found.mine.total, found.awaited.total) >= SORTED_FROM:
        sortings = [(sorting, str(where.sorted_by(sorting))) for sorting in Sorting]
        blocks.append(parts.actions(sorting_menu("monkeys.sort", sortings, where.sorting, words)))
    shown: tuple[tuple[List, str, Page, Row], ...] = (
        ("offered", words.say("Offered to you"), found.offered, rows.offered_to_me),
        ("yes", words.say("Waiting for your yes"), found.yes, rows.waiting_for_me),
        ("mine", words.say("Your monkeys"), found.mine, rows.mine),
        ("awaited", words.say("What you wait for"), found.awaited, rows.awaited),
    )
    for which, name, page, row in shown:
        if page.total:
            blocks.append(heading(name, page))
            for ask in page.asks:
                blocks += row(ask, reader_id, origin, words, now)
            blocks.append(turning("monkeys.page", where, which, page, words))
        if which == "yes":
            blocks += rows.asked_of_me(asked, reader_id, origin, words)
    return parts.card(summary, *blocks)


def offered(found: Page, reader_id: str, words: Words, now: datetime) -> Card:
    """All that is offered to the reader, a dozen at a time: take or refuse each."""
    origin = f"offered:{found.number}"
    summary = words.say("Nothing is offered to you.")
    if found.total:
        summary = words.count("{n} ask is offered to you", "{n} asks are offered to you", found.total)
    blocks: list[Block | None] = [heading(summary, found)]
    for ask in found.asks:
        blocks += rows.offered_to_me(ask, reader_id, origin, words, now)
    blocks.append(acts.paging("monkeys.page", "offered:", found.number, found.pages, words))
    return parts.card(summary, *blocks)


def of_department(
    department: Department,
    page: Page,
    reader_id: str,
    words: Words,
    now: datetime,
    sorting: Sorting = Sorting.DUE,
) -> Card:
    """Every open ask of a department."""
    origin = f"monkeys_of:{department.id}:{sorting}:{page.number}"
    summary = of_them(department, page.total, words)
    board = parts.button(words.say("Show by person"), "board.show", str(department.id))
    blocks: list[Block | None] = [parts.section(f"*{summary}*", board)]
    if department.is_gray_zone:
        blocks.append(desk_list.button(words))
    if page.total >= SORTED_FROM:
        sortings = [(one, f"{department.id}:{one}:0") for one in Sorting]
        blocks.append(parts.actions(sorting_menu("monkeys.sort", sortings, sorting, words)))
    for ask in page.asks:
        blocks += rows.in_department(ask, reader_id, origin, words, now)
    blocks.append(acts.paging("monkeys.page", f"{department.id}:{sorting}:", page.number, page.pages, words))
    return parts.card(summary, *blocks)


def of_them(department: Department, many: int, words: Words) -> str:
    """How many open asks a department has, as a sentence for mrkdwn."""
    name = parts.one_line(department.name, 80)
    if not many:
        return words.say("{department} has no monkeys.", department=name)
    return words.count("{department} has {n} open ask.", "{department} has {n} open asks.", many, department=name)


def heading(name: str, page: Page) -> Block:
    """The name of a list, how many there are in all, and which page this is."""
    where = f" {page.number + 1}/{page.pages}" if page.pages > 1 else ""
    return parts.section(f"*{name}* ({page.total}){where}")


def turning(action: str, where: Where, which: List, page: Page, words: Words) -> Block | None:
    """The buttons that turn one of several lists: their value is the page numbers of all of them."""
    buttons = []
    if page.number > 0:
        turned = str(where.turned(which, page.number - 1))
        buttons.append(parts.button(words.say("Earlier"), f"{action}.back", turned))
    if page.number + 1 < page.pages:
        turned = str(where.turned(which, page.number + 1))
        buttons.append(parts.button(words.say("More"), f"{action}.on", turned))
    return parts.actions(*buttons) if buttons else None


def sorting_menu(action_id: str, choices: list[tuple[Sorting, str]], chosen: Sorting, words: Words) -> Block:
    """How the lists are sorted, and how else they can be. `choices`: each with the value that it carries."""
    names = {
        Sorting.DUE: words.say("By due time, late ones first"),
        Sorting.OLDEST: words.say("Oldest first"),
        Sorting.UNFED: words.say("Longest unfed first"),
    }
    options = {sorting: parts.option(names[sorting], value) for sorting, value in choices}
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": {"type": "plain_text", "text": words.say("Sort"), "emoji": True},
        "options": list(options.values()),
        "initial_option": options[chosen],
    }


def _summary(found: Lists, words: Words) -> str:
    yes, mine, awaited, offered = found.yes.total, found.mine.total, found.awaited.total, found.offered.total
    if not (yes or mine or awaited or offered):
        return words.say("No monkeys: you own nothing and wait for nothing.")
    told = [words.say("No monkey on your back")]
    if mine:
        told = [words.count("You have {n} monkey", "You have {n} monkeys", mine)]
    if offered:
        told.append(words.count("{n} ask is offered to you", "{n} asks are offered to you", offered))
    if yes:
        told.append(words.count("{n} ask waits for your yes", "{n} asks wait for your yes", yes))
    if awaited:
        told.append(words.count("you wait for {n} ask", "you wait for {n} asks", awaited))
    return " · ".join(told)
