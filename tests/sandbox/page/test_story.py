"""One lunch from the command to the meal: once by mouse, once with no mouse at all."""

from selenium.webdriver.common.keys import Keys

from tests.sandbox.page.driving import Page


def test_a_lunch_by_mouse(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/lunch dumplings & tea with @bo")
    page.sees("Lunch: dumplings & tea with @Bo Zhang", "#messages")
    page.sees("In: nobody yet", "#messages")

    page.act_as("Bo Zhang")
    page.go("ward")
    page.click("I'm in")
    page.sees("In: @Bo Zhang", "#messages")
    page.control("Bring somebody", "[role=combobox]").click()
    page.click("林晓梅", "[role=option]", part=True)
    page.sees("In: @Bo Zhang, @林晓梅", "#messages")

    page.hover("dumplings")
    page.click("Reply in thread")
    page.sees("Thread", "#thread-head")
    page.say("I take the tea", "#thread-text")
    page.sees("I take the tea", "#thread-messages")
    page.sees("1 reply", "#messages")
    assert "I take the tea" not in page.text("#messages")

    page.click("More options")
    page.click("Whisper the menu")
    page.sees("Only visible to you", "#messages")
    page.sees("You chose menu", "#messages")
    page.click("Call it off", ".message button")
    page.sees("Everybody will be sad.")
    page.click("Keep it")
    page.sees_not("Everybody will be sad.")
    page.sees("In: @Bo Zhang", "#messages")
    page.click("Call it off", ".message button")
    page.click("Call it off", "footer button")
    page.sees("No lunch today.", "#messages")

    page.act_as("林晓梅")
    page.go("ward")
    page.sees("No lunch today.", "#messages")
    assert "You chose menu" not in page.text("#messages")


def test_an_order_by_mouse_with_an_error_first(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/order")
    page.sees("Order lunch")
    page.click("Order", ".modal button")
    page.sees("Please complete this required field.", ".modal")

    page.fill("Restaurant", "closed canteen")
    page.choose("Size", "Large")
    page.control("Day", ".picker", part=True).click()
    page.control("15", ".day:not(.other-month)").click()
    page.choose("With whom", "Bo Zhang")
    page.press(Keys.ESCAPE)
    page.click("The firm", "label")
    page.click("Sauce", "label")
    page.click("Order", ".modal button")
    page.sees("That one is closed today.", ".modal [data-input-block=restaurant]")
    assert not page.lunch.orders

    page.fill("Restaurant", "Corner <b>shop</b>")
    page.sees_not("That one is closed today.")
    page.click("Order", ".modal button")
    page.wait(lambda: not page.one(".modal"), "the form stayed open")
    page.wait(lambda: page.lunch.orders, "no order came in")
    order = {block: fields["value"] for block, fields in page.lunch.orders[0].items()}
    assert order["restaurant"]["value"] == "Corner <b>shop</b>"
    assert order["size"]["selected_option"]["value"] == "l"
    assert order["day"]["selected_date"].endswith("-15")
    assert order["with"]["selected_users"] == [page.workspace.someone("bo").id]
    assert [one["value"] for one in order["extras"]["selected_options"]] == ["sauce"]
    assert order["pay"]["selected_option"]["value"] == "firm"
    assert order["hour"]["selected_time"] is None

    page.sees("1", ".side-item[data-key] .badge:not([hidden])")
    page.go("Lunch")
    page.sees("Ordered from Corner <b>shop</b>.", "#messages")
    page.click("Home", "[role=tab]")
    page.sees("You ordered 1 times.", "#home")


def test_a_lunch_and_an_order_by_keyboard_alone(page: Page) -> None:
    page.open("ann", "#ward")
    page.wait(lambda: page.focused() == "Message #ward", "the message box has not the focus")

    # A command by its first letters, a person by completion.
    page.press("/lu")
    page.sees("Ask who is in for lunch", ".offers")
    page.press(Keys.ENTER, "soup with @b")
    page.sees("Bo Zhang", ".offers")
    page.press(Keys.TAB, Keys.ENTER)
    page.sees("Lunch: soup with @Bo Zhang", "#messages")

    # Up into the messages, along to a button, its menu and a select.
    page.wait(lambda: page.run("return document.getElementById('composer-text').value === ''"), "the box is not empty")
    page.press(Keys.ARROW_UP)
    page.wait(lambda: page.focused().startswith("Lunch, "), "the newest message has not the focus")
    page.tab_to("I'm in")
    page.press(Keys.ENTER)
    page.sees("In: @Ann Lee", "#messages")
    page.tab_to("Bring somebody")
    page.press(Keys.ARROW_DOWN)
    page.sees("Engineer", ".listbox:not([hidden])")
    page.press("bo", Keys.ENTER)
    page.sees("In: @Ann Lee, @Bo Zhang", "#messages")
    page.tab_to("More options")
    page.press(Keys.ENTER)
    page.wait(lambda: page.focused() == "Whisper the menu", "the menu has not the focus")
    page.press(Keys.ARROW_DOWN, Keys.ENTER)
    page.sees("You chose forget", "#messages")
    page.wait(lambda: page.focused() == "More options", "the focus did not come back from the menu")

    # A confirmation, refused by Esc.
    page.tab_to("Call it off", back=True)
    page.press(Keys.ENTER)
    page.sees("Everybody will be sad.")
    page.press(Keys.ESCAPE)
    page.sees_not("Everybody will be sad.")
    page.wait(lambda: page.focused() == "Call it off", "the focus did not come back from the confirmation")

    # The thread, by the message's own tools.
    page.tab_to("Reply in thread")
    page.press(Keys.ENTER)
    page.wait(
        lambda: page.focused() == "Reply in thread" and page.one("#thread-text:focus"), "the thread has not the focus"
    )
    page.press("On my way", Keys.ENTER)
    page.sees("On my way", "#thread-messages")
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.one("#thread:not([hidden])"), "the thread stayed open")

    # The form, with an error first.
    page.press(Keys.F6)
    page.wait(lambda: page.one("#sidebar :focus") or page.one("#composer-text:focus"), "F6 went nowhere")
    if not page.one("#composer-text:focus"):
        page.press(Keys.F6)
    page.press("/order", Keys.ENTER)
    page.wait(lambda: page.focused() == "Restaurant", "the form has not the focus")
    page.press("closed today")
    page.tab_to("Size")
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    page.tab_to("Day")
    page.press(Keys.ENTER)
    page.wait(lambda: page.one(".day:focus"), "the calendar has not the focus")
    page.press(Keys.ARROW_RIGHT, Keys.ENTER)
    page.tab_to("Hour")
    page.press("9:05", Keys.ENTER)
    page.tab_to("I do")
    page.press(Keys.SPACE)
    page.tab_to("Spice")
    page.press("saf")
    page.sees("Saffron", ".listbox")
    page.press(Keys.ENTER)
    page.tab_to("Order")
    page.press(Keys.ENTER)
    page.sees("That one is closed today.", ".modal")
    page.wait(lambda: page.focused() == "Restaurant", "the field in error has not the focus")
    page.chord(Keys.CONTROL, "a")
    page.press("Open kitchen", Keys.ENTER)
    page.wait(lambda: page.lunch.orders, "no order came in")
    order = {block: fields["value"] for block, fields in page.lunch.orders[0].items()}
    assert order["restaurant"]["value"] == "Open kitchen"
    assert order["size"]["selected_option"]["value"] == "l"
    assert order["hour"]["selected_time"] == "09:05"
    assert order["pay"]["selected_option"]["value"] == "me"
    assert order["spice"]["selected_option"]["value"] == "saffron"
    page.wait(lambda: page.one("#composer-text:focus"), "the focus did not come back to the message box")

    # Somebody else, and another conversation, by typing their names.
    page.chord(Keys.CONTROL, "k")
    page.press("lunch", Keys.ENTER)
    page.sees("Lunch", "#channel-name")
    page.sees("Ordered from Open kitchen.", "#messages")
    page.tab_to("Messages", back=True)
    page.press(Keys.ARROW_LEFT)
    page.sees("You ordered 1 times.", "#home")
    page.press(Keys.F6)
    page.tab_to("Act as", back=True)
    page.press(Keys.ENTER)
    page.press("bo", Keys.ENTER)
    page.wait(lambda: "Bo Zhang" in page.text("#act-as"), "never became Bo")
