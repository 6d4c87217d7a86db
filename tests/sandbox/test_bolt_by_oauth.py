"""A Bolt app that two workspaces install by OAuth: /slack/install, Slack's page, Allow, and back with a token each."""

import html
import logging
import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.starlette.handler import SlackRequestHandler
from slack_bolt.authorization.authorize import InstallationStoreAuthorize
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.server import Clock, Sandbox, Workspace
from sandbox.serving import Serving
from sandbox.story import Story

SCOPES = ["commands", "chat:write"]
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Shared"},
    "features": {"bot_user": {"display_name": "shared"}, "slash_commands": [{"command": "/where", "description": "x"}]},
    "oauth_config": {"scopes": {"bot": SCOPES}},
    "settings": {"interactivity": {"is_enabled": True}},
}


def town(name: str) -> Workspace:
    people = [{"handle": "kim", "name": f"Kim of {name}", "admin": True}]
    data = {"team": {"name": name, "domain": name.lower()}, "users": people}
    return Workspace.from_yaml(data | {"channels": [{"name": "general", "members": ["kim"]}]})


def bolt_app(sandbox: Sandbox, folder: Path) -> App:
    created = sandbox.create_app(MANIFEST)
    logger = logging.getLogger("shared")
    store = FileInstallationStore(base_dir=str(folder / "installations"), client_id=created.client_id)
    client = WebClient(base_url=sandbox.api_url)
    app = App(
        client=client,
        signing_secret=created.signing_secret,
        installation_store=store,
        authorize=InstallationStoreAuthorize(logger=logger, installation_store=store, client=client),
        oauth_settings=OAuthSettings(
            client_id=created.client_id,
            client_secret=created.client_secret,
            scopes=SCOPES,
            authorization_url=f"{sandbox.url}oauth/v2/authorize",
            installation_store=store,
            state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(folder / "states")),
        ),
    )

    @app.command("/where")
    def where(ack: Any, client: WebClient) -> None:
        ack(f"In {client.auth_test()['team']}")

    return app


def served(app: App) -> Serving:
    handler = SlackRequestHandler(app)

    async def handle(request: Request) -> Response:
        return await handler.handle(request)

    paths = {"/slack/events": "POST", "/slack/install": "GET", "/slack/oauth_redirect": "GET"}
    return Serving(Starlette(routes=[Route(path, handle, methods=[verb]) for path, verb in paths.items()]))


def install(home: str, team: str) -> str:
    """What the installer does: press the button, choose the workspace, allow. What the app says in the end."""
    # Bolt's cookie is for https only; browsers trust this machine without it.
    cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    page = browser.open(f"{home}/slack/install").read().decode()
    link = html.unescape(re.findall(r'href="([^"]*/authorize[^"]*)"', page)[0])
    link += "&" + urllib.parse.urlencode({"redirect_uri": f"{home}/slack/oauth_redirect"})
    assert "Allow" in browser.open(link).read().decode()
    answer = urllib.parse.urlencode({"team": team, "answer": "allow"}).encode()
    said: str = browser.open(link, answer).read().decode()
    return said


def test_two_workspaces_install_one_app(tmp_path: Path) -> None:
    with Sandbox(town("Harbour"), Clock(running=False)) as sandbox:
        inland = town("Inland")
        sandbox.add_workspace(inland)
        app = bolt_app(sandbox, tmp_path)
        serving = served(app)
        home = f"http://127.0.0.1:{serving.start()}"
        try:
            for workspace in (sandbox.workspace, inland):
                assert "Thank you" in install(home, workspace.id)
            sandbox.create_app(MANIFEST, f"{home}/slack/events")
            for workspace in (sandbox.workspace, inland):
                outcome = Story(sandbox, workspace).command("kim", "/where", "#general")
                assert outcome.body == f"In {workspace.name}"
        finally:
            serving.stop()
