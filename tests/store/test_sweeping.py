"""A sweep of many nudges costs few statements, and reaches each rung once whoever else is sweeping."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from store import absences, due, parcels, people, preferences
from store.database import Act, Ledger
from store.nudging import calendar_of
from store.queries import climbing
from store.queries.climbing import Climbing, Reached
from store.rules.quiet import Preferences
from store.tables import nudge_plans, nudges, outbox
from tests.store.world import LIN, OMAR, PIA, TEAM, World, profile


def meet(world: World, many: int) -> list[str]:
    """So many colleagues whom nobody has met before."""
    everybody = [f"U{number:03d}" for number in range(many)]

    def remember(act: Act) -> None:
        for person_id in everybody:
            people.remember(act, profile(person_id))

    world.act(None, remember)
    return everybody


def statements_of(world: World) -> list[str]:
    """What one act of a sweep asks of the database."""
    said: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    event.listen(world.ledger.engine, "before_cursor_execute", listen)
    world.act(None, due.nudge)
    event.remove(world.ledger.engine, "before_cursor_execute", listen)
    return [one for one in said if not one.startswith(("BEGIN", "NOTIFY"))]


def count(world: World, table: Any) -> int:
    with world.ledger.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar() or 0


def come_up_again(world: World) -> None:
    with world.ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        connection.execute(update(nudge_plans).values(at=world.now))


def nothing_reached(_look: object, found: Any) -> dict[int, list[Reached]]:
    """What a sweep reads when another process has not committed yet."""
    asks: list[Climbing] = list(found)
    return {one.id: [] for one in asks}


def test_many_nudges_cost_no_more_statements_than_few(world: World) -> None:
    everybody = meet(world, 44)
    asked = []
    for owners, hours in ((everybody[:4], 2), (everybody[4:], 3.5)):
        for owner in owners:
            world.file(person_id=owner)
        world.forward(hours=hours)
        before = count(world, nudges)
        asked.append(statements_of(world))
        assert count(world, nudges) - before >= len(owners)
    few, many = asked
    assert len(many) == len(few)
    assert len(few) <= 12


def test_people_with_wishes_and_deputies_cost_no_statement_each(world: World) -> None:
    everybody = meet(world, 24)
    wishes = Preferences(rush_at_any_hour=True)
    asked = []
    for owners, hours in ((everybody[:3], 2), (everybody[3:], 3.5)):
        for owner in owners:
            world.file(person_id=owner)
            works = world.look(calendar_of, world.look(people.several, [owner])[owner])
            world.act(owner, preferences.choose, wishes, 0, works)
            world.act(owner, absences.leave, world.now + timedelta(days=2), PIA)
        world.forward(hours=hours)
        before = count(world, nudges)
        asked.append(len(statements_of(world)))
        assert count(world, nudges) - before == 2 * len(owners)
    assert asked[0] == asked[1]


def test_a_rung_that_another_process_has_reached_is_said_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.file(person_id=OMAR)
    world.forward(hours=2)
    world.act(None, due.nudge)
    reached, said = count(world, nudges), count(world, outbox)
    with world.ledger.reading() as connection:
        counted = connection.execute(select(nudge_plans.c.unanswered)).scalar()
    with world.ledger.engine.begin() as connection:
        connection.execute(outbox.update().where(outbox.c.message == "nudges").values(state="sent"))
    monkeypatch.setattr(climbing, "reached", nothing_reached)
    come_up_again(world)
    assert world.act(None, due.nudge) == 1
    assert (count(world, nudges), count(world, outbox)) == (reached, said)
    with world.ledger.reading() as connection:
        assert connection.execute(select(nudge_plans.c.unanswered)).scalar() == counted == 1


def test_what_is_fresh_is_said_beside_what_is_not(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.file(person_id=OMAR)
    world.forward(hours=2)
    world.act(None, due.nudge)
    with world.ledger.engine.begin() as connection:
        connection.execute(outbox.update().where(outbox.c.message == "nudges").values(state="sent"))
    world.file(person_id=OMAR)
    world.file(person_id=LIN)
    world.forward(hours=4)
    monkeypatch.setattr(climbing, "reached", nothing_reached)
    come_up_again(world)
    while world.act(None, due.nudge) and not world.look(_all_reached):
        pass
    with world.ledger.reading() as connection:
        waiting = select(outbox.c.person_id).where(outbox.c.message == "nudges", outbox.c.state == "waiting")
        assert sorted(connection.execute(waiting).scalars()) == [LIN, OMAR]


def test_a_message_that_gets_more_nudges_is_not_taken_meanwhile(world: World) -> None:
    """What is put into a message that waits is read with it, though another process carries it."""
    if world.ledger.engine.dialect.name == "sqlite":
        pytest.skip("there the whole sweep is alone")
    world.file(person_id=OMAR)
    world.forward(minutes=30)
    world.file(person_id=OMAR)
    world.forward(minutes=90)
    world.act(None, due.nudge)
    with world.ledger.engine.begin() as connection:
        there = {"state": "sent", "settled_at": world.now}
        connection.execute(outbox.update().where(outbox.c.message != "nudges").values(**there))
    world.forward(minutes=30)
    other = Ledger(world.ledger.engine.url.render_as_string(hide_password=False))

    def claimed() -> list[str]:
        return [one.message for one in other.act(parcels.claim, TEAM, None, world.now, None, datetime.now(UTC))]

    def sweep(act: Act) -> tuple[int, list[str]]:
        return due.nudge(act), claimed()

    nudged, meanwhile = world.act(None, sweep)
    assert nudged == 1
    assert (meanwhile, claimed()) == ([], ["nudges"])
    other.close()


def _all_reached(look: Any) -> bool:
    return look.connection.execute(select(func.count(nudges.c.ask_id.distinct()))).scalar() == 3
