"""oauth.v2.access: the code that an app got after "Allow" against its bot token."""

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
        raise Refused("invalid_refresh_token")
    if grant_type != "authorization_code":
        raise Refused("invalid_grant_type")
    code = call.slack.codes.codes.get(call.arguments.text("code"))
    if code is None or code.app_id != app.id or not code.good(call.slack.clock.now()):
        raise Refused("invalid_code")
    if code.redirect_uri != (call.arguments.text("redirect_uri") or code.redirect_uri):
        raise Refused("bad_redirect_uri")
    code.used = True
    workspace = call.slack.workspaces[code.team_id]
    installation = call.slack.install(app.manifest, None, workspace)
    return {
        "app_id": app.id,
        "authed_user": {"id": code.user},
        "scope": ",".join(app.manifest.bot_scopes),
        "token_type": "bot",
        "access_token": installation.bot_token,
        "bot_user_id": installation.bot_user_id,
        "team": {"id": workspace.id, "name": workspace.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }
