"""The outbox leaves for Slack: claimed under a lease, sent in turn, settled. What is put leaves at once.

One thread claims, grants turns and settles, always many parcels in one act; the workers carry. After a crash the lease
runs out, and what may have reached Slack is looked for there before it is posted again. Any number of processes may
run a courier on the same ledger: they share out how fast Slack lets us speak, and hear at once what the others put (on
SQLite within a second).
"""

import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.pacing import Pace
from bot.sending import Delivery, Later, Outcome, Sender, Turn
from bot.settling import Ended, Settling
from store import parcels, sharing
from store.database import Ledger
from store.hearing import Ear
from store.parcels import Parcel
from store.refusals import LedgerUnavailable

WORKERS = 32  # calls of Slack at one time: each takes a tenth of a second or two
MOST_IN_HAND = 1600  # parcels claimed and not yet settled
LOOKED_AT = 100  # rows that one claim chooses from: the next one comes at once
LONGEST_WAIT = 20.0  # seconds that a parcel stays in hand for its turn; longer waits are kept in the ledger
LONGEST_CALL = timedelta(seconds=15)  # of Slack: none begins so shortly before its lease runs out
POLL = 1.0  # seconds between two looks at the outbox: other processes put things there too
SET = 5.0  # seconds: a clock that went so much further than time did was set by somebody
FEW, BREATH = 20, 0.03  # with more on their way: seconds in which several arrive, and are settled in one act
AGAIN = 0.02  # seconds before the next look where another courier was claiming
CLOSING = 8.0  # seconds that what is in hand has to finish

log = logging.getLogger("baton.courier")


@dataclass(slots=True)
class _Errand:
    """`until`: no call begins later, as `time.monotonic` tells. `at`: when its turn may come, on the clock of the pace.

    `settings`: of the computer's clock, when it was claimed.
    """

    parcel: Parcel
    delivery: Delivery
    until: float
    settings: int
    turn: Turn | None = None
    at: float = 0.0
    begun: bool = False  # Slack was called for it


