"""The gray-zone desk: one per workspace, always one owner, left by taking only; its list once a month."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from store import (
    absences,
    acknowledging,
    delivering,
    departments,
    desk_lists,
    ending,
    gray_zone,
    handoffs,
    matching,
    placing,
    setting_up,
)
from store.handoffs import Reason
from store.plans import as_plan
from store.queries import asks as reading
from store.queries import landed
from store.refusals import NotAtDesk, NotCoordinator, NotNow, NotRouted, NotYours, OnlyPlaced, Refusal
from store.rules.lifecycle import Move
from store.snapshots import Ask
from store.tables import asks, custody, events, landings, matches, outbox
from tests.store.world import ANN, LIN, OMAR, PIA, TEAM, WEI, ZOE, World, plan

PEOPLE = (ANN, LIN, OMAR, PIA, WEI, ZOE)
REASONS = (*Reason, *[Reason.WRONG_DEPARTMENT] * 6)  # mostly "not ours", so that asks become nobody's


def with_desk(world: World) -> World:
    """Pia works the desk, Zoe leads it."""
    world.act(ZOE, setting_up.set_up, replace(plan("desk", "Gray zone", "CDESK", ZOE, (PIA,)), is_gray_zone=True))
    world.act(ZOE, setting_up.set_up, plan("other", "Other", "COTHER", OMAR, (LIN,)))
    return world


@pytest.fixture
def hospital(world: World) -> World:
    return with_desk(world)


def at_desk(world: World, **wish: object) -> Ask:
    return world.file(ANN, "we lack gaskets", department="desk", **wish)


def pending(world: World, number: int) -> int:
    baton = world.look(reading.by_number, number).baton
    assert baton is not None
    return baton.id


def placed(world: World, ask: Ask, *phrases: str, to: str = "finance") -> None:
    world.act(ask.owner.id, placing.place, ask.number, world.department(to).id, "Yours", None, phrases)


def told(world: World, message: str) -> list[str]:
    with world.ledger.reading() as connection:
        return list(connection.execute(select(outbox.c.person_id).where(outbox.c.message == message)).scalars())


def test_there_is_one_desk_and_it_can_be_another_department(hospital: World) -> None:
    assert hospital.look(departments.desk) == hospital.department("desk")
    hospital.act(None, gray_zone.make_desk, hospital.department("finance").id)
    assert [one.key for one in hospital.look(departments.all_of) if one.is_gray_zone] == ["finance"]
    hospital.act(ZOE, setting_up.set_up, replace(as_plan(hospital.department("desk")), is_gray_zone=True))
    assert [one.key for one in hospital.look(departments.all_of) if one.is_gray_zone] == ["desk"]
    hospital.act(None, gray_zone.make_desk, None)
    assert hospital.look(departments.desk) is None
    with pytest.raises(LookupError):
        hospital.act(None, gray_zone.make_desk, 999)


def test_what_lies_there_is_neither_acknowledged_nor_delivered(hospital: World) -> None:
    ask = at_desk(hospital)
    owner = ask.owner.id
    assert ask.at_gray_zone
    with pytest.raises(OnlyPlaced):
        hospital.act(owner, acknowledging.acknowledge, ask.number)
    with pytest.raises(NotNow):  # an open ask is not delivered anywhere
        hospital.act(owner, delivering.deliver, ask.number, "Done")
    with pytest.raises(OnlyPlaced):
        placed(hospital, ask, to="desk")
    with pytest.raises(NotAtDesk):
        placed(hospital, hospital.file())
    with pytest.raises(NotYours):
        hospital.act(OMAR, placing.place, ask.number, hospital.department("finance").id, "Mine?")
    ended = hospital.act(owner, ending.put_down, ask.number, "It came by mail")
    assert not ended.is_open


def test_it_leaves_when_it_is_taken_and_the_words_are_remembered_then(hospital: World) -> None:
    ask = at_desk(hospital)
    placed(hospital, ask, "gaskets, seal ring")
    assert hospital.look(matching.route, "a gasket").only is None
    hospital.act(WEI, handoffs.refuse, ask.number, pending(hospital, ask.number), Reason.NO_TIME)
    assert hospital.look(reading.by_number, ask.number).owner.id == ask.owner.id
    placed(hospital, ask, "gaskets")
    hospital.forward(hours=1)
    baton = pending(hospital, ask.number)
    hospital.act(WEI, handoffs.take, ask.number, baton)
    with pytest.raises(NotYours):
        hospital.act(WEI, handoffs.take, ask.number, baton)
    now = hospital.look(reading.by_number, ask.number)
    assert (now.owner.id, now.department_name, now.at_gray_zone) == (WEI, "Finance", False)
    assert now.due == now.asked_due == departments.earliest(hospital.department("finance"), None, hospital.now)
    match = hospital.look(matching.route, "a gasket").only
    assert match is not None
    assert match.department_id == now.department_id
    assert hospital.look(matching.route, "seal ring").only is None
    assert told(hospital, "placed") == [ANN]


def test_a_time_that_the_asker_named_stands(hospital: World) -> None:
    wanted = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # sooner than anybody promises: no rush at the desk
    ask = at_desk(hospital, due=wanted)
    assert ask.rush_reason is None
    placed(hospital, ask)
    hospital.act(WEI, handoffs.take, ask.number, pending(hospital, ask.number))
    now = hospital.look(reading.by_number, ask.number)
    assert (now.due, now.promise_number) == (wanted, 1)


def refused(world: World, number: int, *keys: str, reason: Reason = Reason.WRONG_DEPARTMENT) -> Ask:
    for key in keys:
        there = world.department(key)
        owner = world.look(reading.by_number, number).owner.id
        world.act(owner, handoffs.offer, number, there.lead_id, "Yours?", there.id)
        world.act(there.lead_id, handoffs.refuse, number, pending(world, number), reason, "No")
    return world.look(reading.by_number, number)


def test_refused_by_all_it_was_offered_to(hospital: World) -> None:
    number = hospital.file(OMAR).number
    assert refused(hospital, number, "finance").owner.id == LIN
    ask = refused(hospital, number, "ward")
    assert ask.at_gray_zone
    assert ask.owner.id == ZOE  # she leads the desk: nobody is on duty
    assert told(hospital, "desk_took") == [LIN]
    assert told(hospital, "at_desk") == [OMAR]
    last = hospital.look(reading.history, ask.id)[-1]
    assert (last.what, last.actor, last.particulars["because"]) == (Move.REASSIGN, None, "refused")
    with hospital.ledger.reading() as connection:
        held = connection.execute(select(custody).where(custody.c.ask_id == ask.id).order_by(custody.c.id)).all()
    assert [(row.owner_id, row.until is None) for row in held] == [(LIN, False), (ZOE, True)]


def test_not_when_somebody_refused_for_another_reason_or_is_still_silent(hospital: World) -> None:
    number = hospital.file(OMAR).number
    refused(hospital, number, "finance", reason=Reason.NO_TIME)
    assert not refused(hospital, number, "ward").at_gray_zone
    assert refused(hospital, number, "finance").at_gray_zone  # the newest answer counts


def test_without_a_desk_it_bounces_as_ever(hospital: World) -> None:
    hospital.act(None, gray_zone.make_desk, None)
    number = hospital.file(OMAR).number
    assert refused(hospital, number, "finance", "ward").owner.id == LIN
    assert len(told(hospital, "baton_bounced")) == 2


def test_a_match_counts_and_the_asker_can_say_not_theirs(hospital: World) -> None:
    finance = hospital.department("finance")
    hospital.act(PIA, matching.remember, finance.id, ["gasket", "gaskets"], PIA)
    match = hospital.look(matching.route, "gasket").only
    assert match is not None
    ask = hospital.file(ANN, "gasket", department="finance", match_id=match.id)
    assert hospital.look(gray_zone.routed_by, ask) == "gasket"
    found, total = hospital.look(matching.listed, 10)
    assert (total, found[0].used) == (1, 1)
    with pytest.raises(NotYours):
        hospital.act(WEI, gray_zone.not_theirs, ask.number)
    with pytest.raises(NotRouted):
        hospital.act(ANN, gray_zone.not_theirs, hospital.file(ANN).number)
    assert hospital.act(ANN, gray_zone.not_theirs, ask.number).at_gray_zone
    with pytest.raises(NotRouted):
        hospital.act(ANN, gray_zone.not_theirs, ask.number)
    with pytest.raises(NotCoordinator):
        hospital.act(OMAR, matching.forget, match.id)
    hospital.act(PIA, matching.forget, match.id)
    hospital.act(PIA, matching.forget, match.id)
    assert hospital.look(matching.route, "gasket").only is None
    late = hospital.file(ANN, "gasket", department="finance", match_id=match.id)  # forgotten meanwhile
    assert hospital.look(gray_zone.routed_by, late) is None


def test_the_list_comes_once_on_the_first_working_day(hospital: World) -> None:
    kept = at_desk(hospital)
    placed(hospital, kept)
    hospital.act(WEI, handoffs.take, kept.number, pending(hospital, kept.number))
    hospital.forward(hours=2)
    at_desk(hospital, is_private=True)
    hospital.now = datetime(2026, 12, 1, 0, 59, tzinfo=UTC)  # a minute before nine in Shanghai
    assert hospital.act(None, desk_lists.post_due) == 0
    hospital.forward(minutes=1)
    assert hospital.act(None, desk_lists.post_due) == 1
    assert hospital.act(None, desk_lists.post_due) == 0
    assert told(hospital, "desk_list") == [ZOE]
    desk = hospital.department("desk")
    month = hospital.look(landed.month, desk, date(2026, 11, 1))
    assert (month.total, month.waiting, month.placed) == (2, 1, (("Finance", 1),))
    assert month.words == (("gasket", 1), ("lack", 1))
    assert [row.placed_with for row in month.rows] == [None, "Finance"]
    assert hospital.look(landed.month, desk, date(2026, 12, 1)).total == 0


def test_what_landed_this_month_makes_no_list_of_the_last(hospital: World) -> None:
    """A desk in its first month: of the one before there is nothing to tell."""
    at_desk(hospital)
    assert hospital.act(None, desk_lists.post_due) == 0
    assert told(hospital, "desk_list") == []
    hospital.forward(days=8)
    assert hospital.act(None, desk_lists.post_due) == 1


def test_a_quiet_month_has_no_list(hospital: World) -> None:
    hospital.now = datetime(2026, 12, 1, 4, tzinfo=UTC)
    assert hospital.act(None, desk_lists.post_due) == 0
    assert told(hospital, "desk_list") == []


def test_a_desk_where_nobody_is_here_is_told(hospital: World) -> None:
    with hospital.ledger.reading() as connection:
        assert desk_lists.unattended(connection, hospital.now) == []
    for person in (PIA, ZOE):
        hospital.act(person, absences.leave, None, None)
    with hospital.ledger.reading() as connection:
        assert desk_lists.unattended(connection, hospital.now) == [TEAM]
    assert at_desk(hospital).owner.id in (PIA, ZOE)  # never ownerless


class LifeAtTheDesk(RuleBasedStateMachine):
    """Anybody does anything with what lies at the desk, or may come there."""

    new_world: Callable[[], World]

    def __init__(self) -> None:
        super().__init__()
        self.world = with_desk(type(self).new_world())

    def teardown(self) -> None:
        self.world.close()

    def attempt(self, person: str, verb: Any, *args: Any) -> None:
        with suppress(Refusal):
            self.world.act(person, verb, *args)

    @rule(person=st.sampled_from(PEOPLE), to=st.sampled_from(["desk", "equipment"]))
    def file(self, person: str, to: str) -> None:
        with suppress(Refusal):
            self.world.file(person, "Whose gasket?", department=to)

    @rule(
        person=st.sampled_from(PEOPLE),
        number=st.integers(1, 3),
        to=st.sampled_from(["desk", "finance", "ward", "other"]),
        word=st.sampled_from(["", "gasket", "<!channel>, 垫片", "x" * 400]),
    )
    def place(self, person: str, number: int, to: str, word: str) -> None:
        self.attempt(person, placing.place, number, self.world.department(to).id, "Yours", None, [word])

    @rule(
        person=st.sampled_from(PEOPLE),
        number=st.integers(1, 3),
        to=st.sampled_from(["", "finance", "ward", "desk", "other"]),
    )
    def hand_over(self, person: str, number: int, to: str) -> None:
        there = self.world.department(to) if to else None
        receiver = there.lead_id if there else OMAR
        self.attempt(person, handoffs.offer, number, receiver, "Here", there and there.id)

    @rule(
        number=st.integers(1, 3), takes=st.booleans(), reason=st.sampled_from([*Reason, *[Reason.WRONG_DEPARTMENT] * 6])
    )
    def answer(self, number: int, takes: bool, reason: Reason) -> None:
        with suppress(Refusal):
            baton = self.world.look(reading.by_number, number).baton
            if baton is not None and takes:
                self.attempt(baton.receiver.id, handoffs.take, number, baton.id)
            elif baton is not None:
                self.attempt(baton.receiver.id, handoffs.refuse, number, baton.id, reason, "No")

    @rule(
        person=st.sampled_from(PEOPLE),
        number=st.integers(1, 3),
        verb=st.sampled_from([acknowledging.acknowledge, ending.withdraw, gray_zone.not_theirs]),
    )
    def move(self, person: str, number: int, verb: Any) -> None:
        self.attempt(person, verb, number)

    @rule(
        person=st.sampled_from(PEOPLE),
        number=st.integers(1, 3),
        verb=st.sampled_from([delivering.deliver, ending.put_down]),
    )
    def end(self, person: str, number: int, verb: Any) -> None:
        self.attempt(person, verb, number, "Because")

    @invariant()
    def what_lies_there_has_one_owner(self) -> None:
        with self.world.ledger.reading() as connection:
            for row in connection.execute(select(asks).where(asks.c.stage != "closed")).all():
                held = custody.c.ask_id == row.id, custody.c.until.is_(None)
                assert len(connection.execute(select(custody.c.id).where(*held)).all()) == 1

    @invariant()
    def it_leaves_by_taking_only_and_the_desk_delivers_nothing(self) -> None:
        desk = self.world.department("desk").id
        with self.world.ledger.reading() as connection:
            for row in connection.execute(select(asks)).all():
                there, present = row.department_id, None
                for event in connection.execute(select(events).where(events.c.ask_id == row.id).order_by(events.c.id)):
                    present = desk if event.what == Move.REASSIGN else present
                    if event.what == Move.TAKE and event.particulars["department"]:
                        present = event.particulars["department"]
                    assert not (present == desk and event.what in (Move.ACKNOWLEDGE, Move.DELIVER))
                assert present in (None, there)
                open_landings = select(landings.c.id).where(landings.c.ask_id == row.id, landings.c.placed_at.is_(None))
                assert len(connection.execute(open_landings).all()) == (1 if there == desk else 0)

    @invariant()
    def a_word_is_remembered_once_for_a_department(self) -> None:
        with self.world.ledger.reading() as connection:
            kept = connection.execute(select(matches.c.folded, matches.c.department_id)).all()
        assert len(set(kept)) == len(kept)


@pytest.mark.timeout(300)
def test_what_must_hold_at_the_desk_holds(ledger_url: str, fresh_ledgers: Iterator[str]) -> None:
    LifeAtTheDesk.new_world = staticmethod(lambda: World(next(fresh_ledgers)))  # type: ignore[assignment]
    quick = settings(
        max_examples=8 if ledger_url.startswith("sqlite") else 4,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(LifeAtTheDesk, settings=quick)
