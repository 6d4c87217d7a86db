"""What is read from the line after /away: it is Monday, 23 November 2026, nine o'clock in Shanghai."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.away_words import Wanted, wanted
from store.rules.calendar import Calendar
from store.rules.hours import Hours

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
OFFICE = Calendar("Asia/Shanghai", Hours.parse({"mon-fri": "09:00-18:00"}), "CN")


def read(text: str) -> Wanted:
    return wanted(text, now=NOW, calendar=OFFICE, zone="Asia/Shanghai")


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("until monday", None, at(30, 9)),
        ("until friday", None, at(27, 9)),
        ("friday", None, at(27, 9)),
        ("through friday", None, at(27, 18)),
        ("until 4pm", None, at(23, 16)),
        ("until tomorrow 14:00", None, at(24, 14)),
        ("from wednesday until friday", at(25, 9), at(27, 9)),
        ("from 3 Dec until 10 Dec", at(3, 9, 12), at(10, 9, 12)),
        ("until saturday", None, at(30, 9)),
        ("until end of week", None, at(27, 18)),
        ("for 3 days", None, at(26, 9)),
        ("from tomorrow", at(24, 9), None),
        ("until further notice", None, None),
        ("到周五", None, at(27, 9)),
        ("从12月3日到12月10日", at(3, 9, 12), at(10, 9, 12)),
        ("到下午4点", None, at(23, 16)),
    ],
)
def test_from_when_until_when(text: str, since: datetime | None, until: datetime | None) -> None:
    assert (read(text).unread, read(text).since, read(text).until) == ("", since, until)


@pytest.mark.parametrize(
    "text",
    [
        "until friday deputy <@USAM|sam>",
        "until friday, deputy: <@USAM>",
        "deputy <@USAM> until friday",
        "<@USAM> until friday",
        "until friday <@USAM> stands in",
        "到周五 代理 <@USAM>",
        "到周五，由<@USAM>代理",
    ],
)
def test_who_stands_in(text: str) -> None:
    assert read(text) == Wanted(until=at(27, 9), deputy_id="USAM")


def test_a_name_that_slack_did_not_know_is_kept() -> None:
    assert read("until friday deputy @sam") == Wanted(until=at(27, 9), handle="sam")


@pytest.mark.parametrize("text", ["until the cows come home", "blah", "from nowhere until friday", "until 03/04"])
def test_what_is_not_understood_is_said(text: str) -> None:
    assert read(text).unread


def test_nothing_is_nothing() -> None:
    assert read("") == Wanted()
