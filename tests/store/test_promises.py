"""The promises of asks in the ledger: how each came out, what a department's share is, what its month was."""

from datetime import UTC, datetime, timedelta

import pytest

from store import acknowledging, delivering, ending, questions
from store.queries import asks, board, month, promises, rushes, standup
from store.rules import months
from store.rules.kept import Because, Kept
from store.rules.rush import Cause
from store.snapshots import Ask
from tests.store.world import ANN, MONDAY_9, PIA, WEI, World


def acknowledged(world: World, **wish: object) -> Ask:
    ask = world.file(person_id=PIA, **wish)
    return world.act(PIA, acknowledging.acknowledge, ask.number)


def moved(world: World, ask: Ask, due: datetime) -> Ask:
    offered = world.act(PIA, acknowledging.offer_change, ask.number, None, due, "The part is late")
    assert offered.change is not None
    return world.act(ANN, acknowledging.agree, ask.number, offered.change.id)


def delivered(world: World, ask: Ask) -> Ask:
    return world.act(PIA, delivering.deliver, ask.number, "Done")


def told(world: World, ask: Ask) -> list[tuple[datetime, Because]]:
    return [(one.due, one.because) for one in world.look(promises.of_ask, ask).promises]


def test_in_time_is_kept(world: World) -> None:
    ask = delivered(world, acknowledged(world))
    assert (ask.kept, ask.late_by) == (Kept.KEPT, timedelta(0))
    assert told(world, ask) == [(ask.due, Because.FILED)]


def test_late_is_told_in_working_time(world: World) -> None:
    ask = acknowledged(world)  # Monday at nine, so by Wednesday at nine
    world.forward(days=2, hours=5)  # two working hours are a lunch break less
    ask = delivered(world, ask)
    assert (ask.kept, ask.late_by) == (Kept.LATE, timedelta(hours=3, minutes=30))


def test_moved_in_time_is_kept_and_after_it_was_due_it_is_late(world: World) -> None:
    first, second = acknowledged(world), acknowledged(world)
    later = world.now + timedelta(days=4)
    moved(world, first, later)
    world.forward(days=2, hours=1)
    moved(world, second, later)
    world.forward(days=1)
    assert delivered(world, first).kept is Kept.MOVED
    ask = delivered(world, second)
    assert (ask.kept, ask.late_by) == (Kept.LATE, timedelta(hours=8, minutes=30))
    assert told(world, ask) == [(ask.filed_at + timedelta(days=2), Because.FILED), (later, Because.AGREED)]


def test_an_earlier_promise_stands_in_the_ledger(world: World) -> None:
    ask = acknowledged(world)
    sooner = world.now + timedelta(days=1)
    ask = world.act(PIA, acknowledging.offer_change, ask.number, None, sooner, None)
    assert told(world, ask)[-1] == (sooner, Because.SOONER)


def test_waiting_for_a_verdict_makes_nothing_late(world: World) -> None:
    ask = acknowledged(world)
    world.forward(days=1, hours=8)
    delivered(world, ask)
    world.forward(days=2)  # far beyond the promise
    ask = world.act(ANN, delivering.not_quite, ask.number, "It still leaks")
    assert told(world, ask)[-1] == (ask.due, Because.HELD)
    world.forward(minutes=30)
    assert delivered(world, ask).kept is Kept.KEPT
    world.act(ANN, delivering.accept, ask.number)
    world.forward(days=1)
    ask = world.act(ANN, ending.reopen, ask.number, "It leaks again")
    assert told(world, ask)[-1] == (ask.due, Because.REOPENED)
    world.forward(days=3)
    assert delivered(world, ask).kept is Kept.LATE


def test_what_ends_undelivered_counts_once_it_was_due(world: World) -> None:
    early, late, gone = (acknowledged(world) for _ in range(3))
    assert world.act(PIA, ending.put_down, early.number, "No parts").kept is None
    world.forward(days=2, hours=1)
    assert world.act(PIA, ending.put_down, late.number, "No parts").kept is Kept.LATE
    assert world.act(ANN, ending.withdraw, gone.number, None).kept is Kept.LATE


def test_a_withdrawn_delivery_came_out_as_it_was_delivered(world: World) -> None:
    ask = delivered(world, acknowledged(world))
    world.forward(days=9)
    assert world.act(ANN, ending.withdraw, ask.number, None).kept is Kept.KEPT


