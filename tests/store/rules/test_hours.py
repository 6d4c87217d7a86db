"""Hours as people write them, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.hours import BadHours, Hours

DAY = (540, 1020)


@pytest.mark.parametrize(
    ("mapping", "days"),
    [
        ({"mon-fri": "09:00-17:00"}, ((DAY,),) * 5 + ((), ())),
        ({"weekdays": "9-17"}, ((DAY,),) * 5 + ((), ())),
        ({"Monday-Friday": "9am-5pm"}, ((DAY,),) * 5 + ((), ())),
        ({"周一-周五": "9：00–17：00"}, ((DAY,),) * 5 + ((), ())),
        ({"mon,wed": "09:00-17:00"}, ((DAY,), (), (DAY,), (), (), (), ())),
        ({"sat-mon": "09:00-17:00"}, ((DAY,), (), (), (), (), (DAY,), (DAY,))),
        ({"daily": "24h"}, (((0, 1440),),) * 7),
        ({"daily": "00:00-24:00"}, (((0, 1440),),) * 7),
        ({"fri": "22:00-06:00"}, ((), (), (), (), ((1320, 1800),), (), ())),
        ({"fri": "18:00-09:00+1"}, ((), (), (), (), ((1080, 1980),), (), ())),
        ({"tue": "12:00-24:00"}, ((), ((720, 1440),), (), (), (), (), ())),
        ({"tue": "12am-12pm"}, ((), ((0, 720),), (), (), (), (), ())),
        ({"mon": "09:00-12:00,13:00-17:00", "tue": "closed", "wed": False}, (((540, 720), (780, 1020)),) + ((),) * 6),
        ({"mon": ["13:00-17:00", "09:00-12:00"]}, (((540, 720), (780, 1020)),) + ((),) * 6),
        ({"mon": "09:00-12:00,12:00-17:00"}, ((DAY,),) + ((),) * 6),
        ({"weekdays": "09:00-12:00", "mon": "12:00-17:00"}, ((DAY,),) + (((540, 720),),) * 4 + ((), ())),
    ],
)
def test_hours_are_read(mapping: dict[str, object], days: object) -> None:
    assert Hours.parse(mapping).days == days


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({}, "empty"),
        ({"mon": "closed", "tue": None}, "empty"),
        ({"mon": "09:00-12:00,11:00-13:00"}, "overlap"),
        ({"mon-fri": "09:00-17:00", "fri": "09:00-15:00"}, "overlap"),
        ({"mon-fri": "09:00-17:00", "wed": "closed"}, "overlap"),
        ({"mon": "22:00-06:00", "tue": "05:00-12:00"}, "overlap"),
        ({"sun": "22:00-06:00", "mon": "05:00-12:00"}, "overlap"),
        ({"mon": "17:00-09:00"}, "ends_before_it_begins"),
        ({"mon": "18:00-09:00"}, "ends_before_it_begins"),
        ({"mon": "09:00-09:00"}, "ends_before_it_begins"),
        ({"mond": "09:00-17:00"}, "unknown_day"),
        ({"mon-fry": "09:00-17:00"}, "unknown_day"),
        ({"weekdays-sat": "09:00-17:00"}, "unknown_day"),
        ({"": "09:00-17:00"}, "unknown_day"),
        ({"mon": "nine to five"}, "unreadable"),
        ({"mon": "09:00"}, "unreadable"),
        ({"mon": "25:00-26:00"}, "unreadable"),
        ({"mon": "09:60-17:00"}, "unreadable"),
        ({"mon": "24:00-25:00"}, "unreadable"),
        ({"mon": "13pm-15pm"}, "unreadable"),
        ({"mon": "09:00-17:00+1"}, "unreadable"),
        ({"mon": 32400}, "unreadable"),
        ("mon 9-17", "unreadable"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_the_reason(mapping: dict[str, object], reason: str) -> None:
    with pytest.raises(BadHours) as refused:
        Hours.parse(mapping)
    assert refused.value.reason == reason


def test_what_is_refused_is_said_but_not_at_length() -> None:
    with pytest.raises(BadHours) as refused:
        Hours.parse({"mon": "x" * 10_000})
    assert len(refused.value.what) == 80


def test_days_of_equal_hours_are_written_together() -> None:
    hours = Hours.parse({"mon-thu": "09:00-12:00,13:00-17:00", "fri": "9-12", "sun": "9-12", "sat": "20:00-08:00"})
    assert hours.as_yaml() == {"mon-thu": "09:00-12:00,13:00-17:00", "fri,sun": "09:00-12:00", "sat": "20:00-08:00"}


@given(st.lists(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=3), min_size=7, max_size=7))
def test_written_and_read_again_nothing_changes(lengths: list[list[tuple[int, int]]]) -> None:
    days = tuple(tuple(sorted((start, start + length) for start, length in day)) for day in lengths)
    try:
        hours = Hours(days)
    except BadHours:
        return
    again = Hours.parse(hours.as_yaml())
    assert again.as_yaml() == Hours.parse(again.as_yaml()).as_yaml()
    assert _worked(again) == _worked(hours)


def _worked(hours: Hours) -> set[int]:
    """Every minute of the week; spans that touch may be written as one."""
    return {
        (number * 1440 + minute) % 10080
        for number, day in enumerate(hours.days)
        for start, end in day
        for minute in range(start, end)
    }


def test_the_commonest_day_is_the_first_among_equals() -> None:
    hours = Hours.parse({"mon": "9-12", "tue-wed": "10-18", "thu-fri": "8-16", "sat-sun": "0-6"})
    assert hours.commonest_day(range(5)) == ((600, 1080),)
    assert Hours.parse({"sat-sun": "9-12"}).commonest_day(range(5)) == ((540, 720),)


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        (((),) * 6, "unreadable"),
        ((((-60, 60),),) + ((),) * 6, "unreadable"),
        ((((1440, 1500),),) + ((),) * 6, "unreadable"),
        ((((600, 2100),),) + ((),) * 6, "unreadable"),
        ((((600, 600),),) + ((),) * 6, "ends_before_it_begins"),
        ((((600, 720), (660, 780)),) + ((),) * 6, "overlap"),
    ],
)
def test_spans_that_cannot_be_are_refused_too(days: tuple[tuple[tuple[int, int], ...], ...], reason: str) -> None:
    with pytest.raises(BadHours) as refused:
        Hours(days)
    assert refused.value.reason == reason
