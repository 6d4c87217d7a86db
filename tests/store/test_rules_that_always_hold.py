"""Random moves by random people at random times: what must hold of the ledger holds after each of them."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from store import (
    absences,
    acknowledging,
    advice,
    delivering,
    due,
    ending,
    feeding,
    handoffs,
    leaving,
    objecting,
    owning,
    presence,
    questions,
)
from store import (
    people as people_known,
)
from store.queries import asks as reading
from store.refusals import NobodyToOwn, Refusal
from store.rules.lifecycle import MOVES, Move, Stage
from store.snapshots import Ask
from store.tables import asks, batons, changes, custody, events, nudge_plans, nudges, people
from store.tables import questions as question_rows
from tests.store.world import ANN, LIN, OMAR, PIA, WEI, ZOE, World, profile

PEOPLE = st.sampled_from([ANN, LIN, OMAR, PIA, WEI, ZOE])
WORDS = st.sampled_from(["", "Because", "猴子", "<!channel> & co", "x" * 3001])
HOURS = st.floats(min_value=-3, max_value=200)


class LifeOfAHospital(RuleBasedStateMachine):
    """Each rule is something a person, Slack or time can do."""

    new_world: Callable[[], World]

    def __init__(self) -> None:
        super().__init__()
        self.world = type(self).new_world()
        self.moves_done = 0
        self.closed: dict[int, str] = {}

    def teardown(self) -> None:
        self.world.close()

    def attempt(self, person: str | None, verb: Any, *args: Any) -> None:
        with suppress(Refusal):
            done = self.world.act(person, verb, *args)
            if isinstance(done, Ask):
                self.moves_done += 1

    @rule(person=PEOPLE, hours=st.none() | HOURS, rush=WORDS, named=st.none() | PEOPLE)
    def file(self, person: str, hours: float | None, rush: str, named: str | None) -> None:
        wanted = None if hours is None else self.world.now + timedelta(hours=hours)
        with suppress(Refusal):
            ask = self.world.file(person, due=wanted, rush_reason=rush or None, person_id=named)
            self.moves_done += 1
            everybody = {ask.lead_id, *self.world.department().member_ids}
            away = self.world.look(presence.away, everybody | {ask.owner.id})
            known = self.world.look(people_known.several, everybody)
            there = {one for one in everybody - away.keys() if not known[one].gone}
            assert ask.owner.id not in away or not there, "a new ask landed on somebody who is away"

    @rule(person=PEOPLE, number=st.integers(1, 6))
    def acknowledge(self, person: str, number: int) -> None:
        self.attempt(person, acknowledging.acknowledge, number)

    @rule(person=PEOPLE, number=st.integers(1, 6), words=WORDS, hours=HOURS)
    def acknowledge_with_changes(self, person: str, number: int, words: str, hours: float) -> None:
        wanted = self.world.now + timedelta(hours=hours)
        self.attempt(person, acknowledging.acknowledge_with_changes, number, words, wanted)

    @rule(person=PEOPLE, number=st.integers(1, 6), words=WORDS, hours=HOURS)
    def offer_change(self, person: str, number: int, words: str, hours: float) -> None:
        wanted = self.world.now + timedelta(hours=hours)
        self.attempt(person, acknowledging.offer_change, number, None, wanted, words)

    @rule(person=PEOPLE, number=st.integers(1, 6), change=st.integers(1, 4), yes=st.booleans())
    def answer_change(self, person: str, number: int, change: int, yes: bool) -> None:
        if yes:
            self.attempt(person, acknowledging.agree, number, change)
        else:
            self.attempt(person, acknowledging.disagree, number, change, "No")

    @rule(person=PEOPLE, number=st.integers(1, 6), words=WORDS)
    def deliver(self, person: str, number: int, words: str) -> None:
        self.attempt(person, delivering.deliver, number, words)

    @rule(person=PEOPLE, number=st.integers(1, 6), yes=st.booleans(), words=WORDS)
    def judge(self, person: str, number: int, yes: bool, words: str) -> None:
        if yes:
            self.attempt(person, delivering.accept, number)
        else:
            self.attempt(person, delivering.not_quite, number, words)

    @rule(
        person=PEOPLE,
        number=st.integers(1, 6),
        verb=st.sampled_from([ending.put_down, ending.withdraw, ending.reopen, feeding.note]),
        words=WORDS,
    )
    def end_or_feed(self, person: str, number: int, verb: Any, words: str) -> None:
        self.attempt(person, verb, number, words)

    @rule(person=PEOPLE, number=st.integers(1, 6), hours=HOURS)
    def snooze(self, person: str, number: int, hours: float) -> None:
        self.attempt(person, feeding.snooze, number, self.world.now + timedelta(hours=hours))

    @rule(person=PEOPLE, number=st.integers(1, 6), receiver=PEOPLE, to=st.sampled_from(["", "finance", "ward"]))
    def offer(self, person: str, number: int, receiver: str, to: str) -> None:
        department_id = self.world.department(to).id if to else None
        self.attempt(person, handoffs.offer, number, receiver, "Half done", department_id)

    @rule(
        person=PEOPLE,
        number=st.integers(1, 6),
        baton=st.integers(1, 5),
        verb=st.sampled_from([handoffs.take, handoffs.recall]),
    )
    def take_or_recall(self, person: str, number: int, baton: int, verb: Any) -> None:
        self.attempt(person, verb, number, baton)

    @rule(person=PEOPLE, number=st.integers(1, 6), baton=st.integers(1, 5), reason=st.sampled_from(handoffs.Reason))
    def refuse(self, person: str, number: int, baton: int, reason: handoffs.Reason) -> None:
        self.attempt(person, handoffs.refuse, number, baton, reason, "No")

    @rule(person=PEOPLE, number=st.integers(1, 6), words=WORDS, proposal=st.none() | WORDS)
    def ask_the_asker(self, person: str, number: int, words: str, proposal: str | None) -> None:
        self.attempt(person, questions.ask_asker, number, words, proposal)

    @rule(person=PEOPLE, number=st.integers(1, 6), question=st.integers(1, 6), words=st.none() | WORDS)
    def answer_the_owner(self, person: str, number: int, question: int, words: str | None) -> None:
        self.attempt(person, questions.answer, number, question, words)
        self.attempt(person, advice.advise, number, question, words)

    @rule(person=PEOPLE, number=st.integers(1, 6), question=st.integers(1, 6))
    def take_the_question_back(self, person: str, number: int, question: int) -> None:
        self.attempt(person, questions.take_back, number, question)

    @rule(person=PEOPLE, number=st.integers(1, 6), adviser=PEOPLE)
    def seek_advice(self, person: str, number: int, adviser: str) -> None:
        self.attempt(person, advice.seek, number, adviser, "Order it")

    @rule(person=PEOPLE, number=st.integers(1, 6))
    def take_over(self, person: str, number: int) -> None:
        self.attempt(person, handoffs.take_over, number)

    @rule(person=PEOPLE, number=st.integers(1, 6), objection=st.integers(1, 4), granted=st.booleans())
    def object_and_decide(self, person: str, number: int, objection: int, granted: bool) -> None:
        self.attempt(person, objecting.object_to, number, "I need it")
        with suppress(LookupError):
            if granted:
                self.attempt(person, objecting.overrule, number, objection, True)
            else:
                self.attempt(person, objecting.uphold, number, objection, "No")

    @rule(person=PEOPLE, gone=st.booleans())
    def leave_or_return(self, person: str, gone: bool) -> None:
        with self.counting(Move.REASSIGN):
            self.world.act(None, leaving.changed, profile(person, is_deleted=gone))

    @rule(person=PEOPLE, hours=st.none() | HOURS, deputy=st.none() | PEOPLE)
    def go_away(self, person: str, hours: float | None, deputy: str | None) -> None:
        until = None if hours is None else self.world.now + timedelta(hours=hours)
        with suppress(Refusal), self.counting(Move.OFFER, Move.RECALL):
            self.world.act(person, absences.leave, until, deputy)

    @rule(person=PEOPLE)
    def come_back(self, person: str) -> None:
        with suppress(Refusal), self.counting(Move.OFFER, Move.RECALL):
            self.world.act(person, absences.come_back)

    @rule(hours=st.floats(min_value=0.1, max_value=80))
    def time_passes(self, hours: float) -> None:
        self.world.forward(hours=hours)
        owners = self._owners()
        with self.counting(Move.LAPSE, Move.EXPIRE, Move.OFFER, Move.RECALL):
            while sum(self.world.act(None, tick) for tick in (due.nudge, handoffs.expire_due, absences.turn)):
                pass
        assert self._owners().items() <= owners.items(), "time alone changed an owner"

    @contextmanager
    def counting(self, *by_baton: Move) -> Iterator[None]:
        """Count the moves that Baton makes by itself meanwhile."""
        made = select(func.count()).where(events.c.what.in_(by_baton))
        before = self._count(made)
        yield
        self.moves_done += self._count(made) - before

    @invariant()
    def each_open_ask_has_one_owner_and_no_closed_one_has_any(self) -> None:
        held = select(custody.c.ask_id, func.count().label("owners")).where(custody.c.until.is_(None))
        with self.world.ledger.reading() as connection:
            owners = {row.ask_id: row.owners for row in connection.execute(held.group_by(custody.c.ask_id))}
            for ask_id, stage in connection.execute(select(asks.c.id, asks.c.stage)):
                assert owners.get(ask_id, 0) == (0 if stage == Stage.CLOSED else 1)

    @invariant()
    def custody_has_no_gap_and_no_overlap(self) -> None:
        with self.world.ledger.reading() as connection:
            rows = connection.execute(select(custody).order_by(custody.c.ask_id, custody.c.id)).all()
        for before, after in itertools.pairwise(rows):
            if before.ask_id == after.ask_id:
                assert before.until is not None
                assert before.until == after.since or after.because == "reopen"

    @invariant()
    def nobody_who_left_owns_anything_while_somebody_is_there(self) -> None:
        gone = select(people.c.id).where(people.c.deleted_at.is_not(None))
        with self.world.ledger.reading() as connection:
            held = connection.execute(
                select(custody.c.owner_id, asks.c.department_id)
                .join(asks, asks.c.id == custody.c.ask_id)
                .where(custody.c.until.is_(None), custody.c.owner_id.in_(gone))
            ).all()
        for owner_id, department_id in held:
            with suppress(NobodyToOwn):
                assert self.world.look(owning.who_owns, department_id) == owner_id

    @invariant()
    def one_pending_baton_at_most_and_never_to_the_owner(self) -> None:
        with self.world.ledger.reading() as connection:
            pending = connection.execute(select(batons).where(batons.c.answer.is_(None))).all()
        assert len({row.ask_id for row in pending}) == len(pending)
        owners = self._owners()
        assert all(owners[row.ask_id] == row.giver_id != row.receiver_id for row in pending)

    @invariant()
    def one_event_for_each_move(self) -> None:
        moved = select(func.count()).where(events.c.ask_id.is_not(None))
        assert self._count(moved) == self.moves_done

    @invariant()
    def numbers_have_no_holes(self) -> None:
        with self.world.ledger.reading() as connection:
            numbers = [row.number for row in connection.execute(select(asks.c.number).order_by(asks.c.number))]
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def nothing_leaves_closed_but_by_reopening(self) -> None:
        with self.world.ledger.reading() as connection:
            ids = [row.id for row in connection.execute(select(asks.c.id))]
        for ask_id in ids:
            stage = Stage.OPEN
            for event in self.world.look(reading.history, ask_id)[1:]:
                assert (stage, Move(event.what)) in MOVES
                stage = MOVES[stage, Move(event.what)]
            assert self.world.look(reading.by_id, ask_id).stage == stage

    @invariant()
    def only_open_asks_are_planned_and_pending(self) -> None:
        closed = select(asks.c.id).where(asks.c.stage == Stage.CLOSED)
        assert self._count(select(func.count()).where(nudge_plans.c.ask_id.in_(closed))) == 0
        pending = select(func.count()).where(changes.c.ask_id.in_(closed), changes.c.answer.is_(None))
        assert self._count(pending) == 0

    @invariant()
    def nothing_is_asked_where_nobody_can_answer(self) -> None:
        over = select(asks.c.id).where(asks.c.stage.in_((Stage.DELIVERED, Stage.CLOSED)))
        asked = select(func.count()).where(question_rows.c.ask_id.in_(over), question_rows.c.ended.is_(None))
        assert self._count(asked) == 0
        to_asker = (question_rows.c.asked_as == "asker") & question_rows.c.ended.is_(None)
        with self.world.ledger.reading() as connection:
            pending = connection.execute(select(question_rows.c.ask_id).where(to_asker)).scalars().all()
        assert len(set(pending)) == len(pending)
        owners = self._owners()
        with self.world.ledger.reading() as connection:
            rows = connection.execute(select(question_rows).where(question_rows.c.ended.is_(None))).all()
        assert all(owners[row.ask_id] != row.asked_of or row.asked_as == "asker" for row in rows)

    @invariant()
    def each_rung_once_for_each_promise(self) -> None:
        with self.world.ledger.reading() as connection:
            rows = connection.execute(select(nudges.c.ask_id, nudges.c.promise_number, nudges.c.rung)).all()
        assert len({tuple(row) for row in rows}) == len(rows)

    def _owners(self) -> dict[int, str]:
        with self.world.ledger.reading() as connection:
            rows = connection.execute(select(custody.c.ask_id, custody.c.owner_id).where(custody.c.until.is_(None)))
            return {row.ask_id: row.owner_id for row in rows}

    def _count(self, statement: Any) -> int:
        with self.world.ledger.reading() as connection:
            return int(connection.execute(statement).scalar_one())


@pytest.mark.timeout(900)  # a failing life is shortened for the reader, which takes its time
def test_what_must_hold_holds_whatever_people_do(ledger_url: str, fresh_ledgers: Iterator[str]) -> None:
    LifeOfAHospital.new_world = staticmethod(lambda: World(next(fresh_ledgers)))  # type: ignore[assignment]
    quick = settings(
        max_examples=12 if ledger_url.startswith("sqlite") else 6,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(LifeOfAHospital, settings=quick)