def test_a_departments_share_counts_what_closed(world: World) -> None:
    began = world.now
    for wait in (0, 0, 50):
        ask = acknowledged(world)
        world.forward(hours=wait)
        delivered(world, ask)
        world.act(ANN, delivering.accept, ask.number)
    delivered(world, acknowledged(world))  # no verdict yet
    share = world.look(promises.kept_share, world.department().id, began)
    assert (share.kept, share.moved, share.late, share.late_by) == (2, 0, 1, timedelta(hours=2))
    world.forward(days=1)
    assert world.look(promises.kept_share, world.department().id, world.now).total == 0
    assert world.look(promises.kept_share, world.department("finance").id, began).total == 0


def test_rushes_count_for_those_who_ask(world: World) -> None:
    soon = {"due": world.now + timedelta(hours=2), "rush_reason": "A patient waits"}
    for cause in (*Cause, Cause.OUTSIDE):
        world.file(rush_cause=cause, **soon)
    world.file()
    world.file(PIA, rush_cause=Cause.WAITED, **soon)  # within the department
    world.file(WEI, rush_cause=Cause.WAITED, **soon)
    share = world.look(rushes.filed_by, world.department("ward").id, world.now)
    assert (share.filed, share.counted, share.from_outside, share.to_explain, share.percent) == (6, 3, 2, 1, 50)
    assert world.look(rushes.filed_by, world.department().id, world.now).filed == 0
    later = world.now + timedelta(days=30)
    assert world.look(rushes.filed_by, world.department("ward").id, later).percent == 0


def test_a_month_begins_on_the_departments_clocks(world: World) -> None:
    calendar = world.department().calendar
    began = months.began(calendar, world.now)
    assert began == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert months.before(calendar, began) == datetime(2026, 9, 30, 16, tzinfo=UTC)
    world.file(rush_cause=Cause.WAITED, rush_reason="Late", due=world.now + timedelta(hours=1))
    found = world.look(month.of_department, world.department("ward"))
    assert (found.rushes.filed, found.promises.total) == (1, 0)


@pytest.mark.parametrize("late", [False, True])
def test_the_event_of_a_delivery_says_how_it_came_out(world: World, late: bool) -> None:
    ask = acknowledged(world)
    world.forward(days=5 * late)
    delivered(world, ask)
    newest = world.look(asks.history, ask.id, limit=1)[0]
    assert newest.particulars["kept"] == ("late" if late else "kept")


def test_a_question_to_the_asker_makes_nothing_late(world: World) -> None:
    answered, unanswered = acknowledged(world), acknowledged(world)
    for ask in (answered, unanswered):
        world.act(PIA, questions.ask_asker, ask.number, "Which analyser?")
    world.forward(days=3)
    question = world.look(asks.by_number, answered.number).question
    assert question is not None
    world.act(ANN, questions.answer, answered.number, question.id, "The big one")
    world.forward(days=1)
    assert delivered(world, answered).kept is Kept.KEPT
    ask = delivered(world, unanswered)
    assert ask.kept is Kept.KEPT
    assert [because for _, because in told(world, ask)] == [Because.FILED, Because.HELD]
    world.forward(days=1)
    world.act(ANN, delivering.not_quite, unanswered.number, "It still leaks")
    assert delivered(world, unanswered).kept is Kept.KEPT
    world.act(ANN, delivering.not_quite, unanswered.number, "It still leaks")
    world.forward(days=5)
    assert delivered(world, unanswered).kept is Kept.LATE


def test_due_at_a_closing_it_is_late_nowhere_before_somebody_works_again(world: World) -> None:
    closing = MONDAY_9 + timedelta(hours=9)
    ask = acknowledged(world, due=closing, rush_reason="Now")
    noon = acknowledged(world, due=MONDAY_9 + timedelta(hours=3), rush_reason="Now")  # then lunch begins

    def late() -> tuple[tuple[int, ...], tuple[int, ...]]:
        card = tuple(one for one in (ask.number, noon.number) if world.look(asks.by_number, one).is_late(world.now))
        digest = world.look(standup.digest, world.department())
        assert world.look(board.board, [world.department()]).late == digest.late.total
        return card, tuple(sorted(one.number for one in digest.late.asks))

    for passed, expected in (
        (timedelta(hours=4), ()),
        (timedelta(hours=4, minutes=30), ()),
        (timedelta(hours=4, minutes=31), (noon.number,)),
        (timedelta(hours=12), (noon.number,)),
        (timedelta(hours=24), (noon.number,)),
        (timedelta(hours=24, minutes=1), (ask.number, noon.number)),
    ):
        world.now = MONDAY_9 + passed
        assert late() == (expected, expected), passed
    world.now = MONDAY_9 + timedelta(hours=24)
    assert delivered(world, ask).kept is Kept.KEPT
