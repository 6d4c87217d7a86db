"""The page shows what was said: safely, in the reader's time and language, live, and still quick when full."""

from datetime import UTC, datetime, timedelta

from selenium.webdriver.common.keys import Keys
from slack_sdk import WebClient

from sandbox.acts import Acts
from tests.sandbox.page.driving import Page
from tests.sandbox.page.line import Line


def client(page: Page) -> WebClient:
    """The app's own voice."""
    return WebClient(page.lunch.installation.bot_token, base_url=page.sandbox.api_url)


def say_all(page: Page, handle: str, channel: str, texts: list[str]) -> None:
    """Let somebody say many things at once, without a browser."""
    acts = Acts(page.sandbox, page.workspace)
    for text in texts:
        acts.say(page.workspace.someone(handle), page.workspace.place(channel), text)


def test_nothing_that_was_typed_is_read_as_html(page: Page) -> None:
    page.open("ann", "#ward")
    nasty = "<img src=x onerror=document.title='owned'> & <b>bold</b> <!channel> </div>"
    page.say(nasty)
    page.sees(nasty, "#messages")
    client(page).chat_postMessage(
        channel=page.workspace.place("#ward").id,
        text="x",
        blocks=[
            {
                "type": "section",
                "text": {
                    "type": "mrkdwn",
                    "text": "<javascript:alert(1)|press me> &lt;script&gt; <https://a.example/?x=1&amp;y=2|go>",
                },
            },
            {"type": "section", "text": {"type": "plain_text", "text": "<u>plain</u> *stars* &amp;"}},
        ],
    )
    page.sees("<script>", "#messages")
    page.sees("<u>plain</u> *stars* &amp;", "#messages")
    assert (
        page.run("return document.querySelectorAll('#messages img, #messages script, #messages u, #messages b').length")
        == 0
    )
    links = page.run("return [...document.querySelectorAll('#messages a')].map((node) => node.href)")
    assert links == ["https://a.example/?x=1&y=2"]
    assert "owned" not in page.driver.title


def test_markup_mentions_and_dates_are_drawn_for_their_reader(page: Page) -> None:
    at = int(datetime(2026, 5, 14, 15, 0, tzinfo=UTC).timestamp())
    bo = page.workspace.someone("bo").id
    group = page.workspace.usergroup_named("fixers")
    ward = page.workspace.place("#ward").id
    assert group is not None
    text = (
        f"<@{bo}> <!subteam^{group.id}> <#{ward}> *bold* _it_ ~no~ `a &lt; b` 2*3*4 snake_case_word :white_check_mark: "
        f"<!date^{at}^{{date_long}} at {{time}}|later> <!date^{at}^{{unheard_of}}|the fallback>"
        "\n&gt; quoted\n```\ncode *not bold*\n```"
    )
    client(page).chat_postMessage(channel=ward, text=text)
    page.open("bo", "#ward")
    page.sees("@Bo Zhang @fixers #ward bold it no a < b 2*3*4 snake_case_word ✅", "#messages")
    page.sees("14 May 2026 at 23:00 the fallback", "#messages")
    found = page.run(
        "const m = document.querySelector('#messages .message-body');"
        "const kinds = ['strong', 'em', 's', 'code.code', 'blockquote', 'pre', '.mention-me'];"
        "return kinds.map((one) => m.querySelector(one)?.textContent)"
    )
    assert found == ["bold", "it", "no", "a < b", "quoted", "code *not bold*", "@Bo Zhang"]
    page.open("lin", "#ward")
    page.sees("2026年5月14日", "#messages")
    page.open("ann", "#ward")
    page.sees("Thursday, May 14th, 2026 at 5:00 PM", "#messages")


def test_near_days_are_called_by_their_names(page: Page) -> None:
    now = page.sandbox.clock.now()
    tomorrow = int((now + timedelta(days=1)).timestamp())
    client(page).chat_postMessage(
        channel=page.workspace.place("#ward").id,
        text=f"<!date^{tomorrow}^{{date_short_pretty}}|x>, <!date^{tomorrow}^due {{date_pretty}}|x>",
    )
    page.open("ann", "#ward")
    page.sees("Tomorrow, due tomorrow", "#messages")
    page.open("lin", "#ward")
    page.sees("明天, due 明天", "#messages")
    page.sees("今天", "#messages .day-pill")


def test_unread_marks_mentions_and_the_line_of_what_is_new(page: Page) -> None:
    page.open("ann", "#ward")
    say_all(page, "lin", "#office", ["First word", "Second, @ann please"])
    page.wait(lambda: "office" in page.text(".side-item.unread"), "#office is not bold")
    page.sees("1", ".side-item.unread .badge:not([hidden])")
    page.go("office")
    page.sees("Second, @Ann Lee please", "#messages .pinged")
    above = page.run("return document.querySelector('.new-line')?.nextElementSibling.innerText")
    assert "First word" in above
    page.wait(lambda: not page.one(".side-item.unread"), "still marked as unread")
    page.driver.refresh()
    page.sees("Second, @Ann Lee please", "#messages")
    assert not page.one(".side-item.unread")


