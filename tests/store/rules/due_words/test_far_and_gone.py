"""Times that nobody can mean, because they are gone or beyond all reason: asked back, never overlooked or cut."""

import pytest

from .scenes import WEDNESDAY


@pytest.mark.parametrize(
    ("text", "reason", "rest"),
    [
        ("Pay 4711 in -3 days", "impossible", "Pay 4711"),
        ("Pay 4711 within minus 2 hours", "impossible", "Pay 4711"),
        ("Pay 4711 in \u22123 working days", "impossible", "Pay 4711"),
        ("负3天内付4711", "impossible", "付4711"),
        ("请在-3天内付4711", "impossible", "请付4711"),
        ("Pay 4711 in 99999999 days", "too_far", "Pay 4711"),
        ("Pay 4711 in 123456789012345678901234567890 minutes", "too_far", "Pay 4711"),
        ("Pay 4711 within 9999999 working days", "too_far", "Pay 4711"),
        ("99999999天内付4711", "too_far", "付4711"),
        ("Pay 4711 by 1 Jan 9999", "too_far", "Pay 4711"),
        ("Pay 4711 by January 1st, 2999", "too_far", "Pay 4711"),
        ("Pay 4711 by 9999-01-01", "too_far", "Pay 4711"),
        ("Pay 4711 by 31.12.9999", "too_far", "Pay 4711"),
        ("9999年1月1日前付4711", "too_far", "付4711"),
        ("Pay 4711 by 1 June 1999", "past", "Pay 4711"),
        ("Pay 4711 before Diwali", "unknown_holiday", "Pay 4711"),
        ("Pay 4711 before Ramadan", "unknown_holiday", "Pay 4711"),
    ],
)
def test_what_nobody_can_mean_is_asked_back_whole(text: str, reason: str, rest: str) -> None:
    reading = WEDNESDAY.read(text)
    assert (reading.kind, reading.reason, reading.rest) == ("unclear", reason, rest)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Ask Ramadan to pay 4711 by Friday", "2026-05-15 18:00"),
        ("Order 99999999 screws by Friday", "2026-05-15 18:00"),
        ("Pay invoice 9999-01-02-77 by Friday", "2026-05-15 18:00"),
        ("Review the contract of March 3, 1985 by Friday", "2026-05-15 18:00"),
        ("Pay by 15 May 19:30", "2026-05-15 19:30"),
    ],
)
def test_numbers_and_old_dates_beside_a_due_time_are_things(text: str, due: str) -> None:
    assert WEDNESDAY.due(text) == due


def test_four_figures_that_are_rather_a_time_are_no_year() -> None:
    assert WEDNESDAY.due("Pay by 15 May 1930") == "? vague"
    assert WEDNESDAY.choices("Pay by 15 May 1930") == ["2026-05-15 19:30"]
