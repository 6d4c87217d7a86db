"""Erase one person: what they wrote and their name go; that there was an ask, and how it came out, stays.

Their Slack id stays where it counts who did what. What stands on Slack is Slack's, and what others wrote is theirs.
Every column that holds text is in WORDS or in STRUCTURE; a test fails for a new one that is in neither.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    union,
    update,
)

from store.database import Act, Look
from store.events import record
from store.people import ERASED
from store.rules.lifecycle import Move, Stage
from store.tables import (
    METADATA,
    asks,
    batons,
    changes,
    custody,
    departments,
    events,
    objections,
    outbox,
    people,
    questions,
)


class StillHolds(Exception):
    """Not yet: somebody owns, asked or is offered the open asks `numbers`, or leads the departments `leads`."""

    def __init__(self, numbers: tuple[int, ...], leads: tuple[str, ...]) -> None:
        super().__init__(numbers, leads)
        self.numbers, self.leads = numbers, leads


GONE = ERASED  # stands where something was
AT_ONCE = 100  # asks in one act, so that it holds up the acts behind it for less than a tenth of a second


@dataclass(frozen=True, slots=True)
class Words:
    """Columns of a table about asks that hold what somebody wrote: who made one of `moves`, or who stands in `by`."""

    table: Table
    columns: tuple[str, ...]
    by: str | None = None
    moves: tuple[Move, ...] = ()


WORDS = (
    Words(asks, ("what", "done_means", "rush_reason", "source_link", "inputs"), by="asker_id"),
    Words(asks, ("result",), moves=(Move.ACKNOWLEDGE, Move.PROPOSE_CHANGE)),
    Words(asks, ("evidence", "evidence_link"), moves=(Move.DELIVER,)),
    Words(asks, ("missing",), moves=(Move.NOT_QUITE, Move.REOPEN)),
    Words(asks, ("outcome_reason",), moves=(Move.PUT_DOWN, Move.WITHDRAW)),
    Words(changes, ("result", "reason"), by="offered_by"),
    Words(batons, ("note",), by="offered_by"),
    Words(batons, ("words",), by="receiver_id"),
    Words(questions, ("words", "proposal"), by="asked_by"),
    Words(questions, ("answer",), by="answered_by"),
    Words(objections, ("words",), by="objected_by"),
    Words(objections, ("reason",), by="decided_by"),
)
ALSO_WORDS = frozenset(
    {"people.handle", "people.name", "people.email", "events.particulars", "outbox.particulars"}
    | {"drafts.text", "drafts.particulars", "preferences.quiet"}
)
"""Words that are erased otherwise: blanked, picked out of particulars, or deleted with their row."""

STRUCTURE: Mapping[str, str] = {
    "asks": "rush_cause kept",
    "batons": "answer reason",
    "changes": "answer",
    "custody": "because",
    "departments": "key names channel_id usergroup_id time_zone hours country region closed_days lead_time locale "
    "ladder",
    "duty": "people",
    "events": "actor_id what key",
    "installations": "name app_id bot_user_id bot_id scopes sealed_token sealed_refresh_token installed_by",
    "landings": "because placed_by",
    "matches": "phrase folded",
    "nudge_plans": "rung receiver_id held_by",
    "nudges": "rung receiver_id held_by",
    "objections": "decision decided_by",
    "outbox": "message channel_id person_id nonce fault",
    "people": "locale time_zone",
    "placings": "phrases",
    "posts": "message channel_id person_id ts nonce",
    "questions": "ended answered_by",
    "services": "name names lead_time inputs done_means ladder promise changed_by",
    "standups": "channel_id weekdays time_zone set_by",
    "troubles": "channel_id fault",
    "workspaces": "name enterprise_id bot_user_id departments_stamp stopped_because",
}
"""Ids, codes and times; and what a department says of itself, whoever typed it: its names, services, known phrases."""

_CODES = frozenset({"because", "cause", "closed_as", "kept", "outcome", "part", "rung"})  # never typed by anybody
_CODED = frozenset({Move.REFUSE, Move.TAKE, Move.EXPIRE})  # whose `reason` is one of a few words
_HARMLESS = re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.+-]+)?|[UWCDGT][A-Z0-9]{2,}")  # a time, an id of Slack's


def touched(look: Look, person_id: str) -> list[int]:
    """The asks that somebody asked, owned, or did something to."""
    here = look.workspace_id
    found = (
        select(asks.c.id).where(asks.c.workspace_id == here, asks.c.asker_id == person_id),
        select(custody.c.ask_id).where(custody.c.workspace_id == here, custody.c.owner_id == person_id),
        select(batons.c.ask_id).where(batons.c.workspace_id == here, batons.c.receiver_id == person_id),
        select(events.c.ask_id).where(
            events.c.workspace_id == here, events.c.actor_id == person_id, events.c.ask_id.is_not(None)
        ),
    )
    return sorted({ask_id for statement in found for ask_id in look.connection.execute(statement).scalars()})


def check(look: Look, person_id: str) -> None:
    """Raises StillHolds while somebody owns or asked something that is open, or leads a department."""
    here = look.workspace_id
    owned = select(custody.c.ask_id).where(
        custody.c.workspace_id == here, custody.c.owner_id == person_id, custody.c.until.is_(None)
    )
    offered = select(batons.c.ask_id).where(
        batons.c.workspace_id == here, batons.c.receiver_id == person_id, batons.c.answer.is_(None)
    )
    mine = asks.alias("mine")
    asked = select(mine.c.id).where(
        mine.c.workspace_id == here, mine.c.asker_id == person_id, mine.c.stage != literal_column("'closed'")
    )
    held = look.connection.execute(
        select(asks.c.number)
        .where(asks.c.workspace_id == here, asks.c.stage != Stage.CLOSED, asks.c.id.in_(union(owned, asked, offered)))
        .order_by(asks.c.number)
    )
    led = look.connection.execute(
        select(departments.c.key).where(
            departments.c.workspace_id == here, departments.c.lead_id == person_id, departments.c.archived_at.is_(None)
        )
    )
    numbers, keys = tuple(held.scalars()), tuple(led.scalars())
    if numbers or keys:
        raise StillHolds(numbers, keys)


def counted(look: Look, person_id: str, ask_ids: Sequence[int]) -> Counter[str]:
    """What would be erased: how many rows of which table, over those asks."""
    counts: Counter[str] = Counter()
    for words in WORDS:
        where = _where(look, words, person_id, ask_ids)
        statement = select(func.count()).select_from(words.table).where(where)
        counts[words.table.name] += look.connection.execute(statement).scalar_one()
    counts["events"] = len(_particulars(look, events, _acted(look, person_id, ask_ids)))
    return +counts


def erase_words(act: Act, person_id: str, ask_ids: Sequence[int]) -> Counter[str]:
    """Erase what somebody wrote about those asks; returns how many rows of which table."""
    counts: Counter[str] = Counter()
    for words in WORDS:
        where = _where(act, words, person_id, ask_ids)
        values = {name: _nothing(words.table.c[name]) for name in words.columns}
        counts[words.table.name] += act.connection.execute(update(words.table).where(where).values(values)).rowcount
    counts["events"] = _clean(act, events, _acted(act, person_id, ask_ids))
    # What was said of these asks does not tell whose words it carried: all of it goes. The asks themselves are closed.
    said = and_(outbox.c.workspace_id == act.workspace_id, outbox.c.ask_id.in_(ask_ids))
    counts["outbox"] = _clean(act, outbox, said)
    record(act, None, "erase_words", {"person": person_id, "asks": len(ask_ids)})
    return +counts


def erase_person(act: Act, person_id: str) -> None:
    """Erase the name, and what is kept for this person alone. Raises StillHolds."""
    check(act, person_id)
    mine = (("drafts", "person_id"), ("preferences", "person_id"), ("memberships", "person_id"))
    standing = (("deputies", "person_id"), ("deputies", "deputy_id"))
    for name, column in (*mine, *standing):
        table = METADATA.tables[name]
        act.connection.execute(
            delete(table).where(table.c.workspace_id == act.workspace_id, table.c[column] == person_id)
        )
    act.connection.execute(
        update(people)
        .where(people.c.workspace_id == act.workspace_id, people.c.id == person_id)
        .values(handle="", name=GONE, email=None)
    )
    record(act, None, "erase_person", {"person": person_id})


def without_words(particulars: Any, *, coded: bool = False, key: str = "") -> Any:
    """Particulars in which nothing is left that somebody typed. `coded`: their reason is one of a few words of ours."""
    match particulars:
        case dict():
            return {name: without_words(value, coded=coded, key=name) for name, value in particulars.items()}
        case list():
            return [without_words(value, coded=coded, key=key) for value in particulars]
        case str() if key in _CODES or (coded and key == "reason") or _HARMLESS.fullmatch(particulars):
            return particulars
        case str():
            return GONE
        case _:
            return particulars


def _where(look: Look, words: Words, person_id: str, ask_ids: Sequence[int]) -> ColumnElement[bool]:
    table = words.table
    about = table.c.id if table is asks else table.c.ask_id
    if words.by is not None:
        theirs = table.c[words.by] == person_id
    else:
        acted = _acted(look, person_id, ask_ids) & events.c.what.in_(words.moves)
        theirs = about.in_(select(events.c.ask_id).where(acted))
    something = or_(*(_says_something(table.c[name]) for name in words.columns))
    return and_(table.c.workspace_id == look.workspace_id, about.in_(ask_ids), theirs, something)


def _says_something(column: Column[Any]) -> ColumnElement[bool]:
    return column.is_not(None) if _may_be_null(column) else and_(column.is_not(None), column != GONE)


def _may_be_null(column: Column[Any]) -> bool:
    """A link to nowhere or answers to nothing help nobody; a text that was there has to have been one."""
    return isinstance(column.type, JSON) or column.name.endswith("_link")


def _nothing(column: Column[Any]) -> Any:
    return None if _may_be_null(column) else case((column.is_not(None), GONE), else_=None)


def _acted(look: Look, person_id: str, ask_ids: Sequence[int]) -> ColumnElement[bool]:
    return and_(
        events.c.workspace_id == look.workspace_id, events.c.ask_id.in_(ask_ids), events.c.actor_id == person_id
    )


def _particulars(look: Look, table: Table, where: ColumnElement[bool]) -> list[tuple[int, Any]]:
    """The rows whose particulars hold words, with what stays of these."""
    what = table.c.what if table is events else table.c.message
    rows = look.connection.execute(select(table.c.id, what, table.c.particulars).where(where))
    cleaned = ((row[0], row[2], without_words(row[2], coded=row[1] in _CODED)) for row in rows)
    return [(row_id, after) for row_id, before, after in cleaned if after != before]


def _clean(act: Act, table: Table, where: ColumnElement[bool]) -> int:
    found = _particulars(act, table, where)
    if found:
        act.connection.execute(
            update(table).where(table.c.id == bindparam("row_id")).values(particulars=bindparam("stays")),
            [{"row_id": row_id, "stays": stays} for row_id, stays in found],
        )
    return len(found)
