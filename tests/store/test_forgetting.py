"""Old asks are deleted with all that hangs on them, whatever table that is; nothing else is, and the counts stay."""

from datetime import timedelta

from sqlalchemy import Integer, func, insert, select

from bot.clock import forget_old, timetable
from store import acknowledging, chains, delivering, hanging, outbox, retention
from store.asks import Wish
from store.tables import METADATA, drafts, forgotten
from store.tables import asks as asks_table
from store.tables import outbox as outbox_table
from tests.store.world import ANN, LIN, TEAM, WEI, World


def closed(world: World, what: str = "An old gasket", **wish: object) -> int:
    number = world.file(ANN, what, **wish).number
    world.act(LIN, acknowledging.acknowledge, number)
    world.act(LIN, delivering.deliver, number, "There it is")
    world.act(ANN, delivering.accept, number)
    return number


def left(world: World) -> list[int]:
    with world.ledger.reading() as connection:
        return list(connection.execute(select(asks_table.c.number).order_by(asks_table.c.number)).scalars())


def test_what_was_closed_long_ago_goes_and_the_rest_stays(world: World) -> None:
    closed(world)
    still_open = world.file().number
    world.forward(days=60)
    lately = closed(world, "A new one")
    forget_old(world.ledger, world.now, days=30)
    assert left(world) == [still_open, lately]
    for table in hanging.tables():
        with world.ledger.reading() as connection:
            ids = select(asks_table.c.id)
            orphans = select(func.count()).select_from(table).where(~hanging.rows_of(table, ids))
            alone = connection.execute(orphans.where(*_about_an_ask(table))).scalar_one()
        assert alone == 0, table.name


def _about_an_ask(table) -> list:
    return [table.c.ask_id.is_not(None)] if "ask_id" in table.c else []


def test_numbers_are_not_given_again_and_the_counts_stay(world: World) -> None:
    for _ in range(3):
        closed(world)
    world.forward(days=60)
    assert [world.act(None, retention.forget, world.now - timedelta(days=30), 2) for _ in range(3)] == [2, 1, 0]
    assert world.file().number == 4
    with world.ledger.reading() as connection:
        (row,) = connection.execute(select(forgotten)).all()
    assert (row.asks, row.outcome, row.month.isoformat(), row.kept) == (3, "satisfied", "2026-11-01", "kept")


def test_an_ask_stays_while_another_of_its_chain_does(world: World) -> None:
    parent = world.file().number
    wish = Wish(world.department("finance").id, "Pay the invoice")
    world.act(LIN, chains.block, parent, (wish,))
    world.act(LIN, acknowledging.acknowledge, parent)
    world.act(LIN, delivering.deliver, parent, "There it is")
    world.act(ANN, delivering.accept, parent)
    world.forward(days=60)
    assert world.act(None, retention.forget, world.now - timedelta(days=30)) == 0
    world.act(WEI, acknowledging.acknowledge, 2)
    world.act(WEI, delivering.deliver, 2, "Paid")
    world.act(LIN, delivering.accept, 2)
    world.forward(days=60)
    assert world.act(None, retention.forget, world.now - timedelta(days=30)) == 2
    assert left(world) == []


def test_drafts_and_what_was_said_go_too(world: World) -> None:
    with world.ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        connection.execute(
            insert(drafts).values(
                id="d", workspace_id=TEAM, person_id=ANN, text="never filed", particulars={}, made_at=world.now
            )
        )
    world.act(None, lambda act: outbox.post(act, "digest", channel_id="C1", words="a digest"))
    world.forward(days=60)
    before = world.now - timedelta(days=30)
    assert world.act(None, retention.forget_leftovers, before) == 1, "what was not sent yet is not old"
    with world.ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        connection.execute(outbox_table.update().values(state="sent"))
    assert world.act(None, retention.forget_leftovers, before) >= 1


def test_every_table_that_knows_an_ask_hangs_on_it() -> None:
    """A column that holds an ask's row id has to say so by a reference: otherwise its rows would stay behind."""
    known = {table.name for table in hanging.tables()}
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Integer) and column.name.endswith("ask_id"):
                assert table.name in known, f"{table.name}.{column.name}"
    assert {"custody", "events", "placings", "nudges", "posts", "questions"} <= known


def test_it_is_on_the_timetable_only_where_it_is_wanted() -> None:
    assert "forgetting" not in {entry.name for entry in timetable(None)}
    assert "forgetting" in {entry.name for entry in timetable(400)}
