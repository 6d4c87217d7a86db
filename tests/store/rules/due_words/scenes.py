"""Who says it, when, and to which department: the scenes in which the phrases of the tables are said."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from store.rules.calendar import Calendar
from store.rules.due_words import Reading, read_due
from store.rules.hours import Hours

OFFICE = Hours.parse({"mon-fri": "09:00-18:00"})


@dataclass(frozen=True)
class Scene:
    """`now` on the asker's wall clock."""

    calendar: Calendar
    zone: str
    now: datetime

    @property
    def instant(self) -> datetime:
        return self.now.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def read(self, text: str) -> Reading:
        return read_due(text, now=self.instant, calendar=self.calendar, zone=self.zone)

    def due(self, text: str) -> str:
        """The reading in short: the instant on the asker's wall clock, or what else it is."""
        reading = self.read(text)
        if reading.due is None:
            return reading.kind if reading.reason is None else f"? {reading.reason}"
        return f"{reading.due.astimezone(ZoneInfo(self.zone)):%Y-%m-%d %H:%M}"

    def choices(self, text: str) -> list[str]:
        zone = ZoneInfo(self.zone)
        return [f"{choice.due.astimezone(zone):%Y-%m-%d %H:%M}" for choice in self.read(text).choices]


def scene(calendar: Calendar, now: str, zone: str | None = None) -> Scene:
    return Scene(calendar, zone or calendar.zone, datetime.fromisoformat(now))


SHANGHAI = Calendar("Asia/Shanghai", OFFICE, "CN")
BAVARIA = Calendar("Europe/Berlin", Hours.parse({"mon-thu": "08:00-16:30", "fri": "08:00-14:00"}), "DE", "BY")
NEW_YORK = Calendar("America/New_York", Hours.parse({"mon-fri": "09:00-17:00"}), "US")
WARD = Calendar("Asia/Shanghai", Hours.parse({"daily": "24h"}))
NIGHT = Calendar("Asia/Shanghai", Hours.parse({"mon-fri": "22:00-06:00"}))

# Wednesday morning in an ordinary week.
WEDNESDAY = scene(SHANGHAI, "2026-05-13 10:00")
FRIDAY_EVENING = scene(SHANGHAI, "2026-05-15 19:00")
# The week before Spring Festival: the 14th is a Saturday and worked.
BEFORE_SPRING_FESTIVAL = scene(SHANGHAI, "2026-02-09 10:00")
# The last days before National Day, which begins on Thursday.
BEFORE_NATIONAL_DAY = scene(SHANGHAI, "2026-09-28 10:00")
# The clock goes forward on Sunday; Easter is a week later.
BERLIN_IN_MARCH = scene(BAVARIA, "2026-03-26 11:00")
BERLIN_IN_OCTOBER = scene(BAVARIA, "2026-10-22 11:00")
AT_THE_WARD = scene(WARD, "2026-05-13 10:00")
AT_NIGHT = scene(NIGHT, "2026-05-13 21:00")
# Tuesday evening in New York is Wednesday morning in Shanghai.
FROM_NEW_YORK = scene(SHANGHAI, "2026-05-12 21:30", "America/New_York")
IN_NEW_YORK = scene(NEW_YORK, "2026-11-18 10:00")
