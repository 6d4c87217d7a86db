"""Slack's rate limits: per method, workspace and app by tier, one message per second and channel, posts per workspace.

Counted on the sandbox clock, so that winding it forward refills them as waiting would.
"""

import math
import threading
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.clock import Clock

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
BURST = {1: 1, 2: 20, 3: 50, 4: 100}
CHANNEL_PER_SECOND, CHANNEL_BURST = 1.0, 5
WORKSPACE_POSTS_PER_MINUTE = 600


@dataclass
class Bucket:
    """A leaking bucket: ``capacity`` at once, ``rate`` per second on average."""

    rate: float
    capacity: float
    level: float
    at: datetime

    def wait(self, now: datetime) -> float:
        """Seconds until the next one is allowed; 0 takes it now."""
        passed = max(0.0, (now - self.at).total_seconds())
        self.level = min(self.capacity, self.level + passed * self.rate)
        self.at = now
        if self.level >= 1:
            return 0.0
        return (1 - self.level) / self.rate

    def take(self) -> None:
        """Use one up."""
        self.level -= 1


@dataclass
class Rates:
    """All buckets. Off by default: ``enabled`` is the sandbox's ``strict_rates``."""

    clock: Clock
    enabled: bool = False
    _buckets: dict[tuple[str, ...], Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def retry_after(self, app_id: str, team_id: str, method: str, tier: int | None, channel: str | None) -> int | None:
        """Whole seconds to wait if this call is one too many, None if it may go on (and then it is counted)."""
        if not self.enabled:
            return None
        now = self.clock.now()
        with self._lock:
            buckets: list[Bucket] = []
            if tier is not None:
                key: tuple[str, ...] = ("method", app_id, team_id, method)
                buckets.append(self._bucket(key, PER_MINUTE[tier] / 60, BURST[tier], now))
            if method == "chat.postMessage":
                key = ("workspace", app_id, team_id)
                buckets.append(self._bucket(key, WORKSPACE_POSTS_PER_MINUTE / 60, WORKSPACE_POSTS_PER_MINUTE, now))
                if channel:
                    key = ("channel", app_id, team_id, channel)
                    buckets.append(self._bucket(key, CHANNEL_PER_SECOND, CHANNEL_BURST, now))
            longest = max((bucket.wait(now) for bucket in buckets), default=0.0)
            if longest > 0:
                return max(1, math.ceil(longest))
            for bucket in buckets:
                bucket.take()
        return None

    def _bucket(self, key: tuple[str, ...], rate: float, capacity: float, now: datetime) -> Bucket:
        if key not in self._buckets:
            self._buckets[key] = Bucket(rate, capacity, capacity, now)
        return self._buckets[key]
