"""What an administrator of an Enterprise Grid organisation does with an app: install it, give it workspaces, end it.

Slack tells the app of it with ``team_access_granted``, ``team_access_revoked`` and ``app_uninstalled``.
"""

from typing import TYPE_CHECKING

from sandbox.apps import App, Grant, Installation
from sandbox.identifiers import identifier, secret
from sandbox.organisation import Organisation
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack


class Grid:
    """The deeds of an organisation's administrators."""

    def __init__(self, slack: "Slack") -> None:
        self._slack = slack

    def install(self, app: App, organisation: Organisation) -> Installation:
        """Install an app for the organisation. It is in none of its workspaces before they are granted."""
        if not app.manifest.org_deploy:
            raise ValueError(f"{app.manifest.name} cannot be installed for organisations: org_deploy_enabled is off")
        with self._slack.lock:
            former = organisation.installations.get(app.id)
            if former is not None and not former.removed:
                return former
            generation = "1" if former is None else str(self._slack.sequence.next() + 1)
            user_id, bot_id = identifier("W", organisation.id, app.id), identifier("B", organisation.id, app.id)
            token = f"xoxb-{organisation.id}-{secret(organisation.id, app.id, generation, length=24)}"
            installation = self._slack.installation(app, "", token, user_id, bot_id)
            installation.organisation_id = organisation.id
            self._slack.grants[token] = Grant(
                token,
                app,
                "bot",
                app.manifest.bot_scopes,
                bot_user_id=user_id,
                bot_id=bot_id,
                organisation_id=organisation.id,
            )
            organisation.installations[app.id] = installation
            return installation

    def grant(self, installation: Installation, *places: Workspace) -> None:
        """Give an app workspaces of its organisation. What one of them had installed by itself goes."""
        slack, organisation = self._slack, self._organisation(installation)
        with slack.lock:
            for place in places:
                own = place.installations.get(installation.app_id)
                if own is not None and not own.removed and not own.organisation_id:
                    slack.uninstall(own)
                self._bot_joins(installation, place)
                here = slack.installation(
                    installation.app, place.id, installation.bot_token, installation.bot_user_id, installation.bot_id
                )
                here.organisation_id = organisation.id
                place.installations[installation.app_id] = here
                slack.state_changed(place)
        self._tell(installation, {"type": "team_access_granted", "team_ids": [place.id for place in places]})

    def withdraw(self, installation: Installation, *places: Workspace) -> None:
        """Take workspaces away from an app."""
        with self._slack.lock:
            for place in places:
                self._leaves(installation, place)
        self._tell(installation, {"type": "team_access_revoked", "team_ids": [place.id for place in places]})

    def uninstall(self, installation: Installation) -> None:
        """Remove an app from the organisation: its token dies, in all workspaces."""
        bot = installation.bot_user_id
        with self._slack.lock:
            for grant in self._slack.grants.values():
                if grant.app is installation.app and grant.organisation_id == installation.organisation_id:
                    grant.revoked = grant.uninstalled = True
            for place in self._organisation(installation).granted(installation.app_id):
                self._leaves(installation, place)
            installation.removed = True
        self._tell(installation, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]}})
        self._tell(installation, {"type": "app_uninstalled"})

    def remove(self, person: Person, place: Workspace) -> None:
        """Take somebody out of one workspace; they stay in the others. Apps hear of it once."""
        with self._slack.lock:
            place.people[person.id].deleted = True
        self._changed(place, person)

    def deactivate(self, person: Person, organisation: Organisation) -> None:
        """Deactivate an account in all workspaces. Apps of the organisation hear of it once."""
        with self._slack.lock:
            known = [place for place in organisation.workspaces.values() if person.id in place.people]
            for place in known:
                place.people[person.id].deleted = True
        self._changed(known[0], person)

    def _changed(self, place: Workspace, person: Person) -> None:
        user = place.people[person.id].as_slack(self._slack.clock.now(), with_locale=True)
        self._slack.events.emit(place, {"type": "user_change", "user": user, "cache_ts": user["updated"]})
        self._slack.state_changed(place)

    def _organisation(self, installation: Installation) -> Organisation:
        return self._slack.organisations[installation.organisation_id]

    def _bot_joins(self, installation: Installation, place: Workspace) -> None:
        if installation.bot_user_id in place.people:
            place.people[installation.bot_user_id].deleted = False
            return
        name = installation.app.manifest.bot_name
        taken = {person.handle for person in place.people.values()}
        handle = "".join(letter for letter in name.lower().replace(" ", "_") if letter.isalnum() or letter in "_-.")
        place.add_person(
            handle=f"{handle}_org" if handle in taken else handle,
            name=name,
            id=installation.bot_user_id,
            bot=True,
            app_id=installation.app_id,
            bot_id=installation.bot_id,
        )

    def _leaves(self, installation: Installation, place: Workspace) -> None:
        place.installations[installation.app_id].removed = True
        place.people[installation.bot_user_id].deleted = True
        self._slack.state_changed(place)

    def _tell(self, installation: Installation, event: Json) -> None:
        self._slack.events.tell_organisation(self._organisation(installation), installation, event)
