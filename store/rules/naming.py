"""What may a department be called? Its names, which people type after @, and its key, by which the file knows it."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Literal

LONGEST = 60  # characters of a name: it stands on buttons and in menus
MOST = 20  # names of one department
KEY = re.compile(r"[\w-]{1,40}")

BadNameReason = Literal["none", "too_long", "too_many", "bad_key", "reserved", "bad_letters"]
# What Slack or Baton reads as something else: nobody could ask a department of that name.
RESERVED = frozenset({"everyone", "channel", "here", "help", "new", "帮助", "使用帮助", "新建"})
_NO_NAME = re.compile(r"[<>@＠`|\x00-\x1f]")


class BadName(ValueError):
    """A name that cannot be used. `what`: the text at fault, shortened."""

    def __init__(self, reason: BadNameReason, what: str = "") -> None:
        super().__init__(f"{reason}: {what}")
        self.reason: BadNameReason = reason
        self.what = what[:80]


def names_of(written: Iterable[str]) -> tuple[str, ...]:
    """Names as people write them, each once, the first as it is shown; a leading @ is no part of one. Raises BadName.

    Lines part them.
    """
    pieces = (piece for text in written for piece in text.splitlines())
    cleaned = (" ".join(piece.split()).lstrip("@＠").strip() for piece in pieces)
    found: dict[str, str] = {}
    for name in cleaned:
        if name:
            found.setdefault(plain(name), name)
    if not found:
        raise BadName("none")
    if too_long := next((name for name in found.values() if len(name) > LONGEST), None):
        raise BadName("too_long", too_long)
    if reserved := next((name for key, name in found.items() if key in RESERVED), None):
        raise BadName("reserved", reserved)
    if odd := next((name for name in found.values() if _NO_NAME.search(name)), None):
        raise BadName("bad_letters", odd)
    if len(found) > MOST:
        raise BadName("too_many")
    return tuple(found.values())


def key_of(written: str) -> str:
    """A key: one short word of letters, digits, - and _. Raises BadName."""
    key = written.strip()
    if not KEY.fullmatch(key):
        raise BadName("bad_key", key)
    return key


def key_for(name: str, taken: Collection[str]) -> str:
    """A key made of a name: "Ward 3" → "ward-3"; with a number where that one is taken."""
    letters = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFKC", name).casefold()).strip("-_")[:36] or "department"
    used = {plain(one) for one in taken}
    return next(key for key in _numbered(letters) if plain(key) not in used)


def plain(name: str) -> str:
    """A name as it is compared when somebody types it: case, a leading @ and full-width letters do not matter."""
    return unicodedata.normalize("NFKC", name).strip().lstrip("@").strip().casefold()


def _numbered(letters: str) -> Iterable[str]:
    yield letters
    yield from (f"{letters}-{number}" for number in range(2, 10_000))
