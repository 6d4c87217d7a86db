"""Which workspace a command is about: that of the token, or one of those that installed Baton."""

from datetime import UTC, datetime

from bot.installed import Installed, OAuthApp
from bot.sealing import Seal
from bot.settings import Settings
from store.database import Ledger


def installed_by(settings: Settings, ledger: Ledger) -> Installed | None:
    """The installations, where Baton is in several workspaces; None where it has a token of its own."""
    if not settings.several_workspaces:
        return None
    app = OAuthApp(settings.slack_client_id, settings.slack_client_secret, settings.slack_api_url)
    return Installed(ledger, lambda: datetime.now(UTC), app, Seal(settings.token_keys))
