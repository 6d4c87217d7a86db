"""What must be known of an ask to say when its next nudge is due?"""

from dataclasses import dataclass
from datetime import datetime

from store.rules.calendar import Calendar
from store.rules.lifecycle import Stage


@dataclass(frozen=True)
class Standing:
    """An ask as the ladder sees it. All instants are aware.

    `owned_since`: when the present owner took it; None is since filing. `promised_at`: when the promise that is now
    due at `due` was made; None is at filing. `sent`: keys of the rungs that were sent, or covered by one that was,
    under promise number `promise_number`; starts empty with a new promise. `last_fed_at`: the last real activity by
    anybody (not a nudge, not a view). `starved_at`: when the last starving rung was sent or covered. `unanswered`:
    nudges to the owner in a row that nobody answered. `snoozed_until`: until when the present owner asked for rest.
    `waits_for_asker`: the next move is the asker's, so the owner's clock is held (`due_after_hold` moves `due` when it
    runs again). `waits_since`: since when the asker has owed an answer to something that the owner put to them, which
    `waits_mark` names for good (`change12`); None when nothing is owed. `answer_asked_at`: when the second rung about
    that answer was sent. `lead_asked_at`, `asker_told_at`: when the lead last heard that the question is theirs, and
    the asker that it is late. `delivery_number`: 1 for the first delivery, more after "not quite".
    `verdict_asked_at`: when the second verdict rung of this delivery was sent. `at_any_hour`: a rush whose owner
    allowed nudges outside hours.
    """

    stage: Stage
    filed_at: datetime
    due: datetime
    owned_since: datetime | None = None
    acknowledged_at: datetime | None = None
    delivered_at: datetime | None = None
    promised_at: datetime | None = None
    promise_number: int = 1
    last_fed_at: datetime | None = None
    starved_at: datetime | None = None
    sent: frozenset[str] = frozenset()
    unanswered: int = 0
    snoozed_until: datetime | None = None
    waits_for_asker: bool = False
    waits_since: datetime | None = None
    waits_mark: str = ""
    answer_asked_at: datetime | None = None
    lead_asked_at: datetime | None = None
    asker_told_at: datetime | None = None
    delivery_number: int = 1
    verdict_asked_at: datetime | None = None
    at_any_hour: bool = False

    @property
    def owned_from(self) -> datetime:
        """Since when the present owner has had the ask."""
        return max(self.filed_at, self.owned_since or self.filed_at)

    @property
    def promised_from(self) -> datetime:
        """Since when the present promise has stood."""
        return max(self.filed_at, self.promised_at or self.filed_at)

    @property
    def unacknowledged_from(self) -> datetime:
        """Since when the owner could have acknowledged: a question to the asker moves the promise of an open ask."""
        return max(self.owned_from, self.promised_from)

    @property
    def fed_at(self) -> datetime:
        """When the ask last had something to eat: activity, acknowledgement, a new promise or a new owner."""
        acknowledged_at, last_fed_at = self.acknowledged_at or self.filed_at, self.last_fed_at or self.filed_at
        return max(self.owned_from, self.promised_from, acknowledged_at, last_fed_at)


def due_after_hold(due: datetime, held_from: datetime, held_until: datetime, calendar: Calendar) -> datetime:
    """Where `due` moves when the owner's clock stood still from `held_from` to `held_until`.

    The owner has as much working time left after the hold as before it, and at least until work goes on, so that time
    spent on hold never makes a promise late. A promise that was past when the hold began stays where it was. Raises
    NoWorkingTime.
    """
    if held_until <= held_from or held_from > due:
        return due
    moved = calendar.after_working(due, calendar.working_time(held_from, held_until))
    return moved if moved > held_until else calendar.next_open(held_until)
