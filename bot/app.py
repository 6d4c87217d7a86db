"""The Bolt app: what Slack sends is checked, read and answered here, by the features of `handlers`.

`process_before_response`: the answer leaves when the act is on disk, so an acknowledgement is never false, and Slack
delivers an event again that we failed on.
"""

import logging
import secrets
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient

import handlers
from bot.calls import Calls
from bot.measured import Answered, MeasuredApp
from handlers.desk import Desk
from handlers.reading import Unreadable

LISTENERS = 16  # threads for listeners; acks do not wait behind slow ones
TIMEOUT = 10  # seconds for one call of Slack

NOT_INSTALLED = (  # whose language it is cannot be told: their workspace is not known
    "Baton is not installed in this workspace any more. Somebody who may install apps can add it again.\n"
    "Baton 已不在这个工作区。有权安装应用的人可以重新添加。"
)

log = logging.getLogger("baton.app")


def slack_client(
    token: str | None,
    api_url: str,
    team_id: str | None = None,
    logger: logging.Logger | None = None,
    calls: Calls | None = None,
) -> WebClient:
    """A client that never repeats a call by itself (it could post twice) and loads the certificates once.

    `team_id`: the workspace that is meant, where the token is for a whole organisation. `calls` hears of each call.
    """
    return WebClient(
        token,
        base_url=api_url,
        timeout=TIMEOUT,
        ssl=_certificates(),
        retry_handlers=[calls] if calls else [],
        team_id=team_id,
        logger=logger,
        user_agent_prefix="Baton",
    )


@lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


def build_app(
    client: WebClient,
    signing_secret: str,
    desk: Desk,
    answered: Answered = lambda *_: None,
    authorize: Callable[..., Any] | None = None,
    before_authorize: Callable[..., Any] | None = None,
    calls: Calls | None = None,
) -> MeasuredApp:
    """The app with every feature registered. `signing_secret` may be empty in Socket Mode only.

    `authorize` gives the AuthorizeResult of a request, or None, where `client` has none of its own; `before_authorize`
    is a middleware of Bolt's for what has to be known for that.
    """
    logging.getLogger("slack_bolt.App").addFilter(_news)
    app = MeasuredApp(
        name="baton",  # without a name Bolt reads the source of every caller to find one, which takes 60 ms
        answered=answered,
        calls=calls,
        client=client,
        signing_secret=signing_secret or secrets.token_hex(),  # nobody can sign with that
        authorize=authorize,
        before_authorize=before_authorize,
        process_before_response=True,
        token_verification_enabled=False,  # `python -m bot check` does that; a start must not need Slack
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener"),
        user_facing_authorize_error_message=NOT_INSTALLED,
    )
    # It would log the whole body of a request with a bad signature.
    logging.getLogger("slack_bolt.RequestVerification").setLevel(logging.ERROR)
    app.error(_fault)
    handlers.register(app, desk)
    return app


def _news(record: logging.LogRecord) -> bool:
    """Whether it is worth a line. Bolt finds SLACK_BOT_TOKEN, too, and says that it will not use it."""
    return not record.getMessage().startswith("As you gave `client`")


def _fault(error: Exception, request: BoltRequest) -> BoltResponse:
    """A fault that no feature caught: logged with where it happened, never with what was said. Slack gets a 500.

    What is not as Slack sends it gets a 400.
    """
    body = request.body
    if isinstance(error, Unreadable) or _is_bolts_own(error):
        log.warning("request_unreadable", extra={"what": type(error.__cause__ or error).__name__})
        return BoltResponse(status=400, body="", headers={"x-slack-no-retry": "1"})  # it would be no better again
    event = body.get("event")
    what = (event.get("type") if isinstance(event, dict) else None) or body.get("command") or body.get("type")
    log.error("request_failed", extra={"what": str(what)}, exc_info=error)
    return BoltResponse(status=500, body="")


def _is_bolts_own(error: Exception) -> bool:
    """Whether Bolt itself stumbled over a payload while it looked for who listens to it."""
    if not isinstance(error, LookupError | TypeError | ValueError | AttributeError):
        return False
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and str(trace.tb_frame.f_globals.get("__name__")).startswith("slack_bolt.")
