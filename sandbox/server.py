"""The sandbox on a port: Web API, response_url, uploads, Socket Mode, OAuth, and the page, all on one address.

with Sandbox(Workspace.from_yaml("hospital.yml"), Clock()) as sandbox:
    installation = sandbox.install(manifest, "http://127.0.0.1:3000/slack/events")
    app = App(client=WebClient(installation.bot_token, base_url=sandbox.api_url), …)
"""

import asyncio
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from sandbox import authorizing
from sandbox.clock import Clock
from sandbox.pageapi import page_routes
from sandbox.slack import Slack
from sandbox.webapi.dispatch import answer
from sandbox.workspace import Workspace

START_SECONDS = 10


class Sandbox(Slack):
    """A local Slack that listens on 127.0.0.1."""

    _server: uvicorn.Server | None = None
    _thread: threading.Thread | None = None

    def start(self, port: int = 0, host: str = "127.0.0.1") -> "Sandbox":
        """Serve on ``port`` (0: any free one) from a background thread. OSError if the port is taken."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
        self.base_url = f"http://{host}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            self.web(),
            http=AbortableProtocol,
            ws="websockets-sansio",
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
            ws_ping_interval=None,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(listener)), name="sandbox", daemon=True)
        ready = threading.Event()
        self._ready = ready
        self._thread.start()
        if not ready.wait(START_SECONDS):
            raise RuntimeError("the sandbox did not start")
        return self

    async def _serve(self, listener: socket.socket) -> None:
        assert self._server is not None
        serving = asyncio.ensure_future(self._server.serve(sockets=[listener]))
        while not self._server.started and not serving.done():
            await asyncio.sleep(0.005)
        self._ready.set()
        await serving

    def stop(self) -> None:
        """Close the port and all background work. A stopped sandbox is not started again."""
        self.sockets.cut()
        self.close()
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(START_SECONDS)
            self._server = self._thread = None

    def __enter__(self) -> "Sandbox":
        return self if self._server else self.start()

    def __exit__(self, *fault: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The page."""
        return f"{self.base_url}/"

    @property
    def api_url(self) -> str:
        """What ``WebClient(base_url=…)`` wants."""
        return f"{self.base_url}/api/"

    def web(self) -> Starlette:
        """The web application itself."""
        return Starlette(
            routes=[
                Route("/api/{method}", self._web_api, methods=["GET", "POST"]),
                Route("/actions/{path:path}", self._response_url, methods=["POST"]),
                Route("/upload/v1/{ticket}", self._upload, methods=["POST"]),
                Route("/files/{file}/{name}", self._file),
                WebSocketRoute("/link/", self._link),
                *authorizing.routes(self),
                *page_routes(self, Path(__file__).parent / "page"),
            ]
        )

    async def _web_api(self, request: Request) -> Response:
        return await answer(self, request)

    async def _response_url(self, request: Request) -> Response:
        body = await request.body()
        path = request.path_params["path"]
        with self.traffic.exchange(self.clock.now().timestamp(), "in", "response_url", None) as entry:
            with self.lock:
                status, said = self.response_urls.answer(path, body)
            entry.request = body.decode("utf-8", "replace")
            entry.status, entry.response = status, said
        return PlainTextResponse("ok") if status == 200 else JSONResponse(said, status)

    async def _upload(self, request: Request) -> Response:
        file = self.files.by_ticket(request.path_params["ticket"])
        if file is None:
            return PlainTextResponse("not found", 404)
        content_type = request.headers.get("content-type", "")
        if content_type.startswith("multipart/form-data"):
            form = await request.form()
            part: Any = next((value for value in form.values() if not isinstance(value, str)), None)
            file.content = await part.read() if part is not None else b""
        else:
            file.content = await request.body()
        return PlainTextResponse(f"OK - {len(file.content or b'')}")

    async def _file(self, request: Request) -> Response:
        file = self.files.files.get(request.path_params["file"])
        if file is None or file.content is None:
            return PlainTextResponse("not found", 404)
        return Response(file.content, media_type=file.as_slack(self.base_url)["mimetype"])

    async def _link(self, connection: WebSocket) -> None:
        await self.sockets.serve(connection)


class AbortableProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol, with a way to drop the connection in the middle of a request, for faults."""

    def on_message_begin(self) -> None:
        """Give each request the means to break its own connection off."""
        super().on_message_begin()
        abort: Callable[[], None] = self.transport.abort
        scope = cast(dict[str, object], self.scope)
        scope["sandbox.abort"] = abort


__all__ = ["Clock", "Sandbox", "Workspace"]
