"""What goes wrong in the campaign, spread evenly over it."""

import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from tests.campaign.company import Company

POSTING = ("chat.postMessage", "chat.postMessage", "chat.update", "conversations.history", "conversations.open")
ASKING = ("users.info", "views.open", "chat.postEphemeral", "dnd.info", "auth.test")
FAULTS = ("accept_then_drop", "drop", "error_before", "error_after", "internal_error_after", "rate_limited", "slow")
ON_THE_WAY = ("deliver_twice", "lose_ack")
SHORT, LONG = (1, 2, 3), (12, 30)  # seconds; our client waits for ten
MOST_FAULTS = 8  # that wait for their victims at one time
DAYS = timedelta(days=3, hours=2, minutes=30)  # that pass: from Monday morning to Thursday noon
STEPS = 120  # in which they do
LOOKING = 6.0  # real seconds in which each clock looks after everything once
WRONG = (timedelta(minutes=40), timedelta(hours=-3), timedelta(minutes=-20), timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Plan:
    """How often what happens, beside the passing of days. `cuts`: of calls and deliveries."""

    kills: int
    cuts: int
    clocks: int = 0
    databases: int = 0
    revocations: int = 0
    seed: int = 1
    days: timedelta = DAYS
    longest: tuple[int, ...] = LONG  # seconds that one in ten waits takes

    @classmethod
    def of(cls, kills: int, seed: int = 1) -> "Plan":
        """As it is for so many kills."""
        return cls(kills, kills * 6, max(2, kills // 10), max(1, kills // 20), max(1, kills // 60), seed)


class Trouble:
    """Whoever makes it. `made`: what was made so far, by kind; `reached`: how far it is, from 0 to 1."""

    def __init__(
        self,
        company: Company,
        plan: Plan,
        victims: tuple[str, ...],
        restart_database: Callable[[], object] | None,
    ) -> None:
        self.company, self.plan, self.victims = company, plan, victims
        self.made: Counter[str] = Counter()
        self.over = threading.Event()
        self.reached = 0.0
        self._restart_database = restart_database
        self._chance = random.Random(plan.seed)
        self._backgrounds: list[threading.Thread] = []

    def make(self, progress: Callable[[], float], tell: Callable[[str], object]) -> None:
        """Do each thing when its share of `progress` is reached, until all are done."""
        told = 0
        for at, deed in self._agenda():
            while progress() < at and not self.over.is_set():
                time.sleep(0.02)
            if self.over.is_set() and progress() < at:
                break  # the time was up
            deed()
            self.reached = at
            if int(at * 10) > told:
                told = int(at * 10)
                tell(f"{told * 10} per cent of the way: {dict(self.made)}")
        self.reached = 1.0

    def end(self) -> None:
        """From now on nothing fails. What was going on is waited for."""
        for thread in self._backgrounds:
            thread.join()
        self.company.sandbox.faults.clear()
        self.company.set_clocks(timedelta())
        self._revoked(False)
        for process in self.company.processes.values():
            process.wait_until_ready()

    def _agenda(self) -> list[tuple[float, Callable[[], None]]]:
        """What happens at which share of the way, in order; kills at random, the rest evenly with a jitter."""
        plan = self.plan
        kinds: tuple[tuple[int, Callable[[], None]], ...] = (
            (STEPS, self._pass_time),
            (plan.kills, self._kill),
            (plan.cuts, self._cut),
            (plan.clocks, self._set_clocks_wrong),
            (plan.databases, self._disturb_database),
            (plan.revocations, self._revoke),
        )
        return sorted(
            (((turn + self._chance.random()) / times, deed) for times, deed in kinds for turn in range(times)),
            key=lambda one: one[0],
        )

    def _pass_time(self) -> None:
        """A step onwards; around the standups the clocks get the real seconds in which they look."""
        if self.company.standup_within(self.plan.days / STEPS):
            time.sleep(LOOKING)
        self.company.forward(self.plan.days / STEPS)

    def _kill(self) -> None:
        """One that works, so that it is killed in the middle of it; sometimes while it starts."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            process = self.company.processes[self._chance.choice(self.victims)]
            if process.alive and (process.is_ready() or self._chance.random() < 0.05):
                process.kill()
                self.made[f"kill {process.name.split()[0]}"] += 1
                self._beside(partial(process.wait_until_ready, 120))
                return
            time.sleep(0.05)

    def _cut(self) -> None:
        faults = self.company.sandbox.faults
        if len(faults.active) >= MOST_FAULTS:
            return
        if self._chance.random() < 0.2:
            name = self._chance.choice(ON_THE_WAY)
            faults.add(name, kind=self._chance.choice(("command", "interactive")))
        else:
            name = self._chance.choice(FAULTS)
            seconds = self._chance.choice(self.plan.longest if self._chance.random() < 0.1 else SHORT)
            faults.add(name, method=self._chance.choice((*POSTING, *ASKING)), seconds=seconds)
        self.made[name] += 1

    def _set_clocks_wrong(self) -> None:
        """For some seconds, then right again."""
        if self.company.wrong_by:
            return
        self.company.set_clocks(self._chance.choice(WRONG))
        self.made["clocks"] += 1
        self._later(self._chance.uniform(1, 6), lambda: self.company.set_clocks(timedelta()))

    def _disturb_database(self) -> None:
        url = self.company.database_url
        self.made["database"] += 1
        if url.startswith("sqlite"):
            self._beside(lambda: _hold(url, 1.5))
        elif self._restart_database is not None and self._chance.random() < 0.5:
            self._restart_database()
        else:
            _throw_everybody_out(url)

    def _revoke(self) -> None:
        """Somebody revokes the token, gives it back, and starts a clock again, as the handbook says."""
        self._revoked(True)
        self.made["revoked"] += 1

        def give_back() -> None:
            self._revoked(False)
            process = self.company.processes["clock 1"]
            if process.alive:
                process.kill()
            process.wait_until_ready()

        self._later(self._chance.uniform(2, 5), give_back)

    def _revoked(self, revoked: bool) -> None:
        self.company.sandbox.grants[self.company.installation.bot_token].revoked = revoked

    def _later(self, seconds: float, deed: Callable[[], object]) -> None:
        def wait() -> None:
            time.sleep(seconds)
            deed()

        self._beside(wait)

    def _beside(self, deed: Callable[[], object]) -> None:
        thread = threading.Thread(target=deed)
        self._backgrounds = [one for one in self._backgrounds if one.is_alive()] + [thread]
        thread.start()


def _hold(url: str, seconds: float) -> None:
    """Some other program keeps the file to itself for longer than anybody waits."""
    with closing(sqlite3.connect(str(make_url(url).database), timeout=5, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        other.execute("ROLLBACK")


def _throw_everybody_out(url: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid != pg_backend_pid()"
                )
            )
    except DBAPIError:
        pass  # it is just being restarted
    engine.dispose()
