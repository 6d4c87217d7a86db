"""Hours as leads type them, names, zones: what is read, what is asked back; and reading back what was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from store.rules import naming, places
from store.rules.calendar import Calendar
from store.rules.hours import BadHours, Hours
from store.rules.naming import BadName, key_for, names_of
from store.rules.written_hours import BadLine, as_lines, days_of, hours_of

SPANS = some.lists(some.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted)


def spans_of(quarters: list[int]) -> tuple[tuple[int, int], ...]:
    """Spans apart from each other, out of quarters of an hour."""
    pairs = zip(quarters[::2], quarters[1::2], strict=False)
    return tuple((start * 15, end * 15) for start, end in pairs)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("mon-fri: 09:00-12:00, 13:30-18:00\nsun: closed", {"mon-fri": "09:00-12:00,13:30-18:00"}),
        ("mon 9-12\nsat 9am-1pm", {"mon": "09:00-12:00", "sat": "09:00-13:00"}),
        ("daily: 24h", {"mon-sun": "00:00-24:00"}),
        ("daily 24h", {"mon-sun": "00:00-24:00"}),
        ("周一至周五: 9:00-18:00", {"mon-fri": "09:00-18:00"}),
        ("工作日 9:00-18:00", {"mon-fri": "09:00-18:00"}),
        ("mon-fri: 22:00-06:00", {"mon-fri": "22:00-06:00"}),
        ("sat: 18:00-09:00+1", {"sat": "18:00-09:00+1"}),
        ("mon: 9-12\nmon: 13-18", {"mon": "09:00-12:00,13:00-18:00"}),
        ("\n  weekdays :  8:30am - 5pm \n\n", {"mon-fri": "08:30-17:00"}),
    ],
)
def test_what_is_read(written: str, read: dict[str, str]) -> None:
    assert hours_of(written).as_yaml() == read


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("mon: 18:00-09:00", "ends_before_it_begins"),
        ("mon: 9-12, 11-13", "overlap"),
        ("fri: 25:00-26:00", "unreadable"),
        ("fun: 9-12", "unknown_day"),
        ("09:00-18:00", None),
        ("mon-fri", None),
        ("mon: " + "9-10," * 200, None),
    ],
)
def test_what_is_wrong_with_a_line(written: str, reason: str | None) -> None:
    with pytest.raises(BadLine) as bad:
        hours_of(written)
    assert (bad.value.fault.reason if bad.value.fault else None) == reason


@pytest.mark.parametrize("written", ["", "\n", "sat: closed", "mon-fri 9-17\nmon: 10-11", "mon: 22-06\ntue: 05-09"])
def test_what_is_wrong_between_the_lines(written: str) -> None:
    with pytest.raises(BadHours):
        hours_of(written)


@given(some.lists(SPANS.map(spans_of), min_size=7, max_size=7))
def test_what_is_written_reads_back(days: list[tuple[tuple[int, int], ...]]) -> None:
    hours = Hours(tuple(tuple(span for span in day if span[0] < span[1]) for day in days))
    assert hours_of(as_lines(hours)) == Hours.parse(hours.as_yaml())


@given(some.text(max_size=60))
def test_anything_is_read_or_refused(written: str) -> None:
    try:
        hours_of(written)
    except (BadLine, BadHours):
        return


def test_days() -> None:
    assert days_of("2026-12-24, 2026-12-31\n2027-01-04") == {date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 4)}
    assert days_of(" ") == frozenset()
    with pytest.raises(BadLine):
        days_of("2026-02-30")


def test_zones_by_name_city_and_slip() -> None:
    assert places.zone_called("asia/shanghai") == "Asia/Shanghai"
    assert places.zone_called("new york") == "America/New_York"
    assert places.zone_called("Mars/Olympus") is None
    assert places.zones_near("Asia/Shangai")[0] == "Asia/Shanghai"


def test_every_country_that_is_offered_or_guessed_is_known() -> None:
    for code, name in places.countries():
        assert name
        assert Calendar("UTC", Hours.parse({"daily": "24h"}), code).country == code
    for zone, code in places._COUNTRY_OF.items():
        assert Calendar(zone, Hours.parse({"daily": "24h"}), code).country == code


def test_names() -> None:
    assert names_of(["@Finance\n 财务  科 \nfinance\nＦinance"]) == ("Finance", "财务 科")
    for written, reason in (("\n@\n", "none"), ("x" * 2000, "too_long"), ("\n".join(map(str, range(21))), "too_many")):
        with pytest.raises(BadName) as bad:
            names_of([written])
        assert bad.value.reason == reason


@given(some.text(min_size=1, max_size=60), some.sets(some.text(max_size=10), max_size=5))
def test_a_key_can_always_be_made(name: str, taken: set[str]) -> None:
    key = key_for(name, taken)
    assert naming.KEY.fullmatch(key)
    assert naming.plain(key) not in {naming.plain(one) for one in taken}
