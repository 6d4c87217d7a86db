"""The people of a workspace, as Slack last told us, and the workspace itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from store import parcels
from store.database import Act, Look
from store.snapshots import Person
from store.tables import people, workspaces

ERASED = "—"  # the name of somebody who was erased
FRESH = timedelta(days=1)  # after this a person's name, language and zone are asked of Slack again


@dataclass(frozen=True, slots=True)
class Profile:
    """What Slack says of somebody: a user object, read."""

    id: str
    handle: str
    name: str
    email: str | None
    locale: str | None
    time_zone: str
    is_bot: bool
    is_guest: bool
    is_admin: bool
    is_deleted: bool


def ensure_workspace(act: Act, name: str = "", bot_user_id: str = "") -> None:
    """Know this workspace from now on; a token that works again starts it anew."""
    known = act.connection.execute(
        select(workspaces.c.id, workspaces.c.stopped_at).where(workspaces.c.id == act.workspace_id)
    ).first()
    values: dict[str, Any] = {"stopped_at": None, "stopped_because": None}
    values |= {key: value for key, value in (("name", name), ("bot_user_id", bot_user_id)) if value}
    if known:
        act.connection.execute(update(workspaces).where(workspaces.c.id == act.workspace_id).values(**values))
        if name or known.stopped_at is not None:
            parcels.let_go(act)
    else:
        act.connection.execute(
            insert(workspaces).values(
                id=act.workspace_id,
                last_number=0,
                **({"name": "", "bot_user_id": "", "departments_stamp": ""} | values),
            )
        )


def stop_workspace(act: Act, because: str) -> None:
    """Its token was revoked, or Baton was removed: nothing is sent there until it comes back."""
    act.connection.execute(
        update(workspaces)
        .where(workspaces.c.id == act.workspace_id, workspaces.c.stopped_at.is_(None))
        .values(stopped_at=act.now, stopped_because=because)
    )


def stopped(connection: Connection) -> int:
    """In how many workspaces nothing is sent, since their token no longer works."""
    return connection.execute(select(func.count()).where(workspaces.c.stopped_at.is_not(None))).scalar_one()


def why_stopped(connection: Connection) -> dict[str, str]:
    """Why nothing is sent to a workspace, by its id: Slack's word for it."""
    rows = connection.execute(
        select(workspaces.c.id, workspaces.c.stopped_because).where(workspaces.c.stopped_at.is_not(None))
    )
    return {row.id: str(row.stopped_because) for row in rows}


def remember(act: Act, profile: Profile) -> Person:
    """Keep what Slack says of somebody. Raises nothing: an unknown language or zone is kept as English, UTC."""
    values = {
        "handle": profile.handle,
        "name": profile.name or profile.handle or profile.id,
        "email": profile.email,
        "time_zone": profile.time_zone,
        "is_bot": profile.is_bot,
        "is_guest": profile.is_guest,
        "is_admin": profile.is_admin,
        "refreshed_at": act.now,
    }
    if profile.locale:  # user_change events carry none
        values["locale"] = profile.locale
    known = act.connection.execute(_ONE, _key(act, profile.id)).first()
    if known and known.name == ERASED and profile.is_deleted:  # who uses Baton again is met anew, who left stays erased
        values |= {"handle": "", "name": ERASED, "email": None}
    values["deleted_at"] = (known.deleted_at if known else None) or act.now if profile.is_deleted else None
    if known:
        act.connection.execute(update(people).where(*_is(act, profile.id)).values(**values))
    else:
        values.setdefault("locale", "en-US")
        act.connection.execute(insert(people).values(workspace_id=act.workspace_id, id=profile.id, **values))
    _kept(act).pop(profile.id, None)
    person = find(act, profile.id)
    assert person is not None
    return person


def find(look: Look, person_id: str) -> Person | None:
    """The person with this Slack id, or None when we have not met."""
    kept = _kept(look).get(person_id)
    if kept is not None:
        return kept
    row = look.connection.execute(_ONE, _key(look, person_id)).first()
    return person_of(row) if row else None


def met_lately(look: Look, person_id: str) -> Person | None:
    """The person, unless what we know of them is older than a day: then Slack is to be asked."""
    row = look.connection.execute(_ONE, _key(look, person_id)).first()
    return person_of(row) if row and row.refreshed_at + FRESH > look.now else None


def several(look: Look, person_ids: Iterable[str]) -> dict[str, Person]:
    """Those of `person_ids` whom we know, by id. Each is read once only in an act or look."""
    wanted, kept = set(person_ids), _kept(look)
    unknown = list(wanted - kept.keys())
    if unknown:
        rows = look.connection.execute(_SEVERAL, {"workspace": look.workspace_id, "people": unknown})
        kept |= {row.id: person_of(row) for row in rows}
    return {one: kept[one] for one in wanted if one in kept}


def keep(look: Look, found: Iterable[Person]) -> None:
    """Somebody was read along with something else: they are not looked up again in this act or look."""
    _kept(look).update({one.id: one for one in found})


def _kept(look: Look) -> dict[str, Person]:
    kept: dict[str, Person] = look.memo.setdefault((several, look.workspace_id), {})
    return kept


def called(look: Look, handle: str) -> Person | None:
    """Who is present and has this handle or e-mail address, or None."""
    wanted = handle.removeprefix("@").casefold()
    row = look.connection.execute(
        select(people).where(
            people.c.workspace_id == look.workspace_id,
            people.c.deleted_at.is_(None),
            or_(func.lower(people.c.handle) == wanted, func.lower(people.c.email) == wanted),
        )
    ).first()
    return person_of(row) if row else None


_ONE = select(people).where(people.c.workspace_id == bindparam("workspace"), people.c.id == bindparam("person"))
_SEVERAL = select(people).where(
    people.c.workspace_id == bindparam("workspace"), people.c.id.in_(bindparam("people", expanding=True))
)


def _key(look: Look, person_id: str) -> dict[str, str]:
    return {"workspace": look.workspace_id, "person": person_id}


def _is(look: Look, person_id: str) -> tuple[Any, Any]:
    return people.c.workspace_id == look.workspace_id, people.c.id == person_id


def person_of(row: Row[Any]) -> Person:
    """A person as a row of `people` tells."""
    return Person(
        id=row.id,
        handle=row.handle,
        name=row.name,
        locale=row.locale,
        time_zone=row.time_zone,
        is_bot=row.is_bot,
        is_guest=row.is_guest,
        is_admin=row.is_admin,
        gone=row.deleted_at is not None,
    )
