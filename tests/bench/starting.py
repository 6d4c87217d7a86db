"""(e) How long a start takes until /readyz says so, and the memory at rest and under load, beside an empty Bolt."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.trial import Trial
from sandbox.clock import Clock
from tests.bench.answering import Load
from tests.bench.figures import Given, Section
from tests.hospital import MONDAY_9

PORT = 39_431
REQUESTS = 600
EMPTY = """
import sys
from slack_bolt import App
from slack_sdk import WebClient
from bot.front import Front, build_front
app = App(client=WebClient(sys.argv[3], base_url=sys.argv[4]), signing_secret=sys.argv[1], process_before_response=True,
          token_verification_enabled=False)
app.command("/ask")(lambda ack: ack())
front = Front(build_front(app, lambda: None), "127.0.0.1", int(sys.argv[2]))
front.start()
sys.stdin.read()
"""


def measure(given: Given) -> Section:
    """Seconds until ready, and megabytes at rest and after some hundred /ask, of both."""
    with TemporaryDirectory() as folder:
        trial = Trial(f"sqlite:///{folder}/baton.db", Clock(MONDAY_9))
        try:
            trial.load_departments()
            secret = trial.installation.signing_secret
            told = {
                "port": str(PORT),
                "secret": secret,
                "team_id": trial.sandbox.workspace.id,
                "user_id": trial.sandbox.workspace.someone("ann").id,
                "channel_id": trial.sandbox.workspace.place("#ward").id,
            }
            environment = {
                "SLACK_BOT_TOKEN": trial.installation.bot_token,
                "SLACK_SIGNING_SECRET": secret,
                "SLACK_API_URL": trial.sandbox.api_url,
                "DATABASE_URL": f"sqlite:///{folder}/baton.db",
                "PORT": str(PORT),
            }
            sandbox = (trial.installation.bot_token, trial.sandbox.api_url)
            ways = {
                "empty Bolt": ([sys.executable, "-c", EMPTY, secret, str(PORT), *sandbox], {}),
                "Baton": ([sys.executable, "-m", "bot", "run"], environment),
            }
            found = {name: [_one(*way, told) for _ in range(given.runs)] for name, way in ways.items()}
        finally:
            trial.stop()
    middle = {name: [median(column) for column in zip(*runs, strict=True)] for name, runs in found.items()}
    rows = [[name, *(f"{value:.1f}" for value in values)] for name, values in middle.items()]
    ratios = [f"**{ours / theirs:.2f}**" for ours, theirs in zip(middle["Baton"], middle["empty Bolt"], strict=True)]
    head = ("", "ready after, s", "memory at rest, MB", f"after {REQUESTS} /ask, MB")
    remark = "Goal: ready within 2 s, at most twice the memory of an empty Bolt."
    return Section("(e) Start and memory, on SQLite", head, [*rows, ["ratio", *ratios]], [remark])


def _one(command: list[str], environment: dict[str, str], told: dict[str, str]) -> tuple[float, float, float]:
    with _running(command, environment) as (pid, ready_after):
        time.sleep(2)
        rest = _megabytes(pid)
        load = Load(told)
        with ThreadPoolExecutor(16) as crowd:
            list(crowd.map(load.one, range(REQUESTS)))
        return ready_after, rest, _megabytes(pid)


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[tuple[int, float]]:
    began = time.perf_counter()
    server = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _is_ready():
            assert server.poll() is None, "it ended by itself"
            assert time.perf_counter() - began < 60
            time.sleep(0.02)
        yield server.pid, time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(15)


def _is_ready() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _megabytes(pid: int) -> float:
    """The memory that a process holds, shared pages too."""
    return next(
        int(line.split()[1]) / 1024
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmRSS")
    )
