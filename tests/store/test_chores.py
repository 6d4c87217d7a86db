"""A chore is done once when a day has passed, by whichever process, and again where somebody died over it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from store import chores
from tests.store.world import World

DAY = timedelta(days=1)


def begin(world: World) -> bool:
    return world.act(None, chores.begin, "proof", DAY)


def test_it_is_done_once_a_day(world: World) -> None:
    assert begin(world)
    assert not begin(world)
    world.act(None, chores.end, "proof", DAY)
    world.forward(hours=23)
    assert not begin(world)
    world.forward(hours=1)
    assert begin(world)


def test_who_died_over_it_is_followed_by_another(world: World) -> None:
    assert begin(world)
    world.forward(minutes=59)
    assert not begin(world)
    world.forward(minutes=1)
    assert begin(world)


def test_a_clock_that_was_set_back_does_not_put_it_off(world: World) -> None:
    begin(world)
    world.act(None, chores.end, "proof", DAY)
    world.forward(days=-30)
    assert begin(world)


def test_of_several_processes_one_does_it(world: World) -> None:
    processes = [World.__new__(World) for _ in range(4)]
    for process in processes:
        process.ledger, process.now = type(world.ledger)(world.ledger.engine.url.render_as_string(False)), world.now
    with ThreadPoolExecutor(4) as pool:
        for _ in range(5):
            world.forward(days=2)
            for process in processes:
                process.now = world.now
            assert sorted(pool.map(begin, processes)) == [False, False, False, True]
    for process in processes:
        process.close()
