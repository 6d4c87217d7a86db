"""A ledger of very many asks, filled in bulk: a workspace of 20 departments with 200 people each.

The first person of the first department leads it; the second owns 300 monkeys. A tenth of the asks is open.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text, update

from store import departments, people, setting_up
from store.database import Ledger
from store.rules.kept import Kept
from store.rules.lifecycle import Answerer, Outcome, Stage
from store.tables import (
    Kind,
    Sending,
    asks,
    batons,
    changes,
    custody,
    events,
    landings,
    links,
    nudge_plans,
    nudges,
    outbox,
    posts,
    questions,
    workspaces,
)
from tests.store.world import TEAM, World, plan, profile

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BATCH = 5_000
PEOPLE = 200
BUSY, LEAD = "U0001", "U0000"


def fill(ledger: Ledger, many: int, open_share: float = 0.1, *, lived: bool = False) -> None:
    """People, departments, and `many` asks with their custody, batons, cards and plans.

    `lived`: also with what has happened to them, what was said of them, and what waits for what.
    """
    chance = random.Random(1)
    world = World.__new__(World)
    world.ledger, world.now = ledger, NOW - timedelta(days=400)
    world.act(None, people.ensure_workspace, "A large company")
    everybody = [f"U{number:04d}" for number in range(PEOPLE * 20)]

    def meet(act: Any) -> None:
        for person_id in everybody:
            people.remember(act, profile(person_id))

    world.act(None, meet)
    for place in range(20):
        members = everybody[place * PEOPLE : (place + 1) * PEOPLE]
        made = plan(f"d{place}", f"Department {place}", f"C{place}", members[0], tuple(members[1:]))
        world.act(members[0], setting_up.set_up, made)
    ids = {one.key: one.id for one in world.look(departments.all_of)}
    with ledger.engine.begin() as connection:
        for start in range(1, many + 1, BATCH):
            rows = [
                _ask(number, many, everybody, ids, chance, open_share)
                for number in range(start, min(start + BATCH, many + 1))
            ]
            for table, of in ((asks, 0), (custody, 1), (batons, 2), (posts, 3), (nudge_plans, 4)):
                found = [one for row in rows for one in row[of]]
                if found:
                    connection.execute(insert(table), found)
            if lived:
                for table, rows_of_it in _lives([(row[0][0], row[1][-1]["owner_id"]) for row in rows]):
                    connection.execute(insert(table), rows_of_it)
        connection.execute(update(workspaces).values(last_number=many))
    with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _ask(
    number: int, many: int, everybody: list[str], ids: dict[str, int], chance: random.Random, open_share: float
) -> tuple[list[Any], ...]:
    place = chance.randrange(20)
    is_open = number > many * (1 - open_share)
    owner = everybody[place * PEOPLE + chance.randrange(PEOPLE)]
    if number > many - 300:
        place, is_open, owner = 0, True, BUSY
    asker = everybody[chance.randrange(len(everybody))]
    filed = NOW - timedelta(minutes=(many - number) * 500_000 // many)
    due = filed + timedelta(days=chance.randrange(2, 40 if is_open else 9))
    stage = chance.choice((Stage.OPEN, Stage.ACKNOWLEDGED, Stage.DELIVERED)) if is_open else Stage.CLOSED
    ask = {
        "id": number,
        "workspace_id": TEAM,
        "number": number,
        "department_id": ids[f"d{place}"],
        "asker_id": asker if asker != owner else LEAD,
        "what": f"Replace the gasket of analyser {number}, which has leaked since the last inspection",
        "asked_due": due,
        "due": due,
        "due_was_given": True,
        "promise_number": 1,
        "promised_at": filed,
        "is_private": False,
        "stage": stage,
        "outcome": None if is_open else Outcome.SATISFIED,
        "closed_at": None if is_open else min(NOW, filed + timedelta(days=3)),
        "filed_at": filed,
        "fed_at": filed,
        "delivered_at": None if stage in (Stage.OPEN, Stage.ACKNOWLEDGED) else filed + timedelta(days=2),
        "asker_department_id": ids[f"d{int(asker[1:]) // PEOPLE}"],
        "kept": None if is_open else (Kept.KEPT, Kept.LATE)[number % 5 == 0],
        "late_by": 3600 if not is_open and number % 5 == 0 else None,
        "deliveries": 0,
        "version": 1,
    }
    held, passed = _passed_on(number, owner, everybody[place * PEOPLE : (place + 1) * PEOPLE], ask, chance)
    card = {
        "workspace_id": TEAM,
        "ask_id": number,
        "message": "ask_card",
        "channel_id": f"C{place}",
        "ts": f"{1_700_000_000 + number}.000100",
        "nonce": f"n{number}",
        "posted_at": filed,
    }
    planned = {"ask_id": number, "workspace_id": TEAM, "at": NOW + timedelta(days=1), "receiver_id": owner}
    return [ask], held, passed, [card], [planned] if is_open else []


def _passed_on(
    number: int, owner: str, colleagues: list[str], ask: dict[str, Any], chance: random.Random
) -> tuple[list[Any], list[Any]]:
    """The custody of an ask, which now and then was handed on, and the batons of that."""
    times = chance.choices((0, 1, 2, 3), (80, 12, 6, 2))[0]
    owners = [*chance.sample([one for one in colleagues if one != owner], times), owner]
    instants = [ask["filed_at"] + timedelta(minutes=place) for place in range(times + 1)]
    held = [
        {
            "workspace_id": TEAM,
            "ask_id": number,
            "owner_id": one,
            "since": instants[place],
            "until": instants[place + 1] if place < times else ask["closed_at"],
            "because": "take" if place else "file",
        }
        for place, one in enumerate(owners)
    ]
    passed = [
        {
            "workspace_id": TEAM,
            "ask_id": number,
            "giver_id": owners[place],
            "offered_by": owners[place],
            "receiver_id": owners[place + 1],
            "note": "Half done",
            "offered_at": instants[place],
            "expires_at": instants[place + 1],
            "answer": "taken",
            "answered_at": instants[place + 1],
        }
        for place in range(times)
    ]
    return held, passed


def _lives(many: list[tuple[Any, str]]) -> Iterator[tuple[Any, list[Any]]]:
    """What has happened to asks and was said of them; of each hundredth, what is rare."""
    yield events, [one for ask, owner in many for one in _happened(ask, owner)]
    yield outbox, [one for ask, owner in many for one in _said(ask, owner)]
    yield nudges, [_nudged(ask, owner) for ask, owner in many if ask["id"] % 2]
    rare = [(ask, owner) for ask, owner in many if ask["id"] % 100 == 0]
    yield landings, [{**_about(ask), "landed_at": ask["filed_at"], "because": "nobody_named"} for ask, _ in rare]
    yield changes, [_change(ask, owner) for ask, owner in rare]
    yield questions, [_question(ask, owner) for ask, owner in rare]
    yield (
        links,
        [
            {"child_id": ask["id"], "parent_id": ask["id"] - 1, "workspace_id": TEAM, "linked_by": owner}
            | {"linked_at": ask["filed_at"]}
            for ask, owner in rare
        ],
    )


def _about(ask: Any) -> dict[str, Any]:
    return {"workspace_id": TEAM, "ask_id": ask["id"]}


def _happened(ask: Any, owner: str) -> Iterator[dict[str, Any]]:
    def event(what: str, actor_id: str, at: datetime) -> dict[str, Any]:
        particulars = {"promise": ask["due"].isoformat()} if what == "file" else {"evidence": "It runs again"}
        key = f"{what}{ask['id']}"
        return {**_about(ask), "at": at, "what": what, "actor_id": actor_id, "particulars": particulars, "key": key}

    yield event("file", ask["asker_id"], ask["filed_at"])
    if ask["stage"] is not Stage.OPEN:
        yield event("acknowledge", owner, ask["filed_at"])
    if ask["stage"] in (Stage.DELIVERED, Stage.CLOSED):
        yield event("deliver", owner, ask["delivered_at"])
    if ask["stage"] is Stage.CLOSED:
        yield event("accept", ask["asker_id"], ask["closed_at"])


def _said(ask: Any, owner: str) -> Iterator[dict[str, Any]]:
    for place, message in enumerate(("ask_card", "you_own", "received")):
        is_card = place == 0
        yield {
            **_about(ask),
            "kind": Kind.POST,
            "message": message,
            "channel_id": "C0" if is_card else None,
            "person_id": None if is_card else owner,
            "particulars": {},
            "nonce": f"{message}{ask['id']}",
            "state": Sending.SENT,
            "put_at": ask["filed_at"],
            "not_before": ask["filed_at"],
            "settled_at": ask["filed_at"],
            "attempts": 1,
        }


def _nudged(ask: Any, owner: str) -> dict[str, Any]:
    at = {"due_at": ask["filed_at"], "fired_at": ask["filed_at"]}
    return {**_about(ask), **at, "promise_number": 1, "rung": "half", "receiver_id": owner, "outbox_id": 3 * ask["id"]}


def _change(ask: Any, owner: str) -> dict[str, Any]:
    is_open = ask["stage"] is not Stage.CLOSED
    answer = {"answer": None if is_open else "agreed", "answered_at": None if is_open else ask["closed_at"]}
    return {**_about(ask), **answer, "offered_by": owner, "offered_at": ask["filed_at"], "due": ask["due"]}


def _question(ask: Any, owner: str) -> dict[str, Any]:
    asked = {"asked_as": Answerer.ASKER, "asked_by": owner, "asked_of": ask["asker_id"], "words": "Which one?"}
    is_pending = ask["stage"] in (Stage.OPEN, Stage.ACKNOWLEDGED)
    ended = {"ended": None if is_pending else "answered", "ended_at": None if is_pending else ask["filed_at"]}
    return {**_about(ask), **asked, **ended, "asked_at": ask["filed_at"]}
