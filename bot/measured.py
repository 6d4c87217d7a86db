"""Each request that Slack sends is timed, and each log line below it tells whose request it belongs to."""

import logging
import time
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from structlog.contextvars import bound_contextvars

from bot.calls import Calls

Answered = Callable[[str, int, float], None]  # the kind of request, the status of its answer, seconds

KINDS = frozenset(
    {"block_actions", "block_suggestion", "view_submission", "view_closed", "shortcut", "message_action", "event"}
)

log = logging.getLogger("baton.app")


class MeasuredApp(App):
    """Bolt's app, over HTTP and Socket Mode alike. `answered` hears of each answer, `calls` of each call of Slack."""

    def __init__(self, *, answered: Answered, calls: Calls | None = None, **given: Any) -> None:
        super().__init__(**given)
        self._answered, self._calls = answered, calls

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer a request of Slack's."""
        began = time.perf_counter()
        kind = kind_of(req.body)
        if self._calls is not None and (url := req.context.response_url):
            req.context["respond"] = self._calls.answering(url, proxy=self.client.proxy, ssl=self.client.ssl)
        with bound_contextvars(**_whose(req)):
            answer: BoltResponse = super().dispatch(req)
            seconds = time.perf_counter() - began
            self._answered(kind, answer.status, seconds)
            log.debug("answered", extra={"kind": kind, "status": answer.status, "seconds": round(seconds, 4)})
        return answer


def kind_of(body: dict[str, Any]) -> str:
    """What kind of request it is: one of few words, whatever a stranger sends."""
    if body.get("command"):
        return "command"
    if body.get("type") == "event_callback":
        return "event"
    kind = str(body.get("type"))
    return kind if kind in KINDS else "other"


def _whose(request: BoltRequest) -> dict[str, str]:
    told = {"workspace": request.context.team_id or request.context.enterprise_id, "actor": request.context.user_id}
    return {name: value for name, value in told.items() if value}
