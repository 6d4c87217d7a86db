"""It fits every window, in light and in dark, and can be read by everybody."""

from pathlib import Path

import pytest

from tests.sandbox.page.driving import Page

WIDTHS = [(1440, 900), (768, 1024), (390, 844)]

FAINT = Path(__file__).with_name("faint.js").read_text(encoding="utf-8")

NAMELESS = Path(__file__).with_name("nameless.js").read_text(encoding="utf-8")


def check(page: Page) -> None:
    """Nothing sticks out and nothing is without a name; in light and in dark nothing is faint."""
    assert page.stray() == []
    assert page.run(NAMELESS) == []
    for dark in (True, False):
        page.scheme(dark=dark)
        assert page.run(FAINT) == []


@pytest.mark.parametrize(("width", "height"), WIDTHS, ids=[str(width) for width, _ in WIDTHS])
def test_every_window(page: Page, width: int, height: int) -> None:
    page.size(width, height)
    page.open("ann", "#ward")
    page.say("A long word: " + "x" * 300 + " and a mention of @ann and #ward and `some code`")
    page.say("@bo 今天下午之前能修好吗？病房在等结果。")
    page.say("/lunch " + "tacos, " * 40)
    page.sees("In: nobody yet", "#messages")
    page.say("/show")
    page.sees("Every block", "#messages")
    page.say("/lunch")
    page.sees("What shall we eat?", "#messages")
    check(page)

    page.hover("今天下午")
    page.click("Reply in thread")
    page.say("An answer", "#thread-text")
    page.sees("An answer", "#thread-messages")
    check(page)
    page.click("Close thread")

    page.click("Inspector")
    page.sees("chat.postMessage", "#drawer")
    page.click("chat.postMessage", "#drawer summary", part=True)
    page.sees("Request", "#drawer")
    check(page)
    page.click("Close inspector")
    page.click("Faults")
    page.sees("None. Slack behaves.", "#drawer")
    check(page)
    page.click("Close faults")

    if width < 700:
        assert page.run("return document.getElementById('sidebar').getBoundingClientRect().right") <= 0
        page.click("Channels and people")
        page.wait(
            lambda: page.run("return document.getElementById('sidebar').getBoundingClientRect().left") == 0,
            "no sidebar",
        )
    check(page)
    page.click("Act as", part=True)
    page.sees("Chinese (China)")
    check(page)
    page.click("Close", ".dialog button")
    page.go("Lunch")
    page.click("Home", "[role=tab]")
    page.sees("You ordered 0 times.", "#home")
    check(page)
    page.click("Order lunch")
    page.sees("Some of them are closed.", ".modal")
    page.click("Order", ".modal button")
    page.sees("Please complete this required field.", ".modal")
    check(page)
    page.control("Size", "[role=combobox]").click()
    page.sees("Large", ".listbox")
    check(page)


def test_focus_can_be_seen(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/lunch soup")
    page.sees("In: nobody yet", "#messages")
    page.tab_to("I'm in", back=True)
    style = page.run("const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]")
    assert style == ["solid", "2px"]
