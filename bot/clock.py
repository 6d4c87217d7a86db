"""What runs when. The clock holds no state: each tick asks the ledger what is due as of now, however late it comes.

TIMETABLE is all of it. There is never a job for a single ask; any number of processes may tick.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]

from store import absences, audit, chores, desk_lists, due, handoffs, outbox, retention, standups, statistics
from store.database import Ledger
from store.refusals import LedgerUnavailable

MINUTE, HOUR = 60, 3600
DAY = timedelta(days=1)

log = logging.getLogger("baton.clock")
# It would warn at each tick of a sweep that takes longer than that.
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


def nudge(ledger: Ledger, now: datetime) -> None:
    """Fire the nudges that are due, and let silent deliveries lapse, until nothing is due."""
    while ledger.act(due.nudge, "", None, now, None):
        pass


def post_standups(ledger: Ledger, now: datetime) -> None:
    """Put the digests that are due into the outbox."""
    while ledger.act(standups.post_due, "", None, now, None):
        pass


def let_batons_bounce(ledger: Ledger, now: datetime) -> None:
    """Let the batons bounce that nobody took in time."""
    while ledger.act(handoffs.expire_due, "", None, now, None):
        pass


def turn_absences(ledger: Ledger, now: datetime) -> None:
    """Begin the absences that begin now, and end those that are over."""
    while ledger.act(absences.turn, "", None, now, None):
        pass


def send_desk_lists(ledger: Ledger, now: datetime) -> None:
    """Send the monthly list of each gray-zone desk on the first working day of the month."""
    ledger.act(desk_lists.post_due, "", None, now, None)


def prove_one_owner(ledger: Ledger, now: datetime) -> None:
    """Look through the whole ledger for anything that breaks the one-owner rule; `check` says what to do about it."""
    with ledger.reading() as connection:
        for finding in audit.findings(connection):
            log.error(  # `python -m bot check` says what to do about it
                "one_owner_broken",
                extra={"workspace": finding.workspace_id, "ask": finding.number, "what": finding.what},
            )
        for workspace_id in desk_lists.unattended(connection, now):
            log.error("nobody of the gray-zone desk in %s is here: run python -m bot check", workspace_id)


def gather_statistics(ledger: Ledger, now: datetime) -> None:
    """Let the database know how many rows of what there are, so that it chooses the right indexes."""
    if ledger.act(statistics.gather, "", None, now, None):
        ledger.engine.dispose()  # who is reading reads on; the next connections know


def once_a_day(name: str, do: Callable[[Ledger, datetime], None], ledger: Ledger, now: datetime) -> None:
    """Do it unless it was done within a day, by whichever process; after a failure again in an hour."""
    with ledger.reading() as connection:
        if not chores.is_due(connection, name, DAY, now):
            return
    if ledger.act(chores.begin, "", None, now, None, name, DAY):
        do(ledger, now)
        ledger.act(chores.end, "", None, now, None, name, DAY)


@dataclass(frozen=True, slots=True)
class Entry:
    """`do` every `seconds`. What is rarer than once a minute is not done at the start, which has to be quick."""

    name: str
    seconds: float
    do: Callable[[Ledger, datetime], None]


def forget_old(ledger: Ledger, now: datetime, *, days: int) -> None:
    """Delete what was closed more than so many days ago, in every workspace."""
    before = now - timedelta(days=days)
    with ledger.reading() as connection:
        there = retention.workspaces_there(connection)
    for workspace_id in there:
        with ledger.reading() as connection:  # so that nobody waits for the writer while nothing is old
            if not retention.any_old(connection, workspace_id, before):
                continue
        while ledger.act(retention.forget, workspace_id, None, now, None, before):
            pass
        ledger.act(retention.forget_leftovers, workspace_id, None, now, None, before)


TIMETABLE = (
    Entry("nudges", 0.25, nudge),
    Entry("standups", 5, post_standups),
    Entry("batons", 5, let_batons_bounce),
    Entry("absences", 5, turn_absences),
    Entry("desk lists", MINUTE, send_desk_lists),
    Entry("statistics", 10 * MINUTE, partial(once_a_day, "statistics", gather_statistics)),
    Entry("one owner", 10 * MINUTE, partial(once_a_day, "one owner", prove_one_owner)),
)


def timetable(keep_closed_days: int | None) -> tuple[Entry, ...]:
    """TIMETABLE, and where asks are not kept for ever, every hour what deletes them."""
    if keep_closed_days is None:
        return TIMETABLE
    return (*TIMETABLE, Entry("forgetting", HOUR, partial(forget_old, days=keep_closed_days)))


def tick(ledger: Ledger, now: datetime) -> None:
    """Do everything in the timetable that is due at `now`, once."""
    for entry in TIMETABLE:
        entry.do(ledger, now)


def next_due(ledger: Ledger) -> datetime | None:
    """When the clock or the courier has something to do next; None: nothing is planned. Raises LedgerUnavailable."""
    with ledger.reading() as connection:
        planned = (
            due.next_nudge(connection),
            standups.next_at(connection),
            handoffs.next_expiry(connection),
            absences.next_turn(connection),
            outbox.next_due(connection),
        )
    return min((instant for instant in planned if instant is not None), default=None)


class Timekeeper:
    """Ticks in the background. `clock` tells the ledger's time; how often it ticks is real time."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime], keep_closed_days: int | None = None) -> None:
        self._ledger, self._clock = ledger, clock
        self._timetable = timetable(keep_closed_days)
        # Late rather than lost: a tick that was missed runs as soon as it can, and once.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = BackgroundScheduler(timezone=UTC, job_defaults=defaults)
        for entry in self._timetable:
            self._scheduler.add_job(self._do, "interval", [entry], seconds=entry.seconds, id=entry.name)

    def start(self) -> None:
        """Tick at once, as something may have fallen due while nobody was here, and then by the timetable."""
        for entry in self._timetable:
            if entry.seconds <= MINUTE:
                self._do(entry)
        self._scheduler.start()

    def stop(self) -> None:
        """Let the tick that is running finish."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _do(self, entry: Entry) -> None:
        try:
            entry.do(self._ledger, self._clock())
        except LedgerUnavailable as fault:
            log.warning("tick_has_to_wait", extra={"entry": entry.name, "fault": str(fault)})
        except Exception:
            log.exception("tick_failed", extra={"entry": entry.name})
