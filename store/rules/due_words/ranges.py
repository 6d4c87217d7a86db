"""Which instant does a whole phrase mean? A range gives its later end, and its ends complete each other."""

from dataclasses import replace
from datetime import date

from .meanings import CalendarDate, Clock, Day, DayOfMonth, Number, Period, Weekday
from .moments import Answer, Words, answer
from .phrases import Phrase
from .reading import Choice
from .setting import Setting


def answer_of(phrase: Phrase, setting: Setting) -> Answer:
    """The answer to the phrase as a whole."""
    sides = [Words.sorted_from(side) for side in phrase.sides]
    if (
        len(sides) > 1
        and _is_only_a_number(sides[0])
        and any(isinstance(day, (CalendarDate, DayOfMonth)) for day in sides[1].days)
    ):
        sides = sides[1:]
    words = sides[0]
    found = _answer(words, phrase, setting, None)
    for following in sides[1:]:
        words, before = _completed(following, words), found
        either = phrase.either and phrase.lead != "between"
        found = _answer(words, phrase, setting, None if either or not following.days else before.day)
        found = _later_of(before, found, either=either, words=words, setting=setting)
    return found


def _answer(words: Words, phrase: Phrase, setting: Setting, now_at: date | None) -> Answer:
    whole = [day for day in words.days if isinstance(day, Period) and not day.end]
    if len(words.days) == 1 and whole and phrase.deadline and not (phrase.inside or words.vague):
        period = whole[0]
        if period.offset or period.number or period.year or phrase.exclusive:
            return _by_a_period(words, period, setting)
    return answer(words, setting, now_at=now_at)


def _by_a_period(words: Words, period: Period, setting: Setting) -> Answer:
    """By next week, before December: its beginning or its end?"""
    ends = answer(replace(words, days=(replace(period, end=True),)), setting)
    if period.number is not None and period.number > 1:
        earlier = replace(period, number=period.number - 1, end=True)
    elif period.number is not None:
        earlier = Period("year", year=period.year - 1 if period.year else None, end=True)
    elif period.year is not None:
        earlier = replace(period, year=period.year - 1, end=True)
    else:
        earlier = replace(period, offset=period.offset - 1, end=True)
    before = answer(replace(words, days=(earlier,)), setting)
    choices: set[Choice] = set(ends.choices if ends.reason is None else ())
    if before.reason is None and (not ends.choices or before.choices[0] < ends.choices[0]):
        choices |= set(before.choices)
    return Answer(tuple(sorted(choices)), "ambiguous", ends.explicit_clock)


def _is_only_a_number(words: Words) -> bool:
    return not words.days and not words.parts and all(isinstance(one, Number) for one in words.clocks)


def _completed(words: Words, left: Words) -> Words:
    """The later end with what only the earlier one said: the day, the week, the month, am or pm."""
    clocks, days = words.clocks, words.days
    if not days and left.days:
        numbered = _as_a_day(words, left)
        if numbered is not None:
            return replace(words, clocks=(), days=(numbered,))
        days = left.days
    elif len(days) == 1:
        days = (_in_the_same_week_or_month(days[0], left),)
    halves = {one.half for one in left.clocks if isinstance(one, Clock)}
    parts, zones = words.parts, words.zones
    if len(clocks) == 1 and not parts:
        hour = clocks[0].hour if isinstance(clocks[0], Clock) else clocks[0].value
        open_half = isinstance(clocks[0], Number) or (clocks[0].half is None and not clocks[0].exact)
        first = left.clocks[0] if left.clocks else None
        first_hour = first.hour if isinstance(first, Clock) else first.value if first is not None else 0
        if open_half and (first is None or hour > first_hour % 12):
            if left.parts and not words.days:
                parts = left.parts
            elif "pm" in halves and hour < 12:
                minute = clocks[0].minute if isinstance(clocks[0], Clock) else 0
                clocks = (Clock(hour, minute, "pm"),)
        zones = zones or left.zones
    return replace(words, days=days, clocks=clocks, parts=parts, zones=zones)


def _as_a_day(words: Words, left: Words) -> Day | None:
    """May 14-16: the 16 is a day of May."""
    if len(words.clocks) != 1 or not isinstance(words.clocks[0], Number) or words.parts or left.clocks or left.parts:
        return None
    for day in left.days:
        if isinstance(day, CalendarDate) and len(day.readings) == 1:
            return CalendarDate(((day.readings[0][0], words.clocks[0].value),), day.year)
        if isinstance(day, DayOfMonth):
            return DayOfMonth(words.clocks[0].value, day.month)
    return None


def _in_the_same_week_or_month(day: Day, left: Words) -> Day:
    for other in left.days:
        if isinstance(day, Weekday) and day.week is None:
            if isinstance(other, Weekday) and other.week is not None and other.week >= 0:
                return replace(day, week=other.week + (day.number < other.number))
            if isinstance(other, Period) and other.unit == "week":
                return replace(day, week=other.offset)
        if isinstance(day, DayOfMonth) and isinstance(other, CalendarDate) and len(other.readings) == 1:
            month, first = other.readings[0]
            if day.day > first:
                return CalendarDate(((month, day.day),), other.year)
        if isinstance(day, DayOfMonth) and isinstance(other, DayOfMonth) and day.month is None and day.day > other.day:
            return replace(day, month=other.month)
    return day


def _later_of(before: Answer, after: Answer, *, either: bool, words: Words, setting: Setting) -> Answer:
    if after.reason is not None:
        return after
    if before.reason is not None:
        if not either or before.reason in {"past", "no_hour_fits"} or not before.choices:
            return after
        return Answer((*before.choices, *after.choices), before.reason, after.explicit_clock)
    if before.choices[0] <= after.choices[0]:
        return after
    if either and not any(isinstance(day, Weekday) for day in words.days):
        return before
    # "Mon or Tue" said on a Tuesday: next Monday, and which Tuesday?
    on = tuple(replace(day, weeks_on=1) for day in words.days if isinstance(day, Weekday) and day.week is None)
    following = answer(replace(words, days=on), setting).choices if on else ()
    return Answer((*before.choices, *after.choices, *following), "ambiguous", after.explicit_clock)
