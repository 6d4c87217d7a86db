"""Things to do later by the sandbox clock: retries of events, scheduled messages. Winding the clock does them.

Whoever has wound the clock finds done what was due, whichever thread did it: one entry is done at a time.
"""

import heapq
import threading
from collections.abc import Callable
from datetime import datetime

from sandbox.clock import Clock
from sandbox.identifiers import Sequence

# The longest that the thread sleeps without looking; a wound clock wakes it anyway.
LOOK_AGAIN = 5.0


class Agenda:
    """Entries are done in order of their time, on the agenda's own thread or on the winder's."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: list[tuple[datetime, int, Callable[[], object]]] = []
        self._sequence = Sequence()
        self._changed = threading.Condition()
        # Held while an entry is done. An entry may take the Slack's lock: so nobody winds while holding that.
        self._turn = threading.RLock()
        self._closed = False
        self._thread: threading.Thread | None = None
        clock.on_wind.append(lambda now: self._do_what_is_due())

    def at(self, due: datetime, act: Callable[[], object]) -> int:
        """Do ``act`` at ``due``. Returns a number to cancel it with."""
        number = self._sequence.next()
        with self._changed:
            heapq.heappush(self._entries, (due, number, act))
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="sandbox-agenda", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return number

    def cancel(self, number: int) -> bool:
        """Strike an entry out. False if it is not there any more."""
        with self._changed:
            left = [entry for entry in self._entries if entry[1] != number]
            found = len(left) < len(self._entries)
            heapq.heapify(left)
            self._entries = left
        return found

    def _run(self) -> None:
        while not self._closed:
            self._do_what_is_due()
            with self._changed:
                left = (self._entries[0][0] - self._clock.now()).total_seconds() if self._entries else LOOK_AGAIN
                if not self._closed:
                    self._changed.wait(min(max(left, 0.01), LOOK_AGAIN))

    def _do_what_is_due(self) -> None:
        while True:
            with self._turn:
                with self._changed:
                    self._changed.notify_all()
                    if self._closed or not self._entries or self._entries[0][0] > self._clock.now():
                        return
                    _, _, act = heapq.heappop(self._entries)
                act()

    def close(self) -> None:
        """Do nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
