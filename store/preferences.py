"""Somebody opens "My nudges" on Home and chooses: quiet hours, one message a day, a rush at any hour.

Nudges that were waiting are looked at again at once, so that what is chosen holds from that moment on.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from store import people
from store.database import Act, Look
from store.events import record, was_done
from store.refusals import AlreadyDone, ChangedMeanwhile, NeverHears
from store.rules.calendar import Calendar
from store.rules.hours import Hours
from store.rules.lifecycle import Stage
from store.rules.quiet import NO_PREFERENCES, Preferences, leaves_time
from store.tables import asks, custody, nudge_plans, preferences

CHOSE = "chose_nudges"  # the event


def of(look: Look, person_id: str) -> Preferences:
    """What somebody chose; nothing, if they never did."""
    mine = (of, look.workspace_id, person_id)
    if mine not in look.memo:
        several(look, [person_id])
    return look.memo[mine]  # type: ignore[no-any-return]


def several(look: Look, person_ids: Iterable[str]) -> None:
    """Read what all of them chose in one statement, so that `of` need not ask for each."""
    wanted = {one for one in person_ids if (of, look.workspace_id, one) not in look.memo}
    if not wanted:
        return
    rows = look.connection.execute(_SEVERAL, {"workspace": look.workspace_id, "people": sorted(wanted)})
    found = {row.person_id: _preferences(row) for row in rows}
    for one in wanted:
        look.memo[of, look.workspace_id, one] = found.get(one, NO_PREFERENCES)


def version(look: Look, person_id: str) -> int:
    """Which version of somebody's choices stands; 0 before the first."""
    return (
        look.connection.execute(
            select(preferences.c.version).where(
                preferences.c.workspace_id == look.workspace_id, preferences.c.person_id == person_id
            )
        ).scalar()
        or 0
    )


def choose(act: Act, chosen: Preferences, seen: int, works: Calendar) -> Preferences:
    """`act.actor_id` wants to be nudged so from now on. `seen`: the version that the form showed; `works`: when they
    work.

    Raises AlreadyDone, ChangedMeanwhile (another window of theirs was faster), NeverHears when the quiet hours leave
    no working time.
    """
    person_id = act.actor_id or ""
    if was_done(act):
        raise AlreadyDone(None)
    person = people.find(act, person_id)
    zone = person.time_zone if person else "UTC"
    if not leaves_time(chosen, zone, works, act.now):
        raise NeverHears
    before = of(act, person_id)
    standing = version(act, person_id)
    if standing != seen:
        raise ChangedMeanwhile
    values = {**_kept(chosen), "changed_at": act.now, "version": seen + 1}
    key = (preferences.c.workspace_id == act.workspace_id, preferences.c.person_id == person_id)
    if standing:
        done = act.connection.execute(update(preferences).where(*key, preferences.c.version == seen).values(**values))
        if done.rowcount == 0:
            raise ChangedMeanwhile
    else:
        act.connection.execute(insert(preferences).values(workspace_id=act.workspace_id, person_id=person_id, **values))
    act.memo.pop((of, act.workspace_id, person_id), None)
    record(act, None, CHOSE, {"before": _kept(before), "after": _kept(chosen)})
    _look_again(act, person_id)
    return chosen


def _look_again(act: Act, person_id: str) -> None:
    """What waits for this person, and every rush they own, comes up in the next sweep, which plans it anew."""
    rushes = (
        select(asks.c.id)
        .join(custody, custody.c.ask_id == asks.c.id)
        .where(
            custody.c.workspace_id == act.workspace_id,
            custody.c.owner_id == person_id,
            custody.c.until.is_(None),
            asks.c.rush_reason.is_not(None),
            asks.c.stage.in_((Stage.OPEN, Stage.ACKNOWLEDGED)),
        )
    )
    act.connection.execute(
        update(nudge_plans)
        .where(
            nudge_plans.c.workspace_id == act.workspace_id,
            nudge_plans.c.receiver_id == person_id,
            nudge_plans.c.held_by.is_not(None),
        )
        .values(at=act.now)
    )
    act.connection.execute(
        update(nudge_plans).where(nudge_plans.c.ask_id.in_(rushes), nudge_plans.c.at.is_not(None)).values(at=act.now)
    )


_SEVERAL = select(preferences).where(
    preferences.c.workspace_id == bindparam("workspace"),
    preferences.c.person_id.in_(bindparam("people", expanding=True)),
)


def _preferences(row: Row[Any]) -> Preferences:
    return Preferences(_quiet(json.dumps(row.quiet)), row.bundle_at, row.rush_at_any_hour)


@lru_cache(maxsize=4096)
def _quiet(text: str) -> Hours | None:
    """The same object for the same words, as calendars are known by their hours."""
    return Hours.parse(read) if (read := json.loads(text)) else None


def _kept(chosen: Preferences) -> dict[str, Any]:
    return {
        "quiet": chosen.quiet.as_yaml() if chosen.quiet else {},
        "bundle_at": chosen.bundle_at,
        "rush_at_any_hour": chosen.rush_at_any_hour,
    }
