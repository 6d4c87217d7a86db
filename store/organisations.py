"""Where an Enterprise Grid organisation installed Baton: its one token serves those of its workspaces that it gave us.

Each of them is a workspace like any other: departments, people and numbers of its own. It joins when the organisation
gives it, or when somebody there is heard for the first time; it leaves, and stops, when the organisation takes it away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Select, select, update

from store import outbox, people
from store.database import Act, Ledger
from store.people import Profile
from store.tables import installations, posts, workspaces
from store.tables import people as people_table

WITHDRAWN = "team_access_revoked"


@dataclass(frozen=True, slots=True)
class Theirs:
    """The workspaces of one organisation."""

    ledger: Ledger
    enterprise_id: str

    def has(self, workspace_id: str) -> bool:
        """Whether it has joined."""
        asked = _theirs(self.enterprise_id).where(workspaces.c.id == workspace_id)
        with self.ledger.reading() as connection:
            return connection.execute(asked).first() is not None

    def posted_from(self, channel_id: str, ts: str) -> str | None:
        """From which of them Baton posted a message; None for one that Baton did not post."""
        asked = (
            select(posts.c.workspace_id)
            .where(posts.c.workspace_id.in_(_theirs(self.enterprise_id)))
            .where(posts.c.channel_id == channel_id, posts.c.ts == ts)
        )
        with self.ledger.reading() as connection:
            found = connection.execute(asked).scalar()
        return str(found) if found is not None else None


def join(act: Act, enterprise_id: str, name: str = "", installer: Profile | None = None) -> None:
    """The act's workspace is served by the organisation's token from now on, and goes on where it was.

    `installer`: is there too, and is told what is next, once.
    """
    known = act.connection.execute(
        select(workspaces.c.enterprise_id).where(workspaces.c.id == act.workspace_id)
    ).first()
    people.ensure_workspace(act, name)
    act.connection.execute(
        update(workspaces).where(workspaces.c.id == act.workspace_id).values(enterprise_id=enterprise_id)
    )
    if installer is not None and (known is None or known.enterprise_id != enterprise_id):
        people.remember(act, installer)
        outbox.post(act, "installed", person_id=installer.id)


def leave(act: Act, enterprise_id: str) -> None:
    """The organisation took the act's workspace away: nothing is sent there, unless it has a token of its own."""
    left = act.connection.execute(
        update(workspaces)
        .where(workspaces.c.id == act.workspace_id, workspaces.c.enterprise_id == enterprise_id)
        .values(enterprise_id=None)
    )
    own = act.connection.execute(select(installations.c.holder_id).where(installations.c.holder_id == act.workspace_id))
    if left.rowcount and own.first() is None:
        people.stop_workspace(act, WITHDRAWN)


def joined(connection: Connection, enterprise_id: str) -> dict[str, bool]:
    """The organisation's workspaces by their ids, and whether anything is sent there."""
    rows = connection.execute(
        select(workspaces.c.id, workspaces.c.stopped_at).where(workspaces.c.enterprise_id == enterprise_id)
    )
    return {row.id: row.stopped_at is None for row in rows}


def differs(given: Mapping[str, str], joined: Mapping[str, bool]) -> tuple[list[str], list[str]]:
    """Which workspaces have to join, and which to leave, where Slack says that Baton was `given` these (id: name)."""
    return [one for one in given if not joined.get(one)], [one for one in joined if one not in given]


def that_know(connection: Connection, enterprise_id: str, person_id: str) -> list[str]:
    """The organisation's workspaces in which somebody is known."""
    rows = connection.execute(
        select(people_table.c.workspace_id)
        .where(people_table.c.id == person_id, people_table.c.workspace_id.in_(_theirs(enterprise_id)))
        .order_by(people_table.c.workspace_id)
    )
    return [str(row.workspace_id) for row in rows]


def _theirs(enterprise_id: str) -> Select[tuple[str]]:
    return select(workspaces.c.id).where(workspaces.c.enterprise_id == enterprise_id)
