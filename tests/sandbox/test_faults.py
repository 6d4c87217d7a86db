"""Faults on demand: what was done is done although the app heard otherwise."""

import http.client
import urllib.error

import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.conftest import World


def said(world: World) -> int:
    return len(world.workspace.place("#ward").messages)


def post(world: World) -> None:
    world.client.chat_postMessage(channel=world.channel("ward"), text="hello")


@pytest.mark.parametrize(
    ("fault", "done"),
    [("accept_then_drop", 1), ("drop", 0), ("error_before", 0), ("error_after", 1), ("internal_error_after", 1)],
)
def test_a_post_with_an_ambiguous_end(world: World, fault: str, done: int) -> None:
    world.sandbox.faults.add(fault, method="chat.postMessage")
    with pytest.raises((SlackApiError, urllib.error.URLError, http.client.HTTPException, ConnectionError)):
        post(world)
    assert said(world) == done
    post(world)
    assert said(world) == done + 1


def test_a_limit_on_demand_names_the_seconds(world: World) -> None:
    world.sandbox.faults.add("rate_limited", method="chat.postMessage", seconds=7)
    with pytest.raises(SlackApiError) as refused:
        post(world)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"
    assert world.client.auth_test()["ok"]
    post(world)


def test_a_slow_answer(world: World) -> None:
    world.sandbox.faults.add("slow", method="auth.test", seconds=0.3)
    world.client.timeout = 0.1  # type: ignore[assignment]
    with pytest.raises(TimeoutError):
        world.client.auth_test()


def test_a_refusal_of_choice_strikes_as_often_as_asked(world: World) -> None:
    world.sandbox.faults.add("refuse", method="*", error="fatal_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            world.client.auth_test()
    assert world.client.auth_test()["ok"]


def test_a_lost_acknowledgement_is_a_timeout_for_the_person(world: World) -> None:
    world.sandbox.faults.add("lose_ack", kind="command")
    assert world.story.command("ann", "/echo hello", "#ward").error == "operation_timeout"
    assert [body["text"] for body in world.tiny.heard] == ["hello"]


def test_unknown_faults_are_refused(world: World) -> None:
    with pytest.raises(ValueError, match="no fault called earthquake"):
        world.sandbox.faults.add("earthquake")
