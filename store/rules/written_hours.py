"""Working hours and days as a lead types them into a form: a line for each group of days.

    mon-fri: 09:00-12:00, 13:30-18:00
    sat 9am-1pm
    sun: closed

What comes out is the mapping that `Hours.parse` and the YAML file know.
"""

import re
from datetime import date

from store.rules.hours import BadHours, Hours

_LINE = re.compile(r"\s*(?P<days>[^\d:：]*?)\s*(?:[:：]\s*(?P<behind>.*)|(?P<spans>\d.*)|\s(?P<word>\S+))\s*")
_DAY_BY_DAY = re.compile(r"[\s,，、;；]+")
LONGEST_LINE = 200


class BadLine(ValueError):
    """A line that says no hours. `line` is what was typed; `fault` why, None: it names no days."""

    def __init__(self, line: str, fault: BadHours | None) -> None:
        super().__init__(line)
        self.line, self.fault = line[:80], fault


def hours_of(text: str) -> Hours:
    """The hours that the lines say. Raises BadLine, and BadHours for what is wrong between the lines."""
    days: dict[str, str] = {}
    for line in (" ".join(one.split()) for one in text.splitlines() if one.strip()):
        read = _LINE.fullmatch(line) if len(line) <= LONGEST_LINE else None
        named = read["days"].strip() if read else ""
        if read is None or not named:
            raise BadLine(line, None)
        spans = (read["behind"] or read["spans"] or read["word"] or "").strip()
        try:
            Hours.parse({named: spans})
        except BadHours as fault:
            if fault.reason != "empty":  # a single day may well be closed
                raise BadLine(line, fault) from fault
        days[named] = f"{days[named]},{spans}" if named in days else spans
    return Hours.parse(days)


def as_lines(hours: Hours) -> str:
    """The lines that `hours_of` reads back."""
    return "\n".join(f"{days}: {spans.replace(',', ', ')}" for days, spans in hours.as_yaml().items())


def days_of(text: str) -> frozenset[date]:
    """Days as `2026-12-24`, parted by lines, spaces or commas. Raises BadLine."""
    found = set()
    for said in filter(None, _DAY_BY_DAY.split(text.strip())):
        try:
            found.add(date.fromisoformat(said))
        except ValueError as bad:
            raise BadLine(said, None) from bad
    return frozenset(found)
