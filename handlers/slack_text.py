"""Text of Slack's, read: `<@U…|pia>` is @pia, `&lt;` is <. What people typed comes out as they would read it."""

import html
import re
import unicodedata
from collections.abc import Callable

_TOKEN = re.compile(r"<([@#!]|https?:|mailto:)([^<>|\s]{1,3000})(?:\|([^<>]{0,3000}))?>")


def unescaped(text: str) -> str:
    """Text of Slack's with `&amp; &lt; &gt;` as the characters that were typed; tokens stay."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def says_something(text: str) -> bool:
    """Whether a text has anything to be seen: not only spaces, control characters and marks of direction."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)


def mentioned(text: str) -> frozenset[str]:
    """The ids of the people whom a text of Slack's mentions."""
    return frozenset(target for mark, target, _ in _TOKEN.findall(text) if mark == "@")


def readable(text: str, handle_of: Callable[[str], str | None] = lambda _: None) -> str:
    """Slack's tokens as a person reads them: @handle, #channel, a link's label and address. Nothing mentions anymore.

    `handle_of` tells the handle of a person's id where the token does not.
    """

    def read(token: re.Match[str]) -> str:
        mark, target, label = token[1], token[2], html.unescape(token[3] or "")
        if mark == "@":
            return "@" + (label.lstrip("@") or handle_of(target) or target)
        if mark == "#":
            return "#" + (label or target)
        if mark == "!":
            return label or "@" + target.split("^")[0]
        address = target if mark == "mailto:" else mark + target
        return address if label in ("", address) or address.endswith("://" + label) else f"{label} ({address})"

    return _TOKEN.sub(read, text)
