"""Elements that Slack refuses in a modal, where every element of an input may stand."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.blockkit import check_blocks, check_view
from tests.sandbox.blockkit.payloads import (
    Json,
    actions,
    button,
    confirm,
    entry,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    section,
    select,
    without,
)

LONG_URL = "https://example.com/" + "x" * 2981
GROUP = {"label": plain("Group"), "options": options(2)}


def checkboxes(**more: Any) -> Json:
    return {"type": "checkboxes", "action_id": "tick", "options": options(3), **more}


def radio(**more: Any) -> Json:
    return {**checkboxes(**more), "type": "radio_buttons"}


def overflow(**more: Any) -> Json:
    return {"type": "overflow", "action_id": "more", "options": options(2), **more}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "words", **more}


def numeral(**more: Any) -> Json:
    return {"type": "number_input", "action_id": "count", "is_decimal_allowed": False, **more}


def multi(kind: str, **more: Any) -> Json:
    own = {"options": options(3)} if kind == "static" else {}
    return {"type": f"multi_{kind}_select", "action_id": "pick", **own, **more}


# An element of an actions block, the rest of the pointer, and the message.
PRESSED: dict[str, tuple[Json, str, str]] = {
    "button without text": (without(button(), "text"), "", "missing required field: text"),
    "button text a string": (button(text="Go"), "/text", "must provide an object"),
    "button text in mrkdwn": (button(text=mrkdwn()), "/text/type", "unsupported type: mrkdwn"),
    "button text too long": (button(text=plain("x" * 76)), "/text/text", "must be less than 76 characters"),
    "button text empty": (button(text=plain("")), "/text/text", "must be more than 0 characters"),
    "button style default": (button(style="default"), "/style", "must be a valid enum value"),
    "button style null": (button(style=None), "/style", "must provide a string"),
    "button value too long": (button(value="x" * 2001), "/value", "must be less than 2001 characters"),
    "button value a number": (button(value=214), "/value", "must provide a string"),
    "button value an object": (button(value={"ask": 214}), "/value", "must provide a string"),
    "button url relative": (button(url="/asks/214"), "/url", "invalid url"),
    "button url without scheme": (button(url="www.example.com"), "/url", "invalid url"),
    "button url without host": (button(url="https://"), "/url", "invalid url"),
    "button url with a space": (button(url="https://example.com/a b"), "/url", "invalid url"),
    "button url too long": (button(url=LONG_URL), "/url", "must be less than 3001 characters"),
    "button action_id too long": (button(action_id="x" * 256), "/action_id", "must be less than 256 characters"),
    "button action_id a number": (button(action_id=1), "/action_id", "must provide a string"),
    "button label for screen readers": (
        button(accessibility_label="x" * 76),
        "/accessibility_label",
        "must be less than 76 characters",
    ),
    "button with options": (button(options=options(1)), "", "invalid additional property: options"),
    "button with placeholder": (button(placeholder=plain()), "", "invalid additional property: placeholder"),
    "button with name": (button(name="go"), "", "invalid additional property: name"),
    "button prompt too long": (button(agent_prompt="x" * 4001), "/agent_prompt", "must be less than 4001 characters"),
    "button for eleven": (
        button(visible_to_user_ids=["U1"] * 11),
        "/visible_to_user_ids",
        "no more than 10 items allowed",
    ),
    "confirm a flag": (button(confirm=True), "/confirm", "must provide an object"),
    "confirm without title": (
        button(confirm=without(confirm(), "title")),
        "/confirm",
        "missing required field: title",
    ),
    "confirm without text": (button(confirm=without(confirm(), "text")), "/confirm", "missing required field: text"),
    "confirm without deny": (button(confirm=without(confirm(), "deny")), "/confirm", "missing required field: deny"),
    "confirm title too long": (
        button(confirm=confirm(title=plain("x" * 101))),
        "/confirm/title/text",
        "must be less than 101 characters",
    ),
    "confirm title in mrkdwn": (
        button(confirm=confirm(title=mrkdwn())),
        "/confirm/title/type",
        "unsupported type: mrkdwn",
    ),
    "confirm text too long": (
        button(confirm=confirm(text=plain("x" * 301))),
        "/confirm/text/text",
        "must be less than 301 characters",
    ),
    "confirm yes too long": (
        button(confirm=confirm(confirm=plain("x" * 31))),
        "/confirm/confirm/text",
        "must be less than 31 characters",
    ),
    "confirm no too long": (
        button(confirm=confirm(deny=plain("x" * 31))),
        "/confirm/deny/text",
        "must be less than 31 characters",
    ),
    "confirm style": (button(confirm=confirm(style="green")), "/confirm/style", "must be a valid enum value"),
    "confirm of a type": (
        button(confirm=confirm(type="confirm")),
        "/confirm",
        "invalid additional property: type",
    ),
    "overflow of nothing": (overflow(options=[]), "/options", "must provide at least 1 items"),
    "overflow of six": (overflow(options=options(6)), "/options", "no more than 5 items allowed"),
    "overflow without options": (without(overflow(), "options"), "", "missing required field: options"),
    "overflow in groups": (
        without(overflow(option_groups=[GROUP]), "options"),
        "",
        "missing required field: options",
    ),
    "overflow option url": (overflow(options=[option(url="")]), "/options/0/url", "invalid url"),
    "overflow option in mrkdwn": (
        overflow(options=[option(text=mrkdwn())]),
        "/options/0/text/type",
        "unsupported type: mrkdwn",
    ),
    "overflow with a placeholder": (overflow(placeholder=plain()), "", "invalid additional property: placeholder"),
    "datetimepicker of thirteen digits": (
        {"type": "datetimepicker", "initial_date_time": 1_628_633_820_000},
        "/initial_date_time",
        "must be less than or equal to 9999999999",
    ),
    "datetimepicker as text": (
        {"type": "datetimepicker", "initial_date_time": "1628633820"},
        "/initial_date_time",
        "must provide an integer",
    ),
    "datetimepicker placeholder": (
        {"type": "datetimepicker", "placeholder": plain()},
        "",
        "invalid additional property: placeholder",
    ),
    "rich text input without id": ({"type": "rich_text_input"}, "", "missing required field: action_id"),
}
# The overflow that offers groups is wrong in two ways.
ALSO = {"overflow in groups": [("", "invalid additional property: option_groups")]}


@pytest.mark.parametrize("name", PRESSED)
def test_an_actions_block_with_this_element_is_refused(name: str) -> None:
    element, below, message = PRESSED[name]
    faults = check_blocks([actions(element)], "modal")
    expected = [(below, message), *ALSO.get(name, [])]
    assert [(fault.pointer, fault.message) for fault in faults] == [
        (f"/blocks/0/elements/0{pointer}", words) for pointer, words in expected
    ]


# An element of an input block, the rest of the pointer, and the message.
FILLED: dict[str, tuple[Json, str, str]] = {
    "select without options": (without(select(), "options"), "", "must define either `options` or `option_groups`"),
    "select of nothing": (select(options=[]), "/options", "must provide at least 1 items"),
    "select of 101": (select(options=options(101)), "/options", "no more than 100 items allowed"),
    "select with both": (
        select(option_groups=[GROUP]),
        "",
        "must not define both `options` and `option_groups`",
    ),
    "select placeholder a string": (select(placeholder="Pick"), "/placeholder", "must provide an object"),
    "select placeholder in mrkdwn": (select(placeholder=mrkdwn()), "/placeholder/type", "unsupported type: mrkdwn"),
    "select placeholder too long": (
        select(placeholder=plain("x" * 151)),
        "/placeholder/text",
        "must be less than 151 characters",
    ),
    "select option in mrkdwn": (
        select(options=[option(text=mrkdwn())]),
        "/options/0/text/type",
        "unsupported type: mrkdwn",
    ),
    "select option text too long": (
        select(options=[option(text=plain("x" * 76))]),
        "/options/0/text/text",
        "must be less than 76 characters",
    ),
    "select option without value": (
        select(options=[without(option(), "value")]),
        "/options/0",
        "missing required field: value",
    ),
    "select option value too long": (
        select(options=[option(value="x" * 151, text=plain())]),
        "/options/0/value",
        "must be less than 151 characters",
    ),
    "select option value a number": (
        select(options=[{"text": plain(), "value": 3}]),
        "/options/0/value",
        "must provide a string",
    ),
    "select option with url": (
        select(options=[option(url="https://example.com")]),
        "/options/0",
        "invalid additional property: url",
    ),
    "select option described too long": (
        select(options=[option(description=plain("x" * 76))]),
        "/options/0/description/text",
        "must be less than 76 characters",
    ),
    "select option described in mrkdwn": (
        select(options=[option(description=mrkdwn())]),
        "/options/0/description/type",
        "unsupported type: mrkdwn",
    ),
    "select preset elsewhere": (
        select(initial_option=option("four")),
        "/initial_option",
        "must match one of the options",
    ),
    "select preset reworded": (
        select(initial_option={"text": plain("Zero"), "value": "option 0"}),
        "/initial_option",
        "must match one of the options",
    ),
    "select preset null": (select(initial_option=None), "/initial_option", "must provide an object"),
    "select preset in the plural": (
        select(initial_options=[option()]),
        "",
        "invalid additional property: initial_options",
    ),
    "group without label": (
        without(select(option_groups=[without(GROUP, "label")]), "options"),
        "/option_groups/0",
        "missing required field: label",
    ),
    "group label too long": (
        without(select(option_groups=[{**GROUP, "label": plain("x" * 76)}]), "options"),
        "/option_groups/0/label/text",
        "must be less than 76 characters",
    ),
    "group of nothing": (
        without(select(option_groups=[{**GROUP, "options": []}]), "options"),
        "/option_groups/0/options",
        "must provide at least 1 items",
    ),
    "group of 101": (
        without(select(option_groups=[{**GROUP, "options": options(101)}]), "options"),
        "/option_groups/0/options",
        "no more than 100 items allowed",
    ),
    "101 groups": (
        without(select(option_groups=[GROUP] * 101), "options"),
        "/option_groups",
        "no more than 100 items allowed",
    ),
    "group preset elsewhere": (
        without(select(option_groups=[GROUP], initial_option=option("four")), "options"),
        "/initial_option",
        "must match one of the options",
    ),
    "users_select with options": (
        {"type": "users_select", "options": options(1)},
        "",
        "invalid additional property: options",
    ),
    "users_select preset in the plural": (
        {"type": "users_select", "initial_users": ["U1"]},
        "",
        "invalid additional property: initial_users",
    ),
    "users_select preset nobody": (
        {"type": "users_select", "initial_user": ""},
        "/initial_user",
        "must be more than 0 characters",
    ),
    "users_select preset null": (
        {"type": "users_select", "initial_user": None},
        "/initial_user",
        "must provide a string",
    ),
    "conversations of no kind": (
        {"type": "conversations_select", "filter": {"include": []}},
        "/filter/include",
        "must provide at least 1 items",
    ),
    "conversations of an unknown kind": (
        {"type": "conversations_select", "filter": {"include": ["dm"]}},
        "/filter/include/0",
        "must be a valid enum value",
    ),
    "conversations by no filter": (
        {"type": "conversations_select", "filter": {}},
        "/filter",
        "must define either `include` or `exclude_external_shared_channels` or `exclude_bot_users`",
    ),
    "channels with a filter": (
        {"type": "channels_select", "filter": {"include": ["public"]}},
        "",
        "invalid additional property: filter",
    ),
    "external with options": (
        {"type": "external_select", "options": options(1)},
        "",
        "invalid additional property: options",
    ),
    "external query below zero": (
        {"type": "external_select", "min_query_length": -1},
        "/min_query_length",
        "must be greater than or equal to 0",
    ),
    "multi select of none": (
        multi("static", max_selected_items=0),
        "/max_selected_items",
        "must be greater than or equal to 1",
    ),
    "multi select preset beyond": (
        multi("static", max_selected_items=1, initial_options=options(2)),
        "/initial_options",
        "no more than 1 items allowed",
    ),
    "multi select preset elsewhere": (
        multi("static", initial_options=[options(1)[0], option("four")]),
        "/initial_options/1",
        "must match one of the options",
    ),
    "multi users preset beyond": (
        multi("users", max_selected_items=1, initial_users=["U1", "U2"]),
        "/initial_users",
        "no more than 1 items allowed",
    ),
    "multi users preset a string": (multi("users", initial_users="U1"), "/initial_users", "must provide an array"),
    "multi channels by halves": (
        multi("channels", max_selected_items=1.5),
        "/max_selected_items",
        "must provide an integer",
    ),
    "checkboxes of nothing": (checkboxes(options=[]), "/options", "must provide at least 1 items"),
    "checkboxes of eleven": (checkboxes(options=options(11)), "/options", "no more than 10 items allowed"),
    "checkboxes preset none": (checkboxes(initial_options=[]), "/initial_options", "must provide at least 1 items"),
    "checkboxes preset elsewhere": (
        checkboxes(initial_options=[option("four")]),
        "/initial_options/0",
        "must match one of the options",
    ),
    "checkboxes with a placeholder": (checkboxes(placeholder=plain()), "", "invalid additional property: placeholder"),
    "radio of eleven": (radio(options=options(11)), "/options", "no more than 10 items allowed"),
    "radio of nothing": (radio(options=[]), "/options", "must provide at least 1 items"),
    "radio preset elsewhere": (
        radio(initial_option=option("four")),
        "/initial_option",
        "must match one of the options",
    ),
    "datepicker day first": (
        {"type": "datepicker", "initial_date": "28-04-1990"},
        "/initial_date",
        "must be in the format YYYY-MM-DD",
    ),
    "datepicker 30 February": (
        {"type": "datepicker", "initial_date": "2026-02-30"},
        "/initial_date",
        "must be in the format YYYY-MM-DD",
    ),
    "datepicker empty": (
        {"type": "datepicker", "initial_date": ""},
        "/initial_date",
        "must be more than 0 characters",
    ),
    "timepicker at 24:00": (
        {"type": "timepicker", "initial_time": "24:00"},
        "/initial_time",
        "must be in the format HH:mm",
    ),
    "timepicker at 9:30": (
        {"type": "timepicker", "initial_time": "9:30"},
        "/initial_time",
        "must be in the format HH:mm",
    ),
    "timepicker with seconds": (
        {"type": "timepicker", "initial_time": "09:30:00"},
        "/initial_time",
        "must be in the format HH:mm",
    ),
    "timepicker by offset": (
        {"type": "timepicker", "timezone": "+08:00"},
        "/timezone",
        "must be a valid timezone",
    ),
    "typed longer than ever": (typed(max_length=3001), "/max_length", "must be less than or equal to 3000"),
    "typed at most nothing": (typed(max_length=0), "/max_length", "must be greater than or equal to 1"),
    "typed at least below zero": (typed(min_length=-1), "/min_length", "must be greater than or equal to 0"),
    "typed bounds swapped": (
        typed(min_length=9, max_length=3),
        "/min_length",
        "must not be greater than `max_length`",
    ),
    "typed preset too long": (
        typed(max_length=3, initial_value="four"),
        "/initial_value",
        "must be less than 4 characters",
    ),
    "typed preset null": (typed(initial_value=None), "/initial_value", "must provide a string"),
    "typed multiline a string": (typed(multiline="true"), "/multiline", "must provide a boolean"),
    "typed with a confirm": (typed(confirm=confirm()), "", "invalid additional property: confirm"),
    "typed dispatched on blur": (
        typed(dispatch_action_config={"trigger_actions_on": ["on_blur"]}),
        "/dispatch_action_config/trigger_actions_on/0",
        "must be a valid enum value",
    ),
    "typed dispatched on nothing": (
        typed(dispatch_action_config={"trigger_actions_on": []}),
        "/dispatch_action_config/trigger_actions_on",
        "must provide at least 1 items",
    ),
    "number of no kind": (
        without(numeral(), "is_decimal_allowed"),
        "",
        "missing required field: is_decimal_allowed",
    ),
    "number preset as number": (numeral(initial_value=3), "/initial_value", "must provide a string"),
    "number preset in words": (numeral(initial_value="three"), "/initial_value", "must be a valid number"),
    "number preset decimal": (numeral(initial_value="0.5"), "/initial_value", "must not be a decimal number"),
    "number bounds swapped": (
        numeral(min_value="9", max_value="3"),
        "/min_value",
        "must not be greater than `max_value`",
    ),
    "number preset below": (
        numeral(min_value="2", initial_value="1"),
        "/initial_value",
        "must not be less than `min_value`",
    ),
    "number preset above": (
        numeral(max_value="2", initial_value="10"),
        "/initial_value",
        "must not be greater than `max_value`",
    ),
    "rich text preset as text": (
        {"type": "rich_text_input", "action_id": "r", "initial_value": "words"},
        "/initial_value",
        "must provide an object",
    ),
    "rich text of 101 lines": (
        {"type": "rich_text_input", "action_id": "r", "max_lines": 101},
        "/max_lines",
        "must be less than or equal to 100",
    ),
    "rich text lines swapped": (
        {"type": "rich_text_input", "action_id": "r", "min_lines": 9, "max_lines": 3},
        "/min_lines",
        "must not be greater than `max_lines`",
    ),
    "url input with a confirm": (
        {"type": "url_text_input", "confirm": confirm()},
        "",
        "invalid additional property: confirm",
    ),
    "files: none": ({"type": "file_input", "max_files": 0}, "/max_files", "must be greater than or equal to 1"),
    "files: eleven": ({"type": "file_input", "max_files": 11}, "/max_files", "must be less than or equal to 10"),
    "files of no type": ({"type": "file_input", "filetypes": []}, "/filetypes", "must provide at least 1 items"),
    "focus a string": (select(focus_on_load="true"), "/focus_on_load", "must provide a boolean"),
}


@pytest.mark.parametrize(("element", "below", "message"), FILLED.values(), ids=FILLED.keys())
def test_an_input_with_this_element_is_refused(element: Json, below: str, message: str) -> None:
    faults = check_view(modal(section(), entry(element)))
    assert [(fault.code, fault.pointer, fault.message) for fault in faults] == [
        ("invalid_arguments", f"/view/blocks/1/element{below}", message)
    ]


def test_files_cannot_be_dispatched() -> None:
    faults = check_view(modal(entry({"type": "file_input"}, dispatch_action=True)))
    assert [str(fault) for fault in faults] == [
        "unsupported type: file_input [json-pointer:/view/blocks/0/element/type]"
    ]


@pytest.mark.parametrize("kind", ["conversations_select", "channels_select"])
def test_a_response_url_comes_only_from_inputs_of_modals(kind: str) -> None:
    menu = {"type": kind, "action_id": "where", "response_url_enabled": True}
    assert check_view(modal(entry(menu))) == []
    [in_message] = check_blocks([entry(menu)], "message")
    [in_section] = check_view(modal(section(accessory=menu)))
    assert in_message.pointer == "/blocks/0/element/response_url_enabled"
    assert in_section.pointer == "/view/blocks/0/accessory/response_url_enabled"
