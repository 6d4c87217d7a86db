"""api.test, auth.test, auth.revoke, auth.teams.list, team.info, bots.info: who am I, and where."""

from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method


@method("api.test", tokens=("none",), takes_json=True)
def api_test(call: Call) -> Json:
    """Echo the arguments; ``error`` asks for a refusal."""
    arguments = {name: value for name, value in call.arguments.given.items() if name != "token"}
    if call.arguments.has("error"):
        raise Refused(call.arguments.text("error"), args=arguments)
    return {"args": arguments}


@method("auth.test", tokens=("bot", "app"), takes_json=True)
def auth_test(call: Call) -> Json:
    """Whose token this is."""
    if call.caller.kind == "app":
        return {"app_id": call.app.id, "app_name": call.app.manifest.name}
    if call.caller.organisation_id:
        of = call.slack.organisations[call.caller.organisation_id]
        return {
            "url": f"https://{of.domain}.enterprise.slack.com/",
            "team": of.name,
            "user": call.app.manifest.bot_name.lower(),
            "team_id": of.id,
            "user_id": call.caller.bot_user_id,
            "bot_id": call.caller.bot_id,
            "enterprise_id": of.id,
            "is_enterprise_install": True,
        }
    return {
        "url": f"https://{call.workspace.domain}.slack.com/",
        "team": call.workspace.name,
        "user": call.bot.handle,
        "team_id": call.workspace.id,
        "user_id": call.bot.id,
        "bot_id": call.caller.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke", tier=3)
def auth_revoke(call: Call) -> Json:
    """Make this token worthless; ``test`` only says so."""
    if call.arguments.flag("test"):
        return {"revoked": False}
    call.slack.revoke(call.caller.token)
    return {"revoked": True}


@method("auth.teams.list", tier=2)
def auth_teams_list(call: Call) -> Json:
    """The workspaces that this token is good for."""
    of = call.slack.organisations.get(call.caller.organisation_id)
    places = of.granted(call.app.id) if of is not None else [call.workspace]
    page, metadata = call.page(places)
    return {"teams": [{"id": one.id, "name": one.name} for one in page], "response_metadata": metadata}


@method("team.info", "team:read", tier=3, takes_json=True)
def team_info(call: Call) -> Json:
    """The workspace itself."""
    if call.arguments.has("team") and call.arguments.text("team") != call.workspace.id:
        raise Refused("team_not_found")
    return {
        "team": {
            "id": call.workspace.id,
            "name": call.workspace.name,
            "url": f"https://{call.workspace.domain}.slack.com/",
            "domain": call.workspace.domain,
            "email_domain": "",
            "icon": {"image_default": True},
            "avatar_base_url": "",
            "is_verified": False,
        }
    }


@method("bots.info", "users:read", tier=3)
def bots_info(call: Call) -> Json:
    """An app's bot by its B… id."""
    wanted = call.arguments.text("bot") or call.caller.bot_id
    for person in call.workspace.people.values():
        if person.bot_id == wanted:
            bot = {
                "id": person.bot_id,
                "deleted": person.deleted,
                "name": person.name,
                "updated": 1_600_000_000,
                "app_id": person.app_id,
                "user_id": person.id,
                "icons": {"image_36": "", "image_48": "", "image_72": ""},
            }
            return {"bot": bot}
    raise Refused("bot_not_found")


@method("emoji.list", "emoji:read", tier=2)
def emoji_list(call: Call) -> Json:
    """Custom emoji: this workspace has none."""
    return {"emoji": {}, "cache_ts": f"{call.slack.clock.now().timestamp():.6f}"}
