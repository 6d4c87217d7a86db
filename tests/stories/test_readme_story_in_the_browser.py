"""What the README promises under "Try it", played in a real browser: from typing /ask to the verdict and the digest.

    BATON_SCREENSHOTS=1 .venv/bin/python -m pytest tests/stories/test_readme_story_in_the_browser.py

also takes the pictures of `docs/images/` anew.
"""

import base64
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hospital import Hospital
from tests.sandbox.page.browser import start_browser
from tests.sandbox.page.driving import Window

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
IMAGES = ROOT / "docs" / "images"
ASK = "/ask @equipment Replace the gasket of analyser 3 by Friday 3pm"


class Reader(Window):
    """Somebody who does what the README says, and takes pictures of it when asked."""

    def look_into_direct_messages(self) -> None:
        """Open what Baton wrote to the person."""
        self.go("Baton")
        self.click("Messages", "[role=tab]")

    def picture(self, name: str) -> None:
        """Take ``docs/images/<name>.png`` of the window, if pictures are wanted."""
        if not os.environ.get("BATON_SCREENSHOTS"):
            return
        self.run("for (const toast of document.querySelectorAll('#toasts > *')) toast.remove()")
        self.run("document.activeElement?.blur()")
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 0, "y": 0})
        taken = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": False})
        IMAGES.mkdir(parents=True, exist_ok=True)
        (IMAGES / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))


@pytest.fixture
def reader(hospital: Hospital, tmp_path: Path) -> Iterator[Reader]:
    browser = start_browser(tmp_path / "profile")
    window = Reader(browser, hospital.sandbox)
    window.size(1440, 900)
    yield window
    complaints = window.console()
    browser.quit()
    assert not complaints, complaints


@pytest.mark.timeout(180)
def test_the_story_of_the_readme(reader: Reader, hospital: Hospital) -> None:
    readme = README.read_text(encoding="utf-8")
    for promised in (ASK, "**Acknowledge**", "**next nudge**", "**Deliver**", "**Yes, that's it**", "`/standup`"):
        assert promised in readme, f"the README tells another story: {promised} is not in it"

    hospital.slack.say("zoe", "#equipment", "Good morning. Analyser 3 on our ward drips again.")
    hospital.slack.say("omar", "#equipment", "Sounds like the gasket. Ask for it, then it has an owner.")

    # 1. Ann asks, and is told at once who owns it.
    reader.open("ann", "#ward")
    reader.say(ASK)
    reader.sees("Only visible to you", "#messages")
    reader.sees("@Lin Jianguo owns it.", "#messages")
    reader.go("equipment")
    reader.sees("#1 Replace the gasket of analyser 3", "#messages")

    # The card, as everybody in #equipment sees it.
    reader.act_as("Lin Jianguo")
    reader.go("equipment")
    reader.sees("Waiting for Lin Jianguo to acknowledge.", "#messages")
    reader.picture("ask-card")

    # 2. Lin acknowledges by one click, and Ann is told.
    reader.look_into_direct_messages()
    reader.sees("You own #1.", "#messages")
    reader.click("Acknowledge")
    reader.sees("Lin Jianguo has acknowledged and is working on it.", "#messages")
    reader.act_as("Ann Lee")
    reader.look_into_direct_messages()
    reader.sees("acknowledged", "#messages")

    # 3. The clock is wound, and Lin is reminded.
    reader.act_as("Lin Jianguo")
    reader.look_into_direct_messages()
    reader.click("next nudge")
    reader.sees("Nothing has happened here for a while", "#messages")
    reader.picture("nudge")

    # 4. Lin delivers, Ann judges.
    reader.click("Deliver")
    reader.fill("What shows that it is done", "A new gasket is in; two test runs were dry.")
    reader.click("Deliver", ".modal button")
    reader.wait(lambda: not reader.one(".modal"), "the form stayed open")
    reader.act_as("Ann Lee")
    reader.look_into_direct_messages()
    reader.sees("A new gasket is in; two test runs were dry.", "#messages")
    reader.size(390, 844)
    reader.wait(lambda: not reader.stray(), "the card sticks out of a phone")
    reader.picture("phone-390")
    reader.size(1440, 900)
    reader.click("Yes, that's it")
    reader.wait(lambda: "Yes, that's it" not in reader.text(".message button"), "the verdict is still asked for")
    reader.go("equipment")
    reader.sees("Closed", "#messages")

    # 5. What is left, and what is done.
    reader.say("/ask @equipment Calibrate the infusion pumps in 3 working days")
    reader.sees("#2 Calibrate the infusion pumps", "#messages")
    reader.act_as("Lin Jianguo")
    reader.go("equipment")
    reader.say("/standup")
    reader.sees("Replace the gasket of analyser 3", "#messages")
    reader.picture("standup")
    reader.go("Baton")
    reader.click("Home", "[role=tab]")
    reader.sees("Calibrate the infusion pumps", "#home")
    reader.picture("home")
