"""What manifest.json asks of Slack: the same wherever scopes are spoken of."""

import json
from pathlib import Path

# What an Enterprise Grid organisation's app hears as well. Not in the manifest: they are for such apps only.
FOR_ORGANISATIONS = ("team_access_granted", "team_access_revoked")

MANIFEST = Path(__file__).parents[1] / "manifest.json"


def scopes() -> list[str]:
    """The bot's scopes."""
    named: list[str] = json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]["bot"]
    return named
