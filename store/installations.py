"""Where Baton is installed by OAuth, and with which token; the tokens are sealed before they come here.

A workspace has its own installation, or shares that of its organisation. Whoever removes Baton ends both the token
and what is sent there; what is known is kept, and an installation that comes later goes on from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from store import outbox, parcels, people
from store.database import Act, Look
from store.people import Profile
from store.tables import installations, spent_states, workspaces

RENEWING = timedelta(seconds=30)  # real time for which the others leave the renewal to one process


@dataclass(frozen=True, slots=True)
class Tokens:
    """What changes at each renewal, sealed. Both or neither of `refresh` and `expires_at` are there."""

    token: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    """One installation. `holder_id` is a workspace's id, or that of an organisation."""

    holder_id: str
    name: str
    app_id: str
    bot_user_id: str
    bot_id: str
    scopes: str
    installed_by: str
    tokens: Tokens
    installed_at: datetime
    renewed_at: datetime

    @property
    def for_organisation(self) -> bool:
        """Whether the token is for all workspaces of an organisation."""
        return self.holder_id.startswith("E")


def spend_state(act: Act, digest: str, expires_at: datetime) -> bool:
    """Somebody came back from an install page; False if they, or somebody, had done so before."""
    act.connection.execute(delete(spent_states).where(spent_states.c.expires_at < act.now))
    try:
        with act.connection.begin_nested():
            act.connection.execute(insert(spent_states).values(id=digest, expires_at=expires_at))
    except IntegrityError:
        return False
    return True


def is_spent(look: Look, digest: str) -> bool:
    """Whether somebody came back from this install page already."""
    return look.connection.execute(select(spent_states.c.id).where(spent_states.c.id == digest)).first() is not None


def install(act: Act, installation: Installation, installer: Profile | None) -> None:
    """Baton was allowed into the act's workspace, or again: send there from now on, and tell who did it what is next.

    For an organisation there is no workspace yet: each joins by itself (`organisations.join`).
    """
    values: dict[str, Any] = {
        "name": installation.name,
        "app_id": installation.app_id,
        "bot_user_id": installation.bot_user_id,
        "bot_id": installation.bot_id,
        "scopes": installation.scopes,
        "installed_by": installation.installed_by,
        "installed_at": act.now,
        **_token_values(act, installation.tokens),
    }
    act.connection.execute(delete(installations).where(installations.c.holder_id == installation.holder_id))
    act.connection.execute(insert(installations).values(holder_id=installation.holder_id, **values))
    if installation.for_organisation:
        return
    people.ensure_workspace(act, installation.name, installation.bot_user_id)
    if installer is not None:
        people.remember(act, installer)
        outbox.post(act, "installed", person_id=installer.id)


def of(look: Look) -> Installation | None:
    """The installation that serves the workspace: its own, else that of its organisation."""
    its_organisation = select(workspaces.c.enterprise_id).where(workspaces.c.id == look.workspace_id).scalar_subquery()
    rows = look.connection.execute(
        select(installations).where(
            or_(installations.c.holder_id == look.workspace_id, installations.c.holder_id == its_organisation)
        )
    ).all()
    own = sorted(rows, key=lambda row: row.holder_id != look.workspace_id)
    return _installation(own[0]) if own else None


def held_by(look: Look, holder_id: str) -> Installation | None:
    """The installation of exactly this workspace or organisation."""
    row = look.connection.execute(select(installations).where(installations.c.holder_id == holder_id)).first()
    return _installation(row) if row else None


def everywhere(connection: Connection) -> list[Installation]:
    """All installations, by name."""
    rows = connection.execute(select(installations).order_by(installations.c.name, installations.c.holder_id))
    return [_installation(row) for row in rows]


def workspaces_served(connection: Connection) -> list[tuple[str, str]]:
    """The id and name of each workspace that Baton may send to by an installation, by name."""
    installed = select(installations.c.holder_id)
    rows = connection.execute(
        select(workspaces.c.id, workspaces.c.name)
        .where(or_(workspaces.c.id.in_(installed), workspaces.c.enterprise_id.in_(installed)))
        .order_by(workspaces.c.name, workspaces.c.id)
    )
    return [(row.id, row.name) for row in rows]


