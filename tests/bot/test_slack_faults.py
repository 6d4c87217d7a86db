"""What a failed call means: told from the answer of a Slack that is really there."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack_faults import FAULTS, Limited, Refused, Revoked, Unclear, meaning
from tests.hospital import Hospital


def failed(hospital: Hospital, fault: str, **how: object) -> object:
    hospital.sandbox.faults.add(fault, method="chat.postMessage", **how)
    place = hospital.slack.workspace.place("#equipment").id
    with pytest.raises(FAULTS) as raised:
        hospital.baton.client.chat_postMessage(channel=place, text="hello")
    return meaning(raised.value)


@pytest.mark.parametrize("fault", ["accept_then_drop", "drop", "error_before", "error_after", "internal_error_after"])
def test_nobody_knows_what_became_of_it(hospital, fault):
    assert isinstance(failed(hospital, fault), Unclear)


def test_a_slow_answer_is_unclear_too(hospital):
    hospital.baton.client.timeout = 0.2
    assert isinstance(failed(hospital, "slow", seconds=1), Unclear)


def test_a_429_says_how_long(hospital):
    assert failed(hospital, "rate_limited", seconds=17) == Limited(17.0)


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
def test_a_token_that_is_worth_nothing(hospital, code):
    assert failed(hospital, "refuse", error=code) == Revoked(code)


@pytest.mark.parametrize(
    ("code", "people_can_mend_it"),
    [
        ("channel_not_found", True),
        ("not_in_channel", True),
        ("is_archived", True),
        ("user_not_found", False),
        ("cannot_dm_bot", False),
        ("msg_too_long", False),
        ("invalid_blocks", False),
    ],
)
def test_what_will_never_be_taken(hospital, code, people_can_mend_it):
    assert failed(hospital, "refuse", error=code) == Refused(code, people_can_mend_it)


def test_an_answer_that_cannot_be_read_is_unclear():
    answer = {"ok": False, "error": "Received a response in a non-JSON format: <html>…"}
    assert meaning(SlackApiError("", answer)) == Unclear("unreadable_answer")  # type: ignore[arg-type]
