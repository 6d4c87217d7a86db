"""Rules that hold for every good payload: spoil any one place of it, and Slack's refusal points at that place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sandbox.blockkit import Fault, check_attachments, check_blocks, check_view, refusal, validation_answer
from tests.sandbox.blockkit.accepted import MESSAGES, SURFACES, VIEWS
from tests.sandbox.blockkit.payloads import Json

Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value inside a payload with the way to it."""
    yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, deeper in inner:
        yield from places(deeper, (*path, step))


def spoiled(payload: Any, path: Path, value: Any) -> Any:
    """A copy of the payload with another value at one place."""
    copied = copy.deepcopy(payload)
    target = copied
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return copied


def pointer(*steps: str | int) -> str:
    return "".join(f"/{step}" for step in steps)


def refused_at(payload: Json) -> dict[str, str]:
    """Pointer → message of each fault; of several at one place the first."""
    found: dict[str, str] = {}
    for fault in refused(payload):
        found.setdefault(fault.pointer, fault.message)
    return found


def refused(payload: Json) -> list[Fault]:
    if "view" in payload:
        return check_view(payload["view"])
    return check_blocks(payload["blocks"], "message")


# By name and place only: a failing example should say where, not print a payload at its limits. Through JSON, so that
# no part of a payload is the same object as another part.
GOOD: dict[str, Json] = json.loads(
    json.dumps(
        {f"message: {name}": {"blocks": blocks} for name, blocks in MESSAGES.items()}
        | {f"view: {name}": {"view": view} for name, view in VIEWS.items()}
    )
)

# Inside these objects Slack reads nothing, and null may stand for a column's settings.
UNREAD = {"call"}
MAY_BE_NULL = {"column_settings"}


Spot = tuple[str, Path]


def spots(wanted: Callable[[Path, Any], bool]) -> list[Spot]:
    return [
        (name, path)
        for name, payload in GOOD.items()
        for path, value in places(payload)
        if len(path) > 1 and not UNREAD & set(path[1:]) and wanted(path, value)
    ]


def is_text(path: Path, value: Any) -> bool:
    return isinstance(value, dict) and value.get("type") in {"plain_text", "mrkdwn"}


TEXTS = spots(is_text)
NULLS = spots(lambda path, value: isinstance(path[-1], str) and value is not None)
ITEMS = spots(lambda path, value: isinstance(path[-1], int) and path[-2] not in MAY_BE_NULL)
OBJECTS = spots(lambda path, value: isinstance(value, dict))


@given(st.sampled_from(TEXTS), st.integers(3001, 3100))
def test_a_text_that_is_too_long_is_refused_at_its_place(spot: Spot, length: int) -> None:
    name, path = spot
    found = refused_at(spoiled(GOOD[name], (*path, "text"), "x" * length))
    assert found[pointer(*path, "text")].startswith("must be less than")


@given(st.sampled_from(TEXTS))
def test_an_empty_text_is_refused_at_its_place(spot: Spot) -> None:
    name, path = spot
    found = refused_at(spoiled(GOOD[name], (*path, "text"), ""))
    assert found[pointer(*path, "text")] == "must be more than 0 characters"


@given(st.sampled_from(OBJECTS))
def test_a_key_that_nobody_knows_is_refused_at_its_object(spot: Spot) -> None:
    name, path = spot
    found = refused_at(spoiled(GOOD[name], (*path, "colour_of_monkey"), "brown"))
    assert found == {pointer(*path): "invalid additional property: colour_of_monkey"}


@given(st.sampled_from(NULLS))
def test_null_stands_for_nothing(spot: Spot) -> None:
    name, path = spot
    found = refused_at(spoiled(GOOD[name], path, None))
    assert found[pointer(*path)].startswith("must provide")


@given(st.sampled_from(ITEMS), st.sampled_from([5, True]))
def test_an_item_of_another_kind_is_refused(spot: Spot, other: Any) -> None:
    name, path = spot
    found = refused_at(spoiled(GOOD[name], path, other))
    # A block that is no object is a fault of the whole list in a message.
    assert any(pointer(*path).startswith(place) for place in found)


@given(st.sampled_from(sorted(MESSAGES)))
def test_two_blocks_with_one_id_are_refused(name: str) -> None:
    twice = [{**block, "block_id": "same"} for block in MESSAGES[name] * 2]
    found = refused_at({"blocks": twice})
    assert {pointer("blocks", index, "block_id") for index in range(1, len(twice))} <= set(found)


@given(st.sampled_from(sorted(GOOD)))
def test_a_good_payload_has_no_fault_however_it_was_made(name: str) -> None:
    assert refused_at(json.loads(json.dumps(GOOD[name], sort_keys=True))) == {}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "blocks", "options", "rows", "block_id", "action_id", "a/b"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON_VALUES)
def test_nothing_that_json_can_say_breaks_the_validator(value: Any) -> None:
    for surface in SURFACES:
        check_blocks(value, surface)
    check_view(value)
    check_attachments(value)
    assert "ok" in validation_answer({"blocks": value})


@given(st.sampled_from(NULLS + ITEMS), JSON_VALUES)
def test_a_good_payload_spoiled_anyhow_gets_an_answer(spot: Spot, value: Any) -> None:
    name, path = spot
    faults = refused(spoiled(GOOD[name], path, value))
    assert all(fault.pointer.startswith(pointer(*path[:1])) for fault in faults)
    if faults:
        assert json.dumps(refusal(faults))


def test_no_depth_of_nesting_breaks_the_validator() -> None:
    deep: Any = "monkey"
    for _ in range(400):
        deep = {"type": "container", "child_blocks": [deep], "title": {"type": "plain_text", "text": "a"}}
    assert check_blocks([deep], "message")
    assert check_view({"type": "modal", "blocks": [deep]})
    assert check_blocks([{"type": "section", "text": {"type": "mrkdwn", "text": deep}}], "message")
