"""Every limit, tried from both sides: what stands at the limit is taken, one more (or one less) is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.blockkit import check_attachments, check_blocks, check_view
from tests.sandbox.blockkit.payloads import (
    Json,
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
    modal,
    mrkdwn,
    number,
    option,
    options,
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


def in_message(*blocks: Json) -> bool:
    return check_blocks(list(blocks), "message") == []


def in_modal(*blocks: Json) -> bool:
    return check_view(modal(*blocks)) == []


def asked(kind: str, **more: Any) -> bool:
    return in_modal(entry({"type": kind, "action_id": "a", **more}))


def pressed(kind: str, **more: Any) -> bool:
    return in_message(actions({"type": kind, "action_id": "a", **more}))


def beside(element: Json) -> bool:
    return in_message({"type": "context_actions", "elements": [element]})


def feedback(**positive: Any) -> bool:
    good = {"text": plain("Good"), "value": "good", **positive}
    bad = {"text": plain("Bad"), "value": "bad"}
    return beside({"type": "feedback_buttons", "positive_button": good, "negative_button": bad})


def icon(**more: Any) -> bool:
    return beside({"type": "icon_button", "icon": "trash", "text": plain("Delete"), **more})


def workflow(**more: Any) -> bool:
    trigger = {"trigger": {"url": "https://slack.com/shortcuts/Ft1/x"}}
    return in_message(actions({"type": "workflow_button", "text": plain("Run"), "workflow": trigger, **more}))


def provider(**more: Any) -> bool:
    return in_message({"type": "auth_provider", "value": "a", "name": plain("A"), "is_connected": True, **more})


def alert(**more: Any) -> bool:
    return in_modal({"type": "alert", **more})


def header(text: Json, **more: Any) -> bool:
    return in_message({"type": "header", "text": text, **more})


def listed(**more: Any) -> bool:
    part = {"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}
    made = {"type": "rich_text_list", "style": "bullet", "elements": [part], **more}
    return in_message({"type": "rich_text", "elements": [made]})


def url(length: int) -> str:
    return "https://example.com/" + "x" * (length - 20)


def axes(**more: Any) -> Json:
    return {"categories": ["Mon", "Tue"], **more}


def lines(*labels: str, name: str = "Late") -> Json:
    data = [{"label": label, "value": 1} for label in labels]
    return chart(series=[{"name": name, "data": data}], axis_config={"categories": list(labels)})


def tasks(**more: Any) -> bool:
    return in_message(task(**more))


def group(**more: Any) -> bool:
    return in_message(
        actions(without(select(option_groups=[{"label": plain(), "options": options(1), **more}]), "options"))
    )


Try = Callable[[str], bool]

LENGTHS: dict[str, tuple[int, Try]] = {
    "section text": (3000, lambda text: in_message(section(text=plain(text)))),
    "section field": (2000, lambda text: in_message(section(fields=[plain(text)]))),
    "context text": (3000, lambda text: in_message(context(plain(text)))),
    "header": (150, lambda text: header(plain(text))),
    "markdown": (12000, lambda text: in_message({"type": "markdown", "text": text})),
    "block_id": (255, lambda text: in_message({"type": "divider", "block_id": text})),
    "action_id": (255, lambda text: in_message(actions(button(action_id=text)))),
    "button text": (75, lambda text: in_message(actions(button(text=plain(text))))),
    "button accessibility_label": (75, lambda text: in_message(actions(button(accessibility_label=text)))),
    "button agent_prompt": (4000, lambda text: in_message(actions(button(agent_prompt=text)))),
    "confirm title": (100, lambda text: in_message(actions(button(confirm=confirm(title=plain(text)))))),
    "confirm text": (300, lambda text: in_message(actions(button(confirm=confirm(text=plain(text)))))),
    "confirm yes": (30, lambda text: in_message(actions(button(confirm=confirm(confirm=plain(text)))))),
    "confirm no": (30, lambda text: in_message(actions(button(confirm=confirm(deny=plain(text)))))),
    "workflow text": (75, lambda text: workflow(text=plain(text))),
    "workflow accessibility_label": (75, lambda text: workflow(accessibility_label=text)),
    "feedback text": (75, lambda text: feedback(text=plain(text))),
    "feedback value": (2000, lambda text: feedback(value=text)),
    "feedback accessibility_label": (75, lambda text: feedback(accessibility_label=text)),
    "icon text": (75, lambda text: icon(text=plain(text))),
    "icon accessibility_label": (75, lambda text: icon(accessibility_label=text)),
    "menu option text": (75, lambda text: in_message(actions(select(options=[option(text=plain(text))])))),
    "menu option value": (150, lambda text: in_message(actions(select(options=[{"text": plain(), "value": text}])))),
    "menu option description": (
        75,
        lambda text: in_message(actions(select(options=[option(description=plain(text))]))),
    ),
    "overflow option text": (75, lambda text: pressed("overflow", options=[option(text=plain(text))])),
    "tick option text": (75, lambda text: pressed("checkboxes", options=[option(text=mrkdwn(text))])),
    "tick option description": (75, lambda text: pressed("radio_buttons", options=[option(description=mrkdwn(text))])),
    "group label": (75, lambda text: group(label=plain(text))),
    "menu placeholder": (150, lambda text: in_message(actions(select(placeholder=plain(text))))),
    "typed placeholder": (150, lambda text: asked("plain_text_input", placeholder=plain(text))),
    "input label": (2000, lambda text: in_modal(entry({"type": "plain_text_input"}, label=plain(text)))),
    "input hint": (2000, lambda text: in_modal(entry({"type": "plain_text_input"}, hint=plain(text)))),
    "image alt_text": (2000, lambda text: in_message(image(alt_text=text))),
    "image title": (2000, lambda text: in_message(image(title=plain(text)))),
    "video alt_text": (200, lambda text: in_message(video(alt_text=text))),
    "video title": (200, lambda text: in_message(video(title=plain(text)))),
    "video description": (200, lambda text: in_message(video(description=plain(text)))),
    "video author": (50, lambda text: in_message(video(author_name=text))),
    "video provider": (50, lambda text: in_message(video(provider_name=text))),
    "alert": (200, lambda text: alert(text=plain(text))),
    "card title": (150, lambda text: in_message(card(title=plain(text)))),
    "card subtitle": (150, lambda text: in_message(card(subtitle=plain(text)))),
    "card body": (200, lambda text: in_message(card(body=plain(text)))),
    "card subtext": (200, lambda text: in_message(card(subtext=plain(text)))),
    "container title": (150, lambda text: in_message(container(section(), title=plain(text)))),
    "container subtitle": (150, lambda text: in_message(container(section(), subtitle=plain(text)))),
    "provider value": (150, lambda text: provider(value=text)),
    "provider name": (75, lambda text: provider(name=plain(text))),
    "provider description": (150, lambda text: provider(description=plain(text))),
    "provider identity": (75, lambda text: provider(connected_identity=plain(text))),
    "provider context": (75, lambda text: provider(connected_context=plain(text))),
    "table cell": (10_000, lambda text: in_message({"type": "table", "rows": [[raw(text)]]})),
    "chart title": (50, lambda text: in_message(visualization(title=text))),
    "chart segment": (
        20,
        lambda text: in_message(visualization(chart={"type": "pie", "segments": [{"label": text, "value": 1}]})),
    ),
    "chart series": (20, lambda text: in_message(visualization(chart=lines("Mon", name=text)))),
    "chart category": (20, lambda text: in_message(visualization(chart=lines(text)))),
    "chart x axis": (50, lambda text: in_message(visualization(chart=chart(axis_config=axes(x_label=text))))),
    "chart y axis": (50, lambda text: in_message(visualization(chart=chart(axis_config=axes(y_label=text))))),
    "view title": (24, lambda text: check_view(modal(title=plain(text))) == []),
    "view submit": (24, lambda text: check_view(modal(submit=plain(text))) == []),
    "view close": (24, lambda text: check_view(modal(close=plain(text))) == []),
    "message text in sum": (
        13_200 - 6000,
        lambda text: in_message(*[section(text=plain("x" * 3000))] * 2, rich_text({"type": "text", "text": text})),
    ),
}

MAY_BE_EMPTY: dict[str, tuple[int, Try]] = {
    "typed preset": (3000, lambda text: asked("plain_text_input", initial_value=text)),
    "icon value": (2000, lambda text: icon(value=text)),
    "button value": (2000, lambda text: in_message(actions(button(value=text)))),
    "view private_metadata": (3000, lambda text: check_view(modal(private_metadata=text)) == []),
    "view callback_id": (255, lambda text: check_view(modal(callback_id=text)) == []),
    "view external_id": (255, lambda text: check_view(modal(external_id=text)) == []),
    "attachment footer": (300, lambda text: check_attachments([{"footer": text}]) == []),
}


@pytest.mark.parametrize(("most", "fits"), LENGTHS.values(), ids=LENGTHS.keys())
def test_text_has_a_length_from_one_to_its_limit(most: int, fits: Try) -> None:
    assert fits("x")
    assert fits("x" * most)
    assert fits("猴" * most), "characters are counted, not bytes"
    assert not fits("x" * (most + 1))
    assert not fits("")


@pytest.mark.parametrize(("most", "fits"), MAY_BE_EMPTY.values(), ids=MAY_BE_EMPTY.keys())
def test_some_texts_may_be_empty(most: int, fits: Try) -> None:
    assert fits("")
    assert fits("x" * most)
    assert not fits("x" * (most + 1))


ADDRESSES: dict[str, Try] = {
    "button url": lambda address: in_message(actions(button(url=address))),
    "overflow url": lambda address: pressed("overflow", options=[option(url=address)]),
    "image_url": lambda address: in_message(image(image_url=address)),
    "source url": lambda address: in_message(task(sources=[{"type": "url", "url": address, "text": "a"}])),
    "rich text link": lambda address: in_message(rich_text({"type": "link", "url": address})),
    "provider auth_url": lambda address: provider(auth_url=address),
    "provider icon_url": lambda address: provider(icon_url=address),
}


@pytest.mark.parametrize("fits", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_address_has_up_to_three_thousand_characters(fits: Try) -> None:
    assert fits(url(3000))
    assert not fits(url(3001))
    assert not fits("")
    assert not fits("example.com")


Count = Callable[[int], bool]

# How few, how many (None where Slack names no limit), and whether a payload with that many is taken.
COUNTS: dict[str, tuple[int, int | None, Count]] = {
    "blocks of a message": (0, 50, lambda count: in_message(*[section()] * count)),
    "blocks of a view": (1, 100, lambda count: check_view(modal(blocks=[section()] * count)) == []),
    "fields": (1, 10, lambda count: in_message(section(fields=[plain()] * count))),
    "actions": (1, 25, lambda count: in_message(actions(*[button(action_id=str(n)) for n in range(count)]))),
    "context": (1, 10, lambda count: in_message(context(*[plain()] * count))),
    "context_actions": (
        1,
        5,
        lambda count: in_message(
            {
                "type": "context_actions",
                "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}] * count,
            }
        ),
    ),
    "options": (1, 100, lambda count: in_message(actions(select(options=options(count))))),
    "groups": (
        1,
        100,
        lambda count: in_message(
            actions(without(select(option_groups=[{"label": plain(), "options": options(1)}] * count), "options"))
        ),
    ),
    "options of a group": (1, 100, lambda count: group(options=options(count))),
    "overflow": (1, 5, lambda count: pressed("overflow", options=options(count))),
    "checkboxes": (1, 10, lambda count: pressed("checkboxes", options=options(count))),
    "ticked": (
        1,
        10,
        lambda count: pressed("checkboxes", options=options(10), initial_options=(options(10) * 2)[:count]),
    ),
    "radio buttons": (1, 10, lambda count: pressed("radio_buttons", options=options(count))),
    "selected": (
        1,
        100,
        lambda count: pressed("multi_static_select", options=options(100), initial_options=(options(100) * 2)[:count]),
    ),
    "seen by": (0, 10, lambda count: in_message(actions(button(visible_to_user_ids=["U1"] * count)))),
    "icon seen by": (0, 10, lambda count: icon(visible_to_user_ids=["U1"] * count)),
    "kinds of conversations": (
        1,
        4,
        lambda count: pressed(
            "conversations_select", filter={"include": ["im", "mpim", "private", "public", "im"][:count]}
        ),
    ),
    "dispatched on": (
        1,
        2,
        lambda count: asked(
            "plain_text_input",
            dispatch_action_config={
                "trigger_actions_on": ["on_enter_pressed", "on_character_entered", "on_enter_pressed"][:count]
            },
        ),
    ),
    "card buttons": (1, 3, lambda count: in_message(card(actions=[button(action_id=str(n)) for n in range(count)]))),
    "carousel": (1, 10, lambda count: in_message({"type": "carousel", "elements": [card()] * count})),
    "container": (1, 10, lambda count: in_message(container(*[section()] * count))),
    "table rows": (1, 100, lambda count: in_message({"type": "table", "rows": [[raw()]] * count})),
    "table columns": (1, 20, lambda count: in_message({"type": "table", "rows": [[raw()] * count]})),
    "table column settings": (
        0,
        20,
        lambda count: in_message({"type": "table", "rows": [[raw()]], "column_settings": [{}] * count}),
    ),
    "data table rows": (2, 201, lambda count: in_message(data_table(rows=[[number()]] * count))),
    "data table columns": (1, 20, lambda count: in_message(data_table(rows=[[raw()] * count] * 2))),
    "charts": (0, 2, lambda count: in_message(*[visualization()] * count)),
    "segments": (1, 12, lambda count: in_message(visualization(chart=pie(*[1] * count)))),
    "series": (
        1,
        12,
        lambda count: in_message(
            visualization(chart=chart(series=[{**chart()["series"][0], "name": str(n)} for n in range(count)]))
        ),
    ),
    "points and categories": (
        1,
        20,
        lambda count: in_message(visualization(chart=lines(*[f"Day {n}" for n in range(count)]))),
    ),
    "attachments": (0, 100, lambda count: check_attachments([{"text": "a"}] * count) == []),
    "attachment actions": (0, 5, lambda count: check_attachments([{"actions": [{"name": "a"}] * count}]) == []),
    "rich text parts": (
        1,
        None,
        lambda count: in_message({"type": "rich_text", "elements": rich_text()["elements"] * count}),
    ),
    "parts of a rich text section": (
        0,
        None,
        lambda count: in_message(
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}] * count}],
            }
        ),
    ),
    "points of a list": (
        1,
        None,
        lambda count: listed(elements=rich_text()["elements"] * count),
    ),
    "task sources": (
        0,
        None,
        lambda count: tasks(sources=[{"type": "url", "url": "https://a.example", "text": "a"}] * count),
    ),
    "plan tasks": (
        0,
        None,
        lambda count: in_message({"type": "plan", "title": "a", "tasks": [without(task(), "type")] * count}),
    ),
    "fallback blocks": (0, None, lambda count: provider(fallback=[section()] * count)),
    "preselected people": (
        0,
        None,
        lambda count: pressed("multi_users_select", initial_users=["U1"] * count),
    ),
}


@pytest.mark.parametrize(("least", "most", "fits"), COUNTS.values(), ids=COUNTS.keys())
def test_a_list_has_so_many_items(least: int, most: int | None, fits: Count) -> None:
    assert fits(least)
    assert least == 0 or not fits(least - 1)
    assert fits(300 if most is None else most)
    assert most is None or not fits(most + 1)


NUMBERS: dict[str, tuple[int, int | None, Count]] = {
    "header level": (1, 4, lambda value: header(plain(), level=value)),
    "min_length": (0, 3000, lambda value: asked("plain_text_input", min_length=value)),
    "max_length": (1, 3000, lambda value: asked("plain_text_input", max_length=value)),
    "min_lines": (1, 100, lambda value: asked("rich_text_input", min_lines=value)),
    "max_lines": (1, 100, lambda value: asked("rich_text_input", max_lines=value)),
    "max_files": (1, 10, lambda value: asked("file_input", max_files=value)),
    "initial_date_time": (10**9, 10**10 - 1, lambda value: pressed("datetimepicker", initial_date_time=value)),
    "page_size": (1, 100, lambda value: in_message(data_table(page_size=value))),
    "row_header_column_index": (0, 1, lambda value: in_message(data_table(row_header_column_index=value))),
    "list indent": (0, 8, lambda value: listed(indent=value)),
    "list border": (0, None, lambda value: listed(border=value)),
    "skin_tone": (1, 6, lambda value: in_message(rich_text({"type": "emoji", "name": "wave", "skin_tone": value}))),
    "max_selected_items": (1, None, lambda value: pressed("multi_users_select", max_selected_items=value)),
    "min_query_length": (0, None, lambda value: pressed("external_select", min_query_length=value)),
    "multi min_query_length": (
        0,
        None,
        lambda value: pressed("multi_external_select", min_query_length=value),
    ),
    "list offset": (0, None, lambda value: listed(offset=value)),
}


@pytest.mark.parametrize(("least", "most", "fits"), NUMBERS.values(), ids=NUMBERS.keys())
def test_a_number_lies_within_its_bounds(least: int, most: int | None, fits: Count) -> None:
    assert fits(least)
    assert not fits(least - 1)
    assert fits(300 if most is None else most)
    assert most is None or not fits(most + 1)


@pytest.mark.parametrize("time", ["00:00", "09:05", "19:59", "20:00", "23:59"])
def test_every_minute_of_the_day_can_be_picked(time: str) -> None:
    assert pressed("timepicker", initial_time=time)


@pytest.mark.parametrize("time", ["0:00", "24:00", "12:60", "1200", "-1:00", "30:00", "12:0", "١٢:٣٠", "noon"])
def test_no_other_minute_can(time: str) -> None:
    assert not pressed("timepicker", initial_time=time)


def test_numbers_and_words_may_start_empty_only_where_that_means_something() -> None:
    assert asked("email_text_input", initial_value="")
    assert asked("url_text_input", initial_value="")
    assert not asked("number_input", is_decimal_allowed=False, initial_value="")
    inputs = {"url": "https://slack.com/x", "customizable_input_parameters": [{"name": "a", "value": ""}]}
    assert workflow(workflow={"trigger": inputs})
    assert workflow(workflow={"trigger": {**inputs, "customizable_input_parameters": []}})
    assert check_attachments([{"fields": [], "mrkdwn_in": []}]) == []
    assert in_message(rich_text({"type": "link", "url": "https://example.com", "text": ""}))
