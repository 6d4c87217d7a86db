"""Socket Mode: apps that cannot be reached from outside open a websocket, and each payload goes to one of theirs."""

import asyncio
import contextlib
import json
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.answers import Answer
from sandbox.identifiers import secret
from sandbox.shapes import Json, read_json

if TYPE_CHECKING:
    from sandbox.slack import Slack

MOST_CONNECTIONS = 10
WARNING_SECONDS = 10


@dataclass(eq=False)
class Connection:
    """One open websocket of an app."""

    app_id: str
    socket: WebSocket
    loop: asyncio.AbstractEventLoop
    waiting: dict[str, "Future[Json]"] = field(default_factory=dict)
    leaving: bool = False
    # Held while hello goes out, so that no payload overtakes it.
    line: asyncio.Lock = field(default_factory=asyncio.Lock)

    def send(self, message: Json) -> None:
        """Send from any thread. Raises when the socket has gone."""
        asyncio.run_coroutine_threadsafe(self.put(message), self.loop).result(5)

    async def put(self, message: Json) -> None:
        """Send from the connection's own loop, in turn."""
        async with self.line:
            await self.socket.send_text(json.dumps(message))

    def close(self) -> None:
        """Close from any thread, without waiting for it."""

        async def hang_up() -> None:
            with contextlib.suppress(RuntimeError):
                await self.socket.close(1000)

        asyncio.run_coroutine_threadsafe(hang_up(), self.loop)


class Sockets:
    """All open connections by app, and the tickets with which they are opened."""

    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        self._lock = threading.Lock()
        self._tickets: dict[str, str] = {}
        self._connections: dict[str, list[Connection]] = {}
        self._turn = 0

    def ticket(self, app_id: str) -> str:
        """The address to open a connection at, good for one."""
        ticket = secret("ticket", app_id, str(self._slack.sequence.next()))
        with self._lock:
            self._tickets[ticket] = app_id
        return f"{self._slack.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={app_id}"

    async def serve(self, socket: WebSocket) -> None:
        """One connection from hello to the end."""
        with self._lock:
            app_id = self._tickets.pop(socket.query_params.get("ticket", ""), None)
        await socket.accept()
        if app_id is None:
            await socket.close(4004)
            return
        connection = Connection(app_id, socket, asyncio.get_running_loop())
        with self._lock:
            connections = self._connections.setdefault(app_id, [])
            count = len(connections) + 1
        if count > MOST_CONNECTIONS:
            await socket.send_text(json.dumps({"type": "disconnect", "reason": "too_many_websockets"}))
            await socket.close(1000)
            return
        try:
            async with connection.line:
                with self._lock:
                    connections.append(connection)
                await socket.send_text(json.dumps(self._hello(app_id, count)))
            while True:
                self._take(connection, await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            self._forget(connection)

    def _hello(self, app_id: str, count: int) -> Json:
        return {
            "type": "hello",
            "num_connections": count,
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": app_id},
        }

    def _take(self, connection: Connection, text: str) -> None:
        try:
            message = read_json(text)
        except ValueError:
            return
        envelope_id = message.get("envelope_id") if isinstance(message, dict) else None
        future = connection.waiting.pop(envelope_id, None) if envelope_id else None
        if future is not None and not future.done():
            future.set_result(message)

    def _forget(self, connection: Connection) -> None:
        with self._lock:
            mine = self._connections.get(connection.app_id, [])
            if connection in mine:
                mine.remove(connection)
        for future in list(connection.waiting.values()):
            if not future.done():
                future.set_exception(ConnectionError("the socket closed before the acknowledgement"))

    def connected(self, app_id: str) -> int:
        """How many connections the app has open."""
        with self._lock:
            return len(self._connections.get(app_id, []))

    def carry(
        self, app_id: str, envelope_type: str, payload: Json, retry: tuple[int, str] | None, started: float
    ) -> Answer:
        """Send to one connection and wait for its acknowledgement; a connection that dies hands over to another."""
        deadline = started + self._slack.ack_timeout
        while (connection := self._next(app_id)) is not None:
            envelope_id = str(UUID(secret("envelope", str(self._slack.sequence.next()))))
            envelope: Json = {
                "envelope_id": envelope_id,
                "type": envelope_type,
                "payload": payload,
                "accepts_response_payload": envelope_type != "events_api",
            }
            if envelope_type == "events_api":
                envelope |= {"retry_attempt": retry[0] if retry else 0, "retry_reason": retry[1] if retry else ""}
            future: Future[Json] = Future()
            connection.waiting[envelope_id] = future
            try:
                connection.send(envelope)
                message = future.result(max(0.0, deadline - time.monotonic()))
            except (NotYet, TimeoutError):
                connection.waiting.pop(envelope_id, None)
                return Answer(None, "", _since(started), "operation_timeout")
            except Exception:
                self._forget(connection)
                if time.monotonic() < deadline:
                    continue
                return Answer(None, "", _since(started), "operation_timeout")
            return Answer(200, message.get("payload", ""), _since(started))
        return Answer(None, "no socket is connected", _since(started), "dispatch_failed")

    def _next(self, app_id: str) -> Connection | None:
        with self._lock:
            open_ones = [c for c in self._connections.get(app_id, []) if not c.leaving]
            open_ones = open_ones or self._connections.get(app_id, [])
            if not open_ones:
                return None
            self._turn += 1
            return open_ones[self._turn % len(open_ones)]

    def warn(self, app_id: str, *, seconds: float = WARNING_SECONDS) -> None:
        """Announce that the connections will end in about 10 real seconds, then end them."""
        for connection in self._all(app_id):
            connection.leaving = True
            self._part(connection, "warning")
            timer = threading.Timer(seconds, self._refresh, [connection])
            timer.daemon = True
            timer.start()

    def refresh(self, app_id: str) -> None:
        """Ask the app to connect anew (``refresh_requested``) and end the present connections."""
        for connection in self._all(app_id):
            connection.leaving = True
            self._refresh(connection)

    def disable(self, app_id: str) -> None:
        """Socket Mode was switched off for the app (``link_disabled``)."""
        for connection in self._all(app_id):
            self._part(connection, "link_disabled")
            connection.close()

    def cut(self, app_id: str | None = None) -> int:
        """Cut the connections of an app (None: of all) without a word. Returns how many."""
        connections = self._all(app_id)
        for connection in connections:
            self._forget(connection)
            connection.close()
        return len(connections)

    def _refresh(self, connection: Connection) -> None:
        self._part(connection, "refresh_requested")
        connection.close()

    def _part(self, connection: Connection, reason: str) -> None:
        with contextlib.suppress(Exception):
            connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})

    def _all(self, app_id: str | None) -> list[Connection]:
        with self._lock:
            return [c for app, mine in self._connections.items() if app_id in (None, app) for c in mine]


def _since(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
