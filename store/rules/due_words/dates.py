"""Which date do these words mean, said on that day?"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.rules.calendar import NoWorkingTime

from .holidays_by_name import first_days, next_holidays
from .meanings import (
    CalendarDate,
    Day,
    DayOfMonth,
    Holiday,
    Later,
    Misspelt,
    Period,
    RelativeDay,
    Weekday,
    Weekend,
    WorkingLater,
)
from .reading import Reason
from .setting import ONE_DAY, Setting

FEW_DAYS = timedelta(days=7)
WEEK = timedelta(days=7)
SATURDAY = 5
MOST_DAYS = 5 * 366


@dataclass(frozen=True)
class Dates:
    """The dates that the words may mean. One without a `reason` is the date; everything else must be asked back.

    `instead`: the dates to offer if that one has passed. `settled`: it cannot move on to the next week by itself.
    """

    options: tuple[date, ...]
    reason: Reason | None = None
    instead: tuple[date, ...] = ()


def dates_of(said: Sequence[Day], setting: Setting, *, now_at: date | None = None) -> Dates:
    """The date of one or several words that stand together ("next week Friday", "Friday May 14").

    `now_at`: the date from which "next occurrence" counts, today if None (the start of a range otherwise).
    """
    said = _merged(said, setting.today)
    found = [_date_of(day, setting, now_at) for day in said]
    if len(found) == 1:
        return found[0]
    fixed = [one for one in found if one.reason not in {None, "ambiguous"}]
    if fixed:
        return fixed[0]
    weekdays = [day for day in said if isinstance(day, Weekday)]
    others = [one for day, one in zip(said, found, strict=True) if not isinstance(day, Weekday)]
    dates = sorted({option for one in others for option in one.options})
    if len(others) == 1 and len(weekdays) == 1 and weekdays[0].week != -1:
        # A weekday beside 03/04 says which of the two it is.
        agreeing = [day for day in dates if day.weekday() == weekdays[0].number]
        if len(agreeing) == 1:
            return Dates((agreeing[0],), instead=others[0].instead)
    options = sorted({option for one in found for option in one.options})
    if len(options) == 1:
        return found[0]
    return Dates(tuple(options), "contradiction")


def _merged(said: Sequence[Day], today: date) -> list[Day]:
    """Next week + Friday → Friday of next week; next month + the 5th → the 5th of next month."""
    periods = [day for day in said if isinstance(day, Period) and not day.end and day.number is None]
    rest = [day for day in said if day not in periods]
    if len(periods) != 1 or not rest:
        return list(dict.fromkeys(said))
    period = periods[0]
    merged: list[Day] = []
    for day in rest:
        if period.unit == "week" and isinstance(day, Weekday) and day.week in {None, period.offset}:
            merged.append(Weekday(day.number, period.offset))
        elif period.unit == "month" and isinstance(day, DayOfMonth) and day.month in {None, period.offset}:
            merged.append(DayOfMonth(day.day, period.offset))
        elif period.unit == "year" and isinstance(day, CalendarDate) and day.year is None:
            merged.append(replace(day, year=period.year or today.year + period.offset))
        elif period.unit == "week" and isinstance(day, Weekend):
            merged.append(Weekend(period.offset))
        else:
            merged.append(day)
    if merged == rest:
        return [*rest, period]
    return merged


def _date_of(said: Day, setting: Setting, now_at: date | None) -> Dates:
    today = setting.today
    if isinstance(said, RelativeDay):
        day = today + said.days * ONE_DAY
        return Dates((day,), "past" if said.days < 0 else None)
    if isinstance(said, Weekday):
        return _weekday(said, today if said.week is not None else now_at or today)
    if isinstance(said, CalendarDate):
        return _calendar_date(said, today)
    if isinstance(said, DayOfMonth):
        return _day_of_month(said, today)
    if isinstance(said, Period):
        return _period(said, setting, today)
    if isinstance(said, Weekend):
        return _weekend(said, setting, today)
    if isinstance(said, Holiday):
        return _before_holiday(said, setting)
    if isinstance(said, Misspelt):
        return Dates(_weekday(Weekday(said.number), today).options, "misspelt")
    if isinstance(said, WorkingLater):
        return _working_days_on(said.amount, setting)
    return later(today, said)


def later(day: date, said: Later) -> Dates:
    """So many months and days after `day`; the 31st becomes the last day of a shorter month."""
    if said.days > MOST_DAYS or said.months > MOST_DAYS // 31:
        return Dates((), "too_far")
    year, month = divmod(day.year * 12 + day.month - 1 + said.months, 12)
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return Dates((moved + said.days * ONE_DAY,))


def _working_days_on(amount: int, setting: Setting) -> Dates:
    if amount > 365:
        return Dates((), "too_far")
    day = setting.calendar.local(setting.now).date()
    try:
        for _ in range(amount):
            day = setting.calendar.next_working_day(day)
    except NoWorkingTime:
        return Dates((), "no_working_time")
    return Dates((day,))


def _weekday(said: Weekday, today: date) -> Dates:
    monday = today - today.weekday() * ONE_DAY
    if said.week is not None:
        day = monday + (said.week * 7 + said.number) * ONE_DAY
        return Dates((day,), "past" if day < today else None, (day + WEEK,))
    day = today + (said.number - today.weekday()) % 7 * ONE_DAY + said.weeks_on * WEEK
    return Dates((day,), None, (day + WEEK,))


def _calendar_date(said: CalendarDate, today: date) -> Dates:
    found = [_in_its_year(month, day, said.year, today) for month, day in said.readings]
    possible = [one for one in found if one.reason != "impossible"]
    if not possible:
        return found[0]
    if len(possible) == 1:
        return possible[0]
    passed = () if said.year is not None else tuple(day for one in possible if one.reason for day in one.instead)
    coming = (day for one in possible if one.reason is None for day in one.options)
    return Dates(tuple(sorted({*coming, *passed})), "ambiguous")


def _in_its_year(month: int, day: int, year: int | None, today: date) -> Dates:
    if year is not None and year > today.year + MOST_DAYS // 366:
        return Dates((), "too_far")
    if year is not None:
        found = _date(year, month, day)
        if found is None:
            return Dates(_nearly(year, month, day), "impossible")
        return Dates((found,), "past" if found < today else None, _same_day_from(today, month, day))
    this = _date(today.year, month, day)
    if this is not None and this >= today:
        return Dates((this,), None, _same_day_from(this + ONE_DAY, month, day))
    if this is not None and today - this <= FEW_DAYS:
        return Dates((this,), "past", _same_day_from(today, month, day))
    following = _date(today.year + 1, month, day)
    if following is None:
        upcoming = today.year if (month, min(day, 28)) >= (today.month, today.day) else today.year + 1
        return Dates(_nearly(upcoming, month, day), "impossible")
    if this is None and today.month <= month:
        return Dates((following,), "impossible")
    last = _date(today.year - 1, month, day)
    if this is None and last is not None and today - last <= FEW_DAYS:
        return Dates((last,), "past", (following,))
    if today - (_date(today.year - 1, month, day) or date(1, 1, 1)) <= FEW_DAYS:
        return Dates((following,), "past", (following,))
    return Dates((following,))


def _same_day_from(today: date, month: int, day: int) -> tuple[date, ...]:
    for year in (today.year, today.year + 1):
        found = _date(year, month, day)
        if found is not None and found >= today:
            return (found,)
    return ()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearly(year: int, month: int, day: int) -> tuple[date, ...]:
    """30 February → the last day of February and the first of March."""
    if not 1 <= month <= 12 or not 29 <= day <= 31:
        return ()
    last = date(year, month, monthrange(year, month)[1])
    return last, last + ONE_DAY


def _day_of_month(said: DayOfMonth, today: date) -> Dates:
    first = today.replace(day=1)
    following = (first + 31 * ONE_DAY).replace(day=1)
    if said.month is not None:
        month = later(first, Later(months=said.month)).options[0]
        found = _date(month.year, month.month, said.day)
        if found is None:
            return Dates(_nearly(month.year, month.month, said.day), "impossible")
        return Dates((found,), "past" if found < today else None)
    this, next_one = _date(first.year, first.month, said.day), _date(following.year, following.month, said.day)
    if this is None and next_one is None:
        return Dates((), "impossible")
    if this is None:
        return Dates((*_nearly(first.year, first.month, said.day)[:1], *([next_one] if next_one else [])), "impossible")
    if this >= today:
        return Dates((this,), None, (next_one,) if next_one else ())
    if today - this <= FEW_DAYS:
        return Dates((this,), "past", (next_one,) if next_one else ())
    if next_one is None:
        return Dates(_nearly(following.year, following.month, said.day), "impossible")
    return Dates((next_one,))


def _period(said: Period, setting: Setting, today: date) -> Dates:
    first, last = span_of(said, today)
    day = last_working_day(setting, first, last)
    following = Period(said.unit, said.offset + 1, said.number, said.year, said.end)
    instead: tuple[date, ...] = ()
    if said.number is None and said.year is None:
        next_last = last_working_day(setting, *span_of(following, today))
        instead = (next_last,) if next_last else ()
    if day is None:
        return Dates((last,), "not_a_working_day")
    return Dates((day,), "past" if day < today else None, instead)


def span_of(said: Period, today: date) -> tuple[date, date]:
    """The first and the last date of the week, month, quarter or year."""
    if said.unit == "week":
        monday = today + (said.offset * 7 - today.weekday()) * ONE_DAY
        return monday, monday + 6 * ONE_DAY
    months = {"month": 1, "quarter": 3, "year": 12}[said.unit]
    index = today.year * 12 + today.month - 1
    if said.number is not None:
        begin = (said.number - 1) * months
        year = said.year or today.year
        if said.year is None and year * 12 + begin + months <= index:
            year += 1
        begin += year * 12
    elif said.year is not None:
        begin = said.year * 12
    else:
        begin = index // months * months + said.offset * months
    end = begin + months
    return date(begin // 12, begin % 12 + 1, 1), date(end // 12, end % 12 + 1, 1) - ONE_DAY


def last_working_day(setting: Setting, first: date, last: date) -> date | None:
    """The last working day from `first` to `last`; None if all are free."""
    if setting.is_working_day(last):
        return last
    try:
        day = setting.calendar.previous_working_day(last)
    except NoWorkingTime:
        return None
    return day if day >= first else None


def _weekend(said: Weekend, setting: Setting, today: date) -> Dates:
    """The day on which work ends before the weekend."""
    saturday = today + (said.week * 7 + SATURDAY - today.weekday()) * ONE_DAY
    week_before = last_working_day(setting, saturday - 5 * ONE_DAY, saturday - ONE_DAY)
    if week_before is None:
        return Dates((saturday,), "not_a_working_day")
    following = last_working_day(setting, saturday + 2 * ONE_DAY, saturday + 6 * ONE_DAY)
    instead = (following,) if following else ()
    if setting.is_working_day(saturday):
        if not setting.calendar.is_make_up_day(saturday):
            return Dates((week_before, saturday), "ambiguous")
        week_before = saturday
    return Dates((week_before,), "past" if week_before < today else None, instead)


def _before_holiday(said: Holiday, setting: Setting) -> Dates:
    today = setting.today
    if said.name is None:
        coming = next_holidays(setting.calendar, today)
        if not coming:
            return Dates((), "unknown_holiday")
        ends = [end for end in (_work_ends_before(day, setting) for day in coming[:12]) if end is not None]
        # A holiday on a Sunday is hardly what "the holiday" means.
        felt = [day for day in coming if setting.calendar.hours.days[day.weekday()]]
        end = _work_ends_before(felt[0], setting) if felt else None
        if end is None or not ends:
            return Dates((), "unknown_holiday")
        if not setting.is_working_day(today) and setting.calendar.holiday_name(today) is not None:
            return Dates(tuple(day for day in ends if day > today), "ambiguous")
        if ends[0] != end:
            return Dates((ends[0], end), "ambiguous")
        return Dates((end,), "past" if end < today else None, tuple(day for day in ends if day > end)[:1])
    days = first_days(setting.calendar, said, today)
    coming = [day for day in days if day > today]
    begun = [day for day in days if day <= today]
    if not coming:
        return Dates((), "unknown_holiday")
    ends = [end for end in (_work_ends_before(day, setting) for day in coming) if end is not None]
    if not ends:
        return Dates((), "no_working_time")
    if begun and today - begun[-1] <= FEW_DAYS:
        return Dates((begun[-1],), "past", (ends[0],))
    return Dates((ends[0],), "past" if ends[0] < today else None, tuple(ends[1:2]))


def _work_ends_before(day: date, setting: Setting) -> date | None:
    try:
        return setting.calendar.previous_working_day(day)
    except NoWorkingTime:
        return None
