"""`python -m bot run`, as a process of its own: over HTTP and Socket Mode, stopped kindly and killed."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from sandbox.story import Story
from tests.bot.test_commands import Shell

ROOT = Path(__file__).resolve().parents[2]
CHANNELS = ["#ward", "#equipment", "#purchasing", "#finance", "#office"]


class Process:
    """A `python -m bot run`. Its lease on the outbox is a minute of real time: `outlive_lease` lets it pass."""

    def __init__(self, shell: Shell, *arguments: str, **changed: str) -> None:
        self.shell, self.arguments = shell, arguments
        self.database = shell.folder / "baton.db"
        self.environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **shell.environment, **changed}
        self.log = shell.folder / f"run{''.join(arguments)}.log"
        self.start()

    def start(self) -> None:
        with self.log.open("a") as log:
            started = self.log.read_text().count("is running")
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-m", "bot", "run", *self.arguments],
                cwd=self.shell.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until(lambda: self.log.read_text().count("is running") > started, "the start")

    def outlive_lease(self) -> None:
        with closing(sqlite3.connect(self.database, timeout=10)) as database, database:
            database.execute("UPDATE outbox SET claimed_until = '2020-01-01 00:00:00' WHERE claimed_until IS NOT NULL")

    def one(self, statement: str) -> list[tuple]:
        with closing(sqlite3.connect(self.database, timeout=10)) as database:
            return database.execute(statement).fetchall()

    def pending(self) -> int:
        return self.one("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')")[0][0]


def until(done: Callable[[], bool], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.05)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    opened = Shell(tmp_path)
    opened.move_in()
    yield opened
    opened.sandbox.stop()


@pytest.fixture
def running() -> Iterator[Callable[..., Process]]:
    begun: list[Process] = []

    def run(shell: Shell, *arguments: str, **changed: str) -> Process:
        begun.append(Process(shell, *arguments, **changed))
        return begun[-1]

    yield run
    for process in begun:
        process.process.kill()
        process.process.wait()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def over_http(shell: Shell, running: Callable[..., Process], *arguments: str, **changed: str) -> Process:
    port = free_port()
    process = running(shell, *arguments, PORT=str(port), **changed)
    shell.installation.request_url = f"http://127.0.0.1:{port}/slack/events"
    return process


def cards(slack: Story) -> list[str]:
    """The number at the head of every card in every department's channel."""
    found = []
    for channel in CHANNELS:
        for message in slack.workspace.place(channel).messages.values():
            if message.app_id is not None:
                found.append(message.text.split()[0])
    return found


def test_over_http_an_ask_is_filed_and_a_signal_ends_it_kindly(shell, running):
    process = over_http(shell, running, LOG_LEVEL="WARNING")
    slack = Story(shell.sandbox)
    assert slack.ask("ann", "@equipment Replace the gasket of the analyser", channel="#ward").ok
    slack.sees("lin", "gasket", where="#equipment")
    slack.sees("lin", "gasket", where="dm")
    process.process.send_signal(signal.SIGTERM)
    assert process.process.wait(timeout=10) == 0
    assert "Traceback" not in process.log.read_text()
    assert "As you gave" not in process.log.read_text(), "nothing is said that is of no use to anybody"


def test_over_socket_mode_an_ask_is_filed_and_a_signal_ends_it_kindly(shell, running):
    process = running(shell, SLACK_APP_TOKEN=shell.installation.app_token, SLACK_SIGNING_SECRET="")
    slack = Story(shell.sandbox)
    assert slack.ask("ann", "@equipment Replace the gasket of the analyser", channel="#ward").ok
    slack.sees("lin", "gasket", where="#equipment")
    process.process.send_signal(signal.SIGINT)
    assert process.process.wait(timeout=10) == 0


def test_one_process_takes_what_slack_sends_and_another_keeps_time_and_speaks(shell, running):
    web = over_http(shell, running, "--only", "web")
    slack = Story(shell.sandbox)
    assert slack.ask("ann", "@equipment Replace the gasket of the analyser", channel="#ward").ok
    assert web.pending() > 0, "the web does not send"
    port = free_port()
    clock = running(shell, "--only", "clock", PORT=str(port))
    slack.sees("lin", "gasket", where="#equipment")
    slack.sees("lin", "gasket", where="dm")
    until(lambda: web.pending() == 0, "the end of the outbox")
    with urlopen(f"http://127.0.0.1:{port}/readyz") as health:
        assert health.read() == b"ready\n"
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"http://127.0.0.1:{port}/slack/events", b"{}")
    for process in (web, clock):
        process.process.send_signal(signal.SIGTERM)
        assert process.process.wait(timeout=10) == 0


