"""What /readyz asks: can this process work now? Its database is read and written for it, for a full disk reads well.

It answers within seconds whatever the database does: one that hangs is as good as none.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime

from store import chores
from store.database import Ledger
from store.migrations import is_behind

FRESH = 1.0  # seconds that an answer holds, so that whoever asks all the time does not write all the time
PATIENCE = 3.0  # seconds for the database to answer
SILENT = "The database does not answer."
UNWRITABLE = "Nothing can be written to the database."
BEHIND = "The database is behind this version of Baton: run python -m bot migrate."

log = logging.getLogger("baton")


class Readiness:
    """Asks the database, one question at a time. Safe to share between threads."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._ledger, self._clock = ledger, clock
        self._turn = threading.Lock()
        self._question: _Question | None = None
        self._migrated = False

    def fault(self) -> str | None:
        """Why the database cannot be worked with, in a sentence; None if it can."""
        with self._turn:
            if self._question is None or self._question.is_old():
                self._question = _Question(self._ask)
            question = self._question
        return question.answer()

    def _ask(self) -> str | None:
        try:
            self._migrated = self._migrated or not is_behind(self._ledger.engine)
            with self._ledger.reading():
                pass
        except Exception as fault:
            log.warning("ledger_silent", extra={"fault": str(fault)})
            return SILENT
        if not self._migrated:
            return BEHIND
        try:
            self._ledger.act(chores.leave_mark, "", None, self._clock(), None, "ready")
        except Exception as fault:
            log.warning("ledger_not_writable", extra={"fault": str(fault)})
            return UNWRITABLE
        return None


class _Question:
    """One question to the database, in a thread of its own that nobody waits for too long, nor at the end."""

    def __init__(self, ask: Callable[[], str | None]) -> None:
        self._ask = ask
        self._answer: str | None = SILENT
        self._answered = threading.Event()
        self._answered_at = 0.0
        self._asked_at = time.monotonic()
        threading.Thread(target=self._run, name="readiness", daemon=True).start()

    def answer(self) -> str | None:
        """What came of it; SILENT while nothing has."""
        self._answered.wait(max(0.0, self._asked_at + PATIENCE - time.monotonic()))
        return self._answer

    def is_old(self) -> bool:
        """Whether it is answered, and that was some time ago."""
        return self._answered.is_set() and time.monotonic() > self._answered_at + FRESH

    def _run(self) -> None:
        self._answer = self._ask()
        self._answered_at = time.monotonic()
        self._answered.set()
