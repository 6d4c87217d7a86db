"""The blocks: every kind of row that a message, a modal or a Home tab is made of.

Which block may stand where is part of its shape (`surfaces`). Source: Slack's reference of blocks, 2026. Input blocks
are not for modals only: the reference lists messages, modals and Home tabs; what differs is which elements an input
may hold there (see `elements`), and that a modal then needs a submit button (see `views`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sandbox.blockkit.cards import ALERT, BLOCK_ID, CARD, CAROUSEL, MESSAGE_AND_HOME, PLAN, TASK_CARD, auth_provider
from sandbox.blockkit.elements import IMAGE, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION, MESSAGE, ONLY_IMAGE
from sandbox.blockkit.fault import Fault
from sandbox.blockkit.keys import at_least_one, exactly_one
from sandbox.blockkit.objects import WEB, any_text, plain_text
from sandbox.blockkit.rich_text import RICH_TEXT, RICH_TEXT_BLOCK
from sandbox.blockkit.rules import Anything, Choice, Flag, Kinds, ListOf, Place, Shape, String, Url, Whole
from sandbox.blockkit.tables import DATA_TABLE, DATA_VISUALIZATION, TABLE

SECTION = Shape(
    optional={
        **BLOCK_ID,
        "text": any_text(3000),
        "fields": ListOf(any_text(2000), most=10),
        "accessory": IN_SECTION,
        "expand": Flag(),
    },
    further=(at_least_one("text", "fields"),),
)

HEADER = Shape(required={"text": plain_text(150)}, optional={**BLOCK_ID, "level": Whole(1, 4)})

DIVIDER = Shape(optional=BLOCK_ID)

CONTEXT = Shape(
    required={"elements": ListOf(Kinds({**any_text(3000).of, "image": IMAGE}), most=10)},
    optional=BLOCK_ID,
)

ACTIONS = Shape(required={"elements": ListOf(IN_ACTIONS, most=25)}, optional=BLOCK_ID)

CONTEXT_ACTIONS = Shape(required={"elements": ListOf(IN_CONTEXT_ACTIONS, most=5)}, optional=BLOCK_ID, surfaces=MESSAGE)

IMAGE_BLOCK = Shape(
    required=IMAGE.required,
    optional={**IMAGE.optional, **BLOCK_ID, "title": plain_text(2000)},
    further=(exactly_one("image_url", "slack_file"),),
)


def _files_are_not_dispatched(block: Mapping[str, object], place: Place) -> Iterator[Fault]:
    element = block.get("element")
    if block.get("dispatch_action") is True and isinstance(element, dict) and element.get("type") == "file_input":
        yield place.at("element").at("type").fault("unsupported type: file_input", "enum", None)


INPUT = Shape(
    required={"label": plain_text(2000), "element": IN_INPUT},
    optional={**BLOCK_ID, "hint": plain_text(2000), "optional": Flag(), "dispatch_action": Flag()},
    further=(_files_are_not_dispatched,),
)

MARKDOWN = Shape(required={"text": String(12000)}, optional=BLOCK_ID, surfaces=MESSAGE)

VIDEO = Shape(
    required={
        "alt_text": String(200),
        "title": plain_text(200),
        "thumbnail_url": Url(schemes=WEB),
        "video_url": Url(schemes=("https",)),
    },
    optional={
        **BLOCK_ID,
        "title_url": Url(schemes=("https",)),
        "description": plain_text(200),
        "author_name": String(50),
        "provider_name": String(50),
        "provider_icon_url": Url(schemes=WEB),
    },
)

FILE = Shape(required={"external_id": String(), "source": Choice(("remote",))}, optional=BLOCK_ID, surfaces=MESSAGE)

CALL = Shape(
    required={"call_id": String()},
    optional={**BLOCK_ID, "api_decoration_available": Flag(), "call": Anything()},
    surfaces=MESSAGE,
)

_IN_CONTAINER: dict[str, Shape] = {
    "actions": ACTIONS,
    "context": CONTEXT,
    "divider": DIVIDER,
    "file": FILE,
    "header": HEADER,
    "image": IMAGE_BLOCK,
    "input": INPUT,
    "rich_text": RICH_TEXT_BLOCK,
    "section": SECTION,
    "table": TABLE,
    "video": VIDEO,
}

CONTAINER = Shape(
    required={"child_blocks": ListOf(Kinds(_IN_CONTAINER, blocks=True), most=10)},
    optional={
        **BLOCK_ID,
        "title": plain_text(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": any_text(150),
        "width": Choice(("narrow", "standard", "wide", "full")),
        "icon": ONLY_IMAGE,
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    surfaces=MESSAGE_AND_HOME,
    further=(at_least_one("title", "rich_text_title"),),
)

_ALONE: dict[str, Shape] = {
    **_IN_CONTAINER,
    "alert": ALERT,
    "call": CALL,
    "card": CARD,
    "carousel": CAROUSEL,
    "container": CONTAINER,
    "context_actions": CONTEXT_ACTIONS,
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": MARKDOWN,
    "plan": PLAN,
    "task_card": TASK_CARD,
}

BLOCKS = Kinds(
    {**_ALONE, "auth_provider": auth_provider(ListOf(Kinds(_ALONE, blocks=True), least=0))},
    blocks=True,
)
