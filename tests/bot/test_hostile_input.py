"""What Slack never sends, signed all the same: every kind of payload with pieces gone, of another type, or nonsense.

It is refused or harmless; nobody is shown a stack trace, nothing is a 500 that Slack would repeat for nothing, and the
ledger keeps its rules. And what Slack did send is worth nothing a second time, or later, or with another signature.
"""

import hashlib
import hmac
import http.client
import json
import logging
import time
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.signing import signed_headers
from store import audit
from tests.hospital import Hospital
from tests.stories.journey import Payload, encoded, heard_of, live

NONSENSE: tuple[Any, ...] = (
    *(None, "", [], {}, 0, -1, True, 1.5, 10**30, -(10**30), "9" * 40, "9" * 5000, "-1", "٣"),
    *(["x"], [[]], [None], {"a": {"b": [1, {"c": None}]}}, {"id": {"id": []}}, {"value": 7}),
    *(
        "'; DROP TABLE asks; --",
        "1 OR 1=1",
        "<!channel> *x* <https://evil.example|click> &lt;",
        "\x00",
        "\ud800",
        "🦴" * 900,
    ),
    *('{"number": 1e999}', '{"number": null}', '{"number": 99999999999999999999}', "{}", "[]", "{", '{"from": 3}'),
    *(
        "take:1:home:0.0.0",
        "::::",
        "x:1",
        "1:x:y",
        "nudges:99999999999999999999",
        "deliver:1:nudges:x",
        "person:9:U:x:y",
    ),
)
GONE = object()


