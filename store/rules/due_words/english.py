"""What English words mean in a due phrase."""

import re

from .lexicon import Entry, Meanings, Said, beginning, english
from .meanings import (
    Asap,
    CalendarDate,
    DayOfMonth,
    Deadline,
    Elapsed,
    Later,
    Meaning,
    Misspelt,
    NotATime,
    PartName,
    PartOfDay,
    Period,
    PeriodUnit,
    RelativeDay,
    Until,
    Vague,
    Weekday,
    Weekend,
    WorkingLater,
)
from .misspellings import nearly_a_weekday
from .numbers import ENGLISH_NUMBER, ENGLISH_ORDINAL, english_number, english_ordinal

_WEEKDAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
    "monday": 0,
    "tuesday": 1,
    "wednesday": 2,
    "thursday": 3,
    "friday": 4,
    "saturday": 5,
    "sunday": 6,
}
_WEAK = {"mon", "wed", "sat", "sun"}
_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = "(?:" + "|".join(sorted(_WEEKDAYS, key=len, reverse=True)) + ")"
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_TOMORROW = r"(?:tomorrow|tommorrow|tommorow|tomorow|tomorrrow|tomorro|tmrw|tmr|2moro|2morrow)"
_SOME_TIME = r"(?:(?:later|sometime|some time|any time|anytime) )?"
_UNIT = r"(?:week|month|quarter|year)"
_ORDINAL = rf"(?:(?P<nth>\d{{1,2}}) ?(?:st|nd|rd|th)|(?P<nth_word>{ENGLISH_ORDINAL}))"
# Not what is rather a time on the clock: 1930, 2115, 2200.
_YEAR = r"(?:20\d\d|(?:19|2[1-3])(?!00|15|30|45)\d\d|2[4-9]\d\d|[3-9]\d{3})"


def _weekday(said: Said) -> Meanings:
    name, which, behind = said["name"], said["which"] or "", said["behind"] or ""
    week = {"this": 0, "next": 1}.get(which)
    number = _WEEKDAYS[name]
    if which == "last":
        return (Weekday(number, week=-1),)
    if behind == "after next":
        return (Vague(), Weekday(number, week=1))
    return (Weekday(number, week=week, weeks_on=1 if behind == "week" else 0, weak=name in _WEAK and not which),)


def _period_end(said: Said) -> Meanings:
    if said["unknown"]:
        return (Vague(), Period("year", end=True))
    offset = {"next": 1, "coming": 1}.get((said["which"] or "").strip(), 0)
    return (Period(_unit(said["unit"]), offset=2 if said["after_next"] else offset, end=True),)


def _unit(name: str) -> PeriodUnit:
    units: dict[str, PeriodUnit] = {"week": "week", "month": "month", "quarter": "quarter", "year": "year"}
    return units[name]


def _month_day(said: Said) -> Meanings | None:
    day = _day_number(said)
    month = _MONTHS[said["month"]]
    return (CalendarDate(((month, day),), int(said["year"]) if said["year"] else None),) if day is not None else None


def _day_number(said: Said) -> int | None:
    groups = said.groupdict()
    if groups.get("nth_word"):
        return english_ordinal(groups["nth_word"])
    return int(groups.get("nth") or groups["day"])


def _nth(said: Said) -> Meanings | None:
    day = _day_number(said)
    month = {"this": 0, "the": 0, "next": 1}.get(said["which"] or "")
    return (DayOfMonth(day, month),) if day is not None else None


_MINUTES = {
    "m": 1,
    "min": 1,
    "mins": 1,
    "minute": 1,
    "minutes": 1,
    "h": 60,
    "hr": 60,
    "hrs": 60,
    "hour": 60,
    "hours": 60,
}
_DAYS = {
    "d": 1,
    "day": 1,
    "days": 1,
    "wk": 7,
    "wks": 7,
    "w": 7,
    "week": 7,
    "weeks": 7,
    "fortnight": 14,
    "fortnights": 14,
}
_MONTHS_LONG = {"month": 1, "months": 1, "quarter": 3, "quarters": 3, "year": 12, "years": 12}


