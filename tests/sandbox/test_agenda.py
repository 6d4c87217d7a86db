"""What is due by the sandbox clock is done by the time that whoever wound it goes on."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.agenda import Agenda
from sandbox.clock import Clock

NINE = datetime(2026, 5, 11, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NINE, running=False)


@pytest.fixture
def agenda(clock: Clock) -> Iterator[Agenda]:
    made = Agenda(clock)
    yield made
    made.close()


def test_what_another_thread_has_in_hand_is_waited_for(agenda: Agenda, clock: Clock) -> None:
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        go_on.wait(5)
        done.set()

    agenda.at(NINE, slow)  # due already: the agenda's own thread has it
    assert begun.wait(5)
    threading.Timer(0.2, go_on.set).start()
    clock.forward(hours=1)
    assert done.is_set()


def test_entries_are_done_in_the_order_of_their_time(agenda: Agenda, clock: Clock) -> None:
    seen: list[int] = []
    for minutes in (30, 10, 20):
        agenda.at(NINE + timedelta(minutes=minutes), lambda minutes=minutes: seen.append(minutes))
    clock.forward(hours=1)
    assert seen == [10, 20, 30]


def test_an_entry_may_wind_the_clock_itself(agenda: Agenda, clock: Clock) -> None:
    seen: list[str] = []
    agenda.at(NINE + timedelta(minutes=10), lambda: (seen.append("first"), clock.forward(hours=1)))
    agenda.at(NINE + timedelta(minutes=30), lambda: seen.append("second"))
    clock.forward(minutes=15)
    assert seen == ["first", "second"]
