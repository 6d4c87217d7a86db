"""`make bench ARGS="a c"` measures these parts, all without an argument; the tables stand in docs/performance.md.

The sizes are small enough for some minutes. `--full` takes those that the goals speak of, up to a million asks, and
takes as long. `--on postgresql` measures there only.
"""

import argparse
import sys
import time

from tests.bench import answering, draining, figures, punctual, seeing, starting, sweeping

PARTS = {"a": answering, "b": sweeping, "c": punctual, "d": seeing, "e": starting, "f": draining}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help="a b c d e f", default=[])
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--on", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    given = figures.Given(asked.full, asked.runs, tuple(asked.on))
    for part in asked.parts or PARTS:
        began = time.monotonic()
        section = PARTS[part].measure(given)
        figures.write(part, section)
        sys.stdout.write(f"\n{section.markdown()}\n({time.monotonic() - began:.0f} s)\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
