"""`python -m bot …` on a computer whose clock is set otherwise, and wrong: as the file `clock` here says.

It holds two numbers, in seconds: how far the campaign's days are ahead of ours, and how wrong the clock is besides.
That days pass in minutes is for the ledger; how long a process has waited does not go with them.
"""

from datetime import datetime, timedelta, tzinfo
from pathlib import Path

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


if __name__ == "__main__":
    vars(bot.commands.run)["datetime"] = _OfTheLedger
    vars(bot.courier)["datetime"] = _OfTheComputer
    app()
