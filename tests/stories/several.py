"""Two workspaces on one Baton, alike to the last id: the same people, channels and user groups under the same ids.

Each installs Baton by its pages, as a person does. `north.slack` and `south.slack` tell their stories.
"""

import html
import json
import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Concatenate, ParamSpec, TypeVar

import yaml

from bot.app import slack_client
from bot.clock import tick
from bot.installed import Installed, OAuthApp
from bot.loading.directory import Directory
from bot.loading.loading import load, prepare
from bot.manifest import FOR_ORGANISATIONS
from bot.pacing import Pace
from bot.process import Baton
from bot.sealing import Seal, new_key
from bot.trial import DEPARTMENTS, MANIFEST, WORKSPACE
from sandbox.apps import Installation
from sandbox.clock import Clock
from sandbox.deeds import Administrator
from sandbox.manifest import Manifest
from sandbox.server import Sandbox
from sandbox.story import Story
from sandbox.workspace import Workspace
from store import outbox
from store.database import Act, Ledger, Look
from tests.hospital import MONDAY_9

Given = ParamSpec("Given")
Result = TypeVar("Result")

PATIENCE = 10.0


def alike(name: str, *, people: str = "U", organisation: dict[str, str] | None = None) -> Workspace:
    """A hospital of that name; its people, channels and user groups have the ids of every other one.

    `people`: what their ids begin with. In an organisation each channel has an id of its own, as on Slack.
    """
    data = yaml.safe_load(WORKSPACE.read_text(encoding="utf-8"))
    data["team"] = {"name": name, "domain": name.lower(), "id": f"T{name.upper()}"}
    data["apps"] = []
    if organisation is not None:
        data["team"]["organisation"] = organisation
    own = name.upper() if organisation is not None else ""
    for kind, letter in (("users", people), ("channels", f"C{own}"), ("usergroups", f"S{own}")):
        for one in data.get(kind) or []:
            one["id"] = letter + re.sub(r"\W", "", one.get("handle") or one["name"]).upper()
    return Workspace.from_yaml(data)


@dataclass(frozen=True)
class Answered:
    """What a browser was shown in the end."""

    status: int
    text: str

    @property
    def plain(self) -> str:
        """Without the markup."""
        return html.unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", self.text, flags=re.S))


class Browser:
    """A browser of somebody's own, with its cookies."""

    def __init__(self, language: str = "en") -> None:
        # Cookies for https only are good for this machine without it, as browsers have it.
        self._cookies = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies))
        self._opener.addheaders = [("Accept-Language", language)]

    def open(self, address: str, form: Mapping[str, str] | None = None) -> Answered:
        """Open an address, or send a form there."""
        body = urllib.parse.urlencode(form).encode() if form else None
        try:
            with self._opener.open(address, body, timeout=10) as answer:
                return Answered(answer.status, answer.read().decode())
        except urllib.error.HTTPError as refused:
            return Answered(refused.code, refused.read().decode())


