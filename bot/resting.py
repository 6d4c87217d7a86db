"""Somebody does not want to be disturbed on Slack: their nudges wait until that is over, and come then.

Only nudges wait, never what somebody is told of their asks. Slack is asked when a nudge is about to leave, about fifty
people at a time and as far as its limits allow; what it says is kept for some minutes. When it does not answer, nothing
waits.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from slack_sdk import WebClient

from bot.pacing import DISTURBANCE, DISTURBANCES, Pace
from bot.slack_faults import FAULTS, Limited, Refused, meaning
from store import disturbance
from store.database import Ledger, Look
from store.parcels import Parcel

Given = ParamSpec("Given")
Result = TypeVar("Result")

PAUSE = 3600.0  # seconds without asking where Slack says no, as it does while the scope dnd:read is missing
AT_ONCE = 50  # people whom Slack tells of in one answer
NOT_VISIBLE = "user_not_visible"
PATIENCE = 3.0  # seconds to wait for somebody who is asking already

log = logging.getLogger("baton.courier")


class Resting:
    """Called before a parcel leaves: until when it has to wait, or None."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime], pace: Pace) -> None:
        self._ledger, self._clock, self._pace = ledger, clock, pace
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def __call__(self, client: WebClient, parcel: Parcel) -> datetime | None:
        if parcel.person_id is None or parcel.message not in disturbance.NUDGES:
            return None
        until = self._until(client, parcel.workspace_id, parcel.person_id)
        if until is None or until <= self._clock():
            return None
        return self._look(disturbance.suits, parcel.workspace_id, parcel.person_id, until, parcel.id)

    def _until(self, client: WebClient, workspace_id: str, person_id: str) -> datetime | None:
        """Until when somebody does not want to be disturbed. One worker asks Slack, for all who are nudged just now."""
        known = self._look(disturbance.known, workspace_id, person_id)
        turn = self._turns[workspace_id]
        if known.fresh or not turn.acquire(timeout=PATIENCE):
            return known.until
        try:
            known = self._look(disturbance.known, workspace_id, person_id)
            if known.fresh:
                return known.until
            others = self._look(disturbance.nudged_too, workspace_id, person_id, AT_ONCE - 1)
            return self._asked(client, workspace_id, person_id, others)
        finally:
            turn.release()

    def _asked(
        self, client: WebClient, workspace_id: str, person_id: str, others: Sequence[str] = ()
    ) -> datetime | None:
        """What Slack says now. None as well where it must not be asked so often, or does not say."""
        now = self._clock()
        method = DISTURBANCES if others else DISTURBANCE
        if self._pace.take(workspace_id, method, None) > 0:
            return None
        try:
            said = _of_several(client, [person_id, *others]) if others else {person_id: _of_one(client, person_id)}
        except FAULTS as fault:
            meant = meaning(fault)
            if others and isinstance(meant, Refused) and meant.code == NOT_VISIBLE:  # one of them, and nobody says who
                return self._asked(client, workspace_id, person_id)
            self._pace.hold(workspace_id, method, meant.seconds if isinstance(meant, Limited) else PAUSE)
            log.info("disturbance_not_told", extra={"workspace": workspace_id, "fault": type(meant).__name__})
            return None
        found = {who: undisturbed_until(theirs, now) for who, theirs in said.items()}
        self._ledger.act(disturbance.keep, workspace_id, None, now, None, found)
        return found[person_id]

    def _look(
        self,
        query: Callable[Concatenate[Look, Given], Result],
        workspace_id: str,
        /,
        *args: Given.args,
        **kwargs: Given.kwargs,
    ) -> Result:
        return self._ledger.look(query, workspace_id, self._clock(), *args, **kwargs)


def _of_one(client: WebClient, person_id: str) -> Mapping[str, Any]:
    answer = client.dnd_info(user=person_id).data
    return answer if isinstance(answer, dict) else {}


def _of_several(client: WebClient, person_ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """By person; nothing is said of whom Slack leaves out."""
    said = client.dnd_teamInfo(users=person_ids).get("users")
    theirs = {who: said.get(who) if isinstance(said, dict) else None for who in person_ids}
    return {who: one if isinstance(one, dict) else {} for who, one in theirs.items()}


def undisturbed_until(said: Mapping[str, Any], now: datetime) -> datetime | None:
    """The end (UTC) of the do-not-disturb that runs at `now`, by the answer of dnd.info; None if none runs."""
    ends = []
    if said.get("dnd_enabled") and _at(said, "next_dnd_start_ts") <= now.timestamp():
        ends.append(_at(said, "next_dnd_end_ts"))
    if said.get("snooze_enabled"):
        ends.append(_at(said, "snooze_endtime"))
    latest = max(ends, default=0)
    return datetime.fromtimestamp(latest, UTC) if latest > now.timestamp() else None


def _at(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    return int(value) if isinstance(value, int | float) else 0
