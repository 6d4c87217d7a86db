"""Who may do what to an ask, and when, row by row: the tables, written down a second time by hand."""

import pytest

from store.rules.lifecycle import MOVES, WHO_MAY, Move, Role, Stage, may, stages_for

OPEN, ACKNOWLEDGED, DELIVERED, CLOSED = Stage
OWNER, OWNERS_LEAD, ASKER, ASKERS_LEAD, RECEIVER, OFFERER, BYSTANDER, BATON = Role
ANYBODY = {*Role} - {BATON}
WORKING = {OPEN, ACKNOWLEDGED}

ROWS: list[tuple[Move, set[Role], set[Stage]]] = [
    (Move.FILE, ANYBODY, set()),
    (Move.ACKNOWLEDGE, {OWNER}, {OPEN}),
    (Move.FEED, ANYBODY, {OPEN, ACKNOWLEDGED, DELIVERED}),
    (Move.PROPOSE_CHANGE, {OWNER}, {ACKNOWLEDGED}),
    (Move.AGREE, {ASKER, ASKERS_LEAD}, {ACKNOWLEDGED}),
    (Move.DISAGREE, {ASKER, ASKERS_LEAD}, {ACKNOWLEDGED}),
    (Move.SNOOZE, {OWNER}, WORKING),
    (Move.DELIVER, {OWNER}, {ACKNOWLEDGED}),
    (Move.ACCEPT, {ASKER, ASKERS_LEAD}, {DELIVERED}),
    (Move.NOT_QUITE, {ASKER, ASKERS_LEAD}, {DELIVERED}),
    (Move.PUT_DOWN, {OWNER, OWNERS_LEAD}, WORKING),
    (Move.WITHDRAW, {ASKER, ASKERS_LEAD}, {OPEN, ACKNOWLEDGED, DELIVERED}),
    (Move.REOPEN, {ASKER, ASKERS_LEAD}, {CLOSED}),
    (Move.LAPSE, {BATON}, {DELIVERED}),
    (Move.OFFER, {OWNER, OWNERS_LEAD}, WORKING),
    (Move.TAKE, {RECEIVER}, WORKING),
    (Move.REFUSE, {RECEIVER}, WORKING),
    (Move.RECALL, {OFFERER, OWNER}, WORKING),
    (Move.EXPIRE, {BATON}, WORKING),
    (Move.REASSIGN, {BATON}, {OPEN, ACKNOWLEDGED, DELIVERED}),
    (Move.OVERSEE, {OWNERS_LEAD}, WORKING),
    (Move.QUESTION, {OWNER}, WORKING),
    (Move.ANSWER, {ASKER, ASKERS_LEAD}, WORKING),
    (Move.TAKE_BACK, {OWNER}, WORKING),
    (Move.SEEK_ADVICE, {OWNER}, WORKING),
    (Move.ADVISE, ANYBODY, WORKING),
    (Move.OBJECT, {ASKER, ASKERS_LEAD}, {CLOSED}),
    (Move.OVERRULE, {OWNERS_LEAD}, {CLOSED}),
    (Move.UPHOLD, {OWNERS_LEAD}, {CLOSED}),
    (Move.BLOCK, {OWNER}, WORKING),
    (Move.UNBLOCK, {OWNER}, {OPEN, ACKNOWLEDGED, DELIVERED}),
    (Move.JOIN, {BATON}, {OPEN, ACKNOWLEDGED, DELIVERED}),
    (Move.PART, {BATON}, {OPEN, ACKNOWLEDGED, DELIVERED}),
    (Move.FOLLOW, {BATON}, {OPEN, ACKNOWLEDGED, DELIVERED}),
    (Move.HURRY, {ASKER, ASKERS_LEAD}, WORKING),
]


@pytest.mark.parametrize(("move", "who", "when"), ROWS)
def test_each_row(move: Move, who: set[Role], when: set[Stage]) -> None:
    assert {role for role in Role if may({role}, move)} == who
    assert stages_for(move) == when


def test_every_move_has_a_row() -> None:
    assert sorted(move for move, *_ in ROWS) == sorted(Move)
    assert set(WHO_MAY) == set(Move)
    assert {move for _, move in MOVES} | {Move.FILE} == set(Move)


def test_nobody_may_without_a_role() -> None:
    assert not any(may(set(), move) for move in Move)
