"""An Enterprise Grid organisation in the sandbox: one token, workspaces that are granted, and strict about which."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.apps import Installation
from sandbox.clock import Clock
from sandbox.identifiers import identifier
from sandbox.server import Sandbox
from sandbox.shapes import Json
from sandbox.story import Story
from sandbox.workspace import Workspace
from tests.sandbox.conftest import MONDAY
from tests.sandbox.test_several_workspaces import allow as _allow
from tests.sandbox.tiny import MANIFEST, TinyApp, over_http

GUILD = {"name": "Guild", "domain": "guild"}
EVENTS = ["team_access_granted", "team_access_revoked", "app_uninstalled", "tokens_revoked", "user_change"]


def place(name: str, *people: str) -> Workspace:
    users = [{"handle": one, "name": one.title(), "id": f"W0{one.upper()}", "admin": one == "kim"} for one in people]
    channels = [{"name": "general", "members": list(people)}]
    team = {"name": name, "domain": name.lower(), "organisation": GUILD}
    return Workspace.from_yaml({"team": team, "users": users, "channels": channels})


class Grid:
    """Bakery and Mill of the Guild. Kim is in both, Jo in the Mill only."""

    def __init__(self) -> None:
        self.bakery, self.mill = place("Bakery", "kim", "lee"), place("Mill", "kim", "jo")
        self.sandbox = Sandbox(self.bakery, Clock(MONDAY, running=False))
        self.sandbox.add_workspace(self.mill)
        self.guild = self.sandbox.organisations[identifier("E", "guild")]
        manifest = {**MANIFEST, "settings": {**MANIFEST["settings"], "org_deploy_enabled": True}}
        subscribed = manifest["settings"]["event_subscriptions"]
        manifest["settings"]["event_subscriptions"] = {"bot_events": [*subscribed["bot_events"], *EVENTS]}
        self.app = self.sandbox.create_app(manifest)
        self.sandbox.start()
        self.installation: Installation = self.sandbox.grid.install(self.app, self.guild)
        self.client = WebClient(self.installation.bot_token, base_url=self.sandbox.api_url, retry_handlers=[])

    def told(self, kind: str) -> list[Json]:
        """What apps were told by events of this kind, each once, however often it was tried."""
        Story(self.sandbox).wait_until_quiet()
        heard: list[Any] = [one.request for one in self.sandbox.traffic.after(0) if one.what == f"event {kind}"]
        return list({one["event_id"]: one for one in heard}.values())


@pytest.fixture
def grid() -> Iterator[Grid]:
    world = Grid()
    yield world
    world.sandbox.stop()


def refused(code: str) -> Any:
    return pytest.raises(SlackApiError, match=f"'error': '{code}'")


def test_an_organisations_app_is_in_no_workspace_before_it_is_granted(grid: Grid) -> None:
    who = grid.client.auth_test()
    assert (who["team_id"], who["enterprise_id"], who["is_enterprise_install"]) == (grid.guild.id, grid.guild.id, True)
    assert grid.client.auth_teams_list()["teams"] == []
    with refused("team_access_not_granted"):
        grid.client.chat_postMessage(channel="W0KIM", text="hello")
    assert Story(grid.sandbox, grid.mill).command("jo", "/echo hello", "#general").error == "unknown_command"
    grid.sandbox.grid.grant(grid.installation, grid.mill)
    assert grid.client.auth_teams_list()["teams"] == [{"id": grid.mill.id, "name": "Mill"}]
    assert grid.client.chat_postMessage(channel="W0KIM", text="hello")["ok"]
    general = grid.bakery.place("#general").id
    with refused("team_access_not_granted"):
        grid.client.conversations_info(channel=general)
    with refused("user_not_visible"):
        grid.client.users_info(user="W0LEE")


def test_methods_that_cannot_know_want_the_team(grid: Grid) -> None:
    grid.sandbox.grid.grant(grid.installation, grid.mill)
    for call in (
        grid.client.conversations_list,
        grid.client.users_list,
        grid.client.usergroups_list,
        grid.client.users_conversations,
    ):
        with refused("missing_argument"):
            call()
        assert call(team_id=grid.mill.id)["ok"]
        with refused("team_access_not_granted"):
            call(team_id=grid.bakery.id)
        with refused("team_not_found"):
            call(team_id="T0ELSEWHERE")
    with refused("enterprise_is_restricted"):
        grid.client.users_lookupByEmail(email="kim@guild.example")
    handles = {one["name"] for one in grid.client.users_list(team_id=grid.mill.id)["members"]}
    assert {"kim", "jo"} <= handles
    assert "lee" not in handles


def test_a_person_is_one_in_all_their_workspaces(grid: Grid) -> None:
    grid.sandbox.grid.grant(grid.installation, grid.bakery, grid.mill)
    kim = grid.client.users_info(user="W0KIM")["user"]
    assert kim["enterprise_user"]["teams"] == [grid.bakery.id, grid.mill.id]
    said = grid.client.chat_postMessage(channel="W0KIM", text="hello")
    for workspace in (grid.bakery, grid.mill):
        assert Story(grid.sandbox, workspace).sees("kim", "hello", where="dm")
        assert said["channel"] in workspace.conversations
    grid.sandbox.grid.remove(grid.mill.someone("kim"), grid.mill)
    (told,) = grid.told("user_change")
    assert told["event"]["user"]["deleted"] is False
    assert told["event"]["user"]["enterprise_user"]["teams"] == [grid.bakery.id]
    grid.sandbox.grid.deactivate(grid.bakery.someone("kim"), grid.guild)
    assert grid.told("user_change")[-1]["event"]["user"]["deleted"] is True


def test_payloads_tell_of_the_organisation_and_not_always_of_the_workspace(grid: Grid) -> None:
    tiny = TinyApp(grid.sandbox, grid.installation)
    with over_http(tiny.app) as url:
        grid.app.request_url = url
        grid.sandbox.grid.grant(grid.installation, grid.mill)
        slack = Story(grid.sandbox, grid.mill)
        slack.command("jo", "/form", "#general")
        slack.modal("jo").enter({"what": {"what": {"type": "plain_text_input", "value": "bread"}}})
        slack.submitted("jo")
        slack.sees("jo", "Noted: bread", where="dm")
        requests = {one.what: one.request for one in grid.sandbox.traffic.after(0) if one.direction == "out"}
    command: Any = next(body for what, body in requests.items() if what.startswith("command"))
    assert (command["team_id"], command["enterprise_id"]) == (grid.mill.id, grid.guild.id)
    assert command["is_enterprise_install"] == "true"
    form: Any = next(body for what, body in requests.items() if what.startswith("submit"))
    assert (form["team"], form["is_enterprise_install"]) == (None, True)
    assert (form["view"]["team_id"], form["view"]["app_installed_team_id"]) == (grid.mill.id, grid.guild.id)


def test_the_app_hears_what_it_was_given_and_what_was_taken(grid: Grid) -> None:
    both = [grid.bakery.id, grid.mill.id]
    grid.app.request_url = "http://127.0.0.1:9/nobody"
    grid.sandbox.grid.grant(grid.installation, grid.bakery, grid.mill)
    (granted, *_) = grid.told("team_access_granted")
    assert (granted["team_id"], granted["enterprise_id"]) == (None, grid.guild.id)
    assert granted["event"]["team_ids"] == both
    grid.sandbox.grid.withdraw(grid.installation, grid.bakery)
    assert grid.told("team_access_revoked")[0]["event"]["team_ids"] == [grid.bakery.id]
    assert grid.client.auth_teams_list()["teams"] == [{"id": grid.mill.id, "name": "Mill"}]
    grid.sandbox.grid.uninstall(grid.installation)
    with refused("account_inactive"):
        grid.client.auth_test()
    assert grid.told("app_uninstalled")[0]["team_id"] is None


def test_an_organisation_installs_by_oauth(grid: Grid) -> None:
    grid.sandbox.grid.uninstall(grid.installation)
    world: Any = type("World", (), {"sandbox": grid.sandbox, "installation": grid.installation})
    code = _allow(world, grid.guild.id, redirect_uri="http://127.0.0.1:3000/done")["code"]
    secrets = {"client_id": grid.app.client_id, "client_secret": grid.app.client_secret}
    answer = WebClient(base_url=grid.sandbox.api_url).oauth_v2_access(**secrets, code=code)
    assert (answer["team"], answer["is_enterprise_install"]) == (None, True)
    assert answer["enterprise"] == {"id": grid.guild.id, "name": "Guild"}
    assert answer["authed_user"]["id"] == "W0KIM"


def test_an_app_that_is_not_for_organisations_is_not_installed_in_one(grid: Grid) -> None:
    grid.app.manifest.org_deploy = False
    world: Any = type("World", (), {"sandbox": grid.sandbox, "installation": grid.installation})
    assert _allow(world, grid.guild.id, redirect_uri="http://127.0.0.1:3000/done") == {"error": "400"}
