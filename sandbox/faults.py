"""Faults on demand: what may go wrong between an app and Slack, switched on from Python or from the page.

``faults.add("accept_then_drop", method="chat.postMessage")`` lets the next post happen and then cuts the connection.
"""

import threading
from dataclasses import dataclass, field

from sandbox.shapes import Json

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "accept_then_drop": ("Do it, then drop the connection", ("method", "times")),
    "drop": ("Drop the connection without doing it", ("method", "times")),
    "slow": ("Answer slowly", ("method", "seconds", "times")),
    "error_before": ("HTTP 500 without doing it", ("method", "times")),
    "error_after": ("Do it, then HTTP 500", ("method", "times")),
    "internal_error_after": ("Do it, then answer internal_error", ("method", "times")),
    "rate_limited": ("HTTP 429 with Retry-After", ("method", "seconds", "times")),
    "refuse": ("Answer with an error code", ("method", "error", "times")),
    "deliver_twice": ("Deliver the next payload twice", ("kind", "times")),
    "lose_ack": ("Lose the app's answer to the next payload", ("kind", "times")),
}


@dataclass
class Fault:
    """One fault waiting for its victims. ``method`` and ``kind``: "*" is any; ``times`` counts down to 0."""

    name: str
    method: str = "*"
    kind: str = "*"
    error: str = "internal_error"
    seconds: float = 5.0
    times: int = 1
    struck: int = 0

    def as_page(self) -> Json:
        """As the page lists it."""
        return {
            "name": self.name,
            "label": KINDS[self.name][0],
            "method": self.method,
            "kind": self.kind,
            "error": self.error,
            "seconds": self.seconds,
            "times": self.times,
            "left": self.times,
        }


@dataclass
class Faults:
    """The faults that are switched on, oldest first."""

    active: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(
        self,
        name: str,
        *,
        method: str = "*",
        kind: str = "*",
        error: str = "internal_error",
        seconds: float = 5.0,
        times: int = 1,
    ) -> Fault:
        """Switch one on. ValueError for an unknown name. ``seconds``: how slow, or Retry-After."""
        if name not in KINDS:
            raise ValueError(f"no fault called {name}; there are {', '.join(KINDS)}")
        fault = Fault(name, method or "*", kind or "*", error, seconds, times)
        with self._lock:
            self.active.append(fault)
        return fault

    def clear(self) -> None:
        """Switch all off."""
        with self._lock:
            self.active.clear()

    def strike(self, *names: str, method: str = "", kind: str = "") -> Fault | None:
        """The first active fault of these names that fits, used up by one."""
        with self._lock:
            for fault in self.active:
                fits = fault.method in ("*", method) if method else fault.kind in ("*", kind)
                if fault.name in names and fits:
                    fault.struck += 1
                    fault.times -= 1
                    if fault.times <= 0:
                        self.active.remove(fault)
                    return fault
        return None
