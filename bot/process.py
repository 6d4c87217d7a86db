"""The whole bot in one object: ledger, desk, Bolt app, clock, courier, and the way in from Slack.

`run` starts it for a company, `try` beside the sandbox, the tests once per story.
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime

from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient

from bot.app import NOT_INSTALLED, build_app
from bot.authorizing import at_home, authorizing, settling
from bot.clock import Timekeeper
from bot.courier import Courier
from bot.front import Front, build_front
from bot.installed import Installed
from bot.installing import Installing
from bot.manifest import scopes
from bot.metrics import Metrics
from bot.pacing import Pace
from bot.readiness import Readiness
from bot.resting import Resting
from bot.sending import Sender
from handlers import messages
from handlers.desk import Desk
from store import people
from store.database import Ledger

SOCKET_WORKERS = 16  # payloads that are worked on side by side
PATIENCE = 2.5  # seconds for the ledger: Slack gives up on us after 3
STOPPING = 6.5  # seconds for all that is in hand
LETTING_GO = 0.5  # of them for the ledger, whose acts end last


class ForOrganisation(Exception):
    """The token is for a whole organisation: nobody can say which of its workspaces is meant."""


class Baton:
    """One running Baton, for the workspace of its token, or for all that installed it.

    `clock` tells the ledger's time, aware UTC.
    """

    def __init__(
        self,
        ledger: Ledger,
        client: WebClient,
        signing_secret: str,
        clock: Callable[[], datetime],
        pace: Pace | None = None,
        installed: Installed | None = None,
        keep_closed_days: int | None = None,
    ) -> None:
        """`installed`: where Baton is in several workspaces; then `client` has no token."""
        self.ledger, self.client, self.clock = ledger, client, clock
        self.workspace_id = ""
        self.installed = installed
        authorize = authorizing(installed) if installed else None
        settle = settling(installed) if installed else at_home(lambda: self.workspace_id, NOT_INSTALLED)
        self.metrics = Metrics(ledger, clock)
        ledger.patience = PATIENCE
        ledger.after_happenings, ledger.after_refusal = self.metrics.happened, self.metrics.refused
        calls, desk = self.metrics.calls, Desk(ledger, clock, on_fault=self.metrics.failed)
        client.retry_handlers = [calls]
        if installed is not None:
            installed.calls = calls
        self.app = build_app(client, signing_secret, desk, self.metrics.answered, authorize, settle, calls)
        pace = pace or Pace()
        resting = Resting(ledger, clock, pace)
        sender = Sender(
            ledger, clock, self._client_of, messages.compose, messages.LIVE, resting, self._renew, self._withdrawn
        )
        self.courier = Courier(ledger, clock, sender, pace, carried=self.metrics.carried)
        self.timekeeper = Timekeeper(ledger, clock, keep_closed_days)
        self.front: Front | None = None
        self._figures: Front | None = None
        self._socket: SocketModeHandler | None = None
        self._readiness = Readiness(ledger, clock)
        self._leaving = False

    def meet_workspace(self) -> str:
        """Ask Slack whose token this is, and know that workspace from now on; returns its id.

        Raises what the Slack client raises, and ForOrganisation.
        """
        who = self.client.auth_test()
        if who.get("is_enterprise_install"):
            raise ForOrganisation
        self.workspace_id = str(who["team_id"])
        self.ledger.act(
            people.ensure_workspace,
            self.workspace_id,
            None,
            self.clock(),
            None,
            str(who.get("team") or ""),
            str(who.get("user_id") or ""),
        )
        return self.workspace_id

    def listen(self, host: str, port: int, *, slack: bool = True, figures: bool = True) -> Front:
        """Take requests from Slack over HTTP; without `slack` only questions after our health. OSError: port taken.

        `figures`: /metrics stands here too.
        """
        metrics = self.metrics.text if figures else None
        installing = Installing(self.installed, scopes()) if self.installed else None
        web = build_front(self.app if slack else None, self.not_ready, metrics, installing)
        self.front = Front(web, host, port)
        self.front.start()
        return self.front

    def show_figures(self, host: str, port: int) -> Front:
        """Answer /metrics, and questions after our health, on a port of their own. OSError: port taken."""
        self._figures = Front(build_front(None, self.not_ready, self.metrics.text), host, port)
        self._figures.start()
        return self._figures

    def connect(self, app_token: str) -> None:
        """Take requests from Slack through Socket Mode. Raises what the Slack client raises."""
        self._socket = SocketModeHandler(self.app, app_token, web_client=self.client, concurrency=SOCKET_WORKERS)
        self._socket.connect()  # type: ignore[no-untyped-call]

    def carry(self) -> None:
        """Send what the outbox holds, now and from now on."""
        self.courier.start()

    def keep_time(self) -> None:
        """Let the clock tick by its timetable."""
        self.timekeeper.start()

    def not_ready(self) -> str | None:
        """Why Baton cannot work now, in a sentence; None if it can."""
        if self._leaving:
            return "This process is about to stop."
        fault = self._readiness.fault()
        if fault is not None:
            return fault
        if self._socket is not None and not self._socket.client.is_connected():
            return "The connection to Slack is down; it is being made again."
        return None

    def leave(self) -> None:
        """Say from now on that this process is not ready, and go on working: whoever shares out requests turns away."""
        self._leaving = True

    def stop(self) -> None:
        """Finish what is in hand and let go of everything, the ledger included, within STOPPING."""
        parts: list[Callable[[], object]] = [self.timekeeper.stop, self.courier.stop]
        parts += [front.stop for front in (self.front, self._figures) if front is not None]
        if self._socket is not None:
            parts.append(self._socket.close)
        ends = [threading.Thread(target=part, daemon=True) for part in parts]
        for end in ends:
            end.start()
        deadline = time.monotonic() + STOPPING - LETTING_GO
        for end in ends:
            end.join(max(0.0, deadline - time.monotonic()))
        self.ledger.close(max(0.0, deadline - time.monotonic()) + LETTING_GO)

    def _client_of(self, workspace_id: str) -> WebClient | None:
        if self.installed is not None:
            return self.installed.client_of(workspace_id)
        return self.client if workspace_id == self.workspace_id else None

    def _renew(self, workspace_id: str, refused: str) -> bool:
        return self.installed is not None and self.installed.renew(workspace_id, refused)

    def _withdrawn(self, workspace_id: str) -> bool:
        return self.installed is not None and self.installed.withdrawn(workspace_id)
