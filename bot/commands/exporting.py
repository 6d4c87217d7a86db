"""`python -m bot export-ledger FILE`: everything that Baton keeps, as JSON Lines: `{"table": "asks", "row": {…}}`.

One moment of the ledger, while Baton works. Only tokens and the like are left out.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.progress import Progress
from sqlalchemy import Connection

from bot.commands.saying import BEHIND, err, give_up, out, plainly
from bot.settings import Settings
from store import exporting
from store.copying import at_one_moment, reader
from store.migrations import is_behind


def export_ledger(settings: Settings, file: Path, workspace_id: str | None, *, dry_run: bool) -> None:
    """Write it; nothing is left where it failed. `workspace_id`: only what belongs to that one."""
    if file.exists():
        raise give_up([f"{file} is there already. Name another one."])
    with plainly():
        source = reader(settings.database_url)
        try:
            if is_behind(source):
                raise give_up([BEHIND])
            with source.connect() as connection:
                at_one_moment(connection)
                if workspace_id is not None and not exporting.is_known(connection, workspace_id):
                    raise give_up([f"Nothing is kept of a workspace {workspace_id}."])
                if dry_run:
                    _tell(connection, workspace_id)
                else:
                    total = _write(connection, file, workspace_id)
                    out.print(f"{file} holds {total:,} rows.", markup=False)
        finally:
            source.dispose()


def _tell(connection: Connection, workspace_id: str | None) -> None:
    counts = {table.name: exporting.count(connection, table, workspace_id) for table in exporting.tables()}
    for name, rows in counts.items():
        out.print(f"{name:<24}{rows:>12,}", markup=False)
    out.print(f"{sum(counts.values()):,} rows would be written.", markup=False)


def _write(connection: Connection, file: Path, workspace_id: str | None) -> int:
    """How many rows were written."""
    total = 0
    with _new(file) as lines, Progress(console=err, transient=True) as shown:
        for table in exporting.tables():
            bar = shown.add_task(table.name, total=exporting.count(connection, table, workspace_id) or 1)
            for row in exporting.rows(connection, table, workspace_id):
                lines.write(json.dumps({"table": table.name, "row": row}, ensure_ascii=False) + "\n")
                shown.advance(bar)
                total += 1
    return total


@contextmanager
def _new(file: Path) -> Iterator[TextIO]:
    """A file that nobody else may read, and that is gone again where it could not be written to its end."""
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as fault:
        raise give_up([f"{file} cannot be written: {fault.strerror}."]) from fault
    try:
        with open(handle, "w", encoding="utf-8") as lines:
            yield lines
    except BaseException as fault:
        file.unlink(missing_ok=True)
        if isinstance(fault, OSError):
            raise give_up([f"{file} cannot be written: {fault.strerror}."]) from fault
        raise
