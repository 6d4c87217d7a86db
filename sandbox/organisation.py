"""An Enterprise Grid organisation: workspaces with people in common, and apps that have one token for all of them.

A person has the same id in each of their workspaces, and one direct conversation with an app, wherever they look at it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.apps import Installation
from sandbox.conversations import DIRECT, GROUP_DIRECT, Conversation
from sandbox.identifiers import identifier
from sandbox.shapes import Json

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


@dataclass
class Organisation:
    """What its workspaces share. ``installations``: the apps that it installed as a whole, by their ids."""

    id: str
    name: str
    domain: str
    workspaces: dict[str, "Workspace"] = field(default_factory=dict)
    installations: dict[str, Installation] = field(default_factory=dict)
    directs: dict[str, Conversation] = field(default_factory=dict)

    def enterprise(self) -> Json:
        """``enterprise`` in Slack's payloads."""
        return {"id": self.id, "name": self.name}

    def granted(self, app_id: str) -> list["Workspace"]:
        """The workspaces that an app of the organisation was given."""
        return [place for place in self.workspaces.values() if self.serves(app_id, place)]

    def serves(self, app_id: str, place: "Workspace") -> bool:
        """Whether an app works in a workspace by the organisation's token."""
        installation = place.installations.get(app_id)
        return installation is not None and not installation.removed and installation.organisation_id == self.id

    def homes_of(self, person_id: str) -> list[str]:
        """The workspaces that somebody is in."""
        return [
            place.id
            for place in self.workspaces.values()
            if person_id in place.people and not place.people[person_id].deleted
        ]

    def membership(self, person_id: str) -> Json:
        """``enterprise_user`` of Slack's user objects."""
        return {
            "id": person_id,
            "enterprise_id": self.id,
            "enterprise_name": self.name,
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "teams": self.homes_of(person_id),
        }

    def direct(self, members: list[str], now: datetime) -> Conversation:
        """The direct conversation of exactly these people: the same one in all workspaces that know them."""
        key = sorted(set(members))
        kind = DIRECT if len(key) <= 2 else GROUP_DIRECT
        id = identifier("D" if kind == DIRECT else "G", self.id, *key)
        if id not in self.directs:
            self.directs[id] = Conversation(id, self.id, "", kind, list(key), int(now.timestamp()))
        for place in self.workspaces.values():
            if all(member in place.people for member in key):
                place.conversations.setdefault(id, self.directs[id])
        return self.directs[id]
