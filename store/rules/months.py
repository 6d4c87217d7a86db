"""When did this month begin, for a department? Shares of promises and rushes are told month by month."""

from datetime import datetime, timedelta

from store.rules.calendar import Calendar
from store.rules.wall_clock import first_shown, midnight


def began(calendar: Calendar, instant: datetime) -> datetime:
    """The first instant of the month of `instant` on the department's wall clock (UTC)."""
    return first_shown(calendar.zone, midnight(calendar.local(instant).date().replace(day=1)))


def before(calendar: Calendar, beginning: datetime) -> datetime:
    """When the month before the one that began at `beginning` began."""
    return began(calendar, beginning - timedelta(days=1))
