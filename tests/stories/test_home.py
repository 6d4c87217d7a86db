"""The Home tab: three lists, their pages, the hours and the language; drawn anew after what one does there."""

from sandbox.people import Person
from sandbox.story import Story
from tests.stories.test_owning import acknowledged, delivered, filed


def test_it_says_what_there_is_and_when_there_is_nothing(slack: Story, ann: Person, lin: Person) -> None:
    slack.open_home(lin)
    slack.sees(lin, "No monkey on your back.", where="home")
    slack.sees(lin, "Your department: Equipment", where="home")
    slack.sees(lin, "Asia/Shanghai", where="home")
    filed(slack, ann, lin)
    slack.open_home(lin)
    slack.sees(lin, "Your monkeys (1)", where="home")
    slack.open_home(ann)
    slack.sees(ann, "Your asks (1)", where="home")
    slack.assert_quiet()


def test_one_click_on_home_is_shown_there(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.open_home(lin)
    slack.click(lin, "Acknowledge", where="home")
    slack.sees(ann, "has acknowledged #1", where="dm")
    slack.sees(lin, "On track", where="home")
    slack.click(lin, "Deliver", where="home")
    slack.fill(lin, {"What shows that it is done": "In place"})
    assert slack.submit(lin) is None
    slack.sees(ann, "In place", where="dm")
    slack.sees(lin, "to say whether that is it", where="home")
    slack.assert_quiet()


def test_the_asker_judges_on_home(slack: Story, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    slack.open_home(ann)
    slack.sees(ann, "Waiting for your yes (1)", where="home")
    slack.click(ann, "Yes, that's it", where="home")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    slack.sees(ann, "Closed lately", where="home")
    slack.assert_quiet()


def test_a_refusal_on_home_opens_a_small_window(slack: Story, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.open_home(ann)
    slack.click(ann, "Show all", where="home")
    slack.sees(ann, "What is asked", where="modal")
    slack.assert_quiet()


def test_pages_turn_list_by_list(slack: Story, ann: Person, lin: Person) -> None:
    for letter in "ABCDEFGHIJKL":
        slack.ask(ann, f"@equipment Calibrate scale {letter}", channel="#ward")
    slack.wait_until_quiet()
    slack.forget()
    slack.open_home(lin)
    slack.sees(lin, "Your monkeys (12)", where="home")
    assert "scale L" not in slack.reads(lin, "home")
    slack.click(lin, "More", where="home")
    slack.sees(lin, "scale L", where="home")
    slack.assert_quiet()


def test_a_new_ask_begins_on_home_too(slack: Story, wei: Person) -> None:
    slack.open_home(wei)
    slack.sees(wei, "您背上没有猴子。", where="home")
    slack.click(wei, "新请求", where="home")
    slack.modal(wei)
    slack.close(wei)
    slack.assert_quiet()


def test_hours_are_told_in_the_reader_s_language(slack: Story, wei: Person, lin: Person) -> None:
    slack.open_home(wei)
    slack.sees(wei, "周一", where="home")
    assert "mon" not in slack.reads(wei, "home")
    assert "工作日 内" not in slack.reads(wei, "home")
    slack.open_home(lin)
    slack.sees(lin, "Mon–", where="home")
