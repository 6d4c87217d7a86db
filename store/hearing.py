"""What one process puts into the outbox leaves at once from whichever process carries it.

On PostgreSQL each commit that spoke says so (NOTIFY), and who carries hears it (LISTEN). On SQLite nothing can be
heard across processes: there the courier looks every second.
"""

import logging
import threading
from collections.abc import Callable

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from store.database import SPOKEN

QUIET = 5.0  # seconds between two looks whether to stop
AGAIN = 2.0  # seconds before a lost connection is made anew

log = logging.getLogger("baton.ledger")


class Ear:
    """Calls `wake` whenever any process has put something into the outbox. It may call it once too often."""

    def __init__(self, engine: Engine, wake: Callable[[], None]) -> None:
        self._engine, self._wake = engine, wake
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="ear", daemon=True)

    def start(self) -> None:
        """Listen from now on, in the background; does nothing on SQLite."""
        if self._engine.dialect.name == "postgresql":
            self._thread.start()

    def stop(self) -> None:
        """Stop listening. What is under way ends by itself within seconds."""
        self._closing.set()

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                self._until_it_breaks()
            except DBAPIError as fault:
                log.warning("others_not_heard", extra={"fault": str(fault.orig)})
            except Exception as fault:  # the driver's own faults come bare from here
                log.warning("others_not_heard", extra={"fault": str(fault)})
            self._closing.wait(AGAIN)

    def _until_it_breaks(self) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"LISTEN {SPOKEN}")
            driver = connection.connection.driver_connection
            assert driver is not None
            self._wake()  # for what was said while nobody listened
            try:
                while not self._closing.is_set():
                    for _ in driver.notifies(timeout=QUIET, stop_after=1):
                        self._wake()
            finally:
                connection.invalidate()  # a connection that listens shall not serve anybody else
