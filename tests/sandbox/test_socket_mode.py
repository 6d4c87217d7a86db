"""The same Bolt app through Socket Mode, with the SDK's own built-in client."""

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from sandbox.server import Sandbox
from sandbox.story import Story
from tests.sandbox.tiny import MANIFEST, TinyApp


class Line:
    """Tiny behind any number of socket connections."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.installation = sandbox.install(MANIFEST)
        sandbox.workspace.place("#ward").members.append(self.installation.bot_user_id)
        self.tiny = TinyApp(sandbox, self.installation)
        self.story = Story(sandbox)
        self.handlers: list[SocketModeHandler] = []

    def connect(self) -> SocketModeHandler:
        """One more connection."""
        client = WebClient(base_url=self.sandbox.api_url)
        handler = SocketModeHandler(self.tiny.app, self.installation.app_token, web_client=client, ping_interval=1)
        handler.connect()
        self.handlers.append(handler)
        until(lambda: self.count() == len(self.handlers))
        return handler

    def count(self) -> int:
        """Connections that the sandbox knows."""
        return self.sandbox.sockets.connected(self.installation.app_id)


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.01)


@pytest.fixture
def line(sandbox: Sandbox) -> Iterator[Line]:
    line = Line(sandbox)
    line.connect()
    yield line
    for handler in line.handlers:
        handler.client.auto_reconnect_enabled = False
    # A client waits up to three seconds for a silent line to speak; hanging up first spares it that.
    sandbox.sockets.cut()
    with ThreadPoolExecutor() as pool:
        for handler in line.handlers:
            pool.submit(handler.close)


def test_commands_modals_and_events_through_a_socket(line: Line) -> None:
    story = line.story
    assert story.command("ann", "/echo hello", "#ward").ok
    story.sees("ann", "You said: hello", where="ephemeral")
    story.command("ann", "/form", "#ward")
    story.fill("ann", What="wrong")
    assert story.submit("ann") == {"What": "Not that, please"}
    story.fill("ann", What="right")
    assert story.submit("ann") is None
    story.sees("ann", "Noted: right", where="dm")
    story.open_home("ann")
    story.sees("ann", "Welcome home", where="home")
    story.assert_quiet()


def test_one_connection_of_several_gets_a_payload(line: Line) -> None:
    line.connect()
    line.connect()
    for number in range(6):
        assert line.story.command("ann", f"/echo {number}", "#ward").ok
    assert len([body for body in line.tiny.heard if "command" in body]) == 6


def test_a_cut_connection_comes_back_and_what_was_lost_is_carried_by_another(line: Line) -> None:
    line.connect()
    assert line.sandbox.sockets.cut() == 2
    until(lambda: line.count() == 2, 15)
    assert line.story.command("ann", "/echo again", "#ward").ok


def test_a_refresh_moves_the_app_to_a_new_connection(line: Line) -> None:
    before = line.handlers[0].client.session_id()
    line.sandbox.sockets.refresh(line.installation.app_id)
    until(lambda: line.handlers[0].client.session_id() != before and line.count() == 1)
    assert line.story.command("ann", "/echo still", "#ward").ok


def test_without_a_connection_a_command_cannot_be_dispatched(line: Line) -> None:
    line.handlers[0].close()
    until(lambda: line.count() == 0)
    assert line.story.command("ann", "/echo hello", "#ward").error == "dispatch_failed"


def test_an_unacknowledged_event_comes_again(line: Line) -> None:
    line.tiny.broken = 1
    line.sandbox.ack_timeout = 0.5
    line.story.say("bo", "#ward", "hello")
    line.story.wait_until_quiet()
    assert [number for number, _ in line.tiny.retries] == ["0", "1"]


def test_at_most_ten_connections(line: Line) -> None:
    client = WebClient(base_url=line.sandbox.api_url)
    with contextlib.ExitStack() as stack:
        greetings = []
        for _ in range(10):
            address = client.apps_connections_open(app_token=line.installation.app_token)["url"]
            connection = stack.enter_context(connect(address, proxy=None))
            greetings.append(json.loads(connection.recv(timeout=5)))
    assert [greeting["type"] for greeting in greetings] == ["hello"] * 9 + ["disconnect"]
    assert [greeting.get("num_connections") for greeting in greetings[:9]] == list(range(2, 11))


def test_an_address_is_good_for_one_connection(line: Line) -> None:
    client = WebClient(base_url=line.sandbox.api_url)
    address = client.apps_connections_open(app_token=line.installation.app_token)["url"]
    with connect(address, proxy=None) as first:
        assert json.loads(first.recv(timeout=5))["type"] == "hello"
        with connect(address, proxy=None) as second, pytest.raises(ConnectionClosed):
            second.recv(timeout=5)


def test_a_warning_comes_before_the_end(line: Line) -> None:
    line.handlers.pop().close()
    client = WebClient(base_url=line.sandbox.api_url)
    address = client.apps_connections_open(app_token=line.installation.app_token)["url"]
    with connect(address, proxy=None) as connection:
        connection.recv(timeout=5)
        line.sandbox.sockets.warn(line.installation.app_id, seconds=0.2)
        parting = [json.loads(connection.recv(timeout=5))["reason"] for _ in range(2)]
        assert parting == ["warning", "refresh_requested"]
        with pytest.raises(ConnectionClosed):
            connection.recv(timeout=5)


def test_a_payload_whose_socket_dies_goes_to_another(line: Line) -> None:
    line.handlers.pop().close()
    client = WebClient(base_url=line.sandbox.api_url)
    with contextlib.ExitStack() as stack:
        connections = []
        for _ in range(2):
            address = client.apps_connections_open(app_token=line.installation.app_token)["url"]
            connections.append(stack.enter_context(connect(address, proxy=None)))
            connections[-1].recv(timeout=5)
        pool = stack.enter_context(ThreadPoolExecutor(1))
        outcome = pool.submit(line.story.command, "ann", "/echo hello", "#ward")
        envelope = None
        while envelope is None:
            for connection in connections:
                with contextlib.suppress(TimeoutError):
                    envelope = json.loads(connection.recv(timeout=0.1))
                    break
        connection.close()
        (other,) = [one for one in connections if one is not connection]
        again = json.loads(other.recv(timeout=5))
        assert again["payload"] == envelope["payload"]
        other.send(json.dumps({"envelope_id": again["envelope_id"], "payload": {"text": "carried"}}))
        assert outcome.result().ok
    line.story.sees("ann", "carried", where="ephemeral")


def test_a_bot_token_opens_no_socket(line: Line) -> None:
    client = WebClient(line.installation.bot_token, base_url=line.sandbox.api_url)
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client.apps_connections_open(app_token=line.installation.bot_token)
