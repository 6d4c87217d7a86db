"""What a reader reads: text and blocks as plain words, mentions as @Name, dates in the reader's own zone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.blocks import children_of
from sandbox.messages import Message
from sandbox.people import Person
from sandbox.shapes import Blocks, Json
from sandbox.views import View
from sandbox.workspace import Workspace

TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
DATE_PART = re.compile(r"\{(\w+)\}")


def read_message(workspace: Workspace, message: Message, reader: Person | None = None) -> str:
    """Everything a message says: its blocks if it has some (then the text is only the notification), else its text."""
    parts = (
        [read_blocks(workspace, message.blocks, reader)]
        if message.blocks
        else [_plain(workspace, message.text, reader)]
    )
    for attachment in message.attachments:
        parts.extend(
            _plain(workspace, str(attachment[name]), reader)
            for name in ("pretext", "title", "text", "fallback")
            if attachment.get(name)
        )
        parts.append(read_blocks(workspace, attachment.get("blocks") or [], reader))
    parts.extend(str(file.get("title") or file.get("name")) for file in message.files)
    return "\n".join(part for part in parts if part)


def read_view(workspace: Workspace, view: View, reader: Person | None = None) -> str:
    """Everything a modal or Home tab says, with the errors below its fields and what has been entered."""
    parts = []
    if view.kind == "modal":
        parts.append(_object(workspace, view.body.get("title"), reader))
    parts.append(read_blocks(workspace, view.blocks, reader))
    parts.extend(view.errors.values())
    parts.extend(
        str(value["value"])
        for by_action in view.state()["values"].values()
        for value in by_action.values()
        if isinstance(value.get("value"), str)
    )
    parts.extend(_object(workspace, view.body.get(name), reader) for name in ("submit", "close"))
    return "\n".join(part for part in parts if part)


def read_blocks(workspace: Workspace, blocks: Blocks, reader: Person | None = None) -> str:
    """The words in blocks, one line per text, labels of buttons and options in brackets."""
    return "\n".join(line for block in blocks for line in _lines(workspace, block, reader) if line)


def _lines(workspace: Workspace, block: Json, reader: Person | None) -> Iterator[str]:
    kind = block.get("type")
    if kind == "markdown":
        yield str(block.get("text", ""))
        return
    if kind == "rich_text":
        yield _rich(workspace, block, reader)
        return
    if kind in ("table", "data_table"):
        for row in block.get("rows", []):
            yield " | ".join(_cell(workspace, cell, reader) for cell in row)
        return
    for name in ("title", "subtitle", "label", "text", "body", "description", "subtext", "hint"):
        yield _object(workspace, block.get(name), reader)
    for name in ("fields", "elements", "actions", "options"):
        for element in block.get(name) or []:
            yield from _element(workspace, element, reader)
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield from _element(workspace, block[name], reader)
    if isinstance(block.get("alt_text"), str):
        yield f"[{block['alt_text']}]"
    if kind != "carousel":
        for child in children_of(block):
            yield from _lines(workspace, child, reader)


def _element(workspace: Workspace, element: Any, reader: Person | None) -> Iterator[str]:
    if not isinstance(element, dict):
        return
    kind = element.get("type")
    if kind in ("mrkdwn", "plain_text"):
        yield _object(workspace, element, reader)
    elif kind in ("button", "workflow_button", "icon_button"):
        yield f"[{_object(workspace, element.get('text'), reader)}]"
    elif kind in ("overflow", "checkboxes", "radio_buttons"):
        for option in element.get("options") or []:
            yield f"[{_object(workspace, option.get('text'), reader)}]"
            yield _object(workspace, option.get("description"), reader)
    elif kind == "image":
        yield f"[{element.get('alt_text', '')}]"
    elif kind == "card":
        yield from _lines(workspace, element, reader)
    elif kind == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            yield f"[{_object(workspace, (element.get(name) or {}).get('text'), reader)}]"
    else:
        initial = element.get("initial_option")
        shown = initial.get("text") if isinstance(initial, dict) else element.get("placeholder")
        yield _object(workspace, shown, reader)


def _cell(workspace: Workspace, cell: Any, reader: Person | None) -> str:
    if isinstance(cell, dict) and cell.get("type") == "rich_text":
        return _rich(workspace, cell, reader)
    return _object(workspace, cell, reader)


def _rich(workspace: Workspace, node: Json, reader: Person | None) -> str:
    kind = node.get("type")
    if kind == "text":
        return str(node.get("text", ""))
    if kind == "link":
        return str(node.get("text") or node.get("url", ""))
    if kind == "user":
        return _named(workspace, "@", str(node.get("user_id")))
    if kind == "channel":
        return _named(workspace, "#", str(node.get("channel_id")))
    if kind == "usergroup":
        return _group(workspace, str(node.get("usergroup_id")))
    if kind == "broadcast":
        return f"@{node.get('range')}"
    if kind == "emoji":
        return f":{node.get('name')}:"
    if kind == "date":
        return _date(str(node.get("timestamp")), str(node.get("format", "")), str(node.get("fallback", "")), reader)
    joint = "\n" if kind in ("rich_text", "rich_text_list") else ""
    return joint.join(_rich(workspace, child, reader) for child in node.get("elements") or [])


def _object(workspace: Workspace, thing: Any, reader: Person | None) -> str:
    if isinstance(thing, str):
        return thing
    if not isinstance(thing, dict):
        return ""
    text = str(thing.get("text", ""))
    return _plain(workspace, text, reader) if thing.get("type") == "mrkdwn" else text


def _plain(workspace: Workspace, text: str, reader: Person | None) -> str:
    def replaced(match: re.Match[str]) -> str:
        sign, body, label = match.groups()
        if sign == "!" and body.startswith("date^"):
            stamp, _, rest = body.removeprefix("date^").partition("^")
            return _date(stamp, rest.partition("^")[0], label or "", reader)
        if sign == "!" and body.startswith("subteam^"):
            return _group(workspace, body.partition("^")[2])
        if sign == "!":
            return f"@{body}"
        if sign:
            return _named(workspace, sign, body)
        return label or body.removeprefix("mailto:")

    return unescape(TOKEN.sub(replaced, text))


def _named(workspace: Workspace, sign: str, id: str) -> str:
    if sign == "@":
        person = workspace.people.get(id)
        return f"@{person.shown}" if person else f"@{id}"
    place = workspace.conversations.get(id)
    return f"#{place.name}" if place else f"#{id}"


def _group(workspace: Workspace, id: str) -> str:
    group = workspace.usergroups.get(id)
    return f"@{group.handle}" if group else f"@{id}"


def _date(stamp: str, form: str, fallback: str, reader: Person | None) -> str:
    if reader is None or not stamp.isdigit():
        return fallback
    moment = datetime.fromtimestamp(int(stamp), UTC).astimezone(ZoneInfo(reader.tz))
    short, long = f"{moment:%b} {moment.day}, {moment.year}", f"{moment:%A}, {moment:%B} {moment.day}, {moment.year}"
    parts = {
        "date_num": f"{moment:%Y-%m-%d}",
        "date_slash": f"{moment:%m/%d/%Y}",
        "date_short": short,
        "date_short_pretty": short,
        "date": f"{moment:%B} {moment.day}, {moment.year}",
        "date_pretty": f"{moment:%B} {moment.day}, {moment.year}",
        "date_long": long,
        "date_long_pretty": long,
        "date_long_full": long,
        "day_divider_pretty": long,
        "time": f"{moment:%H:%M}",
        "time_secs": f"{moment:%H:%M:%S}",
        "ago": short,
    }
    return DATE_PART.sub(lambda match: parts.get(match[1], match[0]), form) or fallback
