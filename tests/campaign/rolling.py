"""`make campaign ARGS="--rolling 3"`: while people ask and act, every process is restarted, one after the other.

Each is asked to stop, and started again once it has. Nobody is refused: before a web process stops, it says that it
is not ready, and the others are sent its requests.
"""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.campaign import Report
from tests.campaign.books import check
from tests.campaign.company import Company
from tests.campaign.crowd import Crowd

STEP = timedelta(minutes=30)  # that pass with each process
USUAL = 6.0  # real seconds that one takes, over which its share of the asks is spread


def rolling(
    folder: Path, database_url: str, asks: int, rounds: int, *, tell: Callable[[str], object] = lambda _: None
) -> Report:
    """Each process is followed by a new one so many times, spread over so many asks."""
    report, begun = Report(asked=asks), time.monotonic()
    company = Company(folder, database_url)
    try:
        names = [name for _ in range(rounds) for name in company.processes]
        company.schedule_standups()
        turns = [time.monotonic()]

        def reached() -> float:
            """How far it is: the asks do not wait for the processes, nor run ahead of them."""
            return (len(turns) - 1 + min(1, (time.monotonic() - turns[-1]) / USUAL)) / len(names)

        crowd = Crowd(company, asks, reached)

        def roll() -> None:
            for name in names:
                process = company.processes[name]
                if status := process.terminate():
                    report.wrong.append(f"{name} ended with {status}")
                process.wait_until_ready()
                company.forward(STEP)
                turns.append(time.monotonic())
                tell(f"{name} was followed by a new one; {crowd.begun} asked")

        roller = threading.Thread(target=roll)
        roller.start()
        crowd.work()
        roller.join()
        company.wait_for_outbox(120)
        crowd.finish()
        if left := company.wait_for_outbox(120):
            report.wrong.append(f"{left} messages are still in the outbox")
        refused = {word: times for word, times in crowd.failed.items() if word != "operation_timeout"}
        if refused:  # on a busy machine an answer may take more than Slack's three seconds, and that is no refusal
            report.wrong.append(f"requests were refused: {refused}")
        check(company, crowd, report)
        report.answered, report.clicks = len(crowd.answers), len(crowd.deeds)
    finally:
        company.stop()
    report.failed, report.seconds = dict(crowd.failed), round(time.monotonic() - begun)
    return report
