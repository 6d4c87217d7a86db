"""`python -m bot copy-ledger FROM TO`: the whole ledger into another database, as from a file to PostgreSQL.

Stop Baton, copy, name the new address in DATABASE_URL, start Baton. The source is only read, so there is a way back.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from rich.progress import Progress
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.commands.saying import BEHIND, err, give_up, out, plainly
from store import sharing
from store.copying import Copied, NotTheSame, TargetInUse, copy, reader
from store.database import Ledger
from store.migrations import is_behind, migrate


def copy_ledger(source: str, target: str) -> None:
    """Copy the ledger at the address `source` into the one at `target`, or say in a sentence why not."""
    if _address(source) == _address(target):
        raise give_up(["These are the same database: there is nothing to copy."])
    with plainly():
        there = reader(source)
        if is_behind(there):
            raise give_up([f"The source cannot be copied yet. {BEHIND} (with its address in DATABASE_URL)"])
        at_work = _couriers(there)
        ledger = Ledger(target)
        try:
            migrate(ledger.engine)
            copied = copied_with_progress(there, ledger, in_use="Name an empty database, or copy the other way round.")
        finally:
            ledger.close()
            there.dispose()
    told(copied)
    if at_work:
        raise give_up(
            [
                "Baton is at work on the source, or was a moment ago: what it did since this began is not in the copy.",
                "Stop it, copy again, and only then name the new address in DATABASE_URL.",
            ]
        )
    out.print("Name the new address in DATABASE_URL, and start Baton.", markup=False)


def _couriers(source: Engine) -> int:
    """How many processes send from this ledger now."""
    with source.connect() as connection:
        return sharing.at_work(connection, datetime.now(UTC))


def copied_with_progress(
    source: Engine,
    target: Ledger,
    *,
    in_use: str = "",
    replace: bool = False,
    afterwards: Callable[[Connection], None] = lambda _: None,
) -> list[Copied]:
    """Copy, with a bar for each table. `in_use`: what to do where the target holds what the source does not."""
    with Progress(console=err, transient=True) as shown:
        bars = {}

        def progress(table: str, done: int, total: int) -> None:
            if table not in bars:
                bars[table] = shown.add_task(table, total=total or 1)
            shown.update(bars[table], completed=done if total else 1)

        try:
            return copy(source, target.engine, progress, replace=replace, afterwards=afterwards)
        except TargetInUse as fault:
            raise give_up(
                [
                    f"The target holds {fault.events} events that the source does not have: somebody works with it.",
                    f"Nothing was changed. {in_use}",
                ]
            ) from fault
        except NotTheSame as fault:
            raise give_up(
                [f"The table {fault} did not arrive as it was. Nothing was kept; please report this."]
            ) from fault


def told(copied: list[Copied]) -> None:
    """Print what arrived."""
    for one in copied:
        out.print(f"{one.table:<24}{one.rows:>12,}  {one.sum[:12]}", markup=False)
    out.print(f"{sum(one.rows for one in copied):,} rows are there, the same on both sides.", markup=False)


def _address(url: str) -> str:
    try:
        address = make_url(url)
    except ArgumentError as fault:
        raise give_up([f"{url} {_NO_ADDRESS}"]) from fault
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise give_up([f"{address.render_as_string()} {_NO_ADDRESS}"])
    return address.render_as_string(hide_password=False)


_NO_ADDRESS = "is no address of a database for Baton: sqlite:///baton.db, or postgresql://user:password@host/baton."
