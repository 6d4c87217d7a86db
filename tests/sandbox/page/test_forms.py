"""Forms as people meet them: they change while one types, stand on each other, wait, and say what is wrong."""

from selenium.webdriver.common.keys import Keys

from tests.sandbox.page.driving import Page


def test_a_form_that_changes_while_one_types_keeps_the_text_and_the_caret(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/deep")
    page.wait(lambda: page.focused() == "Name", "the form has not the focus")
    page.press("Annbel")
    page.sees("Hello, Annbel", ".modal")
    page.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT, "a")
    page.sees("Hello, Annabel", ".modal")
    page.press("c")
    page.sees("Hello, Annacbel", ".modal")
    assert page.focused() == "Name"
    assert page.run("return [document.activeElement.value, document.activeElement.selectionStart]") == ["Annacbel", 5]


def test_forms_stand_on_each_other_three_deep_and_come_back_as_they_were_left(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/deep")
    page.sees("Level 1", ".modal")
    page.press("first")
    page.sees("Hello, first", ".modal")
    page.click("Deeper")
    page.sees("Level 2", ".modal")
    page.click("Deeper")
    page.sees("Level 3", ".modal")
    page.press(Keys.ESCAPE)
    page.sees("Level 2", ".modal")
    page.click("Back")
    page.sees("Level 1", ".modal")
    page.sees("Hello, first", ".modal")
    assert page.run("return document.querySelector('.modal input').value") == "first"
    page.wait(lambda: len(page.lunch.closed) == 2, "the app was not told of both closings")
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.one(".modal"), "the form stayed open")
    page.wait(lambda: page.one("#composer-text:focus"), "the focus did not come back")


def test_an_answer_may_close_the_whole_stack(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/deep")
    page.sees("Level 1", ".modal")
    page.click("Deeper")
    page.sees("Level 2", ".modal")
    page.wait(lambda: page.focused() == "Name", "the form has not the focus")
    page.press("all", Keys.ENTER)
    page.wait(lambda: not page.one(".modal"), "the forms stayed open")


def test_focus_stays_in_the_form(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/deep")
    page.sees("Level 1", ".modal")
    names = set()
    for _ in range(8):
        page.press(Keys.TAB)
        names.add(page.focused())
        assert page.run("return document.querySelector('.modal').contains(document.activeElement)")
    assert {"Name", "Deeper", "Back", "Done", "Close"} <= names
    page.chord(Keys.SHIFT, Keys.TAB)
    assert page.run("return document.querySelector('.modal').contains(document.activeElement)")


def test_an_open_form_survives_a_reload(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/deep")
    page.press("kept")
    page.sees("Hello, kept", ".modal")
    page.driver.refresh()
    page.sees("Hello, kept", ".modal")
    assert page.run("return document.querySelector('.modal input').value") == "kept"


def test_a_form_whose_app_does_not_answer_stays_open_and_says_so(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/deep")
    page.sees("Level 1", ".modal")
    page.press("slow")
    page.sees("Hello, slow", ".modal")
    page.sandbox.faults.add("lose_ack", kind="interactive")
    page.click("Done")
    page.sees("We had some trouble connecting. Try again?", ".modal")
    page.click("Done")
    page.wait(lambda: not page.one(".modal"), "the form stayed open")


def test_what_slack_itself_refuses_never_reaches_the_app(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/order")
    page.sees("Order lunch")
    page.fill("Restaurant", "ab")
    page.fill("Tip", "12")
    before = len(page.sandbox.traffic.after(0))
    page.click("Order", ".modal button")
    page.sees("Must be at least 3 characters.", "[data-input-block=restaurant]")
    page.sees("Please complete this required field.", "[data-input-block=size]")
    page.sees("Must be 9 or less.", "[data-input-block=tip]")
    assert (
        page.run("return document.querySelector('[data-input-block=tip] input').getAttribute('aria-invalid')") == "true"
    )
    page.fill("Restaurant", "abc")
    page.sees_not("Must be at least 3 characters.")
    assert len(page.sandbox.traffic.after(0)) == before


def test_a_message_shortcut_opens_a_form_with_the_message_in_it(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("Two soups please")
    page.sees("Two soups please", "#messages")
    page.hover("Two soups")
    page.click("More actions")
    page.click("Order this", "[role=menuitem]", part=True)
    page.sees("Order lunch", ".modal")
    assert page.run("return document.querySelector('.modal input').value") == "Two soups please"
    page.click("Not now")
    page.wait(lambda: page.lunch.closed == [page.workspace.someone("ann").id], "the app was not told of the closing")


def test_a_global_shortcut_is_run_from_the_message_box(page: Page) -> None:
    page.open("ann", "#ward")
    page.press("/now")
    page.sees("Order lunch now", ".offers")
    page.press(Keys.ENTER)
    page.sees("Some of them are closed.", ".modal")
    assert page.run("return document.getElementById('composer-text').value") == ""


def test_pickers_in_messages_send_what_was_chosen(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/show")
    page.sees("Every block", "#messages")
    page.control("Pick a day", ".picker", part=True).click()
    page.click("Next month")
    page.sees("June 2026", ".calendar")
    page.control("9", ".day:not(.other-month)").click()
    page.wait(lambda: page.lunch.actions, "no action came in")
    action = page.lunch.actions[-1]["actions"][0]
    assert (action["type"], action["selected_date"]) == ("datepicker", "2026-06-09")
    page.click("Fire is cold", "label")
    page.wait(lambda: len(page.lunch.actions) == 2, "no second action came in")
    assert [one["value"] for one in page.lunch.actions[-1]["actions"][0]["selected_options"]] == ["cold"]
    state = page.lunch.actions[-1]["state"]["values"]
    dates = [
        value["selected_date"] for fields in state.values() for value in fields.values() if "selected_date" in value
    ]
    assert dates == ["2026-06-09"]
