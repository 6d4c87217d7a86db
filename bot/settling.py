"""How parcels fared is written into the ledger: those that arrived or have to wait all in one act, the rest one by one.

What the ledger does not take now is kept for the next time. If we die before, the lease of those parcels runs out, and
Slack is asked whether they are there.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.sending import Later, Never, Outcome, Rests, Sent, Stopped
from store import disturbance, parcels, people, troubles
from store.database import Act, Ledger
from store.parcels import Arrival, Delay, Parcel
from store.refusals import LedgerUnavailable

Ended = tuple[Parcel, Outcome]

log = logging.getLogger("baton.courier")


class Settling:
    """Writes down how parcels fared."""

    def __init__(self, ledger: Ledger, clock: Callable[[], datetime]) -> None:
        self._ledger, self._clock = ledger, clock

    def settle(self, ended: Sequence[Ended]) -> list[Ended]:
        """Returns those that the ledger does not take now."""
        many = [one for one in ended if isinstance(one[1], Sent | Later)]
        alone = [one for one in ended if not isinstance(one[1], Sent | Later)]
        left: list[Ended] = []
        if many:
            try:
                self._ledger.act(_together, "", None, self._clock(), None, many)
                _log(many)
            except LedgerUnavailable as fault:
                left += self._kept(many, fault)
            except Exception:  # one of them stands in the way of the others
                alone += many
        for one in alone:
            try:
                self._ledger.act(_alone, one[0].workspace_id, None, self._clock(), None, *one)
                _log([one])
            except LedgerUnavailable as fault:
                left += self._kept([one], fault)
            except Exception:
                log.exception("parcel_not_settled", extra={"parcel": one[0].id})
        return left

    def _kept(self, ended: list[Ended], fault: LedgerUnavailable) -> list[Ended]:
        log.warning("parcels_not_settled", extra={"parcels": len(ended), "fault": str(fault)})
        return ended


def _together(act: Act, ended: Sequence[Ended]) -> None:
    arrivals = [Arrival(parcel, one.channel_id, one.ts) for parcel, one in ended if isinstance(one, Sent)]
    delays = [_delay(act, parcel, one) for parcel, one in ended if isinstance(one, Later)]
    if arrivals:
        parcels.settle(act, arrivals)
        posted = [one.parcel for one in arrivals if one.ts is not None and one.parcel.channel_id is not None]
        troubles.mended(act, posted)
    if delays:
        parcels.postpone(act, delays)


def _alone(act: Act, parcel: Parcel, outcome: Outcome) -> None:
    match outcome:
        case Sent() | Later():
            _together(act, [(parcel, outcome)])
        case Rests(until):
            parcels.rest(act, parcel, until)
            disturbance.held(act, parcel.id)
        case Stopped(fault):
            people.stop_workspace(act, fault)
            parcels.postpone(act, [Delay(parcel, act.now, parcels.STOPPED, parcel.unclear)])
        case Never(fault, conversation):
            parcels.give_up(act, parcel, fault)
            if conversation and parcel.channel_id is not None:
                troubles.report(act, parcel.channel_id, fault, parcel.ask_id)


def _delay(act: Act, parcel: Parcel, later: Later) -> Delay:
    return Delay(parcel, act.now + timedelta(seconds=later.seconds), later.fault, later.unclear)


def _log(ended: Sequence[Ended]) -> None:
    for parcel, outcome in ended:
        match outcome:
            case Sent():
                log.info("sent", extra=_told(parcel))
            case Later(seconds, fault):
                log.info("postponed", extra=_told(parcel) | {"seconds": round(seconds, 1), "code": fault})
            case Stopped(fault):
                log.error("workspace_stopped", extra={"workspace": parcel.workspace_id, "code": fault})
            case Never(fault):
                log.error("given_up", extra=_told(parcel) | {"code": fault})
            case Rests():
                pass


def _told(parcel: Parcel) -> dict[str, str | int]:
    """What the log may tell of a parcel."""
    return {"workspace": parcel.workspace_id, "parcel": parcel.id, "said": parcel.message}
