"""`/ask private @equipment salary question`: whoever calls an ask private is not to see it published.

Pure. The word alone files nothing: the form opens with "Private" ticked, and they say whether that was meant.
"""

import re

_WORD = r"(?:privately|private|confidentially|confidential|私密|保密|私下|不公开)"
_BEFORE_ADDRESS = re.compile(rf"^\s*{_WORD}\s*[:：,，\-–]?\s*(?=[@＠<])", re.IGNORECASE)
_SET_APART = re.compile(
    rf"^\s*(?:[(（\[]\s*{_WORD}\s*[)）\]]|{_WORD}\s*[:：,，])\s*"
    rf"|\s*(?:[(（\[]\s*{_WORD}\s*[)）\]]|[,，;；]\s*{_WORD})\s*[.。!！]?\s*$",
    re.IGNORECASE,
)
_FIRST = re.compile(rf"^\s*{_WORD}(?![\w-])|^\s*(?:私密|保密|私下|不公开)", re.IGNORECASE)


def before_address(line: str) -> tuple[str, bool]:
    """The line without a "private" that stands before whom it asks, and whether there was one."""
    found = _BEFORE_ADDRESS.match(line)
    return (line[found.end() :], True) if found else (line, False)


def in_text(text: str) -> tuple[str, bool]:
    """The text of an ask without a "private" that is set apart from it, and whether it is called so.

    A word that may belong to the ask ("private room 4") stays in it.
    """
    without, times = _SET_APART.subn("", text)
    return (without, True) if times else (text, _FIRST.match(text) is not None)
