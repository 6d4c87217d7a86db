"""`make bench-board`: `/monkeys`, the board and Home in a ledger of a million asks, with the plans of their statements.

A workspace of 20 departments; the first has 200 people, one of whom owns 300 monkeys. A tenth of the asks is open.
SQLite in a file of its own; `--url postgresql://…/empty` measures there. `--asks 100000` for a smaller one.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import event, inspect

from handlers.cards import board as board_cards
from handlers.cards import monkeys as monkeys_cards
from handlers.cards.home import home
from handlers.words import Words
from store import departments, people, presence
from store.database import Ledger, Look
from store.migrations import migrate
from store.queries import board, monkeys
from store.queries.board import Sorting
from tests.bench.filling import BUSY, LEAD, NOW, PEOPLE, fill
from tests.store.world import TEAM


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
