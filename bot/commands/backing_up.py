"""`python -m bot backup FILE` and `restore FILE`: the whole ledger in one SQLite file, and back, on either database.

The backup is one moment of the ledger, taken while Baton works, and checked row by row. After a restore nothing is
posted twice: what was still to be said then is looked for on Slack first; and no number is given twice.
"""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from bot.commands.copying import copied_with_progress, told
from bot.commands.saying import BEHIND, give_up, open_ledger, out, plainly
from bot.settings import Settings
from store import restoring, sharing
from store.copying import reader
from store.database import Ledger
from store.migrations import is_behind, migrate


def back_up(settings: Settings, file: Path) -> None:
    """Write the ledger into `file`; an older backup there is replaced once the new one is whole."""
    place = make_url(settings.database_url)
    if place.get_backend_name() == "sqlite" and Path(place.database or "").resolve() == file.resolve():
        raise give_up([f"{file} is the ledger itself. Name another file for the backup."])
    if file.exists() and not _is_ledger(file):
        raise give_up([f"{file} is there already and is no backup of Baton's. Nothing was changed."])
    unfinished = file.with_name(f"{file.name}.unfinished")
    with plainly():
        source = reader(settings.database_url)
        if is_behind(source):
            raise give_up([BEHIND])
        try:
            _forget(unfinished)
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # nobody else may read it
            ledger = Ledger(f"sqlite:///{unfinished}")
            try:
                migrate(ledger.engine)
                copied = copied_with_progress(source, ledger)
            finally:
                ledger.close()
            _be_one_file(unfinished)
            unfinished.replace(file)
        except OSError as fault:
            raise give_up([f"{file} cannot be written: {fault.strerror}."]) from fault
        except OperationalError as fault:
            if "full" not in str(fault.orig):
                raise
            raise give_up([f"{file} cannot be written: there is no room left."]) from fault
        finally:
            source.dispose()
            _forget(unfinished)
    told(copied)
    out.print(f"{file} holds the ledger as it was at {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.", markup=False)


def restore(settings: Settings, file: Path, *, replace: bool) -> None:
    """Make the ledger be as `file` says. `replace`: even where it holds what the file does not."""
    if not file.exists():
        raise give_up([f"{file} is not there."])
    if not _is_ledger(file):
        raise give_up([f"{file} is no backup of Baton's."])
    with tempfile.TemporaryDirectory(prefix="baton-restore-") as folder:
        copy = Path(folder) / "backup.db"
        shutil.copyfile(file, copy)
        _bring_up_to_date(copy)
        with open_ledger(settings, migrated=False) as ledger, plainly():
            migrate(ledger.engine)
            _refuse_while_at_work(ledger)
            given = restoring.numbers_given(ledger)
            source = reader(f"sqlite:///{copy}")
            copied = copied_with_progress(
                source,
                ledger,
                replace=replace,
                afterwards=partial(restoring.mind, given=given),
                in_use="If they may be lost, add --replace; a backup of them first is one command.",
            )
            source.dispose()
    told(copied)
    out.print("The ledger is as it was at the backup. Start Baton.", markup=False)


def _bring_up_to_date(file: Path) -> None:
    """A backup of an older version has to go through the same steps as the ledger did since."""
    with plainly():
        ledger = Ledger(f"sqlite:///{file}")
        try:
            migrate(ledger.engine)
        except CommandError as fault:
            raise give_up(["The backup is from a newer version of Baton than this one. Use that version."]) from fault
        finally:
            ledger.close()


def _refuse_while_at_work(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        working = sharing.at_work(connection, datetime.now(UTC))
    if working:
        raise give_up(
            [f"Baton is at work on this ledger ({working} at once). Stop it, wait 20 seconds, and restore then."]
        )


def _be_one_file(file: Path) -> None:
    """A ledger keeps its newest changes in a file beside it, and can be read only where that one can be made."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def _is_ledger(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as database:
            tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False
    return {"alembic_version", "asks", "custody"} <= tables


def _forget(unfinished: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{unfinished}{suffix}").unlink(missing_ok=True)
