"""Blocks that Slack refuses: each with where it says the fault is, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.blockkit import Surface, check_blocks
from tests.sandbox.blockkit.payloads import (
    actions,
    button,
    card,
    chart,
    confirm,
    container,
    context,
    data_table,
    entry,
    image,
    mrkdwn,
    number,
    option,
    pie,
    plain,
    raw,
    rich_text,
    section,
    select,
    task,
    video,
    visualization,
    without,
)

TYPED = {"type": "plain_text_input", "action_id": "words"}
FEEDBACK = {
    "type": "feedback_buttons",
    "positive_button": {"text": plain("Good"), "value": "good"},
    "negative_button": {"text": plain("Bad"), "value": "bad"},
}
TRASH = {"type": "icon_button", "icon": "trash", "text": plain("Delete")}

# One block, the rest of the pointer below it, and the message.
IN_MESSAGES: dict[str, tuple[Any, str, str]] = {
    "no type": ({"text": mrkdwn()}, "", "missing required field: type"),
    "type is null": ({"type": None}, "/type", "must provide a string"),
    "unknown type": ({"type": "sectoin"}, "/type", "unsupported type: sectoin"),
    "block_id too long": ({"type": "divider", "block_id": "x" * 256}, "/block_id", "must be less than 256 characters"),
    "block_id a number": ({"type": "divider", "block_id": 5}, "/block_id", "must provide a string"),
    "block_id null": ({"type": "divider", "block_id": None}, "/block_id", "must provide a string"),
    "divider with text": ({"type": "divider", "text": plain()}, "", "invalid additional property: text"),
    # section
    "section of nothing": ({"type": "section"}, "", "must define either `text` or `fields`"),
    "section text a string": (section(text="hi"), "/text", "must provide an object"),
    "section text null": (section(text=None), "/text", "must provide an object"),
    "section text empty": (section(text=mrkdwn("")), "/text/text", "must be more than 0 characters"),
    "section text too long": (section(text=mrkdwn("x" * 3001)), "/text/text", "must be less than 3001 characters"),
    "section text of no type": (section(text={"text": "hi"}), "/text", "missing required field: type"),
    "section text of wrong type": (
        section(text={"type": "markdown", "text": "hi"}),
        "/text/type",
        "unsupported type: markdown",
    ),
    "section text without text": (section(text={"type": "mrkdwn"}), "/text", "missing required field: text"),
    "section text a number": (section(text=mrkdwn(7)), "/text/text", "must provide a string"),  # type: ignore[arg-type]
    "mrkdwn with emoji": (section(text=mrkdwn(emoji=True)), "/text", "invalid additional property: emoji"),
    "plain_text with verbatim": (section(text=plain(verbatim=True)), "/text", "invalid additional property: verbatim"),
    "emoji not a flag": (section(text=plain(emoji="yes")), "/text/emoji", "must provide a boolean"),
    "no fields": (section(fields=[]), "/fields", "must provide at least 1 items"),
    "eleven fields": (section(fields=[mrkdwn()] * 11), "/fields", "no more than 10 items allowed"),
    "fields no list": (section(fields=mrkdwn()), "/fields", "must provide an array"),
    "field too long": (section(fields=[mrkdwn("x" * 2001)]), "/fields/0/text", "must be less than 2001 characters"),
    "second field empty": (
        section(fields=[mrkdwn(), mrkdwn("")]),
        "/fields/1/text",
        "must be more than 0 characters",
    ),
    "field a string": (section(fields=["a"]), "/fields/0", "must provide an object"),
    "section expand a string": (section(expand="true"), "/expand", "must provide a boolean"),
    "section with elements": (section(elements=[button()]), "", "invalid additional property: elements"),
    "accessory a list": (section(accessory=[button()]), "/accessory", "must provide an object"),
    "accessory an input": (section(accessory=TYPED), "/accessory/type", "unsupported type: plain_text_input"),
    "accessory a datetimepicker": (
        section(accessory={"type": "datetimepicker", "action_id": "when"}),
        "/accessory/type",
        "unsupported type: datetimepicker",
    ),
    "accessory text": (section(accessory=plain()), "/accessory/type", "unsupported type: plain_text"),
    # header
    "header without text": ({"type": "header"}, "", "missing required field: text"),
    "header in mrkdwn": ({"type": "header", "text": mrkdwn()}, "/text/type", "unsupported type: mrkdwn"),
    "header too long": ({"type": "header", "text": plain("x" * 151)}, "/text/text", "must be less than 151 characters"),
    "header empty": ({"type": "header", "text": plain("")}, "/text/text", "must be more than 0 characters"),
    "header a string": ({"type": "header", "text": "Hi"}, "/text", "must provide an object"),
    "header of level 5": ({"type": "header", "text": plain(), "level": 5}, "/level", "must be less than or equal to 4"),
    # context
    "context of nothing": (context(), "/elements", "must provide at least 1 items"),
    "context of eleven": (context(*[mrkdwn()] * 11), "/elements", "no more than 10 items allowed"),
    "context without elements": ({"type": "context"}, "", "missing required field: elements"),
    "context with a button": (context(button()), "/elements/0/type", "unsupported type: button"),
    "context text empty": (context(mrkdwn("")), "/elements/0/text", "must be more than 0 characters"),
    "context text too long": (context(mrkdwn("x" * 3001)), "/elements/0/text", "must be less than 3001 characters"),
    "context image without alt": (
        context(without(image(), "alt_text")),
        "/elements/0",
        "missing required field: alt_text",
    ),
    "context image with title": (context(image(title=plain())), "/elements/0", "invalid additional property: title"),
    # actions
    "actions of nothing": (actions(), "/elements", "must provide at least 1 items"),
    "actions of 26": (
        actions(*[button(action_id=f"b{each}") for each in range(26)]),
        "/elements",
        "no more than 25 items allowed",
    ),
    "actions with text": (actions(mrkdwn()), "/elements/0/type", "unsupported type: mrkdwn"),
    "actions with an image": (actions(image()), "/elements/0/type", "unsupported type: image"),
    "actions with an input": (actions(TYPED), "/elements/0/type", "unsupported type: plain_text_input"),
    "actions with null": (actions(None), "/elements/0", "must provide an object"),  # type: ignore[arg-type]
    "actions not a list": ({"type": "actions", "elements": button()}, "/elements", "must provide an array"),
    # image
    "image without alt_text": (without(image(), "alt_text"), "", "missing required field: alt_text"),
    "image alt_text empty": (image(alt_text=""), "/alt_text", "must be more than 0 characters"),
    "image alt_text too long": (image(alt_text="x" * 2001), "/alt_text", "must be less than 2001 characters"),
    "image without source": (without(image(), "image_url"), "", "must define either `image_url` or `slack_file`"),
    "image with two sources": (
        image(slack_file={"id": "F1"}),
        "",
        "must not define both `image_url` and `slack_file`",
    ),
    "image_url no address": (image(image_url="cat.png"), "/image_url", "invalid url"),
    "image_url a file": (image(image_url="file:///cat.png"), "/image_url", "invalid url"),
    "image_url empty": (image(image_url=""), "/image_url", "invalid url"),
    "image_url too long": (
        image(image_url="https://example.com/" + "x" * 2981),
        "/image_url",
        "must be less than 3001 characters",
    ),
    "image title in mrkdwn": (image(title=mrkdwn()), "/title/type", "unsupported type: mrkdwn"),
    "image title too long": (image(title=plain("x" * 2001)), "/title/text", "must be less than 2001 characters"),
    "slack_file of nothing": (
        {"type": "image", "alt_text": "a", "slack_file": {}},
        "/slack_file",
        "must define either `id` or `url`",
    ),
    # input
    "input without label": (without(entry(TYPED), "label"), "", "missing required field: label"),
    "input without element": (without(entry(TYPED), "element"), "", "missing required field: element"),
    "input label in mrkdwn": (entry(TYPED, label=mrkdwn()), "/label/type", "unsupported type: mrkdwn"),
    "input label too long": (
        entry(TYPED, label=plain("x" * 2001)),
        "/label/text",
        "must be less than 2001 characters",
    ),
    "input hint too long": (entry(TYPED, hint=plain("x" * 2001)), "/hint/text", "must be less than 2001 characters"),
    "input with a button": (entry(button()), "/element/type", "unsupported type: button"),
    "input with an overflow": (
        entry({"type": "overflow", "options": [option()]}),
        "/element/type",
        "unsupported type: overflow",
    ),
    "input optional a string": (entry(TYPED, optional="yes"), "/optional", "must provide a boolean"),
    "email input in a message": (
        entry({"type": "email_text_input"}),
        "/element/type",
        "unsupported type: email_text_input",
    ),
    "url input in a message": (entry({"type": "url_text_input"}), "/element/type", "unsupported type: url_text_input"),
    "rich text block_id too long": (rich_text(block_id="x" * 256), "/block_id", "must be less than 256 characters"),
    "file input in a message": (entry({"type": "file_input"}), "/element/type", "unsupported type: file_input"),
    "rich text input in a message": (
        entry({"type": "rich_text_input", "action_id": "r"}),
        "/element/type",
        "unsupported type: rich_text_input",
    ),
    # video, file, markdown, context_actions, call
    "video without title": (without(video(), "title"), "", "missing required field: title"),
    "video without thumbnail": (without(video(), "thumbnail_url"), "", "missing required field: thumbnail_url"),
    "video over http": (video(video_url="http://example.com/1"), "/video_url", "invalid url"),
    "video title too long": (video(title=plain("x" * 201)), "/title/text", "must be less than 201 characters"),
    "video author too long": (video(author_name="x" * 51), "/author_name", "must be less than 51 characters"),
    "video provider too long": (video(provider_name="x" * 51), "/provider_name", "must be less than 51 characters"),
    "video description in mrkdwn": (video(description=mrkdwn()), "/description/type", "unsupported type: mrkdwn"),
    "video alt_text too long": (video(alt_text="x" * 201), "/alt_text", "must be less than 201 characters"),
    "file of another source": (
        {"type": "file", "external_id": "A", "source": "local"},
        "/source",
        "must be a valid enum value",
    ),
    "file without id": ({"type": "file", "source": "remote"}, "", "missing required field: external_id"),
    "markdown an object": ({"type": "markdown", "text": mrkdwn()}, "/text", "must provide a string"),
    "markdown empty": ({"type": "markdown", "text": ""}, "/text", "must be more than 0 characters"),
    "markdown too long": ({"type": "markdown", "text": "x" * 12001}, "/text", "must be less than 12001 characters"),
    "call without id": ({"type": "call"}, "", "missing required field: call_id"),
    "context_actions of six": (
        {"type": "context_actions", "elements": [TRASH] * 6},
        "/elements",
        "no more than 5 items allowed",
    ),
    "context_actions with a button": (
        {"type": "context_actions", "elements": [button()]},
        "/elements/0/type",
        "unsupported type: button",
    ),
    "icon that does not exist": (
        {"type": "context_actions", "elements": [{**TRASH, "icon": "bin"}]},
        "/elements/0/icon",
        "must be a valid enum value",
    ),
    "icon button for eleven": (
        {"type": "context_actions", "elements": [{**TRASH, "visible_to_user_ids": ["U1"] * 11}]},
        "/elements/0/visible_to_user_ids",
        "no more than 10 items allowed",
    ),
    "half of the feedback": (
        {"type": "context_actions", "elements": [without(FEEDBACK, "negative_button")]},
        "/elements/0",
        "missing required field: negative_button",
    ),
    "feedback text too long": (
        {
            "type": "context_actions",
            "elements": [{**FEEDBACK, "positive_button": {"text": plain("x" * 76), "value": "v"}}],
        },
        "/elements/0/positive_button/text/text",
        "must be less than 76 characters",
    ),
    # cards, plans, tasks, containers
    "card of nothing": ({"type": "card"}, "", "must define either `hero_image` or `title` or `actions` or `body`"),
    "card title a string": (card(title="Analyser"), "/title", "must provide an object"),
    "card title too long": (card(title=plain("x" * 151)), "/title/text", "must be less than 151 characters"),
    "card subtitle too long": (card(subtitle=plain("x" * 151)), "/subtitle/text", "must be less than 151 characters"),
    "card body too long": (card(body=plain("x" * 201)), "/body/text", "must be less than 201 characters"),
    "card subtext too long": (card(subtext=plain("x" * 201)), "/subtext/text", "must be less than 201 characters"),
    "card of four buttons": (
        card(actions=[button(action_id=f"b{each}") for each in range(4)]),
        "/actions",
        "no more than 3 items allowed",
    ),
    "card with a select": (card(actions=[select()]), "/actions/0/type", "unsupported type: static_select"),
    "card with two icons": (
        card(icon=image(), slack_icon={"type": "icon", "name": "bot"}),
        "",
        "must not define both `icon` and `slack_icon`",
    ),
    "card icon without name": (
        card(slack_icon={"type": "icon"}),
        "/slack_icon",
        "missing required field: name",
    ),
    "card icon unknown": (
        card(slack_icon={"type": "icon", "name": "unicorn"}),
        "/slack_icon/name",
        "must be a valid enum value",
    ),
    "carousel of nothing": ({"type": "carousel", "elements": []}, "/elements", "must provide at least 1 items"),
    "carousel of eleven": (
        {"type": "carousel", "elements": [card() for _ in range(11)]},
        "/elements",
        "no more than 10 items allowed",
    ),
    "carousel of sections": (
        {"type": "carousel", "elements": [section()]},
        "/elements/0/type",
        "unsupported type: section",
    ),
    "carousel card text": (
        {"type": "carousel", "elements": [card(body="words")]},
        "/elements/0/body",
        "must provide an object",
    ),
    "task of unknown status": (task(status="done"), "/status", "must be a valid enum value"),
    "task alone and pending": (task(status="pending"), "/status", "must be a valid enum value"),
    "task title an object": (task(title=plain()), "/title", "must provide a string"),
    "task details a string": (task(details="x"), "/details", "must provide an object"),
    "task details a section": (task(details=section()), "/details/type", "unsupported type: section"),
    "task source without text": (
        task(sources=[{"type": "url", "url": "https://example.com"}]),
        "/sources/0",
        "missing required field: text",
    ),
    "plan title an object": ({"type": "plan", "title": plain()}, "/title", "must provide a string"),
    "plan task without id": (
        {"type": "plan", "title": "Plan", "tasks": [{"title": "a"}]},
        "/tasks/0",
        "missing required field: task_id",
    ),
    "container without title": (
        without(container(section()), "title"),
        "",
        "must define either `title` or `rich_text_title`",
    ),
    "container of nothing": (container(), "/child_blocks", "must provide at least 1 items"),
    "container of eleven": (
        container(*[section() for _ in range(11)]),
        "/child_blocks",
        "no more than 10 items allowed",
    ),
    "container in a container": (
        container(container(section())),
        "/child_blocks/0/type",
        "unsupported type: container",
    ),
    "container with markdown": (
        container({"type": "markdown", "text": "a"}),
        "/child_blocks/0/type",
        "unsupported type: markdown",
    ),
    "container title in mrkdwn": (
        container(section(), title=mrkdwn()),
        "/title/type",
        "unsupported type: mrkdwn",
    ),
    "container of odd width": (container(section(), width="huge"), "/width", "must be a valid enum value"),
    "header in a container": (
        container({"type": "header", "text": plain("x" * 151)}),
        "/child_blocks/0/text/text",
        "must be less than 151 characters",
    ),
    "provider without state": (
        {"type": "auth_provider", "value": "drive", "name": plain("Drive")},
        "",
        "missing required field: is_connected",
    ),
    # rich text
    "rich text of nothing": ({"type": "rich_text", "elements": []}, "/elements", "must provide at least 1 items"),
    "rich text of inline things": (
        {"type": "rich_text", "elements": [{"type": "text", "text": "a"}]},
        "/elements/0/type",
        "unsupported type: text",
    ),
    "rich text empty": (
        rich_text({"type": "text", "text": ""}),
        "/elements/0/elements/0/text",
        "must be more than 0 characters",
    ),
    "rich text unknown style": (
        rich_text({"type": "text", "text": "a", "style": {"big": True}}),
        "/elements/0/elements/0/style",
        "invalid additional property: big",
    ),
    "rich text style a list": (
        rich_text({"type": "text", "text": "a", "style": ["bold"]}),
        "/elements/0/elements/0/style",
        "must provide an object",
    ),
    "rich text link without url": (
        rich_text({"type": "link", "text": "a"}),
        "/elements/0/elements/0",
        "missing required field: url",
    ),
    "rich text user without id": (
        rich_text({"type": "user"}),
        "/elements/0/elements/0",
        "missing required field: user_id",
    ),
    "rich text broadcast to nobody": (
        rich_text({"type": "broadcast", "range": "team"}),
        "/elements/0/elements/0/range",
        "must be a valid enum value",
    ),
    "rich text date as string": (
        rich_text({"type": "date", "timestamp": "1720710212", "format": "{date}"}),
        "/elements/0/elements/0/timestamp",
        "must provide an integer",
    ),
    "rich text colour by name": (
        rich_text({"type": "color", "value": "red"}),
        "/elements/0/elements/0/value",
        "must be a valid hex color",
    ),
    "rich text with mrkdwn": (
        rich_text(mrkdwn()),
        "/elements/0/elements/0/type",
        "unsupported type: mrkdwn",
    ),
    "rich text list without style": (
        {"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": [rich_text()["elements"][0]]}]},
        "/elements/0",
        "missing required field: style",
    ),
    "rich text list of words": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [{"type": "text", "text": "a"}]}],
        },
        "/elements/0/elements/0/type",
        "unsupported type: text",
    ),
    "rich text emoji in code": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "wave"}]}],
        },
        "/elements/0/elements/0/type",
        "unsupported type: emoji",
    ),
    # tables and charts
    "table without rows": ({"type": "table"}, "", "missing required field: rows"),
    "table of no rows": ({"type": "table", "rows": []}, "/rows", "must provide at least 1 items"),
    "table of 101 rows": ({"type": "table", "rows": [[raw()]] * 101}, "/rows", "no more than 100 items allowed"),
    "table of 21 columns": ({"type": "table", "rows": [[raw()] * 21]}, "/rows/0", "no more than 20 items allowed"),
    "table cell a string": ({"type": "table", "rows": [["a"]]}, "/rows/0/0", "must provide an object"),
    "table cell in mrkdwn": ({"type": "table", "rows": [[mrkdwn()]]}, "/rows/0/0/type", "unsupported type: mrkdwn"),
    "table cell empty": ({"type": "table", "rows": [[raw("")]]}, "/rows/0/0/text", "must be more than 0 characters"),
    "table column askew": (
        {"type": "table", "rows": [[raw()]], "column_settings": [{"align": "middle"}]},
        "/column_settings/0/align",
        "must be a valid enum value",
    ),
    "table with too much text": (
        {"type": "table", "rows": [[raw("x" * 5001)], [raw("x" * 5000)]]},
        "/rows",
        "must be less than 10001 characters",
    ),
    "data table without caption": (without(data_table(), "caption"), "", "missing required field: caption"),
    "data table of a header": (data_table([raw()]), "/rows", "must provide at least 2 items"),
    "data table of 202 rows": (data_table(*[[raw()]] * 202), "/rows", "no more than 201 items allowed"),
    "data table of no columns": (data_table([raw()], []), "/rows/1", "must provide at least 1 items"),
    "data table page of 0": (data_table(page_size=0), "/page_size", "must be greater than or equal to 1"),
    "data table page of 101": (data_table(page_size=101), "/page_size", "must be less than or equal to 100"),
    "data table uneven": (
        data_table([raw(), raw()], [raw()]),
        "/rows/1",
        "all rows must have the same number of cells",
    ),
    "data table rich header": (
        data_table([rich_text()], [raw()]),
        "/rows/0/0/type",
        "unsupported type: rich_text",
    ),
    "data table number without value": (
        data_table([raw()], [{"type": "raw_number", "text": "1"}]),
        "/rows/1/0",
        "missing required field: value",
    ),
    "data table number as string": (
        data_table([raw()], [{"type": "raw_number", "text": "1", "value": "1"}]),
        "/rows/1/0/value",
        "must provide a number",
    ),
    "data table key column beyond": (
        data_table(row_header_column_index=2),
        "/row_header_column_index",
        "must be less than or equal to 1",
    ),
    "data table with too much text": (
        data_table([raw("x" * 10000)], [raw("x" * 10001)]),
        "/rows",
        "must be less than 20001 characters",
    ),
    "chart title too long": (visualization(title="x" * 51), "/title", "must be less than 51 characters"),
    "chart unknown": (visualization(chart={"type": "radar"}), "/chart/type", "unsupported type: radar"),
    "pie of nothing": (visualization(chart=pie()), "/chart/segments", "must provide at least 1 items"),
    "pie of thirteen": (visualization(chart=pie(*[1] * 13)), "/chart/segments", "no more than 12 items allowed"),
    "pie of zero": (visualization(chart=pie(0)), "/chart/segments/0/value", "must be greater than 0"),
    "pie of true": (visualization(chart=pie(True)), "/chart/segments/0/value", "must provide a number"),
    "chart without axes": (
        visualization(chart=without(chart(), "axis_config")),
        "/chart",
        "missing required field: axis_config",
    ),
    "chart label off the axis": (
        visualization(chart=chart(axis_config={"categories": ["Mon"]})),
        "/chart/series/0/data/1/label",
        "must match one of the categories",
    ),
    "chart with a gap": (
        visualization(chart=chart(axis_config={"categories": ["Mon", "Tue", "Wed"]})),
        "/chart/series/0/data",
        "must have exactly one point for each category",
    ),
    "chart series twice": (
        visualization(chart=chart(series=[chart()["series"][0]] * 2)),
        "/chart/series/1/name",
        '`name` "Late" already exists',
    ),
    "chart axis label too long": (
        visualization(chart=chart(axis_config={"categories": ["Mon", "Tue"], "x_label": "x" * 51})),
        "/chart/axis_config/x_label",
        "must be less than 51 characters",
    ),
    "chart category too long": (
        visualization(chart=chart(axis_config={"categories": ["Mon", "Tue", "x" * 21]})),
        "/chart/axis_config/categories/2",
        "must be less than 21 characters",
    ),
    "confirm on a section": (section(confirm=confirm()), "", "invalid additional property: confirm"),
    "numbers in a raw text": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": 5}]]},
        "/rows/0/0/text",
        "must provide a string",
    ),
    "not a number": ({"type": "table", "rows": [[number(float("nan"))]]}, "/rows/0/0/value", "must provide a number"),
}


@pytest.mark.parametrize(("block", "below", "message"), IN_MESSAGES.values(), ids=IN_MESSAGES.keys())
def test_a_message_with_this_block_is_refused(block: Any, below: str, message: str) -> None:
    faults = check_blocks([{"type": "divider"}, block], "message")
    assert [(fault.code, fault.pointer, fault.message) for fault in faults] == [
        ("invalid_blocks", f"/blocks/1{below}", message)
    ]


ELSEWHERE: dict[str, tuple[Surface, Any, str, str]] = {
    "alert in a message": ("message", {"type": "alert", "text": plain()}, "/type", "unsupported type: alert"),
    "alert at home": ("home", {"type": "alert", "text": plain()}, "/type", "unsupported type: alert"),
    "alert too long": (
        "modal",
        {"type": "alert", "text": plain("x" * 201)},
        "/text/text",
        "must be less than 201 characters",
    ),
    "alert of unknown level": (
        "modal",
        {"type": "alert", "text": plain(), "level": "panic"},
        "/level",
        "must be a valid enum value",
    ),
    "markdown in a modal": ("modal", {"type": "markdown", "text": "a"}, "/type", "unsupported type: markdown"),
    "markdown at home": ("home", {"type": "markdown", "text": "a"}, "/type", "unsupported type: markdown"),
    "chart at home": ("home", visualization(), "/type", "unsupported type: data_visualization"),
    "chart in a modal": ("modal", visualization(), "/type", "unsupported type: data_visualization"),
    "data table in a modal": ("modal", data_table(), "/type", "unsupported type: data_table"),
    "table in a modal": ("modal", {"type": "table", "rows": [[raw()]]}, "/type", "unsupported type: table"),
    "container in a modal": ("modal", container(section()), "/type", "unsupported type: container"),
    "carousel in a modal": ("modal", {"type": "carousel", "elements": [card()]}, "/type", "unsupported type: carousel"),
    "plan at home": ("home", {"type": "plan", "title": "a"}, "/type", "unsupported type: plan"),
    "task in a modal": ("modal", task(), "/type", "unsupported type: task_card"),
    "context_actions in a modal": (
        "modal",
        {"type": "context_actions", "elements": [FEEDBACK]},
        "/type",
        "unsupported type: context_actions",
    ),
    "file in a modal": (
        "modal",
        {"type": "file", "external_id": "A", "source": "remote"},
        "/type",
        "unsupported type: file",
    ),
    "call in a modal": ("modal", {"type": "call", "call_id": "R1"}, "/type", "unsupported type: call"),
    "datetimepicker at home": (
        "home",
        actions({"type": "datetimepicker"}),
        "/elements/0/type",
        "unsupported type: datetimepicker",
    ),
    "number input at home": (
        "home",
        entry({"type": "number_input", "is_decimal_allowed": False}),
        "/element/type",
        "unsupported type: number_input",
    ),
    "workflow button in a modal": (
        "modal",
        actions({"type": "workflow_button", "text": plain(), "workflow": {"trigger": {"url": "https://a.example"}}}),
        "/elements/0/type",
        "unsupported type: workflow_button",
    ),
    "file in a home container": (
        "home",
        container({"type": "file", "external_id": "A", "source": "remote"}),
        "/child_blocks/0/type",
        "unsupported type: file",
    ),
}


@pytest.mark.parametrize(("surface", "block", "below", "message"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
def test_a_surface_refuses_what_does_not_belong_there(surface: Surface, block: Any, below: str, message: str) -> None:
    faults = check_blocks([block], surface)
    assert [(fault.pointer, fault.message) for fault in faults] == [(f"/blocks/0{below}", message)]
