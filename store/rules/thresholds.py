"""How soon, and how often, does a department's ladder nudge?

A lead changes a rung in the form or in the YAML (`half_time: off`, `not_acknowledged: 4h`); what is not mentioned
stays as PRODUCT.md has it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Literal, Self

from store.rules.lead_time import BadLeadTime, LeadTime

BadLadderReason = Literal["unknown_rung", "unreadable", "not_positive", "too_long", "cannot_be_off", "out_of_order"]

_OFF = frozenset({"off", "no", "none", "never", "false", "关", "不提醒"})
_MOST_COUNT = 1000
_TWO_HOURS = LeadTime(2, "hours")
_ONE_DAY = LeadTime(1, "days")
_TWO_DAYS = LeadTime(2, "days")
_THREE_DAYS = LeadTime(3, "days")


class BadLadder(ValueError):
    """No ladder that can be climbed. `reason` says why, `rung` is the field at fault, `what` the text."""

    def __init__(self, reason: BadLadderReason, rung: str, what: str) -> None:
        super().__init__(f"{reason}: {rung}: {what}")
        self.reason: BadLadderReason = reason
        self.rung = rung
        self.what = what


@dataclass(frozen=True)
class Ladder:
    """Thresholds in working time; None leaves the rung out.

    To the owner: `not_acknowledged` after filing or taking over; `half_time` of the working time gone, if the promise
    is further off than this; `day_before` and `hours_before` due; `at_due`; `late` each time so much more has passed;
    `starving` not fed for this long, `starving_times` at most. To the lead, once each: `lead_unacknowledged` after
    filing or taking over, `lead_late` after due, `lead_starving` when the owner has heard the last starving rung. To
    the asker: `verdict_first` and `verdict_second` after delivery, closing `no_verdict` after the second;
    `answer_first` and `answer_second` after the owner put something to them, and after `lead_unanswered` more the lead
    hears. The bot stops after `unanswered` nudges without an answer, and leaves `quiet_minutes` of working time after
    any activity.
    """

    not_acknowledged: LeadTime | None = _TWO_HOURS
    half_time: LeadTime | None = _TWO_DAYS
    day_before: LeadTime | None = _ONE_DAY
    hours_before: LeadTime | None = _TWO_HOURS
    at_due: bool = True
    late: LeadTime | None = _ONE_DAY
    starving: LeadTime | None = _TWO_DAYS
    starving_times: int = 2
    lead_unacknowledged: LeadTime | None = _ONE_DAY
    lead_late: LeadTime | None = _ONE_DAY
    lead_starving: bool = True
    verdict_first: LeadTime = _ONE_DAY
    verdict_second: LeadTime = _THREE_DAYS
    no_verdict: LeadTime = _ONE_DAY
    answer_first: LeadTime = _ONE_DAY
    answer_second: LeadTime = _TWO_DAYS
    lead_unanswered: LeadTime | None = _ONE_DAY
    unanswered: int = 5
    quiet_minutes: int = 30

    def __post_init__(self) -> None:
        for name, least in (("starving_times", 1), ("unanswered", 1), ("quiet_minutes", 0)):
            count = getattr(self, name)
            if count < least:
                raise BadLadder("not_positive", name, str(count))
            if count > _MOST_COUNT:
                raise BadLadder("too_long", name, str(count))
        for name in ("verdict", "answer"):
            first, second = getattr(self, f"{name}_first"), getattr(self, f"{name}_second")
            if first.unit == second.unit and first.amount >= second.amount:
                raise BadLadder("out_of_order", f"{name}_second", str(second))

    @classmethod
    def parse(cls, mapping: Mapping[str, object]) -> Self:
        """Read a ladder: field names to `2d`, `4h`, numbers, yes/no, or `off`. Raises BadLadder."""
        if not isinstance(mapping, Mapping):
            raise BadLadder("unreadable", "", str(mapping)[:80])
        standard = cls()
        known = {each.name: getattr(standard, each.name) for each in fields(cls)}
        read: dict[str, LeadTime | int | bool | None] = {}
        for key, value in mapping.items():
            name = _name(key)
            if name not in known:
                raise BadLadder("unknown_rung", str(key)[:80], str(value)[:80])
            read[name] = _read(name, known[name], value)
        return cls(**read)  # type: ignore[arg-type]

    def changed(self, changes: Mapping[str, object]) -> Self:
        """This ladder with other values for some rungs, as a service has them. Raises BadLadder."""
        if not isinstance(changes, Mapping):
            raise BadLadder("unreadable", "", str(changes)[:80])
        return self.parse({**self.as_yaml(), **{_name(key): value for key, value in changes.items()}})

    def only(self, names: Iterable[str]) -> dict[str, str | int | bool]:
        """The values of these rungs, as in `as_yaml`."""
        wanted = {_name(name) for name in names}
        return {name: value for name, value in self.as_yaml().items() if name in wanted}

    def as_yaml(self) -> dict[str, str | int | bool]:
        """The mapping that parses to the same ladder, every field named."""
        written: dict[str, str | int | bool] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            written[each.name] = "off" if value is None else str(value) if isinstance(value, LeadTime) else value
        return written


def _name(key: object) -> str:
    return str(key).strip().lower().replace(" ", "_").replace("-", "_")


def _read(name: str, standard: LeadTime | int | bool, value: object) -> LeadTime | int | bool | None:
    text = str(value).strip().lower()
    is_off = value is None or value is False or text in _OFF
    if isinstance(standard, bool):
        if is_off or value is True or text in {"on", "yes", "true", "开"}:
            return not is_off
        raise BadLadder("unreadable", name, text[:80])
    if isinstance(standard, int):
        if value is True or not text.removeprefix("-").isdecimal() or len(text) > 9:
            raise BadLadder("unreadable", name, text[:80])
        return int(text)
    if is_off:
        if name in {"verdict_first", "verdict_second", "no_verdict", "answer_first", "answer_second"}:
            # An ask that nobody judges, or answers, would stay open for ever.
            raise BadLadder("cannot_be_off", name, text)
        return None
    if value is True or text in {"on", "yes", "true", "开"}:
        return standard
    try:
        return LeadTime.parse(text)
    except BadLeadTime as fault:
        raise BadLadder(fault.reason, name, text[:80]) from fault
