"""One simulated year for 40 departments in 6 zones: which nudges are reached when, against an independent model.

`BATON_FULL=1` (make test-full) runs all of it; otherwise a part of the departments, on SQLite. The model
(`one_ask.py`, `working_minutes.py`) counts minutes and knows nothing of Baton's ladder or calendar.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store import acknowledging, asks, delivering, due, ending, feeding, people, preferences, setting_up
from store.asks import Wish
from store.queries import asks as reading
from store.refusals import NeverHears
from store.rules import quiet_words
from store.rules.quiet import Preferences
from store.tables import nudge_plans, nudges
from tests.store.world import World, plan, profile
from tests.store.year.one_ask import OneAsk, Wishes
from tests.store.year.working_minutes import Spans, WorkingMinutes, instant, minute, with_holidays

FULL = os.environ.get("BATON_FULL") == "1"
DEPARTMENTS = 40 if FULL else 6
ASKS = 8 if FULL else 2  # of each department, one after the other
WEEKS = 6  # that an ask may live
YEAR = datetime(2026, 12, 1, tzinfo=UTC)

PLACES = (
    ("Asia/Shanghai", "CN", None),
    ("Europe/Berlin", "DE", "BY"),
    ("America/New_York", "US", None),
    ("Europe/London", "GB", "ENG"),
    ("Asia/Kolkata", "IN", None),
    ("Australia/Lord_Howe", "AU", "NSW"),
)
DAY: Spans = ((540, 1020),)
WEEKS_OF: tuple[tuple[dict[str, str], dict[int, Spans]], ...] = (
    ({"mon-fri": "09:00-17:00"}, dict.fromkeys(range(5), DAY)),
    ({"mon-fri": "09:00-12:00,13:30-18:00"}, dict.fromkeys(range(5), ((540, 720), (810, 1080)))),
    ({"mon-thu": "08:00-16:30", "fri": "08:00-12:00"}, {**dict.fromkeys(range(4), ((480, 990),)), 4: ((480, 720),)}),
    ({"mon-fri": "22:00-06:00"}, dict.fromkeys(range(5), ((1320, 1800),))),
    ({"daily": "24h"}, dict.fromkeys(range(7), ((0, 1440),))),
    ({"mon-sat": "10:00-14:00,15:00-19:00"}, dict.fromkeys(range(6), ((600, 840), (900, 1140)))),
)
CLOSED = frozenset({date(2026, 12, 24), date(2027, 4, 1), date(2027, 8, 16)})
QUIETS = ("12:00-14:00", "mon-fri 16:00-10:30", "wed afternoon")
QUIET_WEEKS: tuple[dict[int, Spans], ...] = (
    dict.fromkeys(range(7), ((720, 840),)),
    dict.fromkeys(range(5), ((960, 2070),)),
    {2: ((720, 1440),)},
)
_calendars: dict[tuple[object, ...], WorkingMinutes] = {}


@dataclass
class Department:
    """One department as both sides know it; `lead` leads it, its asks are owned by a person each."""

    number: int
    zone: str
    works: WorkingMinutes
    lead: str


def calendar(zone: str, country: str | None, region: str | None, hours: int, closed: bool) -> WorkingMinutes:
    key = (zone, country, hours, closed)
    if key not in _calendars:
        days = with_holidays(WEEKS_OF[hours][1], country, region, CLOSED if closed else frozenset())
        _calendars[key] = WorkingMinutes(zone, days)
    return _calendars[key]


def week_of(zone: str, week: dict[int, Spans]) -> WorkingMinutes:
    key = (zone, str(week))
    if key not in _calendars:
        _calendars[key] = WorkingMinutes(zone, lambda day: week.get(day.weekday(), ()))
    return _calendars[key]


def make(world: World, number: int) -> Department:
    zone, country, region = PLACES[number % len(PLACES)]
    hours = (number // len(PLACES) + number) % len(WEEKS_OF)
    closed = number % 3 == 0
    lead = f"ULEAD{number}"
    world.act(None, people.remember, profile(lead, time_zone=zone))
    made = replace(
        plan(f"d{number}", f"Department {number}", f"C{number}", lead, ()),
        time_zone=zone,
        hours=WEEKS_OF[hours][0],
        country=country,
        region=region,
        closed_days=tuple(sorted(day.isoformat() for day in CLOSED)) if closed else (),
    )
    world.act(lead, setting_up.set_up, made)
    return Department(number, zone, calendar(zone, country, region, hours, closed), lead)


def even(rng: random.Random, start: int, end: int) -> int:
    return rng.randrange(start // 2, max(start // 2 + 1, end // 2)) * 2


def actions(rng: random.Random, filed: int, due_at: int) -> list[tuple[int, str, int]]:
    """What people do in the ask's life: some never do anything, some feed, snooze and deliver."""
    end = filed + WEEKS * 7 * 1440
    planned: list[tuple[int, str, int]] = []
    style = rng.choice(["silent", "acknowledges", "works", "works", "delivers", "delivers"])
    acknowledged = even(rng, filed + 10, filed + 3 * 1440)
    if style != "silent":
        planned.append((acknowledged, "ack", 0))
    if style in ("works", "delivers"):
        for _ in range(rng.randrange(5)):
            at = even(rng, acknowledged + 2, end - 1440)
            what = rng.choice(["feed", "note", "snooze"])
            planned.append((at, what, even(rng, at + 60, at + 4 * 1440) if what == "snooze" else 0))
    if style == "delivers":
        delivered = even(rng, acknowledged + 4, (due_at + end) // 2)
        planned = [one for one in planned if one[0] < delivered] + [(delivered, "deliver", 0)]
        planned = [one for one in planned if one[1] != "snooze" or one[0] < delivered]
    return [*sorted(planned), (end, "end", 0)]


def act(world: World, owner: str, asker: str, number: int, what: str, until: int) -> None:
    if what == "ack":
        world.act(owner, acknowledging.acknowledge, number)
    elif what == "feed":
        world.act(owner, feeding.on_track, number)
    elif what == "note":
        world.act(asker, feeding.note, number, "Any news?")
    elif what == "snooze":
        world.act(owner, feeding.snooze, number, instant(until))
    elif what == "deliver":
        world.act(owner, delivering.deliver, number, "Done")
    elif what == "end":
        world.act(asker, ending.withdraw, number, None)


def live(world: World, department: Department, turn: int) -> tuple[dict[str, int], dict[str, int]]:
    """One ask's life on both sides: the rungs that were reached, and when, as Baton has it and as the model does."""
    rng = random.Random(department.number * 1000 + turn)
    owner, asker = f"UOWNER{department.number}_{turn}", f"UASKER{department.number}_{turn}"
    asker_zone = rng.choice(PLACES)[0]
    world.act(None, people.remember, profile(owner, time_zone=department.zone))
    world.act(None, people.remember, profile(asker, time_zone=asker_zone))
    slot = 365 * 1440 // ASKS
    filed = even(rng, minute(YEAR) + turn * slot, minute(YEAR) + turn * slot + slot - WEEKS * 7 * 1440 - 1)
    due_at = even(rng, filed + 2 * 1440, filed + 3 * 7 * 1440)
    if turn % 2:  # at a closing, as promises often are
        due_at = next((at for at in range(due_at, due_at + 1440) if not department.works.open[at]), due_at)
    asker_works = week_of(asker_zone, dict.fromkeys(range(5), DAY))
    model = OneAsk(filed, due_at, department.works, asker_works)
    world.now = instant(filed)
    if rng.random() < 0.5:
        chosen = rng.randrange(len(QUIETS))
        bundle = rng.choice([None, 540, 600])
        quiet = chosen if bundle is None or rng.random() < 0.3 else None
        wish = Preferences(quiet_words.read(QUIETS[quiet]) if quiet is not None else None, bundle)
        try:
            world.act(owner, preferences.choose, wish, 0, world.department(f"d{department.number}").calendar)
        except NeverHears:
            pass
        else:
            model.wishes = Wishes(
                week_of(department.zone, QUIET_WEEKS[quiet]) if quiet is not None else None,
                bundle,
                week_of(department.zone, dict.fromkeys(range(7), ((0, 1440),))),
            )
    there = world.department(f"d{department.number}").id
    ask = world.act(asker, asks.file, Wish(there, "A gasket", person_id=owner, due=instant(due_at), rush_reason="now"))
    assert ask.owner.id == owner
    for at, what, until in actions(rng, filed, due_at):
        sweep_until(world, ask.id, at)
        talk_until(model, filed, at)
        world.now = instant(at)
        if model.stage == "closed":
            break
        act(world, owner, asker, ask.number, what, until)
        model.act(at, what, until)
    assert not world.look(reading.by_number, ask.number).is_open
    with world.ledger.reading() as connection:
        rows = connection.execute(nudges.select().where(nudges.c.ask_id == ask.id)).all()
    reached = {named(row.rung): minute(row.fired_at) for row in rows}
    for row in rows:
        works = asker_works if row.receiver_id == asker else department.works
        assert works.open[minute(row.fired_at)], "outside the receiver's working hours"
    return reached, model.sent


def named(rung: str) -> str:
    """A rung's key as the model has it."""
    kind, _, rest = rung.partition(":")
    return f"{kind}:{minute(datetime.fromisoformat(rest))}" if kind == "awake" else rung


def sweep_until(world: World, ask_id: int, end: int) -> None:
    """Let Baton's clock tick at every instant at which something is planned, before `end`."""
    for _ in range(500):
        with world.ledger.reading() as connection:
            row = connection.execute(nudge_plans.select().where(nudge_plans.c.ask_id == ask_id)).first()
        if row is None or row.at is None or minute(row.at) >= end:
            return
        world.now = max(world.now, row.at)
        while world.act(None, due.nudge):
            pass
    raise AssertionError("the clock stands still")


def talk_until(model: OneAsk, now: int, end: int) -> None:
    last = getattr(model, "last", now)
    for _ in range(500):
        at = model.next(last)
        if at is None or at >= end or model.stage == "closed":
            model.last = end  # type: ignore[attr-defined]
            return
        model.say(at)
        last = at
    raise AssertionError("the model stands still")


def compared(reached: dict[str, int], modelled: dict[str, int]) -> list[str]:
    """What differs, in words."""
    told = []
    for rung in sorted(reached.keys() | modelled.keys()):
        ours, theirs = reached.get(rung), modelled.get(rung)
        if ours != theirs:
            shown = [f"{instant(at):%a %Y-%m-%d %H:%M}" if at is not None else "never" for at in (ours, theirs)]
            told.append(f"{rung}: Baton {shown[0]}, the model {shown[1]}")
    return told


@pytest.mark.timeout(1800)
def test_a_year_of_nudges_is_as_the_model_has_it(sqlite_ledgers: Iterator[str]) -> None:
    world = World(next(sqlite_ledgers))
    mismatches, count = [], 0
    departments = [make(world, number) for number in range(DEPARTMENTS)]
    for department in departments:
        for turn in range(ASKS):
            reached, modelled = live(world, department, turn)
            count += len(reached)
            for told in compared(reached, modelled):
                mismatches.append(f"department {department.number} ({department.zone}), ask {turn}: {told}")
    world.close()
    told = f"{count} rungs of {DEPARTMENTS * ASKS} asks, {len(mismatches)} other than in the model"
    Path("build").mkdir(exist_ok=True)
    Path("build/year.txt").write_text("\n".join([told, *mismatches]) + "\n", encoding="utf-8")
    assert not mismatches, "\n".join([told, *mismatches[:40]])
    assert count > 4 * DEPARTMENTS * ASKS
