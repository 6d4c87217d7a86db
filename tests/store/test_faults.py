"""Many at once, a process killed, a full disk: what was answered is there, what was not left no trace."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, event, func, select, update
from sqlalchemy.exc import OperationalError

from store import acknowledging, asks, parcels
from store.asks import Wish
from store.database import Act, Ledger, Look
from store.engine import CONNECTIONS
from store.queries.asks import by_number
from store.refusals import LedgerUnavailable, NotNow
from store.rules.lifecycle import Stage
from store.tables import asks as asks_table
from store.tables import custody, events, outbox
from tests.postgres import run_on
from tests.store.world import ANN, LIN, TEAM, World


def count(world: World, statement: object) -> int:
    with world.ledger.reading() as connection:
        return int(connection.execute(statement).scalar_one())  # type: ignore[call-overload]


def test_two_hundred_at_once_are_filed_once_each(world: World) -> None:
    department = world.department()
    numbers: list[int] = []

    def file(key: str) -> None:
        ask = world.ledger.act(asks.file, TEAM, ANN, world.now, key, Wish(department.id, key))
        numbers.append(ask.number)

    threads = [threading.Thread(target=file, args=(f"trigger {n}",)) for n in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 201))
    assert count(world, select(func.count()).select_from(custody).where(custody.c.until.is_(None))) == 200
    assert count(world, select(func.count()).select_from(outbox)) == 400


def test_two_processes_file_without_doubles_or_holes(world: World) -> None:
    department = world.department()
    others = [Ledger(world.ledger.engine.url.render_as_string(hide_password=False)) for _ in range(2)]

    def file(ledger: Ledger) -> None:
        for _ in range(20):
            ledger.act(asks.file, TEAM, ANN, world.now, None, Wish(department.id, "A gasket"))

    threads = [threading.Thread(target=file, args=(ledger,)) for ledger in (world.ledger, *others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for ledger in others:
        ledger.close()
    with world.ledger.reading() as connection:
        numbers = [row.number for row in connection.execute(select(asks_table.c.number))]
    assert sorted(numbers) == list(range(1, 61))


def test_of_two_people_at_once_one_moves_and_the_other_is_told(world: World) -> None:
    ask = world.file()
    told: list[NotNow] = []
    other = Ledger(world.ledger.engine.url.render_as_string(hide_password=False))

    def click(ledger: Ledger) -> None:
        try:
            ledger.act(acknowledging.acknowledge, TEAM, LIN, world.now, None, ask.number)
        except NotNow as refusal:
            told.append(refusal)

    threads = [threading.Thread(target=click, args=(ledger,)) for ledger in (world.ledger, other) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert len(told) == 7
    assert {refusal.ask.stage for refusal in told} == {Stage.ACKNOWLEDGED}
    assert count(world, select(func.count()).where(events.c.what == "acknowledge")) == 1


@pytest.mark.timeout(120)
def test_what_was_answered_before_kill_9_is_there(world: World) -> None:
    answered: list[int] = []
    for _ in range(2):
        url = world.ledger.engine.url.render_as_string(hide_password=False)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.filing_until_killed", url], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        answered += [int(process.stdout.readline()) for _ in range(20)]
        process.kill()
        answered += [int(line) for line in process.stdout.read().splitlines() if line]
        process.wait()
        time.sleep(0.1)
    with world.ledger.reading() as connection:
        rows = connection.execute(select(asks_table.c.number).order_by(asks_table.c.number)).all()
    numbers = [row.number for row in rows]
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(answered) <= set(numbers)
    assert len(numbers) - len(answered) <= 2
    assert count(world, select(func.count()).select_from(custody)) == len(numbers)


def test_a_full_disk_refuses_and_writes_nothing(sqlite_ledgers: Iterator[str]) -> None:
    world = World(next(sqlite_ledgers))
    department = world.department()
    with world.ledger.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    world.ledger.engine.dispose()
    _limit_pages(world.ledger, pages)

    def file_until_it_is_full() -> None:
        for _ in range(50):
            world.ledger.act(asks.file, TEAM, ANN, world.now, None, Wish(department.id, "x" * 10_000))

    with pytest.raises(LedgerUnavailable):
        file_until_it_is_full()
    filed = count(world, select(func.count()).select_from(asks_table))
    assert count(world, select(func.count()).select_from(custody)) == filed
    _limit_pages(world.ledger, pages + 10_000)
    assert world.file().number == filed + 1
    world.close()


def test_a_locked_ledger_refuses_all_that_wait_and_files_nothing_later(world: World) -> None:
    department = world.department()
    refused: list[LedgerUnavailable] = []

    def file() -> None:
        try:
            world.ledger.act(asks.file, TEAM, ANN, world.now, None, Wish(department.id, "A gasket"))
        except LedgerUnavailable as fault:
            refused.append(fault)

    with _locked_elsewhere(world.ledger):
        threads = [threading.Thread(target=file) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()  # while the lock is held
        assert len(refused) == 8
    assert world.file().number == 1


@contextmanager
def _locked_elsewhere(ledger: Ledger) -> Iterator[None]:
    """Another process keeps the ledger to itself."""
    if ledger.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(ledger.engine.url.database), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")
        return
    with ledger.engine.connect() as connection:
        connection.exec_driver_sql("LOCK TABLE workspaces IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


def test_a_claim_beside_many_waiting_rows_takes_few_steps(sqlite_ledgers: Iterator[str]) -> None:
    world = World(next(sqlite_ledgers))
    for _ in range(100):
        world.file()
    world.act(
        None, lambda act: act.connection.execute(update(outbox).values(state="sent", attempts=1, settled_at=world.now))
    )
    for _ in range(100):
        world.file()
    assert world.act(None, parcels.claim, datetime.now(UTC))
    steps = 0

    def count_steps() -> int:
        nonlocal steps
        steps += 1
        return 0

    def claim(act: Act) -> None:
        driver = act.connection.connection.driver_connection
        driver.set_progress_handler(count_steps, 1000)  # type: ignore[union-attr]
        parcels.claim(act, datetime.now(UTC))
        driver.set_progress_handler(None, 0)  # type: ignore[union-attr]

    world.act(None, claim)
    assert steps < 100, f"{steps} thousand steps of the database's machine"
    world.close()


def test_a_fault_in_one_verb_harms_no_other_act(world: World) -> None:
    def broken(act: object) -> None:
        world_filed = asks.file(act, Wish(department.id, "Never"))  # type: ignore[arg-type]
        raise ZeroDivisionError(world_filed.number)

    department = world.department()
    faults: list[BaseException] = []

    def attempt() -> None:
        try:
            world.act(ANN, broken)
        except ZeroDivisionError as fault:
            faults.append(fault)

    threads = [threading.Thread(target=attempt if n % 2 else world.file) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(faults) == 10
    assert count(world, select(func.max(asks_table.c.number))) == 10


def test_a_look_is_of_one_moment(world: World) -> None:
    seen: list[int] = []

    def twice(look: Look) -> None:
        for _ in range(2):
            seen.append(look.connection.execute(select(func.count()).select_from(asks_table)).scalar_one())
            world.file()  # on the writer's connection, and committed

    world.look(twice)
    assert seen == [0, 0]
    assert count(world, select(func.count()).select_from(asks_table)) == 2


def test_connections_that_the_server_has_closed_are_not_used_again(postgres_ledgers: Iterator[str]) -> None:
    url = next(postgres_ledgers)
    world = World(url)
    world.file()
    run_on(
        url,
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    assert world.look(by_number, 1) is not None
    assert world.file().number == 2
    world.close()


def test_a_server_that_closes_every_connection_is_a_ledger_that_cannot_be_had(postgres_ledgers: Iterator[str]) -> None:
    world = World(next(postgres_ledgers))
    department = world.department()
    world.ledger.engine.dispose()
    event.listen(world.ledger.engine, "connect", lambda connection, _record: connection.close())
    with pytest.raises(LedgerUnavailable):
        world.look(by_number, 1)
    with pytest.raises(LedgerUnavailable):
        world.act(ANN, asks.file, Wish(department.id, "A gasket"))
    world.close()


def test_the_writer_outlives_a_pool_in_which_nothing_is_free_when_it_tries_again(
    postgres_ledgers: Iterator[str],
) -> None:
    world = World(next(postgres_ledgers))
    pool = world.ledger.engine.pool
    pool._timeout = 0.3  # type: ignore[attr-defined]
    taken: list[Connection] = []
    last = threading.Thread(target=lambda: taken.append(world.ledger.engine.connect()))

    def locked_out(act: Act) -> None:
        taken.extend(world.ledger.engine.connect() for _ in range(CONNECTIONS - 1))
        last.start()  # has the act's own connection as soon as that is let go
        raise OperationalError("UPDATE", None, LockNotAvailable())

    with pytest.raises(LedgerUnavailable):
        world.act(ANN, locked_out)
    last.join()
    for connection in taken:
        connection.close()
    assert world.file().number == 1
    world.close()


def _limit_pages(ledger: Ledger, pages: int) -> None:
    """Every connection from now on refuses to let the file grow beyond this many pages."""

    def limit(connection: object, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    ledger.engine.dispose()
    event.listen(ledger.engine, "connect", limit)
