"""Which client speaks for which workspace, where Baton is installed by OAuth in several.

A token that expires is renewed in time by whoever needs it, a person's click or the courier: one process at a time.
One that Slack no longer takes is renewed once, before the workspace is stopped.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.app import slack_client
from bot.calls import Calls
from bot.sealing import Seal, Unopenable
from bot.slack_faults import FAULTS, meaning
from handlers import organisation
from store import installations, organisations
from store.database import Ledger
from store.installations import Installation, Tokens

AHEAD = timedelta(hours=2)  # so long before its end a token is renewed
JUST_NOW = timedelta(minutes=1)  # a token that was renewed within this and is refused is not renewed again
PATIENCE = 2.0  # real seconds to wait for another process that renews a token we cannot do without
LOOK_AGAIN = 0.1

log = logging.getLogger("baton.installed")
_discreet = logging.getLogger("baton.installed.exchange")
_discreet.setLevel(logging.WARNING)  # at DEBUG the SDK logs the whole answer: here, tokens


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """Baton as Slack knows it: what proves to Slack that it is us who exchange codes and tokens."""

    client_id: str
    client_secret: str = field(repr=False)
    api_url: str

    def client(self, calls: Calls | None = None) -> WebClient:
        """A client without a token: for oauth.v2.access. `calls` hears of it."""
        return slack_client(None, self.api_url, logger=_discreet, calls=calls)


class Installed:
    """The installations of the ledger, as clients of Slack."""

    def __init__(
        self,
        ledger: Ledger,
        clock: Callable[[], datetime],
        app: OAuthApp,
        seal: Seal,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.ledger, self.clock, self.app, self.seal, self.wall = ledger, clock, app, seal, wall
        self.calls: Calls | None = None  # hears of each call
        self._renewing = threading.Lock()

    def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """With which token a request is answered; None where Baton is not installed (any more)."""
        workspace_id = team_id or ""
        installation = self._of(workspace_id)
        if installation is None and enterprise_id:
            installation = self._of_organisation(workspace_id, enterprise_id)
        token = self._token(installation) if installation else None
        if installation is None or token is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=token,
            bot_id=installation.bot_id,
            bot_user_id=installation.bot_user_id,
            bot_scopes=installation.scopes,
        )

    def client_of(self, workspace_id: str) -> WebClient | None:
        """The client that sends to a workspace, with a token that holds; None where Baton has none for it."""
        installation = self._of(workspace_id)
        token = self._token(installation) if installation else None
        if installation is None or token is None:
            return None
        whose = workspace_id if installation.for_organisation else None
        return slack_client(token, self.app.api_url, team_id=whose, calls=self.calls)

    def withdrawn(self, workspace_id: str) -> bool:
        """Slack says that a workspace was not given to its organisation's token: is that so? Then it leaves."""
        installation = self._of(workspace_id)
        client = self.client_of(workspace_id)
        if installation is None or client is None or not installation.for_organisation:
            return False
        try:
            organisation.keep_up(self.ledger, self.clock(), client, installation.holder_id)
        except FAULTS as fault:
            log.warning("Slack does not list the workspaces of %s: %s", installation.holder_id, meaning(fault))
            return False
        return self._of(workspace_id) is None

    def renew(self, workspace_id: str, refused: str) -> bool:
        """Slack no longer takes the token `refused`: is there another one now? Tried once, not again and again."""
        installation = self._of(workspace_id)
        if installation is None:
            return False
        if self._opened(installation) not in (refused, None):
            return True  # renewed, or installed anew, while the refused one was on its way
        if installation.renewed_at + JUST_NOW > self.clock():
            return False
        return self._renewed(installation) is not None

    def sealed(self, answer: dict[str, Any]) -> Tokens:
        """The tokens in an answer of oauth.v2.access, to be kept."""
        refresh, seconds = answer.get("refresh_token"), answer.get("expires_in")
        token = self.seal.close(str(answer["access_token"]))
        if not refresh or not seconds:
            return Tokens(token)
        return Tokens(token, self.seal.close(str(refresh)), self.clock() + timedelta(seconds=int(seconds)))

    def _of(self, workspace_id: str) -> Installation | None:
        return self.ledger.look(installations.of, workspace_id, self.clock())

    def _of_organisation(self, workspace_id: str, enterprise_id: str) -> Installation | None:
        """The installation of an organisation, whose workspace we meet for the first time."""
        now = self.clock()
        installation = self.ledger.look(installations.held_by, workspace_id, now, enterprise_id)
        if installation is not None and workspace_id:
            self.ledger.act(organisations.join, workspace_id, None, now, None, enterprise_id)
        return installation

    def _token(self, installation: Installation) -> str | None:
        """A token that holds for a while; the one there is, where Slack gives no other now."""
        expires_at = installation.tokens.expires_at
        if expires_at is None or expires_at > self.clock() + AHEAD:
            return self._opened(installation)
        return self._renewed(installation) or self._opened(installation)

    def _opened(self, installation: Installation) -> str | None:
        try:
            return self.seal.open(installation.tokens.token)
        except Unopenable:
            log.error("the token of %s was sealed with a key that TOKEN_KEYS does not name", installation.holder_id)
            return None

    def _renewed(self, known: Installation) -> str | None:
        """The next token; None where there is none to be had now."""
        if known.tokens.refresh is None:
            return None
        with self._renewing:  # one at a time in this process: the others then find it done
            now = self.clock()
            current = self.ledger.look(installations.held_by, "", now, known.holder_id)
            if current is None or current.tokens != known.tokens:
                return self._opened(current) if current else None
            if self.ledger.act(installations.begin_renewal, "", None, now, None, known, self.wall()):
                return self._ask_slack(known)
        expires_at = known.tokens.expires_at
        if expires_at is not None and expires_at > now:
            return None  # another process is at it, and the old one still holds
        return self._by_another(known)

    def _ask_slack(self, known: Installation) -> str | None:
        tokens = None
        try:
            answer = self.app.client(self.calls).oauth_v2_access(
                client_id=self.app.client_id,
                client_secret=self.app.client_secret,
                grant_type="refresh_token",
                refresh_token=self.seal.open(known.tokens.refresh or ""),
            )
            tokens = self.sealed(dict(answer.data) if isinstance(answer.data, dict) else {})
        except FAULTS as fault:
            log.error("the token of %s cannot be renewed: %s", known.holder_id, meaning(fault))
        except Unopenable:
            log.error("what renews the token of %s was sealed with an unknown key", known.holder_id)
        self.ledger.act(installations.end_renewal, "", None, self.clock(), None, known, tokens)
        return self.seal.open(tokens.token) if tokens else None

    def _by_another(self, known: Installation) -> str | None:
        """The token that another process is asking for, within a moment."""
        for _ in range(int(PATIENCE / LOOK_AGAIN)):
            time.sleep(LOOK_AGAIN)
            current = self.ledger.look(installations.held_by, "", self.clock(), known.holder_id)
            if current is None or current.tokens != known.tokens:
                return self._opened(current) if current else None
        return None