def test_a_port_that_is_taken_is_told(shell):
    with closing(socket.socket()) as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        status, said = shell.bot("run", PORT=str(taken.getsockname()[1]))
    assert status == 1
    assert "Set PORT to a free one." in said


def test_killed_in_the_middle_of_many_asks_it_loses_nothing_and_says_nothing_twice(shell, running):
    process = over_http(shell, running)
    slack = Story(shell.sandbox)
    departments = ["ward", "equipment", "purchasing", "finance", "office"]

    def ask(number: int) -> bool:
        outcome = slack.ask("kit", f"@{departments[number % 5]} thing {number:03d}", channel="#everyone")
        return outcome.ok and "#" in str(outcome.body)

    with ThreadPoolExecutor(8) as crowd:
        answers = [crowd.submit(ask, number) for number in range(40)]
        until(lambda: len(cards(slack)) >= 4, "the first cards")
        process.process.send_signal(signal.SIGKILL)
        process.process.wait()
        answered = [number for number, answer in enumerate(answers) if answer.result()]
    assert answered
    process.outlive_lease()
    process.start()
    until(lambda: process.pending() == 0, "the end of the outbox", 45)
    filed = process.one("SELECT number, what FROM asks ORDER BY number")
    assert [number for number, _ in filed] == list(range(1, len(filed) + 1))
    kept = {what for _, what in filed}
    assert [number for number in answered if f"thing {number:03d}" not in kept] == []
    assert sorted(cards(slack)) == sorted(f"#{number}" for number, _ in filed)


def test_killed_in_the_middle_of_an_edit_every_card_shows_the_change_in_the_end(shell, running):
    process = over_http(shell, running)
    slack = Story(shell.sandbox)
    slack.ask("ann", "@equipment Replace the gasket of the analyser", channel="#ward")
    slack.sees("lin", "gasket", where="dm")
    until(lambda: process.pending() == 0, "the end of the outbox")
    shell.sandbox.faults.add("slow", method="chat.update", seconds=3, times=1)  # the first card; the other waits for it
    assert slack.click("lin", "Acknowledge").ok
    edit_on_its_way = "SELECT count(*) FROM outbox WHERE kind = 'refresh' AND state = 'sending'"
    until(lambda: process.one(edit_on_its_way) == [(1,)], "the edit")
    process.process.send_signal(signal.SIGKILL)
    process.process.wait()
    assert process.one(edit_on_its_way) == [(1,)]
    process.outlive_lease()
    process.start()
    until(lambda: process.pending() == 0, "the end of the outbox", 45)
    places = slack.workspace.conversations.values()
    ours = [message for place in places for message in place.messages.values() if message.app_id is not None]
    stale = [message.text for message in ours if message.edited is None and "gasket" in str(message.blocks)]
    assert len(stale) == 1, "only what ann reads of the acknowledgement is new"
    assert "acknowledge" in stale[0].lower() or "has it" in stale[0].lower(), stale


def test_a_web_process_that_is_to_stop_turns_requests_away_before_it_does(shell, running):
    web = over_http(shell, running, "--only", "web")
    slack = Story(shell.sandbox)
    web.process.send_signal(signal.SIGTERM)
    until(lambda: "This process is about to stop." in readiness(web), "the word that it stops")
    assert slack.ask("ann", "@equipment Replace the gasket of the analyser", channel="#ward").ok
    assert web.process.wait(timeout=10) == 0
    assert web.one("SELECT what FROM asks") == [("Replace the gasket of the analyser",)]


def readiness(process: Process) -> str:
    try:
        with urlopen(f"http://127.0.0.1:{process.environment['PORT']}/readyz") as answer:
            return answer.read().decode()
    except HTTPError as fault:
        return fault.read().decode()


def test_what_hangs_at_a_stop_is_ended():
    hangs = "import time; from bot.commands.run import end_at_last; end_at_last(0.2); time.sleep(60)"
    ended = subprocess.run([sys.executable, "-c", hangs], cwd=ROOT, stderr=subprocess.PIPE, text=True, timeout=30)
    assert ended.returncode == 1
    assert "stopped_in_the_middle" in ended.stderr
