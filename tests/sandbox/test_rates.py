"""Rate limits: per method, per channel, per workspace; off unless asked for."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.apps import Installation
from sandbox.clock import Clock
from sandbox.server import Sandbox
from sandbox.workspace import Workspace
from tests.sandbox.conftest import TEAM, World
from tests.sandbox.tiny import MANIFEST


@pytest.fixture
def strict(clock: Clock) -> Iterator[tuple[Sandbox, WebClient, Installation]]:
    with Sandbox(Workspace.from_yaml(TEAM), clock, strict_rates=True) as sandbox:
        installation = sandbox.install(MANIFEST)
        sandbox.workspace.place("#ward").members.append(installation.bot_user_id)
        sandbox.workspace.place("#elsewhere").members.append(installation.bot_user_id)
        yield sandbox, WebClient(installation.bot_token, base_url=sandbox.api_url, retry_handlers=[]), installation


def test_a_tier_two_method_twenty_times_a_minute(strict: tuple[Sandbox, WebClient, Installation]) -> None:
    sandbox, client, _ = strict
    for _ in range(20):
        client.users_list()
    with pytest.raises(SlackApiError) as refused:
        client.users_list()
    assert refused.value.response["error"] == "ratelimited"
    wait = int(refused.value.response.headers["Retry-After"])
    assert wait == 3
    client.usergroups_list()
    sandbox.clock.forward(seconds=wait)
    client.users_list()


def test_one_message_a_second_in_a_channel_with_a_small_burst(
    strict: tuple[Sandbox, WebClient, Installation],
) -> None:
    sandbox, client, _ = strict
    ward, elsewhere = sandbox.workspace.place("#ward").id, sandbox.workspace.place("#elsewhere").id
    for _ in range(5):
        client.chat_postMessage(channel=ward, text="x")
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.chat_postMessage(channel=ward, text="x")
    client.chat_postMessage(channel=elsewhere, text="x")
    sandbox.clock.forward(seconds=1)
    client.chat_postMessage(channel=ward, text="x")
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.chat_postMessage(channel=ward, text="x")


def test_a_workspace_takes_several_hundred_posts_a_minute(strict: tuple[Sandbox, WebClient, Installation]) -> None:
    sandbox, _, installation = strict
    rates = sandbox.rates
    waits = [
        rates.retry_after(installation.app_id, installation.team_id, "chat.postMessage", None, f"C{number}")
        for number in range(601)
    ]
    assert waits[:600] == [None] * 600
    assert waits[600] == 1


def test_no_limit_by_default(world: World) -> None:
    for _ in range(30):
        world.client.users_list()
