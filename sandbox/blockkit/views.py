"""Views: the modal that a click opens, and a person's Home tab.

Source: Slack's reference of views, 2026.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.fault import Fault
from sandbox.blockkit.objects import plain_text
from sandbox.blockkit.reading import faults_in
from sandbox.blockkit.rules import Flag, Kinds, ListOf, Place, Rule, Shape, String
from sandbox.blockkit.whole import blocks_with_places, faults_across

VIEW_BYTES = 250_000
VIEW_BLOCKS = 100

_COMMON: dict[str, Rule] = {
    "private_metadata": String(3000, least=0),
    "callback_id": String(255, least=0),
    "external_id": String(255, least=0),
}
_BLOCKS = ListOf(BLOCKS, most=VIEW_BLOCKS)

VIEWS = Kinds(
    {
        "modal": Shape(
            required={"title": plain_text(24), "blocks": _BLOCKS},
            optional={
                **_COMMON,
                "submit": plain_text(24),
                "close": plain_text(24),
                "clear_on_close": Flag(),
                "notify_on_close": Flag(),
            },
        ),
        # A Home tab shows no title, yet Slack takes one: its own tutorials send it.
        "home": Shape(required={"blocks": _BLOCKS}, optional={**_COMMON, "title": plain_text(24)}),
    },
    implied="modal",
)


def check_view(view: object, *, root: str = "/view", code: str = "invalid_arguments") -> list[Fault]:
    """Everything that Slack would refuse in a view given to views.open, push, update or publish; empty if it is fine.

    `view` is the decoded JSON. A view of more than 250 kB is one fault with the code `view_too_large`. `root` is put
    before every pointer; `code` is what other faults give to the call.
    """
    at_home = isinstance(view, dict) and view.get("type") == "home"
    place = Place(root, "home" if at_home else "modal", code)
    if len(json.dumps(view, ensure_ascii=False, separators=(",", ":"), default=str).encode()) > VIEW_BYTES:
        return [Fault("view_too_large", root, "must be less than 250 kB", "max", VIEW_BYTES)]
    return list(_faults(view, place))


def _faults(view: object, place: Place) -> Iterator[Fault]:
    if isinstance(view, dict) and "type" not in view:
        yield place.fault("missing required field: type", "required", ["type"])
    yield from faults_in(VIEWS, view, place)
    if not isinstance(view, dict):
        return
    blocks = view.get("blocks")
    if isinstance(blocks, list):
        yield from faults_across(blocks, place.at("blocks"))
    if place.surface == "modal" and "submit" not in view:
        for block, where in blocks_with_places(blocks, place.at("blocks")):
            if block.get("type") == "input":
                # The last step of the pointer names no key of the block; Slack writes it so.
                yield where.at("input").fault("must define `submit` to use an `input` block in modals", "required")
