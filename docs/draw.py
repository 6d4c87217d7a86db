"""Draws what the docs show of the code's own tables: `python docs/draw.py` writes it into PAGES.

A test fails while the drawing and the table differ.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from store.rules import permissions  # noqa: E402
from store.rules.lifecycle import MOVES, WHO_MAY, Move, Stage, stages_for  # noqa: E402

PAGES = (ROOT / "docs" / "architecture.md", ROOT / "SECURITY.md")


def life_cycle() -> str:
    """The stages and moves as a Mermaid state diagram."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> open: file"]
    for (stage, move), after in MOVES.items():
        if stage is not after:
            lines.append(f"    {stage} --> {after}: {move.replace('_', ' ')}")
    for stage in Stage:
        stays = [move.replace("_", " ") for (at, move), after in MOVES.items() if at is stage and after is stage]
        if stays:
            lines.append(f"    note right of {stage}: {', '.join(stays)}")
    return "\n".join([*lines, "```"])


def who_may() -> str:
    """The moves and who may make them, as a table."""
    lines = ["| move | who may | when the ask is |", "|---|---|---|"]
    for move in Move:
        who = ", ".join(sorted(role.replace("_", " ") for role in WHO_MAY[move]))
        when = ", ".join(stage for stage in Stage if stage in stages_for(move)) or "not there yet"
        lines.append(f"| {move.replace('_', ' ')} | {who} | {when} |")
    return "\n".join(lines)


def departments() -> str:
    """Who may do what to a department, as a table."""
    columns = list(permissions.Standing)
    lines = [f"| of a department | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for matter, who in permissions.WHO_MAY.items():
        marks = " | ".join("yes" if one in who else "" for one in columns)
        lines.append(f"| {matter.replace('_', ' ')} | {marks} |")
    return "\n".join(lines)


def drawn(page: str) -> str:
    """The page with its drawings made anew."""
    drawings = (("life cycle", life_cycle()), ("who may", who_may()), ("departments", departments()))
    for name, drawing in drawings:
        pattern = rf"(<!-- {name} -->\n).*?(\n<!-- end -->)"
        page = re.sub(pattern, lambda found, text=drawing: found[1] + text + found[2], page, flags=re.DOTALL)
    return page


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(drawn(page.read_text(encoding="utf-8")), encoding="utf-8")
