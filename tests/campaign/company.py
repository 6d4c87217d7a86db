"""Who works in the campaign: forty departments of four people each in the sandbox, and Baton's processes beside it."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from bot.trial import MANIFEST
from sandbox.clock import Clock
from sandbox.conversations import Conversation
from sandbox.deeds import Administrator
from sandbox.people import Person
from sandbox.server import Sandbox
from sandbox.story import Story
from sandbox.workspace import Workspace
from store import outbox
from store.database import Ledger
from store.refusals import LedgerUnavailable
from tests.campaign.processes import NAMES, Nursery, Process

ROOT = Path(__file__).resolve().parents[2]
DEPARTMENTS, EACH = 40, 4
PEOPLE = [f"p{number}" for number in range(DEPARTMENTS * EACH)]
ZONE = "Europe/Berlin"
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)  # Monday, half past nine there
STANDUP = "10:30"


class Company:
    """The sandbox and the processes, on one ledger."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder, self.database_url = folder, database_url
        (folder / "workspace.yml").write_text(yaml.safe_dump(_workspace()), encoding="utf-8")
        (folder / "departments.yml").write_text(yaml.safe_dump(_departments()), encoding="utf-8")
        self.time = Clock(MORNING)
        self.latest = MORNING  # that any of Baton's clocks has said
        self.wrong_by = timedelta()
        self.sandbox = Sandbox(Workspace.from_yaml(folder / "workspace.yml"), self.time)
        self.workspace = self.sandbox.workspace
        self.installation = self.sandbox.install(MANIFEST)
        self.bot = self.workspace.someone(self.installation.bot_user_id)
        for place in list(self.workspace.conversations.values()):
            Administrator(self.sandbox, self.workspace).join(self.bot, place)
        self.sandbox.start()
        self.slack = Story(self.sandbox, patience=2)
        self.set_clocks()
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SLACK_BOT_TOKEN": self.installation.bot_token,
            "SLACK_SIGNING_SECRET": self.installation.signing_secret,
            "SLACK_APP_TOKEN": "",
            "SLACK_API_URL": self.sandbox.api_url,
            "DATABASE_URL": database_url,
            "LOG_LEVEL": "WARNING",
            "POSTS_PER_SECOND": "1000",
        }
        self.nursery = Nursery(self.environment)
        self._command("migrate")
        self._command("load", "departments.yml")
        self.ledger = Ledger(database_url)
        self.processes = {name: Process(self.nursery, folder, self.environment, name) for name in NAMES}
        for process in self.processes.values():
            process.wait_until_ready()
        self._in_rotation: list[Process] = []
        self._stopping = threading.Event()
        threading.Thread(target=self._balance, daemon=True).start()

    def _command(self, *words: str) -> None:
        number = self.nursery.bear(self.folder, self.folder / f"{words[0]}.log", self.environment, *words)
        assert self.nursery.has_ended(number, 120)
        assert self.nursery.status_of(number) == 0, words

    def _balance(self) -> None:
        """See which web processes are ready, as a balancer does, again and again."""
        while not self._stopping.wait(0.1):
            webs = [process for process in self.processes.values() if process.name.startswith("web")]
            self._in_rotation = [process for process in webs if process.is_ready()]

    def direct_requests(self, turn: int) -> None:
        """The next request goes to one web process or the other; where none is ready, it waits for one."""
        end = time.monotonic() + 30
        while not (webs := self._in_rotation) and time.monotonic() < end:
            time.sleep(0.05)
        if webs:
            self.installation.request_url = webs[turn % len(webs)].address

    def set_clocks(self, wrong_by: timedelta | None = None) -> None:
        """Set all of Baton's clocks: as Slack's, or wrong by so much."""
        self.wrong_by = self.wrong_by if wrong_by is None else wrong_by
        ahead = self.time.now() - datetime.now(UTC)
        self.latest = max(self.latest, self.time.now() + self.wrong_by)
        written = self.folder / "clock.new"
        written.write_text(f"{ahead.total_seconds():.3f} {self.wrong_by.total_seconds():.0f}", encoding="utf-8")
        written.replace(self.folder / "clock")

    def forward(self, span: timedelta) -> None:
        """Let time pass, for Slack and for Baton."""
        self.time.forward(seconds=span.total_seconds())
        self.set_clocks()

    def standup_within(self, span: timedelta) -> bool:
        """Whether a standup is due within `span` from now, or was since it began."""
        return any(self.time.now() - span < at <= self.time.now() + span for at in standups_until(self.latest + span))

    def schedule_standups(self) -> None:
        """Each lead wants the digest in their channel on every weekday."""
        for number in range(DEPARTMENTS):
            self.direct_requests(number)
            typed = f"/standup every weekday at {STANDUP}"
            outcome = self.slack.command(lead_of(number), typed, channel=f"#d{number}")
            assert outcome.ok, outcome

    def direct(self, person: Person | str) -> Conversation:
        """Where somebody reads what Baton tells them."""
        return self.workspace.direct([self.slack.person(person).id, self.bot.id], self.time.now())

    def pending(self) -> int:
        """How many messages have still to reach Slack; -1 where the ledger does not say."""
        try:
            with self.ledger.reading() as connection:
                return outbox.pending(connection)
        except LedgerUnavailable:
            return -1

    def wait_for_outbox(self, seconds: float) -> int:
        """Until nothing has to reach Slack any more; how many messages still have, once none has left for so long."""
        least, end = float("inf"), time.monotonic() + seconds
        while left := self.pending():
            if 0 < left < least:
                least, end = left, time.monotonic() + seconds
            if time.monotonic() > end:
                break
            time.sleep(0.2)
        return left

    def stop(self) -> None:
        """Take everything down."""
        self._stopping.set()
        for process in self.processes.values():
            process.kill()
        self.nursery.close()
        self.ledger.close()
        self.sandbox.stop()


def standups_until(end: datetime) -> list[datetime]:
    """When the digests are due, from the first morning on."""
    zone, found = ZoneInfo(ZONE), []
    for day in range((end - MORNING).days + 2):
        on = (MORNING + timedelta(days=day)).astimezone(zone).date()
        at = datetime.combine(on, clock_time.fromisoformat(STANDUP), zone).astimezone(UTC)
        if at <= end and on.weekday() < 5:
            found.append(at)
    return found


def members_of(department: int) -> list[str]:
    """The people of a department by their handles, its lead first."""
    return [PEOPLE[department * EACH + one] for one in range(EACH)]


def lead_of(department: int) -> str:
    """Who leads it."""
    return members_of(department)[0]


def _workspace() -> dict:
    return {
        "team": {"name": "Campaign", "domain": "campaign"},
        "users": [
            {"handle": one, "name": one, "email": f"{one}@campaign.example", "locale": "en-US", "tz": ZONE}
            for one in PEOPLE
        ],
        "channels": [
            {"name": "everyone", "members": PEOPLE},
            *({"name": f"d{number}", "members": members_of(number)} for number in range(DEPARTMENTS)),
        ],
    }


def _departments() -> dict:
    return {
        "departments": [
            {
                "key": f"d{number}",
                "names": [f"D{number}"],
                "channel": f"#d{number}",
                "lead": f"@{lead_of(number)}",
                "members": [f"@{one}" for one in members_of(number)[1:]],
                "time_zone": ZONE,
                "hours": {"mon-fri": "09:00-17:00"},
                "lead_time": "2d",
            }
            for number in range(DEPARTMENTS)
        ]
    }
