"""Slack tells that somebody joined, changed or left, or that Baton was removed: the ledger keeps up.

Whoever left owns nothing any more: what they owned goes to others in the same act.
"""

from collections.abc import Mapping
from typing import Any

from slack_bolt import App

from handlers import arriving, reading
from handlers.desk import Desk
from store import installations, leaving


def register(app: App, desk: Desk) -> None:
    """These events are about the workspace, not from a person at the desk: there is nobody to answer."""

    def changed(body: Mapping[str, Any]) -> None:
        told = reading.certain(reading.person_changed, body)
        desk.ledger.act(leaving.changed, told.workspace_id, None, desk.clock(), None, told.profile)
        arriving.forget(desk, told.workspace_id, told.user_id)

    def removed(body: Mapping[str, Any]) -> None:
        gone = reading.certain(reading.removal, body)
        if gone is not None:
            whom = (gone.because, gone.happened_at or desk.clock(), gone.enterprise_id)
            desk.ledger.act(installations.remove, gone.workspace_id, None, desk.clock(), None, *whom)

    app.event("user_change")(changed)
    app.event("team_join")(changed)
    app.event("app_uninstalled")(removed)
    app.event("tokens_revoked")(removed)