def places(payload: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything in a payload."""
    found = [here] if here else []
    if isinstance(payload, dict):
        for key, value in payload.items():
            found += places(value, (*here, key))
    elif isinstance(payload, list):
        for place, value in enumerate(payload):
            found += places(value, (*here, place))
    return found


def spoilt(payload: Payload, where: tuple[Any, ...], what: Any) -> Payload:
    """The payload with one thing in it replaced, or gone."""
    told = deepcopy(payload)
    holder: Any = told
    for step in where[:-1]:
        holder = holder[step]
    if what is GONE:
        del holder[where[-1]]
    else:
        holder[where[-1]] = what
    return told


def post(hospital: Hospital, payload: Payload, headers: dict[str, str] | None = None) -> tuple[int, str]:
    kind, body = encoded(payload)
    given = headers or signed_headers(hospital.trial.installation.signing_secret, body)
    assert hospital.baton.front is not None
    connection = http.client.HTTPConnection("127.0.0.1", hospital.baton.front.port, timeout=20)
    try:
        connection.request("POST", "/slack/events", body, {"Content-Type": kind, **given})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def is_well(hospital: Hospital) -> None:
    """The ledger keeps its rules, and Baton still works."""
    with hospital.ledger.reading() as connection:
        assert audit.findings(connection) == []
    assert hospital.slack.ask("ann", "@equipment Something else by December 11 3pm", channel="#ward").ok
    assert hospital.slack.sees("ann", "Something else", where="ephemeral")


def test_nothing_that_is_spoilt_does_harm(hospital: Hospital) -> None:
    live(hospital.slack)
    payloads = heard_of(hospital.sandbox, hospital.workspace_id)
    values = [action["value"] for one in payloads for action in one.get("actions", ()) if action.get("value")]
    failed: list[tuple[object, ...]] = []

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.data())
    def spoil(data: st.DataObject) -> None:
        payload = data.draw(st.sampled_from(payloads))
        for _ in range(data.draw(st.integers(1, 2))):
            where = data.draw(st.sampled_from(places(payload)))
            payload = spoilt(payload, where, data.draw(st.sampled_from([GONE, *NONSENSE, *values])))
        status, body = post(hospital, payload)
        if status >= 500 or "Traceback" in body:
            failed.append((status, where, ascii(payload.get("type")), ascii(payload.get("command"))))

    logging.disable(logging.CRITICAL)  # a report of the test could not carry half a character that the log tells
    try:
        spoil()
    finally:
        logging.disable(logging.NOTSET)
    assert failed == []
    is_well(hospital)


def test_what_is_sent_a_second_time_does_nothing(hospital: Hospital) -> None:
    live(hospital.slack)
    payloads = heard_of(hospital.sandbox, hospital.workspace_id)
    assert hospital.baton.courier.drain(10)
    before = counted(hospital)
    for payload in payloads:
        assert post(hospital, payload)[0] < 500
    assert hospital.baton.courier.drain(10)
    assert counted(hospital) == before


def counted(hospital: Hospital) -> dict[str, int]:
    """How many rows there are of what people do and what they are told."""
    with hospital.ledger.reading() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in ("asks", "events", "custody", "batons", "changes", "questions", "objections", "outbox", "posts")
        }


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
def test_a_signature_is_good_for_five_minutes(hospital: Hospital, seconds: int) -> None:
    payload = {"command": "/ask", "text": "help", "team_id": hospital.workspace_id, "user_id": "U1"}
    secret = hospital.trial.installation.signing_secret
    assert post(hospital, payload, signed(payload, secret, time.time()))[0] == 200
    assert post(hospital, payload, signed(payload, secret, time.time() + seconds))[0] == 401


def test_a_signature_is_of_this_body_and_this_secret(hospital: Hospital) -> None:
    payload = {"command": "/ask", "text": "help", "team_id": hospital.workspace_id, "user_id": "U1"}
    secret = hospital.trial.installation.signing_secret
    good = signed(payload, secret, time.time())
    assert post(hospital, payload | {"text": "@equipment x"}, good)[0] == 401
    assert post(hospital, payload, signed(payload, secret[::-1], time.time()))[0] == 401
    assert post(hospital, payload, good | {"X-Slack-Signature": "v0="})[0] == 401
    assert post(hospital, payload, good | {"X-Slack-Signature": good["X-Slack-Signature"].upper()})[0] == 401
    assert post(hospital, payload, good | {"X-Slack-Request-Timestamp": "now"})[0] in (400, 401)
    assert post(hospital, payload, {"X-Slack-Signature": good["X-Slack-Signature"]})[0] == 401
    assert post(hospital, payload, good | {"X-Slack-Request-Timestamp": "1" + 400 * "0"})[0] == 401
    assert post(hospital, payload, good | {"X-Slack-Signature": "v0=\xe9"})[0] == 401
    assert "baton_answers_failed_total{" not in hospital.baton.metrics.text().decode()


def signed(payload: Payload, secret: str, at: float) -> dict[str, str]:
    body = encoded(payload)[1]
    timestamp = str(int(at))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


HOSTILE = (
    "'; DROP TABLE asks; --",
    'x" OR "1"="1',
    "<!channel> <!here> <!everyone> <@UTAO> <!subteam^S1|@all>",
    "*bold* _it_ ~no~ `code` ```pre``` > quote",
    "<https://evil.example|https://hospital.example>",
    "\u202egnp.exe {0} {number} %s %(x)s ${x}",
    "{{7*7}} {words.__class__}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_is_shown_as_they_typed_it(hospital: Hospital, text: str) -> None:
    slack = hospital.slack
    slack.command("ann", "/ask", channel="#ward")
    slack.fill("ann", {"Department": "Equipment"})
    slack.fill("ann", {"What do you need?": text, "What does done look like?": text})
    assert slack.submit("ann") is None
    slack.sees("lin", "You own #1", where="dm")
    slack.click("lin", "Acknowledge with changes", on="You own #1", where="dm")
    slack.fill("lin", {"I will deliver this": text})
    assert slack.submit("lin") is None
    slack.wait_until_quiet()
    assert hospital.baton.courier.drain(10)
    for place in hospital.sandbox.workspace.conversations.values():
        for message in place.messages.values():
            shown = json.dumps(message.blocks) + message.text
            assert "<!channel" not in shown
            assert "<!here" not in shown
            assert "<@UTAO>" not in shown
            assert "<https://evil" not in shown
            assert "49" not in shown.split() or "{{7*7}}" not in text
    is_well(hospital)
