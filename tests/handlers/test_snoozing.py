"""Until when a snooze lasts, on the calendar of the one who snoozes; and times and links picked in forms."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.picking import is_web_link, promised
from handlers.pressed import Pressed, pressed
from handlers.reading import click
from handlers.snoozing import Choice, snoozed_until
from store.nudging import office_week
from store.rules.calendar import Calendar
from store.rules.hours import Hours

SHANGHAI = Calendar("Asia/Shanghai", Hours.parse({"mon-fri": "09:00-12:00,13:30-18:00"}), "CN")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("choice", "now", "until"),
    [
        ("hour", "2026-11-23T10:15", "2026-11-23T11:15"),
        ("afternoon", "2026-11-23T10:15", "2026-11-23T14:00"),
        ("afternoon", "2026-11-23T14:00", "2026-11-24T09:00"),
        ("morning", "2026-11-23T10:15", "2026-11-24T09:00"),
        ("morning", "2026-11-23T08:00", "2026-11-23T09:00"),
        ("morning", "2026-11-27T17:00", "2026-11-30T09:00"),
        ("morning", "2026-11-28T10:00", "2026-11-30T09:00"),
        ("two_days", "2026-11-23T10:15", "2026-11-25T10:15"),
        ("two_days", "2026-11-26T10:15", "2026-11-30T10:15"),
        ("week", "2026-11-23T10:15", "2026-11-30T09:00"),
        ("week", "2026-11-29T10:15", "2026-11-30T09:00"),
    ],
)
def test_until_when(choice: str, now: str, until: str) -> None:
    assert snoozed_until(Choice(choice), SHANGHAI, at(now)) == at(until)


@given(
    st.sampled_from(list(Choice)),
    st.sampled_from([SHANGHAI, office_week("America/New_York"), office_week("Europe/Berlin"), office_week("UTC")]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)),  # noqa: DTZ001
)
def test_a_snooze_always_ends_later_and_within_reach(choice: Choice, calendar: Calendar, moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    until = snoozed_until(choice, calendar, now)
    assert now < until < now + timedelta(days=20)


@pytest.mark.parametrize(
    ("link", "opens"),
    [
        ("https://photos.example/a?b=c", True),
        ("http://intranet/x", True),
        ("HTTPS://photos.example", True),
        ("ftp://server/file", False),
        ("javascript:alert(1)", False),
        ("photos.example", False),
        ("https://", False),
        ("https://a b", False),
        ("https://[", False),
    ],
)
def test_a_link_is_one_that_opens(link: str, opens: bool) -> None:
    assert is_web_link(link) is opens


class Promise:
    due = datetime(2026, 11, 25, 1, 0, 47, 250_000, tzinfo=UTC)


def test_a_picker_left_alone_is_the_promise_to_the_second() -> None:
    ask = Promise()
    assert promised(None, ask) is ask.due  # type: ignore[arg-type]
    assert promised(datetime(2026, 11, 25, 1, 0, 47, tzinfo=UTC), ask) is ask.due  # type: ignore[arg-type]
    assert promised(datetime(2026, 11, 25, 1, 0, tzinfo=UTC), ask) is ask.due  # type: ignore[arg-type]
    later = datetime(2026, 11, 25, 1, 1, tzinfo=UTC)
    assert promised(later, ask) is later  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("12", Pressed(12, "", "acknowledge.as_asked", {})),
        ('{"number":12,"from":"nudges:7"}', Pressed(12, "nudges:7", "acknowledge.as_asked", {})),
        ("details.show:12", Pressed(12, "", "details.show", {})),
        ("details.show:12:", Pressed(12, "", "details.show", {})),
        ("ending.put_down:12:monkeys_of:3:0", Pressed(12, "monkeys_of:3:0", "ending.put_down", {})),
    ],
)
def test_what_a_button_says(value: str, read: Pressed) -> None:
    clicked = click(
        {
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "actions": [{"action_id": "acknowledge.as_asked", "value": value}],
        }
    )
    found = pressed(clicked)
    assert (found.number, found.origin, found.act) == (read.number, read.origin, read.act)
