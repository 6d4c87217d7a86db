"""Card-like blocks: cards and carousels of cards, alerts, tasks and plans, the connection to another service.

Source: Slack's reference of blocks, 2026. Some of these contradict their own reference tables; what a live workspace
accepts is noted where it differs.
"""

from __future__ import annotations

from sandbox.blockkit.elements import MESSAGE, MODAL, ONLY_BUTTON, ONLY_IMAGE, ONLY_OVERFLOW, ONLY_URL_SOURCE
from sandbox.blockkit.fault import Surface
from sandbox.blockkit.keys import at_least_one, not_both
from sandbox.blockkit.objects import SLACK_ICON, any_text, plain_text
from sandbox.blockkit.rich_text import RICH_TEXT
from sandbox.blockkit.rules import Choice, Flag, Kinds, ListOf, Rule, Shape, String, Url

BLOCK_ID: dict[str, Rule] = {"block_id": String(255)}
MESSAGE_AND_HOME: frozenset[Surface] = frozenset({"message", "home"})

ALERT = Shape(
    required={"text": any_text(200)},
    optional={**BLOCK_ID, "level": Choice(("default", "info", "warning", "error", "success"))},
    surfaces=MODAL,
)

CARD = Shape(
    # The reference calls the four texts strings; a live workspace takes text objects only.
    optional={
        **BLOCK_ID,
        "hero_image": ONLY_IMAGE,
        "icon": ONLY_IMAGE,
        "slack_icon": SLACK_ICON,
        "title": any_text(150),
        "subtitle": any_text(150),
        "body": any_text(200),
        "subtext": any_text(200),
        "actions": ListOf(ONLY_BUTTON, most=3),
    },
    further=(at_least_one("hero_image", "title", "actions", "body"), not_both("icon", "slack_icon")),
)

CAROUSEL = Shape(
    required={"elements": ListOf(Kinds({"card": CARD}, blocks=True), most=10)},
    optional=BLOCK_ID,
    surfaces=MESSAGE_AND_HOME,
)


def _task(*statuses: str) -> Shape:
    return Shape(
        required={"task_id": String(), "title": String()},
        optional={
            **BLOCK_ID,
            "details": RICH_TEXT,
            "output": RICH_TEXT,
            "sources": ListOf(ONLY_URL_SOURCE, least=0),
            "status": Choice(statuses),
        },
        surfaces=MESSAGE,
    )


# A task on its own cannot wait for anything: a live workspace refuses "pending" outside a plan.
TASK_CARD = _task("in_progress", "complete", "error")
_STATUSES = ("pending", "in_progress", "complete", "error")
PLAN = Shape(
    # The reference calls the title an object; a live workspace takes a bare string only.
    required={"title": String()},
    optional={
        **BLOCK_ID,
        # Not in the reference, accepted and without effect.
        "status": Choice(_STATUSES),
        "tasks": ListOf(Kinds({"task_card": _task(*_STATUSES)}, implied="task_card"), least=0),
    },
    surfaces=MESSAGE,
)


def auth_provider(fallback: Rule) -> Shape:
    """The block that shows whether a person has connected another service; `fallback` says what may replace it."""
    return Shape(
        required={"value": String(150), "name": plain_text(75), "is_connected": Flag()},
        optional={
            **BLOCK_ID,
            "description": plain_text(150),
            "icon_url": Url(schemes=("https",)),
            "auth_url": Url(schemes=("https",)),
            "disconnect_url": Url(schemes=("https",)),
            "connected_identity": plain_text(75),
            "connected_context": plain_text(75),
            "accessory": ONLY_OVERFLOW,
            "fallback": fallback,
        },
    )
