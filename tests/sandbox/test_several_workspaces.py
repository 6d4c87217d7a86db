"""Two workspaces in one sandbox: the same app in both, by OAuth, and nothing of one in the other."""

import urllib.parse
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.story import Story
from sandbox.workspace import Workspace
from tests.sandbox.conftest import TEAM, World
from tests.sandbox.tiny import MANIFEST, card


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Shows a redirect instead of following it."""

    def redirect_request(self, *given: object) -> None:
        """Do not follow."""


def second(world: World) -> Workspace:
    other = Workspace.from_yaml({**TEAM, "team": {"name": "Inland", "domain": "inland"}})
    world.sandbox.add_workspace(other)
    return other


def allow(world: World, team: str, **more: str) -> dict[str, str]:
    app = world.installation.app
    query = {"client_id": app.client_id, "scope": "chat:write", "state": "s1", "allow": "1", "team": team, **more}
    address = f"{world.sandbox.url}oauth/v2/authorize?{urllib.parse.urlencode(query)}"
    try:
        urllib.request.build_opener(NoRedirect()).open(address)
    except urllib.error.HTTPError as redirect:
        location = redirect.headers.get("Location") or ""
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query)) or {"error": str(redirect.code)}
    raise AssertionError("no redirect")


def test_an_app_is_installed_by_oauth_and_its_code_is_good_once(world: World) -> None:
    inland = second(world)
    back = allow(world, inland.id, redirect_uri="http://127.0.0.1:3000/done")
    assert back["state"] == "s1"
    client = WebClient(base_url=world.sandbox.api_url)
    app = world.installation.app
    given = {"client_id": app.client_id, "client_secret": app.client_secret, "code": back["code"]}
    for wrong, code in (
        ({"client_secret": "x"}, "bad_client_secret"),
        ({"code": "x"}, "invalid_code"),
        ({"redirect_uri": "http://elsewhere"}, "bad_redirect_uri"),
        ({"grant_type": "password"}, "invalid_grant_type"),
    ):
        with pytest.raises(SlackApiError, match=code):
            client.oauth_v2_access(**{**given, **wrong})
    answer = client.oauth_v2_access(**given, redirect_uri="http://127.0.0.1:3000/done")
    assert answer["team"] == {"id": inland.id, "name": "Inland"}
    assert WebClient(answer["access_token"], base_url=world.sandbox.api_url).auth_test()["team_id"] == inland.id
    with pytest.raises(SlackApiError, match="invalid_code"):
        client.oauth_v2_access(**given)


def test_an_unknown_client_or_no_scope_is_not_asked(world: World) -> None:
    for change in ({"client_id": "1.2"}, {"scope": ""}, {"redirect_uri": ""}):
        assert allow(world, world.workspace.id, **change) == {"error": "400"}


def test_nothing_of_one_workspace_is_in_the_other(world: World) -> None:
    inland = second(world)
    installation = world.sandbox.install(MANIFEST, workspace=inland)
    assert installation.app_id == world.installation.app_id
    assert installation.bot_token != world.installation.bot_token
    inland.place("#ward").members.append(installation.bot_user_id)
    theirs = WebClient(installation.bot_token, base_url=world.sandbox.api_url, retry_handlers=[])
    ward = world.channel("ward")
    posted = world.client.chat_postMessage(channel=ward, text="ours", blocks=card("ours"))
    for act in (
        lambda: theirs.chat_postMessage(channel=ward, text="x"),
        lambda: theirs.chat_update(channel=ward, ts=posted["ts"], text="x"),
        lambda: theirs.conversations_history(channel=ward),
    ):
        with pytest.raises(SlackApiError, match="channel_not_found"):
            act()
    with pytest.raises(SlackApiError, match="user_not_found"):
        theirs.users_info(user=world.user("ann"))
    trigger = world.sandbox.triggers.issue(world.workspace.id, world.user("ann"), installation.app_id)
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        theirs.views_open(
            trigger_id=trigger,
            view={"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": card("x")},
        )
    Story(world.sandbox, inland).sees_not("ann", "ours")


def test_a_command_carries_its_own_workspace(world: World) -> None:
    inland = second(world)
    installation = world.sandbox.install(MANIFEST, workspace=inland)
    assert installation.app is world.installation.app
    assert Story(world.sandbox, inland).command("ann", "/echo hello", "#ward").ok
    (body,) = [body for body in world.tiny.heard if "command" in body]
    assert body["team_id"] == inland.id
    assert body["user_id"] == inland.someone("ann").id != world.user("ann")


def test_uninstalling_and_installing_again_gives_another_token(world: World) -> None:
    world.sandbox.uninstall(world.installation)
    again = world.sandbox.install(MANIFEST)
    assert again.bot_token != world.installation.bot_token
    assert WebClient(again.bot_token, base_url=world.sandbox.api_url).auth_test()["ok"]
    with pytest.raises(SlackApiError, match="account_inactive"):
        world.client.auth_test()


def test_tokens_that_rotate_end_after_twelve_hours_and_are_refreshed_once(world: World) -> None:
    world.installation.app.manifest.token_rotation = True
    app, client = world.installation.app, WebClient(base_url=world.sandbox.api_url)
    secrets = {"client_id": app.client_id, "client_secret": app.client_secret}
    answer = client.oauth_v2_access(**secrets, code=allow(world, world.workspace.id, redirect_uri="http://x/")["code"])
    assert answer["expires_in"] == 43_200
    first = WebClient(answer["access_token"], base_url=world.sandbox.api_url)
    assert first.auth_test()["ok"]
    world.clock.forward(hours=12)
    with pytest.raises(SlackApiError, match="token_expired"):
        first.auth_test()
    refresh = {**secrets, "grant_type": "refresh_token", "refresh_token": answer["refresh_token"]}
    again = client.oauth_v2_access(**refresh)
    assert WebClient(again["access_token"], base_url=world.sandbox.api_url).auth_test()["ok"]
    with pytest.raises(SlackApiError, match="invalid_refresh_token"):
        client.oauth_v2_access(**refresh)
    world.sandbox.uninstall(world.installation)
    with pytest.raises(SlackApiError, match="account_inactive"):
        WebClient(again["access_token"], base_url=world.sandbox.api_url).auth_test()
