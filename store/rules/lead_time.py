"""How much working time does a department need?

A lead types `2d` (working days) or `4h` (working hours), or the same in words; services and departments keep it so.
What it comes to on a calendar is `Calendar.add`.
"""

import re
from dataclasses import dataclass
from typing import Literal, Self

Unit = Literal["hours", "days"]
BadLeadTimeReason = Literal["unreadable", "not_positive", "too_long"]

MOST_DAYS = 365
MOST_HOURS = MOST_DAYS * 24

_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "working hour", "working hours"), "hours"),
    **dict.fromkeys(("小时", "个小时", "工作小时", "个工作小时", "小時", "個小時"), "hours"),
    **dict.fromkeys(("d", "day", "days", "working day", "working days", "business day", "business days"), "days"),
    **dict.fromkeys(("天", "日", "工作日", "个工作日", "個工作日"), "days"),
}
_CHINESE = {"一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_WRITTEN = re.compile(r"([+-]?\d{1,9}|[一二两兩三四五六七八九十])\s*(\D{1,20})", re.ASCII)


class BadLeadTime(ValueError):
    """No lead time that a department can promise. `reason` says why, `what` is the text at fault."""

    def __init__(self, reason: BadLeadTimeReason, what: str) -> None:
        super().__init__(f"{reason}: {what}")
        self.reason: BadLeadTimeReason = reason
        self.what = what


@dataclass(frozen=True)
class LeadTime:
    """`amount` (1 up to 365 days, or as many hours) working hours or working days. Raises BadLeadTime."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in ("hours", "days"):
            raise BadLeadTime("unreadable", str(self.unit))
        if self.amount <= 0:
            raise BadLeadTime("not_positive", str(self))
        if self.amount > (MOST_DAYS if self.unit == "days" else MOST_HOURS):
            raise BadLeadTime("too_long", str(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2d`, `4h`, `2 days`, `4 working hours`, `2天`, `4小时`, `两个工作日`. Raises BadLeadTime."""
        match = _WRITTEN.fullmatch(str(text).strip().lower())
        unit = _UNITS.get(" ".join(match[2].split())) if match else None
        if match is None or unit is None:
            raise BadLeadTime("unreadable", str(text)[:80])
        return cls(_CHINESE.get(match[1]) or int(match[1]), unit)

    def __str__(self) -> str:
        """The short form that `parse` reads back: `2d`, `4h`."""
        return f"{self.amount}{self.unit[0]}"
