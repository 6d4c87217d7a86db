"""Chains: filed, linked, unlinked; no circles; who is told what, and what happens to the children at the end."""

import itertools
import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from store import acknowledging, audit, chains, delivering, ending, handoffs, hurrying, leaving
from store.asks import Wish
from store.audit import Finding
from store.database import Ledger
from store.queries import asks as reading
from store.queries import chains as along
from store.refusals import (
    AlreadyDone,
    CannotLink,
    LedgerUnavailable,
    NothingSaid,
    NothingSooner,
    NotNow,
    NotYours,
    Refusal,
    WouldCircle,
)
from store.rules.lifecycle import Outcome
from store.snapshots import Ask
from store.tables import links, outbox
from tests.store.world import ANN, LIN, OMAR, PIA, TEAM, WEI, ZOE, World, profile


def blocked(world: World, *wishes: Wish, by: str = LIN, number: int = 0, **of: object) -> Ask:
    """Ann's gasket, owned by Lin, waits for Finance, unless the test says otherwise."""
    number = number or world.file(**of).number  # type: ignore[arg-type]
    wishes = wishes or (wish(world),)
    return world.act(by, chains.block, number, wishes)


def wish(world: World, department: str = "finance", **wanted: object) -> Wish:
    return Wish(world.department(department).id, "Pay the invoice", **wanted)  # type: ignore[arg-type]


def the(world: World, number: int) -> Ask:
    return world.look(along.of, world.look(reading.by_number, number))


def waits_for(world: World, number: int) -> list[int]:
    chain = the(world, number).chain
    return [link.ask.number for link in chain.waits_for] if chain else []


def told(world: World, message: str) -> list[str]:
    with world.ledger.reading() as connection:
        rows = connection.execute(outbox.select().where(outbox.c.message == message).order_by(outbox.c.id))
        return [row.person_id for row in rows]


def test_children_are_filed_together_and_asked_by_the_owner(world: World) -> None:
    parent = blocked(world, wish(world), wish(world, "ward"))
    assert waits_for(world, parent.number) == [2, 3]
    children = [the(world, number) for number in (2, 3)]
    assert {child.asker.id for child in children} == {LIN}
    assert {child.chain and child.chain.part_of and child.chain.part_of.number for child in children} == {1}


def test_all_or_none(world: World) -> None:
    with pytest.raises(NothingSaid):
        blocked(world, wish(world), Wish(world.department("ward").id, " "))
    with pytest.raises(NothingSaid):
        world.act(LIN, chains.block, 1)
    assert waits_for(world, 1) == []
    assert blocked(world, number=1).number == 1
    assert the(world, 2).department_name == "Finance"  # no number was lost


def test_only_the_owner_may_and_once_only(world: World) -> None:
    number = world.file().number
    for person in (ANN, OMAR, ZOE):
        with pytest.raises(NotYours):
            world.act(person, chains.block, number, [wish(world)])
    world.once("form", LIN, chains.block, number, [wish(world)])
    with pytest.raises(AlreadyDone):
        world.once("form", LIN, chains.block, number, [wish(world)])
    assert waits_for(world, number) == [2]


def test_what_a_private_ask_waits_for_is_private(world: World) -> None:
    blocked(world, is_private=True)
    assert the(world, 2).is_private


def test_an_ask_that_is_there_already_is_linked_and_unlinked(world: World) -> None:
    parent, other = world.file().number, world.file(department="finance").number
    world.act(LIN, chains.block, parent, (), [other])
    assert waits_for(world, parent) == [other]
    with pytest.raises(NotYours):
        world.act(WEI, chains.unlink, parent, other)
    world.act(LIN, chains.unlink, parent, other)
    assert waits_for(world, parent) == []
    with pytest.raises(CannotLink):
        world.act(LIN, chains.unlink, parent, other)


