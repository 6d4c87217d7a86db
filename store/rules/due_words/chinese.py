"""What Chinese words mean in a due phrase. Traditional characters arrive here simplified (see line.py)."""

from .lexicon import Entry, Meanings, Said, chinese
from .meanings import (
    Asap,
    CalendarDate,
    Clock,
    DayOfMonth,
    Deadline,
    Elapsed,
    Later,
    Meaning,
    NotATime,
    PartName,
    PartOfDay,
    Period,
    RelativeDay,
    Until,
    Vague,
    Weekday,
    Weekend,
    WorkingLater,
)
from .numbers import chinese_number, chinese_pair

_SIGNS = {
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
    "六": 5,
    "日": 6,
    "天": 6,
    "七": 6,
    **{str(n): n - 1 for n in range(1, 8)},
}
_PARTS: dict[str, PartName] = {
    "上午": "morning",
    "早上": "morning",
    "早晨": "morning",
    "清晨": "morning",
    "午前": "morning",
    "早": "morning",
    "晨": "morning",
    "一早": "first_thing",
    "一大早": "first_thing",
    "中午": "noon",
    "正午": "noon",
    "下午": "afternoon",
    "午后": "afternoon",
    "傍晚": "evening",
    "晚上": "evening",
    "晚间": "evening",
    "夜里": "evening",
    "夜间": "evening",
    "深夜": "evening",
    "夜": "evening",
    "晚": "evening",
    "凌晨": "dawn",
    "午夜": "midnight",
    "半夜": "midnight",
    "子夜": "midnight",
    "午饭": "lunch",
    "午餐": "lunch",
}
_PART = "(?:" + "|".join(sorted((name for name in _PARTS if len(name) > 1), key=len, reverse=True)) + ")"
_THIS, _NEXT = "本|这个?|当", "下一?个?"
_WEEK = "(?:周|星期|礼拜)"
_BEFORE = "(?:之前|以前|前)"
# 前 begins other words: 前提, 前面, 前台 …
_NOT_A_WORD_OF_ITS_OWN = (
    "(?!提(?![交供出醒取报升货])|[面后者台端期线景往言置沿途任辈缀卫锋身缘程夕天年几两三些]|一[天周个])"
)


def _offset(which: str | None) -> int:
    if not which:
        return 0
    return which.count("下") if "下" in which else (-1 if which.startswith("上") else 0)


def _weekday(said: Said) -> Meanings:
    which = said["which"]
    number = _SIGNS[said["sign"]]
    return (Weekday(number, week=_offset(which) if which else None),)


def _day(words: str) -> int:
    days = {"今": 0, "本": 0, "明": 1, "后": 2, "大": 3, "昨": -1, "前": -2}
    return days[words[0]]


def _calendar_date(said: Said) -> Meanings | None:
    month, day = chinese_number(said["month"]), chinese_number(said["day"])
    if month is None or day is None:
        return None
    year_said = said["year"]
    year = _year(year_said) if year_said else None
    offset = {"去": -1, "今": 0, "本": 0, "明": 1, "后": 2}.get(said["relative"] or "")
    date = CalendarDate(((month, day),), year)
    return (date,) if offset is None else (Period("year", offset=offset), date)


def _year(text: str) -> int | None:
    digits = text.translate(str.maketrans("零〇一二三四五六七八九", "00123456789"))
    if not digits.isdigit():
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day_of_month(said: Said) -> Meanings | None:
    day = chinese_number(said["day"])
    which = said["which"]
    return None if day is None else (DayOfMonth(day, _offset(which) if which else None),)


def _clock(said: Said) -> Meanings | None:
    hour = chinese_number(said["hour"])
    if hour is None:
        return None
    minute = 0
    if said["half"]:
        minute = 30
    elif said["quarters"]:
        quarters = chinese_number(said["quarters"])
        minute = 15 * (quarters or 0)
    elif said["minute"]:
        read = chinese_number(said["minute"].removesuffix("分"))
        if read is None:
            return None
        minute = read
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return (NotATime(),)
    written = said["minute"] or ""
    plain = not (
        said["half"] or said["quarters"] or said["bell"] or (written and "分" not in written and written != "十")
    )
    return (Clock(hour, minute, None, exact=hour > 12 or hour == 0, bare=plain),)


