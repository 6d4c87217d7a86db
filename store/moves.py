"""How every move on an ask begins and ends: found, allowed and possible; then one guarded update and one event.

The verbs (`acknowledging`, `delivering`, `ending`, `feeding`) call `begin`, check what is theirs, call `finish`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, update

from store import holding, nudging, outbox, ripples
from store.database import Act
from store.events import record, was_done
from store.queries import asks as reading
from store.refusals import AlreadyDone, NothingSaid, NotNow, NotYours, OnlyPlaced, TooLong
from store.rules import gray_zone, lifecycle
from store.rules.lifecycle import Move, Role, Stage
from store.snapshots import Ask
from store.tables import asks, batons, changes, custody, nudge_plans, posts, questions

LONGEST_TEXT = 12_000  # characters of an ask's own words
LONGEST_LINE = 3_000  # characters of a reason, a line of evidence, a note


def begin(act: Act, number: int, move: Move) -> Ask:
    """The ask `#number`, held until the act ends. Raises NoSuchAsk, AlreadyDone, NotYours, NotNow or OnlyPlaced."""
    ask = reading.by_number(act, number, lock=True)
    if was_done(act):
        raise AlreadyDone(ask)
    roles = frozenset({Role.BATON}) if act.actor_id is None else ask.roles_of(act.actor_id)
    if not lifecycle.may(roles, move):
        raise NotYours(ask, move)
    if lifecycle.after(ask.stage, move) is None:
        raise NotNow(ask, move)
    if ask.at_gray_zone and gray_zone.stays_until_placed(move):
        raise OnlyPlaced(ask)
    return ask


def finish(act: Act, ask: Ask, move: Move, particulars: dict[str, Any] | None = None, **values: Any) -> Ask:
    """Write the move: the new stage and `values`, its event, the next nudge, the cards. Returns the ask as it is now.

    Raises AlreadyDone when another process was faster.
    """
    stage = lifecycle.after(ask.stage, move)
    if stage is None:
        raise NotNow(ask, move)
    if stage in (Stage.DELIVERED, Stage.CLOSED):
        values = holding.given_back(act, ask) | values
    done = act.connection.execute(
        update(asks)
        .where(asks.c.id == ask.id, asks.c.workspace_id == act.workspace_id, asks.c.version == ask.version)
        .values(stage=stage, version=ask.version + 1, **values)
    )
    if done.rowcount == 0:
        raise AlreadyDone(ask)
    if stage is Stage.CLOSED and ask.stage is not Stage.CLOSED:
        _let_go(act, ask)
    if stage in (Stage.DELIVERED, Stage.CLOSED):
        overtake_baton(act, ask)
        overtake_questions(act, ask.id)
        particulars = holding.since(ask) | (particulars or {})
    first_yes = move is Move.ACKNOWLEDGE and ask.stage is Stage.OPEN
    waited = (act.now - ask.filed_at).total_seconds() if first_yes else None
    record(act, ask.id, move, _with_the_promise(particulars or {}, values), number=ask.number, seconds=waited)
    now = reading.by_id(act, ask.id)
    nudging.plan(act, now, answered=act.actor_id == ask.owner.id)
    outbox.refresh(act, ask.id)
    ripples.spread(act, ask, now)
    return now


def _with_the_promise(particulars: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """An event that moves the promise says where to: `queries/promises` reads an ask's promises from there."""
    return particulars | {"promise": values["due"].isoformat()} if "due" in values else particulars


def said(field: str, text: str | None, limit: int = LONGEST_LINE) -> str:
    """`text` without the white space around it. Raises NothingSaid or TooLong."""
    words = (text or "").strip()
    if not words:
        raise NothingSaid(field)
    if len(words) > limit:
        raise TooLong(field, limit)
    return words


def maybe_said(field: str, text: str | None, limit: int = LONGEST_LINE) -> str | None:
    """The same for a text that may be left out: None then. Raises TooLong."""
    return said(field, text, limit) if (text or "").strip() else None


def pass_custody(act: Act, ask: Ask, owner_id: str, because: str) -> None:
    """Its owner owns the ask no more, and at this very instant `owner_id` does."""
    take_custody(act, ask.id, owner_id, because, _end_custody(act, ask))


def _end_custody(act: Act, ask: Ask) -> datetime:
    """Its owner owns the ask no more; since when. Where a clock was set back, not before they began to."""
    ended = max(act.now, ask.owned_since)
    act.connection.execute(
        update(custody).where(custody.c.ask_id == ask.id, custody.c.until.is_(None)).values(until=ended)
    )
    return ended


def take_custody(act: Act, ask_id: int, owner_id: str, because: str, since: datetime) -> None:
    """`owner_id` owns an ask that nobody owns. What its last owner snoozed is awake for the new one."""
    act.connection.execute(
        update(nudge_plans).where(nudge_plans.c.ask_id == ask_id).values(snoozed_until=None, unanswered=0)
    )
    overtake_questions(act, ask_id, owner_id)  # nobody advises themselves
    open_custodies(act.connection, [custody_row(act, ask_id, owner_id, because, since)])


def open_custodies(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Keep who owns asks that nobody owned: the index sees to that."""
    connection.execute(_OPEN, rows)


_OPEN = insert(custody)


def custody_row(act: Act, ask_id: int, owner_id: str, because: str, since: datetime) -> dict[str, Any]:
    """That `owner_id` owns the ask, to be kept."""
    return {
        "workspace_id": act.workspace_id,
        "ask_id": ask_id,
        "owner_id": owner_id,
        "since": since,
        "because": because,
    }


def overtake_change(act: Act, ask: Ask, answer: str = "overtaken") -> None:
    """End the pending change of an ask, if there is one."""
    act.connection.execute(
        update(changes)
        .where(changes.c.ask_id == ask.id, changes.c.answer.is_(None))
        .values(answer=answer, answered_at=act.now)
    )


def overtake_baton(act: Act, ask: Ask) -> None:
    """End the pending offer of an ask, if there is one, and tell who it was offered to."""
    if ask.baton is not None and ask.baton.receiver.id != act.actor_id:
        outbox.post(act, "baton_recalled", ask_id=ask.id, person_id=ask.baton.receiver.id, by=act.actor_id)
    act.connection.execute(
        update(batons)
        .where(batons.c.ask_id == ask.id, batons.c.answer.is_(None))
        .values(answer="overtaken", answered_at=act.now)
    )


def overtake_questions(act: Act, ask_id: int, asked_of: str | None = None) -> None:
    """End what is still to be answered about an ask; with `asked_of` only what that person was asked."""
    pending = (questions.c.ask_id == ask_id) & questions.c.ended.is_(None)
    if asked_of is not None:
        pending &= questions.c.asked_of == asked_of
    act.connection.execute(update(questions).where(pending).values(ended="overtaken", ended_at=act.now))


def move_card(act: Act, ask: Ask) -> None:
    """The card in the old department's channel says where the ask went; the new channel gets the public card."""
    act.connection.execute(
        update(posts).where(posts.c.ask_id == ask.id, posts.c.message == reading.ASK_CARD).values(message="moved_card")
    )
    outbox.post(act, reading.ASK_CARD, ask_id=ask.id, channel_id=ask.department_channel_id)


def _let_go(act: Act, ask: Ask) -> None:
    """An ask that closes is on nobody's back: its custody ends, nothing is pending, nothing will be nudged."""
    _end_custody(act, ask)
    overtake_change(act, ask)
    act.connection.execute(delete(nudge_plans).where(nudge_plans.c.ask_id == ask.id))
