"""Backup, restore, export, forgetting and erasing, from the command line, while Baton works and afterwards."""

import json
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.__main__ import app
from store import acknowledging, asks, delivering, people, sharing
from store.asks import Wish
from store.database import Ledger
from store.queries import asks as reading
from store.refusals import NoSuchAsk
from store.tables import asks as asks_table
from tests.hospital import Hospital


def bot(hospital: Hospital, *words: str) -> tuple[int, str]:
    url = hospital.ledger.engine.url.render_as_string(hide_password=False)
    result = CliRunner().invoke(app, words, env={"DATABASE_URL": url, "LOG_LEVEL": "ERROR"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def closed(hospital: Hospital) -> int:
    ask = hospital.file("ann", "Replace the gasket")
    hospital.act("lin", acknowledging.acknowledge, ask.number)
    hospital.act("lin", delivering.deliver, ask.number, "There it is")
    hospital.act("ann", delivering.accept, ask.number)
    return ask.number


def test_a_backup_is_taken_while_baton_works_and_restored_it_goes_on(hospital: Hospital, tmp_path: Path):
    slack, file = hospital.slack, tmp_path / "backup.db"
    ann, lin = slack.person("ann"), slack.person("lin")
    slack.ask(ann, "@equipment Replace the gasket")
    slack.sees(lin, "Replace the gasket", where="dm")
    status, said = bot(hospital, "backup", str(file))
    assert status == 0, said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.glob("backup.db*")] == ["backup.db"]
    slack.ask(ann, "@equipment Another one")
    status, said = bot(hospital, "restore", str(file))
    assert status == 1
    assert "at work" in said
    hospital.baton.courier.stop()
    status, said = bot(hospital, "restore", str(file))
    assert status == 1
    assert "add --replace" in said
    status, said = bot(hospital, "restore", str(file), "--replace")
    assert status == 0, said
    assert hospital.look(reading.by_number, 1).what == "Replace the gasket"
    with pytest.raises(NoSuchAsk):
        hospital.look(reading.by_number, 2)
    assert hospital.file("ann", "The next").number == 3, "a button on the card of the lost #2 acts on no other ask"


def test_in_an_empty_ledger_a_thousand_numbers_are_left_out(still: Hospital, tmp_path: Path):
    """Nobody knows how many were given between the backup and the loss."""
    still.file("ann", "Replace the gasket")
    assert bot(still, "backup", str(tmp_path / "b.db"))[0] == 0
    other = f"sqlite:///{tmp_path / 'other.db'}"
    result = CliRunner().invoke(app, ["restore", str(tmp_path / "b.db")], env={"DATABASE_URL": other})
    assert result.exit_code == 0, result.output
    still.trial.ledger, old = Ledger(other), still.trial.ledger
    assert still.file("ann", "The next").number == 1002
    still.ledger.close()
    still.trial.ledger = old


def test_a_backup_is_one_file_that_can_be_read_anywhere(still: Hospital, tmp_path: Path):
    file = tmp_path / "backup.db"
    assert bot(still, "backup", str(file))[0] == 0
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert bot(still, "backup", str(file))[0] == 0
    assert [one.name for one in tmp_path.glob("backup.db*")] == ["backup.db"]


def test_what_was_to_be_said_at_the_backup_is_looked_for_before_it_is_posted(still: Hospital, couriers, tmp_path: Path):
    still.file("ann", "Replace the gasket")
    status, said = bot(still, "backup", str(tmp_path / "b.db"))
    assert status == 0, said
    courier = couriers.hire()
    assert courier.drain(10)
    courier.stop()
    assert still.pending() == 0
    status, said = bot(still, "restore", str(tmp_path / "b.db"), "--replace")
    assert status == 0, said
    assert still.pending() > 0
    courier = couriers.hire()
    assert courier.drain(10)
    assert still.pending() == 0
    workspace = still.sandbox.workspace
    place = workspace.place("#equipment")
    cards = [one for one in place.messages.values() if "Replace the gasket" in str(one)]
    assert len(cards) == 1


def test_a_backup_goes_over_an_older_one_and_over_nothing_else(still: Hospital, tmp_path: Path):
    file = tmp_path / "backup.db"
    assert bot(still, "backup", str(file))[0] == 0
    still.file("ann", "one more")
    assert bot(still, "backup", str(file))[0] == 0
    kept = Ledger(f"sqlite:///{file}")
    assert kept.look(reading.by_number, still.workspace_id, still.clock.now(), 1).number == 1
    kept.close()
    other = tmp_path / "letter.txt"
    other.write_text("dear all")
    for words in (("backup", str(other)), ("restore", str(other)), ("restore", str(tmp_path / "nowhere"))):
        status, said = bot(still, *words)
        assert status == 1, said
    assert other.read_text() == "dear all"
    own = still.ledger.engine.url.database
    if still.ledger.engine.dialect.name == "sqlite":
        status, said = bot(still, "backup", str(own))
        assert (status, "itself" in said) == (1, True)


def test_the_export_holds_each_row_as_a_line(still: Hospital, tmp_path: Path):
    still.file("ann", "密封圈 “gasket”\nsecond line")
    file = tmp_path / "all.jsonl"
    status, said = bot(still, "export-ledger", str(file))
    assert status == 0, said
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    asked = [line["row"] for line in lines if line["table"] == "asks"]
    assert [row["what"] for row in asked] == ["密封圈 “gasket”\nsecond line"]
    assert datetime.fromisoformat(asked[0]["filed_at"]).tzinfo is not None
    assert f"{len(lines)} rows" in said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert bot(still, "export-ledger", str(file))[0] == 1
    other = tmp_path / "other.jsonl"
    status, said = bot(still, "export-ledger", str(other), "--workspace", "TNOBODY")
    assert (status, said) == (1, "Nothing is kept of a workspace TNOBODY.\n")
    status, said = bot(still, "export-ledger", str(other), "--dry-run")
    assert (status, f"{len(lines)} rows would be written" in said) == (0, True)
    assert not other.exists()


def test_old_asks_are_forgotten_after_a_dry_run(still: Hospital):
    old, new = closed(still), closed(still)
    with still.ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        for number, days in ((old, 400), (new, 1)):
            connection.execute(
                update(asks_table)
                .where(asks_table.c.number == number)
                .values(closed_at=datetime.now(UTC) - timedelta(days=days))
            )
    assert bot(still, "forget-old", "--days", "5")[0] == 1
    status, said = bot(still, "forget-old", "--days", "365", "--dry-run")
    assert (status, f"{still.workspace_id}: 1 asks would go" in said) == (0, True), said
    assert still.look(reading.by_number, old)
    status, said = bot(still, "forget-old", "--days", "365")
    assert (status, "1 asks closed before" in said) == (0, True), said
    with pytest.raises(NoSuchAsk):
        still.look(reading.by_number, old)
    assert still.look(reading.by_number, new)


def test_somebody_is_erased_after_they_handed_on(still: Hospital):
    ann = still.slack.person("ann")
    ask = still.act("ann", asks.file, Wish(still.file().department_id, "annwrotethis"))
    status, said = bot(still, "erase", ann.id)
    assert status == 1
    assert f"#{ask.number}" in said
    for number in (1, ask.number):
        still.act("lin", acknowledging.acknowledge, number)
        still.act("lin", delivering.deliver, number, "There")
        still.act("ann", delivering.accept, number)
    status, said = bot(still, "erase", "@ann", "--dry-run")
    assert status == 0, said
    assert still.look(reading.by_number, ask.number).what == "annwrotethis"
    status, said = bot(still, "erase", ann.id)
    assert status == 0, said
    erased = still.look(reading.by_number, ask.number)
    assert (erased.what, erased.asker.name, erased.asker.id) == ("—", people.ERASED, ann.id)
    assert bot(still, "erase", "@nobody")[0] == 1


def test_a_courier_counts_as_at_work_for_some_seconds(still: Hospital):
    now = datetime.now(UTC)
    still.ledger.act(sharing.present, "", None, now, None, "c1", now)
    with still.ledger.reading() as connection:
        assert sharing.at_work(connection, now) == 1
        assert sharing.at_work(connection, now + 2 * sharing.GONE) == 0
