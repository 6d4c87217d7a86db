"""`make campaign`: people ask and act while everything fails that can; then the books are checked from outside.

Two web and two clock processes on one ledger, SQLite or PostgreSQL, against the sandbox, over three and a half days
that pass in minutes. At random: kill -9 of one of them (started again at once), calls that Slack takes and then drops,
5xx, 429 with short and long waits, slow answers, what Slack delivers twice or hears no answer to, a token that is
revoked for a while, a computer's clock set wrong and right again, a database that restarts. Afterwards: nobody's
monkey is ownerless or owned twice, numbers have no holes, whatever was answered is there, every person saw each
message once and the nudges and standups that they should, the outbox is empty.

    python -m tests.campaign --asks 5000 --kills 200 --database postgresql

`company.py` is who works there, `processes.py` Baton, `crowd.py` what people do, `trouble.py` what goes wrong,
`books.py` the check.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.campaign.books import check
from tests.campaign.company import Company
from tests.campaign.crowd import Crowd
from tests.campaign.processes import NAMES
from tests.campaign.trouble import Plan, Trouble

PATIENCE = 120.0  # real seconds at the end in which at least one message leaves


@dataclass
class Report:
    """What happened, and what is wrong: nothing, if all went well."""

    asked: int = 0
    answered: int = 0
    filed: int = 0
    clicks: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    troubles: dict[str, int] = field(default_factory=dict)
    messages: int = 0
    seconds: float = 0
    wrong: list[str] = field(default_factory=list)


def campaign(
    folder: Path,
    database_url: str,
    asks: int,
    plan: Plan,
    *,
    restart_database: Callable[[], object] | None = None,
    victims: tuple[str, ...] = NAMES,
    minutes: float | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> Report:
    """Run it all; `report.wrong` says in sentences what should not have happened. `victims`: who may be killed.

    `restart_database`: how to, where it is ours. `minutes`: after which nobody asks any more, however few have.
    """
    report, begun = Report(asked=asks), time.monotonic()
    company = Company(folder, database_url)
    try:
        company.schedule_standups()
        trouble = Trouble(company, plan, victims, restart_database)
        crowd = Crowd(company, asks, lambda: trouble.reached)
        troublemaker = threading.Thread(target=trouble.make, args=(lambda: crowd.progress, tell))
        troublemaker.start()
        if minutes is not None:
            timer = threading.Timer(minutes * 60, crowd.enough.set)
            timer.daemon = True
            timer.start()
        crowd.work()
        trouble.over.set()
        troublemaker.join()
        tell(f"{len(crowd.answers)} of {asks} were answered; waiting for the outbox")
        trouble.end()
        company.wait_for_outbox(PATIENCE)
        tell("what was not done is done now")
        crowd.finish()
        if left := company.wait_for_outbox(PATIENCE):
            report.wrong.append(f"{left} messages are still in the outbox")
        check(company, crowd, report)
    finally:
        company.stop()
    report.asked, report.answered, report.clicks, report.troubles = (
        crowd.begun,
        len(crowd.answers),
        len(crowd.deeds),
        dict(trouble.made),
    )
    report.failed, report.seconds = dict(crowd.failed), round(time.monotonic() - begun)
    return report
