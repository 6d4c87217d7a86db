"""Nothing that people wait for, nor what runs by itself, reads a large table from end to end: asked of the planner.

A few people work, look and let the clock tick on a ledger of a handful of asks; each statement that was run is then
explained. A handful is read whole by anybody: PostgreSQL is told to use an index wherever one serves, SQLite does so
by itself. What an operator does by hand (`check`, export, copying, finding what somebody ever touched) may read it all.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from store import (
    absences,
    acknowledging,
    chains,
    chores,
    delivering,
    departments,
    desk_lists,
    due,
    ending,
    erasing,
    feeding,
    handoffs,
    outbox,
    parcels,
    preferences,
    presence,
    questions,
    retention,
    standups,
)
from store.asks import Wish
from store.database import Ledger, Look
from store.migrations import migrate
from store.queries import (
    asks,
    board,
    climbed,
    department_changes,
    expecting,
    landed,
    monkeys,
    month,
    nudged,
    objections,
    offers,
    promises,
    service_history,
    standup,
)
from store.queries import questions as asked
from store.tables import METADATA
from tests.bench import filling
from tests.store.world import ANN, LIN, OMAR, PIA, TEAM, WEI, World

LARGE = "asks|custody|events|outbox|posts|nudges|batons|nudge_plans|links|questions|changes|landings|objections"
PARTIAL = {
    str(index.name)
    for table in METADATA.sorted_tables
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
Said = dict[str, Any]  # statements with the parameters they had


@contextmanager
def heard(ledger: Ledger) -> Iterator[Said]:
    """Every statement that the ledger runs meanwhile."""
    said: Said = {}

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.split(maxsplit=1)[0] in ("SELECT", "UPDATE", "DELETE", "WITH"):
            said.setdefault(statement, parameters[0] if many else parameters)

    event.listen(ledger.engine, "before_cursor_execute", hear)
    yield said
    event.remove(ledger.engine, "before_cursor_execute", hear)


def plan_of(ledger: Ledger, statement: str, parameters: Any) -> list[str]:
    """How the database would go about it, a line for each step."""
    on_sqlite = ledger.engine.dialect.name == "sqlite"
    with ledger.engine.connect() as connection:
        if not on_sqlite:
            connection.execute(text("SET enable_seqscan = off"))
        explained = f"EXPLAIN {'QUERY PLAN' if on_sqlite else '(COSTS OFF)'} {statement}"
        return [str(row[-1]) for row in connection.exec_driver_sql(explained, parameters)]


def wholly_read(ledger: Ledger, said: Said) -> dict[str, list[str]]:
    """Of those statements the ones that read a large table from end to end, with the lines of the plan that say so."""
    scans_in = _sqlite_scans if ledger.engine.dialect.name == "sqlite" else _postgres_scans
    found = {}
    for statement, parameters in said.items():
        if scans := [*scans_in(plan_of(ledger, statement, parameters))]:
            found[" ".join(statement.split())] = scans
    return found


def _sqlite_scans(plan: list[str]) -> Iterator[str]:
    for line in plan:
        scan = re.match(rf"SCAN ({LARGE}|child|other|card|earlier)\b(?: USING (?:COVERING )?INDEX (\w+))?", line)
        if scan and scan[2] not in PARTIAL:
            yield line


def _postgres_scans(plan: list[str]) -> Iterator[str]:
    for place, line in enumerate(plan):
        if re.search(rf"Seq Scan on ({LARGE})\b", line):
            yield line.strip()
        index = re.search(rf"Index (?:Only )?Scan (?:Backward )?using (\w+) on ({LARGE})\b", line)
        has_condition = any("Index Cond" in below for below in plan[place + 1 : place + 2])
        if index and index[1] not in PARTIAL and not has_condition:
            yield line.strip()


def work(world: World) -> None:
    """Asks are filed, owned, asked about, handed on, blocked, delivered and forgotten; the clock ticks."""
    ask = world.file(person_id=OMAR)
    world.act(OMAR, acknowledging.acknowledge, ask.number)
    world.act(OMAR, questions.ask_asker, ask.number, "Which one?")
    pending = world.look(asks.by_number, ask.number).question
    assert pending is not None
    world.act(ANN, questions.answer, ask.number, pending.id, "The left one")
    world.act(OMAR, feeding.note, ask.number, "Ordered")
    finance = world.department("finance")
    world.act(OMAR, chains.block, ask.number, [Wish(finance.id, "Pay for the gasket")])
    world.act(OMAR, handoffs.offer, ask.number, PIA, "Half done")
    baton = world.look(asks.by_number, ask.number).baton
    assert baton is not None
    world.act(PIA, handoffs.take, ask.number, baton.id)
    world.act(WEI, acknowledging.acknowledge, 2)
    world.act(WEI, delivering.deliver, 2, "Paid")
    world.act(PIA, delivering.accept, 2)
    world.act(LIN, standups.schedule, world.department().id, "CEQUIP", range(5), 600, "Asia/Shanghai")
    world.act(LIN, ending.put_down, world.file().number, "No budget")
    world.forward(days=3)
    for tick in (due.nudge, standups.post_due, handoffs.expire_due, absences.turn, desk_lists.post_due):
        world.act(None, tick)
    world.act(None, parcels.claim, world.now)
    world.act(None, chores.begin, "proof", timedelta(days=1))
    world.act(None, retention.forget, world.now - timedelta(days=1))
    world.act(None, retention.forget_leftovers, world.now - timedelta(days=1))
    world.act(None, erasing.erase_words, ANN, [1])


def look(world: World) -> None:
    """What people look at."""
    department = world.department()
    for person_id in (ANN, LIN):
        world.look(monkeys.lists, person_id, monkeys.Where())
        world.look(monkeys.lately_closed, person_id)
        world.look(asked.asked_of, person_id)
        world.look(preferences.of, person_id)
        world.look(presence.absence_of, person_id)
    world.look(monkeys.held_by, OMAR, [department.id])
    world.look(monkeys.all_working_of, PIA)
    world.look(monkeys.of_department, department.id)
    world.look(board.board, [department])
    world.look(climbed.climbed, department)
    world.look(objections.undecided, [department.id])
    world.look(standup.digest, department)
    world.look(month.of_department, department)
    world.look(landed.month, department, world.now.date().replace(day=1))
    world.look(department_changes.page, department.id)
    world.look(expecting.expected, department, department.services[0], None)
    world.look(service_history.of_the_rest, department)
    world.look(offers.still_offered, PIA, [1, 2])
    world.look(asks.history, 1)
    world.look(promises.of_ask, world.look(asks.by_number, 1))
    world.look(nudged.in_message, 1)
    world.look(departments.all_of)
    with world.ledger.reading() as connection:
        outbox.pending(connection)
        outbox.backlog(connection, world.now)
        outbox.next_due(connection)
        due.next_nudge(connection)


def test_nobody_waits_for_a_large_table_to_be_read_whole(world: World) -> None:
    with heard(world.ledger) as said:
        work(world)
        look(world)
    assert len(said) > 100
    assert wholly_read(world.ledger, said) == {}


@pytest.mark.parametrize("condition", ["what = 'x'", "closed_at IS NULL", "stage IN ('open', 'acknowledged')"])
def test_a_statement_that_no_index_serves_is_found(world: World, condition: str) -> None:
    with heard(world.ledger) as said, world.ledger.reading() as connection:
        connection.execute(text(f"SELECT id FROM asks WHERE workspace_id = '{TEAM}' AND {condition}"))
        connection.execute(text("SELECT count(*) FROM events WHERE actor_id = 'U1'"))
    assert wholly_read(world.ledger, said)


def test_a_lead_looks_at_open_asks_only(ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index over all asks of a department would serve as well, and reads ten times as many."""
    monkeypatch.setattr(filling, "PEOPLE", 5)
    ledger = Ledger(ledger_url)
    migrate(ledger.engine)
    filling.fill(ledger, 3000)
    with heard(ledger) as said, ledger.reading() as connection:
        looked = Look(connection, TEAM, filling.NOW)
        department = departments.led_by(looked, filling.LEAD)[0]
        standup.digest(looked, department)
        board.board(looked, [department])
        monkeys.of_department(looked, department.id)
    of_department = [one for one in said if "stage != 'closed'" in one and "custody.owner_id IN" not in one]
    assert len(of_department) == 4  # the digest, the board, and how many asks there are and which come first
    for statement in of_department:
        assert "ix_asks_open_department" in str(plan_of(ledger, statement, said[statement])), statement
    ledger.close()
