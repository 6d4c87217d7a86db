"""What holds for every ladder: random asks, activity, snoozes, outages and zones, swept as the bot sweeps them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.rules.calendar import Calendar
from store.rules.ladder import Due, Ladder, Rung, Standing, first_of, left_of, next_rung, to_come
from store.rules.lead_time import LeadTime
from store.rules.lifecycle import Stage
from tests.store.rules.calendars import ALWAYS, EVERY_NIGHT, LUNCH, PLAIN, ZONES
from tests.store.rules.test_calendar_properties import EDGES, SHORT

LADDER = Ladder()
people = st.builds(
    Calendar,
    st.sampled_from(ZONES),
    st.sampled_from([PLAIN, LUNCH, ALWAYS, EVERY_NIGHT]),
    st.sampled_from([None, "CN", "DE", "EG"]),
)
filings = st.builds(lambda edge, off: edge + off, st.sampled_from(EDGES), SHORT)


@dataclass
class World:
    """One ask and the three people who may hear of it."""

    standing: Standing
    owner: Calendar
    lead: Calendar
    asker: Calendar

    def next(self, now: datetime | None = None) -> Due | None:
        return next_rung(self.standing, LADDER, self.owner, self.lead, self.asker, now)

    def hears(self, due: Due) -> Calendar:
        return {"owner": self.owner, "lead": self.lead, "asker": self.asker}[due.to]

    def send(self, due: Due, answered: bool) -> None:
        before = self.standing
        starved = any(key.startswith("starving") for key in due.keys)
        unanswered = before.unanswered + (due.to == "owner") if not answered else 0
        self.standing = replace(
            before,
            sent=before.sent | due.keys,
            starved_at=due.at if starved else before.starved_at,
            unanswered=unanswered,
            lead_asked_at=due.at if due.kind in (Rung.LEAD_SILENT, Rung.HOLDS) else before.lead_asked_at,
            verdict_asked_at=due.at if due.rung == "verdict:2" else before.verdict_asked_at,
        )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    owner, lead, asker = draw(people), draw(people), draw(people)
    filed = draw(filings)
    due = draw(
        st.builds(lambda days: owner.add(filed, LeadTime(days, "days")), st.integers(1, 12))
        | st.builds(lambda hours: filed + timedelta(hours=hours), st.integers(1, 300))
    )
    stage = draw(st.sampled_from([Stage.OPEN, Stage.ACKNOWLEDGED, Stage.DELIVERED]))
    done_at = filed + draw(st.timedeltas(timedelta(0), timedelta(days=3)))
    return World(
        Standing(
            stage,
            filed,
            due,
            acknowledged_at=None if stage is Stage.OPEN else filed,
            delivered_at=done_at if stage is Stage.DELIVERED else None,
            at_any_hour=draw(st.booleans()) and draw(st.booleans()),
        ),
        owner,
        lead,
        asker,
    )


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_sent_on_time_each_rung_comes_once_in_order_and_in_hours(world: World) -> None:
    heard: set[str] = set()
    last = world.standing.filed_at
    for _ in range(25):
        due = world.next()
        if due is None:
            break
        assert due.at >= last
        assert not due.keys & heard
        if due.to != "owner" or not world.standing.at_any_hour:
            assert world.hears(due).is_open(due.at)
        heard |= due.keys
        last = due.at
        world.send(due, answered=True)


@settings(max_examples=40, deadline=None)
@given(worlds(), st.data())
def test_swept_with_outages_activity_and_snoozes_nothing_comes_twice_outside_hours_or_never(
    world: World, data: st.DataObject
) -> None:
    heard: list[str] = []
    now = world.standing.filed_at
    for _ in range(60):
        now += data.draw(
            st.sampled_from([10, 60, 300, 600, 1440, 6000]).map(lambda minutes: timedelta(minutes=minutes))
        )
        what = data.draw(st.sampled_from(["sweep", "sweep", "sweep", "feed", "snooze"]))
        if what == "feed":
            world.standing = replace(world.standing, last_fed_at=now, unanswered=0)
        elif what == "snooze":
            world.standing = replace(world.standing, snoozed_until=now + timedelta(hours=20))
        else:
            due = world.next(now)
            if due is not None:
                assert due.at >= now
            if due is not None and due.at <= now:
                if due.to != "owner" or not world.standing.at_any_hour:
                    assert world.hears(due).is_open(now)
                heard.extend(due.keys)
                world.send(due, answered=data.draw(st.booleans()))
    assert len(heard) == len(set(heard))
    # Late rather than lost: whoever goes on sweeping hears of what is due in the end.
    if world.standing.stage is Stage.DELIVERED:
        wanted = "verdict:2"
    else:
        world.standing = replace(world.standing, unanswered=0)
        wanted = Rung.DUE.value
    for _ in range(200):
        due = world.next(now)
        if due is None:
            break
        now = max(now, due.at)
        world.send(due, answered=True)
        if wanted in world.standing.sent:
            break
    assert wanted in world.standing.sent


@settings(max_examples=40, deadline=None)
@given(worlds(), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_knowing_the_time_changes_nothing_before_the_rung_is_due(world: World, off: timedelta) -> None:
    due = world.next()
    if due is None:
        return
    now = world.standing.filed_at + off
    with_now = world.next(now)
    assert with_now is not None
    if now <= due.at:
        assert with_now == due
    else:
        assert with_now.at >= now
        assert due.rung in with_now.keys or with_now.to != due.to


@settings(max_examples=40, deadline=None)
@given(worlds(), filings)
def test_activity_never_brings_a_rung_forward(world: World, fed: datetime) -> None:
    """Two more minutes of activity move no rung to an earlier instant."""
    before = world.next()
    world.standing = replace(world.standing, last_fed_at=max(fed, world.standing.filed_at))
    after = world.next()
    if before is not None and after is not None:
        assert after.at >= before.at or after.to != before.to


def test_one_year_of_an_ask_a_day_in_every_zone() -> None:
    """Nobody touches anything: each ask has its whole ladder, five nudges to its owner, then the lead's each week."""
    day = datetime(2026, 1, 1, 14, tzinfo=UTC)
    for number in range(0, 365, 7):
        owner = Calendar(
            ZONES[number % len(ZONES)], (PLAIN, LUNCH, EVERY_NIGHT)[number % 3], ("CN", "DE", None)[number % 3]
        )
        filed = day + timedelta(days=number)
        world = World(Standing(Stage.OPEN, filed, owner.add(filed, LeadTime(6, "days"))), owner, owner, owner)
        keys, owners = [], 0
        while (due := world.next()) is not None:
            keys.append(due.rung)
            owners += due.to == "owner"
            world.send(due, answered=False)
            if due.rung == "holds:3":
                break
        assert owners == 5
        assert keys[0] == "not_acknowledged"
        assert {"lead_unacknowledged", "lead_silent", "lead_late"} <= set(keys)


