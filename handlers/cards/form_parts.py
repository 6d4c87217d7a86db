"""The pieces that forms are built of: the window, a field for words, a picker of a time.

A field's action id is the name that the ledger has for it, so that a refusal finds its field.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.cards import parts
from handlers.cards.parts import Block
from handlers.words import Words

LONGEST = 3000  # characters that Slack lets somebody type into one field


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
) -> Block:
    """A field for words. `initial` stands in it already; it holds 3,000 characters at most."""
    element: Block = {"type": "plain_text_input", "action_id": field, "multiline": multiline, "max_length": LONGEST}
    if initial:
        element["initial_value"] = initial[:LONGEST]
    if placeholder:
        element["placeholder"] = {"type": "plain_text", "text": parts.plain(placeholder, 150), "emoji": True}
    return _field(field, label, element, hint, optional)


def link_field(field: str, label: str, *, hint: str = "") -> Block:
    """A field for a web address that may be left empty."""
    return _field(field, label, {"type": "url_text_input", "action_id": field}, hint, optional=True)


def time_field(field: str, label: str, *, initial: datetime | None, hint: str = "") -> Block:
    """A picker of a day and a time, in the reader's own zone."""
    element: Block = {"type": "datetimepicker", "action_id": field}
    if initial is not None:
        element["initial_date_time"] = int(initial.timestamp())
    return _field(field, label, element, hint, optional=False)


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
