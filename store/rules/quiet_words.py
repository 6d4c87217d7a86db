"""How somebody writes their quiet hours: `12:00-14:00`, `mon-fri 17:00-09:00`, `周三下午`, a line each.

A line without days is every day. Lines may overlap; what comes out is one week without overlaps.
"""

import re

from store.rules.hours import DAY_NAMES, MINUTES_PER_DAY, MINUTES_PER_WEEK, BadHours, Hours, Span

MOST_LINES = 20
_PARTS = {
    "morning": "00:00-12:00",
    "mornings": "00:00-12:00",
    "上午": "00:00-12:00",
    "afternoon": "12:00-24:00",
    "afternoons": "12:00-24:00",
    "下午": "12:00-24:00",
    "all day": "24h",
    "全天": "24h",
    "整天": "24h",
}
_LINE = re.compile(
    r"(?P<days>.*?)[\s:：]*(?P<spans>(?:\d|morning|afternoon|上午|下午|all day|全天|整天).*)", re.IGNORECASE
)


def read(text: str) -> Hours | None:
    """The quiet hours of a week; None where none are written. Raises BadHours for the line that cannot be read."""
    quiet = [False] * MINUTES_PER_WEEK
    lines = [line.strip() for line in re.split(r"[\n;；]", text) if line.strip()]
    if len(lines) > MOST_LINES:
        raise BadHours("unreadable", lines[MOST_LINES])
    for line in lines:
        for start, end in _minutes(line):
            for minute in range(start, end):
                quiet[minute % MINUTES_PER_WEEK] = True
    if not any(quiet):
        return None
    return Hours(_days(_stretches(quiet)))


def written(quiet: Hours | None) -> str:
    """The lines that `read` reads back."""
    if quiet is None:
        return ""
    lines = []
    for days, spans in quiet.as_yaml().items():
        shown = spans.replace("+1", "").replace(",", ", ")
        lines.append(shown if days == f"{DAY_NAMES[0]}-{DAY_NAMES[-1]}" else f"{days} {shown}")
    return "\n".join(lines)


def _minutes(line: str) -> list[Span]:
    """The spans of one line, in minutes since Monday's midnight; an end before its beginning is the next day's."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise BadHours("unreadable", line[:80])
    days, spans = match["days"].strip() or "daily", match["spans"].strip().lower()
    found: list[Span] = []
    for span in re.split(r"[,，、]", _PARTS.get(spans, spans)):
        span = _PARTS.get(span.strip(), span.strip())
        try:
            week = Hours.parse({days: span})
        except BadHours as fault:
            if fault.reason != "ends_before_it_begins" or span.endswith("+1"):
                raise
            week = Hours.parse({days: f"{span}+1"})
        found += [
            (number * MINUTES_PER_DAY + start, number * MINUTES_PER_DAY + end)
            for number, day in enumerate(week.days)
            for start, end in day
        ]
    return found


def _stretches(quiet: list[bool]) -> list[Span]:
    """The stretches of quiet, from the first that begins in the week on; they may run over its end."""
    if all(quiet):
        return [(0, MINUTES_PER_WEEK)]
    first = next(minute for minute in range(MINUTES_PER_WEEK) if quiet[minute] and not quiet[minute - 1])
    stretches: list[Span] = []
    begun: int | None = None
    for minute in range(first, first + MINUTES_PER_WEEK + 1):
        is_quiet = quiet[minute % MINUTES_PER_WEEK] and minute < first + MINUTES_PER_WEEK
        if is_quiet and begun is None:
            begun = minute
        elif not is_quiet and begun is not None:
            stretches.append((begun, minute))
            begun = None
    return stretches


def _days(stretches: list[Span]) -> tuple[tuple[Span, ...], ...]:
    """A stretch of up to a day belongs to the day it begins; a longer one is cut at midnights."""
    days: list[list[Span]] = [[] for _ in DAY_NAMES]
    for start, end in stretches:
        while start < end:
            midnight = start - start % MINUTES_PER_DAY
            stop = end if end - start < MINUTES_PER_DAY else min(end, midnight + MINUTES_PER_DAY)
            days[start // MINUTES_PER_DAY % 7].append((start - midnight, stop - midnight))
            start = stop
    return tuple(tuple(sorted(day)) for day in days)
