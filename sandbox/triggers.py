"""trigger_id: the short-lived right to open a modal before the person who has just clicked."""

import threading
import time
from dataclasses import dataclass

from sandbox.identifiers import Sequence, secret

LIFETIME = 3.0


@dataclass
class Trigger:
    """Who clicked, in front of which app, and when (monotonic, real seconds)."""

    team_id: str
    user: str
    app_id: str
    at: float
    used: bool = False


class Triggers:
    """Every trigger that was handed out. They live for 3 real seconds and open one view."""

    def __init__(self) -> None:
        self.lifetime = LIFETIME
        self._sequence = Sequence()
        self._lock = threading.Lock()
        self._triggers: dict[str, Trigger] = {}

    def issue(self, team_id: str, user: str, app_id: str) -> str:
        """A new trigger_id in Slack's form."""
        number = self._sequence.next()
        trigger_id = f"{number}.{1_000_000 + number}.{secret('trigger', team_id, str(number))}"
        with self._lock:
            self._forget_the_old()
            self._triggers[trigger_id] = Trigger(team_id, user, app_id, time.monotonic())
        return trigger_id

    def check(self, trigger_id: str, app_id: str, team_id: str) -> Trigger | str:
        """The trigger, if it can still be used, else Slack's error code."""
        with self._lock:
            trigger = self._triggers.get(trigger_id)
        if trigger is None or trigger.app_id != app_id or trigger.team_id != team_id:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if time.monotonic() - trigger.at > self.lifetime:
            return "expired_trigger_id"
        return trigger

    def team_of(self, trigger_id: str) -> str | None:
        """The workspace in which somebody clicked; None for what was never handed out."""
        with self._lock:
            trigger = self._triggers.get(trigger_id)
        return trigger.team_id if trigger is not None else None

    def _forget_the_old(self) -> None:
        # Long-expired ones go, so that thousands of commands do not pile up; recent ones stay to be told apart.
        if len(self._triggers) > 5000:
            for name in list(self._triggers)[:2500]:
                del self._triggers[name]
