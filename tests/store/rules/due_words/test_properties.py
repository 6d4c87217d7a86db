"""What holds for every text, at every time, in every department."""

import re
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.rules.due_words import LONGEST_TEXT, Reading, read_due
from store.rules.due_words.line import folded

from .scenes import BAVARIA, NEW_YORK, NIGHT, SHANGHAI, WARD

WORDS = """
by before until due next this last Friday Mon sat May 14 14th the of 3 5 3pm 12am 0:00 24:00
25:00 noon midnight tomorrow today tonight eod end of week month quarter year in within 2 days
hours working February 03/04 2026-12-03 T15:00 Z +08:00 UTC CST or to - / and , . : ( ) ` < >
between asap early weekend holiday National Day Wendesday 周五 下周 前 之前 内 后 今天 明天 今晚
上午 下午 凌晨 3点 三点半 一刻 十分 月底 12月 3号
三 个 工作日 天 小时 半 节 国庆 或 到 的 开会 尽快 12.3 9999999 2099-01-01 31 Feb
half past quarter an couple few 年底 下班 末 初 周 星期 's @ # $ gasket 垫圈
"""
phrases = st.lists(st.tuples(st.sampled_from(WORDS.split()), st.sampled_from(["", " ", " ", "\n"])), max_size=9).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
texts = st.one_of(st.text(max_size=60), phrases, st.tuples(phrases, st.text(max_size=8), phrases).map("".join))
instants = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
calendars = st.sampled_from([SHANGHAI, BAVARIA, NEW_YORK, WARD, NIGHT])
zones = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])


def words_of(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9]+|[\u4e00-\u9fff]", text)


@given(text=texts, now=instants, calendar=calendars, zone=zones)
@settings(max_examples=600, deadline=None)
@example(text="by Sunday 2:30am", now=datetime(2026, 3, 25, tzinfo=UTC), calendar=BAVARIA, zone="Europe/Berlin")
@example(
    text="31 12 \ue000 İ ﬀ by Friday", now=datetime(2026, 3, 25, tzinfo=UTC), calendar=SHANGHAI, zone="Pacific/Apia"
)
def test_every_text_is_read_without_harm(text: str, now: datetime, calendar: object, zone: str) -> None:
    reading = read_due(text, now=now, calendar=calendar, zone=zone)  # type: ignore[arg-type]
    assert reading == read_due(text, now=now, calendar=calendar, zone=zone)  # type: ignore[arg-type]
    assert (reading.kind == "found") == (reading.due is not None)
    assert (reading.kind == "unclear") == (reading.reason is not None)
    if reading.due is not None:
        assert reading.due > now
        assert reading.due.tzinfo is UTC
        assert reading.choices == ()
    assert all(choice.due > now and choice.due.tzinfo is UTC for choice in reading.choices)
    assert sorted(set(reading.choices)) == list(reading.choices)
    assert len(reading.choices) <= 5
    _loses_no_word(text, reading)


def _loses_no_word(text: str, reading: Reading) -> None:
    if reading.kind == "none" and not reading.phrase:
        assert reading.rest == text.strip()
        return
    if reading.reason == "two_due_times":
        assert reading.rest == text.strip()
        return
    assert reading.phrase in text
    if reading.rest != text.strip():
        assert sorted(words_of(reading.rest + " " + reading.phrase)) == sorted(words_of(text))


@given(text=texts)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(now=instants, calendar=calendars, zone=zones)
@settings(max_examples=60, deadline=None)
def test_the_words_around_change_nothing(now: datetime, calendar: object, zone: str) -> None:
    for phrase in ("by Friday", "by tomorrow 15:00", "in 3 working days", "周五前", "月底前", "三个工作日内"):
        alone = read_due(phrase, now=now, calendar=calendar, zone=zone)  # type: ignore[arg-type]
        framed = read_due(f"<@U1> gasket 214, {phrase}, `x`", now=now, calendar=calendar, zone=zone)  # type: ignore[arg-type]
        assert (framed.kind, framed.due, framed.choices) == (alone.kind, alone.due, alone.choices)
        assert framed.phrase == phrase


@pytest.mark.parametrize(
    "piece",
    [
        "by ", "1", "1 ", "a", "一", "三天", "周", "`", "```", "<", "“", '"', "Friday ",
        "by Friday ", "3-", "in ", "12/", "the ", "before the ", "十", "early ", "周五或", "Mon or ",
        "and a half ", "《", "「", ":a", "a.b@", "Friday, ", "5/14 ", "节前", "周五前", "2026-12-03 ",
        "at at ", "between ", "(", "by 5 ", "9", "half past ", "next ", "@", "www.", "http://",
    ],
)  # fmt: skip
def test_hostile_repetitions_are_read_in_linear_work(piece: str) -> None:
    def calls(length: int) -> int:
        count = 0

        def counted(frame: object, event: str, argument: object) -> None:
            nonlocal count
            count += event in {"call", "c_call"}

        text = (piece * length)[:length]
        sys.setprofile(counted)
        try:
            read_due(text, now=datetime(2026, 5, 13, 2, tzinfo=UTC), calendar=SHANGHAI, zone="Asia/Shanghai")
        finally:
            sys.setprofile(None)
        return count

    calls(200)
    short, long = calls(500), calls(2000)
    assert long < 6 * short + 20_000


def test_of_a_longer_text_the_end_is_not_read_but_kept() -> None:
    text = "x" * LONGEST_TEXT + " by Friday"
    reading = read_due(text, now=datetime(2026, 5, 13, 2, tzinfo=UTC), calendar=SHANGHAI, zone="Asia/Shanghai")
    assert (reading.kind, reading.rest) == ("none", text)
