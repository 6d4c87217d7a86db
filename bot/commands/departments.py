"""`python -m bot load FILE [--dry-run]` and `python -m bot export`: the departments, from a file and back to one."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.app import slack_client
from bot.commands.saying import err, give_up, open_ledger, out, plainly
from bot.loading import export as exporting
from bot.loading import loading
from bot.loading.directory import Directory
from bot.loading.loading import Changes
from bot.settings import Settings
from store import people


def load(settings: Settings, file: Path, *, dry_run: bool) -> None:
    """Make the departments be as `file` says; with `dry_run` only say what would change."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise give_up([f"{file} cannot be read: {fault}"]) from fault
    with open_ledger(settings) as ledger, plainly():
        client = slack_client(settings.slack_bot_token, settings.slack_api_url)
        who = client.auth_test()
        workspace_id, now = str(who["team_id"]), datetime.now(UTC)
        held = ledger.look(loading.names_held, workspace_id, now)
        prepared = loading.prepare(text, Directory(client), held)
        if dry_run:
            _report(ledger.look(loading.changes, workspace_id, now, prepared), "would change")
        else:
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


def export(settings: Settings) -> None:
    """Print the departments as YAML."""
    with open_ledger(settings) as ledger, plainly():
        who = slack_client(settings.slack_bot_token, settings.slack_api_url).auth_test()
        text = ledger.look(exporting.export, str(who["team_id"]), datetime.now(UTC))
    typer.echo(text, nl=False)
