"""What closed asks of a service say: only with ten, only the delivered ones, found by an index."""

from collections.abc import Iterator
from datetime import timedelta

from store import acknowledging, delivering, ending, questions
from store.database import Ledger
from store.queries import service_history
from store.rules.history import History, Span
from tests.store.world import ANN, LIN, MONDAY_9, PIA, World


def delivered(world: World, hours: float) -> None:
    """One repair, filed on a morning at nine and delivered after so many hours."""
    ask = world.file(service_id=world.department().services[0].id)
    world.act(PIA, acknowledging.acknowledge, ask.number)
    world.forward(hours=hours)
    world.act(PIA, delivering.deliver, ask.number, "It runs.")
    world.act(ANN, delivering.accept, ask.number)
    world.forward(hours=24 - hours)
    while not world.department().calendar.is_open(world.now):
        world.forward(hours=24)


def told(world: World) -> History | None:
    department = world.department()
    return world.look(service_history.of_services, department, [department.services[0].id]).get(
        department.services[0].id
    )


def test_ten_that_were_delivered_say_how_long_it_usually_takes(world: World) -> None:
    for hours in (1, 1, 1, 2, 2, 2, 3, 3, 9):
        delivered(world, hours)
    put_down = world.file(service_id=world.department().services[0].id)
    world.act(PIA, ending.put_down, put_down.number, "No part")
    assert told(world) is None
    delivered(world, 9)  # all of a day: 7.5 working hours
    assert told(world) == History(10, Span(4, "hours"), Span(6, "hours"))


def test_it_is_found_by_its_index(sqlite_ledgers: Iterator[str]) -> None:
    ledger = Ledger(next(sqlite_ledgers))
    compiled = service_history._NEWEST.compile(ledger.engine)
    named = compiled.params | {"workspace": "T1", "service": 1, "newest": 100}
    given = tuple(named[name] for name in compiled.positiontup or ())
    with ledger.engine.connect() as connection:
        steps = [str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", given)]
    ledger.close()
    assert "ix_asks_service_history" in " ".join(steps)
    assert "TEMP B-TREE" not in " ".join(steps)


def test_what_was_asked_for_without_a_service_has_its_own_and_holds_are_left_out(world: World) -> None:
    for number in range(10):
        ask = world.file()
        if number:
            world.forward(hours=1)
            asked = world.act(LIN, questions.ask_asker, ask.number, "Which one?", None)
            assert asked.question is not None
            world.forward(days=7)
            world.act(ANN, questions.answer, ask.number, asked.question.id, "The left one")
        world.forward(hours=1)
        world.act(LIN, acknowledging.acknowledge, ask.number)
        world.act(LIN, delivering.deliver, ask.number, "It runs.")
        world.act(ANN, delivering.accept, ask.number)
        world.now = MONDAY_9 + timedelta(days=14 * (number + 1))
    assert world.look(service_history.of_the_rest, world.department()) == History(
        10, Span(4, "hours"), Span(4, "hours")
    )
    assert told(world) is None


def test_the_rest_is_found_by_its_index(sqlite_ledgers: Iterator[str]) -> None:
    ledger = Ledger(next(sqlite_ledgers))
    compiled = service_history._NEWEST_OF_THE_REST.compile(ledger.engine)
    named = compiled.params | {"workspace": "T1", "department": 1, "newest": 100}
    given = tuple(named[name] for name in compiled.positiontup or ())
    with ledger.engine.connect() as connection:
        steps = [str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", given)]
    ledger.close()
    assert "ix_asks_rest_history" in " ".join(steps)
    assert "TEMP B-TREE" not in " ".join(steps)
