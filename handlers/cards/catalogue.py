"""What a department promises, for anybody to read: its services, who is on duty, when it is closed; and who takes asks.

The same blocks stand in a message (`/dept @finance`) and in a window (Home).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.cards import kept, parts, promise, service_words, times
from handlers.cards.parts import Block, Card
from handlers.words import Words
from store.queries.promises import Share
from store.rules.closings import Closing
from store.rules.history import History
from store.snapshots import Department, Service

SERVICES = 8  # on a page
LETTERS = 8000  # of services in one message: Slack takes some 13,000 with all that is around them
DEPARTMENTS = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """How a department stands now. `on_duty`: who has the week or day; `gets_it`: who owns what comes in now.

    `is_open`: whether it works at this moment, `opens`: when next; `closing`: when it is closed next.
    """

    on_duty: str | None
    gets_it: str | None
    is_open: bool
    opens: datetime | None
    closing: Closing | None


def department_card(
    department: Department,
    standing: Standing,
    histories: Mapping[int, History],
    page: int,
    words: Words,
    kept_lately: Share | None = None,
    of_the_rest: History | None = None,
) -> Card:
    """A department with one page of its services. `histories`: by service, where there is any.

    `kept_lately`: how its promises came out; `of_the_rest`: history of what no service covers.
    """
    name = parts.one_line(department.name, 100)
    pages = _service_pages(department, words)
    shown = pages[min(page, len(pages) - 1)]
    return parts.card(
        words.say("What {department} promises", department=name),
        parts.header(department.name),
        parts.section(_about(department, standing, words)),
        parts.context(share) if kept_lately and (share := kept.share(kept_lately, words)) else None,
        parts.divider(),
        *(_service(department, one, histories.get(one.id), words) for one in shown),
        _anything_else(department, of_the_rest, words),
        _pages("catalogue.page", department.id, page, len(pages), words),
    )


def services_on(department: Department, page: int, words: Words) -> tuple[Service, ...]:
    """The services of one page."""
    pages = _service_pages(department, words)
    return pages[min(page, len(pages) - 1)]


def _service_pages(department: Department, words: Words) -> list[tuple[Service, ...]]:
    """As many on a page as a message holds, eight at the most; one page at least."""
    pages: list[list[Service]] = [[]]
    room = LETTERS
    for service in department.services:
        length = len(service_words.told(service, words))
        if pages[-1] and (length > room or len(pages[-1]) == SERVICES):
            pages.append([])
            room = LETTERS
        pages[-1].append(service)
        room -= length
    return [tuple(page) for page in pages]


def list_card(departments: Sequence[Department], page: int, words: Words) -> Card:
    """One page of those who take asks."""
    asked = words.say("What departments promise")
    if not departments:
        nobody = words.say("There is no department here that you can ask.")
        return parts.card(nobody, parts.section(nobody))
    shown = departments[page * DEPARTMENTS : (page + 1) * DEPARTMENTS]
    return parts.card(
        asked,
        *(_department(one, words) for one in shown),
        _pages("catalogue.list", 0, page, -(-len(departments) // DEPARTMENTS), words),
    )


def window(card: Card, words: Words, *, back: bool = False) -> Block:
    """The same in a window. `back`: with the way to the other departments."""
    blocks = list(card["blocks"])
    if back:
        way = parts.button(words.say("All departments"), "catalogue.back", "0")
        blocks.append(parts.actions(way))
    return {
        "type": "modal",
        "callback_id": "catalogue",
        "title": {"type": "plain_text", "text": words.say("Services")},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": blocks,
    }


def _about(department: Department, standing: Standing, words: Words) -> str:
    hours = times.working_hours(department.calendar.hours, words)
    lines = [
        words.say(
            "Works {hours} ({zone}).",
            hours=parts.one_line(hours, 300),
            zone=parts.one_line(department.calendar.zone),
        ),
        _duty(department, standing, words),
    ]
    if standing.is_open:
        lines.append(words.say("Open now."))
    elif standing.opens is not None:
        lines.append(words.say("Closed now, opens {time}.", time=parts.when(standing.opens, words)))
    else:
        lines.append(words.say("It has no working time in the next year: its lead has to look at its hours."))
    if standing.closing is not None:
        lines.append(service_words.closing(standing.closing, department, words))
    return "\n".join(lines)


def _duty(department: Department, standing: Standing, words: Words) -> str:
    if standing.gets_it is None:
        return words.say("Nobody is left who could own what comes in.")
    gets_it = parts.person(standing.gets_it)
    if standing.on_duty == standing.gets_it:
        return words.say("On duty now: {person}", person=gets_it)
    if standing.on_duty is not None:
        on_duty = parts.person(standing.on_duty)
        return words.say("On duty now: {person}, who is away; {other} stands in.", person=on_duty, other=gets_it)
    return words.say("What comes in now goes to {person}.", person=gets_it)


def _service(department: Department, service: Service, history: History | None, words: Words) -> Block:
    carried = json.dumps({"department": department.id, "service": service.id})
    ask = parts.button(words.say("Ask for this"), "catalogue.ask", carried)
    return parts.section(service_words.told(service, words, history), ask)


def _anything_else(department: Department, history: History | None, words: Words) -> Block:
    """What no service covers, or all there is where none is named."""
    span = promise.span(department.lead_time, words)
    said = words.say("Anything else takes {span}.", span=span)
    if not department.services:
        said = words.say("It names no services yet. Whatever you ask takes {span}.", span=span)
    if history is not None:
        said += "\n" + service_words.usually(history, words)
    carried = json.dumps({"department": department.id})
    return parts.section(said, parts.button(words.say("Ask for something else"), "catalogue.ask", carried))


def _department(department: Department, words: Words) -> Block:
    said = f"*{parts.one_line(department.name, 100)}*"
    if department.services:
        many = words.count("{n} service", "{n} services", len(department.services))
        first = ", ".join(parts.one_line(one.name, 80) for one in department.services[:3])
        said += f"\n{many}: {first}" + (", …" if len(department.services) > 3 else "")
    else:
        said += "\n" + words.say("Takes {span}.", span=promise.span(department.lead_time, words))
    return parts.section(said, parts.button(words.say("Show services"), "catalogue.department", str(department.id)))


def _pages(action: str, department_id: int, page: int, count: int, words: Words) -> Block | None:
    """Ways to the neighbouring pages; None where there is one page only."""
    buttons = []
    for label, place, to in ((words.say("Earlier"), 0, page - 1), (words.say("More"), 1, page + 1)):
        if 0 <= to < count:
            buttons.append(parts.button(label, f"{action}.{place}", f"{department_id}.{to}"))
    return parts.actions(*buttons) if buttons else None
