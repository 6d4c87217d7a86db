"""The earliest honest date: the lead time without the time when everybody is away who could own it."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from store.rules.calendar import Calendar
from store.rules.honest_date import Gap, common, earliest, without_days
from store.rules.hours import Hours
from store.rules.lead_time import LeadTime

CALENDAR = Calendar("UTC", Hours.parse({"mon-fri": "09:00-12:00,13:00-17:00"}))
MONDAY = datetime(2026, 6, 1, tzinfo=UTC)


def at(day: int, hour: float = 0) -> datetime:
    """Hour `hour` of the `day`-th day after that Monday."""
    return MONDAY + timedelta(days=day, hours=hour)


@pytest.mark.parametrize(
    ("lead_time", "gaps", "honest"),
    [
        ("2d", [], at(2, 10)),
        ("2d", [Gap(at(1), at(2))], at(3, 10)),  # nobody on Tuesday
        ("2d", [Gap(at(1, 12), at(2))], at(2, 10)),  # on Tuesday afternoon only
        ("2d", [Gap(at(2, 9), at(2, 13))], at(2, 13)),  # on Wednesday morning: when they are back
        ("2d", [Gap(at(2, 9), at(3))], at(3, 10)),  # all of Wednesday
        ("2d", [Gap(at(0), at(1))], at(3, 9)),  # filed on a day when nobody is there: as filed on Tuesday at opening
        ("2d", [Gap(at(2, 10), at(9))], at(2, 10)),  # away from that very minute on
        ("2d", [Gap(at(4), at(9))], at(2, 10)),
        ("4h", [], at(0, 15)),
        ("4h", [Gap(at(0, 11), at(0, 14))], at(0, 17)),
        ("4h", [Gap(at(0, 14), at(1, 13))], at(1, 14)),
        ("4h", [Gap(at(0, 11), at(0, 12)), Gap(at(0, 14), at(1, 9))], at(1, 11)),
        ("2d", [Gap(at(1), None)], None),
        ("4h", [Gap(at(0, 11), None)], None),
        ("4h", [Gap(at(0, 15), None)], at(0, 15)),
    ],
)
def test_filed_on_monday_at_ten(lead_time: str, gaps: list[Gap], honest: datetime | None) -> None:
    assert earliest(CALENDAR, LeadTime.parse(lead_time), at(0, 10), gaps) == honest


def test_everybody_is_away_only_while_each_is() -> None:
    fang, wei = Gap(at(1), at(4)), Gap(at(3), None)
    assert common([fang, wei]) == Gap(at(3), at(4))
    assert common([fang, None]) is None
    assert common([]) is None
    assert common([fang, Gap(at(4), at(5))]) is None


def test_whoever_is_on_duty_is_there_for_their_days() -> None:
    gap = Gap(at(0, 12), at(4))
    left = without_days(CALENDAR, gap, [date(2026, 6, 2)])
    assert left == [Gap(at(0, 12), at(1, 9)), Gap(at(1, 17), at(4))]
    assert without_days(CALENDAR, gap, []) == [gap]


instants = some.integers(min_value=0, max_value=60 * 24 * 30).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
lead_times = some.one_of(
    some.integers(1, 40).map(lambda amount: LeadTime(amount, "hours")),
    some.integers(1, 10).map(lambda amount: LeadTime(amount, "days")),
)


@some.composite
def gaps_apart(draw: some.DrawFn) -> list[Gap]:
    edges = sorted(set(draw(some.lists(instants, max_size=8))))
    return [Gap(since, until) for since, until in list(pairwise(edges))[::2]]


@given(instants, instants, lead_times, gaps_apart())
def test_filed_later_it_is_never_earlier(one: datetime, other: datetime, lead_time: LeadTime, gaps: list[Gap]) -> None:
    sooner, later = sorted((one, other))
    first, second = (earliest(CALENDAR, lead_time, filed, gaps) for filed in (sooner, later))
    assert first is not None
    assert second is not None
    assert first <= second


@given(instants, lead_times, gaps_apart())
def test_gaps_never_make_it_earlier_and_it_never_ends_within_one(
    filed: datetime, lead_time: LeadTime, gaps: list[Gap]
) -> None:
    honest = earliest(CALENDAR, lead_time, filed, gaps)
    assert honest is not None
    assert honest >= CALENDAR.add(filed, lead_time)
    assert not any(gap.since < honest < (gap.until or honest) for gap in gaps)


@given(instants, lead_times, gaps_apart())
def test_a_longer_lead_time_is_never_earlier(filed: datetime, lead_time: LeadTime, gaps: list[Gap]) -> None:
    longer = LeadTime(lead_time.amount + 1, lead_time.unit)
    shorter, later = earliest(CALENDAR, lead_time, filed, gaps), earliest(CALENDAR, longer, filed, gaps)
    assert shorter is not None
    assert later is not None
    assert shorter <= later
