"""The processes of Baton, as an operator's supervisor keeps them: started, killed, stopped kindly, started again."""

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

NAMES = ("web 1", "web 2", "clock 1", "clock 2")


class Nursery:
    """Where processes come from: see `wrong_clock.py`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.campaign.wrong_clock"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._born: queue.Queue[int] = queue.Queue()
        self._ended: dict[int, threading.Event] = defaultdict(threading.Event)
        self._status: dict[int, int] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._hear, daemon=True).start()

    def bear(self, folder: Path, log: Path, environment: dict[str, str], *arguments: str) -> int:
        """A new process `python -m bot …` in this folder; its number."""
        wanted = {"folder": str(folder), "log": str(log), "environment": environment, "arguments": arguments}
        with self._lock:
            assert self._program.stdin is not None
            self._program.stdin.write(json.dumps(wanted) + "\n")
            self._program.stdin.flush()
            return self._born.get(timeout=120)

    def has_ended(self, number: int, seconds: float = 0) -> bool:
        """Whether that process is gone, or is within so many seconds."""
        return self._ended[number].wait(seconds)

    def status_of(self, number: int) -> int:
        """With which exit status it ended: minus the signal, if one killed it."""
        return self._status[number]

    def close(self) -> None:
        """No more processes."""
        self._program.kill()
        self._program.wait()

    def _hear(self) -> None:
        assert self._program.stdout is not None
        for line in self._program.stdout:
            what, number, *status = line.split()
            if what == "born":
                self._born.put(int(number))
            elif what == "ended":
                self._status[int(number)] = int(status[0])
                self._ended[int(number)].set()


class Process:
    """One `python -m bot run --only …` in `folder`."""

    def __init__(self, nursery: Nursery, folder: Path, environment: dict[str, str], name: str) -> None:
        self.nursery, self.folder, self.environment, self.name = nursery, folder, environment, name
        self.port = free_port()
        self._lock = threading.Lock()
        self._number: int | None = None
        self.start()

    @property
    def address(self) -> str:
        """Where Slack sends to, if this is a web process."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    def start(self) -> None:
        """Start it, if it is not there."""
        with self._lock:
            if not self.alive:
                log, environment = self.folder / f"{self.name}.log", self.environment | {"PORT": str(self.port)}
                arguments = ("run", "--only", self.name.split()[0])
                self._number = self.nursery.bear(self.folder, log, environment, *arguments)

    @property
    def alive(self) -> bool:
        """Whether the process is there, ready or not."""
        return self._number is not None and not self.nursery.has_ended(self._number)

    def is_ready(self) -> bool:
        """Whether it says itself that it can work."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def wait_until_ready(self, seconds: float = 60) -> None:
        """However often it has to be started until then. TimeoutError."""
        end = time.monotonic() + seconds
        while not self.is_ready():
            if time.monotonic() > end:
                raise TimeoutError(f"{self.name} did not start")
            self.start()  # it may have met a database that threw it out, or a token that is revoked
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL, 30)

    def terminate(self, seconds: float = 12) -> int:
        """Ask it to stop; its exit status, once it has. TimeoutError."""
        return self._end(signal.SIGTERM, seconds)

    def _end(self, how: signal.Signals, seconds: float) -> int:
        assert self._number is not None
        with suppress(ProcessLookupError):
            os.kill(self._number, how)
        if not self.nursery.has_ended(self._number, seconds):
            raise TimeoutError(f"{self.name} did not end")
        return self.nursery.status_of(self._number)


def free_port() -> int:
    """A port that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
