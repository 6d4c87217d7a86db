"""Remembered matches: "gasket" is Purchasing's, so that the next gasket is routed by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from store import departments, people
from store.database import Act, Look
from store.events import record
from store.refusals import NotCoordinator
from store.rules import matching as rules
from store.rules.matching import Found, Match
from store.tables import matches


@dataclass(frozen=True, slots=True)
class Remembered:
    """A match as the list shows it. `used`: how many asks it has routed. `by`: the id of whoever remembered it."""

    id: int
    phrase: str
    department_name: str
    by: str
    at: datetime
    used: int


def route(look: Look, text: str) -> Found:
    """Whose words stand in `text`; departments that take no asks any more, and the desk itself, do not count."""
    rows = look.connection.execute(
        select(matches.c.id, matches.c.department_id, matches.c.phrase)
        .where(matches.c.workspace_id == look.workspace_id)
        .order_by(matches.c.id)
    )
    there = {one.id for one in departments.all_of(look) if not one.is_gray_zone}
    known = [Match(row.id, row.department_id, row.phrase) for row in rows if row.department_id in there]
    return rules.find(text, known)


def remember(act: Act, department_id: int, phrases: Iterable[str], by: str) -> None:
    """These words are that department's from now on; what is known already stays as it is."""
    known = set(
        act.connection.execute(
            select(matches.c.folded).where(
                matches.c.workspace_id == act.workspace_id, matches.c.department_id == department_id
            )
        ).scalars()
    )
    fresh: dict[str, str] = {}
    for phrase in phrases:
        if rules.key(phrase) not in known:
            fresh.setdefault(rules.key(phrase), phrase)
    rows = [
        {
            "workspace_id": act.workspace_id,
            "department_id": department_id,
            "phrase": phrase,
            "folded": key,
            "remembered_by": by,
            "remembered_at": act.now,
            "used": 0,
        }
        for key, phrase in fresh.items()
    ]
    if rows:
        act.connection.execute(insert(matches), rows)


def use(act: Act, match_id: int) -> str | None:
    """A match routes an ask: count it. Returns its words, or None if it was forgotten meanwhile."""
    mine = (matches.c.workspace_id == act.workspace_id, matches.c.id == match_id)
    counted = update(matches).where(*mine).values(used=matches.c.used + 1).returning(matches.c.phrase)
    phrase: str | None = act.connection.execute(counted).scalar()
    return phrase


def forget(act: Act, match_id: int) -> None:
    """A match routes nothing any more. Forgetting it twice is as good as once.

    Raises NotCoordinator for others than those of the desk and workspace admins.
    """
    check_coordinator(act, act.actor_id or "")
    gone = act.connection.execute(
        delete(matches)
        .where(matches.c.workspace_id == act.workspace_id, matches.c.id == match_id)
        .returning(matches.c.phrase, matches.c.department_id)
    ).first()
    if gone is not None:
        record(act, None, "forget_match", {"phrase": gone.phrase, "department": gone.department_id})


def listed(look: Look, limit: int, offset: int = 0) -> tuple[list[Remembered], int]:
    """The matches by department and words, and how many there are in all."""
    rows = look.connection.execute(select(matches).where(matches.c.workspace_id == look.workspace_id)).all()
    names = {one.id: one.name for one in departments.all_of(look)}
    found = [
        Remembered(
            row.id, row.phrase, names.get(row.department_id, "–"), row.remembered_by, row.remembered_at, row.used
        )
        for row in rows
    ]
    found.sort(key=lambda one: (one.department_name.casefold(), rules.key(one.phrase)))
    return found[offset : offset + limit], len(found)


def check_coordinator(look: Look, person_id: str) -> None:
    """Raises NotCoordinator unless this is somebody of the desk, or a workspace admin."""
    desk, person = departments.desk(look), people.find(look, person_id)
    if not ((desk and person_id in departments.everybody_of(desk)) or (person and person.is_admin)):
        raise NotCoordinator(desk)
