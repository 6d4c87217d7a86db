"""A PostgreSQL that hangs, as behind a stalled disk: nothing is done late, and nobody waits long.

It is reached through a wire that can be held: bytes are taken and not passed on, so that nobody is told it is down.
"""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine, make_url, text

from sandbox.story import Story
from tests.bot.test_commands import Shell
from tests.bot.test_running import Process, free_port, until


class Wire:
    """A port of this machine that leads to PostgreSQL while `open_way` is set."""

    def __init__(self, url: str) -> None:
        self._target = make_url(url)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.open_way = threading.Event()
        self.open_way.set()
        port = self._listener.getsockname()[1]
        self.url = self._target.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = self._reach()
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _reach(self) -> socket.socket:
        folder = self._target.query.get("host")
        if not isinstance(folder, str):
            return socket.create_connection((self._target.host or "localhost", self._target.port or 5432))
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{folder}/.s.PGSQL.{self._target.port or 5432}")
        return far

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError), closing(one), closing(other):
            while said := one.recv(65536):
                self.open_way.wait()
                other.sendall(said)

    def close(self) -> None:
        self.open_way.set()
        self._listener.close()


@pytest.fixture
def wire(fresh_postgres: str) -> Iterator[Wire]:
    led = Wire(fresh_postgres)
    yield led
    led.close()


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wire: Wire) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    opened = Shell(tmp_path)
    opened.environment["DATABASE_URL"] = wire.url
    opened.move_in()
    yield opened
    opened.sandbox.stop()


def ready(port: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, refused.read().decode()


def test_while_it_hangs_baton_is_not_ready_and_nothing_is_done_late(shell: Shell, wire: Wire, fresh_postgres: str):
    port = str(free_port())
    process = Process(shell, PORT=port)
    try:
        shell.installation.request_url = f"http://127.0.0.1:{port}/slack/events"
        slack = Story(shell.sandbox)
        assert slack.ask("ann", "@equipment Replace the gasket", channel="#ward").ok
        assert ready(port) == (200, "ready\n")
        time.sleep(1.1)  # so that it asks anew
        wire.open_way.clear()
        begun = time.monotonic()
        assert ready(port) == (503, "The database does not answer.\n")
        assert time.monotonic() - begun < 6
        with ThreadPoolExecutor(4) as crowd:  # Slack tells each of them that nothing came of it, or we do
            late = [crowd.submit(slack.ask, "kit", f"@finance paper {n}", channel="#everyone") for n in range(4)]
            told = [one.result() for one in late]
            assert all(not one.ok or "Not filed; nothing was lost" in str(one.body) for one in told)
        wire.open_way.set()
        until(lambda: ready(port)[0] == 200, "readiness")
        assert slack.ask("ann", "@equipment Replace the tube", channel="#ward").ok
        engine = create_engine(fresh_postgres)
        with engine.connect() as connection:
            whats = set(connection.execute(text("SELECT what FROM asks")).scalars())
        engine.dispose()
        assert whats == {"Replace the gasket", "Replace the tube"}
    finally:
        process.process.kill()
        process.process.wait()
