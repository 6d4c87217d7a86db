"""`python -m bot try`: a hospital's Slack on your own machine, with Baton installed, and nothing else needed.

The sandbox and the bot run in one process and talk over real HTTP, with signed requests and a token, as on Slack.
Winding the sandbox's clock makes Baton's clock tick and its messages leave.
"""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import slack_client
from bot.clock import next_due, tick
from bot.loading.directory import Directory
from bot.loading.loading import load, prepare
from bot.pacing import Pace
from bot.process import Baton
from sandbox.apps import Installation
from sandbox.clock import Clock
from sandbox.deeds import Administrator
from sandbox.server import Sandbox
from sandbox.workspace import Workspace
from store.database import Ledger
from store.migrations import is_behind, migrate
from store.rules.calendar import Calendar
from store.rules.hours import Hours

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / "manifest.json"
WORKSPACE = ROOT / "examples" / "hospital-workspace.yml"
DEPARTMENTS = ROOT / "examples" / "hospital.yml"
PATIENCE = 10.0  # seconds for messages to leave after the clock was wound

_HOSPITAL = Calendar("Asia/Shanghai", Hours.parse({"mon-fri": "09:00-18:00"}), "CN")


def first_morning(now: datetime) -> datetime:
    """Five past nine in Shanghai on the next Monday that begins a week without holidays: any README story fits in."""
    zone = ZoneInfo(_HOSPITAL.zone)
    monday = now.astimezone(zone).date()
    monday += timedelta(days=7 - monday.weekday())
    while not all(_HOSPITAL.is_working_day(monday + timedelta(days=day)) for day in range(5)):
        monday += timedelta(days=7)
    return datetime.combine(monday, time(9, 5), zone).astimezone(UTC)


class Trial:
    """The hospital's Slack and a Baton beside it. `clock` is the sandbox's: the only time that either of them knows."""

    def __init__(self, database_url: str, clock: Clock, *, port: int = 0, pace: Pace | None = None) -> None:
        """`port` of the sandbox's page (0: any free one). OSError if it is taken."""
        self.clock = clock
        self.sandbox = Sandbox(Workspace.from_yaml(WORKSPACE), clock)
        self.installation = self.sandbox.install(MANIFEST)
        join_channels(self.sandbox, self.installation)
        self.sandbox.start(port)
        self.ledger = Ledger(database_url)
        if is_behind(self.ledger.engine):
            migrate(self.ledger.engine)
        client = slack_client(self.installation.bot_token, self.sandbox.api_url)
        self.baton = Baton(self.ledger, client, self.installation.signing_secret, clock.now, pace)
        self.baton.meet_workspace()

    def start(self) -> None:
        """Let people in: from now on commands and clicks are answered, and messages leave."""
        self.installation.request_url = self.baton.listen("127.0.0.1", 0).url
        self.baton.carry()
        self.clock.on_wind.append(self._wound)
        self.clock.jumps["next nudge"] = self._next_nudge

    def load_departments(self) -> None:
        """Load the hospital's departments, as `python -m bot load` would."""
        directory = Directory(slack_client(self.installation.bot_token, self.sandbox.api_url))
        prepared = prepare(DEPARTMENTS.read_text(encoding="utf-8"), directory)
        self.ledger.act(load, self.baton.workspace_id, None, self.clock.now(), None, prepared)

    def stop(self) -> None:
        """Close everything. The sandbox forgets; the ledger stays where it is."""
        self.baton.stop()
        self.sandbox.stop()

    def _wound(self, now: datetime) -> None:
        tick(self.ledger, now)
        self.baton.courier.drain(PATIENCE)

    def _next_nudge(self, now: datetime) -> datetime | None:
        due = next_due(self.ledger)
        return None if due is None else max(due, now)


def join_channels(sandbox: Sandbox, installation: Installation) -> None:
    """Invite Baton to every channel, as its installer would."""
    administrator = Administrator(sandbox, sandbox.workspace)
    bot = sandbox.workspace.someone(installation.bot_user_id)
    for place in list(sandbox.workspace.conversations.values()):
        if not place.is_direct:
            administrator.join(bot, place)
