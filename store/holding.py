"""While the next move is the asker's, the owner's clock stands still; here it gets going again.

A hold lasts from a delivery to its verdict, from a question to its answer, from a closing to the reopening. Time spent
on hold never makes a promise late: the owner has as much working time left after it as before.
"""

from datetime import datetime
from typing import Any

from store import departments
from store.database import Look
from store.rules import standing
from store.snapshots import Ask


def due_after_hold(look: Look, ask: Ask) -> datetime:
    """Where the promise moves when what the ask waits for ends now. Raises NoWorkingTime."""
    asked_at = ask.question.asked_at if ask.question else None
    held_from = ask.delivered_at or asked_at or ask.closed_at or look.now
    calendar = departments.by_id(look, ask.department_id).calendar
    return standing.due_after_hold(ask.due, held_from, look.now, calendar)


def given_back(look: Look, ask: Ask) -> dict[str, Any]:
    """The columns of the promise when a question to the asker ends now: a new promise only if the time is another."""
    if ask.question is None:
        return {}
    due = due_after_hold(look, ask)
    if due == ask.due:
        return {}
    return {"due": due, "promise_number": ask.promise_number + 1, "promised_at": look.now}


def since(ask: Ask) -> dict[str, str]:
    """Since when the owner's clock stands still for a question, as the event that ends it tells."""
    return {"held_from": ask.question.asked_at.isoformat()} if ask.question else {}
