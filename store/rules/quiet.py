"""When may somebody hear a nudge that is due? Their quiet hours, and their one message a day.

They choose both on Home under "My nudges". A nudge that has to wait is late, never lost: it goes out at the first
moment that suits, and what came up meanwhile collapses into it as after an outage.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.rungs import Due, Rung, kind_of

BEFORE_DUE = timedelta(hours=2)  # what is due so soon does not wait for the daily message
ALLOWANCE = timedelta(minutes=10)  # a nudge that comes up shortly after the daily message's hour still goes along
_STRETCHES = 100  # of working and quiet time that are looked through for a moment to speak
_DAYS = 30  # that are looked through for the next daily message
_AT_ONCE = frozenset({Rung.DUE, Rung.AWAKE})  # at due it is due; and a snooze names its own hour


class Because(StrEnum):
    """Why a nudge waited."""

    QUIET_HOURS = "quiet_hours"
    BUNDLE = "bundle"
    DO_NOT_DISTURB = "do_not_disturb"  # on Slack; only whoever delivers can know


@dataclass(frozen=True)
class Preferences:
    """How somebody wants to be nudged. Times of day are on their own wall clock.

    `quiet`: hours of the week without nudges. `bundle_at`: minutes after midnight of the one message a day.
    `rush_at_any_hour`: what they own as a rush may nudge them at night, too.
    """

    quiet: Hours | None = None
    bundle_at: int | None = None
    rush_at_any_hour: bool = False


NO_PREFERENCES = Preferences()


@dataclass(frozen=True)
class Wait:
    """A nudge waits `until` (UTC)."""

    until: datetime
    because: Because


def wait(
    preferences: Preferences,
    zone: str,
    works: Calendar,
    due: Due,
    ask_due: datetime,
    now: datetime,
    snoozed_until: datetime | None = None,
) -> Wait | None:
    """Until when, and why, a rung that is due at `now` has to wait for its receiver; None: it goes now.

    `zone`: the receiver's own; `works`: when they work; `ask_due`: when the ask itself is due. A lead's hints know
    quiet hours, but no daily message. Closing an ask without a verdict disturbs nobody. What waits for the daily
    message is looked at again when the ask itself comes near, and when a snooze ends. Raises NoWorkingTime.
    """
    if due.kind is Rung.NO_VERDICT:
        return None
    if preferences.bundle_at is not None and _can_wait(due, ask_due, now):
        moment = _daily_message(preferences, zone, works, due.meant_for - ALLOWANCE)
        if moment > now:
            nears = (ask_due - BEFORE_DUE, ask_due) if due.to == "owner" else ()
            earlier = [one for one in (*nears, snoozed_until) if one is not None and one > now]
            return Wait(min([moment, *(works.next_open(one) for one in earlier)]), Because.BUNDLE)
    moment = may_hear(preferences, zone, works, now)
    return Wait(moment, Because.QUIET_HOURS) if moment > now else None


def may_hear(preferences: Preferences, zone: str, works: Calendar, instant: datetime) -> datetime:
    """The first instant from `instant` on in which somebody works and is not in their quiet hours (UTC).

    Quiet hours that leave no such moment count for nothing: late rather than lost. Raises NoWorkingTime.
    """
    at = opening = works.next_open(instant)
    if preferences.quiet is None:
        return at
    quiet = Calendar(zone, preferences.quiet)
    for _ in range(_STRETCHES):
        over = quiet.next_closed(at)
        if over == at:
            return at
        at = works.next_open(over)
    return opening


def leaves_time(preferences: Preferences, zone: str, works: Calendar, now: datetime) -> bool:
    """Whether the quiet hours leave any working time to be nudged in."""
    if preferences.quiet is None:
        return True
    quiet = Calendar(zone, preferences.quiet)
    return not quiet.is_open(may_hear(preferences, zone, works, now))


def _can_wait(due: Due, ask_due: datetime, now: datetime) -> bool:
    is_near = due.to == "owner" and now <= ask_due <= now + BEFORE_DUE
    # A snooze that ends with other rungs is one with them; that hour was chosen all the same.
    kinds = {kind_of(key) for key in due.keys}
    return due.to != "lead" and _AT_ONCE.isdisjoint(kinds) and not is_near


def _daily_message(preferences: Preferences, zone: str, works: Calendar, earliest: datetime) -> datetime:
    """The first moment of a daily message that is not before `earliest`."""
    assert preferences.bundle_at is not None
    own = ZoneInfo(zone)
    today = earliest.astimezone(own).date() - timedelta(days=1)
    at = time(preferences.bundle_at // 60, preferences.bundle_at % 60)
    moment = earliest
    for day in range(_DAYS):
        said = datetime.combine(today + timedelta(days=day), at, own).astimezone(UTC)
        moment = may_hear(preferences, zone, works, said)
        if moment >= earliest:
            break
    return max(moment, earliest)
