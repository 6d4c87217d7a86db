"""Who watches: pages and stories are told of every change, each only of what its person may see."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.shapes import Json

Listener = Callable[[Json], None]


@dataclass(frozen=True)
class Watcher:
    """Somebody watching as one person of one workspace."""

    team_id: str
    user: str
    listener: Listener


class Stream:
    """Hands changes to watchers, on the thread of whoever made the change. Listeners must only pass them on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watchers: list[Watcher] = []
        self.changes = 0

    def watch(self, team_id: str, user: str, listener: Listener) -> Watcher:
        """Begin to watch as ``user``."""
        watcher = Watcher(team_id, user, listener)
        with self._lock:
            self._watchers.append(watcher)
        return watcher

    def unwatch(self, watcher: Watcher) -> None:
        """Stop watching."""
        with self._lock:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

    def tell(self, team_id: str | None, change: Json, *, only: Callable[[str], bool] = lambda user: True) -> None:
        """Tell every watcher of the workspace (None: of all) whose user ``only`` lets pass."""
        with self._lock:
            self.changes += 1
            watchers = [w for w in self._watchers if team_id in (None, w.team_id) and only(w.user)]
        for watcher in watchers:
            watcher.listener(change)
