"""Tokens that expire are renewed while people work; what cannot be renewed stops visibly; the keys are changed."""

import threading
from datetime import timedelta

import pytest
from slack_sdk import WebClient
from sqlalchemy import text
from typer.testing import CliRunner

from bot.__main__ import app as command_line
from bot.sealing import Seal, new_key
from store import installations, outbox
from tests.stories.several import Several


@pytest.fixture
def rotating(hospital_url):
    world = Several(hospital_url, token_rotation=True)
    world.north.set_up()
    world.wait()
    yield world
    world.close()


def the_token(world, place):
    return world.baton.installed.seal.open(place.look(installations.of).tokens.token)


def stopped_because(world, place):
    with world.ledger.reading() as connection:
        return connection.execute(
            text("SELECT stopped_because FROM workspaces WHERE id = :id"), {"id": place.id}
        ).scalar()


def greet(world, place):
    """Something for the courier to send."""
    gu = place.slack.person("gu")
    place.act(None, outbox.post, "installed", person_id=gu.id)
    world.ledger.after_commit()


def test_the_courier_renews_in_time_and_people_notice_nothing(rotating):
    place = rotating.north
    first = the_token(rotating, place)
    assert first.startswith("xoxe.")
    for _ in range(3):
        rotating.forward(hours=11)
        greet(rotating, place)
        rotating.wait()
        assert rotating.pending() == 0
    assert the_token(rotating, place) != first
    rotating.forward(hours=30)  # nobody was there while it expired
    assert place.slack.command("ann", "/monkeys", channel="#ward").ok
    place.slack.sees("ann", "No monkeys", where="ephemeral")
    assert stopped_because(rotating, place) is None


def test_two_processes_renew_once(rotating):
    place = rotating.north
    rotating.forward(hours=11)
    others = [rotating.another_baton() for _ in range(3)]
    asked_before = renewals(rotating)
    found = []
    threads = [
        threading.Thread(target=lambda one=one: found.append(one.installed.client_of(place.id)))
        for one in (rotating.baton, *others)
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert renewals(rotating) == asked_before + 1
    assert len(found) == 12
    for client in found:
        assert isinstance(client, WebClient)
        assert client.auth_test()["ok"]  # who did not wait for the new one has the old, which still holds


def renewals(world):
    return len([entry for entry in world.sandbox.traffic.after(0) if entry.what == "oauth.v2.access"])


def test_a_refused_token_is_renewed_once_and_the_message_arrives(rotating):
    place = rotating.north
    rotating.forward(minutes=5)
    rotating.sandbox.grants[the_token(rotating, place)].expires = rotating.clock.now()  # sooner than Slack had said
    greet(rotating, place)
    rotating.wait()
    assert rotating.pending() == 0
    assert stopped_because(rotating, place) is None


def test_what_cannot_be_renewed_stops_the_workspace_until_it_installs_again(rotating):
    place = rotating.north
    rotating.forward(minutes=5)
    rotating.sandbox.codes.refreshable.clear()
    rotating.sandbox.grants[the_token(rotating, place)].expires = rotating.clock.now()
    greet(rotating, place)
    rotating.wait()
    assert stopped_because(rotating, place) == "token_expired"
    assert rotating.pending() == 1
    rotating.install(place)
    rotating.wait()
    assert stopped_because(rotating, place) is None
    assert rotating.pending() == 0


def test_no_token_is_ever_logged(rotating, caplog):
    caplog.set_level("DEBUG")
    rotating.forward(hours=11)
    greet(rotating, rotating.north)
    rotating.wait()
    kept = rotating.north.look(installations.of)
    seal = rotating.baton.installed.seal
    for secret in (kept.tokens.token, seal.open(kept.tokens.token), seal.open(kept.tokens.refresh)):
        assert secret not in caplog.text
    assert rotating.app.client_secret not in caplog.text
    assert rotating.app.client_secret not in repr(rotating.baton.installed.app)


def test_keys_are_rotated_and_the_old_one_can_go(rotating, hospital_url, monkeypatch, tmp_path):
    world, place = rotating, rotating.north
    old, new = world.keys[0], new_key()
    before = the_token(world, place)
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "SLACK_CLIENT_ID": world.app.client_id,
        "SLACK_CLIENT_SECRET": world.app.client_secret,
        "SLACK_SIGNING_SECRET": world.app.signing_secret,
        "SLACK_API_URL": world.sandbox.api_url,
        "DATABASE_URL": hospital_url,
        "TOKEN_KEYS": f"{new},{old}",
    }.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(command_line, ["rotate-keys"])
    assert (done.exit_code, done.output) == (0, "Sealed anew: 1.\n")
    kept = place.look(installations.of).tokens
    assert Seal([new]).open(kept.token) == before
    assert Seal([new]).open(kept.refresh).startswith("xoxe-1-")

    monkeypatch.setenv("TOKEN_KEYS", new_key())  # the wrong one
    lost = CliRunner().invoke(command_line, ["rotate-keys"])
    assert lost.exit_code == 1
    assert "opens the tokens of North" in lost.output
    assert before not in lost.output


def test_without_the_key_nothing_is_sent_and_nothing_breaks(rotating):
    world, place = rotating, rotating.north
    world.baton.installed.seal = Seal([new_key()])
    assert world.baton.installed.client_of(place.id) is None
    assert place.slack.command("ann", "/monkeys", channel="#ward").ok
    greet(world, place)
    world.forward(seconds=timedelta(seconds=1).total_seconds())
    assert stopped_because(world, place) is None
    assert world.pending() == 1
    world.baton.installed.seal = Seal(world.keys)
    world.install(place)
    world.wait()
    assert world.pending() == 0, "it waits for the token, not for an hour"


def test_a_token_that_expired_while_slack_gave_no_other_is_renewed_by_the_next_person(rotating):
    place = rotating.north
    rotating.sandbox.faults.add("error_before", method="oauth.v2.access", times=50)
    rotating.forward(hours=30)
    greet(rotating, place)
    rotating.wait()
    assert stopped_because(rotating, place) == "token_expired"
    rotating.sandbox.faults.clear()
    assert place.slack.command("ann", "/monkeys", channel="#ward").ok
    rotating.wait()
    assert stopped_because(rotating, place) is None
    assert rotating.pending() == 0
