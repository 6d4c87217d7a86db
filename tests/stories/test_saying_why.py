"""What is not understood, or not done, is said with its own reason; what was typed is never lost or guessed at."""

from datetime import UTC, datetime

from sandbox.people import Person
from store.queries import asks
from tests.hospital import BatonStory, Hospital


def test_as_soon_as_possible_is_the_promise_and_the_receipt_says_so(slack: BatonStory, ann: Person) -> None:
    slack.ask(ann, "@equipment Calibrate the scales asap", channel="#ward")
    slack.sees(ann, "“asap” is taken as the time above", where="ephemeral")


def test_a_name_that_is_nobodys_is_asked_back_with_the_desk_beside(
    slack: BatonStory, world: Hospital, ann: Person
) -> None:
    slack.ask(ann, "@xylophone Replace the gasket by Friday 3pm", channel="#ward")
    slack.sees(ann, "No department is called “xylophone”", where="ephemeral")
    assert not world.look(asks.listed)
    slack.click(ann, "I don't know whose this is")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    assert world.look(asks.by_number, 1).at_gray_zone


def test_one_reading_is_not_a_choice(slack: BatonStory, ann: Person) -> None:
    slack.ask(ann, "@equipment Fix the pump by 12/01/2026", channel="#ward")
    slack.sees(ann, "is not quite clear to me. Do you need it by then?", where="ephemeral")
    slack.ask(ann, "@equipment Fix the pump by Friday and by Monday", channel="#ward")
    slack.sees(ann, "By the end of Mon 30 Nov", where="ephemeral")


def test_the_end_of_a_text_that_is_too_long_is_given_back(slack: BatonStory, ann: Person) -> None:
    slack.ask(ann, "@equipment " + "long " * 2600 + "the very end", channel="#ward")
    slack.sees(ann, "the very end", where="ephemeral")


def test_away_says_what_is_wrong_with_the_line_or_the_times(slack: BatonStory, lin: Person) -> None:
    slack.command(lin, "/away until 2999-01-01")
    slack.sees(lin, "is very far ahead", where="modal")
    slack.close(lin)
    slack.command(lin, "/away until yesterday")
    slack.sees(lin, "“yesterday” is over already", where="modal")
    slack.close(lin)
    slack.command(lin, "/away until friday deputy @nobody")
    slack.sees(lin, "I know nobody called “@", where="modal")
    slack.fill(
        lin,
        {"From": datetime(2026, 11, 30, 1, tzinfo=UTC), "Until": datetime(2026, 11, 25, 1, tzinfo=UTC), "Deputy": None},
    )
    assert "That is before Mon 30 Nov 09:00, when you leave" in (slack.submit(lin) or {})["Until"]


def test_whoever_may_not_read_is_not_sent_to_the_note(slack: BatonStory, world: Hospital, ann: Person) -> None:
    slack.ask(ann, "@equipment (private) Salary question", channel="#ward")
    assert slack.submit(ann) is None
    slack.sees(slack.person("lin"), "You own #1", where="dm")
    pia = slack.person("pia")
    slack.click(pia, "Acknowledge", on="#1", where="#equipment")
    slack.sees(pia, "who owns ask #1.", where="ephemeral")
    assert "You can add a note" not in slack.reads(pia, "ephemeral")


def test_a_department_that_nobody_could_ask(slack: BatonStory, lin: Person, omar: Person) -> None:
    slack.command(lin, "/dept new")
    slack.fill(lin, {"Channel": "#equipment", "Name": "help"})
    assert "means something else" in (slack.submit(lin) or {})["Name"]
    slack.fill(lin, {"Name": "<!channel>"})
    assert "cannot be typed after @" in (slack.submit(lin) or {})["Name"]
    slack.fill(lin, {"Name": "Laboratory", "Lead": omar})
    assert "lead yourself" in (slack.submit(lin) or {})["Lead"]


def test_a_member_sees_their_own_department(slack: BatonStory, omar: Person) -> None:
    slack.command(omar, "/dept")
    slack.click(omar, "What Equipment promises")
    slack.sees(omar, "Repair a device", where="ephemeral")
    slack.command(omar, "/monkeys @ann")
    slack.sees(omar, "ann”.", where="ephemeral")


def test_a_second_schedule_says_what_it_replaces(slack: BatonStory, lin: Person) -> None:
    slack.command(lin, "/standup every weekday at 09:30", channel="#equipment")
    slack.sees(lin, "Monday to Friday at 09:30", where="ephemeral")
    slack.command(lin, "/standup every monday at 10:00", channel="#equipment")
    slack.sees(lin, "It replaces what was there: Monday to Friday at 09:30", where="ephemeral")
