"""Working time against a loop that walks minute by minute and knows nothing of our calendar.

Clocks that change in Berlin, New York and on Lord Howe (by half an hour), China's holidays with their make-up working
days, Germany's and Bavaria's: written down here by hand from the official announcements.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.rules.calendar import Calendar
from store.rules.hours import Hours

MINUTE = timedelta(minutes=1)
Spans = tuple[tuple[int, int], ...]  # minutes of the local day; more than 1,440 is the next morning

OFFICE: Spans = ((540, 1020),)
SPLIT: Spans = ((540, 720), (810, 1080))
ALL_DAY: Spans = ((0, 1440),)
NIGHT: Spans = ((1320, 1800),)


def days(*spans: str) -> frozenset[date]:
    """`2026-10-01/07`: from the first up to the seventh; a day alone stands for itself."""
    found: set[date] = set()
    for span in spans:
        first, _, last = span.partition("/")
        day = date.fromisoformat(first)
        until = day.replace(day=int(last)) if last else day
        while day <= until:
            found.add(day)
            day += timedelta(days=1)
    return frozenset(found)


GERMANY = days(
    *("2025-12-25/26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-25"),
    *("2026-10-03", "2026-12-25/26", "2027-01-01"),
)
BAVARIA = GERMANY | days("2026-01-06", "2026-06-04", "2026-11-01")
CHINA = days(
    *("2025-01-01", "2025-01-28/31", "2025-02-01/04", "2025-04-04/06", "2025-05-01/05", "2025-10-01/08"),
    *("2026-01-01/03", "2026-02-15/23", "2026-04-04/06", "2026-05-01/05", "2026-06-19/21", "2026-09-25/27"),
    "2026-10-01/07",
)
MADE_UP = days(
    *("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14"),
    *("2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
)


@dataclass(frozen=True)
class Case:
    """A department's week, and the days to walk through: from the first up to, and without, the last."""

    zone: str
    hours: str
    spans: Spans
    weekdays: frozenset[int]
    first: str
    last: str
    country: str | None = None
    region: str | None = None
    free: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()

    def worked(self, day: date) -> Spans:
        if day in self.made_up:
            return self.spans
        return () if day in self.free or day.weekday() not in self.weekdays else self.spans

    def is_open(self, instant: datetime) -> bool:
        local = instant.astimezone(ZoneInfo(self.zone))
        minute = local.hour * 60 + local.minute
        today, yesterday = self.worked(local.date()), self.worked(local.date() - timedelta(days=1))
        return any(start <= minute < end for start, end in today) or any(
            start <= minute + 1440 < end for start, end in yesterday
        )


WEEK, WEEKEND, DAILY = frozenset(range(5)), frozenset({5, 6}), frozenset(range(7))


def cases() -> Iterator[Case]:
    for zone, first, last in (
        ("Europe/Berlin", "2026-03-27", "2026-03-31"),
        ("Europe/Berlin", "2026-10-23", "2026-10-27"),
        ("America/New_York", "2026-03-06", "2026-03-10"),
        ("America/New_York", "2026-10-30", "2026-11-03"),
        ("Australia/Lord_Howe", "2026-04-03", "2026-04-07"),
        ("Australia/Lord_Howe", "2026-10-02", "2026-10-06"),
    ):
        yield Case(zone, "mon-sun 00:00-24:00", ALL_DAY, DAILY, first, last)
        yield Case(zone, "sat-sun 00:00-24:00", ALL_DAY, WEEKEND, first, last)
        yield Case(zone, "mon-sun 22:00-06:00", NIGHT, DAILY, first, last)
    for first, last in (
        ("2025-01-20", "2025-02-12"),
        ("2025-09-25", "2025-10-14"),
        ("2025-12-30", "2026-01-07"),
        ("2026-02-10", "2026-03-03"),
        ("2026-09-15", "2026-10-14"),
    ):
        yield Case(
            "Asia/Shanghai", "mon-fri 09:00-12:00,13:30-18:00", SPLIT, WEEK, first, last, "CN", None, CHINA, MADE_UP
        )
    for first, last in (("2026-03-30", "2026-04-10"), ("2026-04-28", "2026-05-28"), ("2026-12-21", "2027-01-05")):
        yield Case("Europe/Berlin", "mon-fri 09:00-17:00", OFFICE, WEEK, first, last, "DE", None, GERMANY)
    for first, last in (("2025-12-30", "2026-01-10"), ("2026-05-30", "2026-06-10")):
        yield Case("Europe/Berlin", "mon-fri 09:00-17:00", OFFICE, WEEK, first, last, "DE", "BY", BAVARIA)


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.zone} {case.hours} {case.first}")
def test_sums_of_working_time(case: Case) -> None:
    zone = ZoneInfo(case.zone)
    begins, ends = (
        datetime.combine(date.fromisoformat(day), time(), zone).astimezone(UTC) for day in (case.first, case.last)
    )
    worked = [0]
    for number in range((ends - begins) // MINUTE):
        worked.append(worked[-1] + case.is_open(begins + number * MINUTE))
    weekdays, _, hours = case.hours.partition(" ")
    calendar = Calendar(case.zone, Hours.parse({weekdays: hours}), case.country, case.region)
    chosen = random.Random(case.first)
    pairs = [(0, len(worked) - 1), *(sorted(chosen.sample(range(len(worked)), 2)) for _ in range(10))]
    for start, end in pairs:
        amount = worked[end] - worked[start]
        since = begins + start * MINUTE
        assert calendar.working_time(since, begins + end * MINUTE) == amount * MINUTE
        if amount:
            reached = next(place for place in range(start, end + 1) if worked[place] - worked[start] == amount)
            assert calendar.after_working(since, amount * MINUTE) == begins + reached * MINUTE
