"""A Slack in a process of its own, as Slack's computers are not ours: `python -m tests.bench.slack 1000`.

It prints what Baton needs to know, and goes when standard input ends.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from bot.trial import MANIFEST, WORKSPACE, join_channels
from sandbox.clock import Clock
from sandbox.server import Sandbox
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Told:
    """Where it is, with what to come, and the ids of so many people as were wanted."""

    api_url: str
    bot_token: str
    people: list[str]


@contextmanager
def slack(many: int) -> Iterator[Told]:
    """The hospital's Slack with so many more people."""
    command = [sys.executable, "-m", "tests.bench.slack", str(many)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Told(**json.loads(process.stdout.readline()))
        process.stdin.close()


def serve(many: int) -> None:
    """Be it, until standard input ends."""
    sandbox = Sandbox(Workspace.from_yaml(WORKSPACE), Clock())
    installation = sandbox.install(MANIFEST)
    join_channels(sandbox, installation)
    more = [sandbox.workspace.add_person(handle=f"owner{place}").id for place in range(many)]
    sandbox.start()
    sys.stdout.write(json.dumps(asdict(Told(sandbox.api_url, installation.bot_token, more))) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    sandbox.stop()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
