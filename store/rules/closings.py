"""When is a department closed next, though it would work in an ordinary week?"""

from dataclasses import dataclass
from datetime import date, timedelta

from store.rules.calendar import Calendar, NoWorkingTime

AHEAD = 120  # days that are looked at
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Closing:
    """From `first` to `last` nobody works; weekends beside a holiday belong to it. `back`: the next working day.

    `holiday`: the first of its days that has a public name; None for the department's own closed days.
    """

    first: date
    last: date
    back: date
    holiday: date | None


def next_closing(calendar: Calendar, today: date) -> Closing | None:
    """The first closing that is not over on `today`, begun within 120 days; None where there is none."""
    for offset in range(AHEAD):
        day = today + offset * _DAY
        if calendar.hours.days[day.weekday()] and not calendar.is_working_day(day):
            return _around(calendar, day, today)
    return None


def _around(calendar: Calendar, day: date, today: date) -> Closing | None:
    """The whole stretch without work that `day` is in, from `today` on."""
    try:
        back = calendar.next_working_day(day)
    except NoWorkingTime:
        return None
    first = day
    while first > today and not calendar.is_working_day(first - _DAY):
        first -= _DAY
    days = [first + offset * _DAY for offset in range((back - first).days)]
    holiday = next((one for one in days if one >= day and calendar.holiday_name(one)), None)
    return Closing(first, back - _DAY, back, holiday)
