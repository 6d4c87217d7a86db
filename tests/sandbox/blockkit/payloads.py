"""Small makers of Block Kit payloads, so that a test says only what it is about."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Text", **more: Any) -> Json:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: str = "*Text*", **more: Any) -> Json:
    return {"type": "mrkdwn", "text": text, **more}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def context(*elements: Json, **more: Any) -> Json:
    return {"type": "context", "elements": list(elements), **more}


def entry(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Press"), "action_id": "press", **more}


def option(value: str = "one", **more: Any) -> Json:
    return {"text": plain(value), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(f"option {number}") for number in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "pick", "options": options(3), **more}


def confirm(**more: Any) -> Json:
    return {
        "title": plain("Sure?"),
        "text": mrkdwn("It cannot be undone."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.com/cat.png", "alt_text": "A cat", **more}


def rich_text(*inline: Json, **more: Any) -> Json:
    parts = list(inline) or [{"type": "text", "text": "Words"}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}], **more}


def raw(text: str = "cell") -> Json:
    return {"type": "raw_text", "text": text}


def number(value: float = 1) -> Json:
    return {"type": "raw_number", "value": value, "text": str(value)}


def data_table(*rows: list[Json], **more: Any) -> Json:
    given = list(rows) or [[raw("Name"), raw("Score")], [raw("Ann"), number(3)]]
    return {"type": "data_table", "caption": "Scores", "rows": given, **more}


def chart(**more: Any) -> Json:
    return {
        "type": "line",
        "series": [{"name": "Late", "data": [{"label": "Mon", "value": 3}, {"label": "Tue", "value": -1}]}],
        "axis_config": {"categories": ["Mon", "Tue"], "x_label": "Day", "y_label": "Asks"},
        **more,
    }


def visualization(**more: Any) -> Json:
    return {"type": "data_visualization", "title": "Late asks", "chart": chart(), **more}


def pie(*values: float) -> Json:
    return {"type": "pie", "segments": [{"label": f"Part {value}", "value": value} for value in values]}


def card(**more: Any) -> Json:
    return {"type": "card", "title": mrkdwn("Analyser 3"), **more}


def task(**more: Any) -> Json:
    return {"type": "task_card", "task_id": "t1", "title": "Look it up", "status": "complete", **more}


def container(*children: Json, **more: Any) -> Json:
    return {"type": "container", "title": plain("Two records"), "child_blocks": list(children), **more}


def video(**more: Any) -> Json:
    return {
        "type": "video",
        "title": plain("How to"),
        "alt_text": "How to",
        "thumbnail_url": "https://example.com/a.jpg",
        "video_url": "https://example.com/embed/1",
        **more,
    }


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Ask"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [section()],
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}


def without(payload: Json, *keys: str) -> Json:
    return {key: value for key, value in payload.items() if key not in keys}
