"""How fast may we speak? Slack allows about a message a second in a channel, and each method so many a minute.

`Pace` keeps us under that, so that Slack never has to refuse; `Pace.hold` obeys when it refuses all the same, for that
method and workspace only. Measured in real seconds, as Slack does.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

POST, UPDATE, HISTORY = "chat.postMessage", "chat.update", "conversations.history"
DISTURBANCE, DISTURBANCES = "dnd.info", "dnd.teamInfo"
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """`burst` at once, `per_second` on average."""

    per_second: float
    burst: float


# Below Slack's limits (a message per second and channel; some hundred posts and fifty edits a minute in a workspace).
IN_ONE_CONVERSATION = Allowance(0.95, 3)
IN_ONE_WORKSPACE = {POST: Allowance(5, 40), UPDATE: Allowance(0.8, 30), HISTORY: Allowance(0.7, 20)}
IN_ONE_WORKSPACE |= {DISTURBANCE: Allowance(0.7, 20), DISTURBANCES: Allowance(0.3, 10)}


@dataclass(slots=True)
class _Bucket:
    allowance: Allowance
    level: float
    at: float

    def wait(self, now: float, among: int) -> float:
        """Seconds until one more is allowed to one of `among` who share it."""
        per_second, burst = self.allowance.per_second / among, max(1.0, self.allowance.burst / among)
        self.level = min(burst, self.level + (now - self.at) * per_second)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / per_second

    def is_full(self, now: float, among: int) -> bool:
        """Whether nothing is left of what was taken."""
        self.wait(now, among)
        return self.level >= max(1.0, self.allowance.burst / among)


@dataclass(slots=True)
class Pace:
    """Safe to share between threads. `limited` False: only `hold` counts (for tests, which wind their own clock).

    `scale`: how many times faster than usual a workspace lets us speak; a single conversation stays as it is.
    """

    limited: bool = True
    scale: float = 1.0
    monotonic: Callable[[], float] = time.monotonic
    _among: int = 1
    _buckets: dict[tuple[str, ...], _Bucket] = field(default_factory=dict)
    _held: dict[tuple[str, str], float] = field(default_factory=dict)
    _many: int = MANY  # buckets that are kept before the full ones are forgotten
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, workspace_id: str, method: str, conversation: str | None) -> float:
        """Seconds to wait before one more call of `method`; 0.0 means go, and then it is counted."""
        now = self.monotonic()
        with self._lock:
            held = self._held.get((workspace_id, method), now) - now
            if held > 0 or not self.limited:
                return max(held, 0.0)
            usual = IN_ONE_WORKSPACE[method]
            allowance = Allowance(usual.per_second * self.scale, usual.burst * self.scale)
            buckets = [self._bucket((workspace_id, method), allowance, now)]
            if conversation is not None:
                buckets.append(self._bucket((workspace_id, method, conversation), IN_ONE_CONVERSATION, now))
            longest = max(bucket.wait(now, self._among) for bucket in buckets)
            if longest == 0:
                for bucket in buckets:
                    bucket.level -= 1
            return longest

    def share(self, among: int) -> None:
        """From now on `among` couriers, in whichever processes, share what is allowed."""
        with self._lock:
            self._among = max(1, among)

    def per_second(self, method: str) -> float:
        """How many calls of `method` this process may make in one workspace, each second on average."""
        return IN_ONE_WORKSPACE[method].per_second * self.scale / self._among

    def hold(self, workspace_id: str, method: str, seconds: float) -> None:
        """Slack asked for quiet: no call of `method` in this workspace for so long."""
        with self._lock:
            until = self.monotonic() + seconds
            self._held[workspace_id, method] = max(until, self._held.get((workspace_id, method), until))

    def held_for(self, workspace_id: str, method: str) -> float:
        """Seconds that Slack still wants quiet for `method`."""
        with self._lock:
            return max(0.0, self._held.get((workspace_id, method), 0.0) - self.monotonic())

    def _bucket(self, key: tuple[str, ...], allowance: Allowance, now: float) -> _Bucket:
        if len(self._buckets) > self._many:  # conversations that are full again need no memory
            self._buckets = {k: bucket for k, bucket in self._buckets.items() if not bucket.is_full(now, self._among)}
            self._many = max(MANY, 2 * len(self._buckets))
        if key not in self._buckets:
            self._buckets[key] = _Bucket(allowance, allowance.burst, now)
        return self._buckets[key]
