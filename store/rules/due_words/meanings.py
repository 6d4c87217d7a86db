"""The meanings that a piece of a due phrase can have, whichever language it was said in."""

from dataclasses import dataclass
from typing import Literal

PartName = Literal[
    "morning",
    "noon",
    "afternoon",
    "evening",
    "night",
    "midnight",
    "dawn",
    "opening",
    "closing",
    "first_thing",
    "lunch",
]
PeriodUnit = Literal["week", "month", "quarter", "year"]


@dataclass(frozen=True)
class Deadline:
    """A word that makes what stands beside it a due time: by, before, 最晚. `exclusive`: "before", not "by"."""

    exclusive: bool = False


@dataclass(frozen=True)
class Until:
    """A word behind a time that makes it a due time: 前, 内, at the latest. `exclusive`: 前."""

    exclusive: bool = False


@dataclass(frozen=True)
class RelativeDay:
    """Today (0), tomorrow (1), yesterday (-1) …"""

    days: int


@dataclass(frozen=True)
class Weekday:
    """0 is Monday. `week`: 0 this week, 1 the next one, None the next occurrence. `weeks_on`: "Friday week" is 1.

    `weak`: a short form that is a plain word too (sat, sun, mon, wed).
    """

    number: int
    week: int | None = None
    weeks_on: int = 0
    weak: bool = False


@dataclass(frozen=True)
class CalendarDate:
    """`readings`: the possible (month, day), more than one for 03/04. `year`: None if it was not said."""

    readings: tuple[tuple[int, int], ...]
    year: int | None = None
    numeric: bool = False
    iso: bool = False


@dataclass(frozen=True)
class DayOfMonth:
    """The 25th. `month`: 0 this month, 1 the next one, None whichever comes first."""

    day: int
    month: int | None = None


@dataclass(frozen=True)
class Period:
    """A week, month, quarter or year. `offset`: 0 this one, 1 the next.

    `number`: the month 1-12 or the quarter 1-4 if it was named. `end`: its end was said, not the period as a whole.
    """

    unit: PeriodUnit
    offset: int = 0
    number: int | None = None
    year: int | None = None
    end: bool = False


@dataclass(frozen=True)
class Weekend:
    """The weekend of a week: 0 this one, 1 the next."""

    week: int = 0


@dataclass(frozen=True)
class Holiday:
    """A holiday by one of its names, or the next one whatever it is called (None)."""

    name: str | None


@dataclass(frozen=True)
class Elapsed:
    """So many minutes from now, on a stopwatch."""

    minutes: int


@dataclass(frozen=True)
class Later:
    """So many days and months from now, the clock time kept."""

    days: int = 0
    months: int = 0


@dataclass(frozen=True)
class WorkingLater:
    """So many working days or working hours from now."""

    amount: int
    unit: Literal["hours", "days"]


@dataclass(frozen=True)
class Clock:
    """A time on the clock. `half`: am or pm if said. `exact`: can only be the 24-hour clock (15:00, 08:30)."""

    hour: int
    minute: int = 0
    half: Literal["am", "pm"] | None = None
    exact: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Number:
    """A number on its own, which is an hour or a day only if its neighbours say so. `nth`: it was an ordinal."""

    value: int
    nth: bool = False


@dataclass(frozen=True)
class PartOfDay:
    """Morning, noon, closing …"""

    name: PartName


@dataclass(frozen=True)
class InZone:
    """The zone of the clock time before it. `names`: IANA names, () if unknown, "asker" or "department"."""

    names: tuple[str, ...]
    offset_minutes: int | None = None


@dataclass(frozen=True)
class Vague:
    """Words that leave the time open: early, 月初, in a few days.

    `blank`: what stands beside them is no reading to offer either: two days before Friday.
    """

    blank: bool = False


@dataclass(frozen=True)
class NotATime:
    """Has the shape of a time but cannot be one: 25:00, the 32nd, 星期八. `near`: the clock time it may have meant."""

    near: Clock | None = None


@dataclass(frozen=True)
class Misspelt:
    """Not a weekday, but so near to one that it was probably meant."""

    number: int


@dataclass(frozen=True)
class Asap:
    """As soon as possible."""


Meaning = (
    Deadline
    | Until
    | RelativeDay
    | Weekday
    | CalendarDate
    | DayOfMonth
    | Period
    | Weekend
    | Holiday
    | Elapsed
    | Later
    | WorkingLater
    | Clock
    | Number
    | PartOfDay
    | InZone
    | Vague
    | NotATime
    | Misspelt
    | Asap
)
Day = RelativeDay | Weekday | CalendarDate | DayOfMonth | Period | Weekend | Holiday | Later | WorkingLater | Misspelt
DAYS = (RelativeDay, Weekday, CalendarDate, DayOfMonth, Period, Weekend, Holiday, Later, WorkingLater, Misspelt)
