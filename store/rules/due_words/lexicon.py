"""How an entry of a lexicon is written: a pattern of bounded length, and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .meanings import Meaning

Meanings = tuple[Meaning, ...]
Said = re.Match[str]


@dataclass(frozen=True)
class Entry:
    """`means` gives the meanings of a match, or None if it is none after all.

    `behind_a_time`: is only looked for directly behind another piece (前, 晚, "at the latest", "CET").
    """

    pattern: re.Pattern[str]
    means: Callable[[Said], Meanings | None]
    behind_a_time: bool = False


def english(pattern: str, means: Callable[[Said], Meanings | None] | Meaning, *, behind_a_time: bool = False) -> Entry:
    """An entry that ends where a word ends."""
    return _entry(rf"(?:{pattern})(?![a-z0-9_])", means, behind_a_time)


def beginning(pattern: str, means: Callable[[Said], Meanings | None] | Meaning) -> Entry:
    """An entry that ends where another word begins."""
    return _entry(pattern, means, behind_a_time=False)


def chinese(pattern: str, means: Callable[[Said], Meanings | None] | Meaning, *, behind_a_time: bool = False) -> Entry:
    """An entry of a language that writes no spaces between words."""
    return _entry(pattern, means, behind_a_time)


def _entry(pattern: str, means: Callable[[Said], Meanings | None] | Meaning, behind_a_time: bool) -> Entry:
    compiled = re.compile(pattern, re.ASCII)
    if callable(means):
        return Entry(compiled, means, behind_a_time)
    return Entry(compiled, lambda _: (means,), behind_a_time)
