"""Nudges come once, or late, but are never lost."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from store import acknowledging, asks, delivering, departments, due, feeding, parcels, people, setting_up
from store.asks import Wish
from store.database import Ledger
from store.parcels import Arrival, Parcel
from store.queries import asks as reading
from store.queries import nudged
from store.rules.lifecycle import Outcome, Stage
from store.tables import nudges
from tests.store.world import ANN, LIN, OMAR, PIA, World, plan, profile


def sweep(world: World) -> int:
    count = 0
    while done := world.act(None, due.nudge):
        count += done
    return count


def say_everything(world: World) -> list[Parcel]:
    """Carry the outbox to nowhere; returns what was in it."""
    said: list[Parcel] = []
    while claimed := world.act(None, parcels.claim, world.now):
        world.act(None, parcels.settle, [Arrival(parcel) for parcel in claimed])
        said += claimed
    return said


def nudged_people(world: World) -> list[tuple[str | None, list[str]]]:
    return [
        (parcel.person_id, [nudge.rung for nudge in world.look(nudged.in_message, parcel.id)])
        for parcel in say_everything(world)
        if parcel.message in ("nudges", "lead_told")
    ]


def test_the_ladder_of_an_ask_nobody_answers(world: World) -> None:
    world.file(person_id=OMAR)
    say_everything(world)
    heard = []
    for _ in range(24 * 6):
        world.forward(hours=1)
        sweep(world)
        heard += [(person, rung) for person, rungs in nudged_people(world) for rung in rungs]
    assert heard == [
        (OMAR, "not_acknowledged"),
        (OMAR, "day_before"),
        (LIN, "lead_unacknowledged"),
        (OMAR, "hours_before"),
        (OMAR, "due"),
        (OMAR, "late:1"),
        (LIN, "lead_late"),
        (LIN, "lead_silent"),  # five nudges without an answer: the lead holds the question
    ]


def test_after_an_outage_the_missed_rungs_collapse_into_the_newest(world: World) -> None:
    ask = world.file(person_id=OMAR)
    say_everything(world)
    world.forward(days=14)
    sweep(world)
    to_omar = [rungs for person, rungs in nudged_people(world) if person == OMAR]
    assert len(to_omar) == 1
    assert len(to_omar[0]) == 1
    assert to_omar[0][0].startswith("late:")
    with world.ledger.reading() as connection:
        reached = {row.rung for row in connection.execute(nudges.select().where(nudges.c.ask_id == ask.id))}
    assert {"not_acknowledged", "day_before", "due"} <= reached
    assert sweep(world) == 0


def test_nudges_for_one_person_within_ten_minutes_are_one_message(world: World) -> None:
    for minutes in (0, 4, 4, 30):
        world.forward(minutes=minutes)
        world.file(person_id=OMAR)
    say_everything(world)
    world.now = world.now.replace(hour=3, minute=0)
    sweep(world)
    first = nudged_people(world)
    assert [(person, len(rungs)) for person, rungs in first] == [(OMAR, 3)]


def test_acknowledging_takes_the_nudge_away(world: World) -> None:
    ask = world.file(person_id=OMAR)
    world.act(OMAR, acknowledging.acknowledge, ask.number)
    say_everything(world)
    world.forward(hours=2.5)
    sweep(world)
    assert nudged_people(world) == []


def test_a_nudge_that_was_answered_before_it_was_sent_no_longer_matters(world: World) -> None:
    ask = world.file(person_id=OMAR)
    say_everything(world)
    world.forward(hours=2.5)
    sweep(world)
    world.act(OMAR, acknowledging.acknowledge, ask.number)
    message = next(parcel for parcel in say_everything(world) if parcel.message == "nudges")
    assert [nudge.still_matters for nudge in world.look(nudged.in_message, message.id)] == [False]


def test_a_snooze_waits_and_loses_nothing(world: World) -> None:
    ask = world.file(person_id=OMAR)
    say_everything(world)
    world.act(OMAR, feeding.snooze, ask.number, world.now + timedelta(hours=6))
    world.forward(hours=5)
    sweep(world)
    assert nudged_people(world) == []
    world.forward(hours=2.5)
    sweep(world)
    assert [person for person, _ in nudged_people(world)] == [OMAR]


def test_silence_after_delivery_ends_without_a_verdict(world: World) -> None:
    ask = world.file(person_id=OMAR)
    world.act(OMAR, acknowledging.acknowledge, ask.number)
    world.act(OMAR, delivering.deliver, ask.number, "Done")
    say_everything(world)
    heard = []
    for _ in range(14):
        world.forward(days=1)
        sweep(world)
        heard += nudged_people(world)
    assert heard == [(ANN, ["verdict:1"]), (ANN, ["verdict:2"])]
    closed = world.look(reading.by_number, ask.number)
    assert (closed.stage, closed.outcome) == (Stage.CLOSED, Outcome.NO_VERDICT)


@pytest.mark.timeout(120)
def test_two_processes_that_sweep_at_once_nudge_once(world: World) -> None:
    for _ in range(30):
        world.file(person_id=OMAR)
    say_everything(world)
    world.forward(hours=2.5)
    other = Ledger(world.ledger.engine.url.render_as_string(hide_password=False))
    sweepers = [
        threading.Thread(target=lambda ledger=ledger: ledger.act(due.nudge, "", None, world.now, None, 5))
        for ledger in (world.ledger, other) * 8
    ]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join()
    while other.act(due.nudge, "", None, world.now, None):
        pass
    rungs = [rung for _, rungs in nudged_people(world) for rung in rungs]
    assert rungs == ["not_acknowledged"] * 30
    other.close()


def test_one_sweep_serves_every_workspace_by_its_own_departments(world: World) -> None:
    def in_the_other(actor: str | None, verb: Any, *args: Any) -> Any:
        return world.ledger.act(verb, "T2", actor, world.now, None, *args)

    in_the_other(None, people.ensure_workspace, "Clinic")
    for person in (ANN, OMAR):
        in_the_other(None, people.remember, profile(person))
    in_the_other(OMAR, setting_up.set_up, plan("lab", "Lab", "CLAB", OMAR, ()))
    lab = world.ledger.look(departments.called, "T2", world.now, "lab")
    assert lab is not None
    world.file(person_id=OMAR)
    in_the_other(ANN, asks.file, Wish(lab.id, "Two samples"))
    world.forward(hours=2.5)
    assert sweep(world) == 2
    with world.ledger.reading() as connection:
        reached = connection.execute(nudges.select()).all()
    assert {(row.workspace_id, row.rung) for row in reached} == {
        ("T1", "not_acknowledged"),
        ("T2", "not_acknowledged"),
    }


def test_a_crash_between_nudge_and_message_cannot_be(world: World) -> None:
    """The rung and its message are written together: a rung without a message is one that collapsed."""
    world.file(person_id=OMAR)
    world.forward(hours=2.5)

    def sweep_and_die(act: object) -> None:
        due.nudge(act)  # type: ignore[arg-type]
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        world.act(None, sweep_and_die)
    with world.ledger.reading() as connection:
        assert connection.execute(nudges.select()).all() == []
    assert sweep(world) == 1


def test_edits_wait_for_the_post_they_edit(world: World) -> None:
    ask = world.file()
    first = world.act(None, parcels.claim, world.now)
    world.act(LIN, acknowledging.acknowledge, ask.number)
    messages = [parcel.message for parcel in world.act(None, parcels.claim, world.now)]
    assert "cards" not in messages
    world.act(None, parcels.settle, [Arrival(parcel, "C", str(parcel.id)) for parcel in first])
    assert "cards" in [parcel.message for parcel in world.act(None, parcels.claim, world.now)]


def test_a_lease_that_ran_out_comes_back_unclear(world: World) -> None:
    world.file()
    first = world.act(None, parcels.claim, world.now)
    assert [parcel.unclear for parcel in first] == [False, False]
    assert world.act(None, parcels.claim, world.now) == []
    again = world.act(None, parcels.claim, world.now + parcels.LEASE)
    assert [replace(parcel, unclear=False, attempts=1) for parcel in again] == first
    assert all(parcel.unclear for parcel in again)


def test_very_many_are_dealt_with_bit_by_bit_and_nobody_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "MOST_ASKS", 4)
    for owner in (PIA, PIA, PIA, OMAR, OMAR, LIN, LIN, LIN, LIN, LIN, LIN):
        world.file(person_id=owner)
    world.forward(hours=2)
    parts = []
    while dealt := world.act(None, due.nudge):
        parts.append(dealt)
    assert sum(parts) == 11
    assert max(parts) == 4
    with world.ledger.reading() as connection:
        assert connection.execute(select(func.count()).select_from(nudges)).scalar() == 11
