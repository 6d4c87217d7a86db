"""``python -m sandbox team.yml``: a local Slack on this machine, from a file of users, channels, groups and apps.

It prints the page's address and, for each app, the tokens and the signing secret to start the app with.
"""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sandbox.clock import Clock
from sandbox.server import Sandbox
from sandbox.workspace import Workspace

console = Console(highlight=False, soft_wrap=True)
shell = typer.Typer(add_completion=False)


@shell.command()
def main(
    team: Annotated[Path, typer.Argument(help="YAML with team, users, channels, usergroups and apps.", exists=True)],
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes any free one.")] = 3100,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    strict_rates: Annotated[bool, typer.Option(help="Keep Slack's rate limits too.")] = False,
    more: Annotated[list[Path] | None, typer.Option("--also", help="Another workspace, by its YAML.")] = None,
) -> None:
    """A Slack workspace on your own machine, as strict as Slack, to try an app in."""
    try:
        workspaces = [Workspace.from_yaml(path) for path in (team, *(more or []))]
        sandbox = Sandbox(workspaces[0], Clock(), strict_rates=strict_rates)
        for workspace in workspaces[1:]:
            sandbox.add_workspace(workspace)
        sandbox.start(port, host)
    except (ValueError, KeyError, TypeError, OSError) as fault:
        console.print(f"The sandbox cannot start: {fault}", style="red")
        raise typer.Exit(1) from None
    console.print(f"Sandbox:  {sandbox.url}")
    console.print(f"Web API:  {sandbox.api_url}")
    for workspace in sandbox.workspaces.values():
        for installation in workspace.installations.values():
            console.print(f"\n{installation.app.manifest.name} in {workspace.name}")
            console.print(f"  SLACK_BOT_TOKEN={installation.bot_token}")
            console.print(f"  SLACK_APP_TOKEN={installation.app_token}")
            console.print(f"  SLACK_SIGNING_SECRET={installation.signing_secret}")
            console.print(f"  SLACK_CLIENT_ID={installation.client_id}")
            console.print(f"  SLACK_CLIENT_SECRET={installation.client_secret}")
            console.print(f"  delivered to {installation.request_url or 'Socket Mode'}")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        sandbox.stop()


shell(prog_name="python -m sandbox")
