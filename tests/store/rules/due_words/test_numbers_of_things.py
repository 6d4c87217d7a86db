"""A number that names a thing is no hour, even right before "by": analyser 3 by Friday."""

from datetime import UTC, datetime

import pytest

from store.rules.calendar import Calendar
from store.rules.due_words import read_due
from store.rules.hours import Hours

SHANGHAI = Calendar("Asia/Shanghai", Hours.parse({"mon-fri": "09:00-12:00,13:30-18:00"}), "CN")
MONDAY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
FRIDAY_3PM = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
FRIDAY_CLOSING = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "rest", "due"),
    [
        ("Replace the gasket of analyser 3 by Friday 3pm", "Replace the gasket of analyser 3", FRIDAY_3PM),
        ("Order 12 by Friday 3pm", "Order 12", FRIDAY_3PM),
        ("Repair pump 4 by Friday", "Repair pump 4", FRIDAY_CLOSING),
        ("Paint room 5 before Friday 3pm", "Paint room 5", FRIDAY_3PM),
    ],
)
def test_it_stays_with_its_thing(text: str, rest: str, due: datetime) -> None:
    reading = read_due(text, now=MONDAY, calendar=SHANGHAI, zone="Asia/Shanghai")
    assert (reading.kind, reading.rest, reading.due) == ("found", rest, due)


def test_behind_at_it_is_an_hour() -> None:
    reading = read_due("Meet us at 3 by Friday", now=MONDAY, calendar=SHANGHAI, zone="Asia/Shanghai")
    assert (reading.rest, reading.due) == ("Meet us", FRIDAY_3PM)
