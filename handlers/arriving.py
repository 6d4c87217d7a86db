"""Whoever types or clicks is met here: from the ledger if we spoke within a day, else Slack is asked who they are."""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from handlers import reading
from handlers.desk import Desk, Visitor
from handlers.words import Words
from store import people
from store.database import Act
from store.people import Profile
from store.snapshots import Person

SEEN = timedelta(minutes=1)  # for so long a face is remembered without asking the ledger
MOST_FACES = 10_000
AT_A_TIME = 8

log = logging.getLogger("baton.arriving")


def visitor(desk: Desk, client: WebClient, workspace_id: str, user_id: str) -> Visitor:
    """The person at the desk, with their words. Never fails for Slack's sake: then what we know of them holds."""
    person = meet(desk, client, workspace_id, user_id)
    return Visitor(workspace_id, person, Words(person.locale))


def meet(desk: Desk, client: WebClient, workspace_id: str, user_id: str) -> Person:
    """Somebody who was named or who came. Somebody of whom Slack tells nothing now is kept by their id alone."""
    now = desk.clock()
    seen_at, seen = desk.faces.get((workspace_id, user_id), (now, None))
    if seen is not None and now - SEEN < seen_at <= now:
        return seen
    person = _meet(desk, client, workspace_id, user_id, now)
    if len(desk.faces) >= MOST_FACES:
        desk.faces.clear()
    desk.faces[workspace_id, user_id] = now, person
    return person


def meet_several(desk: Desk, client: WebClient, workspace_id: str, user_ids: Iterable[str]) -> list[Person]:
    """The same for many who were named at once: Slack is asked about several at a time, as a form waits for it."""
    wanted = list(dict.fromkeys(user_ids))
    with ThreadPoolExecutor(AT_A_TIME) as asking:
        return list(asking.map(lambda user_id: meet(desk, client, workspace_id, user_id), wanted))


def forget(desk: Desk, workspace_id: str, user_id: str) -> None:
    """Somebody changed: what this process remembers of them no longer holds."""
    desk.faces.pop((workspace_id, user_id), None)


def _meet(desk: Desk, client: WebClient, workspace_id: str, user_id: str, now: datetime) -> Person:
    lately = desk.ledger.look(people.met_lately, workspace_id, now, user_id)
    if lately is not None and not lately.gone:
        return lately
    profile = _ask_slack(client, workspace_id, user_id)
    if profile is None:
        known = desk.ledger.look(people.find, workspace_id, now, user_id)
        if known is not None:
            return known
        profile = _stranger(user_id)
        now -= people.FRESH  # so that Slack is asked again the next time
    return desk.ledger.act(_remember, workspace_id, None, now, None, profile)


def _ask_slack(client: WebClient, workspace_id: str, user_id: str) -> Profile | None:
    try:
        return reading.profile(client.users_info(user=user_id, include_locale=True)["user"], workspace_id)
    except (SlackClientError, OSError, KeyError) as fault:
        log.warning("person_not_told", extra={"person": user_id, "fault": type(fault).__name__})
        return None


def _remember(act: Act, profile: Profile) -> Person:
    if people.find(act, profile.id) is None:
        people.ensure_workspace(act)
    return people.remember(act, profile)


def _stranger(user_id: str) -> Profile:
    return Profile(
        id=user_id,
        handle="",
        name=user_id,
        email=None,
        locale=None,
        time_zone="UTC",
        is_bot=False,
        is_guest=False,
        is_admin=False,
        is_deleted=False,
    )
