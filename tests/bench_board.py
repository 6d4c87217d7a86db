"""`make bench-board`: `/monkeys`, the board and Home in a ledger of a million asks, with the plans of their statements.

A workspace of 20 departments; the first has 200 people, one of whom owns 300 monkeys. A tenth of the asks is open.
SQLite in a file of its own; `--url postgresql://…/empty` measures there. `--asks 100000` for a smaller one.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, inspect, text, update

from handlers.cards import board as board_cards
from handlers.cards import monkeys as monkeys_cards
from handlers.cards.home import home
from handlers.words import Words
from store import departments, people, presence, setting_up
from store.database import Ledger, Look
from store.migrations import migrate
from store.queries import board, monkeys
from store.queries.board import Sorting
from store.rules.lifecycle import Outcome, Stage
from store.tables import asks, batons, custody, nudge_plans, posts, workspaces
from tests.store.world import TEAM, World, plan, profile

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BATCH = 5_000
PEOPLE = 200
BUSY, LEAD = "U0001", "U0000"


def fill(ledger: Ledger, many: int, open_share: float = 0.1) -> None:
    """People, departments, and `many` asks with their custody, batons, cards and plans, in bulk."""
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
        "delivered_at": filed if stage is Stage.DELIVERED else None,
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


def questions(look: Look) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is measured: everything that one visit reads and draws."""
    words = Words("en-US")
    department = departments.by_id(look, min(one.id for one in departments.all_of(look)))

    def mine(sorting: monkeys.Sorting, page: int = 0) -> Any:
        where = monkeys.Where(mine=page, sorting=sorting)
        found = monkeys.lists(look, BUSY, where, monkeys_cards.LONG, monkeys_cards.FEW)
        return monkeys_cards.monkeys(found, BUSY, words, NOW)

    for order in monkeys.Sorting:
        yield f"/monkeys of 300, {order}", lambda order=order: mine(order)
    yield "/monkeys of 300, last page", lambda: mine(monkeys.Sorting.DUE, 99)
    for sorting in Sorting:
        yield (
            f"board of {PEOPLE}, by {sorting}",
            lambda sorting=sorting: board_cards.board(
                department, board.board(look, [department], sorting), sorting, words, NOW
            ),
        )
    yield "what one of them has", lambda: monkeys.held_by(look, BUSY, (department.id,))
    yield "open asks of the department", lambda: monkeys.of_department(look, department.id)

    def at_home(reader_id: str) -> Any:
        reader = people.find(look, reader_id)
        assert reader is not None
        where, led = monkeys.Where(), departments.led_by(look, reader_id)
        return home(
            reader,
            monkeys.lists(look, reader_id, where, 10, 6),
            monkeys.lately_closed(look, reader_id),
            departments.of_person(look, reader_id),
            words,
            NOW,
            absence=presence.absence_of(look, reader_id),
            led=[(one, board.board(look, [one], size=5)) for one in led],
        )

    yield "Home of the one with 300", lambda: at_home(BUSY)
    yield "Home of the lead", lambda: at_home(LEAD)


def measure(ledger: Ledger) -> None:
    """Each question a few times: the first and the best in milliseconds, how many statements, and their plans."""
    write = sys.stdout.write
    said: list[tuple[str, Any]] = []

    @event.listens_for(ledger.engine, "before_cursor_execute")
    def _listen(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        said.append((statement, parameters))

    plans: dict[str, Any] = {}
    with ledger.reading() as connection:
        departments.all_of(Look(connection, TEAM, NOW))
        for name, ask in questions(Look(connection, TEAM, NOW)):
            said.clear()
            took = []
            for _ in range(5):
                began = time.perf_counter()
                ask()
                took.append((time.perf_counter() - began) * 1000)
            write(f"{name:32} first {took[0]:7.1f} ms   best {min(took):7.1f} ms   {len(said) // 5} statements\n")
            plans.update(said)
    explain = "EXPLAIN QUERY PLAN " if ledger.engine.dialect.name == "sqlite" else "EXPLAIN (ANALYZE, COSTS OFF) "
    with ledger.engine.connect() as connection:
        for statement, parameters in plans.items():
            write(f"\n{' '.join(statement.split())[:160]} …\n")
            for row in connection.exec_driver_sql(explain + statement, parameters):
                write(f"    {row[-1]}\n")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench_board", description=__doc__)
    parser.add_argument("--asks", type=int, default=1_000_000)
    parser.add_argument("--url", help="a database, filled if it is empty; left out: SQLite in a new folder")
    parser.add_argument("--keep", type=Path, help="a folder to keep the SQLite ledger in; filled only once")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = (given.keep or Path(folder)) / "baton.db"
        ledger = Ledger(given.url or f"sqlite:///{database}")
        if not inspect(ledger.engine).has_table("asks"):
            began = time.perf_counter()
            migrate(ledger.engine)
            fill(ledger, given.asks)
            sys.stdout.write(f"filled with {given.asks} asks in {time.perf_counter() - began:.0f} s\n")
        measure(ledger)
        ledger.close()


if __name__ == "__main__":
    main()
