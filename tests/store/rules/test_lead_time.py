"""Lead times as people write them, and what is refused."""

import pytest

from store.rules.lead_time import BadLeadTime, LeadTime


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2d", "2d"),
        ("4h", "4h"),
        (" 2 days ", "2d"),
        ("1 day", "1d"),
        ("3 working  days", "3d"),
        ("3 business days", "3d"),
        ("4 Hours", "4h"),
        ("2天", "2d"),
        ("4小时", "4h"),
        ("两个工作日", "2d"),
        ("10个工作小时", "10h"),
        ("365d", "365d"),
        ("8760h", "8760h"),
    ],
)
def test_lead_times_are_read_and_written_short(text: str, short: str) -> None:
    assert str(LeadTime.parse(text)) == short
    assert LeadTime.parse(short) == LeadTime.parse(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0d", "not_positive"),
        ("0 hours", "not_positive"),
        ("-1d", "not_positive"),
        ("400d", "too_long"),
        ("366d", "too_long"),
        ("8761h", "too_long"),
        ("30m", "unreadable"),
        ("2", "unreadable"),
        ("days", "unreadable"),
        ("1.5d", "unreadable"),
        ("2d 4h", "unreadable"),
        ("", "unreadable"),
        ("9" * 5000 + "d", "unreadable"),
    ],
)
def test_lead_times_that_nobody_can_promise_are_refused(text: str, reason: str) -> None:
    with pytest.raises(BadLeadTime) as refused:
        LeadTime.parse(text)
    assert refused.value.reason == reason
