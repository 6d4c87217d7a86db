"""The rota, told through the whole bot: who is on duty owns what comes in; gaps and absences are marked."""

from datetime import timedelta

from sandbox.clock import Clock
from sandbox.people import Person
from tests.hospital import BatonStory


def test_the_lead_sets_the_people_and_they_own_what_comes_in(
    slack: BatonStory, clock: Clock, ann: Person, lin: Person, omar: Person, pia: Person
) -> None:
    slack.command(lin, "/duty")
    slack.sees(lin, "There is no rota", where="ephemeral")
    slack.click(lin, "Set the people", where="ephemeral")
    slack.fill(lin, {"Who takes turns": [pia, omar]})
    assert slack.submit(lin) is None
    shown = slack.reads(lin, "modal")
    assert "Mon 23 Nov – Fri 27 Nov: @Pia" in shown
    assert "Mon 30 Nov – Fri 4 Dec: @Omar Haddad" in shown
    slack.close(lin)
    slack.ask(ann, "@equipment Calibrate the scales by Friday 3pm", channel="#ward")
    slack.sees(pia, "You own #1", where="dm")
    clock.forward(days=7)
    slack.wait_until_quiet()
    slack.forget()
    slack.ask(ann, "@equipment Calibrate the clocks by Friday 3pm", channel="#ward")
    slack.sees(omar, "You own #2", where="dm")


def test_a_day_is_covered_and_given_back(
    slack: BatonStory, clock: Clock, lin: Person, omar: Person, pia: Person
) -> None:
    tomorrow = (clock.now() + timedelta(days=1)).date()
    slack.command(lin, "/duty @equipment")
    slack.click(lin, "Cover a day", where="ephemeral")
    slack.fill(lin, {"Day": tomorrow - timedelta(days=2), "Who is on duty that day": omar})
    assert "is over" in (slack.submit(lin) or {})["Day"]
    slack.fill(lin, {"Day": tomorrow})
    assert slack.submit(lin) is None
    shown = slack.reads(lin, "modal")
    assert "Tue 24 Nov: @Omar Haddad, covering" in shown
    assert "*nobody*" in shown
    assert "working days have nobody on duty" in shown
    slack.close(lin)
    slack.command(omar, "/away until friday")
    slack.command(pia, "/duty")
    slack.sees(pia, "who is *away*", where="ephemeral")
    slack.click(lin, "Cover a day", where="ephemeral")
    slack.fill(lin, {"Day": tomorrow, "Who is on duty that day": None})
    assert slack.submit(lin) is None
    slack.sees(lin, "There is no rota", where="modal")


def test_others_read_it_and_may_not_set_it(slack: BatonStory, omar: Person, vera: Person, lin: Person) -> None:
    slack.command(omar, "/duty")
    slack.sees(omar, "There is no rota", where="ephemeral")
    assert "Set the people" not in slack.reads(omar, "ephemeral")
    slack.command(lin, "/duty")
    slack.sees(lin, "There is no rota", where="ephemeral")
    slack.click(lin, "Set the people", where="ephemeral")
    slack.fill(lin, {"Who takes turns": [vera]})
    assert "cannot be on duty" in (slack.submit(lin) or {})["Who takes turns"]
    slack.close(lin)
    slack.assert_quiet()


def test_help_and_the_nearest_department(slack: BatonStory, ann: Person, wei: Person) -> None:
    slack.command(ann, "/duty help")
    slack.sees(ann, "owns what comes in", where="ephemeral")
    slack.command(ann, "/duty @equipmnt")
    slack.sees(ann, "I do not understand", where="ephemeral")
    slack.click(ann, "@Equipment", where="ephemeral")
    slack.sees(ann, "There is no rota", where="ephemeral")
    slack.command(wei, "/duty")
    slack.sees(wei, "值班", where="ephemeral")
    slack.assert_quiet()
