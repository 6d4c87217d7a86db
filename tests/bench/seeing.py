"""(d) `/monkeys`, `/standup` and Home in a ledger of very many asks, beside a scan of all of them."""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from handlers.cards.standup import standup as standup_card
from handlers.words import Words
from store import departments
from store.database import Ledger, Look
from store.migrations import migrate
from store.queries.standup import digest
from store.tables import asks
from tests.bench.figures import Given, Section, databases
from tests.bench.filling import NOW, fill
from tests.bench_board import questions
from tests.store.world import TEAM

SHOWN = ("/monkeys of 300, due", "Home of the one with 300", "Home of the lead")
LOOKS = 30


def measure(given: Given) -> Section:
    """Milliseconds of what one visit reads and draws: the middle one, the slowest in a hundred, and a scan's."""
    size = given.size(30_000, 1_000_000)
    rows: list[list[object]] = []
    for database in given.on:
        with databases(database) as fresh:
            ledger = Ledger(fresh("seeing"))
            migrate(ledger.engine)
            fill(ledger, size)
            with ledger.reading() as connection:
                look = Look(connection, TEAM, NOW)
                scan = _times(lambda look=look: _scan(look), 3)[1]
                everything = dict(questions(look))
                visits: dict[str, Callable[[], Any]] = {name: everything[name] for name in everything if name in SHOWN}
                visits["/standup of 200 people"] = lambda look=look: _standup(look)
                for name, visit in visits.items():
                    times = _times(visit, LOOKS * given.runs)
                    middle, slow = times[len(times) // 2], times[len(times) * 99 // 100]
                    rows.append(
                        [database, name, f"{middle:.1f}", f"{slow:.1f}", f"{scan:.0f}", f"**{scan / middle:.0f}**"]
                    )
            ledger.close()
    head = ("ledger", "what", "p50 ms", "p99 ms", "a scan, ms", "times faster")
    remark = "The scan reads the row of every ask, as it would without an index, and draws nothing."
    return Section(f"(d) What people look at, in a ledger of {size:,} asks", head, rows, [remark])


def _times(visit: Callable[[], Any], many: int) -> list[float]:
    times = []
    for _ in range(many):
        began = time.perf_counter()
        visit()
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def _scan(look: Look) -> int:
    found = look.connection.execute(select(asks.c.id, asks.c.stage, asks.c.due, asks.c.asker_id, asks.c.what))
    return sum(1 for row in found if row.stage != "closed" and row.asker_id == "U0001")


def _standup(look: Look) -> Any:
    department = departments.by_id(look, min(one.id for one in departments.all_of(look)))
    return standup_card(digest(look, department), Words("en-US"))
