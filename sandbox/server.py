"""The sandbox on a port: Web API, response_url, uploads, Socket Mode, OAuth, and the page, all on one address.

with Sandbox(Workspace.from_yaml("hospital.yml"), Clock()) as sandbox:
    installation = sandbox.install(manifest, "http://127.0.0.1:3000/slack/events")
    app = App(client=WebClient(installation.bot_token, base_url=sandbox.api_url), …)
"""

from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from sandbox import authorizing
from sandbox.clock import Clock
from sandbox.pageapi import page_routes
from sandbox.serving import Serving
from sandbox.slack import Slack
from sandbox.webapi.dispatch import answer
from sandbox.workspace import Workspace


class Sandbox(Slack):
    """A local Slack that listens on 127.0.0.1."""

    _serving: Serving | None = None

    def start(self, port: int = 0, host: str = "127.0.0.1") -> "Sandbox":
        """Serve on ``port`` (0: any free one) from a background thread. OSError if the port is taken."""
        self._serving = Serving(self.web())
        self.base_url = f"http://{host}:{self._serving.start(port, host)}"
        return self

    def stop(self) -> None:
        """Close the port and all background work. A stopped sandbox is not started again."""
        self.sockets.cut()
        self.stream.tell(None, {"type": "end"})
        self.close()
        if self._serving is not None:
            self._serving.stop()
            self._serving = None

    def __enter__(self) -> "Sandbox":
        return self if self._serving else self.start()

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


__all__ = ["Clock", "Sandbox", "Workspace"]
