"""The owner asks the asker: the owner's clock stands still until the answer, and the time comes back."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from store import acknowledging, delivering, due, ending, handoffs, people, questions
from store.queries import asks as reading
from store.queries import monkeys, nudged, standup
from store.refusals import CannotAsk, NothingSaid, NotNow, NotYours, TooLong
from store.rules.lifecycle import Stage
from store.snapshots import Ask
from store.tables import nudge_plans, nudges, outbox
from store.tables import questions as table
from tests.store.world import ANN, LIN, OMAR, WEI, ZOE, World, profile


def asked(world: World, words: str | None = "Which analyser?", proposal: str | None = None) -> Ask:
    """Ann's gasket, and what Lin asks her about it."""
    return world.act(LIN, questions.ask_asker, world.file().number, words, proposal)


def question_of(ask: Ask) -> int:
    assert ask.question is not None
    return ask.question.id


def told(world: World, message: str) -> list[str]:
    with world.ledger.reading() as connection:
        rows = connection.execute(select(outbox.c.person_id).where(outbox.c.message == message))
        return [row.person_id for row in rows]


def test_the_next_move_is_the_askers_and_the_owner_still_owns(world: World) -> None:
    ask = asked(world, proposal="The one in room 3")
    assert ask.question is not None
    assert (ask.question.words, ask.question.proposal) == ("Which analyser?", "The one in room 3")
    assert ask.waits_for_asker
    assert (ask.holder.id, ask.owner.id, ask.stage) == (ANN, LIN, Stage.OPEN)
    assert told(world, "question_asked") == [ANN]
    assert [one.number for one in world.look(monkeys.waiting_for_yes, ANN).asks] == [ask.number]
    assert world.look(monkeys.asked_by, ANN).total == 0


def test_the_answer_gives_the_waiting_time_back(world: World) -> None:
    ask = asked(world)
    world.forward(hours=6)  # until three: four and a half working hours
    answered = world.act(ANN, questions.answer, ask.number, question_of(ask), "The left one")
    assert answered.question is None
    assert answered.due == ask.due + timedelta(hours=6)  # from nine to three, two days on
    assert answered.promise_number == ask.promise_number + 1
    event = world.look(reading.history, ask.id)[-1]
    assert event.what == "answer"
    assert event.particulars["due"] == answered.due.isoformat()
    assert event.particulars["answer"] == "The left one"
    assert told(world, "question_answered") == [LIN]


def test_taking_the_question_back_gives_it_back_too(world: World) -> None:
    ask = asked(world)
    world.forward(hours=1)
    back = world.act(LIN, questions.take_back, ask.number, question_of(ask))
    assert (back.question, back.due) == (None, ask.due + timedelta(hours=1))
    with pytest.raises(NotNow):
        world.act(ANN, questions.answer, ask.number, question_of(ask), "Too late")


def test_a_proposal_is_agreed_to_by_one_click_and_a_plain_question_is_not(world: World) -> None:
    ask = asked(world, None, "The one in room 3")
    agreed = world.act(ANN, questions.answer, ask.number, question_of(ask), None)
    assert agreed.question is None
    plain = asked(world)
    with pytest.raises(NothingSaid):
        world.act(ANN, questions.answer, plain.number, question_of(plain), None)
    suggested = asked(world, None, "Room 4")
    with pytest.raises(NothingSaid):  # an empty answer is not a yes
        world.act(ANN, questions.answer, suggested.number, question_of(suggested), "  ")


def test_an_old_button_answers_no_newer_question(world: World) -> None:
    ask = asked(world)
    world.act(LIN, questions.take_back, ask.number, question_of(ask))
    newer = world.act(LIN, questions.ask_asker, ask.number, "Which pump?")
    with pytest.raises(NotNow):
        world.act(ANN, questions.answer, ask.number, question_of(ask), "Old")
    with pytest.raises(NotNow):
        world.act(LIN, questions.take_back, ask.number, question_of(ask))
    assert question_of(world.look(reading.by_number, ask.number)) == question_of(newer)


