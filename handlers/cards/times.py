"""Times where Slack's date tokens do not work: on buttons, under fields, in notifications. In the reader's own zone.

"Thu 14 May 17:00", "5月14日周四 17:00"; the year only where it is not this one.
"""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.words import Words
from store.rules.hours import DAY_NAMES, Hours


def spoken(instant: datetime, zone: str, words: Words, now: datetime | None = None) -> str:
    """Day and time of `instant` on the clocks of `zone`; with the year, if `now` is given and in another one."""
    local = instant.astimezone(ZoneInfo(zone))
    clock = f"{local:%H:%M}"
    particulars = {
        "weekday": _weekday(local.weekday(), words),
        "month": _month(local.month, words),
        "day": local.day,
        "time": clock,
    }
    if now is not None and now.astimezone(ZoneInfo(zone)).year != local.year:
        return words.say("{weekday} {day} {month} {year} {time}", year=local.year, **particulars)
    return words.say("{weekday} {day} {month} {time}", **particulars)


def day(instant: datetime, zone: str, words: Words, now: datetime | None = None) -> str:
    """The day alone: "Thu 14 May", "Thu 4 Mar 2027"."""
    local = instant.astimezone(ZoneInfo(zone))
    particulars = {
        "weekday": _weekday(local.weekday(), words),
        "month": _month(local.month, words),
        "day": local.day,
    }
    if now is not None and now.astimezone(ZoneInfo(zone)).year != local.year:
        return words.say("{weekday} {day} {month} {year}", year=local.year, **particulars)
    return words.say("{weekday} {day} {month}", **particulars)


def day_of(that: date, words: Words) -> str:
    """A day of the calendar, the same for every reader: "Thu 14 May"."""
    return words.say(
        "{weekday} {day} {month}",
        weekday=_weekday(that.weekday(), words),
        day=that.day,
        month=_month(that.month, words),
    )


def working_hours(hours: Hours, words: Words) -> str:
    """When a department works: "Mon–Fri 09:00-18:00, Sat 09:00-12:00"."""

    def name(day: re.Match[str]) -> str:
        return _weekday(DAY_NAMES.index(day[0]), words)

    days = {re.sub(r"[a-z]{3}", name, of.replace("-", "–")): spans for of, spans in hours.as_yaml().items()}
    return ", ".join(f"{named} {spans}" for named, spans in days.items())


def _weekday(number: int, words: Words) -> str:
    return (
        words.say("Mon"),
        words.say("Tue"),
        words.say("Wed"),
        words.say("Thu"),
        words.say("Fri"),
        words.say("Sat"),
        words.say("Sun"),
    )[number]


def _month(number: int, words: Words) -> str:
    return (
        words.say("Jan"),
        words.say("Feb"),
        words.say("Mar"),
        words.say("Apr"),
        words.say("May"),
        words.say("Jun"),
        words.say("Jul"),
        words.say("Aug"),
        words.say("Sep"),
        words.say("Oct"),
        words.say("Nov"),
        words.say("Dec"),
    )[number - 1]
