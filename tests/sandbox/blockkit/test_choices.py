"""Fields with a closed list of values, and addresses that need a certain scheme: each value once, and a stranger."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sandbox.blockkit import check_attachments, check_blocks, check_view
from tests.sandbox.blockkit.payloads import (
    Json,
    actions,
    button,
    confirm,
    container,
    entry,
    image,
    modal,
    plain,
    raw,
    rich_text,
    section,
    task,
    video,
    without,
)

Try = Callable[[str], bool]


def taken(block: Json) -> bool:
    return check_blocks([block], "message") == []


def taken_in_modal(block: Json) -> bool:
    return check_view(modal(block)) == []


def inline(**element: object) -> bool:
    return taken(rich_text(dict(element)))


def provider(**more: object) -> bool:
    return taken({"type": "auth_provider", "value": "a", "name": plain(), "is_connected": True, **more})


STATUSES = "pending in_progress complete error"
CHOICES: dict[str, tuple[str, Try]] = {
    "button style": ("primary danger", lambda value: taken(actions(button(style=value)))),
    "confirm style": ("primary danger", lambda value: taken(actions(button(confirm=confirm(style=value))))),
    "alert level": (
        "default info warning error success",
        lambda value: taken_in_modal({"type": "alert", "text": plain(), "level": value}),
    ),
    "task status": ("in_progress complete error", lambda value: taken(task(status=value))),
    "status of a planned task": (
        STATUSES,
        lambda value: taken({"type": "plan", "title": "a", "tasks": [without(task(status=value), "type")]}),
    ),
    "plan status": (STATUSES, lambda value: taken({"type": "plan", "title": "a", "status": value})),
    "container width": ("narrow standard wide full", lambda value: taken(container(section(), width=value))),
    "column align": (
        "left center right",
        lambda value: taken({"type": "table", "rows": [[raw()]], "column_settings": [{"align": value}]}),
    ),
    "dispatch": (
        "on_enter_pressed on_character_entered",
        lambda value: taken(
            entry({"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": [value]}})
        ),
    ),
    "conversations": (
        "im mpim private public",
        lambda value: taken(actions({"type": "conversations_select", "filter": {"include": [value]}})),
    ),
    "broadcast": ("here channel everyone", lambda value: inline(type="broadcast", range=value)),
    "tag": (
        "gray brown purple indigo blue green yellow orange red",
        lambda value: inline(type="tag", text="a", color=value),
    ),
    "citation": (
        "file external web message memory",
        lambda value: inline(
            type="citation", url="https://example.com", text="a", index=0, details={"citation_type": value}
        ),
    ),
    "list style": (
        "bullet ordered",
        lambda value: taken(
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_list", "style": value, "elements": rich_text()["elements"]}],
            }
        ),
    ),
    "attachment mrkdwn_in": ("pretext text fields", lambda value: check_attachments([{"mrkdwn_in": [value]}]) == []),
}


@pytest.mark.parametrize(("values", "fits"), CHOICES.values(), ids=CHOICES.keys())
def test_only_the_listed_values_are_taken(values: str, fits: Try) -> None:
    assert [value for value in values.split() if not fits(value)] == []
    assert not fits("somethingelse")
    assert not fits("")
    assert not fits(values.split(maxsplit=1)[0].upper())


FILE = {"type": "image", "alt_text": "a"}
SOURCE = {"type": "url", "text": "a"}
WORKFLOW = {"type": "workflow_button", "text": plain()}

WEB: dict[str, Try] = {
    "image_url": lambda url: taken(image(image_url=url)),
    "slack_file": lambda url: taken({**FILE, "slack_file": {"url": url}}),
    "thumbnail_url": lambda url: taken(video(thumbnail_url=url)),
    "provider_icon_url": lambda url: taken(video(provider_icon_url=url)),
    "source": lambda url: taken(task(sources=[{**SOURCE, "url": url}])),
    "workflow": lambda url: taken(actions({**WORKFLOW, "workflow": {"trigger": {"url": url}}})),
}
SECURE: dict[str, Try] = {
    "video_url": lambda url: taken(video(video_url=url)),
    "title_url": lambda url: taken(video(title_url=url)),
    "icon_url": lambda url: provider(icon_url=url),
    "auth_url": lambda url: provider(auth_url=url),
    "disconnect_url": lambda url: provider(disconnect_url=url),
}


@pytest.mark.parametrize("fits", WEB.values(), ids=WEB.keys())
def test_what_slack_fetches_or_opens_is_on_the_web(fits: Try) -> None:
    assert fits("https://example.com/a")
    assert fits("http://example.com")
    assert not fits("ftp://example.com/a")
    assert not fits("data:image/png;base64,AAAA")


@pytest.mark.parametrize("fits", SECURE.values(), ids=SECURE.keys())
def test_what_slack_embeds_comes_over_https(fits: Try) -> None:
    assert fits("https://example.com/a")
    assert fits("HTTPS://example.com/a")
    assert not fits("http://example.com/a")