class Courier:
    """Started once per process. `wall` is this computer's clock, by which leases are measured; it may be set.

    `carried` hears how each parcel fared.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], datetime],
        sender: Sender,
        pace: Pace,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        carried: Callable[[Parcel, Outcome], None] = lambda _parcel, _outcome: None,
    ) -> None:
        self._ledger, self._clock, self._sender, self._pace, self._wall = ledger, clock, sender, pace, wall
        self._carried = carried
        self._settling = Settling(ledger, clock)
        self._id = secrets.token_hex(8)
        self._ear = Ear(ledger.engine, self.wake)
        self._next_beat = 0.0
        self._may_claim: float | None = None  # from when on, as `time.monotonic` tells; None: not yet at work
        self._ahead = self._clock_ahead()
        self._settings = 0  # how often the clock was set so far
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="courier-worker")
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._lock = threading.Lock()
        self._in_hand: dict[int, Parcel] = {}
        self._waiting: list[_Errand] = []  # of those in hand: who wait for their turn, in order of coming
        self._ended: list[Ended] = []  # of those in hand: who have only to be settled
        self._wake, self._idle, self._closing = threading.Event(), threading.Event(), threading.Event()

    def start(self) -> None:
        """Carry from now on; each commit that leaves something in the outbox wakes the courier."""
        self._ledger.after_commit = self.wake
        self._ear.start()
        self._thread.start()

    def wake(self) -> None:
        """There is something in the outbox, or it is later than before."""
        with self._lock:
            self._idle.clear()
            self._wake.set()

    def busy(self) -> bool:
        """Whether something is in hand, or may be to claim."""
        return not self._idle.is_set()

    def drain(self, timeout: float) -> bool:
        """Wait until all that is due now was carried; False if `timeout` real seconds were too short."""
        self.wake()
        return self._idle.wait(timeout)

    def stop(self) -> None:
        """Finish what is on its way to Slack; what waits for its turn goes back to the outbox."""
        self._closing.set()
        self._ear.stop()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(CLOSING)
        self._workers.shutdown(wait=False)

    def _run(self) -> None:
        self._tell(parcels.begin)
        while not self._closing.is_set():
            self._wake.clear()
            self._mistrust_leases()
            self._share()
            self._settle()
            until = time.monotonic() + (parcels.LEASE - LONGEST_CALL).total_seconds()
            claimed = self._claim()
            for parcel in claimed or ():
                self._take(_Errand(parcel, self._sender.deliver(parcel), until, self._settings))
            wait = self._grant_turns()
            with self._lock:
                if claimed == [] and not self._in_hand and not self._wake.is_set():
                    self._idle.set()
            if len(self._in_hand) - len(self._waiting) > FEW:
                self._closing.wait(BREATH)
            elif not claimed:
                self._wake.wait(wait if claimed is not None else min(wait, AGAIN))
        self._close()

    def _mistrust_leases(self) -> None:
        """Once somebody has set the clock, leases say nothing: what is in hand may be another courier's by now.

        It is left to them, and nothing is claimed before whatever anybody had on the way to Slack has arrived.
        """
        ahead, self._ahead = self._ahead, self._clock_ahead()
        if abs(self._ahead - ahead) < SET:
            return
        log.warning("clock_was_set", extra={"seconds": round(self._ahead - ahead)})
        self._may_claim = time.monotonic() + LONGEST_CALL.total_seconds()
        with self._lock:
            self._settings += 1
            waiting, self._waiting = self._waiting, []
        for errand in waiting:
            self._leave(errand)

    def _clock_ahead(self) -> float:
        """By how many seconds the clock is ahead of the time that passes: always the same, unless it is set."""
        return self._wall().timestamp() - time.monotonic()

    def _leave(self, errand: _Errand) -> None:
        """Leave an errand to whoever claims it next, who takes it for unclear."""
        errand.delivery.close()
        with self._lock:
            self._in_hand.pop(errand.parcel.id, None)

    def _share(self) -> None:
        """Now and then: say that this courier is at work, and take its share of what Slack allows."""
        now = time.monotonic()
        if now < self._next_beat:
            return
        self._next_beat = now + sharing.BEAT.total_seconds()
        present = self._tell(sharing.present, self._id, self._wall())
        if present is None:
            return
        self._pace.share(present)
        if self._may_claim is None:  # the first beat: the others still believe that all is theirs
            self._may_claim = now + 2 * sharing.BEAT.total_seconds() if present > 1 and self._pace.limited else now

    def _tell(self, verb: Callable[..., Any], *args: object) -> Any:
        try:
            return self._ledger.act(verb, "", None, self._clock(), None, *args)
        except LedgerUnavailable as fault:
            log.warning("ledger_not_told", extra={"fault": str(fault)})
        except Exception:  # whatever it is, the courier goes on
            log.exception("ledger_not_told")
        return None

    def _settle(self) -> None:
        """Write down how those fared that came to an end; what the ledger does not take now is kept for later."""
        with self._lock:
            ended, self._ended = self._ended, []
        if not ended:
            return
        left = self._settling.settle(ended)
        kept = {parcel.id for parcel, _ in left}
        with self._lock:
            self._ended += left
            for parcel, _ in ended:
                if parcel.id not in kept:
                    self._in_hand.pop(parcel.id, None)

    def _claim(self) -> list[Parcel] | None:
        """What is due, once half of what we can hold is free; None while another courier claims."""
        with self._lock:
            mine = dict(self._in_hand)
        room = MOST_IN_HAND - len(mine)
        if room < MOST_IN_HAND // 2 or self._may_claim is None or time.monotonic() < self._may_claim:
            return []
        lanes = Counter(parcel.lane for parcel in mine.values())
        full = [lane for lane, many in lanes.items() if many >= parcels.MOST_EACH]
        try:
            return self._ledger.act(
                parcels.claim, "", None, self._clock(), None, self._wall(), mine, full, min(room, LOOKED_AT)
            )
        except LedgerUnavailable as fault:
            log.warning("outbox_not_read", extra={"fault": str(fault)})
        except Exception:
            log.exception("outbox_not_read")
        return []

    def _take(self, errand: _Errand) -> None:
        with self._lock:
            self._in_hand[errand.parcel.id] = errand.parcel
        self._workers.submit(self._carry, errand)

    def _carry(self, errand: _Errand) -> None:
        """Carry an errand on, until it has to wait for its turn or comes to its end."""
        while True:
            try:
                errand.turn = next(errand.delivery)
            except StopIteration as end:
                self._end(errand.parcel, end.value)
                return
            if not self._goes_on(errand):
                return

    def _goes_on(self, errand: _Errand) -> bool:
        """Whether it is its turn now. If not, it waits here, or in the ledger where that would take long."""
        assert errand.turn is not None
        method, workspace_id = errand.turn.method, errand.parcel.workspace_id
        if errand.settings != self._settings:
            self._leave(errand)
            return False
        if self._closing.is_set() or time.monotonic() >= errand.until:
            self._put_back(errand, 0.0, "closing" if self._closing.is_set() else "too slow")
            return False
        wait = self._pace.take(workspace_id, method, errand.turn.conversation)
        if wait == 0:
            errand.begun = True
            return True
        with self._lock:
            ahead = sum(1 for one in self._waiting if one.parcel.lane == errand.parcel.lane)
            expected = wait + ahead / self._pace.per_second(method)
            if errand.begun or expected <= LONGEST_WAIT:  # what was begun would have to be begun anew
                errand.at = self._pace.monotonic() + wait
                self._waiting.append(errand)
                self._wake.set()
                return False
        self._put_back(errand, expected, "waiting for its turn")
        return False

    def _grant_turns(self) -> float:
        """Send on whoever's turn has come; returns for how many seconds nobody else's will."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        now = self._pace.monotonic()
        for errand in sorted(waiting, key=lambda one: not one.begun):
            if errand.at > now:
                with self._lock:
                    self._waiting.append(errand)
            elif self._goes_on(errand):
                self._workers.submit(self._carry, errand)
        with self._lock:
            return min([POLL, *(max(0.0, one.at - now) for one in self._waiting)])

    def _put_back(self, errand: _Errand, seconds: float, why: str) -> None:
        """Put an errand that waits for its turn back into the outbox."""
        errand.delivery.close()
        self._end(errand.parcel, Later(seconds, why, errand.parcel.unclear))

    def _end(self, parcel: Parcel, outcome: Outcome) -> None:
        if isinstance(outcome, Later) and outcome.held is not None:
            self._pace.hold(parcel.workspace_id, outcome.held, outcome.seconds)
        self._carried(parcel, outcome)
        with self._lock:
            self._ended.append((parcel, outcome))
        self._wake.set()

    def _close(self) -> None:
        """What waits for its turn goes back; what is on its way has some seconds to arrive."""
        end = time.monotonic() + CLOSING - 1
        self._workers.shutdown(wait=False)
        while self._in_hand and time.monotonic() < end:
            self._wake.clear()
            with self._lock:
                waiting, self._waiting = self._waiting, []
            for errand in waiting:
                self._put_back(errand, 0.0, "closing")
            self._settle()
            if self._in_hand:
                self._wake.wait(0.05)
        self._tell(sharing.left, self._id)
