"""The page's own door to the sandbox: what one person may see, live, and what they do there."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.door import ACTS, LOOKS, Door
from sandbox.outcomes import NotThere
from sandbox.shapes import Json, read_json
from sandbox.slack import Slack

KEEP_ALIVE_SECONDS = 15
HANDS = 256
Handler = Callable[[Request], Awaitable[Response]]


def page_routes(slack: Slack, directory: Path) -> list[Route | Mount]:
    """All addresses of the page."""
    hands = ThreadPoolExecutor(HANDS, thread_name_prefix="sandbox-hands")
    slack.on_close.append(lambda: hands.shutdown(wait=False, cancel_futures=True))

    def reading(look: Callable[[Door], Json]) -> Handler:
        async def handle(request: Request) -> Response:
            try:
                with slack.lock:
                    return JSONResponse(look(Door(slack, dict(request.query_params))))
            except (NotThere, KeyError) as fault:
                return JSONResponse({"ok": False, "error": str(fault)}, 404)

        return handle

    def acting(act: Callable[[Door], Json]) -> Handler:
        async def handle(request: Request) -> Response:
            body = await request.body()
            try:
                given: Any = read_json(body) if body else {}
                if not isinstance(given, dict):
                    raise ValueError("not a JSON object")
                answer = await asyncio.get_running_loop().run_in_executor(hands, lambda: act(Door(slack, given)))
            except (NotThere, KeyError, ValueError) as fault:
                answer = {"ok": False, "error": str(fault).strip("'")}
            return JSONResponse(answer)

        return handle

    async def index(request: Request) -> Response:
        return FileResponse(directory / "index.html", headers=NO_CACHE)

    async def stream(request: Request) -> Response:
        door = Door(slack, dict(request.query_params))
        return StreamingResponse(_watch(slack, door), media_type="text/event-stream", headers=NO_CACHE)

    routes: list[Route | Mount] = [Route("/", index), Route("/sandbox/stream", stream)]
    routes += [Route(f"/sandbox/{name}", reading(look)) for name, look in LOOKS.items()]
    routes += [Route(f"/sandbox/{name}", acting(act), methods=["POST"]) for name, act in ACTS.items()]
    routes.append(Mount("/page", FreshFiles(directory=directory, check_dir=False)))
    return routes


NO_CACHE = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class FreshFiles(StaticFiles):
    """Files of the page, asked for anew every time, so that nobody looks at yesterday's modules."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        """As Starlette answers, but not to be kept without asking."""
        response = super().file_response(*given, **named)
        response.headers["Cache-Control"] = "no-cache"
        return response


async def _watch(slack: Slack, door: Door) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Json] = asyncio.Queue()

    def pass_on(change: Json) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, change)

    watcher = slack.stream.watch(door.workspace.id, door.me.id, pass_on)
    try:
        yield "retry: 1000\n\n"
        while True:
            try:
                change = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                if change["type"] == "end":
                    return
                yield f"data: {json.dumps(change, ensure_ascii=False)}\n\n"
            except TimeoutError:
                yield ": still here\n\n"
    finally:
        slack.stream.unwatch(watcher)
