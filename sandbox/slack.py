"""The local Slack itself, without its wires: workspaces, apps, tokens, the clock, and who is told of what.

``install`` is what a developer does on Slack's pages: create an app from its manifest and install it. The answer
holds the tokens and the signing secret, always the same ones for the same names.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from sandbox.agenda import Agenda
from sandbox.apps import App, Grant, Installation
from sandbox.clock import Clock
from sandbox.delivery import Delivery
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.files import FileCabinet
from sandbox.grid import Grid
from sandbox.identifiers import Sequence, identifier, secret
from sandbox.manifest import Manifest
from sandbox.oauth import Codes
from sandbox.organisation import Organisation
from sandbox.rates import Rates
from sandbox.response_urls import ResponseUrls
from sandbox.shapes import Json
from sandbox.sockets import Sockets
from sandbox.stream import Stream
from sandbox.traffic import Entry, Traffic
from sandbox.triggers import Triggers
from sandbox.workspace import Workspace


class Slack:
    """One local Slack with any number of workspaces. All state is guarded by ``lock``."""

    def __init__(
        self,
        workspace: Workspace,
        clock: Clock,
        strict_rates: bool = False,
        *,
        ack_timeout: float = 3.0,
        retry_delays: tuple[float, ...] = (0, 60, 300),
    ) -> None:
        """``ack_timeout`` in real seconds; ``retry_delays`` of events in seconds of the sandbox clock."""
        self.lock = threading.RLock()
        self.clock = clock
        self.ack_timeout = ack_timeout
        self.base_url = "http://127.0.0.1:0"
        self.workspaces: dict[str, Workspace] = {}
        self.organisations: dict[str, Organisation] = {}
        self.apps: dict[str, App] = {}
        self.grants: dict[str, Grant] = {}
        self.sequence = Sequence()
        self.stream = Stream()
        self.agenda = Agenda(clock)
        self.traffic = Traffic(self._show_traffic)
        self.triggers = Triggers()
        self.response_urls = ResponseUrls(self)
        self.rates = Rates(clock, enabled=strict_rates)
        self.faults = Faults()
        self.files = FileCabinet()
        self.scheduled: dict[str, tuple[int, str, str, int, str]] = {}
        self.codes = Codes()
        self.sockets = Sockets(self)
        self.delivery = Delivery(self)
        self.events = Events(self, retry_delays)
        self.grid = Grid(self)
        self.on_close: list[Callable[[], None]] = [
            self.agenda.close,
            self.events.close,
            self.delivery.close,
        ]
        clock.on_wind.append(self._show_clock)
        self.add_workspace(workspace)

    @property
    def workspace(self) -> Workspace:
        """The first workspace: the only one for most."""
        return next(iter(self.workspaces.values()))

    def add_workspace(self, workspace: Workspace) -> None:
        """Take in another workspace, and install the apps that its YAML names."""
        if workspace.id in self.workspaces:
            raise ValueError(f"two workspaces with the id {workspace.id}")
        self.workspaces[workspace.id] = workspace
        if (named := workspace.organisation_named) is not None:
            workspace.belong_to(self.organisation(named["name"], named.get("domain"), named.get("id")))
        for app in workspace.apps_to_install:
            self.install(app.manifest, app.request_url, workspace)

    def organisation(self, name: str, domain: str | None = None, id: str | None = None) -> Organisation:
        """The Enterprise Grid organisation of that name."""
        domain = domain or name.lower()
        of = Organisation(id or identifier("E", domain), name, domain)
        return self.organisations.setdefault(of.id, of)

    def create_app(self, manifest: Json | str | Path | Manifest, request_url: str | None = None) -> App:
        """The app of that manifest, created unless one of its name is there already."""
        read = Manifest.from_anything(manifest)
        app_id = identifier("A", read.name)
        with self.lock:
            if app_id not in self.apps:
                number = int(secret(app_id, "client", length=12), 16)
                self.apps[app_id] = App(
                    app_id,
                    read,
                    secret(app_id, "signing"),
                    secret(app_id, "verification", length=24),
                    f"{number % 10**12}.{number // 7 % 10**12}",
                    secret(app_id, "client secret"),
                    request_url,
                )
                token = f"xapp-1-{app_id}-{number % 10**12}-{secret(app_id, 'app token', length=64)}"
                self.grants[token] = Grant(token, self.apps[app_id], "app", ("connections:write",))
            elif request_url is not None:
                self.apps[app_id].request_url = request_url
            return self.apps[app_id]

    def install(
        self,
        manifest: Json | str | Path | Manifest,
        request_url: str | None = None,
        workspace: Workspace | None = None,
    ) -> Installation:
        """Create the app if need be and install it in ``workspace`` (default: the first)."""
        app = self.create_app(manifest, request_url)
        place = workspace or self.workspace
        with self.lock:
            if app.id in place.installations and not place.installations[app.id].removed:
                return place.installations[app.id]
            return self._install(app, place)

    def _install(self, app: App, place: Workspace) -> Installation:
        bot_id = identifier("B", place.id, app.id)
        user_id = identifier("U", place.id, app.id)
        if user_id not in place.people:
            handle = "".join(c for c in app.manifest.bot_name.lower().replace(" ", "_") if c.isalnum() or c in "_-.")
            if any(person.handle == handle for person in place.people.values()):
                handle += "_app"
            place.add_person(
                handle=handle, name=app.manifest.bot_name, id=user_id, bot=True, app_id=app.id, bot_id=bot_id
            )
        place.people[user_id].deleted = False
        former = place.installations.get(app.id)
        generation = 1 if former is None else self.sequence.next() + 1
        bot_token = f"xoxb-{place.id}-{secret(place.id, app.id, str(generation), length=24)}"
        self.grants[bot_token] = Grant(
            bot_token, app, "bot", app.manifest.bot_scopes, place.id, bot_user_id=user_id, bot_id=bot_id
        )
        installation = self.installation(app, place.id, bot_token, user_id, bot_id)
        place.installations[app.id] = installation
        self.state_changed(place)
        return installation

    def installation(self, app: App, team_id: str, bot_token: str, user_id: str, bot_id: str) -> Installation:
        """What a host needs to run an app that was given ``bot_token``."""
        app_token = next(grant.token for grant in self.grants.values() if grant.kind == "app" and grant.app is app)
        secrets = (bot_token, app_token, app.signing_secret)
        return Installation(app.id, team_id, *secrets, user_id, bot_id, app.client_id, app.client_secret, app)

    def uninstall(self, installation: Installation) -> None:
        """Remove an app from its workspace: its token dies; it hears ``tokens_revoked`` and ``app_uninstalled``."""
        place = self.workspaces[installation.team_id]
        with self.lock:
            bot = installation.bot_user_id
            self.events.emit(place, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]}}, to=installation)
            self.events.emit(place, {"type": "app_uninstalled"}, to=installation)
            for grant in self.grants.values():
                if grant.kind == "bot" and grant.app is installation.app and grant.team_id == place.id:
                    grant.revoked = grant.uninstalled = True
            installation.removed = True
            place.people[bot].deleted = True
        self.state_changed(place)

    def revoke(self, token: str) -> None:
        """Make a token worthless from now on."""
        with self.lock:
            grant = self.grants[token]
            grant.revoked = True
            if grant.organisation_id:
                whole = self.organisations[grant.organisation_id]
                event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [grant.bot_user_id]}}
                self.events.tell_organisation(whole, whole.installations[grant.app.id], event)
                return
            place = self.workspaces.get(grant.team_id)
            installation = place.installations.get(grant.app.id) if place else None
            if place is not None and installation is not None:
                tokens = {"oauth": [], "bot": [grant.bot_user_id]}
                self.events.emit(place, {"type": "tokens_revoked", "tokens": tokens}, to=installation)

    def state_changed(self, workspace: Workspace) -> None:
        """Tell pages to fetch people, channels and groups again."""
        self.stream.tell(workspace.id, {"type": "state"})

    def notice(self, workspace: Workspace, user: str, text: str) -> None:
        """Tell one person something that Slack itself has to say."""
        self.stream.tell(workspace.id, {"type": "notice", "text": text}, only=lambda watcher: watcher == user)

    def _show_clock(self, now: object) -> None:
        self.stream.tell(None, {"type": "clock", "now": self.clock.now().timestamp(), "running": self.clock.running})

    def _show_traffic(self, entry: Entry) -> None:
        self.stream.tell(None, {"type": "traffic", "entry": entry.as_page()})

    def close(self) -> None:
        """Stop all background work."""
        for stop in self.on_close:
            stop()
