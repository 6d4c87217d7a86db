"""A browser, and for each test a fresh workspace with the Lunch app in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver import Chrome

from sandbox.server import Clock, Sandbox, Workspace
from tests.sandbox.page.browser import start_browser
from tests.sandbox.page.driving import Page
from tests.sandbox.page.lunch import Lunch

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


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    browser = start_browser(tmp_path_factory.mktemp("browser"))
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
