"""The browser that the page is tested in: where it is found, how it is started, and what is said when there is none."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

HOW = (
    "The page is tested in Chromium. On Debian or Ubuntu: apt-get install chromium chromium-driver; elsewhere put "
    "a Chrome or Chromium and its chromedriver on the PATH."
)


def start_browser(profile: Path) -> Chrome:
    """A headless Chromium with an empty ``profile``. Without one the test is skipped; with CI set it fails."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    binary = next((found for name in names if (found := shutil.which(name))), None)
    chromedriver = shutil.which("chromedriver")
    if binary is None or chromedriver is None:
        _there_is_none("No Chromium with a chromedriver was found.")
    options = ChromeOptions()
    options.binary_location = binary
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
    return browser


def _there_is_none(why: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{why} {HOW}")
    pytest.skip(f"{why} {HOW}")
