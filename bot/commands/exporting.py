"""`python -m bot export-ledger FILE`: everything that Baton keeps, as JSON Lines: `{"table": "asks", "row": {…}}`.

One moment of the ledger, while Baton works. Only tokens and the like are left out.
"""

import json
import os
from pathlib import Path

from rich.progress import Progress

from bot.commands.saying import BEHIND, err, give_up, out, plainly
from bot.settings import Settings
from store import exporting
from store.copying import at_one_moment, reader
from store.migrations import is_behind


def export_ledger(settings: Settings, file: Path, workspace_id: str | None) -> None:
    """Write it; nothing is left where it failed. `workspace_id`: only what belongs to that one."""
    if file.exists():
        raise give_up([f"{file} is there already. Name another one."])
    with plainly():
        source = reader(settings.database_url)
        if is_behind(source):
            raise give_up([BEHIND])
        try:
            with source.connect() as connection, Progress(console=err, transient=True) as shown:
                at_one_moment(connection)
                handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)  # nobody else may read it
                with open(handle, "w", encoding="utf-8") as lines:
                    total = 0
                    for table in exporting.tables():
                        bar = shown.add_task(table.name, total=exporting.count(connection, table, workspace_id) or 1)
                        for row in exporting.rows(connection, table, workspace_id):
                            lines.write(json.dumps({"table": table.name, "row": row}, ensure_ascii=False) + "\n")
                            shown.advance(bar)
                            total += 1
        except OSError as fault:
            raise give_up([f"{file} cannot be written: {fault.strerror}."]) from fault
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        finally:
            source.dispose()
    out.print(f"{file} holds {total:,} rows.", markup=False)
