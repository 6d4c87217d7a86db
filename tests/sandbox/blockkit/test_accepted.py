"""What Slack takes must pass: a validator that refuses good payloads sends people after faults that are not there."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.blockkit import check_attachments, check_blocks, check_view
from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.elements import IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.blockkit.rich_text import INLINE, PARTS
from tests.sandbox.blockkit.accepted import ATTACHMENTS, MESSAGES, VIEWS
from tests.sandbox.blockkit.payloads import Json


@pytest.mark.parametrize("blocks", MESSAGES.values(), ids=MESSAGES.keys())
def test_a_message_like_this_is_taken(blocks: list[Json]) -> None:
    assert check_blocks(blocks, "message") == []


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_a_view_like_this_is_taken(view: Json) -> None:
    assert check_view(view) == []


@pytest.mark.parametrize("attachments", ATTACHMENTS.values(), ids=ATTACHMENTS.keys())
def test_attachments_like_these_are_taken(attachments: Any) -> None:
    assert check_attachments(attachments) == []


def test_every_block_and_element_stands_in_some_accepted_payload() -> None:
    # So that a new line in the tables cannot stay without a payload that shows its use.

    def types(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(types, value)) if value else set()
        if not isinstance(value, dict):
            return set()
        return {str(value.get("type"))} | types(list(value.values()))

    used = types([list(MESSAGES.values()), list(VIEWS.values())])
    for kinds in (BLOCKS, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION, PARTS):
        assert set(kinds.of) <= used
    assert set(INLINE) <= used
