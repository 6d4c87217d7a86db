"""What is left of the text when the due time is taken out, and what else the card has to know."""

import pytest

from .scenes import AT_THE_WARD, FRIDAY_EVENING, WEDNESDAY


@pytest.mark.parametrize(
    ("text", "rest", "phrase"),
    [
        ("Pay the invoice by Friday", "Pay the invoice", "by Friday"),
        ("Pay the invoice, by Friday.", "Pay the invoice.", "by Friday"),
        ("Pay the invoice (by Friday) today's rate", "Pay the invoice today's rate", "by Friday"),
        ("by Friday: pay the invoice", "pay the invoice", "by Friday"),
        ("By Friday, pay the invoice", "pay the invoice", "By Friday"),
        ("Pay by Friday the invoice of ACME", "Pay the invoice of ACME", "by Friday"),
        (
            "Pay <https://x.example/1|the invoice> for <@U1> by Friday",
            "Pay <https://x.example/1|the invoice> for <@U1>",
            "by Friday",
        ),
        ("Run `make  all` by Friday", "Run `make  all`", "by Friday"),
        ("Two  spaces  stay  by Friday", "Two  spaces  stay", "by Friday"),
        ("Line one\nby Friday\nline two", "Line one\nline two", "by Friday"),
        ("Projector, needed by Friday at the latest, please", "Projector, please", "needed by Friday at the latest"),
        ("Deliver on Friday at 3pm to ward 5", "Deliver to ward 5", "on Friday at 3pm"),
        ("Tomorrow 3pm: projector", "projector", "Tomorrow 3pm"),
        ("meet us at 3pm", "meet us", "at 3pm"),
        ("slides (Friday)", "slides", "Friday"),
        ("gasket :rocket: by Friday :pray:", "gasket :rocket: :pray:", "by Friday"),
        ("gasket :rocket: by Friday", "gasket :rocket:", "by Friday"),
        ("周五前付款", "付款", "周五前"),
        ("请在周五前付款", "请付款", "在周五前"),
        ("请付款，周五前，谢谢", "请付款，谢谢", "周五前"),
        ("付款（周五前）", "付款", "周五前"),
        ("明天下午3点要一台投影仪", "要一台投影仪", "明天下午3点"),
        ("最晚周五付款", "付款", "最晚周五"),
        ("週五下午3點前付款給ACME", "付款給ACME", "週五下午3點前"),
        ("周四（5月14日）前付款", "付款", "周四（5月14日）前"),
    ],
)
def test_the_rest_is_what_was_typed_without_the_phrase(text: str, rest: str, phrase: str) -> None:
    reading = WEDNESDAY.read(text)
    assert (reading.kind, reading.rest, reading.phrase) == ("found", rest, phrase)


@pytest.mark.parametrize(
    ("text", "explicit", "outside"),
    [
        ("by Friday", False, False),
        ("by Friday 3pm", True, False),
        ("by 6pm", True, False),
        ("by 9pm", True, True),
        ("Saturday 10am", True, True),
        ("by noon", True, False),
        ("tomorrow morning", False, False),
        ("in 3 days", False, True),
        ("周六上午10点", True, True),
        ("今天下班前", False, False),
    ],
)
def test_says_whether_a_clock_time_was_typed_and_lies_outside_the_hours(
    text: str, explicit: bool, outside: bool
) -> None:
    reading = WEDNESDAY.read(text)
    assert (reading.kind, reading.explicit_clock, reading.outside_hours) == ("found", explicit, outside)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("by 03/04", ["2027-03-04 18:00", "2027-04-02 18:00", "2027-04-06 18:00"]),
        ("by 6/7", ["2026-06-05 18:00", "2026-06-08 18:00", "2026-07-06 18:00"]),
        ("by 7", ["2026-05-13 19:00"]),
        ("by 9am", ["2026-05-14 09:00"]),
        ("by May 11", ["2027-05-11 18:00"]),
        ("this Monday", ["2026-05-18 18:00"]),
        ("by Friday May 14", ["2026-05-14 18:00", "2026-05-15 18:00"]),
        ("by 30 February", ["2027-02-26 18:00", "2027-03-01 18:00"]),
        ("by Saturday", ["2026-05-15 18:00", "2026-05-18 18:00"]),
        ("by next week", ["2026-05-15 18:00", "2026-05-22 18:00"]),
        ("by Wendesday", ["2026-05-13 18:00"]),
        ("by 13pm", ["2026-05-13 13:00"]),
        ("by yesterday", []),
        ("by 25:00", []),
        ("12.3前", ["2026-12-03 18:00", "2027-03-12 18:00"]),
        ("明天0点前", ["2026-05-14 00:00", "2026-05-15 00:00"]),
    ],
)
def test_the_readings_to_choose_between(text: str, choices: list[str]) -> None:
    assert WEDNESDAY.read(text).kind == "unclear"
    assert WEDNESDAY.choices(text) == choices


def test_a_choice_says_whether_a_day_or_a_time_was_meant() -> None:
    assert [choice.form for choice in WEDNESDAY.read("by next week").choices] == ["day_end", "day_end"]
    assert [choice.form for choice in AT_THE_WARD.read("by tomorrow at 3").choices] == ["clock", "clock"]


def test_what_is_past_is_offered_for_the_next_day() -> None:
    assert FRIDAY_EVENING.choices("today") == ["2026-05-18 18:00"]
    assert FRIDAY_EVENING.choices("by Friday 9pm") == ["2026-05-15 21:00", "2026-05-22 21:00"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Pay 4711 yesterday", "past"),
        ("please fix the pump yesterday!", "past"),
        ("付4711，昨天", "past"),
        ("昨天就要", "past"),
        ("付款-3天内", "impossible"),
        ("-3天内付款", "impossible"),
        ("The pump broke yesterday, please look", None),
        ("Check what happened yesterday", None),
        ("泵昨天坏了，请修", None),
        ("昨天坏了的泵请修", None),
        ("CT-3天线修好", None),
    ],
)
def test_what_nobody_can_mean_is_asked_back_and_what_was_is_no_wish(said: str, reason: str | None) -> None:
    read = WEDNESDAY.read(said)
    assert (read.kind, read.reason) == ("unclear" if reason else "none", reason)
