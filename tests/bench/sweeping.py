"""(b) A sweep with 0, 100 and 1,000 nudges due among very many open asks.

Beside it the obvious way, one APScheduler job for each nudge in its SQLAlchemy store, and a task queue with one task
for each nudge: huey on SQLite, procrastinate on PostgreSQL. Their jobs do as little as a nudge can: put one row into a
table. Each store is filled in bulk and holds as many jobs as there are open asks.
"""

import asyncio
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from huey import SqliteHuey
from procrastinate import App as Procrastinate
from procrastinate import PsycopgConnector
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select, text, update

from bot.clock import nudge
from store.database import Ledger
from store.migrations import migrate
from store.rules.lifecycle import Stage
from store.tables import asks, nudge_plans
from tests.bench.figures import Given, Section, databases, median
from tests.bench.filling import NOW, fill

DUE = (0, 100, 1000)
TOLD = Table("told", MetaData(), Column("id", Integer, primary_key=True), Column("ask_id", Integer))
Sweep = Callable[[int], float]  # with so many due: how many seconds it takes


def measure(given: Given) -> Section:
    """Milliseconds of one sweep, by way of sweeping, number of open asks and of nudges due."""
    sizes = [10_000, 100_000, 1_000_000] if given.full else [2_000, 20_000]
    rows: list[list[object]] = []
    remarks: list[str] = []
    for database in given.on:
        queue = ("huey", _huey) if database == "sqlite" else ("procrastinate", _procrastinate)
        found: dict[str, dict[int, list[float]]] = {}
        for name, prepare in (("Baton", _baton), ("APScheduler", _apscheduler), queue):
            for size in sizes:
                with databases(database) as fresh:
                    sweep = prepare(fresh(f"{name.lower()}{size}"), size)
                    found.setdefault(name, {})[size] = [median(partial(sweep, due), given.runs) * 1000 for due in DUE]
        for name, by_size in found.items():
            rows += [[database, name, f"{size:,}", *(f"{one:.1f}" for one in by_size[size])] for size in sizes]
        remarks.append(_compared(database, found, sizes))
    if "postgresql" in given.on:
        remarks.append(_two_sweepers(sizes[0], given.runs))
    head = ("ledger", "way", "open asks", *(f"{due:,} due, ms" for due in DUE))
    return Section("(b) A sweep of the nudges that are due", head, rows, remarks)


def _compared(database: str, found: dict[str, dict[int, list[float]]], sizes: list[int]) -> str:
    ours, largest = found["Baton"], sizes[-1]
    grown = ", ".join(
        f"{due:,} due {ours[largest][place] / ours[sizes[0]][place]:.2f}" for place, due in enumerate(DUE)
    )
    beside = "; ".join(
        f"{name} takes {found[name][largest][2] / ours[largest][2]:.1f} times as long"
        for name in found
        if name != "Baton"
    )
    return f"{database}: {largest:,} against {sizes[0]:,} open asks: {grown}. With 1,000 due of {largest:,}: {beside}."


def _baton(url: str, size: int) -> Sweep:
    ledger = Ledger(url)
    migrate(ledger.engine)
    fill(ledger, size, open_share=1)
    _file_lately(ledger)
    ledger.engine.dispose()  # SQLite tidies up on closing: filling in bulk leaves a log as large as the ledger
    numbers = count(1, 7)  # of asks that were not nudged yet, spread over the ledger
    nudge(ledger, NOW)

    def sweep(due: int) -> float:
        _make_due(ledger, [next(numbers) % size for _ in range(due)])
        began = time.perf_counter()
        nudge(ledger, NOW)
        return time.perf_counter() - began

    return sweep


def _file_lately(ledger: Ledger) -> None:
    """As if all had been filed some days ago and nothing had happened since: nobody has missed a year of nudges."""
    then = NOW - timedelta(days=3)
    with ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        lately = {"filed_at": then, "promised_at": then, "fed_at": then, "due": NOW + timedelta(days=10)}
        connection.execute(update(asks).values(stage=Stage.OPEN, delivered_at=None, **lately))


def _make_due(ledger: Ledger, ask_ids: list[int]) -> None:
    with ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        connection.execute(update(nudge_plans).where(nudge_plans.c.ask_id.in_(ask_ids)).values(at=NOW))


def _tell(url: str, ask_id: int) -> None:
    """All that a job of the others does."""
    engine = _ENGINES.setdefault(url, create_engine(url))
    with engine.begin() as connection:
        connection.execute(insert(TOLD), {"ask_id": ask_id})


_ENGINES: dict[str, Any] = {}


