"""Asking when things go wrong: twice delivered, a database that takes nothing, a Slack that does not answer."""

import logging
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text

from handlers import filing
from sandbox.deeds import Administrator
from store import people
from store.database import Together
from store.queries import asks
from tests.conftest import ON_POSTGRES
from tests.hospital import Hospital


def numbers(world: Hospital) -> list[int]:
    return sorted(ask.number for ask in world.look(asks.listed))


def take_nothing(world: Hospital) -> None:
    """From now on the database refuses to be written."""

    @event.listens_for(world.ledger.engine, "checkout")
    def _refuse(connection, _record, _proxy):
        if world.ledger.engine.dialect.name == "sqlite":
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("SET default_transaction_read_only = on")
            connection.commit()


def test_a_command_that_is_delivered_twice_is_filed_once(world, slack, ann):
    world.sandbox.faults.add("deliver_twice")
    slack.ask(ann, "@equipment Replace the gasket")
    slack.wait_until_quiet()
    assert numbers(world) == [1]


def test_a_form_that_is_delivered_twice_is_filed_once(world, slack, ann):
    slack.ask(ann, "@equipment")
    slack.fill(ann, {"What do you need?": "A new chair"})
    world.sandbox.faults.add("deliver_twice")
    slack.submit(ann)
    slack.wait_until_quiet()
    assert numbers(world) == [1]


def test_words_in_a_thread_that_are_delivered_twice_are_kept_once(world, slack, ann, lin):
    slack.ask(ann, "@equipment Replace the gasket", channel="#ward")
    card = slack.sees_message(lin, "Replace the gasket", where="#equipment")
    slack.wait_until_quiet()
    world.sandbox.faults.add("deliver_twice")
    slack.say(lin, "#equipment", "It is ordered", thread=card)
    slack.wait_until_quiet()
    ask = world.look(asks.by_number, 1)
    assert [one.what for one in world.look(asks.history, ask.id)].count("feed") == 1


