"""Slack tells that somebody joined, changed or left, or that Baton was removed: the ledger keeps up.

Whoever left owns nothing any more: what they owned goes to others in the same act; in an organisation that holds in
each workspace of theirs.
"""

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from handlers import arriving, reading, which_workspace
from handlers.desk import Desk
from handlers.reading import PersonChanged
from store import installations, leaving, organisations
from store.database import Act
from store.people import Profile
from store.snapshots import Person


def register(app: App, desk: Desk) -> None:
    """These events are about the workspace, not from a person at the desk: there is nobody to answer."""

    def told(verb: Callable[[Act, Profile], Person]) -> Callable[..., None]:
        def hear(body: Mapping[str, Any]) -> None:
            person = reading.certain(reading.person_changed, body)
            for workspace_id in _where(desk, person):
                desk.ledger.act(verb, workspace_id, None, desk.clock(), None, person.profile_in(workspace_id))
                arriving.forget(desk, workspace_id, person.user_id)

        return hear

    def removed(body: Mapping[str, Any]) -> None:
        gone = reading.certain(which_workspace.removal, body)
        if gone is not None:
            whom = (gone.because, gone.happened_at or desk.clock(), gone.enterprise_id)
            desk.ledger.act(installations.remove, gone.workspace_id, None, desk.clock(), None, *whom)

    app.event("user_change")(told(leaving.changed))
    app.event("team_join")(told(leaving.joined))
    app.event("app_uninstalled")(removed)
    app.event("tokens_revoked")(removed)


def _where(desk: Desk, told: PersonChanged) -> list[str]:
    """The workspaces to keep up in: of an organisation those that know the person, and the one they have joined."""
    if told.enterprise_id is None:
        return [told.workspace_id] if told.workspace_id else []
    with desk.ledger.reading() as connection:
        knowing = organisations.that_know(connection, told.enterprise_id, told.user_id)
    here = told.workspace_id
    joined = here is not None and here not in knowing and not told.profile_in(here).is_deleted
    return [*knowing, here] if joined and here is not None else knowing
