"""What was read in somebody's words: no due time, one, or several that only they can choose between."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["none", "found", "unclear"]
Form = Literal["day_end", "clock"]
Reason = Literal[
    "past",
    "ambiguous",
    "vague",
    "impossible",
    "contradiction",
    "no_hour_fits",
    "not_a_working_day",
    "no_working_time",
    "unknown_holiday",
    "unknown_zone",
    "skipped_by_clock_change",
    "two_due_times",
    "misspelt",
    "too_far",
]


@dataclass(frozen=True, order=True)
class Choice:
    """One reading, to be offered as a button.

    `due`: aware UTC. `form`: "day_end" if only the day was meant (the button names the day), "clock" if a time was.
    """

    due: datetime
    form: Form = "clock"


@dataclass(frozen=True)
class Reading:
    """What `read_due` made of a text.

    `rest`: the text without the phrase and its connecting word. `phrase`: the words read, as typed. `due`: aware UTC,
    only when found. `explicit_clock`: a time on the clock was named. `outside_hours`: the department is closed at
    `due`. `asap`: "as soon as possible" was said, which is no due time. `reason` and `choices` (each in the future,
    earliest first, perhaps none) only when unclear.
    """

    kind: Kind
    rest: str
    phrase: str = ""
    due: datetime | None = None
    explicit_clock: bool = False
    outside_hours: bool = False
    asap: bool = False
    reason: Reason | None = None
    choices: tuple[Choice, ...] = ()
