"""An Enterprise Grid organisation gives Baton some of its workspaces, or takes them away: the ledger keeps up.

What was given is read from Slack's own list, as an event may come late, or twice. Where a workspace is new, whoever
installed Baton is told what is next, if they are in it.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers import reading, which_workspace
from handlers.desk import Desk
from store import installations, organisations
from store.database import Ledger

log = logging.getLogger("baton.organisation")


def register(app: App, desk: Desk) -> None:
    """These events are about the organisation, not from a person at the desk: there is nobody to answer."""

    def granted(body: Mapping[str, Any], client: WebClient) -> None:
        told = reading.certain(which_workspace.access, body)
        keep_up(desk.ledger, desk.clock(), client, told.enterprise_id)

    def withdrawn(body: Mapping[str, Any]) -> None:
        told = reading.certain(which_workspace.access, body)  # Bolt gives no token to what hears of an end
        for workspace_id in told.workspace_ids:
            desk.ledger.act(organisations.leave, workspace_id, None, desk.clock(), None, told.enterprise_id)

    app.event("team_access_granted")(granted)
    app.event("team_access_revoked")(withdrawn)


def keep_up(ledger: Ledger, now: datetime, client: WebClient, enterprise_id: str) -> int:
    """Let those workspaces join that Slack says are given, and the others leave; returns how many are given.

    Raises what the Slack client raises: then Slack tells of it again.
    """
    given = _given(client)
    with ledger.reading() as connection:
        to_join, to_leave = organisations.differs(given, organisations.joined(connection, enterprise_id))
    installation = ledger.look(installations.held_by, "", now, enterprise_id)
    if installation is None:
        return 0
    installer = _user(client, installation.installed_by) if to_join else None
    for workspace_id in to_join:
        profile = reading.profile(installer, workspace_id) if installer is not None else None
        present = profile if profile is not None and not profile.is_deleted else None
        ledger.act(organisations.join, workspace_id, None, now, None, enterprise_id, given[workspace_id], present)
    for workspace_id in to_leave:
        ledger.act(organisations.leave, workspace_id, None, now, None, enterprise_id)
    log.info("%s: %d workspaces joined, %d left", enterprise_id, len(to_join), len(to_leave))
    return len(given)


def _given(client: WebClient) -> dict[str, str]:
    """The workspaces that the organisation's token is good for, by id, with their names."""
    given: dict[str, str] = {}
    cursor = None
    while True:
        page = client.auth_teams_list(limit=1000, cursor=cursor)
        given |= {str(one["id"]): str(one.get("name") or "") for one in page["teams"]}
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return given


def _user(client: WebClient, user_id: str) -> Mapping[str, Any] | None:
    try:
        user: Mapping[str, Any] = client.users_info(user=user_id, include_locale=True)["user"]
    except SlackApiError as fault:  # in none of the workspaces, or gone
        log.info("installer_not_told", extra={"code": str(fault.response.get("error"))})
        return None
    return user
