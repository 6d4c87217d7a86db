"""Which instant do the words of one phrase mean, or which instants, if it must be asked back?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from store.rules.calendar import NoWorkingTime
from store.rules.lead_time import BadLeadTime, LeadTime

from .clock_times import TimeOfDay, Times, times_of
from .dates import MOST_DAYS, WEEK, Dates, dates_of
from .meanings import (
    DAYS,
    CalendarDate,
    Clock,
    Day,
    Elapsed,
    InZone,
    Later,
    Meaning,
    NotATime,
    Number,
    PartOfDay,
    Period,
    RelativeDay,
    Vague,
    Weekday,
    WorkingLater,
)
from .reading import Choice, Reason
from .setting import ONE_DAY, Setting

MOST_CHOICES = 5
# Hours at which somebody far from the department hardly wants a thing: 3 o'clock in the night because it is noon there.
WAKING_HOURS = (6, 22)


@dataclass(frozen=True)
class Answer:
    """One choice without a `reason` is the due time; everything else is asked back with the choices."""

    choices: tuple[Choice, ...]
    reason: Reason | None = None
    explicit_clock: bool = False
    day: date | None = None


@dataclass(frozen=True)
class Words:
    """The meanings of one side of a phrase, sorted by what they are."""

    days: tuple[Day, ...]
    clocks: tuple[Clock | Number, ...]
    parts: tuple[PartOfDay, ...]
    zones: tuple[InZone, ...]
    elapsed: tuple[Elapsed, ...]
    vague: bool
    blank: bool
    wrong: tuple[NotATime, ...]

    @classmethod
    def sorted_from(cls, means: Sequence[Meaning]) -> "Words":
        days: list[Day] = [one for one in means if isinstance(one, DAYS)]
        return cls(
            tuple(dict.fromkeys(days)),
            tuple(one for one in means if isinstance(one, (Clock, Number))),
            tuple(one for one in means if isinstance(one, PartOfDay)),
            tuple(one for one in means if isinstance(one, InZone)),
            tuple(one for one in means if isinstance(one, Elapsed)),
            any(isinstance(one, Vague) for one in means),
            any(isinstance(one, Vague) and one.blank for one in means),
            tuple(one for one in means if isinstance(one, NotATime)),
        )

    @property
    def names_a_time(self) -> bool:
        return bool(self.clocks or self.wrong or any(part.name not in {"closing"} for part in self.parts))

    @property
    def names_anything(self) -> bool:
        return bool(self.days or self.clocks or self.parts or self.elapsed or self.wrong)


def offered(choices: Sequence[Choice], setting: Setting) -> tuple[Choice, ...]:
    """The choices that are still to come, each instant once, earliest first."""
    by_instant = {choice.due: choice for choice in sorted(choices, reverse=True) if choice.due > setting.now}
    by_instant |= {choice.due: choice for choice in choices if choice.due > setting.now and choice.form == "day_end"}
    return tuple(sorted(by_instant.values()))[:MOST_CHOICES]


def answer(words: Words, setting: Setting, *, now_at: date | None = None) -> Answer:
    """The instant of one side of a phrase. `now_at`: see `dates_of`."""
    found = _answer(words, setting, now_at)
    future = offered(found.choices, setting)
    if words.blank:
        return replace(found, choices=(), reason="vague")
    if found.reason is None and not future:
        return replace(found, choices=(), reason="past")
    if found.reason is None and words.vague:
        return replace(found, choices=future, reason="vague")
    if found.reason is None and future[0].due > setting.now + timedelta(days=MOST_DAYS):
        return replace(found, choices=future, reason="too_far")
    return replace(found, choices=future)


def _answer(words: Words, setting: Setting, now_at: date | None) -> Answer:
    if words.wrong:
        near = [one.near for one in words.wrong if one.near is not None]
        if near:
            likely = answer(replace(words, wrong=(), clocks=tuple(near)), setting, now_at=now_at)
            return Answer(likely.choices, "impossible")
        return Answer((), "impossible")
    if words.elapsed:
        return _elapsed(words, setting)
    if len(words.days) == 1 and not words.clocks and not words.parts:
        day = words.days[0]
        if isinstance(day, WorkingLater):
            return _working_later(day, setting)
        if isinstance(day, Later):
            return _later(day, setting)
    times = times_of(words.clocks, words.parts)
    dates = dates_of(words.days, setting, now_at=now_at) if words.days else Dates((setting.today,))
    if dates.reason in {"unknown_holiday", "no_working_time", "too_far"} or (dates.reason and not dates.options):
        return Answer((), dates.reason)
    if dates.reason == "past" and not dates.instead:
        return Answer((), "past")
    if dates.reason is not None:
        days = dates.instead if dates.reason == "past" else dates.options
        readings = [choice for day in days for choice in _on(day, times, words, setting, dates).choices]
        return Answer(tuple(readings), dates.reason)
    return _on(dates.options[0], times, words, setting, dates)


def _elapsed(words: Words, setting: Setting) -> Answer:
    if len(words.elapsed) > 1 or words.days or words.clocks or words.parts:
        return Answer((), "contradiction")
    minutes = words.elapsed[0].minutes
    if minutes > MOST_DAYS * 24 * 60:
        return Answer((), "too_far")
    return Answer((Choice(setting.now + timedelta(minutes=minutes)),))


def _later(said: Later, setting: Setting) -> Answer:
    dates = dates_of([said], setting)
    if dates.reason is not None:
        return Answer((), dates.reason)
    moved = dates.options[0] - setting.today
    shown = setting.now.astimezone(setting.zone).replace(tzinfo=None) + moved
    instant, exists = setting.at(shown.date(), shown.hour, shown.minute)
    instant += timedelta(seconds=shown.second, microseconds=shown.microsecond)
    return Answer((Choice(instant),), None if exists else "skipped_by_clock_change", day=dates.options[0])


def _working_later(said: WorkingLater, setting: Setting) -> Answer:
    if said.amount <= 0:
        return Answer((), "impossible")
    try:
        if said.unit == "hours":
            return Answer((Choice(setting.calendar.add(setting.now, LeadTime(said.amount, "hours"))),))
        dates = dates_of([said], setting)
        if dates.reason is not None:
            return Answer((), dates.reason)
        return Answer((Choice(_clipped(dates.options[0], setting)),), day=dates.options[0])
    except BadLeadTime:
        return Answer((), "too_far")
    except NoWorkingTime:
        return Answer((), "no_working_time")


def _clipped(day: date, setting: Setting) -> datetime:
    """The clock time of now on a working day of the department, clipped into its hours."""
    calendar = setting.calendar
    shown = calendar.local(setting.now).replace(tzinfo=None)
    instant, _ = setting.at(day, shown.hour, shown.minute, calendar.zoneinfo)
    instant += timedelta(seconds=shown.second, microseconds=shown.microsecond)
    opening, closing = calendar.opening(day), calendar.closing(day)
    if opening is None or closing is None:
        return calendar.next_open(instant)
    return closing if instant >= closing else calendar.next_open(max(instant, opening))


def _on(day: date, times: Times | None, words: Words, setting: Setting, dates: Dates) -> Answer:
    names = {part.name for part in words.parts}
    if times is None:
        found = _opening(day, setting) if "opening" in names else _closing(day, setting)
    elif "closing" in names or "opening" in names:
        found = replace(_at_a_time(day, times, words, setting), reason="contradiction")
    else:
        found = _at_a_time(day, times, words, setting)
    if found.reason is not None or any(choice.due > setting.now for choice in found.choices):
        return _or_a_week_on(day, found, times, words, setting)
    return _when_that_is_past(day, found, times, words, setting, dates)


def _closing(day: date, setting: Setting) -> Answer:
    end = setting.end_of(day)
    if end is None:
        return Answer(tuple(setting.working_days_around(day)), "not_a_working_day", day=day)
    return Answer((end,), day=day)


def _opening(day: date, setting: Setting) -> Answer:
    opening = setting.calendar.opening(day)
    if opening is None:
        return Answer(tuple(setting.working_days_around(day)), "not_a_working_day", day=day)
    return Answer((Choice(opening),), day=day)


def _at_a_time(day: date, times: Times, words: Words, setting: Setting) -> Answer:
    zones = _zones(words, setting)
    if zones is None:
        return Answer((), "unknown_zone")
    offset = words.zones[0].offset_minutes if words.zones else None
    options = times.options
    if times.begins_or_ends and times.reason is None:
        if any(isinstance(one, CalendarDate) and one.iso for one in words.days):
            options = options[:1]
        elif not words.days or words.days == (RelativeDay(0),):
            options = options[1:]
    reason = times.reason
    choices: list[Choice] = []
    for zone in zones:
        for time in options:
            instant, exists = _instant(day, time, setting, zone, offset)
            choices.append(Choice(instant))
            reason = reason or (None if exists else "skipped_by_clock_change")
    if len(zones) > 1:
        return Answer(tuple(choices), reason or "unknown_zone", day=day)
    if any(part.name == "first_thing" for part in words.parts) and times.reason is not None:
        opening = setting.calendar.opening(day)
        choices.extend([Choice(opening)] if opening is not None else [])
    if any(part.name in {"evening", "night"} for part in words.parts) and times.reason == "vague":
        end = setting.end_of(day)
        choices.extend([end] if end is not None else [])
    if times.open_half and reason is None:
        return _the_hour_that_fits(day, choices, setting)
    if len(choices) > 1 and reason is None:
        reason = "ambiguous"
    return Answer(tuple(choices), reason, times.explicit, day)


def _zones(words: Words, setting: Setting) -> list[ZoneInfo] | None:
    if not words.zones or words.zones[0].offset_minutes is not None:
        return [setting.zone]
    if len(words.zones) > 1 or not words.zones[0].names:
        return None
    own = {"asker": setting.zone, "department": setting.calendar.zoneinfo}
    return [own[name] if name in own else ZoneInfo(name) for name in words.zones[0].names]


def _instant(
    day: date, time: TimeOfDay, setting: Setting, zone: ZoneInfo, offset_minutes: int | None
) -> tuple[datetime, bool]:
    if offset_minutes is None:
        return setting.at(day, time.hour, time.minute, zone)
    instant, _ = setting.at(day, time.hour, time.minute, ZoneInfo("UTC"))
    return instant - timedelta(minutes=offset_minutes), True


def _the_hour_that_fits(day: date, choices: Sequence[Choice], setting: Setting) -> Answer:
    fitting = [choice for choice in choices if setting.is_inside_working_day(choice.due)]
    if len(fitting) != 1:
        return Answer(tuple(choices), "ambiguous" if fitting else "no_hour_fits", True, day)
    there, here = setting.calendar.zoneinfo, setting.zone
    due = fitting[0].due
    apart = due.astimezone(there).utcoffset() != due.astimezone(here).utcoffset()
    if apart and not WAKING_HOURS[0] <= due.astimezone(here).hour < WAKING_HOURS[1]:
        return Answer(tuple(choices), "ambiguous", True, day)
    return Answer((fitting[0],), None, True, day)


def _or_a_week_on(day: date, found: Answer, times: Times | None, words: Words, setting: Setting) -> Answer:
    """On a Friday after closing "Friday" is the next one; a later hour of this evening may be meant as well."""
    if not _is_open_weekday(words) or day != setting.today or found.reason is not None:
        return found
    closing = setting.calendar.closing(day)
    if closing is None or setting.now < closing:
        return found
    following = _on(day + WEEK, times, words, setting, Dates((day + WEEK,)))
    return Answer((*found.choices, *following.choices), "ambiguous", found.explicit_clock, day)


def _is_open_weekday(words: Words) -> bool:
    return any(isinstance(one, Weekday) and one.week is None and not one.weeks_on for one in words.days)


def _when_that_is_past(
    day: date, found: Answer, times: Times | None, words: Words, setting: Setting, dates: Dates
) -> Answer:
    if _is_open_weekday(words) and len(words.days) == 1 and day == setting.today:
        closing = setting.calendar.closing(day)
        following = _on(day + WEEK, times, words, setting, Dates((day + WEEK,)))
        if closing is not None and setting.now >= closing:
            return following
        return Answer(following.choices, "past")
    if words.days and not any(isinstance(one, RelativeDay) for one in words.days):
        days = dates.instead
    else:
        days = (day + ONE_DAY,)
    readings: list[Choice] = []
    for other in days:
        if other <= day:
            continue
        if times is None and not any(isinstance(one, Period) for one in words.days):
            readings.extend(setting.next_ends(other))
        else:
            readings.extend(_on(other, times, words, setting, Dates((other,))).choices)
    return Answer(tuple(readings), "past")
