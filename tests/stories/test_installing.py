"""Somebody adds Baton to their workspace by its pages, and removes it again."""

import re
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from store import installations
from tests.stories.several import Browser, Several


@pytest.fixture
def several(hospital_url):
    world = Several(hospital_url)
    yield world
    world.close()


def test_whoever_installs_is_told_what_is_next(several):
    page = several.install(several.north)
    assert page.status == 200
    assert "Baton is in North now" in page.plain
    gu = next(person for person in several.north.workspace.people.values() if person.admin)
    several.north.slack.sees(gu, "/dept", where="dm")
    assert several.south.look(installations.of) is None


def test_the_page_speaks_the_language_of_the_browser(several):
    page = Browser("zh-CN,zh;q=0.9").open(f"{several.home}/slack/install")
    assert "把 Baton 添加到你的 Slack" in page.plain
    assert '<html lang="zh-CN">' in page.text


def test_who_cancels_is_told_that_nothing_happened(several):
    page = several.install(several.north, answer="cancel")
    assert "Nothing was installed" in page.plain
    assert several.north.look(installations.of) is None


def test_a_page_is_good_in_its_own_browser_only(several):
    link = several.link(Browser())
    page = Browser().open(link, {"team": several.north.id, "answer": "allow"})
    assert page.status == 400
    assert "another browser" in page.plain
    assert several.north.look(installations.of) is None


def test_a_page_is_good_for_ten_minutes(several):
    browser = Browser()
    link = several.link(browser)
    several.forward(minutes=10, seconds=2)
    assert "too old" in browser.open(link, {"team": several.north.id, "answer": "allow"}).plain


def test_a_page_is_good_once(several):
    browser = Browser()
    link = several.link(browser)
    assert browser.open(link, {"team": several.north.id, "answer": "allow"}).status == 200
    state = re.findall(r"state=([^&]+)", link)[0]
    page = browser.open(f"{several.home}/slack/oauth_redirect?code=x&state={state}")  # as by reloading it
    assert page.status == 400
    assert "This page has been used already" in page.plain
    assert "was not installed" not in page.plain
    assert several.north.look(installations.of) is not None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("code=never-given", "has expired"),
        ("error=server_error", "no permission"),
        ("", "no permission"),
    ],
)
def test_what_slack_does_not_grant_is_a_sentence(several, query, said):
    browser = Browser()
    state = re.findall(r"state=([^&]+)", several.link(browser))[0]
    page = browser.open(f"{several.home}/slack/oauth_redirect?{query}&state={state}")
    assert said in page.plain
    assert "Begin again" in page.plain


@pytest.mark.parametrize("query", ["", "state=", "state=x&code=y", "state=%00&code=%00", "state=" + "a" * 5000])
def test_what_nobody_asked_for_is_refused(several, query):
    page = Browser().open(f"{several.home}/slack/oauth_redirect?{query}")
    assert page.status == 400
    assert "Traceback" not in page.text


def test_no_token_is_in_the_ledger_as_it_is(several):
    several.install(several.north)
    token = several.north.workspace.installations[several.app.id].bot_token
    with several.ledger.reading() as connection:
        row = connection.execute(text("SELECT * FROM installations")).one()
    assert token not in " ".join(map(str, row))
    kept = several.north.look(installations.of)
    assert token not in repr(kept)
    assert kept.tokens.token not in repr(kept)
    assert several.baton.installed.seal.open(kept.tokens.token) == token


def test_what_is_removed_is_forgotten_and_nothing_is_sent_there(several):
    several.north.set_up()
    several.south.set_up()
    several.wait()
    place = several.north
    place.slack.ask("ann", "@equipment Replace the gasket by Friday 3pm", channel="#ward")
    several.wait()
    several.sandbox.uninstall(place.workspace.installations[several.app.id])
    eventually_gone(place)
    assert place.look(installations.of) is None
    several.forward(hours=2, minutes=30)  # a nudge falls due, and stays
    assert several.pending() == 1
    several.south.slack.ask("ann", "@equipment Replace the hose by Friday 3pm", channel="#ward")
    several.south.slack.sees("ann", "Filed as *#1*", where="ephemeral")

    several.install(place)  # and it goes on where it was
    several.forward(minutes=1)
    place.slack.sees("lin", "Why did I get this?", where="dm")
    assert several.pending() == 0
    assert place.slack.ask("ann", "@equipment Another gasket by Friday 3pm", channel="#ward").ok
    place.slack.sees("ann", "#2", where="ephemeral")


def eventually_gone(place):
    deadline = time.monotonic() + 5
    while place.look(installations.of) is not None and time.monotonic() < deadline:
        time.sleep(0.02)


def test_a_late_word_of_the_removal_does_not_end_a_new_installation(several):
    several.install(several.north)
    now = several.clock.now()
    several.north.act(None, installations.remove, "app_uninstalled", now - timedelta(minutes=1))
    assert several.north.look(installations.of) is not None
    several.north.act(None, installations.remove, "app_uninstalled", now + timedelta(minutes=1))
    assert several.north.look(installations.of) is None