def test_messages_come_change_and_go_live_without_redrawing_the_others(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("I stay")
    page.sees("I stay", "#messages")
    page.run("document.querySelector('.message').dataset.kept = 'yes'")
    posted = client(page).chat_postMessage(channel=page.workspace.place("#ward").id, text="As it was")
    page.sees("As it was", "#messages")
    client(page).chat_update(channel=posted["channel"], ts=posted["ts"], text="As it is")
    page.sees("As it is", "#messages")
    page.sees_not("As it was", "#messages")
    client(page).chat_delete(channel=posted["channel"], ts=posted["ts"])
    page.sees_not("As it is", "#messages")
    assert page.run("return document.querySelector('.message').dataset.kept") == "yes"
    page.wait(
        lambda: "As it was" in str(page.run("return document.getElementById('announcer').textContent")),
        "never announced",
    )


def test_a_thousand_messages(page: Page) -> None:
    say_all(page, "bo", "#ward", [f"Message number {n}" for n in range(1000)])
    page.open("ann", "#ward")
    page.sees("Message number 999", "#messages")
    assert page.run("return document.querySelectorAll('.message').length") == 50
    bottom = "const s = document.getElementById('scroller'); return s.scrollHeight - s.scrollTop - s.clientHeight"
    page.wait(lambda: page.run(bottom) < 3, "it does not stand at the end")

    page.run("document.getElementById('scroller').scrollTop = 0")
    page.wait(lambda: page.run("return document.querySelectorAll('.message').length") >= 100, "no older ones came")
    texts = page.run("return [...document.querySelectorAll('.message .text')].map((node) => node.textContent)")
    numbers = [int(text.removeprefix("Message number ")) for text in texts]
    assert numbers == list(range(numbers[0], 1000))
    in_view = "return document.elementFromPoint(700, 300).closest('.message').dataset.ts"
    before = page.run(in_view)
    say_all(page, "bo", "#ward", ["Below the window"])
    page.sees("1 new message", "#to-newest")
    assert page.run(in_view) == before
    page.click("1 new message", part=True)
    page.wait(lambda: page.run(bottom) < 3, "it does not stand at the end")

    say_all(page, "bo", "#ward", [f"Burst {n}" for n in range(600)])
    page.sees("Burst 599", "#messages")
    page.wait(lambda: page.run(bottom) < 3, "it does not stand at the end")
    assert page.run("return document.querySelectorAll('.message').length") <= 400
    page.say("Still alive")
    page.sees("Still alive", "#messages")


def test_a_failed_command_leaves_its_text_in_the_box(page: Page) -> None:
    page.open("ann", "#ward")
    page.say("/nowhere to go")
    page.sees("/nowhere is not a valid command", "#messages .ephemeral")
    assert page.run("return document.getElementById('composer-text').value") == "/nowhere to go"
    page.sandbox.ack_timeout = 0.3
    page.run("document.getElementById('composer-text').value = ''")
    page.say("/sleep well")
    page.sees("operation_timeout", "#messages .ephemeral")
    assert page.run("return document.getElementById('composer-text').value") == "/sleep well"


def test_a_new_line_is_not_the_end_and_drafts_stay_with_their_channel(page: Page) -> None:
    page.open("ann", "#ward")
    page.press("one")
    page.chord(Keys.SHIFT, Keys.ENTER)
    page.press("two")
    page.go("office")
    assert page.run("return document.getElementById('composer-text').value") == ""
    page.go("ward")
    assert page.run("return document.getElementById('composer-text').value") == "one\ntwo"
    page.press(Keys.ENTER)
    page.sees("one\ntwo", "#messages")


def test_a_reload_comes_back_to_the_person_the_place_and_the_thread(page: Page) -> None:
    page.open("ann", "#ward")
    page.act_as("林晓梅")
    page.go("office")
    page.say("A thread begins")
    page.hover("A thread begins")
    page.click("Reply in thread")
    page.say("and goes on", "#thread-text")
    page.sees("and goes on", "#thread-messages")
    page.driver.refresh()
    page.sees("and goes on", "#thread-messages")
    assert "office" in page.text("#channel-name")
    assert "林晓梅" in page.text("#act-as")


def test_the_page_finds_its_way_back_after_the_line_broke(page: Page) -> None:
    with Line(page.sandbox.base_url) as line:
        ann, ward = page.workspace.someone("ann").id, page.workspace.place("#ward").id
        page.driver.get(f"{line.url}/#{ann}/{ward}")
        page.wait(lambda: page.one("#channel-name"), "#ward did not open")
        page.say("Before the cut")
        page.sees("Before the cut", "#messages")
        line.cut()
        page.sees("The sandbox does not answer.", "#offline")
        say_all(page, "bo", "#ward", ["Said while the line was down"])
        say_all(page, "lin", "#office", ["This too, @ann"])
        line.mend()
        page.sees("Said while the line was down", "#messages")
        page.sees("Before the cut", "#messages")
        page.wait(lambda: not page.one("#offline:not([hidden])"), "it still says that nobody answers")
        page.wait(lambda: "office" in page.text(".side-item.unread"), "#office is not bold")
        page.driver.get("about:blank")
    # The browser reports a broken line itself; nothing of it is the page's.
    assert all("ERR_" in complaint for complaint in page.console())


def test_who_may_not_write_is_offered_to_join(page: Page) -> None:
    page.open("ann", "#equipment")
    page.sees("You are looking at #equipment.", "#gate")
    page.click("Join channel")
    page.wait(lambda: page.one("#composer:not([hidden])"), "there is no message box")
    page.say("Hello from the ward")
    page.sees("Hello from the ward", "#messages")


def test_tomorrow_what_was_today_is_yesterday(page: Page) -> None:
    page.sandbox.clock.set(datetime(2026, 5, 11, 8, 0, tzinfo=UTC))
    moment = int(page.sandbox.clock.now().timestamp())
    due = f"Due <!date^{moment}^{{date_short_pretty}}|some day>"
    client(page).chat_postMessage(channel="#ward", text=due)
    page.open("bo", "#ward")
    page.sees("Today", ".day-line")
    page.sees("Due Today", "#messages")
    page.sandbox.clock.forward(days=1)
    page.sees("Yesterday", ".day-line")
    page.sees("Due Yesterday", "#messages")
    page.sees_not("Today", "#messages")
