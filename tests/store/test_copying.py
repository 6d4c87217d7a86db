"""A ledger is copied into another database: all of it, checked, as often as one likes, and never over newer work."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from store import acknowledging, due
from store.copying import NotTheSame, TargetInUse, copy, reader
from store.database import Ledger
from store.tables import METADATA
from store.tables import asks as asks_table
from tests.store.world import ANN, LIN, World


@pytest.fixture
def source(sqlite_ledgers: Iterator[str]) -> Iterator[World]:
    """A week of a small hospital: asks in Chinese too, one acknowledged, nudges sent."""
    world = World(next(sqlite_ledgers))
    for number in range(25):
        world.file(ANN, f"密封圈 {number} – “gasket”")
    world.act(LIN, acknowledging.acknowledge, 1)
    world.now += timedelta(hours=30)
    while world.ledger.act(due.nudge, "", None, world.now, None):
        pass
    yield world
    world.close()


@pytest.fixture
def target(fresh_ledgers: Iterator[str], tmp_path: Path) -> Iterator[Ledger]:
    source = f"sqlite:///{tmp_path / 'ledger1.db'}"
    ledger = Ledger(next(address for address in fresh_ledgers if address != source))
    yield ledger
    ledger.close()


def test_everything_arrives_and_work_goes_on_there(source: World, target: Ledger) -> None:
    before = _file_hash(source)
    seen: list[tuple[str, int, int]] = []
    copied = copy(reader(_url(source.ledger)), target.engine, lambda *step: seen.append(step))
    assert {one.table for one in copied} == set(METADATA.tables)
    assert next(one.rows for one in copied if one.table == "asks") == 25
    assert ("asks", 25, 25) in seen
    assert _file_hash(source) == before, "the source was only read"
    for table in METADATA.sorted_tables:
        assert _rows(source.ledger, table) == _rows(target, table)
    moved = World.__new__(World)
    moved.ledger, moved.now = target, source.now
    assert moved.file(ANN, "the next one").number == 26


def test_it_may_be_repeated(source: World, target: Ledger) -> None:
    copy(reader(_url(source.ledger)), target.engine, lambda *_: None)
    source.file(ANN, "one more, as Baton went on")
    copied = copy(reader(_url(source.ledger)), target.engine, lambda *_: None)
    assert next(one.rows for one in copied if one.table == "asks") == 26


def test_a_target_where_people_work_is_left_alone(source: World, target: Ledger) -> None:
    copy(reader(_url(source.ledger)), target.engine, lambda *_: None)
    moved = World.__new__(World)
    moved.ledger, moved.now = target, source.now
    moved.file(ANN, "filed in the new place")
    with pytest.raises(TargetInUse) as refused:
        copy(reader(_url(source.ledger)), target.engine, lambda *_: None)
    assert refused.value.events == 1
    assert len(_rows(target, asks_table)) == 26


def test_what_no_postgresql_takes_is_left_out(source: World, target: Ledger) -> None:
    """Early ledgers let a NUL in, in words and in what JSON holds."""
    with source.ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        first = asks_table.c.number == 1
        told = [{"label": "Se\0rial", "said": "A\0 1"}]
        connection.execute(update(asks_table).where(first).values(what="A gas\0ket", inputs=told))
    copy(reader(_url(source.ledger)), target.engine, lambda *_: None)
    arrived = next(row for row in _rows(target, asks_table) if row.number == 1)
    assert (arrived.what, arrived.inputs) == ("A gasket", [{"label": "Serial", "said": "A 1"}])


def test_what_did_not_arrive_as_it_was_is_not_kept(source: World, target: Ledger) -> None:
    spoiled = False

    @event.listens_for(target.engine, "after_cursor_execute")
    def _spoil(connection, cursor, statement, parameters, context, executemany) -> None:
        nonlocal spoiled
        if statement.startswith("INSERT INTO asks") and not spoiled:
            spoiled = True
            connection.execute(update(asks_table).where(asks_table.c.number == 3).values(what="something else"))

    with pytest.raises(NotTheSame, match="asks"):
        copy(reader(_url(source.ledger)), target.engine, lambda *_: None)
    assert _rows(target, asks_table) == []


def _url(ledger: Ledger) -> str:
    return ledger.engine.url.render_as_string(hide_password=False)


def _file_hash(world: World) -> str:
    return hashlib.sha256(Path(world.ledger.engine.url.database or "").read_bytes()).hexdigest()


def _rows(ledger: Ledger, table) -> list:
    with ledger.reading() as connection:
        return sorted(connection.execute(select(table)).all(), key=repr)
