"""When does a department work in an ordinary week?

A lead types `mon-fri: 09:00-12:00, 13:30-18:00` and `sat: 09:00-12:00` in the form or in the YAML; what comes out is
seven days of spans on the clock on the wall. Holidays and closed days are not known here, nor is any time zone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self

Span = tuple[int, int]
Day = tuple[Span, ...]

BadHoursReason = Literal["overlap", "ends_before_it_begins", "unknown_day", "unreadable", "empty"]

MINUTES_PER_DAY = 24 * 60
MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY
# A span that ends "before" it begins is a night shift up to this length. Longer ones are far more often the two ends
# swapped (18:00-09:00 for 09:00-18:00), so whoever means a longer one says it: 18:00-09:00+1.
LONGEST_NIGHT_WITHOUT_A_MARK = 12 * 60

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OTHER_NAMES = {
    **{name: (number,) for number, name in enumerate(DAY_NAMES)},
    **{
        name: (number,)
        for number, name in enumerate(
            ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        )
    },
    "tues": (1,),
    "weds": (2,),
    "thur": (3,),
    "thurs": (3,),
    "daily": tuple(range(7)),
    "every day": tuple(range(7)),
    "everyday": tuple(range(7)),
    "每天": tuple(range(7)),
    "weekdays": tuple(range(5)),
    "weekday": tuple(range(5)),
    "工作日": tuple(range(5)),
    "weekend": (5, 6),
    "weekends": (5, 6),
    "周末": (5, 6),
    "週末": (5, 6),
    **{week + sign: (number,) for week in ("周", "週", "星期") for number, sign in enumerate("一二三四五六日")},
    **{week + "天": (6,) for week in ("周", "週", "星期")},
}
_ROUND_THE_CLOCK = frozenset({"24h", "24 h", "24/7", "24小时", "全天", "round the clock"})
_NO_HOURS = frozenset({"", "-", "closed", "none", "off", "no", "休息"})
_CLOCK = re.compile(r"(\d{1,2})(?:[:.：](\d{2}))?\s{0,3}(am|pm)?", re.ASCII)
_DASHES = str.maketrans({"–": "-", "—": "-", "~": "-", "～": "-", "至": "-", "到": "-", "−": "-"})
_COMMAS = str.maketrans({"，": ",", "、": ",", ";": ",", "；": ",", "\n": ","})


class BadHours(ValueError):
    """The working hours cannot be used. `reason` says which kind of fault, `what` is the text (or spans) at fault."""

    def __init__(self, reason: BadHoursReason, what: str) -> None:
        super().__init__(f"{reason}: {what}")
        self.reason: BadHoursReason = reason
        self.what = what


@dataclass(frozen=True)
class Hours:
    """An ordinary week.

    `days`: seven days, Monday first; each a tuple of (start, end) in minutes of the wall clock since that day's
    midnight, in order, apart from each other. `end` beyond 1440 runs over midnight and belongs to the day it begins;
    (0, 1440) is round the clock. Raises BadHours for anything else, for overlaps (into the next day too), and for a
    week without any hours.
    """

    days: tuple[Day, ...]

    def __post_init__(self) -> None:
        if len(self.days) != len(DAY_NAMES):
            raise BadHours("unreadable", f"{len(self.days)} days")
        ends_at = -MINUTES_PER_DAY
        first_start: int | None = None
        for midnight, name, (start, end) in self._week():
            what = f"{name}: {_span_text((start, end))}"
            if not 0 <= start < MINUTES_PER_DAY or end > start + MINUTES_PER_DAY:
                raise BadHours("unreadable", what)
            if end <= start:
                raise BadHours("ends_before_it_begins", what)
            if midnight + start < ends_at:
                raise BadHours("overlap", what)
            ends_at = midnight + end
            first_start = start + midnight if first_start is None else first_start
        if first_start is None:
            raise BadHours("empty", "")
        if ends_at > MINUTES_PER_WEEK + first_start:
            raise BadHours("overlap", "sun-mon")

    def _week(self) -> Iterator[tuple[int, str, Span]]:
        for number, (name, day) in enumerate(zip(DAY_NAMES, self.days, strict=True)):
            for span in day:
                yield number * MINUTES_PER_DAY, name, span

    @classmethod
    def parse(cls, mapping: Mapping[str, object]) -> Self:
        """Read hours as people write them: day names to spans.

        Keys: `mon`, `monday`, `周一`, ranges `mon-fri` (also over Sunday: `sat-mon`), lists `mon,wed`, `daily`,
        `weekdays`, `weekend`. Values: `09:00-12:00,13:30-18:00`, `9am-5pm`, `22:00-06:00` (over midnight, up to 12
        hours), `18:00-09:00+1` (over midnight, any length), `24h`, `closed`, or a list of such. A day named twice has
        both spans; spans that touch become one. Raises BadHours.
        """
        if not isinstance(mapping, Mapping):
            raise BadHours("unreadable", _shortened(str(mapping)))
        week: list[list[Span]] = [[] for _ in DAY_NAMES]
        closed: set[int] = set()
        for key, value in mapping.items():
            spans = _read_spans(value)
            for number in _read_days(str(key)):
                week[number].extend(spans)
                if not spans:
                    closed.add(number)
        for number in closed:
            if week[number]:
                raise BadHours("overlap", DAY_NAMES[number])
        return cls(tuple(_joined(spans, DAY_NAMES[number]) for number, spans in enumerate(week)))

    def as_yaml(self) -> dict[str, str]:
        """The mapping that parses to the same hours, days of equal hours together: {"mon-fri": "09:00-18:00"}."""
        written: dict[Day, list[int]] = {}
        for number, day in enumerate(self.days):
            if day:
                written.setdefault(day, []).append(number)
        return {_days_text(numbers): ",".join(_span_text(span) for span in day) for day, numbers in written.items()}

    def commonest_day(self, among: Sequence[int] = range(7)) -> Day:
        """The spans that most of the weekdays in `among` (0 is Monday) have, the earliest in the week among equals.

        Days without hours do not count; if none of `among` has hours, the whole week is asked.
        """
        candidates = [self.days[number] for number in among if self.days[number]] or [day for day in self.days if day]
        return max(candidates, key=candidates.count)


def _read_days(text: str) -> list[int]:
    numbers: list[int] = []
    for part in text.translate(_COMMAS).split(","):
        name = part.strip().lower()
        if name in _OTHER_NAMES:
            numbers.extend(_OTHER_NAMES[name])
            continue
        first, dash, last = (piece.strip() for piece in name.translate(_DASHES).partition("-"))
        if not dash or len(_OTHER_NAMES.get(first, ())) != 1 or len(_OTHER_NAMES.get(last, ())) != 1:
            raise BadHours("unknown_day", _shortened(part.strip()))
        begin, end = _OTHER_NAMES[first][0], _OTHER_NAMES[last][0]
        numbers.extend(number % 7 for number in range(begin, (end if end >= begin else end + 7) + 1))
    return list(dict.fromkeys(numbers))


def _read_spans(value: object) -> list[Span]:
    if value is None or value is False:  # YAML reads a bare `off` and `no` as False
        return []
    if isinstance(value, (list, tuple)):
        return [span for part in value for span in _read_spans(part)]
    if not isinstance(value, str):
        raise BadHours("unreadable", _shortened(str(value)))
    text = value.strip().lower()
    if text in _NO_HOURS:
        return []
    return [_read_span(part.strip()) for part in text.translate(_COMMAS).split(",")]


def _read_span(text: str) -> Span:
    if text in _ROUND_THE_CLOCK:
        return 0, MINUTES_PER_DAY
    first, dash, last = (piece.strip() for piece in text.translate(_DASHES).partition("-"))
    said_next_day = last.endswith("+1")
    start, end = _read_clock(first), _read_clock(last.removesuffix("+1").strip())
    if not dash or start is None or end is None or start == MINUTES_PER_DAY:
        raise BadHours("unreadable", _shortened(text))
    if said_next_day:
        if end > start:
            raise BadHours("unreadable", _shortened(text))
        return start, end + MINUTES_PER_DAY
    if end > start:
        return start, end
    night = end + MINUTES_PER_DAY - start
    if night > LONGEST_NIGHT_WITHOUT_A_MARK:
        raise BadHours("ends_before_it_begins", _shortened(text))
    return start, end + MINUTES_PER_DAY


def _read_clock(text: str) -> int | None:
    """Minutes since midnight, 24:00 included; None if it is no time of day."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return hour * 60 + minute


def _joined(spans: list[Span], name: str) -> Day:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            raise BadHours("overlap", f"{name}: {_span_text(joined[-1])}, {_span_text((start, end))}")
        if joined and start == joined[-1][1] and end - joined[-1][0] <= MINUTES_PER_DAY:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _days_text(numbers: list[int]) -> str:
    """[0, 1, 2, 5] → "mon-wed,sat"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(DAY_NAMES[run[0]] if len(run) == 1 else f"{DAY_NAMES[run[0]]}-{DAY_NAMES[run[-1]]}" for run in runs)


def _span_text(span: Span) -> str:
    start, end = span
    if end <= MINUTES_PER_DAY:
        return f"{_clock_text(start)}-{_clock_text(end)}"
    mark = "" if end - start <= LONGEST_NIGHT_WITHOUT_A_MARK else "+1"
    return f"{_clock_text(start)}-{_clock_text(end - MINUTES_PER_DAY)}{mark}"


def _clock_text(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
