"""The Home tab: what waits for my yes, my monkeys, my asks, then my department's hours and my language."""

from datetime import datetime

from handlers.cards import away, parts, rows
from handlers.cards.parts import Block
from handlers.words import LANGUAGES, Words
from store.presence import Absence
from store.queries.monkeys import Page
from store.snapshots import Ask, Department, Person

Rows = list[Block]
EMPTY = Page((), 0, 0)


def home(
    reader: Person,
    yes: Page,
    mine: Page,
    awaited: Page,
    closed: list[Ask],
    department: Department | None,
    words: Words,
    now: datetime,
    offered: Page = EMPTY,
    absence: Absence | None = None,
) -> Block:
    """The view to publish. `closed`: asks that ended lately and can come back. `absence`: the reader's own, if any.

    Each list is turned by its own pages.
    """
    where = f"{yes.number}.{mine.number}.{awaited.number}.{offered.number}"
    origin = f"home:{where}"
    blocks: list[Block | None] = [
        parts.actions(
            parts.button(words.say("New ask"), "home.new_ask", "new", style="primary"),
            parts.button(words.say("What departments promise"), "catalogue.open", "0"),
        )
    ]
    if absence is not None:
        blocks.append(parts.section(away.on_home(absence, absence.since <= now, words)))
    if offered.total:
        blocks.append(parts.header(words.say("Offered to you ({n})", n=offered.total)))
        for ask in offered.asks:
            blocks += rows.offered_to_me(ask, reader.id, origin, words, now)
        blocks.append(_pages(offered, 3, where, words))
    blocks.append(parts.header(words.say("Waiting for your yes ({n})", n=yes.total)))
    for ask in yes.asks:
        blocks += rows.waiting_for_me(ask, reader.id, origin, words, now)
    blocks.append(_pages(yes, 0, where, words) if yes.total else _nothing(words.say("Nothing waits for your yes.")))
    blocks.append(parts.header(words.say("Your monkeys ({n})", n=mine.total)))
    for ask in mine.asks:
        blocks += rows.mine(ask, reader.id, origin, words, now)
    blocks.append(_pages(mine, 1, where, words) if mine.total else _nothing(words.say("No monkey on your back.")))
    blocks.append(parts.header(words.say("Your asks ({n})", n=awaited.total)))
    for ask in awaited.asks:
        blocks += rows.awaited(ask, reader.id, origin, words, now)
    nothing = _nothing(words.say("You wait for nothing. Type /ask to ask another department."))
    blocks.append(_pages(awaited, 2, where, words) if awaited.total else nothing)
    if closed:
        blocks.append(parts.section(words.say("*Closed lately*")))
        for ask in closed:
            blocks += rows.ended(ask, reader.id, origin, words, now)
    blocks += [parts.divider(), parts.context(*_about(reader, department, words))]
    return {"type": "home", "callback_id": "home", "blocks": [block for block in blocks if block]}


def _pages(page: Page, place: int, where: str, words: Words) -> Block | None:
    """The buttons that turn one of the lists. Their value is the page numbers of all of them."""
    numbers = where.split(".")
    buttons = []
    for label, action_id, to in (
        (words.say("Earlier"), "home.page.back", page.number - 1),
        (words.say("More"), "home.page.on", page.number + 1),
    ):
        if 0 <= to < page.pages:
            turned = ".".join((*numbers[:place], str(to), *numbers[place + 1 :]))
            buttons.append(parts.button(label, action_id, turned))
    return parts.actions(*buttons) if buttons else None


def _nothing(sentence: str) -> Block:
    return parts.context(sentence)


def _about(reader: Person, department: Department | None, words: Words) -> list[str]:
    told = [
        words.say(
            "Your language: {language}. Your time zone: {zone}. Both are as Slack has them.",
            language=LANGUAGES[words.language],
            zone=parts.one_line(reader.time_zone),
        )
    ]
    if department is not None:
        hours = ", ".join(f"{days} {spans}" for days, spans in department.calendar.hours.as_yaml().items())
        told.append(
            words.say(
                "Your department: {department}, {hours} ({zone}). It promises results in {lead_time}.",
                department=parts.one_line(department.name, 80),
                hours=parts.one_line(hours, 200),
                zone=parts.one_line(department.calendar.zone),
                lead_time=_lead_time(department, words),
            )
        )
    return told


def _lead_time(department: Department, words: Words) -> str:
    amount = department.lead_time.amount
    if department.lead_time.unit == "hours":
        return words.count("{n} working hour", "{n} working hours", amount)
    return words.count("{n} working day", "{n} working days", amount)
