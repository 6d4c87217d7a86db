"""Who says it when, and to which department: what every reading depends on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from store.rules.calendar import Calendar, NoWorkingTime

from .reading import Choice

MICROSECOND = timedelta(microseconds=1)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Setting:
    """`now`: aware UTC. `calendar`: the department's. `zone`: the asker's."""

    now: datetime
    calendar: Calendar
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The asker's date."""
        return self.now.astimezone(self.zone).date()

    def end_of(self, day: date) -> Choice | None:
        """The department's closing on that day; None on a free day."""
        closing = self.calendar.closing(day)
        return None if closing is None else Choice(closing, "day_end")

    def is_working_day(self, day: date) -> bool:
        return self.calendar.is_working_day(day)

    def working_days_around(self, day: date) -> list[Choice]:
        """The ends of the working days before and after, as far as there are any."""
        around = []
        for find in (self.calendar.previous_working_day, self.calendar.next_working_day):
            try:
                around.append(self.end_of(find(day)))
            except NoWorkingTime:
                continue
        return [choice for choice in around if choice is not None]

    def next_ends(self, day: date) -> list[Choice]:
        """The end of that day, or of the next working day if it is free."""
        end = self.end_of(day)
        return [end] if end is not None else self.working_days_around(day)[-1:]

    def at(self, day: date, hour: int, minute: int, zone: ZoneInfo | None = None) -> tuple[datetime, bool]:
        """The instant (UTC) of a clock time, and whether the clock shows it at all.

        A time that comes twice is the first. For one that is skipped: the instant as if the clock had not changed.
        `hour` 24 is the end of the day.
        """
        shown = datetime.combine(day, datetime.min.time()) + timedelta(hours=hour, minutes=minute)
        instant = shown.replace(tzinfo=zone or self.zone, fold=0).astimezone(UTC)
        return instant, instant.astimezone(zone or self.zone).replace(tzinfo=None) == shown

    def is_inside_working_day(self, instant: datetime) -> bool:
        """Whether it lies from the opening to the closing of a working day, both included, breaks too."""
        day = self.calendar.local(instant).date()
        for near in (day - ONE_DAY, day):
            opening, closing = self.calendar.opening(near), self.calendar.closing(near)
            if opening is not None and closing is not None and opening <= instant <= closing:
                return True
        return False

    def is_outside_hours(self, instant: datetime) -> bool:
        """Whether the department is closed then. The moment of closing is still inside."""
        return not (self.calendar.is_open(instant) or self.calendar.is_open(instant - MICROSECOND))
