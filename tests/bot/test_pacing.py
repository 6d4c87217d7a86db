"""Pace: as fast as Slack allows, never faster, whatever the rhythm in which turns are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import IN_ONE_CONVERSATION, IN_ONE_WORKSPACE, POST, UPDATE, Pace


class Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.floats(0, 3), max_size=60))
def test_no_stretch_of_time_holds_more_than_burst_and_rate_allow(pauses):
    clock = Time()
    pace = Pace(monotonic=clock)
    granted = []
    for pause in pauses:
        clock.now += pause
        if pace.take("T1", POST, "C1") == 0:
            granted.append(clock.now)
    for first, begin in enumerate(granted):
        for last in range(first, len(granted)):
            allowed = IN_ONE_CONVERSATION.burst + (granted[last] - begin) * IN_ONE_CONVERSATION.per_second
            assert last - first + 1 <= allowed + 1e-6


@given(st.integers(1, 40))
def test_who_waits_as_long_as_told_goes(count):
    clock = Time()
    pace = Pace(monotonic=clock)
    for _ in range(count):
        wait = pace.take("T1", POST, "C1")
        if wait:
            clock.now += wait + 1e-9
            assert pace.take("T1", POST, "C1") == 0


def test_other_conversations_methods_and_workspaces_do_not_wait():
    pace = Pace(monotonic=Time())
    while pace.take("T1", POST, "C1") == 0:
        pass
    assert pace.take("T1", POST, "C2") == 0
    assert pace.take("T1", UPDATE, None) == 0
    assert pace.take("T2", POST, "C1") == 0


def test_a_workspace_has_its_own_measure():
    pace = Pace(monotonic=Time())
    granted = sum(pace.take("T1", POST, f"C{number}") == 0 for number in range(200))
    assert granted == int(IN_ONE_WORKSPACE[POST].burst)


def test_couriers_of_several_processes_share_what_a_workspace_may():
    clock = Time()
    paces = [Pace(monotonic=clock) for _ in range(3)]
    for pace in paces:
        pace.share(3)
    granted = sum(pace.take("T1", POST, f"C{number}") == 0 for pace in paces for number in range(200))
    assert granted <= IN_ONE_WORKSPACE[POST].burst
    clock.now += 60
    granted = sum(pace.take("T1", POST, f"C{number}") == 0 for pace in paces for number in range(200, 400))
    assert granted <= IN_ONE_WORKSPACE[POST].burst


def test_what_slack_holds_is_held_also_without_limits_and_the_longer_wish_counts():
    clock = Time()
    pace = Pace(limited=False, monotonic=clock)
    assert [pace.take("T1", POST, "C1") for _ in range(50)] == [0.0] * 50
    pace.hold("T1", POST, 30)
    pace.hold("T1", POST, 5)
    assert pace.take("T1", POST, "C9") == pytest.approx(30)
    assert pace.held_for("T1", POST) == pytest.approx(30)
    assert pace.take("T1", UPDATE, None) == 0
    clock.now += 30
    assert pace.take("T1", POST, "C9") == 0


def test_conversations_that_are_long_over_are_forgotten():
    clock = Time()
    pace = Pace(monotonic=clock)
    for number in range(12_000):
        clock.now += 1
        pace.take("T1", POST, f"C{number}")
    assert len(pace._buckets) < 11_000