@settings(max_examples=150, deadline=None)
@given(worlds(), st.lists(st.booleans(), max_size=9), st.integers(0, 500), st.booleans(), st.booleans())
def test_what_is_not_worked_out_would_not_have_been_next(
    world: World, answered: list[bool], hours: int, has_lead: bool, is_fed: bool
) -> None:
    """The ladder leaves out what others come before anyway: with all of it worked out the answer is the same."""
    for yes in answered:
        due = world.next()
        if due is not None:
            world.send(due, yes)
    now = world.standing.filed_at + timedelta(hours=hours)
    standing = replace(world.standing, last_fed_at=now - timedelta(minutes=1) if is_fed else None)
    lead = world.lead if has_lead else None

    def look(at: datetime | None) -> Due | None:
        return next_rung(standing, LADDER, world.owner, lead, world.asker, at, {"owner": now + timedelta(hours=3)})

    short = look(now), look(None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.rules.ladder._Climb._comes_after_others", lambda *_: False)
        assert (look(now), look(None)) == short


@settings(max_examples=150, deadline=None)
@given(worlds(), st.lists(st.integers(1, 3000), max_size=5), st.booleans(), st.booleans(), st.booleans())
def test_what_is_left_is_what_another_look_would_find(
    world: World, minutes: list[int], has_lead: bool, is_fed: bool, answered: bool
) -> None:
    """Once a rung was sent, the next is found among what is left, where that is sure; else by another look."""
    now, lead = world.standing.filed_at, world.lead if has_lead else None
    if is_fed:
        world.standing = replace(world.standing, last_fed_at=now)
    for passed in minutes:
        now += timedelta(minutes=passed)
        dues = to_come(world.standing, LADDER, world.owner, lead, world.asker, now, None)
        for _ in range(10):
            first = first_of(dues)
            if first is None:
                break
            world.send(first, answered)
            left = left_of(dues, first, world.standing.due)
            dues = to_come(world.standing, LADDER, world.owner, lead, world.asker, now, None)
            if left is not None and world.standing.unanswered < LADDER.unanswered:
                assert first_of(left) == first_of(dues)
