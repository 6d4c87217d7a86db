"""What /readyz asks: can this process work now? Its database is read and written for it, for a full disk reads well.

It answers within seconds whatever the database does: one that hangs is as good as none.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.patience import Patient
from store import chores
from store.database import Ledger
from store.migrations import is_behind

FRESH = 1.0  # seconds that an answer holds, so that whoever asks all the time does not write all the time
SILENT = "The database does not answer."
UNWRITABLE = "Nothing can be written to the database."
BEHIND = "The database is behind this version of Baton: run python -m bot migrate."

log = logging.getLogger("baton")


class Readiness:
    """Asks the database, one question at a time. Safe to share between threads."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._ledger, self._clock = ledger, clock
        self._asked: Patient[str | None] = Patient(self._ask, SILENT, FRESH)
        self._migrated = False

    def fault(self) -> str | None:
        """Why the database cannot be worked with, in a sentence; None if it can."""
        return self._asked.answer()

    def _ask(self) -> str | None:
        try:
            self._migrated = self._migrated or not is_behind(self._ledger.engine)
            self._ledger.call()
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