def test_one_thing_at_a_time_waits_for_the_asker(world: World) -> None:
    ask = asked(world)
    with pytest.raises(NotNow):
        world.act(LIN, questions.ask_asker, ask.number, "And which pump?")
    with pytest.raises(NotNow):
        world.act(LIN, acknowledging.acknowledge_with_changes, ask.number, None, ask.due + timedelta(days=1))
    world.act(LIN, acknowledging.acknowledge, ask.number)
    with pytest.raises(NotNow):
        world.act(LIN, acknowledging.offer_change, ask.number, None, ask.due + timedelta(days=1), None)
    world.act(ANN, questions.answer, ask.number, question_of(ask), "The left one")
    world.act(LIN, acknowledging.offer_change, ask.number, None, ask.due + timedelta(days=1), None)
    with pytest.raises(NotNow):
        world.act(LIN, questions.ask_asker, ask.number, "Which pump?")


def test_the_database_itself_allows_one_question_to_the_asker(world: World) -> None:
    ask = asked(world)

    def again(act: object) -> None:
        questions.put(act, ask, "asker", ANN, "Twice", None)  # type: ignore[arg-type]

    with pytest.raises(IntegrityError):
        world.act(LIN, again)
    assert insert(table) is not None


def test_who_may_ask_and_answer(world: World) -> None:
    ask = asked(world)
    for person in (ANN, OMAR):
        with pytest.raises(NotYours):
            world.act(person, questions.ask_asker, ask.number, "Why?")
    for person in (LIN, OMAR, ZOE):
        with pytest.raises(NotYours):
            world.act(person, questions.answer, ask.number, question_of(ask), "I know")
    with pytest.raises(NotYours):
        world.act(ANN, questions.take_back, ask.number, question_of(ask))


def test_nobody_asks_themselves_and_an_empty_question_is_none(world: World) -> None:
    own = world.file(WEI, department="finance")  # nobody else is there who could own it
    with pytest.raises(CannotAsk):
        world.act(WEI, questions.ask_asker, own.number, "Why?")
    ask = world.file()
    with pytest.raises(NothingSaid):
        world.act(LIN, questions.ask_asker, ask.number, " ", None)
    with pytest.raises(TooLong):
        world.act(LIN, questions.ask_asker, ask.number, "x" * 3001, None)


def test_when_the_asker_has_left_their_lead_is_asked(world: World) -> None:
    ask = world.file()
    world.act(None, people.remember, profile(ANN, is_deleted=True))
    put = world.act(LIN, questions.ask_asker, ask.number, "Still needed?")
    assert told(world, "question_asked") == [ZOE]
    world.act(ZOE, questions.answer, ask.number, question_of(put), "Yes")


def test_a_hold_makes_nothing_late_and_a_late_promise_stays_late(world: World) -> None:
    ask = asked(world)
    world.forward(days=9)
    held = world.look(reading.by_number, ask.number)
    assert not held.is_late(world.now)
    digest = world.look(standup.digest, world.department())
    assert (digest.awaiting_answer.total, digest.late.total, digest.not_acknowledged.total) == (1, 0, 0)
    late = world.file(due=world.now + timedelta(hours=1), rush_reason="Now")
    world.forward(hours=2)
    put = world.act(LIN, questions.ask_asker, late.number, "Which one?")
    assert put.is_late(world.now)
    world.forward(hours=5)
    assert world.act(ANN, questions.answer, late.number, question_of(put), "That").due == late.due


def test_delivering_without_the_answer_counts_the_time_back(world: World) -> None:
    ask = asked(world)
    world.act(LIN, acknowledging.acknowledge, ask.number)
    world.forward(days=9)
    delivered = world.act(LIN, delivering.deliver, ask.number, "Found out by myself")
    assert delivered.question is None
    assert delivered.due > ask.due
    event = world.look(reading.history, ask.id)[-1]
    assert event.particulars["kept"] == "kept"
    with pytest.raises(NotNow):
        world.act(ANN, questions.answer, ask.number, question_of(ask), "The left one")