_MINUTES = {"分钟": 1, "分": 1, "min": 1, "mins": 1, "小时": 60, "钟头": 60, "h": 60}
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_MONTHS = {"月": 1, "季度": 3, "年": 12}


def _span(said: Said) -> Meanings | None:
    number, upper, unit = said["number"], said["upper"], said["unit"]
    half_more = bool(said["half_more"])
    if number in {"几", "数", "好几"}:
        return (Vague(), Later(days=3))
    amount: float | None
    if number == "半":
        amount = 0.5
    elif "." in number:
        amount = float(number)
    else:
        last = upper or number
        amount = chinese_pair(last) or chinese_number(last)
    if amount is None:
        return None
    if half_more:
        amount += 0.5
    if "工作" in unit:
        if amount != int(amount):
            return (Vague(), Later(days=1))
        return (WorkingLater(int(amount), "hours" if "小时" in unit else "days"),)
    if unit in _MINUTES:
        more = chinese_number(said["more"]) if said["more"] else 0
        return (Elapsed(round(amount * _MINUTES[unit]) + (more or 0)),)
    if unit in _DAYS:
        return (Later(days=int(amount) * _DAYS[unit]),) if amount == int(amount) else (Vague(), Later(days=1))
    months = amount * _MONTHS[unit]
    if months == int(months):
        return (Later(months=int(months)),)
    return (Vague(), Later(days=15, months=int(months)))


def _quarter_hours(said: Said) -> Meanings:
    return (Elapsed(15 * (chinese_number(said["number"]) or 1)),)


def _month_end(said: Said) -> Meanings | None:
    named, which = said["named"], said["which"]
    if named is None:
        return (Period("month", offset=_offset(which), end=True),)
    number = chinese_number(named)
    return (Period("month", number=number, end=True),) if number is not None and 1 <= number <= 12 else (NotATime(),)


def _quarter(said: Said) -> Meanings:
    number = chinese_number(said["number"]) if said["number"] else None
    return (Period("quarter", offset=_offset(said["which"]), number=number, end=bool(said["end"])),)


def _named_month(said: Said) -> Meanings | None:
    number = chinese_number(said["number"])
    if number is None or not 1 <= number <= 12:
        return None
    # 三月内 is within March or within three months; 12月内 can only be the month.
    doubt: tuple[Meaning, ...] = (Vague(),) if said["inside"] else ()
    return (*doubt, Period("month", number=number, end=bool(said["inside"])))


def _year_end(said: Said) -> Meanings:
    which = said["which"] or ""
    if which[:1].isdigit():
        return (Period("year", year=int(which[:4]), end=True),)
    return (Period("year", offset={"明": 1, "后": 2}.get(which[:1], 0), end=True),)


_YEAR = r"(?:(?P<year>(?:19|2\d|99)?\d\d|二[零〇一二三四五六七八九]{3})年 ?|(?P<relative>今|本|明|后|去)年)?"
_SPAN_UNIT = r"工作日|工作天|工作小时|分钟|分|小时|钟头|星期|礼拜|天|日|周|(?<=个)月|季度|年|mins?|h"
_SPAN_NUMBER = r"(?:\d{1,3}\.\d|\d{1,30}|半|几|数|好几|[一二两三四五六七八九十百]{1,4})"

