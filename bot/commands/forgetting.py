"""`python -m bot forget-old --days N`: delete asks that were closed more than N days ago. With KEEP_CLOSED_DAYS the
clock does the same every hour."""

from datetime import UTC, datetime, timedelta

from rich.progress import Progress

from bot.commands.saying import err, give_up, open_ledger, out, plainly
from bot.settings import Settings
from store import retention


def forget_old(settings: Settings, days: int, *, dry_run: bool) -> None:
    """Delete them, with a bar for each workspace; with `dry_run` only say how many there are."""
    if days < retention.FEWEST_DAYS:
        raise give_up(
            [f"Asks are kept for {retention.FEWEST_DAYS} days at least: the figures in Slack look back that far."]
        )
    now = datetime.now(UTC)
    before = now - timedelta(days=days)
    with open_ledger(settings) as ledger, plainly():
        with ledger.reading() as connection:
            there = {
                workspace_id: retention.count_old(connection, workspace_id, before)
                for workspace_id in retention.workspaces_there(connection)
            }
        if dry_run:
            for workspace_id, number in there.items():
                out.print(f"{workspace_id}: {number:,} asks would go", markup=False)
            return
        gone = 0
        with Progress(console=err, transient=True) as shown:
            for workspace_id, number in there.items():
                bar = shown.add_task(workspace_id, total=number or 1)
                while done := ledger.act(retention.forget, workspace_id, None, now, None, before):
                    gone += done
                    shown.advance(bar, done)
                ledger.act(retention.forget_leftovers, workspace_id, None, now, None, before)
    out.print(
        f"{gone:,} asks closed before {before:%Y-%m-%d} were deleted. What stands of them on Slack stays there.",
        markup=False,
    )
