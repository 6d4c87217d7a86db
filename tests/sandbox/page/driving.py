"""Drives the page in a real browser, in the words of somebody who sits before it: look, press, type, read."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from sandbox.server import Sandbox
from tests.sandbox.page.lunch import Lunch

PATIENCE_SECONDS = 15.0

NAMED = Path(__file__).with_name("named.js").read_text(encoding="utf-8")
FOCUSED = Path(__file__).with_name("focused.js").read_text(encoding="utf-8")

CONTROLS = "button, a[href], [role=menuitem], [role=option], [role=tab], summary"
FIELDS = "input, textarea, select, .picker, [role=group], [role=radiogroup]"


class Window:
    """The page in one browser window, whatever apps are installed."""

    def __init__(self, driver: Chrome, sandbox: Sandbox) -> None:
        self.driver = driver
        self.sandbox = sandbox
        self.workspace = sandbox.workspace

    # Coming and going

    def size(self, width: int, height: int) -> None:
        """Set the window's inner size in CSS pixels, in the light."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.scheme(dark=False)

    def scheme(self, *, dark: bool) -> None:
        """Set the system's colour scheme. Nothing moves."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        calm = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, calm]})

    def open(self, handle: str, channel: str, rest: str = "") -> None:
        """Load the page as this person, in this channel."""
        person = self.workspace.someone(handle).id
        place = self.workspace.place(channel).id
        self.driver.get("about:blank")
        self.driver.get(f"{self.sandbox.url}#{person}/{place}{rest}")
        self.wait(lambda: self.one("#channel-name"), f"{channel} did not open")
        self.wait(lambda: not self.one("#messages[aria-busy]"), f"{channel} is still loading")

    # Looking

    def one(self, selector: str) -> WebElement | None:
        """The last element that matches, or None."""
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found[-1] if found else None

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of a piece of JavaScript."""
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str = "body") -> str:
        """What is to be read there, wherever the selector matches."""
        script = "return [...document.querySelectorAll(arguments[0])].map((node) => node.innerText).join('\\n')"
        return str(self.run(script, selector))

    def wait(self, look: Callable[[], Any], otherwise: str) -> Any:
        """Look until there is something. AssertionError with ``otherwise`` and the page's text if there never is."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                found = look()
            except (StaleElementReferenceException, WebDriverException):
                found = None
            if found:
                return found
            time.sleep(0.03)
        raise AssertionError(f"{otherwise}\n--- the page reads ---\n{self.text()}")

    def sees(self, words: str, where: str = "body") -> None:
        """Wait until these words stand there."""
        self.wait(lambda: words in self.text(where), f"never read {words!r} in {where}")

    def sees_not(self, words: str, where: str = "body") -> None:
        """Wait until these words are gone from there."""
        self.wait(lambda: words not in self.text(where), f"still read {words!r} in {where}")

    def control(self, label: str, kind: str = CONTROLS, *, part: bool = False) -> WebElement:
        """The newest visible control of that label."""
        found = self.wait(lambda: self.run(NAMED, kind, label, part), f"no control called {label!r}")
        assert isinstance(found, WebElement)
        return found

    def console(self) -> list[str]:
        """What the browser complained about."""
        entries: list[dict[str, str]] = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def stray(self) -> list[str]:
        """What sticks out of the window sideways."""
        script = """
        const wide = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
        const inside = [...document.querySelectorAll("#scroller, #home, #thread, #drawer, .dialog-body, .menu")]
          .filter((node) => node.getClientRects().length && node.scrollWidth > node.clientWidth + 1)
          .map((node) => node.id || node.className);
        return [...wide, ...inside];
        """
        return list(self.run(script))

    # By mouse

    def click(self, label: str, kind: str = CONTROLS, *, part: bool = False) -> None:
        """Press a control with the mouse."""

        def pressed() -> bool:
            found = self.control(label, kind, part=part)
            self.run("arguments[0].scrollIntoView({block: 'center'})", found)
            found.click()
            return True

        self.wait(pressed, f"{label!r} cannot be pressed")

    def go(self, channel: str) -> None:
        """Press a channel, a person or an app in the sidebar."""
        self.click(channel, ".side-item", part=True)
        self.wait(lambda: channel in self.text("#channel-name"), f"{channel} did not open")
        self.wait(lambda: not self.one("#messages[aria-busy]"), f"{channel} is still loading")

    def hover(self, words: str) -> None:
        """Rest the mouse on the newest message with these words."""
        script = """
        const messages = [...document.querySelectorAll(".message")];
        return messages.findLast((node) => node.innerText.includes(arguments[0]));
        """
        message = self.wait(lambda: self.run(script, words), f"no message says {words!r}")
        ActionChains(self.driver).move_to_element(message).perform()

    def act_as(self, name: str) -> None:
        """Become somebody else by the switcher."""
        self.run("document.getElementById('act-as').click()")
        self.control(name, ".pick-item", part=True).click()
        self.wait(
            lambda: name in str(self.run("return document.querySelector('.person-name')?.textContent")),
            f"never became {name}",
        )
        self.wait(lambda: self.one("#channel-name"), "no channel opened")
        self.wait(lambda: not self.one("#messages[aria-busy]"), "the channel is still loading")

    def say(self, text: str, field: str = "#composer-text") -> None:
        """Type into the message box and send it."""
        box = self.driver.find_element(By.CSS_SELECTOR, field)
        box.send_keys(text)
        box.send_keys(Keys.ESCAPE if self.one(".offers:not([hidden])") else "", Keys.ENTER)
        self.wait(lambda: not self.one(f"{field}[aria-busy]"), "it was never taken")

    def fill(self, label: str, text: str) -> None:
        """Type into the field of that label, in place of what is there."""
        field = self.control(label, FIELDS)
        field.clear()
        field.send_keys(text)

    def choose(self, label: str, option: str) -> None:
        """Choose in the select of that label."""
        self.control(label, "[role=combobox]").click()
        self.click(option, "[role=option]", part=True)

    # By keyboard

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def chord(self, held: str, key: str) -> None:
        """Press a key while another is held."""
        ActionChains(self.driver).key_down(held).send_keys(key).key_up(held).perform()

    def focused(self) -> str:
        """The name of what has the focus, as a screen reader would say it."""
        return str(self.run(FOCUSED))

    def tab_to(self, name: str, *, back: bool = False, most: int = 40) -> None:
        """Press Tab until the focus is on what is called so."""
        for _ in range(most):
            if name in self.focused():
                return
            if back:
                self.chord(Keys.SHIFT, Keys.TAB)
            else:
                self.press(Keys.TAB)
        raise AssertionError(f"Tab never came to {name!r}; it is on {self.focused()!r}")


class Page(Window):
    """The page of a workspace with the Lunch app in it."""

    def __init__(self, driver: Chrome, sandbox: Sandbox, lunch: Lunch) -> None:
        super().__init__(driver, sandbox)
        self.lunch = lunch