ENTRIES: tuple[Entry, ...] = (
    chinese(
        r"(?:最晚|最迟|不晚于|不迟于|不得晚于|赶在|截止日期|截止时间|截止|截至|期限|限期|ddl|deadline)(?:日期|"
        r"时间)?(?:到|至|于|在|是|为)?[:：]?",
        Deadline(),
    ),
    chinese(_BEFORE + _NOT_A_WORD_OF_ITS_OWN, Until(exclusive=True), behind_a_time=True),
    chinese(
        r"(?:之前|以前|前)(?:\d{1,2}|[一二两三四五六七八九十半几]) ?个?(?:天|日|周|星期|礼拜|工作日|小时|月|分钟)",
        lambda _: (Until(exclusive=True), Vague(blank=True)),
        behind_a_time=True,
    ),
    chinese("之内|以内|内(?![容部存地外])|为止|截止|之间", Until(), behind_a_time=True),
    chinese("左右", Until(), behind_a_time=True),
    # Days.
    chinese("(?:今|明|后|大后|昨|前)(?:天|日|儿个?)(?!气)", lambda said: (RelativeDay(_day(said[0])),)),
    chinese("当[天日]", lambda _: (Vague(), RelativeDay(0))),
    chinese("次日|翌日|第二天|隔[天日]", lambda _: (Vague(), RelativeDay(1))),
    chinese("(?:下一?|第[二2])个?工作日", lambda _: (Vague(), WorkingLater(1, "days"))),
    chinese("今明两?[天日]", RelativeDay(1)),
    chinese("明后两?[天日]", RelativeDay(2)),
    chinese(
        "(?P<day>今|明|后|昨)(?P<part>早上?|晨|晚上?|夜|午)(?!点)",
        lambda said: (
            RelativeDay(_day(said["day"])),
            PartOfDay("noon" if said["part"] == "午" else "evening" if said["part"][0] in "晚夜" else "morning"),
        ),
    ),
    chinese(f"(?P<day>今|明|后)(?={_PART})", lambda said: (RelativeDay(_day(said["day"])),)),
    chinese(
        f"(?:(?P<which>上上个?|上一?个?|下下下?个?|{_NEXT}|{_THIS}) ?)?(?:周|星期|礼拜) ?"
        f"(?P<sign>[一二三四五六日天](?![小个])|[1-7](?![小个\\d]))",
        _weekday,
    ),
    chinese("(?:星期|礼拜) ?[八九十](?!个|小)|周[八九](?=之?前|以前)", NotATime()),
    chinese(f"(?:(?P<which>下个?|{_THIS}) ?)?(?:周末|双休日?)", lambda said: (Weekend(_offset(said["which"])),)),
    # Dates.
    chinese(
        _YEAR + r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})月份? ?(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})"
        r"(?: ?[号日]|(?= ?[-~到至]|之?前|以前|上午|下午|晚|中午|早| ?$| ?[,.;!，。；！]))",
        _calendar_date,
    ),
    chinese(
        rf"(?:(?P<which>{_NEXT}|下下个?|{_THIS})月份? ?)?(?P<day>\d{{1,2}}|"
        rf"[一二三四五六七八九十]{{1,3}}) ?[号日](?!元|币|语|内|常|本)",
        _day_of_month,
    ),
    chinese("平安夜", CalendarDate(((12, 24),))),
    # Weeks, months, quarters, years.
    chinese(
        f"(?P<which>下下个?|{_NEXT}|{_THIS})(?:周|星期|礼拜)(?:末尾|结束)?",
        lambda s: (Period("week", _offset(s["which"])),),
    ),
    chinese("周内", lambda _: (Period("week", end=True), Until())),
    chinese(
        rf"(?:(?P<which>下下个?|{_NEXT}|{_THIS})?月|(?P<named>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})月份?)"
        rf"(?:底|末|月底)",
        _month_end,
    ),
    chinese(rf"(?P<which>下下个?|{_NEXT}|{_THIS})月份?", lambda said: (Period("month", _offset(said["which"])),)),
    chinese("月内", lambda _: (Period("month", end=True), Until())),
    chinese("年内", lambda _: (Period("year", end=True), Until())),
    chinese(
        rf"(?P<which>{_NEXT}|{_THIS})?(?:第?(?P<number>[一二三四1-4]))?(?:季度|季)(?P<end>末|底|结束)?",
        _quarter,
    ),
    chinese(r"q(?P<number>[1-4])(?:季度)?(?P<end>末|底)(?P<which>(?!))?", _quarter),
    chinese(
        r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?P<inside>内)?(?=前|之前|以前|内|之内|以内|(?<=内))",
        _named_month,
    ),
    chinese(r"(?P<which>今年?|本年?|明年?|后年|20\d\d年)?(?:年底|年末|年终|岁末)", _year_end),
    chinese(r"(?P<which>今年|本年|明年|后年|20\d\d年)(?:年?底|年?末|年终)", _year_end),
    chinese(r"今年|本年度?", Period("year")),
    chinese(r"明年", Period("year", 1)),
    chinese(
        rf"(?:(?:{_NEXT}|{_THIS})?(?:月|周)|今年|明年|年|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月)(?:初|"
        rf"中旬?|上旬|下旬)(?![心国间])",
        lambda said: (
            Vague(blank=said[0][0] in "0123456789一二三四五六七八九十"),
            Period(
                "year" if "年" in said[0] else "week" if "周" in said[0] else "month",
                _offset("下" if "下" in said[0].replace("下旬", "") else None),
                end=True,
            ),
        ),
    ),
    # Spans from now.
    chinese(
        rf"(?:在|过|未来|接下来)?(?<![零一二两三四五六七八九十百\d.])(?P<number>{_SPAN_NUMBER})"
        rf"(?: ?[-到至~或] ?(?P<upper>{_SPAN_NUMBER}))? ?个?"
        rf"(?P<half_more>半)?"
        rf" ?(?P<unit>{_SPAN_UNIT})"
        rf"(?:(?P<more>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})分钟?)?"
        rf" ?(?:时间)?(?:之内|以内|内(?![容部存地外])|之后|以后|后(?![天面来]))",
        _span,
    ),
    chinese(
        rf"(?:在|过|未来)?(?<![\d.])(?:负|-) ?(?P<number>{_SPAN_NUMBER}) ?个?(?:{_SPAN_UNIT})"
        rf" ?(?:时间)?(?:之内|以内|内|之后|以后|后)",
        NotATime(),
    ),
    chinese(r"(?P<number>一|三|两|3|1)刻钟(?:之内|以内|内|之后|以后|后)", _quarter_hours),
    chinese(r"(?:这|近|最近|过)(?:几|两|一两)(?:天|日)内?|近期内|近日内|不久", (lambda _: (Vague(), Later(days=2)))),
    # Times on the clock and parts of the day.
    chinese(
        r"(?P<hour>\d{1,2}|[一二两三四五六七八九十零〇]{1,3}) ?(?:点(?P<bell>钟|整|正)?|时(?![间候常代期而尚节差事候]))"
        r"(?:(?P<half>半)|(?P<quarters>[一三13])刻|过?(?P<minute>(?:[零〇一二三四五六七八九十]{2,3}|\d{1,2}|"
        r"[五十])分(?!钟)|[二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九]|\d\d))?"
        r"(?![零〇一二两三四五六七八九\d]|[击评子名赞餐心货数滴缀检])",
        _clock,
    ),
    chinese(_PART, lambda said: (PartOfDay(_PARTS[said[0]]),)),
    chinese("[早晚](?![会饭餐餐安报宴点于])", lambda said: (PartOfDay(_PARTS[said[0]]),), behind_a_time=True),
    chinese(f"(?:下班|收工|打烊)(?:的?时候)?(?={_BEFORE})", PartOfDay("closing")),
    chinese("(?:下班|收工)(?:的?时候?)?", PartOfDay("closing"), behind_a_time=True),
    chinese(f"(?:上班|开门|开工)(?={_BEFORE})", PartOfDay("opening")),
    # No due time at all.
    chinese(
        "(?:请|麻烦)?(?:尽快|尽早|尽速|从速|越快越好|越早越好|赶紧|赶快|即刻)|(?:马上|立刻|立即)(?![要就到放过会])",
        Asap(),
    ),
)
