"""What are the rungs of a ladder called, whom do they speak to, and which of several speaks?

A rung's key is kept in the database beside its ask and promise, so keys never change: `half_time`, `late:3`.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

Receiver = Literal["owner", "lead", "asker"]
RECEIVERS: tuple[Receiver, ...] = ("owner", "lead", "asker")


class Rung(StrEnum):
    """The kinds of nudge, from the least to the most urgent; a kind that can come again carries a number in its key."""

    AWAKE = "awake"  # what was snoozed is back; awake:<the instant>
    HALF_TIME = "half_time"
    NOT_ACKNOWLEDGED = "not_acknowledged"
    STARVING = "starving"  # feed it, hand it over, or put it down; starving:1, starving:2
    DAY_BEFORE = "day_before"
    HOURS_BEFORE = "hours_before"
    DUE = "due"
    LATE = "late"  # late:1, late:2 …
    LEAD_UNACKNOWLEDGED = "lead_unacknowledged"
    LEAD_LATE = "lead_late"
    LEAD_STARVING = "lead_starving"
    LEAD_SILENT = "lead_silent"  # the owner answers no nudge; the lead holds the question
    HOLDS = "holds"  # holds:1, holds:2 …: each week that the lead holds the question and nothing happens
    ASKER_LATE = "asker_late"  # asker_late:1 …: it is late, its owner leads the department, so no lead is told
    VERDICT = "verdict"  # verdict:1, verdict:2; verdict:1@2 for the second delivery
    ANSWER = "answer"  # answer:1@change12, answer:2@change12: the asker owes the owner an answer
    UNANSWERED = "unanswered"  # the asker answered neither; the owner leads the department, so hears it themselves
    LEAD_UNANSWERED = "lead_unanswered"  # the same to the lead; lead_unanswered@change12
    NO_VERDICT = "no_verdict"  # no message: the ask closes without a verdict; no_verdict@2


_URGENCY = {rung: place for place, rung in enumerate(Rung)}


class Due(NamedTuple):
    """The rung `rung` (its key) speaks to `to` at `at` (UTC).

    `covers`: keys of lesser or older rungs that would have spoken to the same receiver by then; whoever sends this one
    records them as sent too. `meant_for`: when the rung should have spoken; earlier than `at` after an outage.
    """

    rung: str
    at: datetime
    to: Receiver
    meant_for: datetime
    covers: frozenset[str] = frozenset()

    @property
    def kind(self) -> Rung:
        """The rung without its number."""
        return kind_of(self.rung)

    @property
    def number(self) -> int:
        """The n of late:n, starving:n and verdict:n; 0 for the rungs that come once."""
        number = self.rung.partition("@")[0].partition(":")[2]
        return int(number) if number.isdecimal() else 0

    @property
    def keys(self) -> frozenset[str]:
        """All that counts as sent once this is."""
        return self.covers | {self.rung}


def kind_of(rung: str) -> Rung:
    """A rung's key without its number or what it is about: `late:3` is LATE."""
    return Rung(rung.partition("@")[0].partition(":")[0])


def collapse(dues: Iterable[Due]) -> list[Due]:
    """One rung for each receiver, in the order of RECEIVERS: the newest, and of those the most urgent.

    The others become its `covers`. The one that speaks does so when the last of them would have.
    """
    found: list[Due] = []
    waiting = list(dues)
    for receiver in RECEIVERS:
        mine = [due for due in waiting if due.to == receiver]
        if len(mine) < 2:
            found += mine
            continue
        speaks = max(mine, key=lambda due: (due.meant_for, _URGENCY[due.kind], due.number))
        covered = frozenset().union(*(due.keys for due in mine)) - {speaks.rung}
        found.append(Due(speaks.rung, max(due.at for due in mine), receiver, speaks.meant_for, covered))
    return found


def highest_number(kind: Rung, sent: Iterable[str]) -> int:
    """The highest n of `kind`:n among the keys in `sent`; 0 if there is none."""
    prefix = f"{kind}:"
    return max((int(key[len(prefix) :]) for key in sent if key.startswith(prefix)), default=0)