def _span(said: Said) -> Meanings | None:
    unit = said["unit"].replace("-", " ").split()[-1]
    working = said["working"] is not None or unit in {"bd", "bds", "wd", "wds"}
    words = said["upper"] or said["number"]
    words = re.sub(r"^(?:the|about|under|at most|less than|max) ", "", words)
    if words in {"a few", "several", "some", "a couple of", "a couple", "couple of"}:
        return (Vague(), *(_lasting(2, unit, working) or ())) if "couple" in words else (Vague(), Later(days=3))
    amount: float | None
    if words in {"a", "an", "one", "the"}:
        amount = 1
    elif "half" in words:
        amount = 0.5 if words.startswith("half") else 1.5
    elif "." in words:
        amount = float(words)
    else:
        amount = english_number(words)
    if amount is None:
        return None
    if said["and_half"]:
        amount += 0.5
    more = int(said["more"] or said["rest"] or 0)
    return _lasting(amount, unit, working, more)


def _lasting(amount: float, unit: str, working: bool, more_minutes: int = 0) -> Meanings | None:
    lasting: Meaning
    if working:
        whole = int(amount)
        if unit in _MINUTES and _MINUTES[unit] == 60 and amount == whole:
            return (WorkingLater(whole, "hours"),)
        if unit not in {"d", "day", "days", "bd", "bds", "wd", "wds"} or amount != whole:
            return (Vague(), Later(days=1))
        return (WorkingLater(whole, "days"),)
    if unit in _MINUTES:
        lasting = Elapsed(round(amount * _MINUTES[unit]) + more_minutes)
    elif amount != int(amount):
        return (Vague(), Later(days=1))
    elif unit in _DAYS:
        lasting = Later(days=int(amount) * _DAYS[unit])
    else:
        lasting = Later(months=int(amount) * _MONTHS_LONG[unit])
    return (lasting,)


def _perhaps_misspelt(said: Said) -> Meanings | None:
    number = nearly_a_weekday(said[0])
    return None if number is None else (Misspelt(number),)


_PARTS: dict[str, PartName] = {"morning": "morning", "afternoon": "afternoon", "evening": "evening"}
_NUMBER = (
    rf"(?:half an|half a|one and a half|an?(?= )|\d{{1,3}}\.\d|{ENGLISH_NUMBER}|a couple of|a couple|couple of|a few|"
    r"several|some)"
)
_SPAN = (
    rf"(?:about |under |at most |less than |max )?(?P<number>{_NUMBER})(?: ?(?:-|to|or) ?"
    rf"(?P<upper>{_NUMBER}))?[ -]{{0,2}}"
    r"(?P<working>(?:working|business|work)[ -])?"
    r"(?P<unit>minutes|minute|mins|min|hours|hour|hrs|hr|days|day|weeks|week|wks|wk|fortnights|fortnight|months|month|"
    r"quarters|quarter|years|year|bds|bd|wds|wd|h|d|w|(?<=\d)m)(?:'s?)?"
    r"(?P<and_half> and a half)?(?:,? ?(?:and )?(?P<more>\d{1,2}) ?(?:minutes|minute|mins|min|m)|(?<=\dh)"
    r"(?P<rest>\d\d))?"
)

