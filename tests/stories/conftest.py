"""The hospital of `examples/`, for stories: a sandbox and the whole bot beside it, over real HTTP.

    def test_a_nurse_gets_her_gasket(slack, clock, ann, pia):
        slack.ask(ann, "@equipment Replace the gasket of analyser 3 by Friday 3pm", channel="#ward")
        slack.sees(pia, "Replace the gasket", where="dm")
        slack.click(pia, "Acknowledge")
        clock.forward(hours=3)            # nudges that fall due are sent before this returns
        slack.assert_quiet()              # nothing was said that nobody saw, nothing is left in the outbox

It is Monday, 23 November 2026, nine o'clock in Shanghai, and stays so until the clock is wound. People are fixtures by
their handle. Lin leads Equipment (omar, pia), Zoe the ward (ann, mei), Tao purchasing (nina, bo), Wei finance (fang,
sam), Gu the office (kit, hua) and is an administrator; Vera is a guest. mei, tao, bo, wei, fang, gu, hua read Chinese.
`world` holds the rest: `world.look(query, …)`, `world.baton`, `world.sandbox`, `world.ledger`.
"""

import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import pytest

from bot.pacing import Pace
from bot.trial import Trial
from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from store import outbox
from store.database import Look

Given = ParamSpec("Given")
Result = TypeVar("Result")

MONDAY_9 = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PEOPLE = "zoe ann mei lin omar pia tao nina bo wei fang sam gu kit hua vera"


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


class StoryWorld:
    """One story's hospital, from its first minute."""

    def __init__(self, database: Path) -> None:
        self.trial = Trial(f"sqlite:///{database}", Clock(MONDAY_9, running=False), pace=Pace(limited=False))
        self.trial.start()
        self.slack = BatonStory(self.trial)

    @property
    def clock(self) -> Clock:
        return self.trial.clock

    @property
    def baton(self):
        return self.trial.baton

    @property
    def sandbox(self):
        return self.trial.sandbox

    @property
    def ledger(self):
        return self.trial.ledger

    def look(
        self, query: Callable[Concatenate[Look, Given], Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """What the ledger says now."""
        return self.ledger.look(query, self.baton.workspace_id, self.clock.now(), *args, **kwargs)

    def close(self) -> None:
        self.baton.courier.stop()
        # The servers take a tenth of a second each to notice; the next story need not wait for that.
        threading.Thread(target=self.trial.stop, daemon=True).start()


@pytest.fixture(scope="session")
def loaded_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the hospital's departments, made once: each story begins with a copy."""
    database = tmp_path_factory.mktemp("template") / "baton.db"
    trial = Trial(f"sqlite:///{database}", Clock(MONDAY_9, running=False))
    trial.load_departments()
    trial.stop()
    return database


@pytest.fixture
def world(loaded_ledger: Path, tmp_path: Path) -> Iterator[StoryWorld]:
    database = tmp_path / "baton.db"
    shutil.copyfile(loaded_ledger, database)
    opened = StoryWorld(database)
    yield opened
    opened.close()


@pytest.fixture
def slack(world: StoryWorld) -> BatonStory:
    return world.slack


@pytest.fixture
def clock(world: StoryWorld) -> Clock:
    return world.clock


def _named(handle: str) -> object:
    @pytest.fixture(name=handle)
    def person(slack: BatonStory) -> Person:
        return slack.person(handle)

    return person


for _handle in PEOPLE.split():
    globals()[f"{_handle}_is_here"] = _named(_handle)
