"""What a reader reads in messages and views."""

from typing import Any

import pytest

from sandbox.reading import read_blocks
from sandbox.workspace import Workspace
from tests.sandbox.conftest import TEAM

WORKSPACE = Workspace.from_yaml(TEAM)
ANN = WORKSPACE.someone("ann")


def mrkdwn(text: str) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"<@{ANN.id}> and <@{ANN.id}|ann>", "@Ann Lee and @Ann Lee"),
        (f"<#{WORKSPACE.place('#ward').id}>", "#ward"),
        (f"<!subteam^{next(iter(WORKSPACE.usergroups))}>", "@finance"),
        ("<!here> <!channel>", "@here @channel"),
        ("<https://a.example|a link> <https://b.example>", "a link https://b.example"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<!date^1778500800^{date_short_pretty} {time}|soon>", "May 11, 2026 20:00"),
        ("<@UNOBODY00>", "@UNOBODY00"),
    ],
)
def test_tokens_are_read_as_slack_shows_them(text: str, read: str) -> None:
    assert read_blocks(WORKSPACE, mrkdwn(text), ANN) == read


def test_without_a_reader_a_date_is_its_fallback() -> None:
    assert read_blocks(WORKSPACE, mrkdwn("<!date^1778500800^{time}|noon>")) == "noon"


def test_every_kind_of_block_is_read() -> None:
    plain = {"type": "plain_text", "text": "plain"}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain},
        {"type": "divider"},
        {"type": "section", "fields": [plain, {"type": "mrkdwn", "text": "field"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "context"}]},
        {"type": "image", "image_url": "x", "alt_text": "picture", "title": {"type": "plain_text", "text": "titled"}},
        {"type": "input", "label": plain, "element": {"type": "plain_text_input"}, "hint": {"text": "hint"}},
        {"type": "markdown", "text": "**marked**"},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "text", "text": "rich "}, {"type": "user", "user_id": ANN.id}],
                }
            ],
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]]},
    ]
    assert read_blocks(WORKSPACE, blocks, ANN).split("\n") == [
        "plain",
        "plain",
        "field",
        "context",
        "titled",
        "[picture]",
        "plain",
        "hint",
        "**marked**",
        "rich @Ann Lee",
        "a | b",
    ]
