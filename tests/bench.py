"""`make bench`: what a filed /ask costs over HTTP, beside an empty Bolt listener on the same front, in one run.

Each runs in a process of its own; the asks are on disk before they are answered. Read the ratios: the absolute numbers
are those of the machine and its load. `python -m tests.bench --requests 600 --at-once 1 16 64`
"""

import argparse
import http.client
import json
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from slack_bolt import Ack, App

from bot.front import PATH, Front, build_front
from bot.trial import Trial
from sandbox.clock import Clock
from sandbox.signing import signed_headers
from tests.hospital import MONDAY_9

KINDS = ("empty", "ask")


@dataclass(frozen=True)
class Result:
    """`per_second` answered; milliseconds of the middle one and of the slowest in a hundred."""

    per_second: float
    p50: float
    p99: float


def serve(kind: str, folder: Path) -> None:
    """Be the server of one kind, until standard input ends."""
    trial = Trial(f"sqlite:///{folder / 'baton.db'}", Clock(MONDAY_9))
    trial.load_departments()
    if kind == "ask":
        front = trial.baton.listen("127.0.0.1", 0)  # the courier stays at home: only the answer is measured
    else:
        app = App(
            client=trial.baton.client,
            signing_secret=trial.installation.signing_secret,
            process_before_response=True,
            token_verification_enabled=False,
        )

        @app.command("/ask")
        def nothing(ack: Ack) -> None:
            ack()

        front = Front(build_front(app, lambda: None), "127.0.0.1", 0)
        front.start()
    workspace = trial.sandbox.workspace
    told = {
        "port": front.port,
        "secret": trial.installation.signing_secret,
        "team_id": workspace.id,
        "user_id": workspace.someone("ann").id,
        "channel_id": workspace.place("#ward").id,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    with trial.ledger.reading() as connection:
        filed = connection.exec_driver_sql("SELECT count(*) FROM asks").scalar()
    sys.stdout.write(f"{filed}\n")
    trial.stop()


class Load:
    """Asks one server, with signed requests over connections that are kept open."""

    def __init__(self, told: dict[str, str]) -> None:
        self.told = told
        self.number = 0
        self._lock = threading.Lock()
        self._connections = threading.local()

    def one(self, _: int) -> float:
        """Milliseconds until one command was answered."""
        with self._lock:
            self.number += 1
            number = self.number
        body = urlencode(
            {
                "command": "/ask",
                "text": f"@equipment Replace the gasket of analyser no. {number}",
                "team_id": self.told["team_id"],
                "user_id": self.told["user_id"],
                "channel_id": self.told["channel_id"],
                "trigger_id": f"{number}.{id(self)}",
                "response_url": "http://127.0.0.1:9/nowhere",
            }
        ).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", **signed_headers(self.told["secret"], body)}
        connection = getattr(self._connections, "open", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", int(self.told["port"]), timeout=30)
            self._connections.open = connection
        began = time.perf_counter()
        connection.request("POST", PATH, body, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        return (time.perf_counter() - began) * 1000

    def run(self, at_once: int, requests: int) -> Result:
        """`requests` commands, `at_once` under way at a time."""
        with ThreadPoolExecutor(at_once) as crowd:
            list(crowd.map(self.one, range(at_once)))  # opens the connections
            began = time.perf_counter()
            times = sorted(crowd.map(self.one, range(requests)))
            took = time.perf_counter() - began
        return Result(requests / took, times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)])


def measure(kind: str, at_once: list[int], requests: int) -> dict[int, Result]:
    """The results of one kind of server, by how many were under way at a time."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench", "--serve", kind, "--folder", folder]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdin is not None
            assert server.stdout is not None
            load = Load(json.loads(server.stdout.readline()))
            results = {many: load.run(many, requests) for many in at_once}
            server.stdin.close()
            filed = int(server.stdout.readline())
            assert kind == "empty" or filed == load.number, f"{filed} of {load.number} asks are in the ledger"
    return results


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--serve", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.folder)
        return
    found = {kind: measure(kind, given.at_once, given.requests) for kind in KINDS}
    line = "{:>8}  {:>24}  {:>28}  {:>22}\n".format
    write = sys.stdout.write
    write(line("at once", "empty listener", "/ask, filed on disk", "ratio"))
    write(line("", "per s   p50   p99 ms", "per s   p50   p99 ms", "throughput   p99"))
    for many in given.at_once:
        empty, ask = found["empty"][many], found["ask"][many]
        write(
            line(
                many,
                f"{empty.per_second:6.0f} {empty.p50:6.1f} {empty.p99:6.1f}",
                f"{ask.per_second:6.0f} {ask.p50:6.1f} {ask.p99:6.1f}",
                f"{ask.per_second / empty.per_second:.2f} {ask.p99 / empty.p99:8.1f}",
            )
        )


if __name__ == "__main__":
    main()
