"""The pieces that cards are built of: safe text, times, people, buttons, blocks. Plain dictionaries, as Slack reads.

What a person typed passes through `quoted` (or `plain` inside plain_text): nothing in it can mention, link or format.
"""

import re
from datetime import datetime
from typing import Any

from handlers.words import Words

Block = dict[str, Any]
Card = dict[str, Any]  # {"text": …, "blocks": […]}: the arguments of chat.postMessage that a card decides

SECTION = 3000  # characters in a section's text
BUTTON = 75  # characters on a button
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_FORMATTING = re.compile(r"([*_~`])")
_INVISIBLE = "\u2060"  # word joiner: keeps a marker from being read as formatting


def plain(text: str, limit: int = SECTION) -> str:
    """What somebody typed, for a plain_text object: no control or direction characters, cut with an ellipsis."""
    return cut(_CONTROLS.sub("", text), limit)


def quoted(text: str, limit: int = 2900) -> str:
    """What somebody typed, for mrkdwn: shown as it was typed, pinging nobody, formatting nothing.

    `limit` bounds the result, escapes included.
    """
    safe = cut(_CONTROLS.sub("", text), limit)
    while len(escaped := _escape(safe)) > limit:
        safe = cut(safe, max(1, len(safe) - (len(escaped) - limit)))
    return escaped


def one_line(text: str, limit: int = 120) -> str:
    """What somebody typed, on one line of a list, for mrkdwn."""
    return quoted(" ".join(text.split()), limit)


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, ending in … where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def person(person_id: str) -> str:
    """A mention. In a posted message it notifies; in an edit, an ephemeral or a view it does not."""
    return f"<@{person_id}>"


def channel(channel_id: str) -> str:
    return f"<#{channel_id}>"


def when(instant: datetime, words: Words) -> str:
    """A time that each reader sees in their own time zone, with the day named where it is near."""
    fallback = instant.strftime("%Y-%m-%d %H:%M UTC")
    return f"<!date^{int(instant.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


def when_on_weekday(instant: datetime, words: Words) -> str:
    """The same with the weekday in full, where there is room: a promise is planned by weekdays."""
    fallback = instant.strftime("%a %Y-%m-%d %H:%M UTC")
    return f"<!date^{int(instant.timestamp())}^{{date_long_pretty}} {{time}}|{fallback}>"


def section(text: str, accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, SECTION)}}
    if accessory:
        block["accessory"] = accessory
    return block


def fields(*texts: str) -> Block:
    """Up to ten short texts side by side."""
    return {"type": "section", "fields": [{"type": "mrkdwn", "text": cut(text, 2000)} for text in texts if text]}


def header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": plain(text, 150), "emoji": True}}


def context(*texts: str) -> Block:
    """Up to ten small texts."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, SECTION)} for text in texts]}


def divider() -> Block:
    return {"type": "divider"}


def button(label: str, action_id: str, value: str, *, style: str | None = None, confirm: Block | None = None) -> Block:
    """A button that says the act. `value` is what the handler needs to know: an ask's number, mostly."""
    block: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": plain(label, BUTTON), "emoji": True},
        "action_id": action_id,
        "value": value,
    }
    if style:
        block["style"] = style
    if confirm:
        block["confirm"] = confirm
    return block


def actions(*elements: Block, block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    if block_id:
        block["block_id"] = block_id
    return block


def overflow(action_id: str, *choices: tuple[str, str]) -> Block:
    """A "…" menu of two to five (label, value) pairs."""
    return {"type": "overflow", "action_id": action_id, "options": [option(label, value) for label, value in choices]}


def option(label: str, value: str) -> Block:
    return {"text": {"type": "plain_text", "text": plain(label, 75), "emoji": True}, "value": value}


def card(text: str, *blocks: Block | None) -> Card:
    """A message: `text` is what notifications and screen readers get; empty blocks are left out."""
    return {"text": cut(text, SECTION), "blocks": [block for block in blocks if block]}


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A word joiner after @ and ! keeps old clients from linking @channel, @here; formatting marks lose their neighbour.
    text = re.sub(r"@(?=\w)", "@" + _INVISIBLE, text)
    return _FORMATTING.sub(_INVISIBLE + r"\1" + _INVISIBLE, text)
