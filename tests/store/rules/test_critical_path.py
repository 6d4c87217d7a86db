"""When a chain ends: by its promises, and by the lead times of those who have not promised yet."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.calendar import Calendar
from store.rules.critical_path import Step, critical_path, working_days
from store.rules.lead_time import LeadTime
from tests.store.rules.calendars import BEIJING, LUNCH, MUNICH, at, shown

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)


def step(number: int, parent: int | None, days: float, *, promised: bool = True, lead: int = 1) -> Step:
    return Step(number, parent, MONDAY + timedelta(days=days), promised, BEIJING, LeadTime(lead, "days"))


def test_an_ask_that_waits_for_nothing_has_no_path() -> None:
    assert critical_path([]) is None
    assert critical_path([step(1, None, 2)]) is None


def test_the_last_promise_decides() -> None:
    steps = [step(1, None, 2), step(2, 1, 1), step(3, 2, 4), step(4, 1, 3)]
    path = critical_path(steps)
    assert path is not None
    assert (path.ids, path.until) == ((1, 2, 3), MONDAY + timedelta(days=4))
    assert [(leg.id, leg.needs) for leg in path.legs] == [(2, None), (3, None)]


def test_who_has_not_promised_can_only_begin_when_the_last_has_ended() -> None:
    """Equipment's ask is due on Wednesday; finance pays on Wednesday, then purchasing needs three working days."""
    steps = [step(1, None, 2), step(2, 1, 2, promised=False, lead=3), step(3, 2, 2)]
    path = critical_path(steps)
    assert path is not None
    assert path.ids == (1, 2, 3)
    assert shown(path.until, BEIJING.zone) == "Mon 2026-11-30 09:00"
    assert [(leg.begins, leg.needs) for leg in path.legs] == [
        (MONDAY + timedelta(days=2), LeadTime(3, "days")),
        (None, None),
    ]
    assert working_days(BEIJING, MONDAY, path.until) == 5
    assert working_days(BEIJING, MONDAY, steps[0].due) == 2


def test_a_department_without_any_working_time_stops_nothing() -> None:
    never = Calendar("Asia/Shanghai", LUNCH, closed=frozenset(MONDAY.date() + timedelta(days=n) for n in range(800)))
    stuck = Step(2, 1, MONDAY, False, never, LeadTime(1, "days"))
    path = critical_path([step(1, None, 1), stuck, step(3, 2, 2)])
    assert path is not None
    assert (path.ids, path.until) == ((1, 2, 3), MONDAY + timedelta(days=2))


@pytest.mark.parametrize(("until", "days"), [("2026-05-13 09:30", 0), ("2026-05-15 12:00", 1), ("2026-05-18 09:00", 2)])
def test_working_days_leave_out_holidays_and_weekends(until: str, days: int) -> None:
    zone = MUNICH.zone  # 14 May 2026 is Ascension Day
    assert working_days(MUNICH, at("2026-05-13 09:00", zone), at(until, zone)) == days


@st.composite
def chains(draw: st.DrawFn) -> list[Step]:
    """Chains of up to twelve steps, each before those that it waits for."""
    parents: dict[int, int | None] = {1: None}
    for number in range(2, draw(st.integers(2, 12)) + 1):
        parents[number] = draw(st.integers(1, number - 1))
    below = {one: [child for child, parent in parents.items() if parent == one] for one in parents}
    order, waiting = [], [1]
    while waiting:
        order.append(waiting.pop())
        waiting += reversed(below[order[-1]])
    return [
        step(one, parents[one], draw(st.integers(0, 30)), promised=draw(st.booleans()), lead=draw(st.integers(1, 5)))
        for one in order
    ]


@settings(max_examples=150, deadline=None)
@given(steps=chains(), later=st.integers(1, 30), which=st.integers(0, 100))
def test_what_holds_for_every_chain(steps: list[Step], later: int, which: int) -> None:
    path = critical_path(steps)
    assert path is not None
    parents = {one.id: one.parent_id for one in steps}
    by_id = {one.id: one for one in steps}
    assert path.ids[0] == 1
    assert all(parents[child] == parent for parent, child in zip(path.ids, path.ids[1:], strict=False))
    assert path.ids[-1] not in parents.values(), "it ends where nothing is waited for"
    assert path.until >= max(one.due for one in steps[1:])
    if all(one.is_promised for one in steps):
        assert path.until == max(one.due for one in steps[1:])
    last = path.ids[-2]
    if last != 1 and not by_id[last].is_promised:
        assert path.until >= BEIJING.add(by_id[path.ids[-1]].due, by_id[last].lead_time)
    place = which % len(steps)
    moved = steps[place]
    delayed = Step(
        moved.id, moved.parent_id, moved.due + timedelta(days=later), moved.is_promised, BEIJING, moved.lead_time
    )
    after = critical_path([*steps[:place], delayed, *steps[place + 1 :]])
    assert after is not None
    assert after.until >= path.until, "a later promise ends nothing sooner"


def test_a_chain_of_any_depth() -> None:
    steps = [step(1, None, 1), *(step(number, number - 1, 1) for number in range(2, 3_000))]
    path = critical_path(steps)
    assert path is not None
    assert len(path.ids) == 2_999
