"""Which workspace is a call about? A workspace's token says so; an organisation's token is good for many.

Some methods then want to be told by ``team_id`` and refuse without it. The others follow from what they name: a
conversation, a person, a trigger, a view. Where the app was not given that workspace: ``team_access_not_granted``.
"""

from typing import TYPE_CHECKING

from sandbox.apps import Grant
from sandbox.organisation import Organisation
from sandbox.webapi.calls import Arguments, Refused
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack

WANT_A_TEAM = frozenset(
    {
        "bots.info",
        "conversations.list",
        "dnd.info",
        "dnd.teamInfo",
        "usergroups.list",
        "usergroups.users.list",
        "users.conversations",
        "users.list",
    }
)
"""By Slack's reference of each: "required if org token is used"."""

NOT_FOR_ORGANISATIONS = frozenset({"users.lookupByEmail"})  # enterprise_is_restricted, by its reference


def workspace_of(slack: "Slack", method: str, arguments: Arguments, grant: Grant) -> Workspace | None:
    """The workspace that a call is about; None where an organisation's token asks about no workspace at all."""
    if not grant.organisation_id:
        return slack.workspaces.get(grant.team_id)
    organisation = slack.organisations[grant.organisation_id]
    if method in NOT_FOR_ORGANISATIONS:
        raise Refused("enterprise_is_restricted")
    if method in WANT_A_TEAM:
        if not arguments.has("team_id"):
            raise Refused("missing_argument")
        named = [place for place in organisation.workspaces.values() if place.id == arguments.text("team_id")]
        if not named:
            raise Refused("team_not_found")
    else:
        named = _that_know(slack, organisation, arguments, grant.app.id)
    granted = [place for place in named if organisation.serves(grant.app.id, place)]
    if named and not granted:
        raise Refused("user_not_visible" if method == "users.info" else "team_access_not_granted")
    anywhere = granted or organisation.granted(grant.app.id)
    return anywhere[0] if anywhere else None


def _that_know(slack: "Slack", organisation: Organisation, arguments: Arguments, app_id: str) -> list[Workspace]:
    """The workspaces that have what the arguments name; none where they name nothing, or nothing that there is."""
    trigger = slack.triggers.team_of(arguments.text("trigger_id"))
    places = list(organisation.workspaces.values())
    if trigger is not None:
        return [place for place in places if place.id == trigger]
    if view := arguments.text("view_id"):
        return [place for place in places if place.views.find(app_id, view_id=view)]
    if file := slack.files.files.get(arguments.text("file")):
        return [place for place in places if place.id == file.team_id]
    for name in ("channel", "channel_id", "user", "user_id", "users"):
        wanted = arguments.text(name).partition(",")[0]
        if wanted:
            return [place for place in places if wanted in place.conversations or wanted in place.people]
    return []
