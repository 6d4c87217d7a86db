"""GET /metrics: what Baton counts, for Prometheus. `docs/operations/` has a board and alerts that read it.

Counted in this process since it began, so each process is scraped; the outbox is read from the ledger when somebody
asks. Labels are few words of ours or Slack's, never an id.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from bot.calls import Calls
from bot.patience import Patient
from bot.sending import Never, Outcome, Sent
from store import outbox, people
from store.database import Happening, Ledger
from store.parcels import Parcel
from store.refusals import LedgerUnavailable, Refusal
from store.rules.lifecycle import Move

MOST_CODES = 60  # of Slack's error codes that are told apart
MINUTE, HOUR, DAY = 60, 3600, 86400
ANSWER = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)  # seconds; Slack gives up after 3
ACKNOWLEDGED = (5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 2 * DAY, 5 * DAY)
LATE = (1, 2, 5, 10, 30, MINUTE, 5 * MINUTE, HOUR, DAY)

log = logging.getLogger("baton")


class Metrics:
    """The counters of one Baton. Safe to share between threads."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self.registry = CollectorRegistry()
        counter, histogram = partial(Counter, registry=self.registry), partial(Histogram, registry=self.registry)
        self._filed = counter("baton_asks_filed", "Asks that were filed.")
        self._moves = counter("baton_moves", "What was done to asks, departments and absences.", ["move"])
        self._refusals = counter("baton_refusals", "What was refused, by why.", ["kind"])
        self._answer = histogram(
            "baton_answer_seconds", "From a request of Slack's to its answer.", ["kind"], buckets=ANSWER
        )
        self._failed = counter("baton_answers_failed", "Requests that ended in a fault of ours.", ["kind"])
        self._acknowledged = histogram(
            "baton_acknowledged_after_seconds", "From filing an ask to its owner's first yes.", buckets=ACKNOWLEDGED
        )
        self._nudge_late = histogram(
            "baton_nudge_lateness_seconds", "From when a nudge was due to when it was in the outbox.", buckets=LATE
        )
        self._sent = counter("baton_messages_sent", "Messages and edits that Slack took.", ["message"])
        self._given_up = counter("baton_messages_given_up", "Messages that Slack will never take.", ["message"])
        self._errors = counter("baton_slack_errors", "How Slack, or the way to it, failed.", ["method", "code"])
        self._limited = counter("baton_slack_rate_limited", "Times that Slack wanted quiet (429).", ["method"])
        self._limited_for = counter("baton_slack_rate_limited_seconds", "For how long it did.", ["method"])
        self._codes: set[str] = set()
        self.calls = Calls(self._failed_call, self._limited_call)
        for move in (Move.FILE, Move.ACKNOWLEDGE, Move.DELIVER, Move.ACCEPT):
            self._moves.labels(move)  # there from the start, so that a rate over them begins at zero
        self.registry.register(_Ledger(ledger, clock))
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def text(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self.registry)

    def happened(self, happenings: Iterable[Happening]) -> None:
        """An act was committed: log and count what it did."""
        for one in happenings:
            _log(one)
            if one.what == "nudge":
                self._nudge_late.observe(max(0.0, one.seconds or 0.0))
                continue
            self._moves.labels(one.what).inc()
            if one.what == Move.FILE:
                self._filed.inc()
            elif one.what == Move.ACKNOWLEDGE and one.seconds is not None:
                self._acknowledged.observe(one.seconds)

    def refused(self, workspace_id: str, actor_id: str | None, refusal: Refusal) -> None:
        """An act was refused, and nothing was written."""
        kind = type(refusal).__name__
        self._refusals.labels(kind).inc()
        log.info("refused", extra=_told(workspace_id, actor_id, _number(refusal)) | {"kind": kind})

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """A request of Slack's was answered."""
        self._answer.labels(kind).observe(seconds)
        if status >= 500:
            self._failed.labels(kind).inc()

    def failed(self) -> None:
        """Somebody was told that it is on us, and the log says why."""
        self._failed.labels("listener").inc()

    def carried(self, parcel: Parcel, outcome: Outcome) -> None:
        """A parcel of the outbox came to an end, or has to wait. How Slack failed is counted by `calls`."""
        match outcome:
            case Sent(ts=ts) if ts is not None or parcel.kind == "refresh":
                self._sent.labels(parcel.message).inc()
            case Never():
                self._given_up.labels(parcel.message).inc()
            case _:
                pass

    def _failed_call(self, method: str, code: str) -> None:
        self._errors.labels(method, self._bounded(code)).inc()

    def _limited_call(self, method: str, seconds: float) -> None:
        self._limited.labels(method).inc()
        self._limited_for.labels(method).inc(seconds)

    def _bounded(self, code: str) -> str:
        if len(self._codes) < MOST_CODES:
            self._codes.add(code)
        return code if code in self._codes else "other"


class _Ledger(Collector):
    """What the ledger says at the moment of the question."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._ledger, self._clock = ledger, clock
        self._asked: Patient[tuple[int, float, int] | None] = Patient(self._ask, None)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        told = self._asked.answer()
        yield GaugeMetricFamily("baton_ledger_up", "Whether the ledger answers.", int(told is not None))
        if told is not None:
            depth, age, stopped = told
            yield GaugeMetricFamily("baton_outbox_depth", "Messages that should have left by now.", depth)
            yield GaugeMetricFamily("baton_outbox_age_seconds", "For how long the oldest of them should have.", age)
            yield GaugeMetricFamily("baton_workspaces_stopped", "Workspaces whose token no longer works.", stopped)

    def _ask(self) -> tuple[int, float, int] | None:
        """Messages that should have left, seconds since the oldest should have, workspaces stopped; None: no answer."""
        now = self._clock()
        try:
            with self._ledger.reading() as connection:
                depth, oldest = outbox.backlog(connection, now)
                stopped = people.stopped(connection)
        except LedgerUnavailable:
            return None
        return depth, (now - oldest).total_seconds() if oldest else 0.0, stopped


def _log(one: Happening) -> None:
    log.info(one.what, extra=_told(one.workspace_id, one.actor_id, one.ask_number))


def _told(workspace_id: str, actor_id: str | None, number: int | None) -> dict[str, str | int]:
    told = {"workspace": workspace_id, "ask": number, "actor": actor_id or "baton"}
    return {name: value for name, value in told.items() if value is not None}


def _number(refusal: Refusal) -> int | None:
    number = getattr(getattr(refusal, "ask", None), "number", None)
    return number if isinstance(number, int) else None
