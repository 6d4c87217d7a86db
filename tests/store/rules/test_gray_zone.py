"""When is an ask nobody's? Once at least two departments, and all that were asked, have said "not ours"."""

from hypothesis import given
from hypothesis import strategies as st

from store.rules.gray_zone import Offered, is_nobodys, stays_until_placed
from store.rules.lifecycle import Move

A, B, C = 1, 2, 3


def test_two_departments_have_said_not_ours() -> None:
    assert is_nobodys([Offered(A, True), Offered(B, True)])
    assert is_nobodys([Offered(A, True), Offered(B, True), Offered(C, True)])


def test_one_department_is_not_enough_however_often_it_says_so() -> None:
    assert not is_nobodys([])
    assert not is_nobodys([Offered(A, True), Offered(A, True)])


def test_whoever_is_silent_or_busy_may_be_the_right_one() -> None:
    assert not is_nobodys([Offered(A, True), Offered(C, False), Offered(B, True)])


def test_the_newest_answer_of_a_department_counts() -> None:
    assert is_nobodys([Offered(A, False), Offered(B, True), Offered(A, True)])
    assert not is_nobodys([Offered(A, True), Offered(B, True), Offered(A, False)])


def test_what_was_taken_back_counts_for_nothing() -> None:
    assert is_nobodys([Offered(A, True), Offered(C, False, let_go=True), Offered(B, True)])
    assert not is_nobodys([Offered(A, True), Offered(B, True, let_go=True)])


@given(st.lists(st.builds(Offered, st.integers(1, 4), st.booleans(), st.booleans())))
def test_nobody_is_passed_over(offers: list[Offered]) -> None:
    newest = {one.department_id: one for one in offers if not one.let_go}
    if is_nobodys(offers):
        assert len(newest) >= 2
        assert all(one.not_ours for one in newest.values())


def test_the_desk_does_nothing_but_place() -> None:
    refused = {move for move in Move if stays_until_placed(move)}
    assert refused == {Move.ACKNOWLEDGE, Move.DELIVER, Move.PROPOSE_CHANGE}
