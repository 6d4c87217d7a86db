"""Apps and where they are installed: tokens, secrets, and what a host needs to run one against the sandbox."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.manifest import Manifest


@dataclass
class App:
    """An app as its developer sees it. The same app may be installed in several workspaces."""

    id: str
    manifest: Manifest
    signing_secret: str
    verification_token: str
    client_id: str
    client_secret: str
    request_url: str | None = None


@dataclass
class Grant:
    """What one token may do: whose it is, where, and with which scopes."""

    token: str
    app: App
    kind: str
    scopes: tuple[str, ...]
    team_id: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    revoked: bool = False
    uninstalled: bool = False
    expires: datetime | None = None
    organisation_id: str = ""  # instead of team_id, where it is for all workspaces of an organisation


@dataclass
class Installation:
    """One app in one workspace. Only ``request_url`` may be set after it was made."""

    app_id: str
    team_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    bot_user_id: str
    bot_id: str
    client_id: str
    client_secret: str
    app: App = field(repr=False)
    removed: bool = False
    organisation_id: str = ""  # whose token it is, where an organisation installed the app for its workspaces

    @property
    def request_url(self) -> str | None:
        """Where the app takes signed requests over HTTP; None means Socket Mode."""
        return self.app.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self.app.request_url = url
