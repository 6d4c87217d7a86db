"""The outbox leaves for Slack: claimed under a lease, sent in turn, settled. What is put leaves at once.

One thread claims and grants turns, a few workers carry. After a crash the lease runs out, and what may have reached
Slack is looked for there before it is posted again. Any number of processes may run a courier on the same ledger:
they share out how fast Slack lets us speak, and hear at once what the others put (on SQLite within a second).
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
from bot.sending import Delivery, Later, Never, Outcome, Rests, Sender, Sent, Stopped, Turn
from store import disturbance, outbox, people, sharing, troubles
from store.database import Act, Ledger
from store.hearing import Ear
from store.outbox import Parcel
from store.refusals import LedgerUnavailable

WORKERS = 8
MOST_IN_HAND = 100  # parcels claimed and not yet settled
LONGEST_WAIT = 20.0  # seconds that a parcel stays in hand for its turn; longer waits are kept in the ledger
POLL = 1.0  # seconds between two looks at the outbox: other processes put things there too
CLOSING = 8.0  # seconds that what is in hand has to finish
LONGEST_CALL = 12.0  # seconds that a call of Slack takes at the most
SET = 5.0  # seconds: a clock that went so much further than time did was set by somebody

log = logging.getLogger("baton.courier")


@dataclass(slots=True)
class _Errand:
    parcel: Parcel
    delivery: Delivery
    turn: Turn | None = None
    settings: int = 0  # of the clock, when it was claimed


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
        self._id = secrets.token_hex(8)
        self._ear = Ear(ledger.engine, self.wake)
        self._next_beat = 0.0
        self._may_claim: float | None = None  # from when on, as `time.monotonic` tells; None: not yet at work
        self._ahead = self._clock_ahead()
        self._settings = 0  # how often the clock was set so far
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="courier-worker")
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._lock = threading.Lock()
        self._in_hand: dict[int, _Errand] = {}
        self._queue: list[_Errand] = []  # of those in hand: who wait for their turn, in order of coming
        self._wake, self._idle, self._closing = threading.Event(), threading.Event(), threading.Event()

    def start(self) -> None:
        """Carry from now on; each commit that leaves something in the outbox wakes the courier."""
        self._ledger.after_commit = self.wake
        self._ear.start()
        self._thread.start()

    def wake(self) -> None:
        """There is something in the outbox, or it is later than before."""
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
        while not self._closing.is_set():
            self._wake.clear()
            self._mistrust_leases()
            self._share()
            claimed = self._claim()
            for parcel in claimed:
                self._advance(_Errand(parcel, self._sender.deliver(parcel), settings=self._settings))
            wait = self._grant_turns()
            with self._lock:
                if not claimed and not self._in_hand and not self._wake.is_set():
                    self._idle.set()
            self._wake.wait(wait)
        self._workers.shutdown(wait=True)
        for errand in self._queue:
            self._release(errand, 0.0, "closing")
        self._write_presence(sharing.left, self._id)

    def _mistrust_leases(self) -> None:
        """Once somebody has set the clock, leases say nothing: what waits here may be another courier's by now.

        It is left to them, and nothing is claimed before whatever anybody had on the way to Slack has arrived.
        """
        ahead, self._ahead = self._ahead, self._clock_ahead()
        if abs(self._ahead - ahead) < SET:
            return
        log.warning("clock_was_set", extra={"seconds": round(self._ahead - ahead)})
        self._may_claim = time.monotonic() + LONGEST_CALL
        with self._lock:
            self._settings += 1
            waiting, self._queue = self._queue, []
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
        present = self._write_presence(sharing.present, self._id, self._wall())
        if present is None:
            return
        self._pace.share(present)
        if self._may_claim is None:  # the first beat: the others still believe that all is theirs
            self._may_claim = now + 2 * sharing.BEAT.total_seconds() if present > 1 and self._pace.limited else now

    def _write_presence(self, verb: Callable[..., Any], *args: object) -> Any:
        try:
            return self._ledger.act(verb, "", None, self._clock(), None, *args)
        except LedgerUnavailable as fault:
            log.warning("couriers_not_told", extra={"fault": str(fault)})
        except Exception:  # whatever it is, the courier goes on
            log.exception("couriers_not_told")
        return None

    def _claim(self) -> list[Parcel]:
        with self._lock:
            mine = frozenset(self._in_hand)
        if len(mine) >= MOST_IN_HAND or self._may_claim is None or time.monotonic() < self._may_claim:
            return []
        try:
            claimed = self._ledger.act(outbox.claim, "", None, self._clock(), None, self._wall(), mine)
        except LedgerUnavailable as fault:
            log.warning("outbox_not_read", extra={"fault": str(fault)})
            return []
        except Exception:
            log.exception("outbox_not_read")
            return []
        return claimed

    def _advance(self, errand: _Errand) -> None:
        """Let a worker carry the errand on: to its next turn, or to its end."""
        with self._lock:
            self._in_hand[errand.parcel.id] = errand
        self._workers.submit(self._carry, errand)

    def _carry(self, errand: _Errand) -> None:
        try:
            errand.turn = next(errand.delivery)
        except StopIteration as end:
            self._end(errand, end.value)
        else:
            with self._lock:
                is_ours = errand.settings == self._settings
                if is_ours:
                    self._queue.append(errand)
            if not is_ours:
                self._leave(errand)
        self._wake.set()

    def _grant_turns(self) -> float:
        """Send on whoever's turn has come; returns for how many seconds nobody else's will."""
        with self._lock:
            waiting, self._queue = self._queue, []
        ahead: Counter[tuple[str, str]] = Counter()
        soonest = POLL
        for errand in waiting:
            turn, workspace_id = errand.turn, errand.parcel.workspace_id
            assert turn is not None
            wait = self._pace.take(workspace_id, turn.method, turn.conversation)
            if wait == 0:
                self._advance(errand)
                continue
            lane = (workspace_id, turn.method)
            expected = wait + ahead[lane] / self._pace.per_second(turn.method)
            ahead[lane] += 1
            if expected > LONGEST_WAIT:
                self._release(errand, expected, "waiting for its turn")
                continue
            soonest = min(soonest, wait)
            with self._lock:
                self._queue.append(errand)
        return soonest

    def _release(self, errand: _Errand, seconds: float, why: str) -> None:
        """Put an errand that waits for its turn back into the outbox."""
        errand.delivery.close()
        self._end(errand, Later(seconds, why, errand.parcel.unclear))

    def _end(self, errand: _Errand, outcome: Outcome) -> None:
        parcel = errand.parcel
        if isinstance(outcome, Later) and outcome.held is not None:
            self._pace.hold(parcel.workspace_id, outcome.held, outcome.seconds)
        self._carried(parcel, outcome)
        try:
            self._ledger.act(_settle, parcel.workspace_id, None, self._clock(), None, parcel, outcome)
        except LedgerUnavailable as fault:  # its lease runs out, and then Slack is asked whether it is there
            log.warning("parcel_not_settled", extra={"parcel": parcel.id, "fault": str(fault)})
        except Exception:
            log.exception("parcel_not_settled", extra={"parcel": parcel.id})
        with self._lock:
            self._in_hand.pop(parcel.id, None)


def _settle(act: Act, parcel: Parcel, outcome: Outcome) -> None:
    """Write how it went into the ledger."""
    match outcome:
        case Sent(channel_id, ts):
            outbox.settle(act, parcel, channel_id=channel_id, ts=ts)
            if parcel.channel_id is not None and ts is not None:
                troubles.mended(act, parcel.channel_id)
            log.info("sent", extra=_told(parcel))
        case Later(seconds, fault, unclear):
            log.info("postponed", extra=_told(parcel) | {"seconds": round(seconds, 1), "code": fault})
            outbox.postpone(act, parcel, act.now + timedelta(seconds=seconds), fault, unclear=unclear)
        case Rests(until):
            outbox.rest(act, parcel, until)
            disturbance.held(act, parcel.id)
        case Stopped(fault):
            log.error("workspace_stopped", extra={"workspace": act.workspace_id, "code": fault})
            people.stop_workspace(act, fault)
            outbox.postpone(act, parcel, act.now, fault, unclear=parcel.unclear)
        case Never(fault, conversation):
            log.error("given_up", extra=_told(parcel) | {"code": fault})
            outbox.give_up(act, parcel, fault)
            if conversation and parcel.channel_id is not None:
                troubles.report(act, parcel.channel_id, fault, parcel.ask_id)


def _told(parcel: Parcel) -> dict[str, str | int]:
    """What the log may tell of a parcel."""
    return {"workspace": parcel.workspace_id, "parcel": parcel.id, "said": parcel.message}
