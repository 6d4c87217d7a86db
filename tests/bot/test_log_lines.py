"""The log: one event a line with whose it is, and never what people wrote, whatever goes wrong."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.log_lines import begin_logging
from handlers import acknowledge
from tests.hospital import Hospital

SECRET = "Zimtstern für das Blutgasgerät"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged from DEBUG on, as JSON."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers.clear()  # as in a process of its own
    stream = io.StringIO()
    begin_logging("DEBUG", "json", stream)
    yield stream
    root.handlers[:], root.level = before, level


def lines(log: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_story_is_told_by_ids_and_numbers_and_not_by_its_words(log, hospital: Hospital):
    slack = hospital.slack
    ann, pia, lin = (slack.person(who) for who in ("ann", "pia", "lin"))
    slack.ask(ann, f"@equipment {SECRET} by Friday 3pm")
    slack.sees(lin, SECRET, where="dm")
    slack.click(lin, "Acknowledge")
    slack.command(pia, "/monkeys Krempel und Trödel")
    hospital.clock.forward(hours=73)
    written = log.getvalue()
    for word in ("Zimtstern", "Blutgas", "Trödel", ann.name, lin.name, hospital.trial.installation.bot_token):
        assert word not in written, word
    filed = next(line for line in lines(log) if line["event"] == "file")
    assert (filed["workspace"], filed["ask"], filed["actor"]) == (hospital.workspace_id, 1, ann.id)
    told = {line["event"] for line in lines(log)}
    assert {"file", "acknowledge", "sent", "nudge", "answered"} <= told
    assert all(" " not in line["event"] for line in lines(log) if line["logger"].startswith("baton"))


def test_a_fault_tells_where_and_not_what(log, hospital: Hospital, monkeypatch: pytest.MonkeyPatch):
    def fails(*_: object) -> None:
        raise ValueError(f"what is {SECRET}?")

    slack = hospital.slack
    ann, lin = slack.person("ann"), slack.person("lin")
    slack.ask(ann, f"@equipment {SECRET}")
    monkeypatch.setattr(acknowledge.acknowledging, "acknowledge", fails)
    slack.click(lin, "Acknowledge")
    assert "Zimtstern" not in log.getvalue()
    failed = next(line for line in lines(log) if line["event"] == "listener_failed")
    assert failed["fault"] == "ValueError"
    assert "fails" in failed["trace"]
    assert failed["actor"] == lin.id


def test_what_is_not_known_to_be_harmless_is_dropped(log):
    ours = logging.getLogger("baton.somewhere")
    ours.info("file", extra={"ask": 214, "text": SECRET, "seconds": 0.5, "what": f'bad value "{SECRET}" for json'})
    (line,) = lines(log)
    assert (line["ask"], line["seconds"]) == (214, 0.5)
    assert line["what"] == "bad value … for json"
    assert "Zimtstern" not in log.getvalue()


@pytest.mark.parametrize("said", ["Unhandled request ({'text': '%s'})", "Failed: %s", 'cannot read "%s"', "x\n%s"])
def test_a_library_is_cut_where_it_begins_to_quote(log, said):
    logging.getLogger("slack_bolt.App").warning(said % SECRET)
    logging.getLogger("somebody.else").error(said.replace("%s", "{%s}"), SECRET)
    assert len(lines(log)) == 2
    assert "Zimtstern" not in log.getvalue()


def test_what_no_terminal_should_be_sent_is_not_in_a_line(log):
    logging.getLogger("baton.somewhere").info("file", extra={"actor": "a\0b\x1b[31m"})
    logging.getLogger("slack_bolt.App").warning("Unhandled request ({'text': 1})")
    first, second = lines(log)
    assert (first["actor"], second["event"]) == ("a\ufffdb\ufffd[31m", "Unhandled request")


def test_below_a_warning_the_libraries_are_silent(log):
    logging.getLogger("slack_sdk.web").debug("Sending a request - %s", SECRET)
    logging.getLogger("apscheduler.executors").info("Running job")
    assert log.getvalue() == ""


def test_on_a_terminal_a_line_is_the_event_and_its_fields():
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers.clear()
    begin_logging("INFO", "text", stream)
    logging.getLogger("baton").info("file", extra={"workspace": "T1", "ask": 7, "actor": "U1"})
    root.handlers[:], root.level = before, level
    assert "file" in stream.getvalue()
    assert "workspace=T1" in stream.getvalue()
    assert "ask=7" in stream.getvalue()


def test_half_a_character_is_told_by_its_number(log):
    logging.getLogger("baton.app").warning("request_unreadable", extra={"what": "\ud800"})
    assert lines(log)[-1]["what"] == "\\ud800"
    log.getvalue().encode("utf-8")
