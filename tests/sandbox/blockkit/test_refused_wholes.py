"""What Slack refuses although each block is fine by itself; views; attachments; things that are no blocks at all."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.blockkit import check_attachments, check_blocks, check_view, refusal
from tests.sandbox.blockkit.payloads import (
    Json,
    actions,
    button,
    card,
    container,
    context,
    data_table,
    entry,
    home,
    modal,
    mrkdwn,
    plain,
    raw,
    rich_text,
    section,
    select,
    visualization,
    without,
)

TYPED = {"type": "plain_text_input", "action_id": "words"}


@pytest.mark.parametrize("given", [None, "[]", "blocks", 5, True, {"type": "section"}, {"blocks": []}])
def test_what_is_no_list_is_not_even_blocks(given: Any) -> None:
    [fault] = check_blocks(given, "message")
    assert (fault.code, str(fault)) == ("invalid_blocks_format", "must provide an array [json-pointer:/blocks]")


@pytest.mark.parametrize("given", [["section"], [None], [[section()]], [section(), 3]])
def test_a_list_of_other_things_is_not_blocks_either(given: Any) -> None:
    [fault] = check_blocks(given, "message")
    assert (fault.code, str(fault)) == ("invalid_blocks_format", "must provide an object [json-pointer:/blocks]")


def test_a_message_holds_fifty_blocks() -> None:
    assert check_blocks([section()] * 50, "message") == []
    [fault] = check_blocks([section()] * 51, "message")
    assert (fault.code, str(fault)) == ("invalid_blocks", "no more than 50 items allowed [json-pointer:/blocks]")


def test_a_view_holds_a_hundred_blocks() -> None:
    for view in (modal(*[section()] * 100), home(*[section()] * 100)):
        assert check_view(view) == []
        [fault] = check_view({**view, "blocks": [section()] * 101})
        assert str(fault) == "no more than 100 items allowed [json-pointer:/view/blocks]"


def test_a_message_may_have_no_blocks_but_a_view_may_not() -> None:
    assert check_blocks([], "message") == []
    for view in (modal(blocks=[]), home(blocks=[])):
        assert [str(fault) for fault in check_view(view)] == [
            "must provide at least 1 items [json-pointer:/view/blocks]"
        ]


REPEATED: dict[str, tuple[list[Json], str, str]] = {
    "block_id": (
        [section(block_id="a"), {"type": "divider", "block_id": "b"}, section(block_id="a")],
        "/blocks/2/block_id",
        '`block_id` "a" already exists',
    ),
    "block_id in a container": (
        [section(block_id="a"), container(section(block_id="a"))],
        "/blocks/1/child_blocks/0/block_id",
        '`block_id` "a" already exists',
    ),
    "block_id in a carousel": (
        [{"type": "carousel", "elements": [card(block_id="a"), card(block_id="a")]}],
        "/blocks/0/elements/1/block_id",
        '`block_id` "a" already exists',
    ),
    "action_id": (
        [section(), actions(button(action_id="go"), button(action_id="stay"), button(action_id="go"))],
        "/blocks/1/elements/2/action_id",
        '`action_id` "go" already exists',
    ),
    "action_id of unlike elements": (
        [actions(button(action_id="go"), select(action_id="go"))],
        "/blocks/0/elements/1/action_id",
        '`action_id` "go" already exists',
    ),
    "action_id in a container": (
        [container(actions(button(), button()))],
        "/blocks/0/child_blocks/0/elements/1/action_id",
        '`action_id` "press" already exists',
    ),
    "action_id on a card": (
        [card(actions=[button(), button()])],
        "/blocks/0/actions/1/action_id",
        '`action_id` "press" already exists',
    ),
    "action_id on a card of a carousel": (
        [{"type": "carousel", "elements": [card(), card(actions=[button(), button()])]}],
        "/blocks/0/elements/1/actions/1/action_id",
        '`action_id` "press" already exists',
    ),
    "tables too large in sum": (
        [{"type": "table", "rows": [[raw("x" * 6000)]]}, {"type": "table", "rows": [[raw("x" * 4001)]]}],
        "/blocks/1/rows",
        "must be less than 10001 characters",
    ),
    "data tables too large in sum": (
        [data_table([raw("x" * 9000)], [raw("x" * 9000)]), data_table([raw("x" * 2000)], [raw("x")])],
        "/blocks/1/rows",
        "must be less than 20001 characters",
    ),
    "a third chart": ([visualization()] * 3, "/blocks/2", "too many data_visualization blocks"),
}


@pytest.mark.parametrize(("blocks", "pointer", "message"), REPEATED.values(), ids=REPEATED.keys())
def test_blocks_that_do_not_go_together(blocks: list[Json], pointer: str, message: str) -> None:
    faults = check_blocks(blocks, "message")
    assert [(fault.code, fault.pointer, fault.message) for fault in faults] == [("invalid_blocks", pointer, message)]


def test_only_one_element_has_the_focus() -> None:
    focused = {**TYPED, "focus_on_load": True}
    assert check_view(modal(entry(focused), entry({**TYPED, "focus_on_load": False}))) == []
    [fault] = check_view(modal(entry(focused), section(), entry(focused)))
    assert str(fault) == "only one element can be set to `true` [json-pointer:/view/blocks/2/element/focus_on_load]"


LONG: dict[str, list[Json]] = {
    "sections": [section(text=mrkdwn("x" * 3000))] * 5,
    "sections with fields": [section(text=mrkdwn("x" * 3000), fields=[mrkdwn("x" * 2000)] * 6)],
    "one character more": [section(text=mrkdwn("x" * 3000))] * 4 + [section(text=mrkdwn("x" * 1201))],
    "rich text": [rich_text({"type": "text", "text": "x" * 13201})],
    "markdown in two": [{"type": "markdown", "text": "x" * 6001}, {"type": "markdown", "text": "x" * 6000}],
    "a container": [container(*[section(text=mrkdwn("x" * 3000)) for _ in range(5)])],
    "context": [context(*[mrkdwn("x" * 3000) for _ in range(5)])],
}


@pytest.mark.parametrize("blocks", LONG.values(), ids=LONG.keys())
def test_a_message_with_too_much_text_in_sum_is_refused(blocks: list[Json]) -> None:
    [fault] = check_blocks(blocks, "message")
    assert (fault.code, fault.pointer) == ("msg_blocks_too_long", "/blocks")
    assert "invalid" not in str(refusal([fault])["error"])


def test_text_just_below_the_sum_is_fine() -> None:
    assert check_blocks([section(text=mrkdwn("x" * 3000))] * 4 + [section(text=mrkdwn("x" * 1200))], "message") == []
    assert check_blocks([{"type": "markdown", "text": "x" * 12000}], "message") == []


def test_tables_have_a_limit_of_their_own() -> None:
    assert (
        check_blocks([section(text=mrkdwn("x" * 3000))] * 4 + [data_table([raw("x" * 9000)], [raw()])], "message") == []
    )


def test_a_view_has_no_limit_to_its_text_but_its_size() -> None:
    text = section(text=mrkdwn("x" * 3000))
    assert check_view(modal(*[text] * 80)) == []
    [fault] = check_view(modal(*[text] * 83))
    assert (fault.code, fault.pointer) == ("view_too_large", "/view")


def test_the_size_of_a_view_is_counted_in_bytes() -> None:
    assert check_view(modal(*[section(text=mrkdwn("界" * 2700))] * 30)) == []
    [fault] = check_view(modal(*[section(text=mrkdwn("界" * 2900))] * 30))
    assert fault.code == "view_too_large"


VIEWS: dict[str, tuple[Any, str, str]] = {
    "no object": ([section()], "", "must provide an object"),
    "null": (None, "", "must provide an object"),
    "text": ('{"type":"modal"}', "", "must provide an object"),
    "unknown type": (modal(type="dialog"), "/type", "unsupported type: dialog"),
    "workflow step": (modal(type="workflow_step"), "/type", "unsupported type: workflow_step"),
    "type null": (modal(type=None), "/type", "must provide a string"),
    "modal without type": (without(modal(), "type"), "", "missing required field: type"),
    "modal without title": (without(modal(), "title"), "", "missing required field: title"),
    "modal without blocks": (without(modal(), "blocks"), "", "missing required field: blocks"),
    "modal title a string": (modal(title="Ask"), "/title", "must provide an object"),
    "modal title too long": (modal(title=plain("x" * 25)), "/title/text", "must be less than 25 characters"),
    "modal title empty": (modal(title=plain("")), "/title/text", "must be more than 0 characters"),
    "modal title in mrkdwn": (modal(title=mrkdwn()), "/title/type", "unsupported type: mrkdwn"),
    "modal submit too long": (modal(submit=plain("x" * 25)), "/submit/text", "must be less than 25 characters"),
    "modal submit null": (modal(submit=None), "/submit", "must provide an object"),
    "modal close too long": (modal(close=plain("x" * 25)), "/close/text", "must be less than 25 characters"),
    "modal close in mrkdwn": (modal(close=mrkdwn()), "/close/type", "unsupported type: mrkdwn"),
    "callback_id too long": (modal(callback_id="x" * 256), "/callback_id", "must be less than 256 characters"),
    "callback_id a number": (modal(callback_id=1), "/callback_id", "must provide a string"),
    "private_metadata too long": (
        modal(private_metadata="x" * 3001),
        "/private_metadata",
        "must be less than 3001 characters",
    ),
    "private_metadata an object": (modal(private_metadata={"ask": 1}), "/private_metadata", "must provide a string"),
    "external_id too long": (modal(external_id="x" * 256), "/external_id", "must be less than 256 characters"),
    "clear_on_close a string": (modal(clear_on_close="true"), "/clear_on_close", "must provide a boolean"),
    "notify_on_close null": (modal(notify_on_close=None), "/notify_on_close", "must provide a boolean"),
    "modal with submit_disabled": (modal(submit_disabled=True), "", "invalid additional property: submit_disabled"),
    "modal read back with id": (modal(id="V1"), "", "invalid additional property: id"),
    "modal read back with state": (modal(state={"values": {}}), "", "invalid additional property: state"),
    "modal with trigger_id": (modal(trigger_id="1.2"), "", "invalid additional property: trigger_id"),
    "modal blocks an object": (modal(blocks=section()), "/blocks", "must provide an array"),
    "modal block a string": (modal(blocks=["section"]), "/blocks/0", "must provide an object"),
    "home without blocks": ({"type": "home"}, "", "missing required field: blocks"),
    "home with submit": (home(submit=plain()), "", "invalid additional property: submit"),
    "home with close": (home(close=plain()), "", "invalid additional property: close"),
    "home clears": (home(clear_on_close=True), "", "invalid additional property: clear_on_close"),
    "home metadata too long": (
        home(private_metadata="x" * 3001),
        "/private_metadata",
        "must be less than 3001 characters",
    ),
    "input without submit": (
        without(modal(section(), section(), entry(TYPED)), "submit"),
        "/blocks/2/input",
        "must define `submit` to use an `input` block in modals",
    ),
}


@pytest.mark.parametrize(("view", "below", "message"), VIEWS.values(), ids=VIEWS.keys())
def test_a_view_like_this_is_refused(view: Any, below: str, message: str) -> None:
    faults = check_view(view)
    assert [(fault.code, fault.pointer, fault.message) for fault in faults] == [
        ("invalid_arguments", f"/view{below}", message)
    ]


def test_an_empty_view_lacks_everything_at_once() -> None:
    # As Slack answered to views.open with an empty view.
    assert {str(fault) for fault in check_view({})} == {
        "missing required field: title [json-pointer:/view]",
        "missing required field: blocks [json-pointer:/view]",
        "missing required field: type [json-pointer:/view]",
    }


ATTACHMENTS: dict[str, tuple[Any, str, str, str]] = {
    "no list": ({"text": "a"}, "invalid_attachments", "/attachments", "must provide an array"),
    "a string": (["a"], "invalid_attachments", "/attachments/0", "must provide an object"),
    "101 of them": ([{"text": "a"}] * 101, "too_many_attachments", "/attachments", "no more than 100 items allowed"),
    "text a number": ([{"text": 5}], "invalid_attachments", "/attachments/0/text", "must provide a string"),
    "footer too long": (
        [{"text": "a"}, {"footer": "x" * 301}],
        "invalid_attachments",
        "/attachments/1/footer",
        "must be less than 301 characters",
    ),
    "field of text": (
        [{"fields": ["a"]}],
        "invalid_attachments",
        "/attachments/0/fields/0",
        "must provide an object",
    ),
    "six actions": (
        [{"actions": [{"type": "button"}] * 6}],
        "invalid_attachments",
        "/attachments/0/actions",
        "no more than 5 items allowed",
    ),
    "bad block": (
        [{"color": "#ff0000", "blocks": [section(), {"type": "header", "text": plain("x" * 151)}]}],
        "invalid_attachments",
        "/attachments/0/blocks/1/text/text",
        "must be less than 151 characters",
    ),
    "blocks no list": (
        [{"blocks": section()}],
        "invalid_attachments",
        "/attachments/0/blocks",
        "must provide an array",
    ),
}


@pytest.mark.parametrize(("given", "code", "pointer", "message"), ATTACHMENTS.values(), ids=ATTACHMENTS.keys())
def test_attachments_like_these_are_refused(given: Any, code: str, pointer: str, message: str) -> None:
    faults = check_attachments(given)
    assert [(fault.code, fault.pointer, fault.message) for fault in faults] == [(code, pointer, message)]
