"""Somebody does not want to be disturbed on Slack: their nudges wait until that is over, and come then.

Only nudges wait, never what somebody is told of their asks. Slack is asked when a nudge is about to leave, as far as
its limits allow, and what it says is kept for some minutes. When it does not answer, nothing waits.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient

from bot.pacing import DISTURBANCE, Pace
from bot.slack_faults import FAULTS, Limited, meaning
from store import disturbance
from store.database import Ledger
from store.parcels import Parcel

NUDGES = frozenset({"nudges", "lead_told"})  # the messages that wait
PAUSE = 3600.0  # seconds without asking where Slack says no, as it does while the scope dnd:read is missing

log = logging.getLogger("baton.courier")


class Resting:
    """Called before a parcel leaves: until when it has to wait, or None."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime], pace: Pace) -> None:
        self._ledger, self._clock, self._pace = ledger, clock, pace

    def __call__(self, client: WebClient, parcel: Parcel) -> datetime | None:
        if parcel.person_id is None or parcel.message not in NUDGES:
            return None
        now = self._clock()
        known = self._ledger.look(disturbance.known, parcel.workspace_id, now, parcel.person_id, parcel.id)
        until = known.until if known.fresh else self._asked(client, parcel, parcel.person_id, now)
        if until is None or until <= now:
            return None
        return self._ledger.look(disturbance.suits, parcel.workspace_id, now, parcel.person_id, until)

    def _asked(self, client: WebClient, parcel: Parcel, person_id: str, now: datetime) -> datetime | None:
        """What Slack says now. None as well where it must not be asked so often, or does not say."""
        if self._pace.take(parcel.workspace_id, DISTURBANCE, None) > 0:
            return None
        try:
            answer = client.dnd_info(user=person_id)
        except FAULTS as fault:
            meant = meaning(fault)
            self._pace.hold(parcel.workspace_id, DISTURBANCE, meant.seconds if isinstance(meant, Limited) else PAUSE)
            log.info("disturbance_not_told", extra={"workspace": parcel.workspace_id, "fault": type(meant).__name__})
            return None
        until = undisturbed_until(answer.data if isinstance(answer.data, dict) else {}, now)
        self._ledger.act(disturbance.keep, parcel.workspace_id, None, now, None, person_id, until)
        return until


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
