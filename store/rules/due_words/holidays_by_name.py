""" "before National Day", "节前": which holiday is meant, and when does the department's work end before it?

English names are those of the department's own country; the usual other names and the Chinese ones are listed here.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from store.rules.calendar import Calendar

from .lexicon import Entry, chinese, english
from .meanings import Holiday

_TAIL = re.compile(r" \((?:observed|estimated).*\)$|^the ")
_MOST_NAME_LENGTH = 60

_Matches = Callable[[str, date], bool]


def _called(*parts: str, month: int | None = None) -> _Matches:
    return lambda name, day: any(part in name for part in parts) and (month is None or day.month == month)


_KNOWN: dict[str, _Matches] = {
    "national day": _called("national day"),
    "october first": _called("national day", month=10),
    "spring festival": _called("spring festival", "chinese new year", "lunar new year"),
    "spring festival eve": _called("chinese new year's eve", "lunar new year's eve"),
    "new year": lambda name, day: name.startswith("new year") and "eve" not in name and day.month == 1,
    "qingming": _called("tomb-sweeping", "tomb sweeping", "qingming", "ching ming"),
    "labour day": _called("labor day", "labour day", "may day"),
    "may first": _called("labor day", "labour day", "may day", month=5),
    "dragon boat": _called("dragon boat", "duanwu", "tuen ng"),
    "mid-autumn": _called("mid-autumn", "mid autumn", "moon festival"),
    "christmas": lambda name, day: "christmas" in name and "orthodox" not in name and day.month == 12,
    "easter": _called("easter", "good friday"),
    "good friday": _called("good friday"),
    "thanksgiving": _called("thanksgiving"),
    "whitsun": _called("pentecost", "whit monday"),
    "diwali": _called("diwali", "deepavali"),
    "eid": _called("eid al", "eid ul"),
    "ramadan": _called("first day of ramadan"),
    "hanukkah": _called("hanukkah"),
    "passover": _called("passover", "pesach"),
}
_ENGLISH = {
    r"national day|golden week": "national day",
    r"spring festival|chinese new year|lunar new year|cny": "spring festival",
    r"new year(?:'?s)?(?: day)?|newyear": "new year",
    r"tomb[- ]sweeping(?: day| festival)?|qing ?ming(?: festival)?": "qingming",
    r"labou?r day": "labour day",
    r"may day": "may first",
    r"dragon boat(?: festival)?": "dragon boat",
    r"mid[- ]autumn(?: festival| day)?|moon festival": "mid-autumn",
    r"christmas(?: day)?|xmas|x-mas": "christmas",
    r"easter": "easter",
    r"good friday": "good friday",
    r"thanksgiving(?: day)?": "thanksgiving",
    r"whitsun|pentecost": "whitsun",
    r"diwali|deepavali": "diwali",
    r"(?<=before )eid|eid al[- ](?:fitr|adha)": "eid",  # alone it may be somebody's name
    r"(?<=before )ramadan": "ramadan",
    r"hanukkah|chanukah": "hanukkah",
    r"passover|pesach": "passover",
}
_CHINESE = {
    "国庆节?|黄金周": "national day",
    "十一(?![月点时])": "october first",
    "春节|过年|农历新年|旧历年|农历年": "spring festival",
    "除夕|大年三十|年三十": "spring festival eve",
    "元旦节?|新年|阳历年": "new year",
    "清明节?": "qingming",
    "五一": "may first",
    "劳动节": "labour day",
    "端午节?": "dragon boat",
    "中秋节?": "mid-autumn",
    "圣诞节?": "christmas",
    "复活节": "easter",
    "感恩节": "thanksgiving",
}
_ENGLISH_TAIL = r"(?:'s)?(?: holidays?| break| vacation| week)?"
_CHINESE_TAIL = "(?:小?长?假期?|黄金周|放假|节|夕)?(?=之前|以前|前|前夕)"


def entries_for(calendar: Calendar, year: int) -> tuple[Entry, ...]:
    """The names of holidays that a department's askers may use in `year`."""
    return _entries(calendar.country, frozenset(_names(calendar, year)))


@lru_cache(maxsize=256)
def _entries(country: str | None, names: frozenset[str]) -> tuple[Entry, ...]:
    entries = [english(rf"(?:the )?(?:{pattern}){_ENGLISH_TAIL}", Holiday(name)) for pattern, name in _ENGLISH.items()]
    entries.extend(chinese(f"(?:{pattern}){_CHINESE_TAIL}", Holiday(name)) for pattern, name in _CHINESE.items())
    entries.append(
        english(
            r"(?:the |our |this )?(?:(?:next|coming|public|bank|long|national|"
            r"statutory) ){0,2}holidays?",
            Holiday(None),
        )
    )
    entries.append(
        chinese(
            "(?<![暑寒年病事产婚])(?:(?:法定|国定)?节假日|节日|长假|小长假|假期|放假|过节|节)(?=之前|以前|前(?!提|言))",
            Holiday(None),
        )
    )
    entries.extend(
        english(rf"(?:the )?{re.escape(name)}{_ENGLISH_TAIL}", Holiday(f"={name}"))
        for name in sorted(names)
        if 3 <= len(name) <= _MOST_NAME_LENGTH and name[:1].isalpha() and name.isascii()
    )
    return tuple(entries)


def _names(calendar: Calendar, year: int) -> set[str]:
    names: set[str] = set()
    for whole in calendar.holidays_named(year).values():
        for name in whole.lower().split("; "):
            if not name.startswith("day off"):
                names.add(_TAIL.sub("", name).replace("’", "'"))
    return names


def first_days(calendar: Calendar, holiday: Holiday, today: date) -> list[date]:
    """The first days of that holiday, from the last one begun by `today` onwards for a year or two, in order."""
    named = holiday.name
    if named is None:
        return []
    matches = _KNOWN.get(named) or _called(named.removeprefix("="))
    found: list[date] = []
    for year in range(today.year - 1, today.year + 3):
        days = sorted(
            day
            for day, name in calendar.holidays_named(year).items()
            if any(matches(part.strip().replace("’", "'"), day) for part in name.lower().split(";"))
        )
        found.extend(day for day in days if not found or day - found[-1] > timedelta(days=15))
    return found


def next_holidays(calendar: Calendar, today: date) -> list[date]:
    """The first days of the coming holidays after `today` and the free days it lies in, in order."""
    days = sorted(day for year in (today.year, today.year + 1) for day in calendar.holidays_named(year))
    return [day for day in days if day > today]
