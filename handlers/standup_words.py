"""When does somebody want the standup? `every weekday at 09:30`, `every monday at 9am`, `每个工作日 上午9点半`.

Pure. What is not wholly understood is asked back: a standup at a wrong time would come again and again.
"""

import re
import unicodedata
from dataclasses import dataclass

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CHINESE = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_HOURS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_HOURS |= {"十一": 11, "十二": 12}
_EARLIEST_BARE = 7  # an hour below it without am, pm, a leading zero or minutes may mean the afternoon

_CLOCK = re.compile(
    r"(?P<day>上午|早上|早晨|中午|下午|晚上)?\s*(?<![\d:])(?P<hour>\d{1,2}|十[一二]?|[一二两三四五六七八九])"
    r"(?::(?P<minute>\d{2})|(?P<sharp>[点點时時])(?:(?P<half>半)|(?P<past>\d{1,2})分?|整)?)?(?![\d:])"
    r"\s*(?P<noon>[ap]\.?m\b\.?)?"
)
_EVERY_DAY = re.compile(r"\b(?:every ?day|daily|each day)\b|每天|每日")
_WORKING_DAYS = re.compile(r"\b(?:every|each)?\s*(?:weekdays?|workdays?|working days?|work days?)\b|(?:每个?)?工作日")
_ENGLISH_DAYS = re.compile(
    r"\b(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|" + "|".join(_ENGLISH) + r")s?\b(?:\s*(to|until|through|-|–)\s*)?"
)
_CHINESE_DAYS = re.compile(
    r"(?:每个?)?(?:周|星期|礼拜)([一二三四五六日天](?:[、,和及 ]*(?:周|星期|礼拜)?[一二三四五六日天])*)"
    r"(?:\s*(到|至|-|–)\s*(?:周|星期|礼拜)?([一二三四五六日天]))?"
)
_FILLERS = re.compile(r"\b(?:every|each|on|at|and|in the morning|o'?clock)\b|[,，、。.的在和每]|\s")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`weekdays`: 0 is Monday. `minute`: of the day, on the department's clocks."""

    weekdays: tuple[int, ...]
    minute: int


def wanted(text: str) -> Wanted | None:
    """The days and the time that `text` names, or None unless all of it is understood."""
    line = unicodedata.normalize("NFKC", text).casefold().replace("：", ":")
    days, line = _days(line)
    clock = _CLOCK.search(line)
    if not days or clock is None:
        return None
    minute = _minute(clock)
    rest = line[: clock.start()] + " " + line[clock.end() :]
    if minute is None or _FILLERS.sub("", rest):
        return None
    return Wanted(tuple(sorted(days)), minute)


def _days(line: str) -> tuple[set[int], str]:
    """The weekdays that a line names, and the line without them."""
    for pattern, days in ((_WORKING_DAYS, range(5)), (_EVERY_DAY, range(7))):
        if pattern.search(line):
            return set(days), pattern.sub(" ", line)
    found: set[int] = set()
    for match in _CHINESE_DAYS.finditer(line):
        named = [_CHINESE[letter] for letter in match[1] if letter in _CHINESE]
        found |= set(named)
        if match[3]:
            found |= _span(named[-1], _CHINESE[match[3]])
    line = _CHINESE_DAYS.sub(" ", line)
    since: int | None = None
    for match in _ENGLISH_DAYS.finditer(line):
        day = next(number for number, name in enumerate(_ENGLISH) if name.startswith(match[1][:3]))
        found |= {day} if since is None else _span(since, day)
        since = day if match[2] else None
    return found, _ENGLISH_DAYS.sub(" ", line)


def _span(first: int, last: int) -> set[int]:
    """From one weekday to another, over the end of the week if need be."""
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}


def _minute(clock: re.Match[str]) -> int | None:
    """The minute of the day, or None for no such time, or one that may mean two."""
    written = clock["hour"]
    hour = _HOURS[written] if written in _HOURS else int(written)
    minute = 30 if clock["half"] else int(clock["minute"] or clock["past"] or 0)
    half_of_day = (clock["noon"] or "").replace(".", "")
    bare = not (half_of_day or clock["day"] or written.startswith("0") or clock["minute"])
    if hour > 23 or minute > 59 or (bare and hour < _EARLIEST_BARE):
        return None
    if half_of_day:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half_of_day == "pm" else 0)
    elif (clock["day"] in ("下午", "晚上") and hour < 12) or (clock["day"] == "中午" and hour < 3):
        hour += 12
    return hour * 60 + minute
