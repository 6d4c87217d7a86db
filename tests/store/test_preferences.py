"""What somebody chose under "My nudges" is kept once, and holds for what is due from then on."""

from datetime import timedelta

import pytest

from store import disturbance, feeding, nudging, preferences
from store.refusals import ChangedMeanwhile, NeverHears
from store.rules import quiet_words
from store.rules.quiet import NO_PREFERENCES, Preferences
from store.tables import events, nudge_plans, nudges
from tests.store.test_nudges import nudged_people, say_everything, sweep
from tests.store.world import LIN, OMAR, World

LUNCH = Preferences(quiet_words.read("10:30-15:00"))


def choose(world: World, chosen: Preferences, seen: int = 0, who: str = OMAR) -> None:
    world.act(who, preferences.choose, chosen, seen, world.department().calendar)


def test_what_is_chosen_is_read_again_and_is_an_event(world: World) -> None:
    assert world.look(preferences.of, OMAR) == NO_PREFERENCES
    chosen = Preferences(LUNCH.quiet, 540, True)
    choose(world, chosen)
    assert world.look(preferences.of, OMAR) == chosen
    assert world.look(preferences.version, OMAR) == 1
    choose(world, NO_PREFERENCES, 1)
    assert world.look(preferences.of, OMAR) == NO_PREFERENCES
    with world.ledger.reading() as connection:
        told = connection.execute(events.select().where(events.c.what == preferences.CHOSE)).all()
    assert [one.particulars["before"]["bundle_at"] for one in told] == [None, 540]


def test_of_two_windows_one_wins(world: World) -> None:
    choose(world, LUNCH)
    for seen in (0, 2):
        with pytest.raises(ChangedMeanwhile):
            choose(world, NO_PREFERENCES, seen)
    assert world.look(preferences.of, OMAR) == LUNCH


def test_quiet_hours_without_an_end_are_refused(world: World) -> None:
    with pytest.raises(NeverHears):
        choose(world, Preferences(quiet_words.read("08:00-20:00")))


def test_a_held_nudge_says_why_and_comes_once(world: World) -> None:
    ask = world.file(person_id=OMAR)
    say_everything(world)
    choose(world, LUNCH)
    world.forward(hours=2)
    sweep(world)
    assert nudged_people(world) == []
    with world.ledger.reading() as connection:
        plan = connection.execute(nudge_plans.select().where(nudge_plans.c.ask_id == ask.id)).one()
    assert (plan.held_by, plan.at) == ("quiet_hours", world.now + timedelta(hours=4))
    world.forward(hours=4)
    sweep(world)
    assert nudged_people(world) == [(OMAR, ["not_acknowledged"])]
    with world.ledger.reading() as connection:
        assert connection.execute(nudges.select()).one().held_by == "quiet_hours"
    assert sweep(world) == 0


def test_what_waits_is_looked_at_again_when_somebody_chooses_anew(world: World) -> None:
    world.file(person_id=OMAR)
    say_everything(world)
    choose(world, LUNCH)
    world.forward(hours=2)
    sweep(world)
    choose(world, NO_PREFERENCES, 1)
    sweep(world)
    assert nudged_people(world) == [(OMAR, ["not_acknowledged"])]


def test_activity_in_quiet_hours_postpones_what_waits(world: World) -> None:
    ask = world.file(person_id=OMAR)
    say_everything(world)
    choose(world, LUNCH)
    world.forward(hours=5, minutes=45)
    world.act(OMAR, feeding.on_track, ask.number)
    say_everything(world)
    world.forward(minutes=20)  # the quiet hours are over, the half hour of rest after activity is not
    sweep(world)
    assert nudged_people(world) == []
    world.forward(minutes=10)
    sweep(world)
    assert nudged_people(world) == [(OMAR, ["not_acknowledged"])]


def test_a_leads_own_quiet_hours_hold_what_the_lead_is_told(world: World) -> None:
    world.file(person_id=OMAR)
    say_everything(world)
    choose(world, Preferences(quiet_words.read("09:00-14:00")), who=LIN)
    world.forward(days=1)
    sweep(world)
    assert LIN not in [person for person, _ in nudged_people(world)]
    world.forward(hours=5)
    sweep(world)
    assert (LIN, ["lead_unacknowledged"]) in nudged_people(world)


def test_do_not_disturb_is_kept_for_minutes_and_ends_in_working_time(world: World) -> None:
    world.act(None, disturbance.keep, {OMAR: world.now + timedelta(hours=12)})
    assert world.look(disturbance.known, OMAR).fresh
    world.forward(minutes=5)
    assert not world.look(disturbance.known, OMAR).fresh
    assert world.look(disturbance.suits, OMAR, world.now + timedelta(hours=12), 0) == world.now + timedelta(
        hours=23, minutes=55
    )
    assert nudging.NOBODY_WAITS == {}
