"""One process of Baton, as an operator's supervisor keeps it: started, killed, stopped kindly, started again."""

import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

NAMES = ("web 1", "web 2", "clock 1", "clock 2")


class Process:
    """One `python -m bot run --only …` in `folder`, on a computer whose clock is set as the file `clock` there says."""

    def __init__(self, folder: Path, environment: dict[str, str], name: str) -> None:
        self.folder, self.environment, self.name, self.port = folder, environment, name, free_port()
        self.starts = 0
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def address(self) -> str:
        """Where Slack sends to, if this is a web process."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    def start(self) -> None:
        """Start it, if it is not there."""
        with self._lock:
            if self.alive:
                return
            self.starts += 1
            with (self.folder / f"{self.name}.log").open("a") as log:
                self._running = subprocess.Popen(
                    [sys.executable, "-m", "tests.campaign.wrong_clock", "run", "--only", self.name.split()[0]],
                    cwd=self.folder,
                    env=self.environment | {"PORT": str(self.port)},
                    stdout=log,
                    stderr=log,
                )

    @property
    def alive(self) -> bool:
        """Whether the process is there, ready or not."""
        return self._running is not None and self._running.poll() is None

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
        assert self._running is not None
        self._running.send_signal(signal.SIGKILL)
        self._running.wait()

    def terminate(self, seconds: float = 12) -> int:
        """Ask it to stop; its exit status, once it has."""
        assert self._running is not None
        self._running.send_signal(signal.SIGTERM)
        return self._running.wait(seconds)


def free_port() -> int:
    """A port that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
