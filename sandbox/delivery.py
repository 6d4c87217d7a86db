"""Carries payloads to apps, signed over HTTP or through a socket, and brings their answers back within 3 seconds."""

import http.client
import json
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from sandbox.answers import Answer
from sandbox.apps import App
from sandbox.shapes import Json, read_json
from sandbox.signing import signed_headers

if TYPE_CHECKING:
    from sandbox.slack import Slack

ENVELOPES = {
    "command": "slash_commands",
    "interactive": "interactive",
    "options": "interactive",
    "events": "events_api",
}


class Delivery:
    """The way out to apps."""

    def __init__(self, slack: "Slack") -> None:
        self._slack = slack
        self._again = ThreadPoolExecutor(4, thread_name_prefix="sandbox-twice")

    def carry(self, app: App, kind: str, payload: Json, what: str, retry: tuple[int, str] | None = None) -> Answer:
        """Deliver one payload and wait for the answer, at most ``ack_timeout`` real seconds.

        ``kind``: command, interactive, options or events. ``retry``: number and reason when it is sent once more.
        """
        if self._slack.faults.strike("deliver_twice", kind=kind):
            self._again.submit(self._once, app, kind, payload, what, retry)
        answer = self._once(app, kind, payload, what, retry)
        if self._slack.faults.strike("lose_ack", kind=kind):
            return Answer(None, "", answer.milliseconds, "operation_timeout")
        return answer

    def carry_later(self, app: App, kind: str, payload: Json, what: str) -> None:
        """Deliver in the background something whose answer nobody waits for."""
        end = self._slack.traffic.begin()

        def go() -> None:
            try:
                self.carry(app, kind, payload, what)
            finally:
                end()

        self._again.submit(go)

    def _once(self, app: App, kind: str, payload: Json, what: str, retry: tuple[int, str] | None) -> Answer:
        url = app.request_url or app.manifest.address(kind, payload.get("command"))
        by_socket = self._slack.sockets.connected(app.id) or url is None
        direction = "socket" if by_socket else "out"
        started = time.monotonic()
        with self._slack.traffic.exchange(self._slack.clock.now().timestamp(), direction, what, payload) as entry:
            if by_socket:
                answer = self._slack.sockets.carry(app.id, ENVELOPES[kind], payload, retry, started)
            else:
                answer = self._by_http(str(url), app, kind, payload, retry, started)
            entry.status = answer.status
            entry.response = answer.body if answer.ok else {"error": answer.error, "body": answer.body}
        return answer

    def _by_http(
        self, url: str, app: App, kind: str, payload: Json, retry: tuple[int, str] | None, started: float
    ) -> Answer:
        content_type, body = _encode(kind, payload)
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "application/json,*/*",
            **signed_headers(app.signing_secret, body),
        }
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        address = urlsplit(url)
        deadline = started + self._slack.ack_timeout
        port = address.port or (443 if address.scheme == "https" else 80)
        kind_of_connection = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
        connection = kind_of_connection(address.hostname or "", port, timeout=self._slack.ack_timeout)
        try:
            path = (address.path or "/") + (f"?{address.query}" if address.query else "")
            connection.request("POST", path, body, headers)
            if connection.sock is not None:
                connection.sock.settimeout(max(0.01, deadline - time.monotonic()))
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            found = {name.lower(): value for name, value in response.getheaders()}
        except TimeoutError:
            return Answer(None, "", _since(started), "operation_timeout")
        except (OSError, http.client.HTTPException) as fault:
            return Answer(None, str(fault), _since(started), "dispatch_failed")
        finally:
            connection.close()
        if time.monotonic() > deadline:
            return Answer(response.status, text, _since(started), "operation_timeout", found)
        error = None if response.status // 100 == 2 else "dispatch_failed"
        return Answer(response.status, _decode(text, found), _since(started), error, found)

    def close(self) -> None:
        """Stop sending."""
        self._again.shutdown(wait=False, cancel_futures=True)


def _encode(kind: str, payload: Json) -> tuple[str, bytes]:
    if kind == "events":
        return "application/json", json.dumps(payload, ensure_ascii=False).encode()
    fields = payload if kind == "command" else {"payload": json.dumps(payload, ensure_ascii=False)}
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _decode(text: str, headers: Mapping[str, str]) -> object:
    if text.lstrip()[:1] in ("{", "[") or "application/json" in headers.get("content-type", ""):
        try:
            decoded: object = read_json(text) if text.strip() else ""
        except ValueError:
            return text
        return decoded
    return text


def _since(started: float) -> float:
    return round((time.monotonic() - started) * 1000, 1)
