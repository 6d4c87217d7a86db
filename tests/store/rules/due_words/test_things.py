"""What is no due time: numbers, names, links, code, plain words, and the dates of things."""

import pytest

from .scenes import WEDNESDAY

NO_DUE_TIME = (
    "",
    "pay the gasket invoice",
    "update to version 3.11 please",
    "5 pm2.5 masks",
    "the 2026 budget",
    "send Friday's report",
    "the May 14 report",
    "send the minutes of May 14",
    "invoice from May 14",
    "invoice dated 2026-05-03",
    "tomorrow's agenda",
    "report-2026-12-03.pdf",
    "see v2026.12.03 please",
    "print 1/2 page",
    "a 16:9 monitor",
    "scored 13/13",
    "24/7 support",
    "the second floor printer",
    "reviewed by 5 people",
    "paid by the 3rd party",
    "it takes 3 days",
    "that was 3 hours ago",
    "every Friday",
    "daily at 9:00",
    "after Friday",
    "Friday at the earliest",
    "最早周五",
    "暑假前",
    "not before Friday",
    "wear your Sunday best",
    "he sat down",
    "sun cream please",
    "good morning",
    "a chair for Bill May",
    "fix it by hand",
    "it is due to the heat",
    "we have 3 rooms at 5 euros",
    "<@U024BE7LH> by <https://x.example/2026-12-03|Friday>",
    "see <#C024BE7LR|friday>",
    "run `at 5pm tomorrow`",
    "```by Friday 3pm```",
    "https://x.example/by/friday tomorrow.example",
    'the sign says "by Friday"',
    "mail friday@example.com",
    "post it in #friday",
    "有一点问题",
    "我有两点意见",
    "十分感谢",
    "这两点十分重要",
    "快一点",
    "差一点",
    "有3点需要改",
    "三天前提交的申请",
    "3号楼打印机坏了",
    "12号机坏了",
    "房间号3号",
    "周五的会议材料",
    "今天的报告",
    "每周五的报表",
    "每天下午3点",
    "周五之后再说",
    "从周一开始",
    "上周五的报告",
    "版本12.3",
    "价格12.3元",
    "一点前提条件",
    "需要3天",
    "最近的订单",
    "下午好",
    "《周五见》海报",
    "`周五前`",
    "<#C024BE7LR|周五前>",
)


@pytest.mark.parametrize("text", NO_DUE_TIME)
def test_is_no_due_time_and_the_text_stays_as_it_was(text: str) -> None:
    reading = WEDNESDAY.read(text)
    assert (reading.kind, reading.rest, reading.phrase, reading.due) == ("none", text, "", None)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("the May 14 report by Monday", "2026-05-18 18:00"),
        ("Friday's report by Monday", "2026-05-18 18:00"),
        ("pay invoice 2026-05-03 by 2026-06-01", "2026-06-01 18:00"),
        ("Anna starts Monday, badge needed by Friday", "2026-05-15 18:00"),
        ("call 24/7 support by Friday", "2026-05-15 18:00"),
        ("increase the discount by 10% by Friday", "2026-05-15 18:00"),
        ("projector in room 5 tomorrow 3pm please", "2026-05-14 15:00"),
        ("3 chairs tomorrow", "2026-05-14 18:00"),
        ("close the books for October by the 25th", "2026-05-25 18:00"),
        ("May I have it by Friday?", "2026-05-15 18:00"),
        ("asap, by Friday at the latest", "2026-05-15 18:00"),
        ("`by Monday` tomorrow", "2026-05-14 18:00"),
        ("请尽快处理，周五前必须完成", "2026-05-15 18:00"),
        ("今天的报告周五前给我", "2026-05-15 18:00"),
        ("把周五的报告给我，明天中午前", "2026-05-14 12:00"),
        ("3号会议室明天下午2点用", "2026-05-14 14:00"),
        ("买3个垫圈，5点前", "2026-05-13 17:00"),
        ("《周五见》海报，明天要", "2026-05-14 18:00"),
        ("这一点很重要，明天回复", "2026-05-14 18:00"),
        ("下午好，周五前付款", "2026-05-15 18:00"),
        ("请于周五前提交报告", "2026-05-15 18:00"),
    ],
)
def test_a_wish_beside_other_dates_and_numbers(text: str, meant: str) -> None:
    assert WEDNESDAY.due(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "book a room for Friday 3pm",
        "send me Friday numbers",
        "hire 3 May interns",
        "raise the limit by 5",
        "cut costs by 5 by tomorrow",
        "send before the board meeting on Friday",
        "by the Friday meeting",
        "reply within 2 days of receipt",
        "10:30 meeting notes",
        "by 5 tomorrow 3pm",
        "tomorrow, or by Monday if that is not possible, or by Tuesday",
        "meeting is tomorrow, need slides by 2pm",
        "准备周五会议的资料",
        "周五开会前给我",
        "明天的会议改到周五，请今天确认",
        "周末",
        "下午交",
    ],
)
def test_what_may_belong_to_a_thing_is_asked_back_and_nothing_is_cut(text: str) -> None:
    reading = WEDNESDAY.read(text)
    assert (reading.kind, reading.rest) == ("unclear", text)


@pytest.mark.parametrize(
    ("text", "rest", "phrase"),
    [
        ("fix it asap please", "fix it please", "asap"),
        ("As soon as possible: new gasket", "new gasket", "As soon as possible"),
        ("ASAP!", "", "ASAP"),
        ("尽快修好分析仪", "修好分析仪", "尽快"),
        ("儘快", "", "儘快"),
        ("修好分析仪，越快越好", "修好分析仪", "越快越好"),
        ("马上换垫圈", "换垫圈", "马上"),
    ],
)
def test_as_soon_as_possible_is_no_due_time(text: str, rest: str, phrase: str) -> None:
    reading = WEDNESDAY.read(text)
    assert (reading.kind, reading.asap, reading.rest, reading.phrase) == ("none", True, rest, phrase)
