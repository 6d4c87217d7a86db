"""Tokens and entities of Slack's come out as people read them, and what cannot be seen says nothing."""

import pytest

from handlers import slack_text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ask <@UPIA|pia> or <@UOMAR>", "ask @pia or @omar"),
        ("<@UXXX>", "@UXXX"),
        ("in <#C1|ward> and <#C2|>", "in #ward and #C2"),
        ("<!channel> <!subteam^S1|@finance> <!subteam^S2>", "@channel @finance @subteam"),
        ("<!date^17^{date}|Friday>", "Friday"),
        ("<https://x.example/a?b=1&amp;c|see &amp; read>", "see & read (https://x.example/a?b=1&amp;c)"),
        ("<https://x.example>", "https://x.example"),
        ("<http://x.example|x.example>", "http://x.example"),
        ("<mailto:a@x.example|a@x.example>", "a@x.example"),
        ("a < b > c <b> <>", "a < b > c <b> <>"),
    ],
)
def test_tokens_are_read_as_people_read_them(text: str, read: str) -> None:
    assert slack_text.readable(text, {"UOMAR": "omar"}.get) == read


def test_entities_are_undone_once() -> None:
    assert slack_text.unescaped("&amp;lt; &lt;b&gt; &amp;") == "&lt; <b> &"


def test_the_people_mentioned_are_found() -> None:
    assert slack_text.mentioned("<@U1> <@W2|x> <#C3>") == {"U1", "W2"}


@pytest.mark.parametrize("text", ["", "  \n", "\x1b", "\u202e\u2066", "\u200b\u2060", "\u3000", "\ue000"])
def test_what_cannot_be_seen_says_nothing(text: str) -> None:
    assert not slack_text.says_something(text)


@pytest.mark.parametrize("text", ["x", ".", "🦴", "垫", "\u202eשלום"])
def test_what_can_be_seen_says_something(text: str) -> None:
    assert slack_text.says_something(text)
