"""Two workspaces on one Baton with the same people, channels, numbers and buttons: nothing of one is in the other.

What Slack tells of the north is told again as if it came from the south, word for word: every button, form, private
metadata and row id of the north. The north stays as it is to the last row, and the south reads no word of it.
"""

import http.client
import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from sandbox.signing import signed_headers
from store.tables import METADATA
from tests.stories.journey import Payload, encoded, heard_of, live
from tests.stories.several import Place, Several

SECRET = "NORTHERNSECRET"


@pytest.fixture
def both(hospital_url: str) -> Iterator[Several]:
    world = Several(hospital_url)
    world.north.set_up()
    world.south.set_up()
    world.wait()
    yield world
    world.close()


def tell(world: Several, payload: Payload) -> tuple[int, str]:
    """Tell Baton, signed as Slack signs."""
    kind, body = encoded(payload)
    front = world.baton.front
    assert front is not None
    connection = http.client.HTTPConnection("127.0.0.1", front.port, timeout=20)
    headers = {"Content-Type": kind, **signed_headers(world.app.signing_secret, body)}
    try:
        connection.request("POST", "/slack/events", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def as_if_from(place: Place, payload: Payload, other: Place) -> Payload:
    """The same payload, told of another workspace; what somebody wrote in it is left out."""
    told = json.dumps(payload).replace(place.id, other.id).replace(SECRET, "x").replace(place.workspace.domain, "else")
    return json.loads(told)  # type: ignore[no-any-return]


def rows_of(place: Place) -> dict[str, list[str]]:
    """All that the ledger holds of a workspace, and nothing of when its people were last seen."""
    held: dict[str, list[str]] = {}
    with place.world.ledger.reading() as connection:
        for table in METADATA.sorted_tables:
            if "workspace_id" not in table.c or table.name == "people":
                continue
            found = connection.execute(
                text(f"SELECT * FROM {table.name} WHERE workspace_id = :workspace"), {"workspace": place.id}
            )
            held[table.name] = sorted(map(str, found))
    return held


def test_what_comes_from_one_does_nothing_in_the_other(both: Several) -> None:
    north, south = both.north, both.south
    live(south.slack)
    heard_before = len(heard_of(both.sandbox, south.id))
    live(north.slack, SECRET)
    both.wait()
    payloads = heard_of(both.sandbox, north.id)
    assert len(payloads) > 50
    before, said_before = rows_of(north), everything_said(north)
    for payload in payloads:
        status, body = tell(both, as_if_from(north, payload, south))
        assert status < 500
        assert SECRET not in body
    both.wait()
    assert rows_of(north) == before
    assert everything_said(north) == said_before
    assert SECRET not in "".join(everything_said(south))
    answers = [entry for entry in both.sandbox.traffic.after(0) if south.id in json.dumps(entry.request, default=str)]
    assert heard_before
    assert [one.what for one in answers if SECRET in json.dumps(one.response, default=str)] == []


def everything_said(place: Place) -> list[str]:
    """All messages, views and Home tabs of a workspace as they are."""
    messages = [
        f"{message.ts} {message.text} {message.blocks}"
        for conversation in place.workspace.conversations.values()
        for message in conversation.messages.values()
    ]
    return sorted(messages)
