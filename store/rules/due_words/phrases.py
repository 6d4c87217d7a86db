"""Which neighbouring pieces make one due phrase, and where does it begin and end?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .meanings import (
    DAYS,
    Asap,
    CalendarDate,
    Clock,
    DayOfMonth,
    Deadline,
    Elapsed,
    Later,
    Meaning,
    NotATime,
    Number,
    Until,
    Vague,
    WorkingLater,
)
from .scan import Piece

MOST_GAP = 16
# "Needed, due by": more than that in a row is no language, and looking on for ever would cost time.
MOST_CONNECTIVES = 3
MOST_PIECES = 12
_LINK = re.compile(
    r"[ ,(，（]{0,4}(?:(?:at|@|on|of|in|around|about|the|by the|from|between) ?){0,3}[ ]{0,2}"
    r"|[ )）]{1,2},? ?|[ ,，(（)）]{0,3}(?:的|于|在|是)?[ (（]{0,2}",
    re.ASCII,
)
_BEHIND_CONNECTIVE = re.compile(r"[ :：]{0,3}(?:(?:is|on|at|the|around|about|my|our|your|this) ){0,2} ?", re.ASCII)
_RANGE = re.compile(
    r" {0,2}(?:-{1,2}|~|/|\bto\b|,? ?\bor\b(?: else)?|,? ?\band\b|&|\btill\b|\buntil\b|\bthrough\b|、|到|至|"
    r"或者?|还是|和)"
    r" {0,2}(?:(?:on|at|the|on the) )?",
    re.ASCII,
)
_EITHER = re.compile(r"or|and|&|/|、|或|还是|和")
_POSSESSIVE = re.compile(r"'s(?![a-z])")
_RANGE_LINK = re.compile(r"from|between")
_HOUR_LINK = re.compile(r"at|@|around|about")
_AT = re.compile(r"(?:(?<![a-z0-9])(?:at|around|about) {1,3}|@ ?)$")
_LEAD = re.compile(
    r"(?:(?<![a-z0-9])(?:(?:on|at|in|around|about|from|between|for) {1,3}(?:the {1,2})?|@ ?)|(?:于|在|到|从) ?)$",
    re.ASCII,
)
_LONGEST_LEAD = 14


@dataclass
class Phrase:
    """`sides`: one, or the two or more ends of a range. `either`: they are joined by "or", not by "to".

    `deadline`: a word says that this is a due time; `exclusive` if that was "before" or 前, `inside` if it was 内.
    `core`: where the time itself begins. `lead`: the small word before it (on, at, for, 于).
    """

    start: int
    end: int
    core: int
    sides: list[list[Meaning]] = field(default_factory=lambda: [[]])
    either: bool = False
    deadline: bool = False
    exclusive: bool = False
    inside: bool = False
    lead: str = ""

    @property
    def means(self) -> list[Meaning]:
        return [meaning for side in self.sides for meaning in side]

    @property
    def is_asap(self) -> bool:
        return any(isinstance(meaning, Asap) for meaning in self.means)

    def connect(self, piece: Piece) -> None:
        """Takes in what a connecting word says."""
        for meaning in piece.means:
            if isinstance(meaning, (Deadline, Until)):
                self.deadline = True
                self.exclusive = self.exclusive or meaning.exclusive
                self.inside = self.inside or (isinstance(meaning, Until) and not meaning.exclusive)
            elif isinstance(meaning, Vague) and _is_connective(piece):
                self.sides[-1].append(meaning)

    def take(self, piece: Piece) -> None:
        """Takes in a piece of the time itself."""
        self.connect(piece)
        self.sides[-1].extend(one for one in piece.means if not isinstance(one, (Deadline, Until)))
        self.end = piece.end


def phrases_of(text: str, pieces: Sequence[Piece]) -> list[Phrase]:
    """The phrases of a folded text, in order. A connecting word without a time behind it is none."""
    phrases: list[Phrase] = []
    at = 0
    while at < len(pieces):
        phrase, at = _phrase_from(text, pieces, at)
        if phrase is not None:
            phrases.append(phrase)
    return phrases


def _phrase_from(text: str, pieces: Sequence[Piece], at: int) -> tuple[Phrase | None, int]:
    begin = at
    phrase = Phrase(pieces[at].start, pieces[at].end, pieces[at].start)
    while _is_connective(pieces[at]):
        phrase.connect(pieces[at])
        if at + 1 == len(pieces) or not _joins(_BEHIND_CONNECTIVE, text, pieces[at], pieces[at + 1]):
            return None, begin + 1
        at += 1
        if at - begin > MOST_CONNECTIVES:
            return None, begin + 1
    if _is_until(pieces[at]) or not pieces[at].means:
        return None, at + 1
    phrase.core = pieces[at].start
    phrase.take(pieces[at])
    at += 1
    while at < len(pieces) and at - begin < MOST_PIECES and not _is_closed(pieces[at - 1]):
        taken = _taken(text, pieces, at, phrase)
        if taken == 0:
            break
        at += taken
    while (
        at < len(pieces)
        and at - begin < MOST_PIECES
        and _is_until(pieces[at])
        and _joins(_LINK, text, pieces[at - 1], pieces[at])
    ):
        phrase.connect(pieces[at])
        phrase.end = pieces[at].end
        at += 1
    if text.count("(", phrase.start, phrase.end) > text.count(")", phrase.start, phrase.end):
        phrase.end += text.startswith(")", phrase.end)
    _take_the_lead(text, phrase)
    if _begins_with_a_number_of_something(phrase):
        return None, begin + 1
    return phrase, at


def _taken(text: str, pieces: Sequence[Piece], at: int, phrase: Phrase) -> int:
    """How many pieces from `at` belong to the phrase too: none, one, or two with a connecting word."""
    before, piece = pieces[at - 1], pieces[at]
    if _is_until(piece) or not piece.means or phrase.is_asap:
        return 0
    ranged = _joins(_RANGE, text, before, piece)
    if not ranged and not _joins(_LINK, text, before, piece):
        return 0
    count = 1
    if _is_connective(piece):
        if at + 1 == len(pieces) or not _joins(_BEHIND_CONNECTIVE, text, piece, pieces[at + 1]):
            return 0
        if _is_a_number_of_something(text, phrase):
            return 0
        connective, piece, count = piece, pieces[at + 1], 2
        if (
            _is_connective(piece)
            or not piece.means
            or (not ranged and not _roles(phrase.sides[-1]).isdisjoint(_roles(piece.means)))
        ):
            return 0
        phrase.connect(connective)
    if any(isinstance(one, Asap) for one in piece.means):
        return 0
    if ranged and "span" in _roles(phrase.sides[-1]) and any(isinstance(one, Number) for one in piece.means):
        return 0
    if ranged:
        phrase.either = _EITHER.search(text[before.end : pieces[at].start]) is not None
        phrase.sides.append([])
    elif count == 1 and not _adds(text, pieces, at, phrase):
        return 0
    phrase.take(piece)
    return count


def _is_a_number_of_something(text: str, phrase: Phrase) -> bool:
    """Analyser 3 by Friday: the 3 is no hour. "At 3 by Friday" it is one."""
    if phrase.deadline or not all(isinstance(one, Number) for one in phrase.means):
        return False
    return _AT.search(text[max(0, phrase.core - _LONGEST_LEAD) : phrase.core]) is None


def _adds(text: str, pieces: Sequence[Piece], at: int, phrase: Phrase) -> bool:
    """Whether the piece says more about the same time: two days may (Friday, May 14), two clock times may not."""
    before, piece = pieces[at - 1], pieces[at]
    if _POSSESSIVE.match(text, piece.end):
        return False
    if any(isinstance(one, Number) for one in piece.means):
        gap = text[before.end : piece.start]
        right = (Clock, Number) if _RANGE_LINK.search(gap) else (Clock,)
        if not _HOUR_LINK.search(gap) and not _begins_a_range_of_hours(text, pieces, at, right):
            return False
    return _roles(phrase.sides[-1]).isdisjoint(_roles(piece.means) - {"day"})


def _begins_a_range_of_hours(text: str, pieces: Sequence[Piece], at: int, right: tuple[type, ...]) -> bool:
    if at + 1 == len(pieces) or not any(isinstance(one, right) for one in pieces[at + 1].means):
        return False
    return _joins(_RANGE, text, pieces[at], pieces[at + 1])


def _joins(pattern: re.Pattern[str], text: str, before: Piece, after: Piece) -> bool:
    return after.start - before.end <= MOST_GAP and pattern.fullmatch(text, before.end, after.start) is not None


def _is_connective(piece: Piece) -> bool:
    named = any(isinstance(meaning, Deadline) for meaning in piece.means)
    return named and all(isinstance(meaning, (Deadline, Vague)) for meaning in piece.means)


def _is_until(piece: Piece) -> bool:
    return bool(piece.means) and all(isinstance(meaning, Until) for meaning in piece.means)


def _is_closed(piece: Piece) -> bool:
    return any(isinstance(meaning, (Until, Asap)) for meaning in piece.means)


def _roles(means: Sequence[Meaning]) -> set[str]:
    roles: set[str] = set()
    for one in means:
        if isinstance(one, (Clock, Number, NotATime)):
            roles.add("clock")
        elif isinstance(one, Elapsed):
            roles |= {"span", "day", "clock"}
        elif isinstance(one, (WorkingLater, Later)):
            roles |= {"span", "day"}
        elif isinstance(one, DAYS):
            roles.add("day")
    return roles


def _begins_with_a_number_of_something(phrase: Phrase) -> bool:
    """Room 5 tomorrow, task 3 - Friday; in 2-4pm, 14-16 May, "at 5 tomorrow" and "by 5" it is no such number."""
    if phrase.deadline or phrase.lead in {"at", "@", "around", "about"} or not isinstance(phrase.sides[0][0], Number):
        return False
    if len(phrase.sides) == 1:
        return True
    alone = len(phrase.sides[0]) == 1
    return not (alone and any(isinstance(one, (Clock, CalendarDate, DayOfMonth, Number)) for one in phrase.sides[1]))


def _take_the_lead(text: str, phrase: Phrase) -> None:
    lead = _LEAD.search(text[max(0, phrase.start - _LONGEST_LEAD) : phrase.start])
    if lead is not None:
        phrase.lead = lead[0].split()[0]
        phrase.start -= len(lead[0])
