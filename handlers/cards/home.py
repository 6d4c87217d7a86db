"""The Home tab: what waits for my yes, my monkeys, my asks, a lead's board, then my department's hours and language."""

from collections.abc import Sequence
from datetime import datetime

from handlers.cards import away, board, month, my_nudges, objection, parts, rows, times
from handlers.cards.monkeys import SORTED_FROM, sorting_menu, turning
from handlers.cards.parts import Block
from handlers.words import LANGUAGES, Words
from store.presence import Absence
from store.queries.board import Board
from store.queries.monkeys import Lists, Sorting
from store.queries.month import Month
from store.queries.objections import Objection
from store.rules.quiet import NO_PREFERENCES, Preferences
from store.snapshots import Ask, Department, Person, Question


def home(
    reader: Person,
    found: Lists,
    closed: list[Ask],
    department: Department | None,
    words: Words,
    now: datetime,
    *,
    absence: Absence | None = None,
    led: Sequence[tuple[Department, Board]] = (),
    chosen: Preferences = NO_PREFERENCES,
    months: Sequence[Month] = (),
    asked: Sequence[tuple[Ask, Question]] = (),
    objected: Sequence[tuple[Ask, Objection]] = (),
) -> Block:
    """The view to publish. `closed`: asks that ended lately and can come back. `absence`: the reader's own, if any.

    Each list is turned by its own pages. `led`: the departments that the reader leads, with the first of their boards,
    `months`: and how this month went there. `asked`: what the reader is asked as an adviser,
    `objected`: and what they have to decide as a lead.
    """
    where, yes, mine, awaited, offered = found.where, found.yes, found.mine, found.awaited, found.offered
    origin = f"home:{where}"
    elements = [
        parts.button(words.say("New ask"), "home.new_ask", "new", style="primary"),
        parts.button(words.say("What departments promise"), "catalogue.open", "0"),
    ]
    if max(mine.total, awaited.total) >= SORTED_FROM:
        sortings = [(sorting, str(where.sorted_by(sorting))) for sorting in Sorting]
        elements.append(sorting_menu("home.sort", sortings, where.sorting, words))
    blocks: list[Block | None] = [parts.actions(*elements)]
    if absence is not None:
        is_now = absence.since <= now
        back = words.say("I am back") if is_now else words.say("I am not going away")
        told = away.on_home(absence, is_now, words)
        blocks.append(parts.section(told, parts.button(back, "away.back", "0")))
    if offered.total:
        blocks.append(parts.header(words.say("Offered to you ({n})", n=offered.total)))
        for ask in offered.asks:
            blocks += rows.offered_to_me(ask, reader.id, origin, words, now)
        blocks.append(turning("home.page", where, "offered", offered, words))
    blocks.append(parts.header(words.say("Waiting for your yes ({n})", n=yes.total)))
    for ask in yes.asks:
        blocks += rows.waiting_for_me(ask, reader.id, origin, words, now)
    nothing = _nothing(words.say("Nothing waits for your yes."))
    blocks.append(turning("home.page", where, "yes", yes, words) if yes.total else nothing)
    blocks += objection.on_home(objected, reader.id, origin, words)
    blocks += rows.asked_of_me(asked, reader.id, origin, words)
    blocks.append(parts.header(words.say("Your monkeys ({n})", n=mine.total)))
    for ask in mine.asks:
        blocks += rows.mine(ask, reader.id, origin, words, now)
    nothing = _nothing(words.say("No monkey on your back."))
    blocks.append(turning("home.page", where, "mine", mine, words) if mine.total else nothing)
    blocks.append(parts.header(words.say("Your asks ({n})", n=awaited.total)))
    for ask in awaited.asks:
        blocks += rows.awaited(ask, reader.id, origin, words, now)
    nothing = _nothing(words.say("You wait for nothing. Type /ask to ask another department."))
    blocks.append(turning("home.page", where, "awaited", awaited, words) if awaited.total else nothing)
    blocks += board.on_home(led, words, now)
    blocks += month.on_home(months, words)
    if closed:
        blocks.append(parts.section(words.say("*Closed lately*")))
        for ask in closed:
            blocks += rows.ended(ask, reader.id, origin, words, now)
    blocks += [parts.divider(), my_nudges.on_home(chosen, words), parts.context(*_about(reader, department, words))]
    return {"type": "home", "callback_id": "home", "blocks": [block for block in blocks if block]}


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
        hours = times.working_hours(department.calendar.hours, words)
        told.append(
            words.say(
                "Your department: {department}, {hours} ({zone}). It promises results in {lead_time}.",
                department=parts.one_line(department.name, 80),
                hours=parts.one_line(hours, 200),
                zone=parts.one_line(department.calendar.zone),
                lead_time=_lead_time(department, words),
            )
        )
    if department is not None and reader.id == department.lead_id:
        told.append(words.say("You lead it: `/dept` changes its people, hours, rota and services."))
    elif not reader.is_guest:
        told.append(words.say("`/dept @finance` shows what a department promises; `/dept new` sets one up."))
    return told


def _lead_time(department: Department, words: Words) -> str:
    amount = department.lead_time.amount
    if department.lead_time.unit == "hours":
        return words.count("{n} working hour", "{n} working hours", amount)
    return words.count("{n} working day", "{n} working days", amount)
