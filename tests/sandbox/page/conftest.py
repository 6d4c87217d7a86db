"""A browser, and for each test a fresh workspace with the Lunch app in it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from sandbox.server import Clock, Sandbox, Workspace
from tests.sandbox.page.driving import Page
from tests.sandbox.page.lunch import Lunch

HOW = (
    "The page is tested in Chromium. On Debian or Ubuntu: apt-get install chromium chromium-driver; elsewhere put "
    "a Chrome or Chromium and its chromedriver on the PATH."
)

HOSPITAL: dict[str, Any] = {
    "team": {"name": "Riverside", "domain": "riverside"},
    "users": [
        {"handle": "ann", "name": "Ann Lee", "title": "Ward nurse", "locale": "en-US", "tz": "Europe/Amsterdam"},
        {"handle": "bo", "name": "Bo Zhang", "title": "Engineer", "locale": "en-GB", "tz": "Asia/Shanghai"},
        {"handle": "lin", "name": "林晓梅", "title": "设备科科长", "locale": "zh-CN", "tz": "Asia/Shanghai"},
        {"handle": "gus", "name": "Gus Guest", "guest": True, "tz": "America/New_York"},
    ],
    "channels": [
        {"name": "ward", "members": ["ann", "bo", "lin"], "topic": "Ward 3"},
        {"name": "equipment", "members": ["bo", "lin"], "topic": "设备科"},
        {"name": "office", "private": True, "members": ["ann", "lin"]},
    ],
    "usergroups": [{"handle": "fixers", "name": "The fixers", "users": ["bo", "lin"]}],
}


def _no_browser(why: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{why} {HOW}")
    pytest.skip(f"{why} {HOW}")


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    binary = next((found for name in names if (found := shutil.which(name))), None)
    chromedriver = shutil.which("chromedriver")
    if binary is None or chromedriver is None:
        _no_browser("No Chromium with a chromedriver was found.")
    options = ChromeOptions()
    options.binary_location = binary
    profile: Path = tmp_path_factory.mktemp("browser")
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--no-proxy-server",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options=options, service=Service(chromedriver))
    browser.set_script_timeout(20)
    yield browser
    browser.quit()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Workspace.from_yaml(HOSPITAL), Clock()) as running:
        yield running


@pytest.fixture
def lunch(sandbox: Sandbox) -> Iterator[Lunch]:
    app = Lunch(sandbox)
    yield app
    app.close()


@pytest.fixture
def page(driver: Chrome, sandbox: Sandbox, lunch: Lunch) -> Iterator[Page]:
    """The page at 1440 × 900, not yet opened. A complaint in the browser's console fails the test."""
    window = Page(driver, sandbox, lunch)
    window.size(1440, 900)
    window.console()
    yield window
    complaints = window.console()
    driver.get("about:blank")
    assert not complaints, complaints
