"""Whose is an ask? Nobody's, once everybody it was offered to has said "not ours". What may be done with it then."""

from collections.abc import Iterable
from dataclasses import dataclass

from store.rules.lifecycle import Move

NOT_AT_THE_DESK = frozenset({Move.ACKNOWLEDGE, Move.DELIVER, Move.PROPOSE_CHANGE})
ENOUGH = 2  # departments that have said "not ours", beside the one that hands it on


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer to another department, and what became of it. `not_ours`: refused as the wrong department.

    `let_go`: it was neither taken nor refused but let go: recalled, or overtaken by another move.
    """

    department_id: int
    not_ours: bool
    let_go: bool = False


def stays_until_placed(move: Move) -> bool:
    """Whether a move would treat what lies at the desk as the desk's own work: it leaves only by being placed."""
    return move in NOT_AT_THE_DESK


def is_nobodys(offers: Iterable[Offered]) -> bool:
    """Whether an ask is nobody's: the department that has it hands it on, and each that was asked says "not ours".

    `offers`: those to other departments since the present one got the ask, oldest first. The newest answer of each
    department counts; an offer that was taken back before anybody answered counts for nothing. Whoever is silent, or
    refuses for another reason (no time, wrong skill), may well be the right one: then it is not nobody's.
    """
    answers = {one.department_id: one.not_ours for one in offers if not one.let_go}
    return len(answers) >= ENOUGH and all(answers.values())
