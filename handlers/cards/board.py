"""The board of a department: a line for each of its people, with what is on their back; and what one of them has.

Its lead acts from here, others read.
"""

from collections.abc import Sequence
from datetime import datetime

from handlers.cards import acts, desk_list, parts, rows, telling
from handlers.cards.climbed import climbed
from handlers.cards.monkeys import SORTED_FROM, of_them, sorting_menu
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.presence import Absence
from store.queries import monkeys
from store.queries.board import Board, Line, Sorting
from store.queries.climbed import Climb
from store.queries.monkeys import Page
from store.snapshots import Department, Person


def board(
    department: Department,
    found: Board,
    sorting: Sorting,
    words: Words,
    now: datetime,
    climbs: Sequence[Climb] = (),
) -> Card:
    """Everybody of a department, ten on a page."""
    summary = of_them(department, found.monkeys, words)
    told = " · ".join((f"*{summary}*", *_troubles(found, words)))
    every = parts.button(words.say("Show every ask"), "board.asks", str(department.id))
    blocks: list[Block | None] = [parts.section(told, every)]
    if department.is_gray_zone:
        blocks.append(desk_list.button(words))
    if found.people >= SORTED_FROM:
        blocks.append(parts.actions(_sorting_menu(department, sorting, words)))
    for line in found.lines:
        blocks.append(_row(line, department.id, words, now))
    where = f"{department.id}:{sorting}:"
    blocks.append(acts.paging("board.page", where, found.number, found.pages, words))
    if found.pages > 1:
        blocks.append(parts.context(words.say("Page {page} of {pages}", page=found.number + 1, pages=found.pages)))
    blocks.append(climbed(climbs, words))
    return parts.card(summary, *blocks)


def on_home(led: Sequence[tuple[Department, Board]], words: Words, now: datetime) -> list[Block | None]:
    """What a lead sees on Home: the first of the board; of somebody who leads several departments a line for each."""
    if not led:
        return []
    blocks: list[Block | None] = [parts.header(words.say("Your department's board"))]
    for department, found in led:
        told = " · ".join((f"*{of_them(department, found.monkeys, words)}*", *_troubles(found, words)))
        show = parts.button(words.say("Show the board"), "board.show", str(department.id))
        blocks.append(parts.section(told, show))
    department, found = led[0]
    if len(led) == 1:
        blocks += [_row(line, department.id, words, now) for line in found.lines if line.monkeys]
    return blocks


def of_person(
    department: Department,
    person: Person,
    page: Page,
    sorting: monkeys.Sorting,
    reader_id: str,
    words: Words,
    now: datetime,
) -> Card:
    """What one person has of a department's open asks. The lead's menus act on their behalf."""
    where = f"{department.id}:{person.id}:{sorting}"
    origin = f"person:{where}:{page.number}"
    names = {"person": parts.person(person.id), "department": parts.one_line(department.name, 80)}
    summary = words.say("{person} has no monkeys of {department}.", **names)
    if page.total:
        summary = words.count(
            "{person} has {n} monkey of {department}.", "{person} has {n} monkeys of {department}.", page.total, **names
        )
    elements = [parts.button(words.say("Back to the board"), "board.back", str(department.id))]
    if reader_id == department.lead_id and page.total:
        carried = f"{department.id}:{person.id}"
        elements.insert(0, parts.button(words.say("Hand over several"), "handoff.several", carried))
    if page.total >= SORTED_FROM:
        sortings = [(one, f"{department.id}:{person.id}:{one}:0") for one in monkeys.Sorting]
        elements.append(sorting_menu("board.person.sort", sortings, sorting, words))
    blocks: list[Block | None] = [parts.section(f"*{summary}*"), parts.actions(*elements)]
    for ask in page.asks:
        blocks += rows.in_department(ask, reader_id, origin, words, now)
    blocks.append(acts.paging("board.person.page", f"{where}:", page.number, page.pages, words))
    return parts.card(summary, *blocks)


def _row(line: Line, department_id: int, words: Words, now: datetime) -> Block:
    name = parts.person(line.person.id)
    carried = f"{department_id}:{line.person.id}:{monkeys.Sorting.DUE}:0"
    show = parts.button(words.say("Show monkeys"), "board.person", carried) if line.monkeys else None
    return parts.section("\n".join((f"*{name}* · {_amount(line, words, now)}", *_second(line, words))), show)


def _amount(line: Line, words: Words, now: datetime) -> str:
    if not line.monkeys or line.oldest_at is None:
        return words.say("no monkey")
    return words.count(
        "{n} monkey, the oldest is #{number} ({age})",
        "{n} monkeys, the oldest is #{number} ({age})",
        line.monkeys,
        number=line.oldest,
        age=telling.age(line.oldest_at, words, now),
    )


def _second(line: Line, words: Words) -> list[str]:
    """What a lead looks at; nothing where all is well."""
    told = [
        sentence
        for many, sentence in (
            (line.late, words.count("*{n} late*", "*{n} late*", line.late)),
            (line.starving, words.count("{n} starving", "{n} starving", line.starving)),
            (line.bouncing, words.count("{n} bouncing", "{n} bouncing", line.bouncing)),
            (line.climbed, words.count("{n} climbed to the lead", "{n} climbed to the lead", line.climbed)),
            (line.offered, words.count("{n} offered to somebody", "{n} offered to somebody", line.offered)),
            (line.blocked, words.count("{n} waiting for others", "{n} waiting for others", line.blocked)),
        )
        if many
    ]
    told += [_away(line.absence, words)] if line.absence is not None else []
    return [" · ".join(told)] if told else []


def _away(absence: Absence, words: Words) -> str:
    if absence.until and absence.deputy_id:
        deputy, until = parts.person(absence.deputy_id), parts.when(absence.until, words)
        return words.say("*away* until {time}, deputy {deputy}", time=until, deputy=deputy)
    if absence.deputy_id:
        return words.say("*away*, deputy {deputy}", deputy=parts.person(absence.deputy_id))
    if absence.until:
        return words.say("*away* until {time}, without a deputy", time=parts.when(absence.until, words))
    return words.say("*away*, without a deputy")


def _troubles(found: Board, words: Words) -> list[str]:
    told = []
    if found.late:
        told.append(words.count("{n} is late", "{n} are late", found.late))
    if found.absent:
        told.append(words.count("{n} owner is away", "{n} owners are away", found.absent))
    return told


def _sorting_menu(department: Department, chosen: Sorting, words: Words) -> Block:
    names = {
        Sorting.LATE: words.say("Most late ones first"),
        Sorting.NUMBER: words.say("Most monkeys first"),
        Sorting.OLDEST: words.say("Oldest monkey first"),
        Sorting.NAME: words.say("By name"),
    }
    options = {one: parts.option(name, f"{department.id}:{one}:0") for one, name in names.items()}
    return {
        "type": "static_select",
        "action_id": "board.sort",
        "placeholder": {"type": "plain_text", "text": words.say("Sort"), "emoji": True},
        "options": list(options.values()),
        "initial_option": options[chosen],
    }