def test_what_cannot_be_linked_is_refused(world: World) -> None:
    first, second = world.file().number, world.file().number
    child = world.file(department="finance").number
    secret = world.file(department="finance", is_private=True).number
    world.act(LIN, chains.block, first, (), [child])
    refused = {"already": (first, child), "elsewhere": (second, child), "hidden": (first, secret)}
    world.act(ANN, ending.withdraw, world.file().number)
    refused["closed"] = (first, secret + 1)
    for why, (parent, number) in refused.items():
        with pytest.raises(CannotLink) as refusal:
            world.act(LIN, chains.block, parent, (), [number])
        assert refusal.value.why == why
    world.act(ANN, ending.withdraw, first)
    world.act(LIN, chains.block, second, (), [child])  # what it was part of is closed


def test_no_circle_at_any_depth(world: World) -> None:
    numbers = [world.file().number for _ in range(30)]
    for parent, child in itertools.pairwise(numbers):
        world.act(LIN, chains.block, parent, (), [child])
    assert waits_for(world, 1) == numbers[1:]
    with pytest.raises(WouldCircle) as refusal:
        world.act(LIN, chains.block, 30, (), [28])
    assert refusal.value.path == (28, 29, 30, 28)
    with pytest.raises(WouldCircle):
        world.act(LIN, chains.block, 30, (), [1])
    with pytest.raises(WouldCircle):
        world.act(LIN, chains.block, 30, (), [30])
    with world.ledger.reading() as connection:
        assert audit.findings(connection) == []


