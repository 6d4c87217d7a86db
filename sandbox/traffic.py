"""The traffic between apps and the sandbox, newest last, for the inspector and for "is anything still under way?"."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sandbox.shapes import Json

KEPT = 2000
SECRETS = frozenset({"token", "access_token", "refresh_token", "client_secret"})


def without_secrets(body: object) -> object:
    """The same, with tokens and secrets blotted out."""
    if isinstance(body, dict):
        return {key: "…" if key in SECRETS and value else without_secrets(value) for key, value in body.items()}
    return body


@dataclass
class Entry:
    """One request with its answer. ``direction``: in (from an app), out (to an app by HTTP), socket (to an app)."""

    number: int
    at: float
    direction: str
    what: str
    status: int | None = None
    milliseconds: float | None = None
    request: object = None
    response: object = None

    def as_page(self) -> Json:
        """As the page's inspector shows it."""
        return {
            "n": self.number,
            "at": self.at,
            "direction": self.direction,
            "what": self.what,
            "status": self.status,
            "ms": self.milliseconds,
            "request": without_secrets(self.request),
            "response": without_secrets(self.response),
        }


@dataclass
class Traffic:
    """The last 2,000 exchanges, and how many are open."""

    on_entry: Callable[[Entry], None] = lambda entry: None
    _entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=KEPT))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _count: int = 0
    _open: int = 0
    _last: float = field(default_factory=time.monotonic)

    @contextmanager
    def exchange(self, at: float, direction: str, what: str, request: object) -> Iterator[Entry]:
        """Record one exchange from its beginning to its end; fill in the answer meanwhile. ``at``: sandbox epoch."""
        started = time.monotonic()
        with self._lock:
            self._count += 1
            self._open += 1
            self._last = started
            entry = Entry(self._count, at, direction, what, request=request)
        try:
            yield entry
        finally:
            with self._lock:
                self._last = time.monotonic()
                entry.milliseconds = round((self._last - started) * 1000, 1)
                self._entries.append(entry)
                self._open -= 1
            self.on_entry(entry)

    def begin(self) -> Callable[[], None]:
        """Count something as under way that is not an exchange yet (an event waiting for its turn) until the
        returned function is called."""
        with self._lock:
            self._open += 1

        def end() -> None:
            with self._lock:
                self._open -= 1
                self._last = time.monotonic()

        return end

    def quiet_for(self) -> float:
        """Seconds since the last exchange ended; 0 while one is open."""
        with self._lock:
            return 0.0 if self._open else time.monotonic() - self._last

    def after(self, number: int) -> list[Entry]:
        """What was recorded after entry ``number``, in order of ending."""
        with self._lock:
            return [entry for entry in self._entries if entry.number > number]
