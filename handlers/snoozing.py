"""Until when does a snooze last? Worked out at the click, on the calendar of the one who snoozes."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from store.rules.calendar import Calendar
from store.rules.lead_time import LeadTime

AFTERNOON = time(14, 0)
_TWO_DAYS = LeadTime(2, "days")


class Choice(StrEnum):
    """What the menu offers."""

    HOUR = "hour"
    AFTERNOON = "afternoon"
    MORNING = "morning"
    TWO_DAYS = "two_days"
    WEEK = "week"


def snoozed_until(choice: Choice, calendar: Calendar, now: datetime) -> datetime:
    """The instant (UTC), always after `now`. An afternoon that has begun is the next morning. Raises NoWorkingTime."""
    today = calendar.local(now).date()
    if choice is Choice.HOUR:
        return now + timedelta(hours=1)
    if choice is Choice.AFTERNOON:
        afternoon = datetime.combine(today, AFTERNOON, calendar.zoneinfo)
        return afternoon.astimezone(now.tzinfo) if afternoon > now else _morning_after(calendar, now)
    if choice is Choice.TWO_DAYS:
        return calendar.add(now, _TWO_DAYS)
    if choice is Choice.WEEK:
        sunday = today + timedelta(days=6 - today.weekday())
        return calendar.next_open(datetime.combine(sunday + timedelta(days=1), time(), calendar.zoneinfo))
    return _morning_after(calendar, now)


def _morning_after(calendar: Calendar, now: datetime) -> datetime:
    """The opening of the next working day; before today's opening that is today's."""
    today = calendar.local(now).date()
    opening = calendar.opening(today)
    if opening is not None and opening > now:
        return opening
    following = calendar.opening(calendar.next_working_day(today))
    assert following is not None  # a working day opens
    return following