def test_links_made_at_once_close_no_circle(world: World) -> None:
    """Two halves of a circle, none of whose links shares an ask with the other: each alone would be fine."""
    others = [Ledger(world.url), Ledger(world.url)]
    for _ in range(8):
        one, two, three, four = (world.file().number for _ in range(4))
        world.act(LIN, chains.block, two, (), [three])
        world.act(LIN, chains.block, four, (), [one])
        outcomes: list[Exception] = []
        start = threading.Barrier(2)

        def link(ledger: Ledger, parent: int, child: int, start: threading.Barrier, outcomes: list[Exception]) -> None:
            start.wait()
            while True:
                try:
                    ledger.act(chains.block, TEAM, LIN, world.now, None, parent, (), [child])
                except Refusal as refusal:
                    outcomes.append(refusal)
                except LedgerUnavailable:  # a busy machine: nothing was written, and they try again
                    continue
                return

        pairs = ((others[0], one, two), (others[1], three, four))
        threads = [threading.Thread(target=link, args=(*pair, start, outcomes)) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [type(one) for one in outcomes] == [WouldCircle]
    for ledger in others:
        ledger.close()


def test_a_circle_made_by_hand_is_found_and_hangs_nothing(world: World) -> None:
    one, two, three = (world.file() for _ in range(3))
    world.act(LIN, chains.block, one.number, (), [two.number])
    world.act(LIN, chains.block, two.number, (), [three.number])
    with world.ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        row = {"workspace_id": TEAM, "child_id": one.id, "parent_id": three.id, "linked_by": LIN}
        connection.execute(links.insert().values(**row, linked_at=world.now))
    with world.ledger.reading() as connection:
        assert audit.findings(connection) == [Finding("circle", TEAM, number) for number in (1, 2, 3)]
    assert waits_for(world, 1) == [2, 3]
    world.act(LIN, acknowledging.acknowledge, 2)
    with world.ledger.engine.connect().execution_options(baton_write=True) as connection, connection.begin():
        connection.execute(text("DELETE FROM links"))


def test_the_cards_above_are_drawn_anew_when_a_child_moves(world: World) -> None:
    blocked(world)
    blocked(world, number=2, by=WEI)
    world.act(None, _everything_was_said)
    world.act(WEI, acknowledging.acknowledge, 3)
    with world.ledger.reading() as connection:
        edits = connection.execute(outbox.select().where(outbox.c.kind == "refresh", outbox.c.state == "waiting"))
        assert {row.ask_id for row in edits} == {the(world, number).id for number in (1, 2, 3)}


def _everything_was_said(act: object) -> None:
    act.connection.execute(outbox.update().values(state="sent"))  # type: ignore[attr-defined]


def test_the_owner_hears_once_per_change_that_the_chain_ends_too_late(world: World) -> None:
    parent = world.file()  # due in two working days, as Finance promises, too
    blocked(world, number=parent.number)
    assert told(world, "chain_late") == []
    change = world.act(WEI, acknowledging.acknowledge_with_changes, 2, None, parent.due + timedelta(days=2)).change
    assert told(world, "chain_late") == []  # nothing is agreed yet
    world.act(LIN, acknowledging.agree, 2, change and change.id)
    assert told(world, "chain_late") == [LIN]
    world.act(WEI, acknowledging.offer_change, 2, None, parent.due + timedelta(days=1), None)
    assert told(world, "chain_late") == [LIN]  # still late, but better
    change = world.act(WEI, acknowledging.offer_change, 2, None, parent.due + timedelta(days=3), "Ill").change
    world.act(LIN, acknowledging.agree, 2, change and change.id)
    assert told(world, "chain_late") == [LIN]  # it was worse a minute later: their message is edited
    world.forward(hours=1, seconds=1)
    change = world.act(WEI, acknowledging.offer_change, 2, None, parent.due + timedelta(days=5), "Ill").change
    world.act(LIN, acknowledging.agree, 2, change and change.id)
    assert told(world, "chain_late") == [LIN, LIN]
    world.act(WEI, acknowledging.offer_change, 2, None, parent.due, None)
    change = world.act(WEI, acknowledging.offer_change, 2, None, parent.due + timedelta(days=1), None).change
    world.act(LIN, acknowledging.agree, 2, change and change.id)
    assert told(world, "chain_late") == [LIN, LIN, LIN]  # it was in time between


def test_a_late_child_is_told_at_filing_all_the_way_up(world: World) -> None:
    parent = world.file()
    blocked(world, number=parent.number)
    blocked(world, wish(world, due=parent.due + timedelta(days=3)), number=2, by=WEI)
    assert sorted(told(world, "chain_late")) == [LIN, WEI]


def test_whoever_owns_several_asks_of_a_late_chain_is_told_once(world: World) -> None:
    parent = world.file()
    blocked(world, number=parent.number)
    blocked(world, wish(world, "equipment"), number=2, by=WEI)
    blocked(world, wish(world, due=parent.due + timedelta(days=3)), number=3)
    assert [ask.owner.id for ask in (the(world, 1), the(world, 2), the(world, 3))] == [LIN, WEI, LIN]
    assert told(world, "chain_late").count(LIN) == 1
    assert told(world, "chain_late").count(WEI) == 1
    with world.ledger.reading() as connection:
        of = connection.execute(outbox.select().where(outbox.c.message == "chain_late", outbox.c.person_id == LIN))
        assert [row.ask_id for row in of] == [parent.id], "of the one nearest to the asker"


def test_a_new_owner_is_told_of_an_alarm_that_was_raised_before(world: World) -> None:
    parent = world.file()
    blocked(world, wish(world, due=parent.due + timedelta(days=3)), number=parent.number)
    world.forward(minutes=5)
    world.act(LIN, handoffs.offer, parent.number, OMAR, "All of it is in the folder")
    taken = world.act(OMAR, handoffs.take, parent.number, the(world, parent.number).baton.id)
    assert taken.owner.id == OMAR
    assert told(world, "chain_late") == [LIN, OMAR]


def test_a_baton_to_another_department_is_reckoned_with(world: World) -> None:
    parent = world.file(due=world.now + timedelta(days=1, hours=2), rush_reason="A patient waits")
    world.act(LIN, chains.block, parent.number, [wish(world, due=parent.due, rush_reason="So do we")])
    assert told(world, "chain_late") == []
    world.act(WEI, chains.block, 2, [wish(world, "ward", due=parent.due, rush_reason="So do we")])
    assert sorted(told(world, "chain_late")) == [LIN, WEI] or told(world, "chain_late") == [LIN]


def test_who_waited_hears_what_a_closed_child_unblocks(world: World) -> None:
    parent, child = world.file().number, world.file(department="finance").number
    world.act(LIN, chains.block, parent, [wish(world)], [child])
    world.act(WEI, acknowledging.acknowledge, child)
    world.act(WEI, delivering.deliver, child, "Paid")
    world.act(ANN, delivering.accept, child)
    assert told(world, "unblocked") == [LIN]
    world.act(WEI, acknowledging.acknowledge, 3)
    world.act(WEI, delivering.deliver, 3, "Paid")
    world.act(LIN, delivering.accept, 3)  # their own verdict: nobody needs to tell them
    assert told(world, "unblocked") == [LIN]
    assert waits_for(world, parent) == []


def test_a_child_that_is_put_down_is_told_once(world: World) -> None:
    blocked(world)
    world.act(WEI, ending.put_down, 2, "No budget")
    assert told(world, "put_down") == [LIN]
    assert told(world, "unblocked") == []


@pytest.mark.parametrize("end", ["put_down", "withdraw", "deliver"])
def test_at_the_end_each_child_goes_with_it_or_on_its_own(world: World, end: str) -> None:
    blocked(world, wish(world), wish(world))
    if end == "put_down":
        world.act(LIN, ending.put_down, 1, "Scrapped", [2])
    elif end == "withdraw":
        world.act(ANN, ending.withdraw, 1, None, [2])
    else:
        world.act(LIN, acknowledging.acknowledge, 1)
        world.act(LIN, delivering.deliver, 1, "Done", None, [2])
    assert the(world, 2).outcome is Outcome.WITHDRAWN
    assert the(world, 3).is_open
    assert told(world, "withdrawn").count(WEI) == 1


def test_only_what_the_owner_asked_for_is_withdrawn_with_it(world: World) -> None:
    parent, anns = world.file().number, world.file(department="finance").number
    world.act(LIN, chains.block, parent, (), [anns])
    stranger = world.file(department="finance").number
    for child in (anns, stranger):
        with pytest.raises(NotYours):
            world.act(LIN, ending.put_down, parent, "Scrapped", [child])
    assert the(world, parent).is_open


def test_who_takes_the_parent_asks_for_its_children(world: World) -> None:
    blocked(world, wish(world), wish(world, "equipment", person_id=OMAR))
    world.act(WEI, acknowledging.acknowledge, 2)
    world.act(WEI, delivering.deliver, 2, "Paid")
    baton = world.act(LIN, handoffs.offer, 1, OMAR, "Go on").baton
    world.act(OMAR, handoffs.take, 1, baton and baton.id)
    assert the(world, 2).asker.id == OMAR
    assert told(world, "delivered") == [LIN, OMAR]  # the question is put anew to who can answer it
    assert the(world, 3).asker.id == LIN  # Omar owns that one: he does not judge himself
    world.act(OMAR, delivering.accept, 2)


def test_who_inherits_the_parent_asks_for_its_children(world: World) -> None:
    world.file(person_id=PIA)
    blocked(world, number=1, by=PIA)
    world.act(None, leaving.changed, profile(PIA, is_deleted=True))
    assert the(world, 1).owner.id == LIN
    assert the(world, 2).asker.id == LIN


def test_the_asker_asks_for_it_as_a_rush_and_only_the_owner_promises(world: World) -> None:
    blocked(world)
    child = the(world, 2)
    sooner = child.due - timedelta(hours=20)
    with pytest.raises(NothingSooner):
        world.act(LIN, hurrying.ask_for_sooner, 2, child.due, "The holiday starts")
    with pytest.raises(NotYours):
        world.act(OMAR, hurrying.ask_for_sooner, 2, sooner, "The holiday starts")
    asked = world.act(LIN, hurrying.ask_for_sooner, 2, sooner, "The holiday starts")
    assert (asked.due, asked.rush_reason) == (child.due, None)
    assert told(world, "sooner_wanted") == [WEI]
    with pytest.raises(NotYours):
        world.act(LIN, hurrying.promise_sooner, 2, sooner, 1)
    promised = world.act(WEI, hurrying.promise_sooner, 2, sooner, 1)
    assert (promised.due, promised.rush_reason) == (sooner, "The holiday starts")
    with pytest.raises(NotNow):
        world.act(WEI, hurrying.promise_sooner, 2, sooner - timedelta(hours=1), 1)
