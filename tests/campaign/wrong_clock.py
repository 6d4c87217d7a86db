"""`python -m bot …` on a computer whose clock is set otherwise, and wrong: as the file `clock` in its folder says.

It holds two numbers, in seconds: how far the campaign's days are ahead of ours, and how wrong the clock is besides.
That days pass in minutes is for the ledger; how long a process has waited does not go with them.

Run as a program it is a nursery: it has loaded Baton once, and each line that it is told becomes a process of its own,
which spares every one of hundreds the seconds of loading. It tells who was born and who has ended.
"""

import json
import os
import signal
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import bot.commands.run
import bot.courier
from bot.__main__ import app

CLOCK = Path("clock")


def _ahead() -> tuple[timedelta, timedelta]:
    days, wrong = CLOCK.read_text().split()
    return timedelta(seconds=float(days)), timedelta(seconds=float(wrong))


class _OfTheLedger(datetime):
    """What the ledger believes the time to be."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + sum(_ahead(), timedelta())


class _OfTheComputer(datetime):
    """Our own time, as this computer shows it."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + _ahead()[1]


def _tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _bury(*_: object) -> None:
    """Tell of all who have ended."""
    while True:
        try:
            number, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if number == 0:
            return
        _tell("ended", number, os.waitstatus_to_exitcode(status))


def _live(wanted: dict[str, Any]) -> None:
    """Be `python -m bot` with these arguments, in this folder and environment."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(wanted["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream, to in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
        os.dup2(to, stream)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    app(wanted["arguments"])


if __name__ == "__main__":
    vars(bot.commands.run)["datetime"] = _OfTheLedger
    vars(bot.courier)["datetime"] = _OfTheComputer
    signal.signal(signal.SIGCHLD, _bury)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(json.loads(line))
            sys.exit()
        _tell("born", child)
