"""(a) What a filed /ask costs over HTTP, beside an empty Bolt listener on the same front.

Each server runs in a process of its own; the asks are on disk before they are answered. Besides the throughput it
tells the CPU time of the server for each answer, which other work on the machine disturbs less.
"""

import argparse
import gc
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from slack_bolt import Ack, App

from bot.front import PATH, Front, build_front
from bot.trial import Trial
from sandbox.clock import Clock
from sandbox.signing import signed_headers
from tests.bench.figures import Given, Section, databases
from tests.hospital import MONDAY_9

AT_ONCE = (1, 16, 64)
WANTED = {"sqlite": 0.4, "postgresql": 0.3}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Result:
    """`per_second` answered; milliseconds of the middle one, the slowest in a hundred, the slowest, and of CPU."""

    per_second: float
    p50: float
    p99: float
    slowest: float
    cpu: float


def measure(given: Given) -> Section:
    """The throughput of an empty listener and of /ask on each database, the middle of several runs in turn."""
    rows = []
    for database in given.on:
        found: dict[str, dict[int, list[Result]]] = {"empty": {}, "ask": {}}
        for run in range(given.runs):
            with databases(database) as fresh:
                for kind, by_crowd in found.items():
                    for many, result in _served(kind, fresh(f"{kind}{run}"), given.size(300, 1500)).items():
                        by_crowd.setdefault(many, []).append(result)
        for many in AT_ONCE:
            empty, ask = (_middle(found[kind][many]) for kind in ("empty", "ask"))
            rows.append(
                (
                    database,
                    many,
                    f"{empty.per_second:.0f}",
                    f"{ask.per_second:.0f}",
                    f"**{ask.per_second / empty.per_second:.2f}**",
                    WANTED[database] if many > 1 else "",
                    f"{empty.cpu:.2f} / {ask.cpu:.2f}",
                    f"{ask.p50:.0f} / {ask.p99:.0f} / {ask.slowest:.0f}",
                )
            )
    head = (
        "ledger",
        "at once",
        "empty, per s",
        "/ask, per s",
        "ratio",
        "goal",
        "CPU ms, empty / ask",
        "p50/p99/max ms",
    )
    return Section("(a) A durable /ask over HTTP beside an empty Bolt listener", head, rows)


def _middle(results: list[Result]) -> Result:
    return Result(*(median(values) for values in zip(*(vars(one).values() for one in results), strict=True)))


def _served(kind: str, url: str, requests: int) -> dict[int, Result]:
    """The results of one kind of server, by how many were under way at a time."""
    command = [sys.executable, "-m", "tests.bench.answering", kind, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        load = Load(json.loads(server.stdout.readline()))
        results = {many: load.run(many, requests, lambda: _cpu_of(server.pid)) for many in AT_ONCE}
        server.stdin.close()
        filed = int(server.stdout.readline())
        assert kind == "empty" or filed == load.number, f"{filed} of {load.number} asks are in the ledger"
    return results


def _cpu_of(pid: int) -> float:
    """The CPU time that a process has used, in seconds."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / TICKS


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

    def run(self, at_once: int, requests: int, cpu: Callable[[], float]) -> Result:
        """`requests` commands, `at_once` under way at a time. `cpu`: what the server has used up to now."""
        with ThreadPoolExecutor(at_once) as crowd:
            list(crowd.map(self.one, range(at_once * 2)))  # opens the connections
            used, began = cpu(), time.perf_counter()
            times = sorted(crowd.map(self.one, range(requests)))
            took, used = time.perf_counter() - began, cpu() - used
        slow = times[min(len(times) - 1, len(times) * 99 // 100)]
        return Result(requests / took, times[len(times) // 2], slow, times[-1], used / requests * 1000)


def serve(kind: str, url: str) -> None:
    """Be the server of one kind, until standard input ends."""
    trial = Trial(url, Clock(MONDAY_9))
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
    gc.collect()
    gc.freeze()  # as `bot run` does
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("empty", "ask"))
    parser.add_argument("url")
    asked = parser.parse_args()
    serve(asked.kind, asked.url)