ENTRIES: tuple[Entry, ...] = (
    # What makes a due time of the words behind it.
    english(r"before|prior to|ahead of", Deadline(exclusive=True)),
    english(
        r"(?:needed |required |wanted |expected |due )?(?:no later than|not later than|latest by|by the latest|"
        r"latest on|by)"
        r"|until|till|'til|up to",
        Deadline(),
    ),
    english(
        rf"{_SPAN} (?:before|after|prior to|ahead of|from|on|past)(?! (?:now|today))",
        lambda _: (Deadline(exclusive=True), Vague(blank=True)),
    ),
    english(
        r"(?:the )?(?:day|night|week|evening|morning|weekend) (?:before|after)(?! (?:now|today|tomorrow|next))",
        lambda _: (Deadline(exclusive=True), Vague(blank=True)),
    ),
    english(r"due(?! to\b)(?: date| time)?(?: (?:is|on|at|by))?:?|deadline:?(?: (?:is|on|at|by))?:?", Deadline()),
    english(r"(?:needed|required|wanted|expected)(?: on| at| for)?", Deadline()),
    # And behind it.
    english(r",? ?(?:at the (?:very )?latest|latest|sharp|or (?:sooner|earlier|before))", Until(), behind_a_time=True),
    # Days.
    english(rf"{_SOME_TIME}(?:today|tdy)", RelativeDay(0)),
    english(r"tonight|tonite", lambda _: (RelativeDay(0), PartOfDay("evening"))),
    english(
        r"this (?P<part>morning|afternoon|evening)", lambda said: (RelativeDay(0), PartOfDay(_PARTS[said["part"]]))
    ),
    english(rf"{_SOME_TIME}{_TOMORROW}", RelativeDay(1)),
    english(rf"{_TOMORROW} or the day after(?: that)?", RelativeDay(2)),
    english(rf"(?:the )?day after {_TOMORROW}", RelativeDay(2)),
    english(r"yesterday", RelativeDay(-1)),
    english(r"(?:the )?(?:next|following) day", lambda _: (Vague(), RelativeDay(1))),
    english(r"(?:the )?same day", lambda _: (Vague(), RelativeDay(0))),
    english(r"(?:the )?(?:next|following) (?:working|business) day", lambda _: (Vague(), WorkingLater(1, "days"))),
    english(r"the following week", lambda _: (Vague(), Period("week", 1))),
    english(
        rf"(?:(?:this |the )?(?P<which>this|next|coming|upcoming|last) )?(?P<name>{_WEEKDAY})(?:\.(?= \w))?"
        r"(?: (?P<behind>week|after next))?",
        _weekday,
    ),
    english(r"[a-z]{4,9}(?:day|dya|ady|dy|ay|dey)|[a-z]{3,4}s?day", _perhaps_misspelt),
    # Dates.
    english(
        rf"(?P<month>{_MONTH})\.? {{0,2}}(?:the )?(?:{_ORDINAL}|(?P<day>\d{{1,2}}))(?:(?:,? {{1,2}}|, ?)"
        rf"(?P<year>{_YEAR}))?(?![:.%]\d)",
        _month_day,
    ),
    english(
        rf"(?:the )?(?:{_ORDINAL}|(?P<day>\d{{1,2}})\.?)(?: {{0,2}}| of |-)(?P<month>{_MONTH})(?:(?:,? {{1,2}}|"
        rf", ?|\. ?|-)(?P<year>{_YEAR}))?",
        _month_day,
    ),
    english(rf"the {_ORDINAL}(?: (?:day )?of (?P<which>this|next|the) month)?", _nth),
    english(
        r"(?P<nth>\d{1,2})(?:st|nd|rd|th)(?P<nth_word>(?!))?(?: (?:day )?of (?P<which>this|next|the) month)?", _nth
    ),
    english(r"(?:new year'?s eve|nye)", CalendarDate(((12, 31),))),
    english(r"(?:christmas|xmas) eve", CalendarDate(((12, 24),))),
    # Weeks, months, quarters, years.
    english(
        rf"(?:the )?(?:very )?end of (?:the |this |current )?(?P<which>next |coming |this )?(?P<unknown>fiscal |"
        rf"financial )?"
        rf"(?:working |business |work |calendar )?(?P<unit>{_UNIT})(?P<after_next> after next)?",
        lambda said: _period_end(said),
    ),
    english(r"eow", Period("week", end=True)),
    english(r"eom", Period("month", end=True)),
    english(r"eoq", Period("quarter", end=True)),
    english(r"eoy", Period("year", end=True)),
    english(
        r"(?:the )?(?P<unit>week|month|quarter|year)(?:'s)?[- ]end",
        lambda said: (Period(_unit(said["unit"]), end=True),),
    ),
    english(
        rf"(?P<which>this|next) (?P<unit>{_UNIT})'s end",
        lambda s: (Period(_unit(s["unit"]), int(s["which"] == "next"), end=True),),
    ),
    english(
        rf"(?:(?:any day|sometime|some time|later|in the course of|during|within|of|any time|anytime) )?(?P<which>this|"
        rf"next|the coming|coming) (?P<unit>{_UNIT})",
        lambda s: (Period(_unit(s["unit"]), int(s["which"] == "next" or "coming" in s["which"])),),
    ),
    english(
        r"within the (?P<unit>week|month|quarter|year)", lambda said: (Period(_unit(said["unit"]), end=True), Until())
    ),
    english(r"the week after(?: next)?", lambda said: (Period("week", 2 if said[0].endswith("next") else 1),)),
    english(
        rf"(?:the )?end (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?",
        lambda s: (Period("month", number=_MONTHS[s["month"]], year=int(s["year"]) if s["year"] else None, end=True),),
    ),
    english(
        rf"(?P<month>{_MONTH})(?: (?P<year>{_YEAR}))?",
        lambda s: (Period("month", number=_MONTHS[s["month"]], year=int(s["year"]) if s["year"] else None),),
    ),
    english(
        rf"(?P<end>(?:the )?end of )?(?:q(?P<q>[1-4])|(?:the )?(?P<w>first|second|third|fourth|last) quarter)"
        rf"(?: (?:of )?(?P<year>{_YEAR}))?(?P<behind>[- ]end)?",
        lambda s: (
            Period(
                "quarter",
                number=int(s["q"]) if s["q"] else (4 if s["w"] == "last" else english_ordinal(s["w"])),
                year=int(s["year"]) if s["year"] else None,
                end=bool(s["end"] or s["behind"]),
            ),
        ),
    ),
    english(rf"(?:the )?end of (?P<year>{_YEAR})", lambda s: (Period("year", year=int(s["year"]), end=True),)),
    english(r"(?:the |this )?(?:coming )?weekend", Weekend()),
    english(r"next weekend", Weekend(1)),
    # Spans from now.
    english(
        rf"(?:(?:with)?in (?:the next |the coming )?|(?:over|during) the (?:next|coming) ){_SPAN}(?: time)?"
        rf"(?: from (?:now|today))?",
        _span,
    ),
    english(rf"(?:with)?in (?:the next )?(?:-|minus|negative) ?{_SPAN}", NotATime()),
    english(rf"{_SPAN} (?:from (?:now|today)|hence)", _span),
    english(r"in (?:a |an |one )?quarter(?: of an)? hour", Elapsed(15)),
    english(r"in (?:three|3) quarters of an hour", Elapsed(45)),
    english(r"(?:with)?in (?:an|one) hour or two", Elapsed(120)),
    english(r"(?:with)?in (?:a|one) day or two", Later(days=2)),
    english(r"(?:with)?in (?:a|one) week or two", Later(days=14)),
    english(r"within the hour", Elapsed(60)),
    english(r"within the day", RelativeDay(0)),
    english(r"in (?:a while|a moment|a minute|a few)|soon(?! as)", Vague()),
    # Parts of the day.
    beginning(
        r"(?:the )?(?:early |mid[- ]?|late )(?=(?:next|this|in|on|mon|tue|wed|thu|fri|sat|sun|tom|jan|feb|mar|"
        r"apr|may|jun|jul|aug|sep|oct|nov|dec|week|month))",
        Vague(),
    ),
    english(
        r"(?:the )?(?:early|middle|mid|beginning|start|first half|second half) (?:of|in|on)(?: the| this)?", Vague()
    ),
    english(r"morning|forenoon", PartOfDay("morning")),
    english(r"afternoon", PartOfDay("afternoon")),
    english(r"evening|night", PartOfDay("evening")),
    english(r"(?:12 ?)?(?:noon|midday)|high noon|noontime", PartOfDay("noon")),
    english(r"(?:12 ?)?midnight", PartOfDay("midnight")),
    english(r"lunch(?:time)?|lunch break", PartOfDay("lunch")),
    english(r"first thing(?: in the morning)?", PartOfDay("first_thing")),
    english(r"start of (?:business|the day|day)|opening(?: time)?|beginning of business", PartOfDay("opening")),
    english(
        r"eod|cob|eob|c\.o\.b\.?|e\.o\.d\.?|(?:the )?(?:very )?end of (?:the )?(?:business |working |work )?day|"
        r"close of (?:business|play|day|the day)|"
        r"end of business|closing time",
        PartOfDay("closing"),
    ),
    english(r"(?:by|before) clos(?:e|ing(?: time)?)(?! of| time)", lambda _: (Deadline(), PartOfDay("closing"))),
    beginning(r"(?:the )?(?:very )?end of (?=today|tomorrow|mon|tue|wed|thu|fri|sat|sun)", PartOfDay("closing")),
    # Names that are no days.
    english(
        r"sunday best|black friday|cyber monday|giving tuesday|ash wednesday|sunday school|sunday roast", lambda _: ()
    ),
    # No due time at all.
    english(
        r"asap|a\.s\.a\.p\.?|as soon as (?:possible|you can|you possibly can)|at your earliest convenience|right away",
        Asap(),
    ),
)
