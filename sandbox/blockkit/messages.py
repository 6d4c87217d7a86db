"""Blocks given on their own: those of a message, and of its attachments.

`chat.postMessage` and its siblings refuse bad blocks with `invalid_blocks`, something that is no list of blocks with
`invalid_blocks_format`, and too much text with `msg_blocks_too_long`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.fault import Fault, Surface
from sandbox.blockkit.reading import faults_in
from sandbox.blockkit.rules import Anything, Choice, Flag, ListOf, Place, Rule, Shape, String
from sandbox.blockkit.views import VIEW_BLOCKS
from sandbox.blockkit.whole import faults_across, too_much_text

MESSAGE_BLOCKS = 50
ATTACHMENTS = 100

_LINE = String(least=0)
_LEGACY_FIELD = Shape(optional={"title": _LINE, "value": _LINE, "short": Flag()})
_LEGACY_LINES = (
    "attachment_type author_icon author_link author_name author_subname callback_id color fallback footer_icon "
    "image_url pretext text thumb_url title title_link"
)
_LEGACY: dict[str, Rule] = {
    **dict.fromkeys(_LEGACY_LINES.split(), _LINE),
    "footer": String(300, least=0),
    "fields": ListOf(_LEGACY_FIELD, least=0),
    "actions": ListOf(Anything(), least=0, most=5),
    "mrkdwn_in": ListOf(Choice(("pretext", "text", "fields")), least=0),
}


def check_blocks(
    blocks: object, surface: Surface, *, root: str = "/blocks", code: str = "invalid_blocks"
) -> list[Fault]:
    """Everything that Slack would refuse in a list of blocks on `surface`; empty if it is fine.

    `blocks` is the decoded JSON. An empty list is fine in a message. `root` is put before every pointer; `code` is
    what a fault gives to the call.
    """
    place = Place(root, surface, code)
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        wrong = "must provide an array" if not isinstance(blocks, list) else "must provide an object"
        return [Fault("invalid_blocks_format", root, wrong, "type")]
    rule = ListOf(BLOCKS, least=0, most=MESSAGE_BLOCKS) if surface == "message" else ListOf(BLOCKS, most=VIEW_BLOCKS)
    faults = [*faults_in(rule, blocks, place), *faults_across(blocks, place)]
    if not faults and surface == "message":
        faults.extend(too_much_text(blocks, place))
    return faults


def check_attachments(attachments: object, *, root: str = "/attachments") -> list[Fault]:
    """What Slack would refuse in a message's attachments; empty if they are fine.

    Blocks in them are checked in full, and a fault there is `invalid_attachments`. Of the legacy fields only the types
    are checked, and keys that Slack may know are let pass.
    """
    place = Place(root, "message", "invalid_attachments")
    if not isinstance(attachments, list):
        return [place.fault("must provide an array", "type", "array")]
    if len(attachments) > ATTACHMENTS:
        return [
            Fault("too_many_attachments", root, f"no more than {ATTACHMENTS} items allowed", "maxItems", ATTACHMENTS)
        ]
    return [fault for index, given in enumerate(attachments) for fault in _attachment(given, place.at(index))]


def _attachment(attachment: object, place: Place) -> Iterator[Fault]:
    if not isinstance(attachment, dict):
        yield place.fault("must provide an object", "type", "object")
        return
    for key, value in attachment.items():
        where = place.at(key)
        if key == "blocks":
            faults = check_blocks(value, "message", root=where.pointer, code=place.code)
            yield from (replace(fault, code=_in_attachment(fault.code)) for fault in faults)
        elif key in _LEGACY:
            yield from faults_in(_LEGACY[key], value, where)


def _in_attachment(code: str) -> str:
    return "invalid_attachments" if code == "invalid_blocks_format" else code
