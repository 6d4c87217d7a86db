"""`python -m bot run`: Baton on Slack, over HTTP or Socket Mode, until it is told to stop.

`--only web` takes what Slack sends, `--only clock` keeps time and carries the outbox: for companies that outgrow one
process. Any number of either may run on the same ledger.

It does not start with a database that is behind. SIGTERM or SIGINT: it takes nothing new, finishes what is in hand
within ten seconds, and goes; whatever is left is in the ledger, and leaves at the next start. A web process, beside
which others are, says first that it is not ready, and takes what still comes until they are sent it instead.
"""

import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from slack_sdk.errors import SlackApiError

from bot.app import slack_client
from bot.commands.saying import FOR_ORGANISATION, give_up, open_ledger, out, slack_code
from bot.commands.workspaces import installed_by
from bot.front import Front
from bot.pacing import IN_ONE_WORKSPACE, POST, Pace
from bot.process import Baton, ForOrganisation
from bot.settings import Settings
from bot.slack_faults import FAULTS, Refused, Revoked, meaning
from store.database import Ledger

log = logging.getLogger("baton")

LONGEST_PAUSE = 60.0  # seconds between two tries to reach Slack at the start
LEAVING = 2.0  # seconds for a balancer to see that this process is not ready any more
AT_LAST = 9.5  # seconds from the signal to the end, whatever hangs


class Part(StrEnum):
    """What one process does, where it does not do all."""

    WEB = "web"
    CLOCK = "clock"


def run(settings: Settings, only: Part | None = None) -> None:
    """Be Baton, or `only` a part of it, until a signal says to stop."""
    stopping = stop_signal()
    with open_ledger(settings) as ledger:
        _serve(settings, ledger, stopping, only)


def stop_signal() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    return stopping


def _serve(settings: Settings, ledger: Ledger, stopping: threading.Event, only: Part | None) -> None:
    client = slack_client(settings.slack_bot_token or None, settings.slack_api_url)
    installed = installed_by(settings, ledger)
    pace = Pace(scale=settings.posts_per_second / IN_ONE_WORKSPACE[POST].per_second)
    secret, keep = settings.slack_signing_secret, settings.keep_closed_days
    baton = Baton(ledger, client, secret, lambda: datetime.now(UTC), pace, installed, keep)
    try:
        if installed is None and not _reach_slack(baton, stopping):
            return
        if only is Part.CLOCK:
            how = f"as a clock: it keeps time and sends; its health is on port {_listen(baton, settings)}"
        elif settings.socket_mode:
            _connect(baton, settings.slack_app_token)
            how = "through Socket Mode"
        else:
            how = f"on port {_listen(baton, settings, slack=True)}, path /slack/events"
        if settings.metrics_port:
            _bound(baton.show_figures, settings.metrics_port, "METRICS_PORT")
        if only is not Part.WEB:
            baton.carry()
            baton.keep_time()
        gc.collect()
        gc.freeze()  # what is there now stays: the collector need not look at it again and again
        out.print(f"Baton is running {how}.", markup=False)
        while not stopping.wait(1.0):  # a signal that another thread was given is seen when this one wakes
            pass
        out.print("Baton finishes what is in hand and stops.", markup=False)
        end_at_last(AT_LAST)
        if only is Part.WEB:
            baton.leave()
            time.sleep(LEAVING)
    finally:
        baton.stop()


def end_at_last(seconds: float) -> None:
    """End this process after so long, whatever hangs: what is not on disk by then was promised to nobody."""

    def end() -> None:
        log.error("stopped_in_the_middle", extra={"after": seconds})
        logging.shutdown()
        os._exit(1)

    last = threading.Timer(seconds, end)
    last.daemon = True
    last.start()


def _connect(baton: Baton, app_token: str) -> None:
    try:
        baton.connect(app_token)
    except SlackApiError as fault:
        sentence = f"Slack does not accept SLACK_APP_TOKEN: {slack_code(fault)}. It needs the scope connections:write."
        raise give_up([sentence]) from fault


def _listen(baton: Baton, settings: Settings, *, slack: bool = False) -> int:
    listen = partial(baton.listen, slack=slack, figures=not settings.metrics_port)
    return _bound(listen, settings.port, "PORT")


def _bound(open_front: Callable[[str, int], Front], port: int, name: str) -> int:
    try:
        return open_front("0.0.0.0", port).port  # noqa: S104 - Slack has to reach it; requests are signed
    except OSError as fault:
        raise give_up([f"Port {port} cannot be used ({fault.strerror}). Set {name} to a free one."]) from fault


def _reach_slack(baton: Baton, stopping: threading.Event) -> bool:
    """Learn whose token this is, however long Slack takes. False when told to stop meanwhile."""
    pause = 1.0
    while not stopping.is_set():
        try:
            baton.meet_workspace()
        except ForOrganisation as fault:
            raise give_up([FOR_ORGANISATION]) from fault
        except FAULTS as fault:
            meant = meaning(fault)
            if isinstance(meant, Revoked | Refused):
                raise give_up([f"Slack does not accept SLACK_BOT_TOKEN: {meant.code}."]) from fault
            log.warning("slack_does_not_answer_yet", extra={"fault": type(fault).__name__, "again_in": round(pause)})
            stopping.wait(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        else:
            return True
    return False