def _apscheduler(url: str, size: int) -> Sweep:
    engine = _ENGINES.setdefault(url, create_engine(url))
    TOLD.create(engine)
    scheduler = BackgroundScheduler()
    store = SQLAlchemyJobStore(engine=engine)
    store.start(scheduler, "default")
    later, numbers = NOW + timedelta(days=1), count(size)

    def rows(ask_ids: Any, at: datetime) -> list[dict[str, Any]]:
        made = []
        for ask_id in ask_ids:
            job = Job(
                scheduler,
                id=f"nudge {ask_id}",
                func="tests.bench.sweeping:_tell",
                trigger=DateTrigger(at),
                executor="default",
                args=(url, ask_id),
                kwargs={},
                name="nudge",
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
                next_run_time=at,
            )
            state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
            made.append({"id": job.id, "next_run_time": at.timestamp(), "job_state": state})
        return made

    with engine.begin() as connection:
        for start in range(0, size, 5000):
            connection.execute(insert(store.jobs_t), rows(range(start, min(size, start + 5000)), later))

    def sweep(due: int) -> float:
        if due:
            with engine.begin() as connection:
                connection.execute(insert(store.jobs_t), rows([next(numbers) for _ in range(due)], NOW))
        began = time.perf_counter()
        for job in store.get_due_jobs(NOW):  # as BackgroundScheduler does it
            store.remove_job(job.id)
            job.func(*job.args, **job.kwargs)
        return time.perf_counter() - began

    return sweep


def _huey(url: str, size: int) -> Sweep:
    engine = _ENGINES.setdefault(url, create_engine(url))
    TOLD.create(engine)
    huey = SqliteHuey(filename=url.removeprefix("sqlite:///") + ".huey", results=False)

    @huey.task()
    def tell(ask_id: int) -> None:
        _tell(url, ask_id)

    later, numbers, now = NOW.replace(tzinfo=None) + timedelta(days=1), count(size), NOW.replace(tzinfo=None)

    def add(ask_ids: Any, at: datetime) -> None:
        tasks = [(huey.name, huey.serialize_task(tell.s(one, eta=at)), at.timestamp()) for one in ask_ids]
        with huey.storage.db(commit=True) as cursor:
            cursor.executemany("insert into schedule (queue, data, timestamp) values (?, ?, ?)", tasks)

    for start in range(0, size, 5000):
        add(range(start, min(size, start + 5000)), later)

    def sweep(due: int) -> float:
        add([next(numbers) for _ in range(due)], now)
        began = time.perf_counter()
        for task in huey.read_schedule(now):  # as its consumer does it
            task.eta = None
            huey.enqueue(task)
        while (task := huey.dequeue()) is not None:
            huey.execute(task, now)
        return time.perf_counter() - began

    return sweep


def _procrastinate(url: str, size: int) -> Sweep:
    engine = _ENGINES.setdefault(url, create_engine(url))
    TOLD.create(engine)
    address = url.replace("postgresql+psycopg", "postgresql")
    app = Procrastinate(connector=PsycopgConnector(conninfo=address))

    @app.task(name="tell")
    def tell(ask_id: int) -> None:
        _tell(url, ask_id)

    numbers = count(size)

    async def defer(ask_ids: list[int], at: datetime | None) -> None:
        async with app.open_async():
            await tell.configure(schedule_at=at).batch_defer_async(*({"ask_id": one} for one in ask_ids))

    async def prepare() -> None:
        async with app.open_async():
            await app.schema_manager.apply_schema_async()

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(wait=False, concurrency=8, install_signal_handlers=False)

    asyncio.run(prepare())
    for start in range(0, size, 5000):
        asyncio.run(defer(list(range(start, min(size, start + 5000))), datetime(2100, 1, 1).astimezone()))

    def sweep(due: int) -> float:
        if due:
            asyncio.run(defer([next(numbers) for _ in range(due)], None))
        began = time.perf_counter()
        asyncio.run(work())
        return time.perf_counter() - began

    return sweep


def _two_sweepers(size: int, runs: int) -> str:
    """How much faster two processes sweep 2,000 due nudges of one PostgreSQL than one does."""
    with databases("postgresql") as fresh:
        url = fresh("sweepers")
        ledger = Ledger(url)
        migrate(ledger.engine)
        fill(ledger, max(size, 4000 * runs), open_share=1)
        _file_lately(ledger)
        first = count(1)
        took: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(runs):
            for many, times in took.items():
                _make_due(ledger, [next(first) for _ in range(2000)])
                times.append(_swept_by(many, url))
        ledger.close()
    one, two = (sorted(took[many])[runs // 2] for many in (1, 2))
    return (
        f"Two PostgreSQL sweepers are {one / two:.2f} times as fast as one with 2,000 due ({two:.2f} and {one:.2f} s)."
    )


def _swept_by(many: int, url: str) -> float:
    command = [sys.executable, "-m", "tests.bench.sweeping", url]
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(many)]
    for one in running:
        assert one.stdout is not None
        one.stdout.readline()  # ready
    began = time.perf_counter()
    for one in running:
        assert one.stdin is not None
        one.stdin.close()
    for one in running:
        assert one.stdout is not None
        one.stdout.read()
    took = time.perf_counter() - began
    for one in running:
        one.wait()
    return took


def _be_a_sweeper(url: str) -> None:
    ledger = Ledger(url)
    with ledger.reading() as connection:
        connection.execute(select(text("1")))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    nudge(ledger, NOW)
    sys.stdout.write("done\n")
    sys.stdout.flush()
    sys.stdout.close()
    ledger.close()


if __name__ == "__main__":
    _be_a_sweeper(sys.argv[1])
