"""An Enterprise Grid organisation installs Baton for all its workspaces: one token, and each workspace by itself.

The sandbox has no Grid: the organisation's token is one of the north's here, and what Slack tells of an organisation
is told by the test, signed.
"""

from datetime import timedelta

import pytest

from bot.installing import Installing
from handlers.words import Words
from store import installations, people
from tests.stories.several import Several
from tests.stories.test_isolation import tell

ORGANISATION = {"id": "EGRID", "name": "Hospitals of the region"}


@pytest.fixture
def grid(hospital_url):
    """Both workspaces are of the organisation; only it has installed Baton."""
    world = Several(hospital_url)
    world.north.set_up()
    world.wait()
    token = world.north.workspace.installations[world.app.id].bot_token
    now = world.clock.now()
    world.north.act(None, installations.remove, "app_uninstalled", now + timedelta(seconds=1))
    page = Installing(world.baton.installed, ["commands"])._install(
        {
            "token_type": "bot",
            "access_token": token,
            "app_id": world.app.id,
            "bot_user_id": world.north.workspace.bot_user(world.app.id).id,
            "scope": "commands,chat:write",
            "team": None,
            "enterprise": ORGANISATION,
            "is_enterprise_install": True,
            "authed_user": {"id": "UGU"},
        },
        Words("en-US"),
    )
    assert "Baton is in Hospitals of the region now" in page.text
    world.wait()
    yield world
    world.close()


def of_the_organisation(payload, **more):
    return payload | {"enterprise_id": "EGRID", "is_enterprise_install": "true"} | more


def commanded(world, place, text="help"):
    return of_the_organisation(
        {
            "command": "/ask",
            "text": text,
            "team_id": place.id,
            "user_id": "UANN",
            "channel_id": "CWARD",
            "trigger_id": f"1.{place.id}.{text}",
            "response_url": "http://127.0.0.1:9/x",
        }
    )


def test_whoever_installed_is_told_in_their_workspace(grid):
    grid.north.slack.sees("gu", "感谢你添加 Baton", where="dm")
    kept = grid.north.look(installations.of)
    assert kept.holder_id == "EGRID"
    assert kept.for_organisation


def test_an_ask_is_filed_and_carried_with_the_organisations_token(grid):
    status, said = tell(grid, commanded(grid, grid.north, "@equipment Replace the gasket by December 11 3pm"))
    assert status == 200
    assert "#1" in said
    grid.wait()
    grid.north.slack.sees("lin", "You own #1", where="dm")
    client = grid.baton.installed.client_of(grid.north.id)
    assert client.default_params["team_id"] == grid.north.id


def test_a_workspace_that_is_met_for_the_first_time_is_one_of_the_organisation(grid):
    assert grid.south.look(installations.of) is None
    assert tell(grid, commanded(grid, grid.south))[0] == 200
    assert grid.south.look(installations.of).holder_id == "EGRID"
    stranger = commanded(grid, grid.south) | {"team_id": "TSTRANGER", "enterprise_id": "EOTHER"}
    del stranger["response_url"]
    status, said = tell(grid, stranger)
    assert status == 200
    assert "Baton is not installed in this workspace" in said


def test_its_own_installation_goes_before_the_organisations(grid):
    tell(grid, commanded(grid, grid.south))
    grid.install(grid.south)
    assert grid.south.look(installations.of).holder_id == grid.south.id
    assert grid.north.look(installations.of).holder_id == "EGRID"


def test_the_organisation_removes_it_everywhere_but_where_it_is_installed_by_itself(grid):
    tell(grid, commanded(grid, grid.south))
    event = {
        "type": "event_callback",
        "team_id": grid.north.id,
        "enterprise_id": "EGRID",
        "event_id": "Ev1",
        "event_time": int(grid.clock.now().timestamp()) + 5,
        "authorizations": [{"enterprise_id": "EGRID", "team_id": None, "is_enterprise_install": True}],
        "event": {"type": "app_uninstalled"},
    }
    grid.install(grid.south)
    late = event | {"event_time": int(grid.clock.now().timestamp()) - 60, "event_id": "Ev0"}
    assert tell(grid, late)[0] == 200
    assert grid.north.look(installations.of) is not None
    assert tell(grid, event)[0] == 200
    assert grid.north.look(installations.of) is None
    assert grid.south.look(installations.of) is not None
    with grid.ledger.reading() as connection:
        assert people.why_stopped(connection) == {grid.north.id: "app_uninstalled"}
