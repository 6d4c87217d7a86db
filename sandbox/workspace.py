"""A workspace: its people, conversations, user groups, views and installed apps, all in memory.

``Workspace.from_yaml`` reads one from a file that a person can write by hand::

    team: {name: General Hospital, domain: hospital}
    users:
      - {handle: ann, name: Ann Lee, title: Nurse, locale: zh-CN, tz: Asia/Shanghai}
    channels:
      - {name: ward, members: [ann]}
    usergroups:
      - {handle: finance, name: Finance, users: [ann]}
    apps:
      - {manifest: manifest.json, request_url: "http://127.0.0.1:3000/slack/events"}
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.apps import Installation
from sandbox.conversations import DIRECT, GROUP_DIRECT, PRIVATE, PUBLIC, Conversation
from sandbox.identifiers import Sequence, identifier
from sandbox.organisation import Organisation
from sandbox.people import Person
from sandbox.shapes import Json, read_yaml
from sandbox.usergroups import Usergroup
from sandbox.views import ViewShelf

SLACKBOT = "USLACKBOT"


@dataclass
class AppToInstall:
    """An app that the YAML asks for."""

    manifest: Json | str
    request_url: str | None = None


@dataclass
class Workspace:
    """Everything one Slack workspace holds."""

    id: str
    name: str
    domain: str
    people: dict[str, Person] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    usergroups: dict[str, Usergroup] = field(default_factory=dict)
    installations: dict[str, Installation] = field(default_factory=dict)
    apps_to_install: list[AppToInstall] = field(default_factory=list)
    views: ViewShelf = field(default_factory=ViewShelf)
    sequence: Sequence = field(default_factory=Sequence)
    paid: bool = True
    organisation: Organisation | None = None
    organisation_named: Json | None = None

    @classmethod
    def from_yaml(cls, source: str | Path | Json) -> "Workspace":
        """From a file or a mapping. ValueError names what is wrong with it."""
        base = Path(".")
        if isinstance(source, dict):
            data = source
        else:
            base = Path(source).parent
            data = read_yaml(Path(source).read_text(encoding="utf-8"))
        team = data.get("team") or {}
        name = team.get("name") or "Sandbox"
        domain = team.get("domain") or "sandbox"
        workspace = cls(team.get("id") or identifier("T", domain), name, domain, paid=team.get("paid", True))
        workspace.organisation_named = team.get("organisation")
        workspace.add_person(handle="slackbot", name="Slackbot", id=SLACKBOT)
        for user in data.get("users") or []:
            workspace.add_person(**user)
        for channel in data.get("channels") or []:
            workspace.add_channel(**channel)
        for group in data.get("usergroups") or []:
            workspace.add_usergroup(**group)
        for app in data.get("apps") or []:
            manifest = app["manifest"]
            workspace.apps_to_install.append(
                AppToInstall(manifest if isinstance(manifest, dict) else str(base / manifest), app.get("request_url"))
            )
        return workspace

    def add_person(self, *, handle: str, name: str | None = None, id: str | None = None, **traits: Any) -> Person:
        """Add somebody. Traits: display_name, email, title, locale, tz, guest, bot, deleted, admin, app_id, bot_id."""
        handle = handle.removeprefix("@")
        if any(person.handle == handle and not person.deleted for person in self.people.values()):
            raise ValueError(f"two people called @{handle}")
        ZoneInfo(traits.get("tz") or "UTC")
        person = Person(id or identifier("U", self.id, handle), self.id, handle, name or handle, **traits)
        person.organisation = self.organisation
        self.people[person.id] = person
        return person

    def add_channel(
        self,
        *,
        name: str,
        id: str | None = None,
        private: bool = False,
        members: list[str] | None = None,
        topic: str = "",
        archived: bool = False,
    ) -> Conversation:
        """Add a channel; ``members`` are handles or ids."""
        name = name.removeprefix("#")
        if self.channel_named(name) is not None:
            raise ValueError(f"two channels called #{name}")
        ids = [self.someone(member).id for member in members or []]
        kind = PRIVATE if private else PUBLIC
        channel = Conversation(
            id or identifier("C", self.id, name), self.id, name, kind, ids, 1_600_000_000, ids[0] if ids else ""
        )
        channel.topic = topic
        channel.archived = archived
        self.conversations[channel.id] = channel
        return channel

    def add_usergroup(
        self, *, handle: str, name: str | None = None, id: str | None = None, users: list[str] | None = None
    ) -> Usergroup:
        """Add a user group; ``users`` are handles or ids."""
        handle = handle.removeprefix("@")
        ids = [self.someone(user).id for user in users or []]
        group = Usergroup(id or identifier("S", self.id, handle), self.id, handle, name or handle, ids)
        group.created = 1_600_000_000
        self.usergroups[group.id] = group
        return group

    def someone(self, who: "str | Person") -> Person:
        """A person by id or handle (with or without @). KeyError if there is nobody of that name."""
        if isinstance(who, Person):
            return who
        if who in self.people:
            return self.people[who]
        handle = who.removeprefix("@")
        for person in self.people.values():
            if person.handle == handle:
                return person
        raise KeyError(f"nobody called {who} in {self.name}")

    def channel_named(self, name: str) -> Conversation | None:
        """A channel by its name (with or without #)."""
        name = name.removeprefix("#")
        return next((c for c in self.conversations.values() if not c.is_direct and c.name == name), None)

    def sees(self, user: str, place: Conversation) -> bool:
        """Whether somebody may look into a conversation: guests only where they are members."""
        person = self.people.get(user)
        return user in place.members if person is not None and person.guest else place.visible_to(user)

    def place(self, where: str) -> Conversation:
        """A conversation by id or #name. KeyError if there is none."""
        found = self.conversations.get(where) or self.channel_named(where)
        if found is None:
            raise KeyError(f"no conversation called {where} in {self.name}")
        return found

    def usergroup_named(self, handle: str) -> Usergroup | None:
        """A user group by its handle."""
        return next((group for group in self.usergroups.values() if group.handle == handle), None)

    def direct(self, members: list[str], now: datetime) -> Conversation:
        """The direct conversation of exactly these people, opened if it is new."""
        if self.organisation is not None:
            return self.organisation.direct(members, now)
        key = sorted(set(members))
        kind = DIRECT if len(key) <= 2 else GROUP_DIRECT
        id = identifier("D" if kind == DIRECT else "G", self.id, *key)
        if id not in self.conversations:
            name = "" if kind == DIRECT else "mpdm-" + "--".join(self.people[member].handle for member in key) + "-1"
            self.conversations[id] = Conversation(id, self.id, name, kind, list(key), int(now.timestamp()))
        return self.conversations[id]

    def bot_user(self, app_id: str) -> Person | None:
        """The user that an installed app acts as."""
        installation = self.installations.get(app_id)
        return self.people[installation.bot_user_id] if installation else None

    def team(self) -> Json:
        """``team`` in Slack's interaction payloads."""
        of = self.organisation
        belongs = {"enterprise_id": of.id, "enterprise_name": of.name} if of is not None else {}
        return {"id": self.id, "domain": self.domain, **belongs}

    def belong_to(self, organisation: Organisation) -> None:
        """Be one of an organisation's workspaces from now on."""
        self.organisation = organisation
        organisation.workspaces[self.id] = self
        for person in self.people.values():
            person.organisation = organisation
