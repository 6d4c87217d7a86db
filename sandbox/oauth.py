"""OAuth v2: codes handed out when somebody allows an app, and tokens that are renewed every 12 hours."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sandbox.apps import Grant
from sandbox.identifiers import secret

LIFETIME = timedelta(minutes=10)
TOKEN_LIFETIME = timedelta(hours=12)


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
    """All codes by their text, and the grants that refresh tokens stand for."""

    def __init__(self) -> None:
        self.codes: dict[str, Code] = {}
        self.refreshable: dict[str, Grant] = {}

    def rotate(self, grants: dict[str, Grant], grant: Grant, number: int, now: datetime) -> tuple[Grant, str]:
        """A token like ``grant`` that lasts 12 hours of the sandbox clock, and the refresh token for the next one."""
        tail = secret("rotated", grant.team_id, grant.app.id, str(number), length=48)
        fresh = replace(grant, token=f"xoxe.xoxb-1-{tail}", expires=now + TOKEN_LIFETIME, revoked=False)
        grants[fresh.token] = fresh
        refresh_token = f"xoxe-1-{secret('refresh', tail, length=48)}"
        self.refreshable[refresh_token] = fresh
        return fresh, refresh_token