def begin_renewal(act: Act, known: Installation, wall: datetime) -> bool:
    """Take the renewal of `known`'s token upon this process; False while another has it, or has done it."""
    taken = act.connection.execute(
        update(installations)
        .where(
            *_still(known),
            or_(installations.c.renewing_until.is_(None), installations.c.renewing_until <= wall),
        )
        .values(renewing_until=wall + RENEWING)
    )
    return taken.rowcount == 1


def end_renewal(act: Act, known: Installation, tokens: Tokens | None) -> None:
    """Keep the next `tokens`; None: Slack gave none. Nothing, if Baton was removed or installed anew meanwhile."""
    values = {"renewing_until": None} if tokens is None else _token_values(act, tokens)
    done = act.connection.execute(update(installations).where(*_still(known)).values(**values))
    if tokens is not None and done.rowcount:
        _go_on(act, known.holder_id)


def _go_on(act: Act, holder_id: str) -> None:
    """There is a token again: the workspaces that it serves start anew if it was for want of one that they stopped."""
    served = or_(workspaces.c.id == holder_id, workspaces.c.enterprise_id == holder_id)
    act.connection.execute(
        update(workspaces)
        .where(served, workspaces.c.stopped_because == "token_expired")
        .values(stopped_at=None, stopped_because=None)
    )
    parcels.let_go(act, select(workspaces.c.id).where(served))


def reseal(act: Act, known: Installation, tokens: Tokens) -> bool:
    """The same tokens under another key; False if they have changed meanwhile."""
    done = act.connection.execute(
        update(installations)
        .where(*_still(known))
        .values(sealed_token=tokens.token, sealed_refresh_token=tokens.refresh)
    )
    return done.rowcount == 1


def remove(act: Act, because: str, happened_at: datetime, enterprise_id: str | None = None) -> None:
    """Baton was removed from the workspace, or its token taken back: it is forgotten, and nothing is sent there.

    `enterprise_id`: it was removed from this whole organisation. Slack may tell late: what was installed after
    `happened_at` stays.
    """
    holder_id = enterprise_id or act.workspace_id
    later = act.connection.execute(
        select(installations.c.holder_id).where(
            installations.c.holder_id == holder_id, installations.c.installed_at > happened_at
        )
    ).first()
    if later is not None:
        return
    act.connection.execute(delete(installations).where(installations.c.holder_id == holder_id))
    own = select(installations.c.holder_id)
    if enterprise_id is None:
        its_organisation = select(workspaces.c.id).where(
            workspaces.c.id == act.workspace_id, workspaces.c.enterprise_id.in_(own)
        )
        if act.connection.execute(its_organisation).first() is None:
            people.stop_workspace(act, because)
        return
    act.connection.execute(
        update(workspaces)
        .where(
            workspaces.c.enterprise_id == enterprise_id,
            workspaces.c.stopped_at.is_(None),
            workspaces.c.id.not_in(own),
        )
        .values(stopped_at=act.now, stopped_because=because)
    )
    act.connection.execute(
        update(workspaces).where(workspaces.c.enterprise_id == enterprise_id).values(enterprise_id=None)
    )


def _still(known: Installation) -> Sequence[Any]:
    return installations.c.holder_id == known.holder_id, installations.c.sealed_token == known.tokens.token


def _token_values(act: Act, tokens: Tokens) -> dict[str, Any]:
    return {
        "sealed_token": tokens.token,
        "sealed_refresh_token": tokens.refresh,
        "expires_at": tokens.expires_at,
        "renewed_at": act.now,
        "renewing_until": None,
    }


def _installation(row: Row[Any]) -> Installation:
    return Installation(
        holder_id=row.holder_id,
        name=row.name,
        app_id=row.app_id,
        bot_user_id=row.bot_user_id,
        bot_id=row.bot_id,
        scopes=row.scopes,
        installed_by=row.installed_by,
        tokens=Tokens(row.sealed_token, row.sealed_refresh_token, row.expires_at),
        installed_at=row.installed_at,
        renewed_at=row.renewed_at,
    )
