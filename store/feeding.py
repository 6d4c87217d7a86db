"""Feed a monkey: any sign of progress. And snooze: not now, but then.

A note by button is posted into the card's thread; words written there on Slack feed the ask by themselves.
"""

from datetime import datetime

from store import moves, nudging, outbox
from store.acknowledging import check_due
from store.database import Act
from store.rules.lifecycle import Move
from store.snapshots import Ask


def on_track(act: Act, number: int) -> Ask:
    """The owner answers a nudge with "On track". Raises the refusals of `moves.begin`, and NotYours for others."""
    ask = moves.begin(act, number, Move.SNOOZE)  # only the owner may say so, at the same stages
    return moves.finish(act, ask, Move.FEED, {"on_track": True}, fed_at=act.now)


def note(act: Act, number: int, text: str) -> Ask:
    """Somebody adds a line of progress, which appears in the card's thread.

    Raises the refusals of `moves.begin`, NothingSaid, TooLong.
    """
    ask = moves.begin(act, number, Move.FEED)
    text = moves.said("note", text)
    ask = moves.finish(act, ask, Move.FEED, {"note": text}, **_fed(act, ask))
    outbox.post(
        act, "note", ask_id=ask.id, channel_id=ask.department_channel_id, note=text, by=act.actor_id, in_thread=True
    )
    return ask


def heard(act: Act, number: int, text: str) -> Ask:
    """Somebody wrote in the card's thread: kept on the ask, answered by nobody. Same refusals as `note`."""
    ask = moves.begin(act, number, Move.FEED)
    words = moves.said("note", text[: moves.LONGEST_LINE])
    return moves.finish(act, ask, Move.FEED, {"thread": words}, **_fed(act, ask))


def snooze(act: Act, number: int, until: datetime, reason: str | None = None) -> Ask:
    """The owner wants no nudge about this before `until`; what falls due meanwhile waits, and is not lost.

    `reason`: what they wait for, shown on waking. Raises the refusals of `moves.begin`, DuePassed when `until` is over,
    DueTooFar, TooLong.
    """
    ask = moves.begin(act, number, Move.SNOOZE)
    reason = moves.maybe_said("reason", reason)
    check_due(act, until)
    nudging.snooze(act, ask, until)
    return moves.finish(act, ask, Move.SNOOZE, {"until": until.isoformat(), **({"reason": reason} if reason else {})})


def _fed(act: Act, ask: Ask) -> dict[str, datetime]:
    """Only the two sides feed a monkey; a bystander's words are kept, but are no progress."""
    return {"fed_at": act.now} if act.actor_id in (ask.owner.id, ask.asker.id) else {}