def test_a_closed_ask_that_is_reopened_has_lost_no_time_to_the_hold(world: World) -> None:
    ask = asked(world)
    world.forward(days=9)
    world.act(LIN, ending.put_down, ask.number, "No answer")
    reopened = world.act(ANN, ending.reopen, ask.number, "I was ill; it is the left one")
    assert reopened.question is None
    assert not reopened.is_late(world.now)


def test_a_question_goes_on_under_a_new_owner(world: World) -> None:
    ask = asked(world)
    offered = world.act(LIN, handoffs.offer, ask.number, OMAR, "Ask is out")
    assert offered.baton is not None
    world.act(OMAR, handoffs.take, ask.number, offered.baton.id)
    answered = world.act(ANN, questions.answer, ask.number, question_of(ask), "The left one")
    assert answered.owner.id == OMAR
    assert told(world, "question_answered") == [OMAR]


def test_the_asker_is_reminded_twice_and_then_the_owner_hears_it(world: World) -> None:
    ask = asked(world)
    heard = rungs_until(world, ask, days=14)
    mark = f"@question{question_of(ask)}"
    assert heard == [(f"answer:1{mark}", ANN), (f"answer:2{mark}", ANN), (f"unanswered{mark}", LIN)]
    with world.ledger.reading() as connection:
        plan = connection.execute(select(nudge_plans.c.at).where(nudge_plans.c.ask_id == ask.id)).scalar()
    assert plan is None, "nothing else comes while the clock stands still"


def test_after_the_answer_the_owner_has_the_usual_time_to_acknowledge(world: World) -> None:
    ask = asked(world)
    world.forward(days=2)
    world.act(ANN, questions.answer, ask.number, question_of(ask), "The left one")
    with world.ledger.reading() as connection:
        plan = connection.execute(select(nudge_plans).where(nudge_plans.c.ask_id == ask.id)).one()
    assert (plan.rung, plan.at) == ("not_acknowledged", world.now + timedelta(hours=2))


def test_a_nudge_that_waits_to_be_sent_no_longer_matters_once_a_question_is_asked(world: World) -> None:
    ask = world.file()
    world.forward(hours=2)
    world.act(None, due.nudge)
    with world.ledger.reading() as connection:
        row = connection.execute(select(outbox.c.id).where(outbox.c.message == "nudges")).scalar_one()
    assert [one.still_matters for one in world.look(nudged.in_message, row)] == [True]
    world.act(LIN, questions.ask_asker, ask.number, "Which one?")
    assert [one.still_matters for one in world.look(nudged.in_message, row)] == [False]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=st.floats(0, 90), held=st.lists(st.floats(0, 400), min_size=1, max_size=3), back=st.booleans())
def test_time_spent_on_hold_never_makes_a_promise_late(
    world: World, before: float, held: list[float], back: bool
) -> None:
    ask = world.file()
    world.forward(hours=before)
    calendar = world.department().calendar
    left = calendar.working_time(world.now, ask.due) if world.now < ask.due else None
    for hours in held:
        put = world.act(LIN, questions.ask_asker, ask.number, "And?")
        world.forward(hours=hours)
        assert world.look(reading.by_number, ask.number).is_late(world.now) == (left is None)
        person, verb = (LIN, questions.take_back) if back else (ANN, questions.answer)
        ask = world.act(person, verb, ask.number, question_of(put), *(() if back else ("So",)))  # type: ignore[arg-type]
        if left is not None:
            assert ask.due >= world.now
            assert calendar.working_time(world.now, ask.due) >= left
        assert ask.is_late(world.now) == (left is None)
    world.act(LIN, ending.put_down, ask.number, "Enough")


def rungs_until(world: World, ask: Ask, days: int) -> list[tuple[str, str]]:
    """What is sent about an ask meanwhile, and to whom."""
    for _ in range(days * 12):
        world.forward(hours=2)
        while world.act(None, due.nudge):
            pass
    with world.ledger.reading() as connection:
        rows = connection.execute(select(nudges).where(nudges.c.ask_id == ask.id).order_by(nudges.c.id))
        return [(row.rung, row.receiver_id) for row in rows]
