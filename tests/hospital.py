"""The hospital of `examples/` with the whole bot beside it, over real HTTP: what stories and tests of `bot/` stand on.

The clock stands at nine o'clock in Shanghai on Monday, 23 November 2026, until it is wound; winding it ticks the bot's
clock and waits until what fell due has left.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

from bot.pacing import Pace
from bot.process import Baton
from bot.trial import Trial
from sandbox.clock import Clock
from sandbox.server import Sandbox
from sandbox.story import Story
from store import asks, departments, outbox
from store.asks import Wish
from store.database import Act, Ledger, Look
from store.snapshots import Ask

Given = ParamSpec("Given")
Result = TypeVar("Result")

MONDAY_9 = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PEOPLE = (
    *("zoe", "ann", "mei"),
    *("lin", "omar", "pia"),
    *("tao", "nina", "bo"),
    *("wei", "fang", "sam"),
    *("gu", "kit", "hua"),
    "vera",
)


class BatonStory(Story):
    """A story that also knows what Baton has still to say."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(trial.sandbox, settled=0.03, busy=trial.baton.courier.busy)
        self._trial = trial

    def assert_quiet(self) -> None:
        """Nothing unexpected was said, nothing is under way, and nothing is left in the outbox."""
        super().assert_quiet()
        with self._trial.ledger.reading() as connection:
            left = outbox.pending(connection)
        assert left == 0, f"{left} messages are still in the outbox"


class Hospital:
    """One test's hospital, from its first minute. `carrying` False: the courier stays at home."""

    def __init__(self, database_url: str, *, carrying: bool = True) -> None:
        self.trial = Trial(database_url, Clock(MONDAY_9, running=False), pace=Pace(limited=False))
        if carrying:
            self.trial.start()
        self.slack = BatonStory(self.trial)

    @property
    def clock(self) -> Clock:
        return self.trial.clock

    @property
    def baton(self) -> Baton:
        return self.trial.baton

    @property
    def sandbox(self) -> Sandbox:
        return self.trial.sandbox

    @property
    def ledger(self) -> Ledger:
        return self.trial.ledger

    @property
    def workspace_id(self) -> str:
        return self.trial.baton.workspace_id

    def look(
        self, query: Callable[Concatenate[Look, Given], Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """What the ledger says now."""
        return self.ledger.look(query, self.workspace_id, self.clock.now(), *args, **kwargs)

    def act(
        self,
        who: str | None,
        verb: Callable[Concatenate[Act, Given], Result],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """`who` (a handle; None: Baton itself) does `verb` now, without Slack."""
        actor = self.slack.person(who).id if who else None
        return self.ledger.act(verb, self.workspace_id, actor, self.clock.now(), None, *args, **kwargs)

    def file(
        self,
        who: str = "ann",
        what: str = "Replace the gasket of analyser 3",
        to: str = "equipment",
        service: str | None = None,
    ) -> Ask:
        """Somebody files an ask, without Slack."""
        department = self.look(departments.called, to)
        assert department is not None
        service_id = next((one.id for one in department.services if one.name == service), None)
        return self.act(who, asks.file, Wish(department.id, what, service_id))

    def pending(self) -> int:
        """How many messages are in the outbox."""
        with self.ledger.reading() as connection:
            return outbox.pending(connection)

    def close(self) -> None:
        self.baton.courier.stop()
        # The servers take a tenth of a second each to notice; the next test need not wait for that.
        threading.Thread(target=self.trial.stop, daemon=True).start()
