"""How an entry of a lexicon is written: a pattern of bounded length, and what it means."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Self

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


Group = tuple[re.Pattern[str], tuple[Entry, ...]]
_GROUPED = 16


@dataclass(frozen=True)
class Lexicon:
    """Entries, and a few patterns that say of most places at once that none of them stands there.

    `anywhere` is for the entries that may stand anywhere, `behind_a_time` for those that only stand behind a time.
    `groups` are the entries in their order, a few at a time, each with a pattern that says whether to try them singly.
    """

    entries: tuple[Entry, ...]
    anywhere: tuple[re.Pattern[str], ...]
    behind_a_time: tuple[re.Pattern[str], ...]
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        known = tuple(entries)
        return cls(
            known,
            (_any_of(entry.pattern for entry in known if not entry.behind_a_time),),
            (_any_of(entry.pattern for entry in known if entry.behind_a_time),),
            tuple(_group(known[start : start + _GROUPED]) for start in range(0, len(known), _GROUPED)),
        )

    def with_more(self, entries: Iterable[Entry]) -> Self:
        """This lexicon and some more entries; what was compiled stays compiled."""
        more = type(self).of(entries)
        return type(self)(
            self.entries + more.entries,
            self.anywhere + more.anywhere,
            self.behind_a_time + more.behind_a_time,
            self.groups + more.groups,
        )

    def may_begin(self, text: str, at: int, *, behind_a_time: bool) -> bool:
        """Whether some entry can match at `at`."""
        patterns = self.anywhere + self.behind_a_time if behind_a_time else self.anywhere
        return any(pattern.match(text, at) for pattern in patterns)

    def beginning(self, text: str, at: int) -> Iterator[Entry]:
        """The entries that may match at `at`, in their order."""
        for pattern, entries in self.groups:
            if pattern.match(text, at):
                yield from entries


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


def _group(entries: tuple[Entry, ...]) -> Group:
    return _any_of(entry.pattern for entry in entries), entries


def _any_of(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """One pattern that matches where any of `patterns` does; each keeps its named groups under names of its own."""
    alternatives = [re.sub(r"\(\?P(<|=)", rf"(?P\g<1>n{number}_", each.pattern) for number, each in enumerate(patterns)]
    return re.compile("|".join(f"(?:{each})" for each in alternatives) or r"(?!)", re.ASCII)
