"""When the standup is wanted: what is understood, what is asked back, and that no words make it fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.standup_words import Wanted, wanted

WEEK = (0, 1, 2, 3, 4)
EVERY_DAY = tuple(range(7))


@pytest.mark.parametrize(
    ("text", "weekdays", "clock"),
    [
        ("every weekday at 09:30", WEEK, "09:30"),
        ("Every Weekday At 9:30", WEEK, "09:30"),
        ("weekdays 9:30", WEEK, "09:30"),
        ("every working day at 9am", WEEK, "09:00"),
        ("daily at 9 am", EVERY_DAY, "09:00"),
        ("every day at 17:45", EVERY_DAY, "17:45"),
        ("every monday at 9:00", (0,), "09:00"),
        ("mondays at 9:00", (0,), "09:00"),
        ("on mondays and thursdays at 9 a.m.", (0, 3), "09:00"),
        ("every mon, wed and fri at 4pm", (0, 2, 4), "16:00"),
        ("mon-fri 8:15", WEEK, "08:15"),
        ("every friday to monday at 12pm", (0, 4, 5, 6), "12:00"),
        ("every sunday at 12am", (6,), "00:00"),
        ("at 9:30 every weekday", WEEK, "09:30"),
        ("每个工作日 09:30", WEEK, "09:30"),
        ("每个工作日 上午9点半", WEEK, "09:30"),
        ("工作日九点", WEEK, "09:00"),
        ("每天下午3点", EVERY_DAY, "15:00"),
        ("每周一 9:00", (0,), "09:00"),
        ("每周一、三、五 9点15分", (0, 2, 4), "09:15"),
        ("每周一三五 ９：００", (0, 2, 4), "09:00"),
        ("周一到周五 上午十点", WEEK, "10:00"),
        ("每星期日晚上8点", (6,), "20:00"),
        ("每周四中午12点", (3,), "12:00"),
    ],
)
def test_understood(text: str, weekdays: tuple[int, ...], clock: str) -> None:
    hour, _, minute = clock.partition(":")
    assert wanted(text) == Wanted(weekdays, int(hour) * 60 + int(minute))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every weekday",
        "at 9:30",
        "9:30",
        "every weekday at 3",
        "every weekday at 25:00",
        "every weekday at 9:75",
        "every weekday at 13pm",
        "every second monday at 9:00",
        "every weekday at 9:30 and 14:00",
        "every weekday except friday at 9:30",
        "not every weekday at 9:30",
        "every munday at 9:00",
        "每月一号 9:00",
        "工作日",
        "finance every monday at 9:00",
    ],
)
def test_asked_back(text: str) -> None:
    assert wanted(text) is None


@given(st.text(max_size=60) | st.from_regex(r"(every |每周)[a-z一二三0-9: ]{0,20}(am|pm|点半)?", fullmatch=True))
def test_no_words_make_it_fail(text: str) -> None:
    found = wanted(text)
    assert found is None or (found.weekdays and set(found.weekdays) <= set(EVERY_DAY) and 0 <= found.minute < 1440)
