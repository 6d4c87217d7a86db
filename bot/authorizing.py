"""Which workspace is a request about, and with whose token is it answered?"""

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from structlog.contextvars import bind_contextvars

from bot.installed import Installed
from handlers import reading, which_workspace
from store.organisations import Theirs

log = logging.getLogger("baton.app")


def settling(installed: Installed) -> Callable[..., BoltResponse]:
    """A middleware: what the app of a whole organisation is told names one workspace from here on."""

    def settle(body: dict[str, Any], context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse:
        if context.is_enterprise_install and context.enterprise_id:
            theirs = Theirs(installed.ledger, context.enterprise_id)
            workspace_id = reading.certain(lambda _: which_workspace.settle(body, theirs), body)
            context["team_id"] = workspace_id
            context.client.default_params |= {"team_id": workspace_id} if workspace_id else {}
            bind_contextvars(workspace=workspace_id or context.enterprise_id)
        return next()

    return settle


def at_home(home: Callable[[], str], elsewhere: str) -> Callable[..., BoltResponse]:
    """A middleware for who has the token of one workspace: `home` tells which. Nothing is done for any other.

    Somebody of another company may press a button in a channel that both share; who types a command reads `elsewhere`.
    """

    def only_here(body: dict[str, Any], context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse:
        if not home() or context.team_id in (None, home()):
            return next()
        log.info("from_elsewhere", extra={"workspace": home()})
        return BoltResponse(status=200, body=elsewhere if body.get("command") else "")

    return only_here


def authorizing(installed: Installed) -> Callable[..., AuthorizeResult | None]:
    """A plain function, as Bolt takes: it looks at the names of the arguments."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return installed.authorize(enterprise_id, team_id)

    return authorize
