"""OAuth v2: the codes handed out when somebody allows an app, until the app exchanges them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=10)


@dataclass
class Code:
    """One permission, to be exchanged once within 10 minutes of the sandbox clock."""

    code: str
    app_id: str
    team_id: str
    user: str
    redirect_uri: str | None
    scopes: tuple[str, ...]
    at: datetime
    used: bool = False

    def good(self, now: datetime) -> bool:
        """Whether it can still be exchanged."""
        return not self.used and now - self.at <= LIFETIME


class Codes:
    """All codes by their text, and refresh tokens by theirs."""

    def __init__(self) -> None:
        self.codes: dict[str, Code] = {}
