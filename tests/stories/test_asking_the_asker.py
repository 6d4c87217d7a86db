"""The owner asks the asker: a question in a form, an answer by a click or in words, a clock that stands still."""

from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.story import Story
from store import ending, questions
from tests.stories.conftest import StoryWorld
from tests.stories.test_owning import acknowledged, filed


def ask(slack: Story, owner: Person, question: str, proposal: str = "", on: str = "You own #1") -> None:
    slack.click(owner, "Ask a question", on=on, where="dm")
    slack.fill(owner, {"Your question": question, "I suggest …": proposal or None})
    assert slack.submit(owner) is None


def test_a_question_stops_the_clock_and_its_answer_starts_it(
    slack: Story, clock: Clock, ann: Person, lin: Person, omar: Person
) -> None:
    acknowledged(slack, ann, lin)
    ask(slack, lin, "Which of the two analysers? <!channel>")
    slack.sees(ann, "asks you about #1", where="dm")
    slack.sees(omar, "Waits for Ann Lee's answer since", where="#equipment")
    slack.sees(lin, "time stands still", where="dm")
    slack.wait_until_quiet()
    clock.forward(hours=2)
    slack.click(ann, "Answer", on="asks you about #1", where="dm")
    slack.fill(ann, {"Your answer": "The left one"})
    assert slack.submit(ann) is None
    slack.sees(lin, "Your time runs again", where="dm")
    noted = slack.sees_message(omar, "The left one", where="#equipment")
    assert noted.thread_ts is not None
    assert "<!channel>" not in noted.text
    slack.sees(ann, "Answered:", where="dm")
    slack.assert_quiet()


def test_a_suggestion_is_agreed_to_by_one_click(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    ask(slack, lin, "Which colour?", "A red one; it is here")
    slack.sees(ann, "A red one; it is here", where="dm")
    slack.click(ann, "Agree", on="asks you about #1", where="dm")
    slack.sees(lin, "agrees with your proposal", where="dm")
    slack.sees(ann, "It was agreed to.", where="dm")
    slack.sees(lin, "agreed with Lin Jianguo's proposal", where="#equipment")
    slack.assert_quiet()


def test_the_owner_takes_the_question_back(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    ask(slack, lin, "Which colour?")
    slack.sees(ann, "asks you about #1", where="dm")
    slack.click(lin, "Take question back", on="You own #1", where="dm")
    slack.sees(ann, "was taken back", where="dm")
    slack.sees(lin, "Waiting for Lin Jianguo to acknowledge", where="dm")
    slack.assert_quiet()


def test_on_the_channels_card_each_is_told_whose_move_it_is(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    slack.click(ann, "Ask a question", where="#equipment")
    slack.sees(ann, "That is for Lin Jianguo to do", where="ephemeral")
    slack.click(lin, "Ask a question", where="#equipment")
    slack.fill(lin, {"Your question": " "})
    assert slack.submit(lin) == {"Your question": "Please write your question."}
    slack.fill(lin, {"Your question": "Which colour?"})
    assert slack.submit(lin) is None
    slack.sees(ann, "asks you about #1", where="dm")
    slack.click(lin, "Answer", where="#equipment")
    slack.sees(lin, "That is for Ann Lee to say", where="ephemeral")
    slack.sees(lin, "time stands still", where="dm")
    slack.sees(lin, "Which colour?", where="#equipment")
    slack.assert_quiet()


def test_a_question_waits_on_home_and_in_the_lists(slack: Story, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    ask(slack, lin, "Which colour?")
    slack.sees(ann, "asks you about #1", where="dm")
    slack.command(ann, "/monkeys", channel="#ward")
    slack.sees(ann, "1 ask waits for your yes", where="ephemeral")
    slack.command(lin, "/monkeys", channel="#equipment")
    slack.sees(lin, "Waits for Ann Lee's answer since", where="ephemeral")
    slack.command(lin, "/standup", channel="#equipment")
    slack.sees(lin, "Waiting for the asker's answer", where="ephemeral")
    slack.open_home(ann)
    slack.click(ann, "Answer", where="home")
    slack.fill(ann, {"Your answer": "Any"})
    assert slack.submit(ann) is None
    slack.sees(lin, "answers about #1", where="dm")
    slack.sees(ann, "Nothing waits for your yes", where="home")


def test_the_asker_is_reminded_like_of_a_verdict(slack: Story, clock: Clock, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    ask(slack, lin, "Which colour?", "Red")
    slack.sees(ann, "asks you about #1", where="dm")
    slack.wait_until_quiet()
    clock.forward(days=1)
    slack.sees(ann, "waits for your answer", where="dm")
    clock.forward(days=2)
    slack.sees(ann, "A nudge about", where="dm")
    clock.forward(days=1)
    slack.sees(lin, "though reminded twice", where="dm")
    slack.click(lin, "Take question back", on="though reminded twice", where="dm")
    slack.sees(ann, "was taken back", where="dm")


def test_two_answers_at_once_count_once(slack: Story, world: StoryWorld, ann: Person, lin: Person) -> None:
    filed(slack, ann, lin)
    ask(slack, lin, "Which colour?", "Red")
    slack.sees(ann, "asks you about #1", where="dm")
    pending = world.act("lin", questions.ask_asker, world.file().number, "Which?", None).question
    assert pending is not None
    slack.click(ann, "Answer", on="asks you about #1", where="dm")
    slack.fill(ann, {"Your answer": "Blue"})
    slack.click(ann, "Agree", on="asks you about #1", where="dm")
    assert "That question is over" in str(slack.submit(ann))


def test_an_answer_that_comes_too_late_says_what_is_the_case_and_keeps_the_words(
    slack: Story, world: StoryWorld, ann: Person, lin: Person
) -> None:
    filed(slack, ann, lin)
    ask(slack, lin, "Left or right?")
    slack.click(ann, "Answer", on="Left or right?", where="dm")
    slack.fill(ann, {"Your answer": "The left one, as ever"})
    world.act("lin", questions.take_back, 1, 1)
    told = (slack.submit(ann) or {})["Your answer"]
    assert told.startswith("That question is over. Ask #1: Waiting for Lin Jianguo to acknowledge.")
    assert "add it as a note from the menu of its card" in told
    assert "The left one, as ever" in slack.reads(ann, "modal")
    world.act("ann", ending.withdraw, 1)
    assert "please write to Lin Jianguo" in (slack.submit(ann) or {})["Your answer"]
    slack.close(ann)
