"""The clock, the faults and the inspector: what only a sandbox has."""

from datetime import timedelta

from selenium.webdriver.common.keys import Keys

from tests.sandbox.page.driving import Page


def test_the_clock_is_wound_from_the_bar(page: Page) -> None:
    page.open("ann", "#ward")
    before = page.sandbox.clock.now()
    shown = page.text("#clock")
    page.click("+1 hour")
    page.sees("It is now", "#toasts")
    passed = page.sandbox.clock.now() - before
    assert timedelta(minutes=59) < passed < timedelta(minutes=62)
    page.wait(lambda: page.text("#clock") != shown, "the clock shows the old time")


def test_somebody_else_winds_the_clock_and_this_page_knows(page: Page) -> None:
    page.open("ann", "#ward")
    shown = page.text("#clock")
    page.sandbox.clock.forward(hours=5)
    page.wait(lambda: page.text("#clock") != shown, "the clock shows the old time")


def test_the_clock_is_set_to_a_day_and_a_time(page: Page) -> None:
    page.open("ann", "#ward")
    page.run("document.getElementById('clock').click()")
    page.control("Day", ".picker", part=True).click()
    page.click("Next month")
    page.control("17", ".day:not(.other-month)").click()
    page.control("Time", "[role=combobox]").click()
    page.press("8:15", Keys.ENTER)
    page.click("Set the clock", ".dialog button")
    page.sees("It is now", "#toasts")
    now = page.sandbox.clock.now()
    assert now.day == 17
    # Ann lives in Amsterdam: one or two hours ahead of UTC.
    assert (now.hour, now.minute) in {(7, 15), (6, 15)}


def test_a_fault_is_armed_seen_and_cleared(page: Page) -> None:
    page.open("ann", "#ward")
    page.click("Faults")
    page.sees("None. Slack behaves.", "#drawer")
    page.click("Arm")
    page.sees("Clear all faults", "#drawer")
    assert len(page.sandbox.faults.active) == 1
    page.click("Clear all faults")
    page.sees("None. Slack behaves.", "#drawer")
    assert not page.sandbox.faults.active


def test_an_admin_archives_a_channel(page: Page) -> None:
    page.open("ann", "#ward")
    page.click("Faults")
    page.sees("As an admin", "#drawer")
    page.click("Do it")
    page.sees("This channel is archived.", "#gate")
    assert page.workspace.place("#ward").archived


def test_a_button_whose_app_does_not_answer_says_so(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/lunch soup")
    page.sees("In: nobody yet", "#messages")
    page.sandbox.faults.add("lose_ack", kind="interactive")
    page.click("I'm in")
    page.sees("This app is not responding.", "#toasts")
    assert page.one("button.failed")


def test_the_inspector_shows_requests_and_answers_as_they_come(page: Page) -> None:
    page.open("ann", "#ward")
    page.click("Inspector")
    page.say("/lunch goulash")
    page.sees("command /lunch", "#drawer")
    page.sees("chat.postMessage", "#drawer")
    page.click("chat.postMessage", "#drawer summary", part=True)
    page.sees("Lunch: goulash", "#drawer .json")
    page.sees("Response", "#drawer .json")
    field = page.control("Filter the traffic", "input")
    field.send_keys("/lunch")
    page.sees_not("chat.postMessage", "#drawer .traffic")
    page.sees("command /lunch", "#drawer .traffic")
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.one("#drawer:not([hidden])"), "the drawer stayed open")
    assert page.focused() == "Inspector"