def test_two_buttons_of_one_question_file_one_ask(world, slack, ann):
    slack.ask(ann, "@equipment Replace the gasket by 03/04")
    asked = slack.sees_message(ann, "more than one way", where="ephemeral")
    outcomes = []
    presses = [
        threading.Thread(target=lambda label=label: outcomes.append(slack.click(ann, label, on=asked)))
        for label in ("Leave the time to Equipment", "By the end of Thu 4 Mar 2027")
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    slack.wait_until_quiet()
    assert len(outcomes) == 2
    assert numbers(world) == [1]


def test_when_the_database_takes_nothing_the_text_is_given_back(world, slack, ann, lin):
    take_nothing(world)
    slack.ask(ann, "@equipment Replace the gasket & the <valve>")
    told = slack.sees_message(ann, "Not filed; nothing was lost", where="ephemeral")
    assert "/ask @equipment Replace the gasket & the <valve>" in slack.reads(ann, "ephemeral")
    assert told.ephemeral_to == ann.id
    assert numbers(world) == []
    slack.assert_quiet()


def test_when_the_database_takes_nothing_the_form_stays_open(world, slack, ann):
    slack.ask(ann, "@equipment")
    slack.fill(ann, {"What do you need?": "A new chair"})
    take_nothing(world)
    errors = slack.submit(ann)
    assert errors is not None
    assert "nothing was lost" in " ".join(errors.values())
    assert "A new chair" in slack.reads(ann, "modal")


def test_a_fault_of_ours_is_owned_up_to_and_logged_without_the_text(world, slack, ann, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        raise KeyError("broken")

    monkeypatch.setattr(filing, "read_due", broken)
    with caplog.at_level(logging.ERROR):
        slack.ask(ann, "@equipment My very private trouble")
    slack.sees(ann, "it is on us", where="ephemeral")
    assert "KeyError" in caplog.text
    assert "private trouble" not in caplog.text
    assert b'baton_answers_failed_total{kind="listener"} 1.0' in world.baton.metrics.text()


def test_what_nobody_can_see_is_not_kept(world, slack, ann):
    """A NUL, which PostgreSQL keeps in no text."""
    slack.ask(ann, "@equipment The pu\0mp by Friday")
    assert slack.sees(ann, "Filed", where="ephemeral")
    assert [ask.what for ask in world.look(asks.listed)] == ["The pump"]


def test_a_stranger_of_whom_slack_tells_nothing_can_ask_all_the_same(world, slack, ann):
    world.sandbox.faults.add("refuse", method="users.info", error="internal_error", times=5)
    world.clock.forward(days=2)
    slack.ask(ann, "@equipment Replace the gasket")
    assert numbers(world) == [1]


def test_before_setup_it_says_what_an_admin_does(tmp_path: Path) -> None:
    empty = Hospital(f"sqlite:///{tmp_path / 'empty.db'}")
    try:
        empty.slack.ask("ann", "@equipment Replace the gasket")
        empty.slack.sees("ann", "python -m bot load FILE", where="ephemeral")
        empty.slack.shortcut("ann", "new_ask")
        empty.slack.sees("ann", "python -m bot load FILE", where="modal")
    finally:
        empty.close()


def test_forty_at_once_are_all_filed_without_holes(world, slack):
    outcomes = []
    threads = [
        threading.Thread(target=lambda n=n: outcomes.append(slack.ask("ann", f"@equipment Bring pump P-{n:03}x")))
        for n in range(40)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert {outcome.status for outcome in outcomes} == {200}
    assert numbers(world) == list(range(1, 41))


def test_who_leaves_is_known_as_gone_and_a_new_name_is_kept(world, slack, omar):
    administrator = Administrator(world.sandbox, world.sandbox.workspace)
    administrator.deactivate(omar)
    slack.wait_until_quiet()
    known = world.look(people.find, omar.id)
    assert known is not None
    assert known.gone
    administrator.change(omar, name="Omar Haddad-Lin")
    slack.wait_until_quiet()
    renamed = world.look(people.find, omar.id)
    assert renamed is not None
    assert renamed.name == "Omar Haddad-Lin"


@pytest.mark.parametrize("word", ["help", "HELP", "?", "帮助"])
def test_help_files_nothing(world, slack, ann, word):
    slack.ask(ann, word)
    slack.sees(ann, "One line is enough", where="ephemeral")
    assert numbers(world) == []


def test_what_the_database_says_about_a_fault_is_logged_without_the_text(world, slack, ann, monkeypatch, caplog):
    def broken(acts, wishes):
        acts[0].connection.execute(text("INSERT INTO asks (what) VALUES (:what)"), {"what": wishes[0].what})

    monkeypatch.setattr(filing.asks, "file", Together(broken))
    with caplog.at_level(logging.INFO):
        slack.ask(ann, "@equipment My very private trouble")
    slack.sees(ann, "it is on us", where="ephemeral")
    assert "IntegrityError" in caplog.text
    assert "private trouble" not in caplog.text


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL locks rows, not the ledger: tests/store/test_faults.py")
def test_while_another_process_locks_the_ledger_people_are_told_within_slacks_patience(world, slack, ann, lin):
    slack.ask(ann, "@equipment Replace the gasket")
    slack.sees(lin, "Replace the gasket", where="dm")
    with closing(sqlite3.connect(world.ledger.engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert slack.ask(ann, "@equipment A second gasket").error is None
        slack.sees(ann, "Not filed; nothing was lost", where="ephemeral")
        assert slack.click(lin, "Acknowledge", where="dm").error is None
        slack.sees(lin, "Not done; nothing was lost", where="ephemeral")
        other.execute("ROLLBACK")
    slack.wait_until_quiet()
    assert numbers(world) == [1]


@pytest.mark.parametrize("fault", ["drop", "error_before", "accept_then_drop"])
def test_a_form_that_slack_does_not_open_is_told_and_opens_at_the_next_click(world, slack, ann, lin, caplog, fault):
    slack.ask(ann, "@equipment Replace the gasket", channel="#ward")
    told = slack.sees_message(lin, "You own #1", where="dm")
    world.sandbox.faults.add(fault, method="views.open")
    assert slack.click(lin, "Acknowledge with changes", on=told).ok
    slack.sees(lin, "Slack did not show the answer in time", where="ephemeral")
    assert "request_failed" not in caplog.text
    slack.close(lin) if fault == "accept_then_drop" else slack.click(lin, "Acknowledge with changes", on=told)
