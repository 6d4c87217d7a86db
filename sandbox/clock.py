"""The sandbox's clock: somebody presses "+1 hour" and the whole local Slack, with the bot beside it, is an hour later.

A clock runs with real time plus an offset; with ``running=False`` it stands still until it is wound, which is what
tests want. Winding tells everybody in ``on_wind``, in the order in which they were added, on the winder's thread.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Jump = Callable[[datetime], datetime | None]
SATURDAY = 5


class Clock:
    """Time that can be wound. Safe to share between threads."""

    def __init__(self, start: datetime | None = None, *, running: bool = True) -> None:
        """Begin at ``start`` (aware; default: now). ``running=False`` stands still until wound."""
        if start is not None and start.tzinfo is None:
            raise ValueError("the sandbox clock needs an aware start")
        self._lock = threading.Lock()
        self._frozen = (start or datetime.now(UTC)).astimezone(UTC)
        self._offset = self._frozen - datetime.now(UTC) if start is not None else timedelta()
        self.running = running
        self.on_wind: list[Callable[[datetime], None]] = []
        self.jumps: dict[str, Jump] = {
            "+1 hour": lambda now: now + timedelta(hours=1),
            "+1 working day": next_working_day,
        }

    def now(self) -> datetime:
        """The sandbox's time, aware UTC."""
        with self._lock:
            return self._now()

    def _now(self) -> datetime:
        return datetime.now(UTC) + self._offset if self.running else self._frozen

    def forward(
        self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> datetime:
        """Wind by so much (a negative sum winds back) and return the new time."""
        return self._wind(
            lambda now: now + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        )

    def set(self, moment: datetime) -> datetime:
        """Wind to ``moment`` (aware) and return it in UTC."""
        if moment.tzinfo is None:
            raise ValueError("the sandbox clock is set to an aware time")
        return self._wind(lambda now: moment.astimezone(UTC))

    def jump(self, name: str) -> datetime:
        """Wind by a named jump. KeyError if there is none of that name; a jump with nowhere to go changes nothing."""
        to = self.jumps[name](self.now())
        return self.set(to) if to is not None else self.now()

    def _wind(self, to: Callable[[datetime], datetime]) -> datetime:
        with self._lock:
            before = self._now()
            after = to(before)
            self._offset += after - before
            self._frozen = after
        for listener in list(self.on_wind):
            listener(after)
        return after


def next_working_day(now: datetime) -> datetime:
    """The same time on the next day from Monday to Friday."""
    then = now + timedelta(days=1)
    while then.weekday() >= SATURDAY:
        then += timedelta(days=1)
    return then
