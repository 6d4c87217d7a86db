"""Which workspace a command is about: that of the token, or one of those that installed Baton."""

from datetime import UTC, datetime

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.app import slack_client
from bot.commands.saying import give_up
from bot.installed import Installed, OAuthApp
from bot.sealing import Seal
from bot.settings import Settings
from store import installations
from store.database import Ledger


def installed_by(settings: Settings, ledger: Ledger) -> Installed | None:
    """The installations, where Baton is in several workspaces; None where it has a token of its own."""
    if not settings.several_workspaces:
        return None
    app = OAuthApp(settings.slack_client_id, settings.slack_client_secret, settings.slack_api_url)
    return Installed(ledger, lambda: datetime.now(UTC), app, Seal(settings.token_keys))


def client_for(settings: Settings, ledger: Ledger, wanted: str | None) -> WebClient:
    """The client of the workspace that is meant by `--workspace`, or of the only one; or a sentence and the end."""
    installed = installed_by(settings, ledger)
    if installed is None:
        client = slack_client(settings.slack_bot_token, settings.slack_api_url)
        if wanted is not None and wanted != (own := str(client.auth_test()["team_id"])):
            raise give_up([f"SLACK_BOT_TOKEN is for the workspace {own}, and not for {wanted}."])
        return client
    with ledger.reading() as connection:
        served = dict(installations.workspaces_served(connection))
    chosen = only_one(served) if wanted is None else wanted
    if chosen not in served:
        raise give_up([f"Baton is not installed in {chosen}. It is in: {named(served)}."])
    found = installed.client_of(chosen)
    if found is None:
        raise give_up([f"The token of {chosen} cannot be opened: TOKEN_KEYS lacks the key that sealed it."])
    return found


def whose(client: WebClient, said: SlackResponse | None = None) -> str:
    """The workspace that a client speaks for: the one it was made for, else that of its token (`said`: auth.test)."""
    team_id = client.default_params.get("team_id")
    return str(team_id or (said or client.auth_test())["team_id"])


def only_one(served: dict[str, str]) -> str:
    """The workspace, where there is no choice; or a sentence and the end."""
    if not served:
        raise give_up(["Baton is installed in no workspace yet: open /slack/install on its address."])
    if len(served) > 1:
        raise give_up([f"Baton is in several workspaces. Say which with --workspace: {named(served)}."])
    return next(iter(served))


def named(served: dict[str, str], most: int = 20) -> str:
    """The workspaces by id and name, as far as anybody reads."""
    told = [f"{workspace_id} ({name})" if name else workspace_id for workspace_id, name in served.items()]
    more = [f"{len(told) - most} more"] if len(told) > most else []
    return ", ".join([*told[:most], *more]) or "none"
