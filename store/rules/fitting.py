"""Which of a department's services fit the words that somebody typed? By name or synonym, in English and Chinese.

A name that stands in the text as it is fits best. Else all its words have to be there, in any order and form
("repairing devices" fits "Repair a device"). A name inside a longer one that fits as well does not count.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_LONGEST_TEXT = 12_000
_CHINESE = r"\u3400-\u9fff\uf900-\ufaff"
_PIECE = re.compile(rf"[{_CHINESE}]+|[^\W_{_CHINESE}]+", re.UNICODE)
_SMALL = frozenset(
    ("a", "an", "the", "of", "for", "to", "in", "on", "at", "and", "or", "my", "our", "your", "with", "from", "by")
)
_ENDINGS = ("ings", "ing", "ies", "es", "ed", "er", "s", "y", "e")
_LEAST_STEM = 3


def fitting(text: str, offered: Iterable[tuple[int, Sequence[str]]]) -> tuple[int, ...]:
    """The ids of those of `offered` (id, names) that fit `text`, in their order; one alone is clear."""
    folded = folded_text(text[:_LONGEST_TEXT])
    words = frozenset(_stem(one) for one in _PIECE.findall(folded))
    whole: dict[int, set[tuple[int, int]]] = {}
    parts: dict[int, frozenset[str]] = {}
    for one, names in offered:
        for name in names:
            spoken = folded_text(name).strip()
            if len(spoken) > 1 and (places := _places(folded, spoken)):
                whole.setdefault(one, set()).update(places)
            elif (needed := _needed(name)) and _has(words, folded, needed):
                parts[one] = max(parts.get(one, frozenset()), needed, key=len)
    if whole:
        return tuple(one for one in whole if not _inside(whole[one], (whole[other] for other in whole if other != one)))
    return tuple(one for one in parts if not any(parts[one] < parts[other] for other in parts))


def folded_text(text: str) -> str:
    """A text as it is compared: case and width do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def _inside(mine: set[tuple[int, int]], others: Iterable[set[tuple[int, int]]]) -> bool:
    """Whether every place where a name stands lies within a longer name of another service."""
    longer = [place for places in others for place in places]
    return all(
        any(start <= begin and end <= stop and stop - start > end - begin for start, stop in longer)
        for begin, end in mine
    )


def _places(text: str, name: str) -> list[tuple[int, int]]:
    """Where `name` stands in `text` as whole words."""
    found = []
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not _joined(text, start) and not _joined(text, end):
            found.append((start, end))
        start = text.find(name, start + 1)
    return found


def _joined(text: str, at: int) -> bool:
    """Whether the letters before and at a place belong to one word; between Chinese letters there is no telling."""
    if not 0 < at < len(text):
        return False
    return all((letter.isalnum() or letter in "_-") and not _is_chinese(letter) for letter in text[at - 1 : at + 1])


def _is_chinese(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff"


@lru_cache(maxsize=8192)
def _needed(name: str) -> frozenset[str]:
    """The words of a name that have to be in the text; Chinese in pairs. A single word fits as it stands only."""
    pieces = _PIECE.findall(folded_text(name))
    needed: set[str] = set()
    for piece in pieces:
        if _is_chinese(piece[0]):
            in_pairs = len(piece) >= 4 and len(piece) % 2 == 0
            needed |= {piece[at : at + 2] for at in range(0, len(piece), 2)} if in_pairs else {piece}
        elif piece not in _SMALL:
            needed.add(_stem(piece))
    return frozenset(needed if len(needed) > 1 else ())


def _has(words: frozenset[str], folded: str, needed: frozenset[str]) -> bool:
    """Whether all that a name needs is in the text: words by their stems, Chinese as it stands."""
    return all(one in folded if _is_chinese(one[0]) else one in words for one in needed)


def _stem(word: str) -> str:
    """A word without what English puts at its end; numbers and short words stay as they are."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM and word.isalpha():
            return word[: -len(ending)]
    return word