class Place:
    """One of the workspaces."""

    def __init__(self, world: "Several", workspace: Workspace) -> None:
        self.world, self.workspace, self.id = world, workspace, workspace.id
        self.slack = Story(world.sandbox, workspace, settled=0.03, busy=world.baton.courier.busy)

    def look(
        self, query: Callable[Concatenate[Look, Given], Result], *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """What the ledger says of this workspace now."""
        return self.world.ledger.look(query, self.id, self.world.clock.now(), *args, **kwargs)

    def act(
        self,
        who: str | None,
        verb: Callable[Concatenate[Act, Given], Result],
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        """Somebody (a handle; None: Baton itself) does `verb` now, without Slack."""
        actor = self.slack.person(who).id if who else None
        return self.world.ledger.act(verb, self.id, actor, self.world.clock.now(), None, *args, **kwargs)

    def set_up(self) -> None:
        """Install Baton, and load the departments of the example."""
        self.let_in()
        self.load()

    def load(self) -> None:
        """Load the departments of the example."""
        token = self.workspace.installations[self.world.app.id].bot_token
        client = slack_client(token, self.world.sandbox.api_url, team_id=self.id)
        self.act(None, load, prepare(DEPARTMENTS.read_text(encoding="utf-8"), Directory(client)))

    def let_in(self) -> None:
        """Install Baton, and invite it everywhere."""
        assert "is in" in self.world.install(self).plain
        self.invite()

    def invite(self) -> None:
        """Invite Baton everywhere."""
        bot = self.workspace.bot_user(self.world.app.id)
        assert bot is not None
        administrator = Administrator(self.world.sandbox, self.workspace)
        for conversation in list(self.workspace.conversations.values()):
            if not conversation.is_direct:
                administrator.join(bot, conversation)


class Several:
    """One Baton for any number of workspaces, beside a sandbox. `manifest`: what of the app is otherwise."""

    def __init__(self, database_url: str, **manifest: Any) -> None:
        self.clock = Clock(MONDAY_9, running=False)
        north, south = self.workspaces()
        self.sandbox = Sandbox(north, self.clock)
        self.sandbox.add_workspace(south)
        self.app = self.sandbox.create_app(Manifest.from_anything(MANIFEST))
        for name, value in manifest.items():
            setattr(self.app.manifest, name, value)
        self.sandbox.start(0)
        self.ledger = Ledger(database_url)
        self.keys = [new_key()]
        self.baton = self.another_baton()
        front = self.baton.listen("127.0.0.1", 0)
        self.home = f"http://127.0.0.1:{front.port}"
        self.app.request_url = front.url
        self.app.manifest.redirect_urls = (f"{self.home}/slack/oauth_redirect",)
        self.baton.carry()
        self.clock.on_wind.append(self._wound)
        self.north, self.south = Place(self, north), Place(self, south)

    def workspaces(self) -> tuple[Workspace, Workspace]:
        """The north and the south."""
        return alike("North"), alike("South")

    def another_baton(self) -> Baton:
        """One more process's worth of Baton on the same ledger, not yet started."""
        oauth = OAuthApp(self.app.client_id, self.app.client_secret, self.sandbox.api_url)
        installed = Installed(self.ledger, self.clock.now, oauth, Seal(self.keys))
        client = slack_client(None, self.sandbox.api_url)
        return Baton(self.ledger, client, self.app.signing_secret, self.clock.now, Pace(limited=False), installed)

    def link(self, browser: Browser) -> str:
        """The way to Slack, from the page of the installation."""
        page = browser.open(f"{self.home}/slack/install")
        return html.unescape(re.findall(r'href="([^"]*/authorize[^"]*)"', page.text)[0])

    def install(self, place: Place, browser: Browser | None = None, answer: str = "allow") -> Answered:
        """Somebody opens the page, goes to Slack and answers its question; what they are shown in the end."""
        return self.allow(place.id, browser or Browser(), answer)

    def allow(self, holder_id: str, browser: Browser, answer: str = "allow") -> Answered:
        """The same for a workspace or an organisation by its id."""
        return browser.open(self.link(browser), {"team": holder_id, "answer": answer})

    def wait(self) -> None:
        """Until what is due has left."""
        assert self.baton.courier.drain(PATIENCE)

    def forward(self, **span: float) -> None:
        """Wind the clock."""
        self.clock.forward(**span)

    def pending(self) -> int:
        """How many messages have still to reach Slack."""
        with self.ledger.reading() as connection:
            return outbox.pending(connection)

    def _wound(self, now: Any) -> None:
        tick(self.ledger, now)
        self.baton.courier.drain(PATIENCE)

    def close(self) -> None:
        """Stop everything, in the background where it takes a moment."""
        self.baton.courier.stop()
        threading.Thread(target=lambda: (self.baton.stop(), self.sandbox.stop()), daemon=True).start()


class Grid(Several):
    """The same as workspaces of one Enterprise Grid organisation, which installs Baton as a whole. Ids begin with W.

    Ned is in the north only.
    """

    def __init__(self, database_url: str, **manifest: Any) -> None:
        heard = frozenset(json.loads(MANIFEST.read_text())["settings"]["event_subscriptions"]["bot_events"])
        super().__init__(database_url, org_deploy=True, bot_events=heard | set(FOR_ORGANISATIONS), **manifest)
        self.organisation = next(iter(self.sandbox.organisations.values()))

    def workspaces(self) -> tuple[Workspace, Workspace]:
        """The north and the south of the region."""
        region = {"name": "Region", "domain": "region", "id": "EREGION"}
        north, south = (alike(name, people="W", organisation=region) for name in ("North", "South"))
        north.add_person(handle="ned", name="Ned North", id="WNED", email="ned@north.example")
        return north, south

    @property
    def installation(self) -> Installation:
        """What the organisation has."""
        return self.organisation.installations[self.app.id]

    def install_for_all(self, browser: Browser | None = None) -> Answered:
        """Somebody installs Baton for the organisation; what they are shown in the end."""
        return self.allow(self.organisation.id, browser or Browser())

    def give(self, *places: Place) -> None:
        """An administrator of the organisation adds Baton to workspaces, and invites it everywhere."""
        self.sandbox.grid.grant(self.installation, *[place.workspace for place in places])
        for place in places:
            place.slack.wait_until_quiet()
            place.invite()

    def serve(self) -> "Grid":
        """Both workspaces with the departments of the example, by the organisation's token."""
        self.install_for_all()
        self.give(self.north, self.south)
        for place in (self.north, self.south):
            place.load()
        self.wait()
        return self


__all__ = ["Answered", "Browser", "Grid", "Place", "Several"]
