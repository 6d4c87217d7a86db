"""Which time of the day do these words mean? Clock times, parts of the day, and both together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from .meanings import Clock, Number, PartName, PartOfDay
from .reading import Reason

# The hours (from, below) that may be said with a part of the day, after noon as 12 and more.
_HOURS_OF: dict[PartName, tuple[int, int]] = {
    "morning": (1, 12),
    "noon": (11, 15),
    "afternoon": (12, 24),
    "evening": (17, 24),
    "night": (17, 24),
    "dawn": (0, 7),
    "lunch": (11, 15),
}
HALF_A_DAY = 12


@dataclass(frozen=True)
class TimeOfDay:
    """`hour` and `minute` of a date; hour 24 and more is in the night that ends it."""

    hour: int
    minute: int = 0

    @property
    def since_midnight(self) -> timedelta:
        return timedelta(hours=self.hour, minutes=self.minute)


@dataclass(frozen=True)
class Times:
    """The times that the words may mean. One without a `reason` is the time.

    `open_half`: an hour without am or pm: the one inside the working day. `explicit`: on the clock, not a part of the
    day. `rolls`: 0:00, which begins a date or ends it.
    """

    options: tuple[TimeOfDay, ...]
    reason: Reason | None = None
    explicit: bool = True
    open_half: bool = False
    begins_or_ends: bool = False


def times_of(clocks: Sequence[Clock | Number], parts: Sequence[PartOfDay]) -> Times | None:
    """The time of day of words that stand together; None if they name none, or only an opening or closing."""
    names = [part.name for part in dict.fromkeys(parts) if part.name not in {"opening", "closing"}]
    said = [one if isinstance(one, Clock) else Clock(one.value) for one in dict.fromkeys(clocks)]
    if not said and not names:
        return None
    if len(said) > 1 or any(clock.hour > 24 for clock in said):
        return Times(
            tuple(_plain(clock) for clock in said if clock.hour <= 24),
            "contradiction" if len(said) > 1 else "impossible",
        )
    if not said:
        return _part_alone(names)
    clock = said[0]
    if isinstance(clocks[0], Number) and clock.hour > HALF_A_DAY:
        # By 20: eight o'clock, the 20th, or twenty of something?
        return Times((_plain(clock),), "vague")
    if "evening" in names and "dawn" in names:
        return Times((), "contradiction")
    found: Times | None = None
    choice: Sequence[PartName | None] = names or [None]
    for name in choice:
        one = _clock(clock) if name is None else _clock_in(clock, name)
        if one.reason is not None:
            return one
        if found is not None and found.options != one.options:
            return Times((*found.options, *one.options), "contradiction")
        found = one
    return found


def _plain(clock: Clock) -> TimeOfDay:
    hour = clock.hour
    if clock.half is not None:
        hour = hour % HALF_A_DAY + (HALF_A_DAY if clock.half == "pm" else 0)
    return TimeOfDay(hour, clock.minute)


def _part_alone(names: Sequence[PartName]) -> Times:
    if len(names) > 1:
        return Times((), "contradiction")
    times: dict[PartName, Times] = {
        "morning": Times((TimeOfDay(12),), explicit=False),
        "noon": Times((TimeOfDay(12),)),
        "afternoon": Times((TimeOfDay(18),), explicit=False),
        "midnight": Times((TimeOfDay(24),)),
        "lunch": Times((TimeOfDay(12),), "vague"),
        "first_thing": Times((TimeOfDay(12),), "vague", explicit=False),
        "dawn": Times((TimeOfDay(6),), "vague", explicit=False),
    }
    return times.get(names[0], Times((TimeOfDay(18), TimeOfDay(24)), "vague", explicit=False))


def _clock(clock: Clock) -> Times:
    time = _plain(clock)
    if time == TimeOfDay(0):
        return Times((time, TimeOfDay(24)), begins_or_ends=True)
    if time.hour == 0 or clock.half is not None or clock.exact or clock.hour > HALF_A_DAY:
        return Times((time,))
    other = TimeOfDay(time.hour + HALF_A_DAY, time.minute)
    return Times((time, other), open_half=True)


def _clock_in(clock: Clock, name: PartName) -> Times:
    time = _plain(clock)
    if name == "midnight":
        if time.hour in {0, 12, 24}:
            return Times((TimeOfDay(24, time.minute),))
        return Times((time,), "contradiction")
    if name == "first_thing":
        return Times((time,)) if time.hour < HALF_A_DAY else Times((time,), "contradiction")
    if clock.half is None and not (clock.exact and clock.hour != 0):
        return _half_by_part(clock, name)
    begin, end = _HOURS_OF[name]
    if name in {"evening", "night"} and time.hour in {0, 24}:
        return Times((TimeOfDay(24, time.minute),))
    if not begin <= time.hour < end:
        return Times((time,), "contradiction")
    return Times((time,))


def _half_by_part(clock: Clock, name: PartName) -> Times:
    hour, minute = clock.hour % HALF_A_DAY, clock.minute
    if name in {"evening", "night"}:
        if hour == 0:
            return Times((TimeOfDay(24, minute),))
        if hour < 5:
            # Two o'clock "tonight" is in the night that follows.
            return Times((TimeOfDay(24 + hour, minute), TimeOfDay(hour, minute)), "ambiguous")
        return Times((TimeOfDay(hour + HALF_A_DAY, minute),))
    if name == "dawn":
        if hour == 0:
            return _clock(Clock(0, minute, exact=True))
        return Times((TimeOfDay(hour, minute),), None if hour < 7 else "contradiction")
    if name == "morning":
        if hour == 0:
            return Times((TimeOfDay(12, minute), TimeOfDay(24, minute)), "ambiguous")
        return Times((TimeOfDay(hour, minute),))
    later = TimeOfDay(hour + HALF_A_DAY, minute)
    if name in {"noon", "lunch"}:
        if hour == 11:
            return Times((TimeOfDay(11, minute),))
        return Times((later,), None if later.hour < 15 else "contradiction")
    if clock.hour == 0:
        return Times((), "contradiction")
    return Times((later,))
