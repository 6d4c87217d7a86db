"""Where Slack calls us over HTTP: POST /slack/events, on one port with /healthz (alive), /readyz (can work), /metrics.

Where several workspaces may install Baton, its two pages are here too: /slack/install and where Slack sends back to.

starlette under uvicorn; Bolt is synchronous and runs in a thread.
"""

import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

import anyio
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.installing import INSTALL, REDIRECT, Installing, Page

PATH = "/slack/events"
LONGEST_TIME = 20  # digits of the second at which a request was signed
LARGEST_BODY = 1024 * 1024  # bytes; Slack's own payloads stay below 300 kB
SLOWEST_BODY = 5.0  # seconds for it to arrive; Slack waits for an answer for 3
AT_ONCE = 64  # requests that are worked on side by side
STOPPING = 6  # seconds that requests have to finish at the end

log = logging.getLogger("baton.front")


def build_front(
    app: App | None,
    readiness: Callable[[], str | None],
    figures: Callable[[], bytes] | None = None,
    installing: Installing | None = None,
) -> Starlette:
    """The web application. `readiness` says in a sentence why Baton cannot work now, or None if it can.

    Without `app` nothing is taken from Slack: for a process that only keeps time. `figures` in Prometheus's format;
    without them there is no /metrics.
    """
    limiter: list[anyio.CapacityLimiter] = []

    async def in_thread(work: Callable[..., Any], *args: object) -> Any:
        if not limiter:
            limiter.append(anyio.CapacityLimiter(AT_ONCE))
        return await anyio.to_thread.run_sync(work, *args, limiter=limiter[0])

    async def slack_events(request: Request) -> Response:
        body = await _body(request)
        if isinstance(body, Response):
            return body
        assert app is not None
        answer = await in_thread(_dispatch, app, body, request.url.query, dict(request.headers))
        return _response(answer)

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def readyz(_: Request) -> Response:
        reason = await anyio.to_thread.run_sync(readiness)  # beside the others, all of whom may be waiting
        return PlainTextResponse(f"{reason or 'ready'}\n", 503 if reason else 200)

    async def metrics(_: Request) -> Response:
        assert figures is not None
        return Response(await in_thread(figures), media_type=CONTENT_TYPE_LATEST)

    async def install(request: Request) -> Response:
        assert installing is not None
        return _shown(await in_thread(installing.begin, dict(request.headers)))

    async def installed(request: Request) -> Response:
        assert installing is not None
        return _shown(await in_thread(installing.finish, dict(request.query_params), dict(request.headers)))

    from_slack = [Route(PATH, slack_events, methods=["POST"])] if app is not None else []
    if app is not None and installing is not None:
        from_slack += [Route(INSTALL, install, methods=["GET"]), Route(REDIRECT, installed, methods=["GET"])]
    counted = [Route("/metrics", metrics)] if figures is not None else []
    return Starlette(routes=[*from_slack, Route("/healthz", healthz), Route("/readyz", readyz), *counted])


async def _body(request: Request) -> str | Response:
    """The body as text, or the answer to a request that has none that can be read."""
    content = bytearray()
    try:
        with anyio.fail_after(SLOWEST_BODY):
            async for chunk in request.stream():
                content += chunk
                if len(content) > LARGEST_BODY:
                    return PlainTextResponse("the body is larger than 1 MB\n", 413)
        return content.decode("utf-8")
    except TimeoutError:
        return PlainTextResponse("the body took too long\n", 408, {"connection": "close"})
    except ClientDisconnect:
        return PlainTextResponse("", 400)
    except UnicodeDecodeError:
        return PlainTextResponse("the body is not UTF-8\n", 400)


def _dispatch(app: App, body: str, query: str, headers: dict[str, str]) -> BoltResponse:
    try:
        request = BoltRequest(body=body, query=query, headers={**headers})
        if not isinstance(request.body, dict) or not isinstance(request.body.get("event", {}), dict):
            raise ValueError("not an object")
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        # Bolt reads the body before it checks who sent it: what it cannot read was not sent by Slack.
        return BoltResponse(status=400, body="the body cannot be read\n")
    signed_at, signature = (headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature"))
    if len(signed_at) > LONGEST_TIME or not (signed_at or "0").isdecimal() or not signature.isascii():
        return BoltResponse(status=401, body="the signature cannot be read\n")
    try:
        return app.dispatch(request)
    except (AttributeError, LookupError, TypeError, ValueError) as fault:  # Bolt stumbled while it told us of a fault
        log.warning("request_unreadable", extra={"what": type(fault).__name__})
        return BoltResponse(status=400, body="", headers={"x-slack-no-retry": "1"})


def _shown(page: Page) -> Response:
    return Response(page.text, page.status, dict(page.headers))


def _response(answer: BoltResponse) -> Response:
    response = Response(answer.body, answer.status)
    for name, values in answer.headers.items():
        for value in values:
            if name.lower() != "content-length":
                response.headers.append(name, value)
    return response


class Front:
    """A web application on a port, served from a background thread."""

    def __init__(self, web: Starlette, host: str, port: int) -> None:
        """Takes the port at once (0: any free one). OSError if somebody else has it."""
        # Named as TCP, since asyncio switches Nagle off only then; otherwise each answer waits 40 ms for an ACK.
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((host, port))
        self._listener.listen(2048)
        self.port: int = self._listener.getsockname()[1]
        config = uvicorn.Config(
            web,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,  # it speaks through our log, from WARNING on
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOPPING,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, name="front", daemon=True
        )

    @property
    def url(self) -> str:
        """Where Slack is to send to, seen from this machine."""
        return f"http://127.0.0.1:{self.port}{PATH}"

    def start(self) -> None:
        """Answer from now on. What came since the port was taken is answered first."""
        self._thread.start()

    def stop(self) -> None:
        """Take no new requests and finish the ones that are being worked on."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(STOPPING + 1)
        self._listener.close()
