"""The way in over HTTP: what Slack signed is answered, everything else is refused and breaks nothing."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlencode

import pytest
from sqlalchemy import event

from bot.front import LARGEST_BODY
from bot.readiness import FRESH
from sandbox.signing import signed_headers
from tests.hospital import Hospital

FORM = "application/x-www-form-urlencoded"


def call(hospital: Hospital, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
    assert hospital.baton.front is not None
    connection = http.client.HTTPConnection("127.0.0.1", hospital.baton.front.port, timeout=10)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def post(hospital: Hospital, body: bytes, kind: str = FORM, *, signed: bool = True) -> tuple[int, str]:
    headers = {"Content-Type": kind}
    if signed:
        headers |= signed_headers(hospital.trial.installation.signing_secret, body)
    return call(hospital, "POST", "/slack/events", body, **headers)


def test_a_command_that_slack_signed_is_answered(hospital):
    body = urlencode({"command": "/ask", "text": "help", "team_id": hospital.workspace_id, **who(hospital)}).encode()
    assert post(hospital, body)[0] == 200


def who(hospital: Hospital) -> dict[str, str]:
    ann = hospital.slack.person("ann")
    place = hospital.slack.workspace.place("#ward")
    return {"user_id": ann.id, "channel_id": place.id, "trigger_id": "1.2.3", "response_url": "http://127.0.0.1:9/x"}


def test_what_is_not_signed_by_slack_is_refused(hospital):
    body = urlencode({"command": "/ask", "text": "@equipment x by tomorrow", **who(hospital)}).encode()
    assert post(hospital, body, signed=False)[0] == 401
    old = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=00"}
    assert call(hospital, "POST", "/slack/events", body, **old)[0] == 401


def test_a_refused_body_is_not_in_the_log(hospital, caplog):
    caplog.set_level("DEBUG")
    post(hospital, urlencode({"command": "/ask", "text": "a private matter"}).encode(), signed=False)
    assert "private" not in caplog.text


def test_the_address_is_verified(hospital):
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    status, said = post(hospital, body, "application/json")
    assert status == 200
    assert "abc" in said


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"3", "application/json"),
        (b'"x"', "application/json"),
        (b"null", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"\xff\xfe", FORM),
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
        (b"payload=%22text%22", FORM),
        (b'payload={"team":[],"user":3}', FORM),
        (b'{"authorizations":[3]}', "application/json"),
        (b"", FORM),
        (b"command=%00", FORM),
        (b"=&=&=", FORM),
        (b'payload={"type":"block_actions"}', FORM),
        (b'payload={"type":"view_submission","view":{}}', FORM),
        (b'{"type":"event_callback","event":[]}', "application/json"),
        (b'{"type":"event_callback","event":{"type":"message"}}', "application/json"),
    ],
)
def test_a_malformed_body_is_refused_without_a_stack_trace(hospital, body, kind, signed):
    status, said = post(hospital, body, kind, signed=signed)
    assert 400 <= status < 500 or (signed and status == 200)
    assert "Traceback" not in said
    assert call(hospital, "GET", "/healthz") == (200, "alive\n")


def test_a_body_of_more_than_a_megabyte_is_refused(hospital):
    assert post(hospital, b"x" * (LARGEST_BODY + 1))[0] == 413
    assert call(hospital, "GET", "/healthz")[0] == 200


def test_a_body_that_never_ends_is_ended(hospital, monkeypatch):
    monkeypatch.setattr("bot.front.SLOWEST_BODY", 0.2)
    with closing(http.client.HTTPConnection("127.0.0.1", hospital.baton.front.port, timeout=10)) as connection:
        connection.putrequest("POST", "/slack/events")
        connection.putheader("Content-Length", "1000")
        connection.endheaders(b"payload=")
        assert connection.getresponse().status == 408


def test_other_ways_lead_nowhere(hospital):
    assert call(hospital, "GET", "/slack/events")[0] == 405
    assert call(hospital, "GET", "/")[0] == 404


def test_another_workspace_leaves_no_trace_in_a_baton_of_one(hospital):
    """As when somebody of another company presses a button in a channel that both share."""
    typed = {"command": "/ask", "text": "@equipment a gasket", "team_id": "T0OTHER", "user_id": "U0STRANGER"}
    status, said = post(hospital, urlencode(typed | {"channel_id": "C0X", "trigger_id": "1.1"}).encode())
    assert (status, "not installed in this workspace" in said) == (200, True)
    clicked = {"type": "block_actions", "team": {"id": "T0OTHER"}, "user": {"id": "U0STRANGER", "team_id": "T0OTHER"}}
    clicked |= {"actions": [{"action_id": "acknowledge.as_asked", "value": "1"}], "container": {}, "trigger_id": "1.2"}
    assert post(hospital, urlencode({"payload": json.dumps(clicked)}).encode()) == (200, "")
    with hospital.ledger.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM workspaces").scalar_one() == 1


def test_it_is_ready_while_the_ledger_answers(hospital):
    assert call(hospital, "GET", "/readyz") == (200, "ready\n")
    hospital.ledger.engine.dispose()
    hospital.ledger.engine.pool._creator = _no_database  # type: ignore[attr-defined]
    time.sleep(FRESH + 0.1)
    status, said = call(hospital, "GET", "/readyz")
    assert (status, said) == (503, "The database does not answer.\n")
    assert call(hospital, "GET", "/healthz")[0] == 200


def test_it_is_not_ready_where_it_can_read_and_not_write(hospital):
    engine = hospital.ledger.engine
    forbid = {"sqlite": "PRAGMA query_only=ON", "postgresql": "SET TRANSACTION READ ONLY"}[engine.dialect.name]
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(forbid))
    status, said = call(hospital, "GET", "/readyz")
    assert (status, said) == (503, "Nothing can be written to the database.\n")


def _no_database(*_: object) -> None:
    raise OSError("gone")


def test_two_hundred_at_once_are_all_answered(hospital):
    body = urlencode({"command": "/ask", "text": "help", "team_id": hospital.workspace_id, **who(hospital)}).encode()
    with ThreadPoolExecutor(200) as crowd:
        answers = list(crowd.map(lambda _: post(hospital, body)[0], range(200)))
    assert answers == [200] * 200
