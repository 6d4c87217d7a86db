"""The clock: what its timetable does when it is told the time. It is never started here."""

from datetime import datetime, timedelta

from bot.clock import HOUR, MINUTE, TIMETABLE, Timekeeper, next_due, tick
from store import audit, departments, standups
from store.refusals import LedgerUnavailable
from tests.hospital import Hospital


def test_the_timetable_is_short_and_frequent():
    assert [entry.name for entry in TIMETABLE] == [
        "nudges",
        "standups",
        "batons",
        "absences",
        "desk lists",
        "statistics",
        "one owner",
    ]
    assert all(0 < entry.seconds <= MINUTE for entry in TIMETABLE[:-2])
    # These ask whether a day has passed, and are not done at the start.
    assert all(MINUTE < entry.seconds < HOUR for entry in TIMETABLE[-2:])


def test_a_job_is_late_rather_than_lost_and_runs_once(hospital):
    jobs = Timekeeper(hospital.ledger, hospital.clock.now)._scheduler._pending_jobs
    assert [job.id for job, *_ in jobs] == [entry.name for entry in TIMETABLE]
    scheduler = Timekeeper(hospital.ledger, hospital.clock.now)._scheduler
    assert scheduler._job_defaults == {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    assert str(scheduler.timezone) == "UTC"


def test_nothing_is_planned_in_an_empty_hospital(still: Hospital):
    assert next_due(still.ledger) is None
    tick(still.ledger, still.clock.now())
    assert still.pending() == 0


def test_a_nudge_is_put_when_it_is_due_and_not_again(still: Hospital):
    still.file()
    put = still.pending()
    tick(still.ledger, still.clock.now())
    assert still.pending() == put
    later = still.clock.now() + timedelta(hours=2, minutes=30)
    tick(still.ledger, later)
    tick(still.ledger, later)
    assert still.pending() == put + 1


def test_the_next_thing_to_do_is_the_soonest(hospital):
    hospital.file()
    assert hospital.baton.courier.drain(5)
    first = next_due(hospital.ledger)
    assert first is not None
    assert hospital.clock.now() < first <= hospital.clock.now() + timedelta(hours=3)
    department = hospital.look(departments.called, "equipment")
    place = department.channel_id
    hospital.act("lin", standups.schedule, department.id, place, range(5), 9 * 60 + 5, "Asia/Shanghai")
    assert next_due(hospital.ledger) == hospital.clock.now() + timedelta(minutes=5)


def test_the_page_can_jump_to_the_next_nudge(hospital):
    hospital.file()
    assert hospital.baton.courier.drain(5)
    hospital.slack.sees("lin", "You own #1", where="dm")
    due = next_due(hospital.ledger)
    assert hospital.clock.jump("next nudge") == due
    hospital.slack.sees("lin", "#1", where="dm")
    assert hospital.pending() == 0


def test_a_standup_that_is_due_is_put_once_also_after_an_outage(still: Hospital):
    department = still.look(departments.called, "equipment")
    still.act("lin", standups.schedule, department.id, department.channel_id, range(5), 9 * 60 + 30, "Asia/Shanghai")
    later = still.clock.now() + timedelta(days=3)
    tick(still.ledger, later)
    tick(still.ledger, later)
    assert still.pending() == 1


def test_the_ledger_is_proved_once_a_day_however_often_baton_is_restarted(still: Hospital, monkeypatch):
    proved: list[datetime] = []
    monkeypatch.setattr(audit, "findings", lambda _: proved.append(still.clock.now()) or [])
    for _ in range(48):
        Timekeeper(still.ledger, still.clock.now)._do(TIMETABLE[-1])  # a process of this hour, and another beside it
        Timekeeper(still.ledger, still.clock.now)._do(TIMETABLE[-1])
        still.clock.forward(hours=1)
    assert len(proved) == 2


def test_a_tick_outlives_a_database_that_does_not_answer(hospital, monkeypatch, caplog):
    def locked(*_: object) -> None:
        raise LedgerUnavailable("database is locked")

    keeper = Timekeeper(hospital.ledger, hospital.clock.now)
    monkeypatch.setattr(hospital.ledger, "act", locked)
    keeper._do(TIMETABLE[0])
    assert "tick_has_to_wait" in caplog.text
