"""OAuth's page: somebody is asked whether an app may be installed, allows it, and is sent back with a code."""

import html
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.identifiers import secret
from sandbox.oauth import Code
from sandbox.slack import Slack
from sandbox.workspace import Workspace

PAGE = """<!doctype html><meta charset="utf-8"><title>Install {name}</title>
<style>body{{font:16px/1.5 system-ui;max-width:34rem;margin:4rem auto}}
button{{font:inherit;padding:.5rem 1rem}}</style>
<h1>{name} asks to be installed</h1><p>It would be able to: {scopes}.</p>
<form method="post"><label>Workspace <select name="team">{teams}</select></label>
<p><button name="answer" value="allow">Allow</button> <button name="answer" value="cancel">Cancel</button></p></form>"""


def routes(slack: Slack) -> list[Route]:
    """The one page, to be shown and to be answered. ``?allow=1`` answers at once, for tests."""

    async def authorize(request: Request) -> Response:
        given = request.query_params
        app = next((app for app in slack.apps.values() if app.client_id == given.get("client_id")), None)
        if app is None:
            return HTMLResponse("<h1>invalid_client_id</h1>", 400)
        redirect = given.get("redirect_uri") or (app.manifest.redirect_urls or ("",))[0]
        if app.manifest.redirect_urls and not redirect.startswith(app.manifest.redirect_urls):
            return HTMLResponse("<h1>bad_redirect_uri</h1>", 400)
        if not redirect:
            return HTMLResponse("<h1>bad_redirect_uri</h1>", 400)
        scopes = tuple(scope for scope in (given.get("scope") or "").split(",") if scope)
        if not scopes:
            return HTMLResponse("<h1>no_scopes</h1>", 400)
        form = dict(await request.form()) if request.method == "POST" else {}
        joint = "&" if "?" in redirect else "?"
        state = {"state": given.get("state", "")}
        if form.get("answer") == "cancel":
            return RedirectResponse(redirect + joint + urlencode({"error": "access_denied", **state}), 302)
        if form.get("answer") != "allow" and given.get("allow") != "1":
            return HTMLResponse(_page(slack, app.manifest.name, scopes))
        team = str(form.get("team") or given.get("team") or slack.workspace.id)
        whole = slack.organisations.get(team)
        if whole is not None and not app.manifest.org_deploy:
            return HTMLResponse("<h1>org_deploy_not_enabled</h1>", 400)
        if whole is None and team not in slack.workspaces:
            return HTMLResponse("<h1>invalid_team_for_non_distributed_app</h1>", 400)
        if whole is None and (slack.workspaces[team].organisation is not None):
            present = slack.workspaces[team].installations.get(app.id)
            if present is not None and present.organisation_id and not present.removed:
                return HTMLResponse("<h1>cannot_install_an_org_installed_app</h1>", 400)
        user = _who_allows(list(whole.workspaces.values()) if whole is not None else [slack.workspaces[team]])
        text = f"{slack.sequence.next()}.{secret('code', team, str(slack.sequence.next()))}"
        slack.codes.codes[text] = Code(text, app.id, team, user, given.get("redirect_uri"), scopes, slack.clock.now())
        return RedirectResponse(redirect + joint + urlencode({"code": text, **state}), 302)

    return [Route("/oauth/v2/authorize", authorize, methods=["GET", "POST"])]


def _who_allows(places: list[Workspace]) -> str:
    people = [person for place in places for person in place.people.values() if not (person.bot or person.deleted)]
    return next((person.id for person in people if person.admin), people[0].id)


def _page(slack: Slack, name: str, scopes: tuple[str, ...]) -> str:
    named = {one.id: f"{one.name} (the whole organisation)" for one in slack.organisations.values()}
    named |= {one.id: one.name for one in slack.workspaces.values()}
    teams = "".join(f'<option value="{html.escape(id)}">{html.escape(name)}</option>' for id, name in named.items())
    return PAGE.format(name=html.escape(name), scopes=html.escape(", ".join(scopes)), teams=teams)
