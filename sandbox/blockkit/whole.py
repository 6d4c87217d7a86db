"""Rules over all blocks of one message or view together.

Ids do not repeat, one element at most has the focus, and the text of a message has an upper limit in sum.
"""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.blockkit.fault import Fault
from sandbox.blockkit.rules import Place

# Measured by Slack's users (bolt-js issue 2509): messages pass up to about 13,200 characters of text in all blocks.
MESSAGE_TEXT = 13_200
# In the reference of the markdown block: for all of them in one message together.
MARKDOWN_TEXT = 12_000
TABLE_TEXT = {"table": 10_000, "data_table": 20_000}
CHARTS = 2

_UNSEEN = frozenset({"options", "option_groups", "confirm", "initial_option", "initial_options", "placeholder"})
_HOLDERS = {"container": "child_blocks", "carousel": "elements"}
_WITH_LIMITS_OF_THEIR_OWN = frozenset({*TABLE_TEXT, "data_visualization"})


def faults_across(blocks: list[object], place: Place) -> Iterator[Fault]:
    """Faults of the blocks together. `place` is that of the list; items that are no blocks are passed over."""
    found = list(_nested(blocks, place))
    yield from _repeated_block_ids(found)
    yield from _repeated_action_ids(found)
    yield from _second_focus(found)
    yield from _full_tables(found)
    yield from _third_chart(found)


def too_much_text(blocks: list[object], place: Place) -> Iterator[Fault]:
    """The fault of a message whose blocks are each fine but hold more text together than a message may."""
    outer = [block for block, _ in _listed(blocks, place)]
    markdown = sum(_text_in(block) for block in outer if _kind(block) == "markdown")
    text = sum(_text_in(block) for block in outer if _kind(block) not in _WITH_LIMITS_OF_THEIR_OWN)
    for used, most in ((markdown, MARKDOWN_TEXT), (text, MESSAGE_TEXT)):
        if used > most:
            message = f"must be less than {most + 1} characters"
            yield Fault("msg_blocks_too_long", place.pointer, message, "maxLength", most)
            return


def blocks_with_places(blocks: object, place: Place) -> Iterator[tuple[dict[str, object], Place]]:
    """Every block of the list with its place, including those inside containers and carousels."""
    if isinstance(blocks, list):
        yield from _nested(blocks, place)


def _nested(blocks: list[object], place: Place) -> Iterator[tuple[dict[str, object], Place]]:
    for block, where in _listed(blocks, place):
        yield block, where
        # What a container or a carousel holds can hold no further blocks.
        key = _HOLDERS.get(_kind(block))
        if key is not None:
            yield from _listed(block.get(key), where.at(key))


def _listed(blocks: object, place: Place) -> Iterator[tuple[dict[str, object], Place]]:
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if isinstance(block, dict):
            yield block, place.at(index)


def _repeated_block_ids(found: list[tuple[dict[str, object], Place]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for block, place in found:
        name = block.get("block_id")
        if isinstance(name, str) and name:
            if name in seen:
                yield place.at("block_id").fault(f'`block_id` "{name}" already exists', "uniqueItems", True)
            seen.add(name)


def _repeated_action_ids(found: list[tuple[dict[str, object], Place]]) -> Iterator[Fault]:
    for block, place in found:
        seen: set[str] = set()
        for element, where in _elements(block, place):
            name = element.get("action_id")
            if isinstance(name, str) and name:
                if name in seen:
                    yield where.at("action_id").fault(f'`action_id` "{name}" already exists', "uniqueItems", True)
                seen.add(name)


def _second_focus(found: list[tuple[dict[str, object], Place]]) -> Iterator[Fault]:
    focused = False
    for block, place in found:
        for element, where in _elements(block, place):
            if element.get("focus_on_load") is True:
                if focused:
                    yield where.at("focus_on_load").fault("only one element can be set to `true`", "maxItems", 1)
                focused = True


def _full_tables(found: list[tuple[dict[str, object], Place]]) -> Iterator[Fault]:
    used = dict.fromkeys(TABLE_TEXT, 0)
    for block, place in found:
        kind = _kind(block)
        if kind in TABLE_TEXT:
            used[kind] += _text_in(block.get("rows"))
            if used[kind] > TABLE_TEXT[kind]:
                most = TABLE_TEXT[kind]
                yield place.at("rows").fault(f"must be less than {most + 1} characters", "maxLength", most)


def _third_chart(found: list[tuple[dict[str, object], Place]]) -> Iterator[Fault]:
    charts = [place for block, place in found if _kind(block) == "data_visualization"]
    for place in charts[CHARTS:]:
        yield place.fault("too many data_visualization blocks", "maxItems", CHARTS)


def _elements(block: dict[str, object], place: Place) -> Iterator[tuple[dict[str, object], Place]]:
    for key in ("accessory", "element"):
        single = block.get(key)
        if isinstance(single, dict):
            yield single, place.at(key)
    if _kind(block) == "carousel":
        return
    for key in ("elements", "actions"):
        several = block.get(key)
        yield from _listed(several, place.at(key))


def _kind(block: dict[str, object]) -> str:
    kind = block.get("type")
    return kind if isinstance(kind, str) else ""


def _text_in(value: object) -> int:
    # With a list of what is still to be read, so that no depth of nesting can exhaust the stack.
    length, waiting = 0, [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, list):
            waiting.extend(inner)
        elif isinstance(inner, dict):
            own = inner.get("text")
            length += len(own) if isinstance(own, str) else 0
            waiting.extend(deeper for key, deeper in inner.items() if key not in _UNSEEN)
    return length
