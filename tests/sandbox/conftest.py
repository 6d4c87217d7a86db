"""A small workspace with Tiny in it, over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from sandbox.apps import Installation
from sandbox.clock import Clock
from sandbox.server import Sandbox
from sandbox.story import Story
from sandbox.workspace import Workspace
from tests.sandbox.tiny import MANIFEST, TinyApp, over_http

MONDAY = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
TEAM = {
    "team": {"name": "Harbour", "domain": "harbour"},
    "users": [
        {
            "handle": "ann",
            "name": "Ann Lee",
            "email": "ann@harbour.example",
            "title": "Nurse",
            "locale": "zh-CN",
            "tz": "Asia/Shanghai",
            "admin": True,
        },
        {"handle": "bo", "name": "Bo Berg", "email": "bo@harbour.example", "tz": "Europe/Berlin"},
        {"handle": "gus", "name": "Gus Guest", "guest": True},
        {"handle": "old", "name": "Old Timer", "email": "old@harbour.example", "deleted": True},
    ],
    "channels": [
        {"name": "ward", "members": ["ann", "bo", "gus"], "topic": "The ward"},
        {"name": "elsewhere", "members": ["bo"]},
        {"name": "secret", "private": True, "members": ["bo"]},
        {"name": "closed", "members": ["ann", "bo"], "archived": True},
    ],
    "usergroups": [{"handle": "finance", "name": "Finance", "users": ["bo"]}],
}


@dataclass
class World:
    """All that a test wants to touch."""

    sandbox: Sandbox
    workspace: Workspace
    clock: Clock
    installation: Installation
    client: WebClient
    tiny: TinyApp
    story: Story

    def channel(self, name: str) -> str:
        """The id of a channel."""
        return self.workspace.place(f"#{name}").id

    def user(self, handle: str) -> str:
        """The id of a person."""
        return self.workspace.someone(handle).id


@pytest.fixture
def clock() -> Clock:
    """Monday morning, standing still."""
    return Clock(MONDAY, running=False)


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    """The sandbox, serving."""
    with Sandbox(Workspace.from_yaml(TEAM), clock) as sandbox:
        yield sandbox


@contextmanager
def a_world(sandbox: Sandbox) -> Iterator[World]:
    """Tiny installed in ``sandbox`` and listening over HTTP, a member of #ward and #closed."""
    installation = sandbox.install(MANIFEST)
    workspace = sandbox.workspace
    for name in ("ward", "closed"):
        workspace.place(f"#{name}").members.append(installation.bot_user_id)
    tiny = TinyApp(sandbox, installation)
    client = WebClient(installation.bot_token, base_url=sandbox.api_url, retry_handlers=[])
    with over_http(tiny.app) as url:
        installation.request_url = url
        yield World(sandbox, workspace, sandbox.clock, installation, client, tiny, Story(sandbox))


@pytest.fixture
def world(sandbox: Sandbox) -> Iterator[World]:
    """A fresh world for each test."""
    with a_world(sandbox) as world:
        yield world


@pytest.fixture(scope="module")
def lasting() -> Iterator[World]:
    """One world for all tests of a file that do it no harm."""
    clock = Clock(MONDAY, running=False)
    with Sandbox(Workspace.from_yaml(TEAM), clock) as sandbox, a_world(sandbox) as world:
        yield world
