"""It fits every window, in light and in dark, and can be read by everybody."""

import pytest

from tests.sandbox.page.driving import Page

WIDTHS = [(1440, 900), (768, 1024), (390, 844)]

# Relative luminance and contrast as WCAG 2.2 defines them; every text on the page against what is painted behind it.
FAINT = """
const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const paint = (colour) => {
  const numbers = colour.match(/[\\d.]+%?/g).map((one) => (one.endsWith("%") ? parseFloat(one) / 100 : Number(one)));
  const scale = colour.startsWith("color(") ? 1 : 255;
  return [numbers[0] / scale, numbers[1] / scale, numbers[2] / scale, numbers[3] ?? 1];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
const behind = (node) => {
  const layers = [];
  for (let at = node; at; at = at.parentElement) {
    const colour = paint(getComputedStyle(at).backgroundColor);
    if (colour[3]) layers.unshift(colour);
  }
  return layers.reduce((below, top) => over(top, below), paint(getComputedStyle(document.body).backgroundColor));
};
const faint = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || !node.getClientRects().length || node.closest(".sr-only, [inert], .skip, .emoji")) continue;
  const style = getComputedStyle(node);
  if (style.visibility === "hidden" || node.matches(":disabled")) continue;
  let opacity = 1;
  for (let at = node; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity);
  if (opacity === 0) continue;
  const ground = behind(node);
  const ink = paint(style.color);
  const drawn = over([ink[0], ink[1], ink[2], ink[3] * opacity], ground);
  const [high, low] = [light(drawn), light(ground)].sort((one, other) => other - one);
  const ratio = (high + 0.05) / (low + 0.05);
  const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} ${node.className || node.tagName}: ${walker.currentNode.textContent.trim().slice(0, 40)}`);
}
return faint;
"""

NAMELESS = """
const nameless = [...document.querySelectorAll("button, a[href], input, textarea, select, [role=dialog], [role=listbox], [role=menu]")]
  .filter((node) => node.getClientRects().length)
  .filter((node) => {
    const by = (node.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent || "").join("");
    return !(node.getAttribute("aria-label") || by || node.labels?.[0]?.textContent || (node.matches("button, a") && node.textContent) || "").trim();
  });
const broken = [...document.querySelectorAll("[aria-controls], [aria-labelledby], [aria-activedescendant]")]
  .flatMap((node) => ["aria-labelledby", "aria-activedescendant"].flatMap((name) => (node.getAttribute(name) || "").split(" ").filter(Boolean)))
  .filter((id) => !document.getElementById(id));
const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
return [...nameless.map((node) => node.outerHTML.slice(0, 120)), ...broken, ...twice];
"""


def check(page: Page) -> None:
    """Nothing sticks out, nothing is faint, nothing is without a name."""
    assert page.stray() == []
    assert page.run(FAINT) == []
    assert page.run(NAMELESS) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), WIDTHS, ids=[str(width) for width, _ in WIDTHS])
def test_every_window(page: Page, width: int, height: int, dark: bool) -> None:
    page.size(width, height, dark=dark)
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
