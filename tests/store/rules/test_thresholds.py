"""A department's ladder as a lead types it."""

import pytest

from store.rules.lead_time import LeadTime
from store.rules.thresholds import BadLadder, Ladder


def test_what_is_not_mentioned_stays() -> None:
    ladder = Ladder.parse({"half_time": "off", "Not acknowledged": "4 hours", "at_due": False, "unanswered": 3})
    assert ladder == Ladder(half_time=None, not_acknowledged=LeadTime(4, "hours"), at_due=False, unanswered=3)
    assert Ladder.parse({}) == Ladder()
    assert Ladder.parse({"half_time": True, "starving_times": "3", "late": None}) == Ladder(starving_times=3, late=None)


@pytest.mark.parametrize(
    "ladder",
    [
        Ladder(),
        Ladder(half_time=None, late=None, at_due=False, lead_starving=False),
        Ladder(verdict_first=LeadTime(4, "hours"), quiet_minutes=0, starving=LeadTime(10, "days")),
    ],
)
def test_written_and_read_again_nothing_changes(ladder: Ladder) -> None:
    assert Ladder.parse(ladder.as_yaml()) == ladder


@pytest.mark.parametrize(
    ("mapping", "reason", "rung"),
    [
        ({"halftime": "2d"}, "unknown_rung", "halftime"),
        ({"half_time": "soon"}, "unreadable", "half_time"),
        ({"half_time": "0d"}, "not_positive", "half_time"),
        ({"late": "400d"}, "too_long", "late"),
        ({"unanswered": 0}, "not_positive", "unanswered"),
        ({"unanswered": -1}, "not_positive", "unanswered"),
        ({"unanswered": "off"}, "unreadable", "unanswered"),
        ({"quiet_minutes": True}, "unreadable", "quiet_minutes"),
        ({"quiet_minutes": 10_000}, "too_long", "quiet_minutes"),
        ({"at_due": "2d"}, "unreadable", "at_due"),
        ({"verdict_second": "off"}, "cannot_be_off", "verdict_second"),
        ({"no_verdict": None}, "cannot_be_off", "no_verdict"),
        ({"verdict_first": "3d"}, "out_of_order", "verdict_second"),
        (["late"], "unreadable", ""),
    ],
)
def test_ladders_that_cannot_be_climbed_are_refused(mapping: dict[str, object], reason: str, rung: str) -> None:
    with pytest.raises(BadLadder) as refused:
        Ladder.parse(mapping)
    assert (refused.value.reason, refused.value.rung) == (reason, rung)
