"""A web application on a port of this machine, from a background thread, up and down within a moment."""

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

START_SECONDS = 10
TICK_SECONDS = 0.1
LOOK_SECONDS = 0.005  # between looks whether everybody has hung up
BACKLOG = 2048


class Serving:
    """Serves ``application`` (ASGI) from its own thread between ``start`` and ``stop``."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._ready = threading.Event()
        self._enough: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self, port: int = 0, host: str = "127.0.0.1") -> int:
        """Listen on ``port`` (0: any free one) and return the port. OSError if it is taken."""
        # Named as TCP, since asyncio switches Nagle off only then; otherwise each answer waits 40 ms for an ACK.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            listener.close()
            raise
        listener.listen(BACKLOG)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run(listener)), name="serving", daemon=True)
        self._thread.start()
        if not self._ready.wait(START_SECONDS):
            raise RuntimeError("the server did not start")
        return int(listener.getsockname()[1])

    async def _run(self, listener: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        self._enough = asyncio.Event()
        config = uvicorn.Config(
            self._application,
            http=AbortableProtocol,
            ws="websockets-sansio",
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
            ws_ping_interval=None,
        )
        await PromptServer(config, self._enough, self._ready).serve(sockets=[listener])

    def stop(self) -> None:
        """Close the port and the connections, and wait for it."""
        if self._loop is None or self._enough is None or self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._enough.set)
        self._thread.join(START_SECONDS)
        self._thread = None


class PromptServer(uvicorn.Server):
    """uvicorn's server, which says when it is ready and stops at once instead of at its next look."""

    def __init__(self, config: uvicorn.Config, enough: asyncio.Event, ready: threading.Event) -> None:
        super().__init__(config)
        self._enough = enough
        self._ready = ready

    async def main_loop(self) -> None:
        """Tick as uvicorn does, until it is enough."""
        self._ready.set()
        counter = 0
        while not self._enough.is_set() and not await self.on_tick(counter):
            counter += 1
            try:
                await asyncio.wait_for(self._enough.wait(), TICK_SECONDS)
            except TimeoutError:
                continue

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End as uvicorn does, which takes its time, unless all have hung up after a moment."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for _ in range(int(TICK_SECONDS / LOOK_SECONDS)):
            if not self.server_state.connections and not self.server_state.tasks:
                return
            await asyncio.sleep(LOOK_SECONDS)
        await super().shutdown(sockets)


class AbortableProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, with a way to drop the connection in the middle of a request, for faults."""

    def on_message_begin(self) -> None:
        """Give each request the means to break its own connection off."""
        super().on_message_begin()
        abort: Callable[[], None] = self.transport.abort
        scope = cast(dict[str, object], self.scope)
        scope["sandbox.abort"] = abort
