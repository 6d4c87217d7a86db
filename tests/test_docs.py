"""The docs say what the code says."""

import re
from pathlib import Path

from docs.draw import PAGES, drawn

ROOT = Path(__file__).resolve().parent.parent


def test_the_drawings_are_the_tables() -> None:
    for path, expected in zip(PAGES, ("stateDiagram", "| put down | owner, owners lead |"), strict=True):
        page = path.read_text(encoding="utf-8")
        assert expected in page
        assert drawn(page) == page, "run: python docs/draw.py"


def test_every_setting_is_explained() -> None:
    page = (ROOT / "docs" / "on-slack.md").read_text(encoding="utf-8")
    names = [
        line.partition("=")[0].lstrip("# ").strip()
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if "=" in line and line.partition("=")[0].lstrip("# ").strip().isupper()
    ]
    assert names
    assert [name for name in names if f"`{name}`" not in page] == []


def test_links_between_the_docs_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"
