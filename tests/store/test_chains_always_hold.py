"""Random links by random people: never a circle, never two parents, one owner each, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from store import acknowledging, audit, chains, delivering, ending, handoffs, hurrying, leaving
from store.asks import Wish
from store.queries import asks as reading
from store.queries import chains as along
from store.refusals import Refusal
from store.rules.lifecycle import MOVES, Move, Stage
from store.tables import asks, events, links
from tests.store.world import LIN, OMAR, PIA, WEI, World, profile

PEOPLE = st.sampled_from([LIN, OMAR, PIA, WEI])
NUMBERS = st.integers(1, 9)


class LifeOfChains(RuleBasedStateMachine):
    """Everybody asks, links, unlinks, hands over and ends what they can; the rest is refused."""

    new_world: Callable[[], World]

    def __init__(self) -> None:
        super().__init__()
        self.world = type(self).new_world()

    def teardown(self) -> None:
        self.world.close()

    @initialize()
    def some_asks(self) -> None:
        for person in (LIN, OMAR, PIA, LIN, LIN):
            self.world.file(person_id=person)

    def attempt(self, person: str | None, verb: Any, *args: Any) -> None:
        with suppress(Refusal):
            self.world.act(person, verb, *args)

    def owner(self, number: int, otherwise: str) -> str:
        """Most who link own what they link: else next to all is refused."""
        with suppress(Refusal):
            return self.world.look(reading.by_number, number).owner.id
        return otherwise

    @rule(person=PEOPLE, number=NUMBERS, days=st.integers(-1, 9), to=st.sampled_from(["finance", "equipment"]))
    def block(self, person: str, number: int, days: int, to: str) -> None:
        due = self.world.now + timedelta(days=days)
        wish = Wish(self.world.department(to).id, "Pay", due=due, rush_reason="Now")
        self.attempt(self.owner(number, person), chains.block, number, [wish])

    @rule(person=PEOPLE, number=NUMBERS, others=st.lists(NUMBERS, min_size=1, max_size=2), as_owner=st.booleans())
    def link(self, person: str, number: int, others: list[int], as_owner: bool) -> None:
        self.attempt(self.owner(number, person) if as_owner else person, chains.block, number, (), others)

    @rule(person=PEOPLE, number=NUMBERS, other=NUMBERS)
    def link_more(self, person: str, number: int, other: int) -> None:
        self.attempt(self.owner(number, person), chains.block, number, (), [other])

    @rule(person=PEOPLE, number=NUMBERS, other=NUMBERS)
    def unlink(self, person: str, number: int, other: int) -> None:
        self.attempt(self.owner(number, person), chains.unlink, number, other)

    @rule(number=NUMBERS, receiver=PEOPLE)
    def hand_over(self, number: int, receiver: str) -> None:
        self.attempt(self.owner(number, LIN), handoffs.offer, number, receiver, "Half done")
        with suppress(Refusal):
            ask = self.world.look(reading.by_number, number)
            if ask.baton is not None:
                self.attempt(receiver, handoffs.take, number, ask.baton.id)

    @rule(number=NUMBERS, days=st.integers(1, 9))
    def promise(self, number: int, days: int) -> None:
        due = self.world.now + timedelta(days=days)
        self.attempt(self.owner(number, LIN), acknowledging.acknowledge_with_changes, number, None, due)

    @rule(person=PEOPLE, number=NUMBERS, hours=st.integers(1, 40))
    def hurry(self, person: str, number: int, hours: int) -> None:
        due = self.world.now + timedelta(hours=hours)
        self.attempt(person, hurrying.ask_for_sooner, number, due, "Now")
        self.attempt(self.owner(number, LIN), hurrying.promise_sooner, number, due, 1)

    @rule(number=NUMBERS, others=st.lists(NUMBERS, max_size=2), end=st.sampled_from(["put_down", "deliver", "reopen"]))
    def end(self, number: int, others: list[int], end: str) -> None:
        with suppress(Refusal):
            ask = self.world.look(reading.by_number, number)
            if end == "put_down":
                self.attempt(ask.owner.id, ending.put_down, number, "Scrapped", others)
            elif end == "deliver":
                self.attempt(ask.owner.id, delivering.deliver, number, "Done", None, others)
                self.attempt(ask.asker.id, delivering.accept, number)
            else:
                self.attempt(ask.asker.id, ending.reopen, number, "More")

    @rule(person=st.sampled_from([OMAR, PIA]), gone=st.booleans())
    def leave_or_return(self, person: str, gone: bool) -> None:
        self.world.act(None, leaving.changed, profile(person, is_deleted=gone))

    @invariant()
    def no_circle_and_one_parent(self) -> None:
        with self.world.ledger.reading() as connection:
            rows = connection.execute(select(links.c.child_id, links.c.parent_id)).all()
            found = audit.findings(connection)
        parents = dict(tuple(row) for row in rows)
        assert len(parents) == len(rows)
        for start in parents:
            seen, at = {start}, start
            while at := parents.get(at, 0):
                assert at not in seen, "a circle"
                seen.add(at)
        assert [one for one in found if one.what != "owner_left"] == []

    @invariant()
    def the_chain_read_from_above_is_the_one_that_is_kept(self) -> None:
        with self.world.ledger.reading() as connection:
            rows = connection.execute(select(links.c.child_id, links.c.parent_id)).all()
            ids = [row.id for row in connection.execute(select(asks.c.id))]
        parents = dict(tuple(row) for row in rows)
        for ask in self.world.look(along.along, [self.world.look(reading.by_id, one) for one in ids]):
            below = {link.ask.id for link in ask.chain.links} if ask.chain else set()
            assert below == {one for one in parents if ask.id in self.world.look(along.ancestors, one)}

    @invariant()
    def nobody_judges_their_own_work_because_of_a_baton(self) -> None:
        with self.world.ledger.reading() as connection:
            followed = connection.execute(select(events.c.ask_id).where(events.c.what == Move.FOLLOW)).scalars().all()
        for ask_id in followed:
            newest = self.world.look(reading.history, ask_id)[-1]
            ask = self.world.look(reading.by_id, ask_id)
            assert newest.what != Move.FOLLOW or ask.asker.id != ask.owner.id

    @invariant()
    def history_is_what_the_table_of_moves_allows(self) -> None:
        with self.world.ledger.reading() as connection:
            ids = connection.execute(select(asks.c.id)).scalars().all()
        for ask_id in ids:
            stage = Stage.OPEN
            for event in self.world.look(reading.history, ask_id, limit=500)[1:]:
                stage = MOVES[stage, Move(event.what)]
            assert self.world.look(reading.by_id, ask_id).stage == stage


@pytest.mark.timeout(600)
def test_chains_hold_whatever_people_do(ledger_url: str, fresh_ledgers: Iterator[str]) -> None:
    LifeOfChains.new_world = staticmethod(lambda: World(next(fresh_ledgers)))  # type: ignore[assignment]
    quick = settings(
        max_examples=4 if ledger_url.startswith("sqlite") else 2,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(LifeOfChains, settings=quick)
