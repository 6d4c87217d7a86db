"""oauth.v2.access: the code that an app got after "Allow" against its bot token, an old token against a new one."""

from sandbox.apps import App, Grant
from sandbox.oauth import TOKEN_LIFETIME
from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method


@method("oauth.v2.access", tokens=("none",))
def oauth_v2_access(call: Call) -> Json:
    """Exchange a code, once, by the app that it was given to."""
    client_id, client_secret = call.basic or (
        call.arguments.text("client_id"),
        call.arguments.text("client_secret"),
    )
    app = next((app for app in call.slack.apps.values() if app.client_id == client_id), None)
    if app is None:
        raise Refused("invalid_client_id")
    if app.client_secret != client_secret:
        raise Refused("bad_client_secret")
    grant_type = call.arguments.text("grant_type") or "authorization_code"
    if grant_type == "refresh_token":
        return _refreshed(call, app)
    if grant_type != "authorization_code":
        raise Refused("invalid_grant_type")
    return _exchanged(call, app)


def _exchanged(call: Call, app: App) -> Json:
    code = call.slack.codes.codes.get(call.arguments.text("code"))
    if code is None or code.app_id != app.id or not code.good(call.slack.clock.now()):
        raise Refused("invalid_code")
    if code.redirect_uri != (call.arguments.text("redirect_uri") or code.redirect_uri):
        raise Refused("bad_redirect_uri")
    code.used = True
    organisation = call.slack.organisations.get(code.team_id)
    if organisation is not None:
        installation = call.slack.grid.install(app, organisation)
    else:
        installation = call.slack.install(app.manifest, None, call.slack.workspaces[code.team_id])
    answer = _described(call, call.slack.grants[installation.bot_token])
    return answer | {"authed_user": {"id": code.user}}


def _refreshed(call: Call, app: App) -> Json:
    # A refresh token is good once; the access token before it lives on until its own end.
    grant = call.slack.codes.refreshable.get(call.arguments.text("refresh_token"))
    if grant is None or grant.app is not app or grant.revoked:
        raise Refused("invalid_refresh_token")
    del call.slack.codes.refreshable[call.arguments.text("refresh_token")]
    return _described(call, grant)


def _described(call: Call, grant: Grant) -> Json:
    of = call.slack.organisations.get(grant.organisation_id)
    workspace = call.slack.workspaces.get(grant.team_id)
    around = of or (workspace.organisation if workspace else None)
    answer: Json = {
        "app_id": grant.app.id,
        "scope": ",".join(grant.scopes),
        "token_type": "bot",
        "access_token": grant.token,
        "bot_user_id": grant.bot_user_id,
        "team": {"id": workspace.id, "name": workspace.name} if workspace else None,
        "enterprise": around.enterprise() if around else None,
        "is_enterprise_install": of is not None,
    }
    if grant.app.manifest.token_rotation:
        slack = call.slack
        fresh, refresh_token = slack.codes.rotate(slack.grants, grant, slack.sequence.next(), slack.clock.now())
        seconds = int(TOKEN_LIFETIME.total_seconds())
        answer |= {"access_token": fresh.token, "refresh_token": refresh_token, "expires_in": seconds}
    return answer
