"""Which nudges would an ask cause if nobody did anything about it? An example for whoever edits a ladder."""

from dataclasses import replace
from datetime import datetime

from store.rules.calendar import Calendar
from store.rules.ladder import next_rung
from store.rules.lifecycle import Stage
from store.rules.rungs import Due, Rung
from store.rules.standing import Standing
from store.rules.thresholds import Ladder

MOST = 12  # nudges that an example shows


def rehearse(ladder: Ladder, calendar: Calendar, filed: datetime, due: datetime) -> list[Due]:
    """What owner and lead hear of an ask filed at `filed` and never touched, up to the second day late, in order.

    Raises NoWorkingTime.
    """
    standing, heard = Standing(Stage.OPEN, filed, due), list[Due]()
    while len(heard) < MOST:
        rung = next_rung(standing, ladder, calendar, calendar)
        if rung is None or rung.kind is Rung.HOLDS or (rung.kind is Rung.LATE and rung.number > 2):
            break
        heard.append(rung)
        starved = any(key.startswith(Rung.STARVING) for key in rung.keys)
        standing = replace(
            standing,
            sent=standing.sent | rung.keys,
            starved_at=rung.at if starved else standing.starved_at,
            lead_asked_at=rung.at if Rung.LEAD_SILENT in rung.keys else standing.lead_asked_at,
            unanswered=standing.unanswered + (rung.to == "owner"),
        )
    return heard
