"""Which pieces of a due phrase does a line contain? From left to right, the longest entry of the lexicons each time."""

import re
from dataclasses import dataclass

from .lexicon import Lexicon, Meanings

# A minus is one only before a number of days and the like: 付款-3天内 is asked back, not overlooked.
_WORD_OR_SIGN = re.compile(r"[a-z0-9']|[\u4e00-\u9fff]|-(?=\d{1,3} ?个?[\u4e00-\u9fff])", re.ASCII)
_WHOLE_WORD = re.compile(r"[a-z0-9_']+|[^a-z0-9]", re.ASCII)
# Behind one of these a word belongs to a name, a file, a price or a number.
_NO_BEGINNING = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_#@/\\$€£¥&+=.-:'")
_JOINS = frozenset("-/~&@.,")


@dataclass(frozen=True)
class Piece:
    """What stands from `start` up to `end`, and what it means."""

    start: int
    end: int
    means: Meanings


def pieces_of(text: str, lexicon: Lexicon) -> list[Piece]:
    """The pieces of a folded text, in order, apart from each other."""
    pieces: list[Piece] = []
    at = 0
    while (found := _WORD_OR_SIGN.search(text, at)) is not None:
        at = found.start()
        piece = _piece_at(text, at, lexicon, pieces[-1] if pieces else None)
        if piece is not None:
            pieces.append(piece)
            at = piece.end
        else:
            word = _WHOLE_WORD.match(text, at)
            at = word.end() if word is not None else at + 1
    return pieces


def _piece_at(text: str, at: int, lexicon: Lexicon, before: Piece | None) -> Piece | None:
    directly_behind = (
        before is not None and not text[before.end : min(at, before.end + 4)].strip(" )") and at - before.end <= 3
    )
    if text[at].isascii() and at > 0 and text[at - 1] in _NO_BEGINNING:
        joined = before is not None and text[at - 1] in _JOINS and before.end >= at - 2
        if not joined and not (text[at - 1] in ":@" and (at < 2 or text[at - 2] != ":")):
            return None
    if not lexicon.may_begin(text, at, behind_a_time=directly_behind):
        return None
    best: Piece | None = None
    for entry in lexicon.beginning(text, at):
        if entry.behind_a_time and not directly_behind:
            continue
        said = entry.pattern.match(text, at)
        if said is None or said.end() <= (best.end if best is not None else at):
            continue
        means = entry.means(said)
        if means is not None:
            best = Piece(at, said.end(), means)
    return best
