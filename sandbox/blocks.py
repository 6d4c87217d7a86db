"""Finding one's way in Block Kit: naming what has no name yet, its elements, and what they hold when untouched."""

import copy
import hashlib
import json
from collections.abc import Iterator

from sandbox.shapes import Blocks, Json

INTERACTIVE = frozenset(
    {
        "button",
        "checkboxes",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "radio_buttons",
        "overflow",
        "plain_text_input",
        "rich_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "file_input",
        "static_select",
        "external_select",
        "users_select",
        "conversations_select",
        "channels_select",
        "multi_static_select",
        "multi_external_select",
        "multi_users_select",
        "multi_conversations_select",
        "multi_channels_select",
        "feedback_buttons",
        "icon_button",
        "workflow_button",
    }
)
STATEFUL = INTERACTIVE - {"button", "overflow", "feedback_buttons", "icon_button", "workflow_button"}

VALUE_KEYS: dict[str, tuple[str, str | None]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", None),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "overflow": ("selected_option", None),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}


def complete(blocks: Blocks) -> Blocks:
    """A copy in which every block has a block_id and every interactive element an action_id, as Slack stores them."""
    blocks = copy.deepcopy(blocks)
    for index, block in enumerate(blocks):
        if not block.get("block_id"):
            block["block_id"] = _name(block, index)
        for number, element in enumerate(elements_of(block)):
            if not element.get("action_id"):
                element["action_id"] = _name(element, number)
    return blocks


def _name(thing: Json, index: int) -> str:
    return hashlib.sha256(f"{index}{json.dumps(thing, sort_keys=True)}".encode()).hexdigest()[:5]


def elements_of(block: Json) -> list[Json]:
    """The interactive elements directly in one block."""
    found: list[Json] = []
    for key in ("accessory", "element"):
        if isinstance(block.get(key), dict):
            found.append(block[key])
    for key in ("elements", "actions"):
        if isinstance(block.get(key), list):
            found.extend(element for element in block[key] if isinstance(element, dict))
    return [element for element in found if element.get("type") in INTERACTIVE]


def children_of(block: Json) -> Blocks:
    """Blocks inside a block (carousels of cards, containers)."""
    if block.get("type") == "carousel":
        return [child for child in block.get("elements", []) if isinstance(child, dict)]
    return [child for child in block.get("child_blocks", []) if isinstance(child, dict)]


def elements(blocks: Blocks) -> Iterator[tuple[str, Json]]:
    """(block_id, element) of every interactive element, in reading order."""
    for block in blocks:
        for element in elements_of(block):
            yield block.get("block_id", ""), element
        yield from elements(children_of(block))


def find_element(blocks: Blocks, block_id: str, action_id: str) -> Json | None:
    """The element that an action names."""
    for name, element in elements(blocks):
        if name == block_id and element.get("action_id") == action_id:
            return element
    return None


def inputs_of(blocks: Blocks) -> Iterator[tuple[str, Json]]:
    """(block_id, element) of everything that holds a value."""
    for block_id, element in elements(blocks):
        if element["type"] in STATEFUL:
            yield block_id, element


def value_when_fresh(element: Json) -> Json:
    """What Slack's state says about an element that nobody has touched."""
    key, initial = VALUE_KEYS[element["type"]]
    empty: object = [] if key.endswith("s") and key != "files" else None
    if element["type"] == "file_input":
        empty = []
    return {"type": element["type"], key: element.get(initial, empty) if initial else empty}


def is_empty(value: Json) -> bool:
    """Whether a state value holds nothing."""
    return not any(entry not in (None, "", []) for name, entry in value.items() if name != "type")


def state_when_fresh(blocks: Blocks) -> Json:
    """``state`` of a message nobody has touched."""
    values: Json = {}
    for block_id, element in inputs_of(blocks):
        values.setdefault(block_id, {})[element["action_id"]] = value_when_fresh(element)
    return {"values": values}
