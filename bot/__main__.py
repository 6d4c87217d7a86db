"""`python -m bot …`: try · run · check · migrate · load · export, and what an operator does to the whole ledger:
copy-ledger · backup · restore · export-ledger · forget-old · erase · new-key · rotate-keys."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands import backing_up, copying, departments, erasing, exporting, forgetting, keys
from bot.commands.check import Checking
from bot.commands.run import Part
from bot.commands.run import run as run_baton
from bot.commands.saying import open_ledger, out, read_settings
from bot.commands.trying import try_out
from bot.sealing import new_key
from store.migrations import is_behind
from store.migrations import migrate as bring_up_to_date

OfWorkspace = Annotated[str | None, typer.Option("--workspace", help="T…: which one, where several installed Baton.")]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Baton: one ask, one owner, until the asker says it is done.",
)


@app.command("try")
def try_(
    port: Annotated[int | None, typer.Option(help="Port of the page; 8765, or any free one, if left out.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Keep the ledger in this file, and go on from it.")] = None,
) -> None:
    """Try Baton in a hospital's Slack on this machine. No account, no settings."""
    try_out(port, keep)


@app.command()
def run(
    only: Annotated[Part | None, typer.Option(help="Do one part of the work, and leave the rest to others.")] = None,
) -> None:
    """Run Baton on Slack, with the settings of the environment or .env."""
    run_baton(read_settings(), only)


@app.command()
def check(
    workspace: OfWorkspace = None,
    live: Annotated[
        str | None, typer.Option(help="Also send a message to this person (U… or e-mail), and take it away again.")
    ] = None,
) -> None:
    """Test settings, database, token, scopes and channels, and say what to do about each fault."""
    raise typer.Exit(0 if Checking(workspace, live).all_is_well() else 1)


@app.command()
def migrate() -> None:
    """Bring the database up to date with this version of Baton."""
    with open_ledger(read_settings(need_slack=False), migrated=False) as ledger:
        behind = is_behind(ledger.engine)
        bring_up_to_date(ledger.engine)
        out.print("The database is up to date now." if behind else "The database was up to date already.")


@app.command()
def load(
    file: Annotated[Path, typer.Argument(help="A YAML file like examples/hospital.yml.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    workspace: OfWorkspace = None,
) -> None:
    """Make the departments be as the file says: all of it, or nothing."""
    departments.load(read_settings(), file, dry_run=dry_run, workspace=workspace)


@app.command()
def export(workspace: OfWorkspace = None) -> None:
    """Print the departments as the YAML that load reads."""
    departments.export(read_settings(), workspace)


@app.command("copy-ledger")
def copy_ledger(
    source: Annotated[str, typer.Argument(help="The address of the ledger that there is: sqlite:///baton.db")],
    target: Annotated[str, typer.Argument(help="Where it is to be: postgresql://user:password@host/baton")],
) -> None:
    """Copy the whole ledger into another database. The source is only read; stop Baton first."""
    copying.copy_ledger(source, target)


@app.command("new-key")
def make_key() -> None:
    """Print a key for TOKEN_KEYS."""
    typer.echo(new_key())


@app.command("rotate-keys")
def rotate_keys() -> None:
    """Seal all workspaces' tokens anew with the first of TOKEN_KEYS. Baton may run meanwhile, with the same keys."""
    keys.rotate(read_settings())


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it: one SQLite file, whatever the ledger is kept in.")],
) -> None:
    """Write a copy of the whole ledger into a file, while Baton works."""
    backing_up.back_up(read_settings(need_slack=False), file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Even where the ledger holds what the file lacks.")
    ] = False,
) -> None:
    """Make the ledger be as it was at the backup. Stop Baton first."""
    backing_up.restore(read_settings(need_slack=False), file, replace=replace)


@app.command("export-ledger")
def export_ledger(
    file: Annotated[Path, typer.Argument(help="Where to write it: JSON Lines, one line for each row.")],
    workspace: Annotated[str | None, typer.Option(help="Only what belongs to this workspace: T…")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many rows of what there are.")] = False,
) -> None:
    """Write everything that Baton keeps into a file that people and programs can read."""
    exporting.export_ledger(read_settings(need_slack=False), file, workspace, dry_run=dry_run)


@app.command("forget-old")
def forget_old(
    days: Annotated[int, typer.Option(help="For how many days asks are kept after they were closed.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many would go.")] = False,
) -> None:
    """Delete asks that were closed long ago, with all that hangs on them. Their numbers are not given again."""
    forgetting.forget_old(read_settings(need_slack=False), days, dry_run=dry_run)


@app.command()
def erase(
    person: Annotated[str, typer.Argument(help="Who: an id (U…), @handle or e-mail address.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    workspace: Annotated[str | None, typer.Option(help="In which workspace (T…), where there are several.")] = None,
) -> None:
    """Erase one person: their words and their name go, the counts stay."""
    erasing.erase(read_settings(need_slack=False), person, workspace, dry_run=dry_run)


if __name__ == "__main__":
    app()
