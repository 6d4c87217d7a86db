"""The services of a department, for its lead: each with what it promises, and a menu to edit, move or archive it."""

import json

from handlers.cards import parts, service_words
from handlers.cards.parts import Block
from handlers.words import Words
from store.rules.offering import MOST_SERVICES
from store.snapshots import Department, Service

CALLBACK = "services"
PAGE = 20


def services_window(
    department: Department, page: int, words: Words, told: str = "", *, settings: str | None = None
) -> Block:
    """One page of them. `told`: what was done a moment ago, as mrkdwn. `settings`: the window beneath, to draw anew."""
    last = max(0, (len(department.services) - 1) // PAGE)
    page = min(page, last)
    shown = department.services[page * PAGE : (page + 1) * PAGE]
    blocks: list[Block | None] = [
        parts.header(words.say("Services of {department}", department=parts.plain(department.name, 100))),
        parts.section(told) if told else None,
        _none(words) if not shown else None,
        *(_service(department, one, page, words) for one in shown),
        _pages(department, page, last, words),
        parts.divider(),
        _add(department, words),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"settings": settings}),
        "title": {"type": "plain_text", "text": words.say("Services")},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": [block for block in blocks if block],
    }


def _none(words: Words) -> Block:
    return parts.section(
        words.say(
            "There are none yet. A service says how long something takes, what it needs to start and who owns it: "
            "whoever asks knows it before they file."
        )
    )


def _service(department: Department, service: Service, page: int, words: Words) -> Block:
    said = service_words.told(service, words)
    others = service.names[1:]
    if others:
        named = ", ".join(parts.one_line(name, 60) for name in others[:10])
        if len(others) > 10:
            named = words.count("{named} and {n} more", "{named} and {n} more", len(others) - 10, named=named)
        said += "\n" + words.say("Also called: {names}", names=named)
    if service.owner_id:
        said += "\n" + words.say("Owner: {owner}", owner=parts.person(service.owner_id))
    if service.restate:
        said += "\n" + words.say("Its owner restates what is asked before it is acknowledged.")
    if service.ladder_changes:
        said += "\n" + words.say("It has nudges of its own.")
    place = department.services.index(service)
    carried = f"{department.id}.{service.id}.{page}"
    choices = [(words.say("Edit"), f"edit.{carried}")]
    if place > 0:
        choices.append((words.say("Move up"), f"up.{carried}"))
    if place < len(department.services) - 1:
        choices.append((words.say("Move down"), f"down.{carried}"))
    choices.append((words.say("Nudges"), f"nudges.{carried}"))
    choices.append((words.say("Archive service"), f"archive.{carried}"))
    return parts.section(said, parts.overflow("services.menu", *choices)) | {"block_id": f"service:{service.id}"}


def _pages(department: Department, page: int, last: int, words: Words) -> Block | None:
    buttons = [
        parts.button(label, f"services.page.{place}", f"{department.id}.{to}")
        for label, place, to in ((words.say("Earlier"), 0, page - 1), (words.say("More"), 1, page + 1))
        if 0 <= to <= last
    ]
    return parts.actions(*buttons) if buttons else None


def _add(department: Department, words: Words) -> Block:
    if len(department.services) >= MOST_SERVICES:
        return parts.context(words.say("A department may have {n} services at the most.", n=MOST_SERVICES))
    return parts.actions(parts.button(words.say("Add a service"), "services.add", str(department.id), style="primary"))
