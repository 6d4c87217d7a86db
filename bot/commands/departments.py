"""`python -m bot load FILE [--dry-run]` and `python -m bot export`: the departments, from a file and back to one."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.commands.saying import err, give_up, open_ledger, out, plainly
from bot.commands.workspaces import client_for, whose
from bot.loading import export as exporting
from bot.loading import loading
from bot.loading.directory import Directory
from bot.loading.loading import Changes
from bot.settings import Settings
from store import people


def load(settings: Settings, file: Path, *, dry_run: bool, workspace: str | None = None) -> None:
    """Make the departments be as `file` says; with `dry_run` only say what would change."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise give_up([f"{file} cannot be read: {fault}"]) from fault
    with open_ledger(settings) as ledger, plainly():
        client = client_for(settings, ledger, workspace)
        who = client.auth_test()
        workspace_id, now = whose(client, who), datetime.now(UTC)
        held = ledger.look(loading.names_held, workspace_id, now)
        prepared = loading.prepare(text, Directory(client), held)
        if dry_run:
            _report(ledger.look(loading.changes, workspace_id, now, prepared), "would change")
        else:
            if not settings.several_workspaces:  # those that installed Baton are known
                named = (str(who.get("team") or ""), str(who.get("user_id") or ""))
                ledger.act(people.ensure_workspace, workspace_id, None, now, None, *named)
            _report(ledger.act(loading.load, workspace_id, None, now, None, prepared), "changed")
    for sentence in prepared.advice:
        err.print(sentence, markup=False)


def _report(changes: Changes, verb: str) -> None:
    out.print(f"This {verb}:" if changes.sentences else f"Nothing {verb}.", markup=False)
    for sentence in changes.sentences:
        out.print(f"  {sentence}", markup=False)
    if changes.left_alone:
        out.print(f"Not in the file, left as they are: {', '.join(changes.left_alone)}.", markup=False)


def export(settings: Settings, workspace: str | None = None) -> None:
    """Print the departments as YAML."""
    with open_ledger(settings) as ledger, plainly():
        workspace_id = whose(client_for(settings, ledger, workspace))
        text = ledger.look(exporting.export, workspace_id, datetime.now(UTC))
    typer.echo(text, nl=False)
