"""The pieces that forms are built of: the window, a field for words, a picker of a time.

A field's action id is the name that the ledger has for it, so that a refusal finds its field.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from handlers.cards import parts
from handlers.cards.parts import Block
from handlers.words import Words

LONGEST = 3000  # characters that Slack lets somebody type into one field
OPTIONS = 100  # options that Slack shows in one group of a menu; it takes a hundred groups


def form(
    callback_id: str, title: str, submit: str, kept: Mapping[str, Any], words: Words, *blocks: Block | None
) -> Block:
    """A window with fields. `kept` comes back with what was typed; empty blocks are left out."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps(kept, separators=(",", ":")),
        "title": {"type": "plain_text", "text": parts.plain(title, 24), "emoji": True},
        "submit": {"type": "plain_text", "text": parts.plain(submit, 24), "emoji": True},
        "close": {"type": "plain_text", "text": words.say("Cancel"), "emoji": True},
        "blocks": [block for block in blocks if block],
    }


def text_field(
    field: str,
    label: str,
    *,
    initial: str = "",
    hint: str = "",
    optional: bool = False,
    multiline: bool = True,
    placeholder: str = "",
    longest: int = LONGEST,
) -> Block:
    """A field for words. `initial` stands in it already; it holds `longest` characters, 3,000 at most."""
    element: Block = {"type": "plain_text_input", "action_id": field, "multiline": multiline, "max_length": longest}
    if initial:
        element["initial_value"] = initial[:LONGEST]
    if placeholder:
        element["placeholder"] = {"type": "plain_text", "text": parts.plain(placeholder, 150), "emoji": True}
    return _field(field, label, element, hint, optional)


def link_field(field: str, label: str, *, hint: str = "") -> Block:
    """A field for a web address that may be left empty."""
    return _field(field, label, {"type": "url_text_input", "action_id": field}, hint, optional=True)


def time_field(field: str, label: str, *, initial: datetime | None, hint: str = "", optional: bool = False) -> Block:
    """A picker of a day and a time, in the reader's own zone."""
    element: Block = {"type": "datetimepicker", "action_id": field}
    if initial is not None:
        element["initial_date_time"] = int(initial.timestamp())
    return _field(field, label, element, hint, optional)


def channel_field(field: str, label: str, *, initial: str | None = None, hint: str = "") -> Block:
    """A menu of the channels; without an `initial` one it is the channel in which the person is."""
    element: Block = {
        "type": "conversations_select",
        "action_id": field,
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": False},
    }
    element |= {"initial_conversation": initial} if initial else {"default_to_current_conversation": True}
    return _field(field, label, element, hint, optional=False)


def day_field(field: str, label: str, *, initial: date, hint: str = "") -> Block:
    """A picker of a day."""
    element: Block = {"type": "datepicker", "action_id": field, "initial_date": initial.isoformat()}
    return _field(field, label, element, hint, optional=False)


def person_field(
    field: str, label: str, *, initial: str | None = None, hint: str = "", optional: bool = False
) -> Block:
    """A menu of everybody in the workspace."""
    element: Block = {"type": "users_select", "action_id": field}
    if initial:
        element["initial_user"] = initial
    return _field(field, label, element, hint, optional)


def people_field(field: str, label: str, *, initial: Sequence[str] = (), hint: str = "") -> Block:
    """The same for several people, in the order in which they are chosen; none is an answer too."""
    element: Block = {"type": "multi_users_select", "action_id": field}
    if initial:
        element["initial_users"] = list(initial)
    return _field(field, label, element, hint, optional=True)


def choice_field(
    field: str,
    label: str,
    choices: Sequence[tuple[str, str]],
    *,
    initial: str = "",
    hint: str = "",
    optional: bool = False,
) -> Block:
    """A menu of (label, value) pairs; the one of value `initial` is chosen. More than a hundred stand in groups."""
    options = [parts.option(shown, value) for shown, value in choices]
    element: Block = {"type": "static_select", "action_id": field}
    if chosen := next((option for option in options if option["value"] == initial), None):
        element["initial_option"] = chosen
    if len(options) <= OPTIONS:
        element["options"] = options
    else:
        element["option_groups"] = [
            {
                "label": {
                    "type": "plain_text",
                    "text": f"{group[0]['text']['text'][:34]} – {group[-1]['text']['text'][:34]}",
                },
                "options": group,
            }
            for group in (options[start : start + OPTIONS] for start in range(0, len(options), OPTIONS))
        ]
    return _field(field, label, element, hint, optional)


def boxes_field(
    field: str,
    label: str,
    boxes: Sequence[tuple[str, str]],
    *,
    ticked: Sequence[str] = (),
    block_id: str = "",
) -> Block:
    """Up to ten boxes of (label, value); those of the values `ticked` are ticked. None is an answer too."""
    options = [parts.option(shown, value) for shown, value in boxes]
    element: Block = {"type": "checkboxes", "action_id": field, "options": options}
    if initial := [option for option in options if option["value"] in ticked]:
        element["initial_options"] = initial
    return _field(field, label, element, "", optional=True) | {"block_id": block_id or field}


def told_at_once(block: Block, block_id: str = "", *, while_typing: bool = False) -> Block:
    """The same field, of whose changes the bot hears at once. `block_id`: another one forgets what stood in it."""
    heard: Block = {"dispatch_action": True, "block_id": block_id or block["block_id"]}
    if while_typing:
        config = {"trigger_actions_on": ["on_character_entered"]}
        heard["element"] = block["element"] | {"dispatch_action_config": config}
    return block | heard


def _field(field: str, label: str, element: Block, hint: str, optional: bool) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field,
        "label": {"type": "plain_text", "text": label, "emoji": True},
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = {"type": "plain_text", "text": parts.plain(hint, 2000), "emoji": True}
    return block
