"""`python -m bot try`: a hospital's Slack, with Baton, on this machine. Open it, act as anyone, wind the clock."""

import errno
import gc
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.run import stop_signal
from bot.commands.saying import give_up, out, plainly
from bot.log_lines import begin_logging
from bot.trial import Trial, first_morning
from sandbox.clock import Clock
from store import events
from store.database import Ledger
from store.migrations import is_behind

PORT = 8765  # of the page, if it is free


def try_out(port: int | None, keep: Path | None) -> None:
    """Serve until a signal says to stop. `port` None: 8765, or any free one. `keep`: the ledger's file, kept."""
    begin_logging("WARNING")
    stopping = stop_signal()
    with ExitStack() as at_the_end, plainly():
        if keep is None:
            folder = Path(at_the_end.enter_context(tempfile.TemporaryDirectory(prefix="baton-")))
            keep = folder / "baton.db"
        url = f"sqlite:///{keep}"
        trial = _open(url, Clock(_beginning(url)), port)
        at_the_end.callback(trial.stop)
        trial.load_departments()
        trial.start()
        trial.baton.keep_time()
        gc.collect()
        gc.freeze()
        out.print("A hospital's Slack, with Baton in it, is open at")
        out.print(f"\n    {trial.sandbox.url}\n", markup=False)
        out.print("Act as Ann, a nurse, and type: /ask @equipment Replace the gasket of analyser 3 by Friday 3pm")
        out.print("Press Ctrl-C to end.")
        stopping.wait()


def _beginning(url: str) -> datetime:
    """The next ordinary Monday morning; of a ledger that was kept, not before what it holds."""
    morning = first_morning(datetime.now(UTC))
    ledger = Ledger(url)
    try:
        if is_behind(ledger.engine):
            return morning
        with ledger.reading() as connection:
            return max(morning, events.last_at(connection) or morning)
    finally:
        ledger.close()


def _open(url: str, clock: Clock, port: int | None) -> Trial:
    try:
        return Trial(url, clock, port=PORT if port is None else port)
    except OSError as fault:
        if fault.errno != errno.EADDRINUSE:
            raise
        if port is not None:
            raise give_up([f"Port {port} is taken. Choose another, or leave --port out."]) from fault
        return Trial(url, clock)
